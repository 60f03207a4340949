"""Find pull quotes: passages that print a sentence of the body again."""

from bisect import bisect_right

from threatledger.extraction.patterns import LateRegex

_WORD = LateRegex(r"[^\W_]+(?:['’.,-][^\W_]+)*")
_QUOTES = "\"'“‘”’«»"
_REACH = 8000  # characters to each side in which the sentence is looked for
_FEWEST = 6  # words of a pull quote
_LEAST, _MOST = 25, 900  # its characters
_SHARE = 0.12  # of the words may differ


def mark_repeats(text, blocks, split):
    """Mark the blocks that repeat a sentence of another block.

    Parameters
    ----------
    text : str
        The whole text.
    blocks : list of Block
        In order. A repeat gets ``why = "repeat"``, its span without quotation marks, and ``of``,
        the span that it repeats.
    split : callable
        Takes the start and end of a stretch of the text; returns the spans of its sentences.

    Notes
    -----
    The sentence that belongs to a longer passage or a list stays; of two that stand alone the
    first stays, whichever it is.
    """
    bodies = [b for b in blocks if not b.why and b.kind != "title"]
    for i, block in enumerate(bodies):
        size = block.end - block.start
        if block.label or block.why or not _LEAST <= size <= _MOST:
            continue
        if len(split(block.start, block.end)) != 1:
            continue
        start, end = _strip_quotes(text, block.start, block.end)
        found = _find_original(text, (start, end), bodies, i, split)
        if found:
            block.start, block.end, block.of, block.why = start, end, found, "repeat"


def _strip_quotes(text, start, end):
    """Leave out quotation marks at both ends of a span."""
    while start < end and text[start] in _QUOTES:
        start += 1
    while end > start and text[end - 1] in _QUOTES:
        end -= 1
    return start, end


def _find_original(text, span, bodies, place, split):
    """Find the sentence near a span that it repeats."""
    pull = text[span[0] : span[1]]
    if pull.count(" ") < _FEWEST - 1:
        return None
    for anchor in _find_anchors(pull):
        for low, high in ((max(0, span[0] - _REACH), span[0]), (span[1], span[1] + _REACH)):
            at = text.find(anchor, low, high)
            if at < 0:
                continue
            block = _find_block(bodies, place, at)
            found = block and _compare(text, span, block, at, split)
            if found and _stays(block, bodies[place], text):
                return found
    return None


def _find_anchors(pull):
    """Return the first, middle and last four words of a pull quote, as found."""
    first = pull.split(None, 4)
    last = pull.rsplit(None, 4)
    middle = pull[pull.find(" ", len(pull) // 2 - 12) + 1 :].split(None, 4)
    anchors = [pull[: len(pull) - len(first[-1])].rstrip(), pull[len(last[0]) :].strip(" .,!?…\n")]
    if len(middle) == 5:
        tail = pull.rindex(middle[-1])
        anchors.append(pull[pull.find(" ", len(pull) // 2 - 12) + 1 : tail].rstrip())
    return anchors


def _find_block(bodies, place, at):
    """Return the body block that holds an offset, unless it is the one at a place in the list."""
    i = bisect_right(bodies, at, key=lambda block: block.start) - 1
    if i < 0 or i == place or at >= bodies[i].end or bodies[i].why:
        return None
    return bodies[i]


def _stays(block, candidate, text):
    """Tell whether a block keeps its sentence while the candidate is the repeat."""
    alone = not block.label and block.end - block.start < 1.3 * (candidate.end - candidate.start)
    quoted = text[candidate.start] in _QUOTES and text[block.start] not in _QUOTES
    return not alone or quoted or block.start < candidate.start


def _compare(text, span, block, at, split):
    """Return the span in a block that a pull quote repeats, word for word or nearly."""
    pull = text[span[0] : span[1]]
    exact = text.find(pull, block.start, block.end)
    if exact >= 0:
        return exact, exact + len(pull)
    bare = pull.rstrip(".,!?…")
    exact = text.find(bare, block.start, block.end)
    if exact >= 0:
        return exact, exact + len(bare)
    for start, end in split(block.body, block.end):
        if start <= at < end:
            start, end = _strip_quotes(text, start, end)
            return (start, end) if _is_near(pull, text[start:end]) else None
    return None


def _is_near(a, b):
    """Tell whether two sentences differ in a few words, none of them a number or a name."""
    from rapidfuzz.distance import Levenshtein

    left, right = _WORD.findall(a), _WORD.findall(b)
    if abs(len(left) - len(right)) > 4 or min(len(left), len(right)) < 8:
        return False
    if _read_fixed(left) != _read_fixed(right):
        return False
    most = max(2, int(_SHARE * max(len(left), len(right))))
    left, right = [w.lower() for w in left], [w.lower() for w in right]
    return Levenshtein.distance(left, right, score_cutoff=most) <= most


def _read_fixed(words):
    """Return the numbers and names of a sentence, its first word aside."""
    return [w for w in words[1:] if w[0].isdigit() or w[0].isupper()]
