"""Rows of tables: found by their line, however long the text is."""

from threatledger.extraction.grids import LONGEST, _read_line


def test_a_row_is_the_line_that_holds_the_number():
    assert _read_line("Camp  Tents\nRoj  12\nend", 17) == (12, "Roj  12")


def test_no_more_than_a_row_is_looked_at_in_a_text_on_a_single_line():
    start, line = _read_line("a  b " * 10_000, 20_000)
    assert start == 20_000 - LONGEST - 1
    assert LONGEST < len(line) <= 2 * (LONGEST + 1)
