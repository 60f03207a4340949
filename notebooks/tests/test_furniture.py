"""Page matter and repeats are told from body."""

import json

import pytest

from threatledger.codebook import find_root, read_codebook
from threatledger.extraction.segments import read_passages

CODEBOOK = read_codebook()
GOLD = sorted((find_root() / "data/gold").glob("*.json"))
BODY = (
    "Guards at the northern gate counted nine trucks on Sunday, the governor said, and let six "
    "pass.\n\n"
    "Two more came at night. Nobody in the town could say what was in them or who had paid.\n"
)
LAST = "By the morning the gate was shut again, and the guards went home to sleep."


def furniture(text):
    return [text[p.start : p.end] for p in read_passages(text, CODEBOOK) if p.kind == "furniture"]


@pytest.mark.parametrize(
    "line",
    [
        "By Samira Haddad",
        "By Tom Okello and agencies in Nairobi",
        "Published: 4 May 2021, 14:05 GMT",
        "Analysis | 12 June 2019",
        "Tuesday, 3 March 2020 - 09:15",
        "5 min read",
        "Last updated 3 hours ago",
    ],
)
def test_lines_under_the_title_are_page_matter(line):
    assert furniture(f"Trucks pass the northern gate at night\n{line}\n\n{BODY}") == [line]


@pytest.mark.parametrize(
    "line",
    [
        "Home | News | Region | Sport",
        "THE VALLEY GAZETTE",
        "Desert Monitoring Network",
        "Home > World > Middle East",
        "A letter on borders\nIssue 14 · 3 March 2021 · View in browser",
        "THE VALLEY TELEGRAPH                 Edition of 3 January 2021",
        "S/2099/5 | 99-08998 | 17 of 26",
    ],
)
def test_lines_above_the_title_are_page_matter(line):
    text = f"{line}\n\nTrucks pass the northern gate at night\n\n{BODY}"
    assert "\n".join(furniture(text)) == line
    kinds = [p.kind for p in read_passages(text, CODEBOOK)]
    assert kinds.index("title") == len(furniture(text))


@pytest.mark.parametrize(
    "tail",
    [
        "Related news\nBread prices climb again in the capital\nStorm kills 14 on the coast",
        "Share 240   Tweet 31",
        "Tags: Trade, Borders",
        "© 2021 The Valley Gazette. All rights reserved.",
        "For more information, contact the press desk.",
        "Follow us on Telegram - 9.2K followers",
        "Sign up for our newsletter: 4,000 readers already have",
        "Comments (45)",
        "Samira Haddad is a researcher at the Desert Institute. She lives in Amman.",
        "The views expressed in this article are those of the author.",
        "Reporting by Samira Haddad; editing by Tom Okello",
        "Get the Gazette app\nDownload it on the App Store",
        "Samira Haddad",
        "Editing: the Nairobi desk",
        "Related: Storm on the coast | Bread prices climb",
        "You may also like: “Ten years of the gate, in nine charts”",
        "You have read 2 of 3 free articles · Subscribe from $19 a month",
        "Single issue £6.50 – subscriptions@gazette.example",
        "Share this paper: Twitter (112) | LinkedIn (64) | PDF, 18 pages",
        "20-09751 (E)                                          9/15",
        "*2009751*                                             Please recycle",
        "Print run: 500 | Copy no. 12",
        "Viewed 8,121 times",
        "Posted by admin | 24 comments",
        "— More in this issue\nCopper rises to $9,000",
    ],
)
def test_what_follows_the_last_paragraph_is_page_matter(tail):
    text = f"Trucks pass the northern gate at night\n\n{BODY}\n{tail}\n"
    assert " ".join(furniture(text)).split() == tail.split()


@pytest.mark.parametrize(
    "line",
    [
        "Share prices fell by 4 per cent on the news, and two banks closed for a day.",
        "Home to 4,000 people, the camp has one gate, which the guards shut at dusk.",
        "By March 2016 the guards had gone, and 40 traders had reopened their shops.",
        "Related cells in two valleys kept quiet, and the army counted 12 of them.",
        "Reporting period: 1-31 May 2021 | Issued: 4 June 2021",
        "• Idlib: 40 trucks",
        "HUMANITARIAN NEEDS",
        "Page after page of the ledger lists the 300 dinars that each trader paid.",
        "Price: 300 dinars a litre, against 250 in May.",
        "Support us, they said, and 30 families did.",
        "Hotline calls rose from 12 to 40 in May.",
        "Subscribers to the channel number 4,000, twice as many as in 2021.",
        "Camp      Families    People\nAl-Hol    350         1,204",
    ],
)
def test_body_that_looks_like_page_matter_stays(line):
    text = f"Trucks pass the northern gate at night\n\n{BODY}\n{line}\n\n{LAST}\n"
    assert furniture(text) == []


def test_a_note_that_begins_with_the_name_in_the_byline_is_about_the_author():
    note = "Samira Haddad teaches law in Amman. Her book on borders is out now."
    text = f"Trucks pass the northern gate at night\n\nby Samira Haddad\n\n{BODY}\n{note}\n"
    assert furniture(text) == ["by Samira Haddad", note]


def test_a_list_at_the_end_is_no_page_matter():
    items = "Trucks by gate:\n• North: nine\n• South: two\n"
    text = f"Trucks pass the northern gate at night\n\n{BODY}\n{items}"
    assert furniture(text) == []


def test_an_advert_takes_the_short_lines_set_below_it():
    advert = "ADVERTISEMENT\nFly from 99 dinars. Book now."
    assert furniture(f"Title of the whole story\n\n{BODY}\n{advert}\n\n{LAST}") == [advert]


def test_page_headers_are_known_by_their_number_or_by_coming_again():
    running = "Valley Watch Bulletin for the northern region"
    pages = (
        f"\nRMM/9 | page {n} of 4\n\n{BODY.replace('nine', str(n))}\n{running}\n\n"
        f"{BODY.replace('Two', f'Some {n}')}"
        for n in (2, 3, 4)
    )
    found = "\n".join(furniture("A year at the northern gate\n\n" + BODY + "".join(pages)))
    assert [f"RMM/9 | page {n} of 4" in found for n in (2, 3, 4)] == [True] * 3
    assert found.count(running) >= 2


def test_the_title_is_page_matter_the_second_time():
    title = "Trucks pass the northern gate at night"
    text = f"{title}\n\n{title}\n\n{BODY}"
    assert furniture(text) == [title]
    assert read_passages(text, CODEBOOK)[0].kind == "title"


def test_a_headline_of_two_words_is_still_the_title():
    text = f"Night trucks\n\n{BODY}"
    assert read_passages(text, CODEBOOK)[0].kind == "title"


def repeats(text):
    return [
        (text[p.start : p.end], text[slice(*p.of)])
        for p in read_passages(text, CODEBOOK)
        if p.kind == "repeat"
    ]


SENTENCE = "Nobody in the town could say what was in them or who had paid"


NEARLY = SENTENCE.replace("say", "tell")
OTHER = "Nobody in the village knows what was in the sacks or who had sold them all"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{BODY}\n“{SENTENCE}”\n\n{LAST}", [(SENTENCE, SENTENCE)]),
        (f"“{SENTENCE}”\n\n{BODY}", [(SENTENCE, SENTENCE)]),
        (f"{BODY}\n“{NEARLY}”\n", [(NEARLY, f"{SENTENCE}.")]),
        (f"{BODY}\n{OTHER}\n", []),
    ],
)
def test_a_pull_quote_repeats_the_sentence_of_the_body(text, expected):
    assert repeats("A title for this story here\n\n" + text) == expected


def test_two_sentences_that_differ_in_a_number_are_two_statements():
    text = (
        "In the north the guards counted 14 trucks at the gate on the first day of May.\n\n"
        "In the north the guards counted 41 trucks at the gate on the first day of May.\n"
    )
    assert repeats(text) == []


def test_a_sentence_printed_again_inside_a_paragraph_is_a_repeat():
    again = "Guards at the northern gate counted nine trucks on Sunday, and let six pass."
    text = f"{again} It was a quiet day.\n\nAnother week went by in silence. {again}\n"
    assert repeats(text) == [(again, again)]


def _characters(text, spans):
    return {i for a, b in spans for i in range(a, b) if not text[i].isspace()}


def test_page_matter_of_the_annotated_texts():
    right = found = wanted = 0
    for path in GOLD:
        text = path.with_suffix(".txt").read_bytes().decode("utf-8")
        gold = json.loads(path.read_text(encoding="utf-8"))
        want = _characters(text, [(f["start"], f["end"]) for f in gold["furniture"]])
        passages = read_passages(text, CODEBOOK)
        got = _characters(text, [(p.start, p.end) for p in passages if p.kind == "furniture"])
        right, found, wanted = right + len(want & got), found + len(got), wanted + len(want)
    assert 2 * right / (found + wanted) >= 0.97


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_repeats_of_the_annotated_texts(path):
    text = path.with_suffix(".txt").read_bytes().decode("utf-8")
    gold = json.loads(path.read_text(encoding="utf-8"))
    want = {(r["start"], r["end"], r["of_start"], r["of_end"]) for r in gold["repeats"]}
    passages = read_passages(text, CODEBOOK)
    assert {(p.start, p.end, *p.of) for p in passages if p.kind == "repeat"} == want
