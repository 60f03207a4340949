"""Split a text as found into passages and sentences."""

import functools
import re

from threatledger.extraction.blocks import find_width, join_blocks, mark_lines, read_blocks
from threatledger.extraction.furniture import read_rules
from threatledger.extraction.model import Passage, Sentence
from threatledger.extraction.patterns import LateRegex
from threatledger.extraction.repeats import mark_repeats
from threatledger.extraction.sentences import split_sentences
from threatledger.extraction.zones import mark_zones

_ALNUM = re.compile(r"[^\W_]")
_DIGIT = LateRegex(r"\d")
_NOT_SPACE = LateRegex(r"\S")
_TRIM = " \t\n\r\"'“”‘’.,;:!?"
_LONGEST_HEADING = 100  # characters
_FEWEST_WORDS = 8  # of a body sentence that may count as printed twice


def read_passages(text, codebook):
    """Split a text into passages, and the passages into sentences.

    Parameters
    ----------
    text : str
        The text as found: any characters, any length.
    codebook : Codebook
        With the tables ``furniture`` and ``abbreviations``.

    Returns
    -------
    list of Passage
        In order of ``start``; ``number`` is the place in the list. Page matter and repeats hold
        no sentences. A passage that page matter interrupts spans it; in the text of its
        sentences the page matter is blanked out with spaces, so that offsets still fit.

    Notes
    -----
    ``heading`` is the number of the heading above, or of the title where there is none yet.
    ``lead`` is the number of the paragraph directly before the list that an item belongs to.
    Time and memory are linear in the length of the text.
    """
    rules = read_rules(codebook)
    blocks = read_blocks(text)
    mark_lines(blocks, rules)
    width = find_width(blocks)
    blocks = join_blocks(blocks, width)
    mark_zones(text, blocks, rules, _read_place_names(codebook))
    split = functools.cache(lambda start, end: split_sentences(text, start, end, codebook))
    mark_repeats(text, blocks, split)
    blocks = [b for b in join_blocks(blocks, width) if _ALNUM.search(text, b.start, b.end)]
    _mark_kinds(text, blocks)
    return _build_passages(text, blocks, split, codebook)


@functools.lru_cache(maxsize=8)
def _read_place_names(codebook):
    """Return the names of countries and places of the codebook, in lower case."""
    names = set()
    for table in {"countries", "places", "regions"} & set(codebook.names()):
        for row in codebook.rows(table):
            for column in ("name", "aliases", "region", "sub_region"):
                names.update(name.lower() for name in row.get(column, "").split("|"))
    return frozenset(names)


def _mark_kinds(text, blocks):
    """Set the kind of every block that is not page matter."""
    bodies = [b for b in blocks if not b.why]
    for i, block in enumerate(bodies):
        if not block.kind:
            after = bodies[i + 1] if i + 1 < len(bodies) else None
            block.kind = _find_kind(text, block, after)


def _find_kind(text, block, after):
    """Return the kind of a block, given the one after it."""
    title_like = after is not None and _is_heading(text, block, after)
    if block.label in ("bullet", "bracket"):
        return "item"
    if block.label in ("number", "roman", "letter"):
        if title_like and after.label != block.label:
            return "heading"
        ended = block.gap and text[block.end - 1] in '.:!?”"'
        return "paragraph" if ended or block.end - block.start > 120 else "item"
    return "heading" if title_like and not block.label else "paragraph"


def _is_heading(text, block, after):
    """Tell whether a block reads as a heading of what comes after it."""
    words = text[block.body : block.end]
    if len(words) > _LONGEST_HEADING or block.lines > 2 or words.count(" ") > 13:
        return False
    if after.label == "row" and (not after.gap or _DIGIT.search(words)):
        return False  # the caption of a table
    if not (words[0].isupper() or words[0].isdigit()) or not any(c.isalpha() for c in words[:40]):
        return False
    if words.isupper():
        return True
    if words[-1] in ".,;:!…":
        return False
    return bool(after.gap or after.label or after.end - after.start > 1.5 * len(words))


def _build_passages(text, blocks, split, codebook):
    """Make the passages, number them, and split them into sentences."""
    passages = []
    for block in sorted(_merge_furniture(text, blocks), key=lambda b: (b.start, -b.end)):
        kind = "repeat" if block.why == "repeat" else "furniture" if block.why else block.kind
        passages.append(
            Passage(block.start, block.end, kind, len(passages), why=block.why, of=block.of)
        )
        passages[-1].sentences = [] if block.why else _read_sentences(text, block, split, codebook)
    passages = _take_out_repeats(text, passages)
    _number(passages)
    link_headings(passages)
    return passages


def _merge_furniture(text, blocks):
    """Make one block of neighbouring page matter of the same rule."""
    merged = []
    for block in blocks:
        last = merged[-1] if merged else None
        is_alike = last and block.why and block.why != "repeat" and last.why == block.why
        # Between two that interrupt one passage stands a line of it.
        if is_alike and not _ALNUM.search(text, last.end, max(last.end, block.start)):
            last.end = max(last.end, block.end)
        else:
            merged.append(block)
    return merged


def _read_sentences(text, block, split, codebook):
    """Read the sentences of a block; what page matter interrupts is blanked out."""
    if not block.holes:
        spans = split(block.body, block.end)
        return [Sentence(a, b, text[a:b], 0, 0) for a, b in spans]
    masked, position = "", block.body
    for start, end in sorted(block.holes):
        # What interrupts may be interrupted in its turn.
        start = max(start, position)
        masked += text[position:start] + _NOT_SPACE.sub(" ", text[start:end])
        position = max(position, end)
    masked += text[position : block.end]
    spans = split_sentences(masked, 0, len(masked), codebook)
    shift = block.body
    return [Sentence(a + shift, b + shift, masked[a:b], 0, 0) for a, b in spans]


def _take_out_repeats(text, passages):
    """Make a repeat of every body sentence that was printed word for word before."""
    first, found = {}, []
    for passage in passages:
        kept = []
        for sentence in passage.sentences:
            words = sentence.text.strip(_TRIM)
            before = first.setdefault(words, sentence)
            if before is sentence or words.count(" ") < _FEWEST_WORDS - 1:
                kept.append(sentence)
            else:
                found.append(_make_repeat(passage, sentence, before))
        if passage.sentences and not kept:
            passage.kind, passage.why, passage.of = "repeat", "repeat", found.pop().of
        passage.sentences = kept
    return sorted(passages + found, key=lambda p: (p.start, -p.end)) if found else passages


def _make_repeat(passage, sentence, before):
    """Make the repeat passage of a sentence inside a paragraph."""
    of = (before.start, before.end)
    return Passage(sentence.start, sentence.end, "repeat", 0, why="repeat", of=of)


def _number(passages):
    """Give the passages and their sentences their numbers, in order."""
    index = 0
    for number, passage in enumerate(passages):
        passage.number = number
        for sentence in passage.sentences:
            sentence.passage, sentence.index = number, index
            index += 1


def link_headings(passages):
    """Link each passage to the heading above it, and each list item to what introduces it.

    Parameters
    ----------
    passages : list of Passage
        In order, numbered; their ``heading`` and ``lead`` are filled in.
    """
    heading, lead = None, None
    for passage in passages:
        if passage.why:
            continue
        passage.heading = heading
        if passage.kind == "item":
            passage.lead = lead
        elif passage.kind == "paragraph":
            lead = passage.number
        else:
            heading, lead = passage.number, None
