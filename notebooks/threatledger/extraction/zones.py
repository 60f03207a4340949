"""Find the page matter at the head and the tail of a text, and its title."""

import re

from threatledger.extraction.furniture import (
    find_rule,
    is_author_note,
    is_body,
    is_masthead,
    is_name,
)
from threatledger.extraction.patterns import LateRegex

_LETTERS = re.compile(r"[^\W_]+")
_ISSUE = LateRegex(r"\b(?:issue|vol|volume|no|edition)\b\.? ?\d", re.IGNORECASE)
_DIGIT = LateRegex(r"\d")
_PARTED = LateRegex(r"[|·»■•*]|\s{4}")
_BY = LateRegex(r"^by ", re.IGNORECASE)
_COLUMNS = LateRegex(r"\w {5,}\w")
_HEAD = frozenset(["head"])
_TAIL = frozenset(["tail"])
_MOST_LINES = 80  # of a head or a tail
_ORDINAL = LateRegex(
    r"^(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|part \w+|annex \w+|"
    r"chapter \w+|section \w+|[ivx]+|[a-h]|\d{1,2})\b[.:)\s–—-]+",
    re.IGNORECASE,
)


def normalise(line):
    """Return the words of a line alone, in lower case, so that two printings compare equal.

    Parameters
    ----------
    line : str

    Returns
    -------
    str
    """
    return " ".join(_LETTERS.findall(line.lower()))


def mark_zones(text, blocks, rules, place_names):
    """Mark the page matter of a head and a tail, and the title.

    Parameters
    ----------
    text : str
        The whole text.
    blocks : list of Block
        In order; ``why`` and ``kind`` are set in place.
    rules : furniture.Rules
    place_names : frozenset of str
        In lower case: a line that is one of them is no byline.
    """
    body = [i for i, b in enumerate(blocks) if not b.why and _is_text_block(text, b)]
    first = min(_find_first(text, blocks, body, rules), _MOST_LINES)
    _mark_head(text, blocks[:first], rules, place_names)
    tail = _find_tail(text, blocks, rules)
    _mark_tail(blocks, max(tail, first), rules, place_names)
    _mark_opened(text, blocks)
    _mark_printed_again(blocks)


def _find_first(text, blocks, body, rules):
    """Return the index of the first paragraph; a standfirst above the byline is not one."""
    for i in body:
        after = blocks[i + 1 : i + 4]
        short = blocks[i].end - blocks[i].start < 160
        if (
            blocks[i].label == "row"
            or not short
            or not any(_is_signed(text, block, rules) for block in after)
        ):
            return i
    return len(blocks)


def _is_text_block(text, block):
    """Tell whether a block is a row of a table or reads as body."""
    return block.label == "row" or is_body(_read(text, block))


def _is_signed(text, block, rules):
    """Tell whether a line is a byline or a date line."""
    return find_rule(_read(text, block), rules, _HEAD)[0] in ("byline", "date line")


def _read(text, block):
    """Return the words of a block as found."""
    return text[block.start : block.end]


def _mark_head(text, head, rules, place_names):
    """Mark the page matter before the first paragraph, and the title."""
    for block in head:
        rule, opens = find_rule(_read(text, block), rules, _HEAD)
        block.opens = block.opens or opens
        if rule == "body":
            block.kind = "paragraph"
        elif rule:
            block.why = block.why or rule
    _mark_above_menu(head)
    _mark_title_again(text, head)
    _mark_columns(head)
    open_lines = [b for b in head if not b.why and not b.kind and not b.label]
    titles = [b for b in open_lines if not is_masthead(b.first, rules)]
    if titles and len(titles) < len(open_lines):
        _mark_mastheads(open_lines, titles, rules)
    title = _choose_title(titles or open_lines)
    if title is None:
        return
    title.kind = "title"
    place = head.index(title)
    for block in head[:place]:
        if not block.why and not block.kind and not block.label and block.first.count(" ") < 3:
            block.why = "cover"
    _mark_name(head[place + 1 :], rules, place_names)


def _mark_above_menu(head):
    """Mark the name of a site: the lines set directly above a menu at the top."""
    for i, block in enumerate(head[:6]):
        if (block.why in ("menu", "page header") or _is_issue(block)) and _has_title_below(head, i):
            for above in head[max(0, i - _count_above(head, i)) : i]:
                above.why = above.why or "masthead"


def _is_issue(block):
    """Tell whether a head line gives the issue of a periodical, or its section and date."""
    if not block.why or _BY.match(block.first):
        return False
    parted = block.why == "date line" and _PARTED.search(block.first)
    return bool(parted or _ISSUE.search(block.first))


def _has_title_below(head, i):
    """Tell whether a line that may be the title comes after a head line."""
    return any(not b.why and not b.kind and b.first.count(" ") >= 2 for b in head[i + 1 :])


def _count_above(head, i):
    """Count the lines that stand directly above a head line, with no blank line between."""
    run = 0
    while i - run > 0 and head[i - run].gap == 0:
        run += 1
    return run


def _mark_columns(head):
    """Mark a first line set in columns, as page headers are."""
    if len(head) > 1 and not head[0].why and _COLUMNS.search(head[0].first):
        head[0].why = "page header"


def _mark_mastheads(open_lines, titles, rules):
    """Mark the names of publishers that stand before the title or among other head lines."""
    for block in open_lines:
        if block not in titles and (block.start < titles[0].start or block.first.isupper()):
            block.why = "masthead"


def _mark_title_again(text, head):
    """Mark a head line that was printed before, and what lies between the two printings."""
    seen = {}
    for i, block in enumerate(head):
        if block.why:
            continue
        key = normalise(_read(text, block))
        if key.count(" ") >= 2 and key in seen:
            block.why = "title repeated"
            for other in head[seen[key] + 1 : i]:
                if not other.why and other.first.count(" ") < 4:
                    other.why = "page header"
        else:
            seen.setdefault(key, i)


def _choose_title(lines):
    """Choose the title among the head lines that are left: the first that is long enough."""
    for least in (3, 2):
        for i, block in enumerate(lines):
            if block.first.count(" ") >= least or (least == 3 and i == 0 and _leads(lines)):
                return block
    return lines[0] if lines else None


def _leads(lines):
    """Tell whether a first line of three words is a title and not one of a row of short lines."""
    return lines[0].first.count(" ") == 2 and not any(b.first.count(" ") < 3 for b in lines[1:3])


def _mark_name(lines, rules, place_names):
    """Mark the name of the author between the title and the first paragraph."""
    for block in lines[:3]:
        if not block.why and not block.kind and not block.label:
            if is_name(block.first, rules) and block.first.lower() not in place_names:
                block.why = "byline"
            return


def _read_names(blocks):
    """Return the names in the byline at the head, as beginnings of an author note."""
    lines = [b.first for b in blocks[:12] if b.why == "byline"]
    names = [name for line in lines for name in re.split(r",? and |, ", _BY.sub("", line))]
    return tuple(f"{name} " for name in names if name.count(" ") in (1, 2, 3))


def _find_tail(text, blocks, rules):
    """Return the index of the first block after the last paragraph."""
    names = _read_names(blocks)
    least = max(0, len(blocks) - _MOST_LINES)
    for i in range(len(blocks) - 1, least - 1, -1):
        block = blocks[i]
        words = _read(text, block)
        if block.why:
            continue
        if block.label == "row":
            return i + 1
        rule, opens = find_rule(words, rules, _TAIL)
        if rule and rule != "body":
            block.why, block.opens = rule, opens
        elif is_author_note(words, rules) or words.startswith(names):
            block.why = "author note"
        elif (
            block.kind == "paragraph"
            or rule == "body"
            or is_body(words)
            or block.label in ("note", "bracket")
        ):
            return i + 1
    return least


def _mark_tail(blocks, tail, rules, place_names):
    """Mark the short lines after the last paragraph: names, and what follows page matter."""
    known = {normalise(b.first) for b in blocks[:tail] if b.why in ("masthead", "cover")}
    title = {normalise(b.first) for b in blocks[:tail] if b.kind == "title"}
    before = ""
    for block in blocks[tail:]:
        words = normalise(block.first)
        if not words:
            continue
        if not block.why:
            if words in title:
                block.why = "title repeated"
            elif words in known:
                block.why = "masthead"
            elif is_name(block.first, rules) and block.first.lower() not in place_names:
                block.why = "byline"
            elif before not in ("", "page header"):
                block.why = before
        before = block.why or before
    _mark_trailing(blocks[tail:])


def _mark_trailing(blocks):
    """Mark the short lines at the very end that nothing follows: they head nothing."""
    for block in reversed(blocks):
        if block.why:
            continue
        plain = not block.label and not block.kind and block.lines == 1
        if not plain or block.first.count(" ") > 9 or _DIGIT.search(block.first):
            return
        if block.first[-1] in ".?!:;" or not block.first[0].isalpha():
            return
        block.why = "trailing line"


def _mark_opened(text, blocks):
    """Mark the lines after "Related news" and its like, as far as they read as links."""
    for i, block in enumerate(blocks):
        if not block.opens:
            continue
        for after in blocks[i + 1 : i + 13]:
            if after.why:
                continue
            if after.gap or after.lines > 2 or _is_text(text, after, block.why):
                break
            after.why = block.why


def _is_text(text, block, why):
    """Tell whether a block below a line that opens page matter is body."""
    return block.end - block.start > 120 if why == "advert" else is_body(_read(text, block))


def _mark_printed_again(blocks):
    """Mark a heading that repeats the title or a heading before it, as page headers do."""
    seen = set()
    for block in blocks:
        if block.why or block.lines > 2 or block.label in ("bullet", "bracket", "note"):
            continue
        if len(block.first) > 160 or block.first[-1] in ".,;:?!":
            continue
        whole = normalise(block.first)
        ordinal = _ORDINAL.match(block.first)
        bare = normalise(block.first[ordinal.end() :]) if ordinal else whole
        if whole in seen and whole.count(" ") >= 3:
            block.why = "heading repeated"
        seen.update((whole, bare))
