"""Put the lines of a text together to blocks: paragraphs, headings, list items, page matter."""

import re
from collections import Counter
from dataclasses import dataclass, field

from threatledger.extraction.furniture import find_rule, is_page_number
from threatledger.extraction.tabulation import mark_tables

_INVISIBLE = "\ufeff\u200b\u200e\u200f\u2060"
_BULLETS = "•▪■□◦●○‣▶►▸➤➢✓➔→⁃"
_LABEL = re.compile(
    rf"(?P<bullet>(?:[{_BULLETS}]\s*|[-–—*·]\s+)+)"
    r"|(?P<bracket>\((?:[a-z]{1,2}|[ivxlc]{1,6}|\d{1,3})\)\s+|(?:[a-z]|[ivx]{1,4}|\d{1,3})\)\s+)"
    r"|(?P<number>\d{1,3}\.(?:\d{1,2}\.?){0,3}\s+(?=\D))"
    r"|(?P<roman>[IVX]{1,5}\.\s+(?=\w\w))|(?P<letter>[A-H]\.\s+(?=\w\w))"
    r"|(?P<note>\[\d{1,3}\]\s*)"
)
_LABEL_STARTS = frozenset(_BULLETS + "-–—*·(" + "0123456789" + "abcdefghivxlcIVXABCDEFGH[")
_CLOSERS = "\"'”’)]»"
_UNENDED = frozenset(
    "a an the of in on at to by for from with without near between against under over into onto "
    "through throughout towards as that which who whom whose than and or but nor has have had is "
    "are was were be been its their his her this these those no not about around".split()
)
_LONG = 40  # characters of a line that may have been cut by a page break


@dataclass(slots=True)
class Block:
    """Lines that belong together; offsets are into the whole text."""

    start: int
    end: int
    first: str  # its first line
    last: str  # its last line
    gap: int  # blank lines before it
    label: str = ""  # kind of label: bullet, bracket, number, roman, letter, note, row
    body: int = 0  # where the words after the label begin
    lines: int = 1
    why: str = ""
    opens: bool = False
    kind: str = ""
    of: tuple[int, int] | None = None
    holes: list = field(default_factory=list)  # page matter inside, as (start, end)


def read_blocks(text):
    """Read the lines of a text that are not blank, one block a line.

    Parameters
    ----------
    text : str

    Returns
    -------
    list of Block
    """
    blocks, position, gap = [], 0, 0
    for raw in text.splitlines(keepends=True):
        line = raw.strip()
        if line and line[0] in _INVISIBLE:
            line = line.lstrip(_INVISIBLE).lstrip()
        if line:
            start = position + raw.index(line[0] if len(line) == 1 else line)
            blocks.append(_read_block(line, start, gap))
            gap = 0
        else:
            gap += 1
        position += len(raw)
    return blocks


def _read_block(line, start, gap):
    """Make the block of one line."""
    block = Block(start, start + len(line), line, line, gap, body=start)
    if line[0] in _LABEL_STARTS:
        found = _LABEL.match(line)
        if found and found.end() < len(line):
            block.label, block.body = found.lastgroup, start + found.end()
    return block


def mark_lines(blocks, rules):
    """Mark the page matter that is known by the line alone, and running page headers.

    Parameters
    ----------
    blocks : list of Block
        One a line; changed in place.
    rules : furniture.Rules
    """
    mark_tables(blocks)
    for i, block in enumerate(blocks):
        line = block.first
        if block.label == "row":
            continue
        if len(line) < 16 and is_page_number(line):
            following = blocks[i + 1].gap if i + 1 < len(blocks) else 1
            if (block.gap or i == 0) and following:
                block.why = "page header"
        elif line[-1] != "." or len(line) < 160:
            block.why, block.opens = find_rule(line, rules)
            if block.why == "body":
                block.why, block.kind = "", "paragraph"
    _mark_running_headers(blocks)


def _mark_running_headers(blocks):
    """Mark a line that stands three times and more in the text as a page header."""
    lines = [b.first for b in blocks if 16 <= len(b.first) < 100 and b.first[-1] not in ".;:"]
    often = {line for line, n in Counter(lines).items() if n >= 3 and line.count(" ") >= 3}
    if not often:
        return
    seen = set()
    for i, block in enumerate(blocks):
        if block.first in often and not block.why and not block.label:
            if block.first in seen or i >= 15:
                block.why = "page header"
            seen.add(block.first)


def _is_ended(line):
    """Tell whether a line ends as a sentence or clause does."""
    return line.rstrip(_CLOSERS + "0123456789" if line[-1] == "]" else _CLOSERS)[-1:] in (
        *".!?:;…",
        "",
    )


def _runs_on(line):
    """Tell whether a line ends in a word or comma that cannot end a paragraph."""
    return line[-1] == "," or _is_open(line)


def _is_open(line):
    """Tell whether a line ends in a word that something must follow."""
    return line.rsplit(None, 1)[-1].lower() in _UNENDED


def find_width(blocks):
    """Find the width to which the lines of a text were wrapped.

    Parameters
    ----------
    blocks : list of Block
        One a line.

    Returns
    -------
    int
        In characters; 0 where each paragraph stands on one line.
    """
    lengths = sorted(
        len(a.last)
        for a, b in zip(blocks, blocks[1:], strict=False)
        if not b.gap and b.first[0].islower() and not b.label and 40 <= len(a.last) <= 130
    )
    return lengths[len(lengths) // 2] if len(lengths) >= 2 else 0


def _joins(a, b, gap, width):
    """Tell whether block ``b`` goes on where block ``a`` stops."""
    if a.label == "row":
        return False
    if b.label:  # "from 350 to", and on the next line "800. A Member State said"
        return b.label == "number" and not gap and _is_open(a.last)
    last, ended = a.last, _is_ended(a.last)
    if gap:
        if ended or len(last) < _LONG or last.count(" ") < 5:
            return False
        return b.first[0].islower() or _runs_on(last)
    if width and len(last) >= 0.75 * width and len(last) <= 1.5 * width:
        return not ended or a.lines > 1 or len(last) >= 0.9 * width
    return not ended and (b.first[0].islower() or len(last) >= _LONG and _runs_on(last))


def join_blocks(blocks, width):
    """Join wrapped lines, and sentences that a page break or page matter cut.

    Parameters
    ----------
    blocks : list of Block
    width : int
        As ``find_width`` gives it.

    Returns
    -------
    list of Block
        A block that was cut holds the page matter inside it as ``holes``; the page matter itself
        stays a block, after it.
    """
    joined, last, between = [], None, []
    for block in blocks:
        if block.why:
            between.append(block)
        elif last is not None and _joins(last, block, block.gap or len(between), width):
            last.holes += [(b.start, b.end) for b in between] + block.holes
            last.end, last.last, last.lines = block.end, block.last, last.lines + block.lines
            joined += between
            between = []
        else:
            joined += between
            between = []
            joined.append(block)
            last = block
    return joined + between
