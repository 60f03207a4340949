"""Split a passage into sentences, with offsets into the text as found."""

import functools
import re
from bisect import bisect_right

from threatledger.extraction.patterns import LateRegex

# Begins with one class of characters, which a search looks for fast; it does not for a repeat.
# A stop, the quotes and brackets that close with it, footnote marks, then white space.
# A footnote number may be set directly after the stop ("the border.4 Member States").
_STOP = re.compile(
    r"[.!?…][.!?…]*[\"'”’)\]»]*(?:\[\d{1,3}\]|[¹²³⁰-⁹]+)*(?P<note>\d{1,2}(?=\s+[A-Z“\"]))?\s+(?=\S)"
)
_LEADER = "....."  # the dots between a label and its figure
_LEADER_LINE = LateRegex(r"\.{5}[^\n]*(?:\n\s*|\Z)")
_OPENERS = "\"'“‘”’«([¿¡"
_LAST_WORD = re.compile(r"[^\s(\[“‘\"'”’/—–]*$")
_SUM = LateRegex(r"(?:[A-Z]{2,3}[ \xa0]?)?[$€£₦]?[ \xa0]?\d")
_FIRST_WORD = LateRegex(r"[^\W\d_]+")
_CLAUSE_MARK = LateRegex(r".*(?:[,;:]\s|\n)", re.DOTALL)
_SPACE = LateRegex(r".*\s", re.DOTALL)
_LONGEST = 1500  # characters of a sentence; a text without stops is cut into such pieces
_STARTERS = frozenset(
    "The A An This That These Those It Its He She They We I You His Her Their Our In On At By For "
    "From With But And Or However Meanwhile Since After Before As If When While There Here Some "
    "Many Most Several Although Despite Under During".split()
)


@functools.lru_cache(maxsize=8)
def _read_abbreviations(codebook):
    """Return the abbreviations of the codebook as a dict of word to set of kinds."""
    kinds = {}
    for row in codebook.rows("abbreviations"):
        kinds.setdefault(row["abbreviation"], set()).add(row["kind"])
    return kinds


def _ends_sentence(text, at, after, kinds):
    """Tell whether the stop at ``at`` ends a sentence that the text at ``after`` does not go on."""
    opening = after
    while opening < len(text) - 1 and text[opening] in _OPENERS:
        opening += 1
    following = text[opening]
    if following.islower():
        return False
    if text.startswith(_LEADER, at):
        return False
    if text[at] != "." or text[at + 1 : at + 2] == ".":
        return True
    word = _LAST_WORD.search(text, max(0, at - 14), at)[0]
    if len(word) == 1 and word.isupper() and word != "I":
        return False
    kind = kinds.get(word)
    if not kind or at + 1 < after and text[at + 1] in '"”’)]»':
        return True
    return _abbreviation_ends(kind, text, opening, following)


def _abbreviation_ends(kind, text, opening, following):
    """Tell whether the stop of an abbreviation is the sentence's stop too."""
    if "anywhere" in kind:
        return False
    if following.isdigit():
        return "end" in kind
    if "before a name" in kind or "before a number" in kind and _SUM.match(text, opening):
        return False
    if "initials" in kind:
        found = _FIRST_WORD.match(text, opening)
        return bool(found) and found[0] in _STARTERS
    return True


def split_sentences(text, start, end, codebook):
    """Split one stretch of text into sentences.

    Parameters
    ----------
    text : str
        The whole text.
    start, end : int
        The stretch, a half-open range into ``text``.
    codebook : Codebook
        With the table ``abbreviations``.

    Returns
    -------
    list of tuple of (int, int)
        The span of each sentence in ``text``, without the white space around it.

    Notes
    -----
    Line ends count as white space: a stretch is one passage.
    """
    kinds = _read_abbreviations(codebook)
    cuts = [
        found.end()
        for found in _STOP.finditer(text, start, end)
        if _ends_sentence(text, found.start(), found.end(), kinds)
        and not (found["note"] and text[found.start() - 1].isdigit())
    ]
    if text.find(_LEADER, start, end) >= 0:
        cuts = sorted({*cuts, *(found.end() for found in _LEADER_LINE.finditer(text, start, end))})
    spans, begin = [], start
    for after in [*cuts, end]:
        pieces = [(begin, after)] if after - begin <= _LONGEST else _cut(text, begin, after)
        for first, last in pieces:
            span = _trim(text, first, last)
            if span[0] < span[1]:
                spans.append(span)
        begin = after
    return spans


def _cut(text, start, end):
    """Yield a span in pieces that are no longer than a sentence may be."""
    while end - start > _LONGEST:
        first, last = start + _LONGEST // 2, start + _LONGEST
        found = _CLAUSE_MARK.match(text, first, last) or _SPACE.match(text, first, last)
        yield start, found.end() if found else last
        start = found.end() if found else last
    yield start, end


def _trim(text, start, end):
    """Leave out the white space at both ends of a span."""
    piece = text[start:end].rstrip()
    return start + len(piece) - len(piece.lstrip()), start + len(piece)


def find_sentence(sentences, position):
    """Return the index of the sentence that holds a position, or -1.

    Parameters
    ----------
    sentences : list of Sentence
        In order of ``start``.
    position : int
        An offset into the whole text.

    Returns
    -------
    int
    """
    index = bisect_right(sentences, position, key=lambda sentence: sentence.start) - 1
    return index if index >= 0 and position < sentences[index].end else -1
