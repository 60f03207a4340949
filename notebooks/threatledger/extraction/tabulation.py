"""Mark the lines of a table, so that none is taken for a heading, a menu or a date line."""

import functools
import re

from threatledger.extraction.patterns import LateRegex

EDGE = LateRegex(r" {2,}|\t+|\s*\|\s*|\s*\.{4,}\s*|\s*…{2,}\s*")
RULE = LateRegex(r"[\s|:+=_–—-]+")
FIGURE = LateRegex(
    r"[^\w]*(?:(?:fewer|less|more|over|under|about|some|up|to|at|least|most|than|nearly|almost|around"
    r"|approx\.?|circa|ca\.?|n|us|usd|eur|gbp|us\$)\s+)*[^\w]*(?:(?:us|usd|eur|gbp|chf)\s?[$€£]?\s?)?"
    r"[0-9][0-9,.'  ]*[^\w]*(?:[a-z]{1,12}[^\w]*){0,2}",
    re.IGNORECASE,
)
DATED = LateRegex(
    r"(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|page|p\.|issue|vol|no\.)|[0-9]{1,2}:[0-9]{2}"
    r"|(?:19|20)[0-9]{2}\s*(?:\Z|\()|[0-9]{1,4}[/.-][0-9]{1,2}[/.-][0-9]{2,4}"
)
WIDEST = 60  # characters of a cell
LONGEST = 240  # characters of a row


def mark_tables(blocks):
    """Mark the lines of tables: two and more with cells, one after the other, that hold figures.

    Parameters
    ----------
    blocks : list of Block
        One a line; those of a table get the label ``row`` and are paragraphs of their own.
    """
    run = []
    for block in blocks:
        has = has_cells(block.first)
        if run and not (has and block.gap < 2):
            _mark_run(run)
            run = []
        if has:
            run.append(block)
    _mark_run(run)


def has_cells(line):
    """Tell whether a line is set in short cells, or only rules a table off.

    Parameters
    ----------
    line : str

    Returns
    -------
    bool
    """
    parted = "  " in line or "\t" in line or "|" in line or "...." in line or "……" in line
    if not parted or len(line) > LONGEST:
        return bool(line[:3] in ("---", "===") and RULE.fullmatch(line))
    return all(len(cell) <= WIDEST for cell in EDGE.split(line))


@functools.lru_cache(maxsize=256)
def has_figure(line):
    """Tell whether a cell of a row, not its first, is a figure and no date.

    Parameters
    ----------
    line : str

    Returns
    -------
    bool
    """
    cells = [cell for cell in EDGE.split(line) if cell.strip()]
    return any(FIGURE.fullmatch(cell) and not DATED.search(cell) for cell in cells[1:])


def _mark_run(run):
    """Mark a run of lines with cells as a table, if there are two and one holds figures."""
    if len(run) < 2 or not any(has_figure(block.first) for block in run):
        return
    for block in run:
        block.label, block.kind, block.body = "row", "paragraph", block.start
