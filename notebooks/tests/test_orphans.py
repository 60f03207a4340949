"""No number of the page's prose is an orphan: behind each stands a row of a published table."""

import re

import pytest
from orphans import WORDS, Reader, find_orphans, list_numbers

NEXT = dict(zip(WORDS, list(WORDS)[1:], strict=False))


@pytest.fixture(scope="module")
def page(built):
    return (built / "default/briefing.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def folder(built):
    return built / "default"


def test_behind_every_number_of_the_prose_stands_a_row(page, folder):
    assert find_orphans(page, folder) == []


def test_the_prose_holds_numbers_of_every_kind(page):
    """Otherwise the test above would be green over nothing."""
    numbers = list_numbers(page)
    holders = {tag.name for _, holder in numbers for tag in [holder, *holder.parents]}
    assert {"masthead", "footer", "article", "figcaption"} & holders >= {"footer", "article"}
    assert len(numbers) > 500
    assert any(number.group().isdigit() for number, _ in numbers)
    assert any(number.group().lower() in WORDS for number, _ in numbers)


def change(number):
    """Return a number in its words, changed into another, as a match."""
    word = number.group()
    if word.lower() in NEXT:
        other = NEXT[word.lower()]
    elif word[-1].isdigit():
        other = word[:-1] + str((int(word[-1]) + 7) % 10)
    else:
        return None
    words = number.string[: number.start()] + other + number.string[number.end() :]
    return re.compile(re.escape(other)).match(words, number.start())


def test_hardly_a_number_can_be_changed_without_being_found_out(page, folder):
    """In a figure's words, which hold many numbers, a wrong one can hide behind another."""
    read, missed, tried = Reader(folder), [], 0
    for number, holder in list_numbers(page):
        changed = change(number)
        if changed and not holder.find_parent(["blockquote", "figure"]):
            tried += 1
            if read.is_founded(changed, holder):
                missed.append((number.group(), changed.group(), number.string.strip()[:60]))
    assert len(missed) < 0.01 * tried, missed


@pytest.mark.parametrize(
    ("words", "instead"),
    [
        (r'(data-from="count documents">(?:<a[^>]*>)?)five', r"\1six"),
        (r'(data-from="count claims">(?:<a[^>]*>)?)(\d)', r"\g<1>9\2"),
        (r'(class="bottom-line".*?class="number"[^>]*>\D*)\d', r"\g<1>8"),
        (r"(As of )\d+", r"\g<1>31"),
        (r'(<div class="prose">\s*<p>)', r"\g<1>Twelve attacks. "),
        (r"(<h2[^>]*>.*?)(</h2>)", r"\1 in 7 parts\2"),
        (r'(<h4><b class="number">\D*)\d', r"\g<1>7"),
        (r"(<blockquote><p>[^<]*?)\d", r"\g<1>9"),
        (r'(alt="[^"]*?)(five|four|nine)', r"\1ninety"),
        (r"<code>[0-9a-f]{12}", "<code>000000000000"),
        (r'(aria-label="Evidence for \D*)\d', r"\g<1>9"),
        (r'data-from="count documents"', 'data-from="count nothing"'),
    ],
)
def test_a_changed_number_is_an_orphan(page, folder, words, instead):
    changed, times = re.subn(words, instead, page, count=1, flags=re.DOTALL | re.IGNORECASE)
    assert times == 1
    assert changed != page
    assert find_orphans(changed, folder)
