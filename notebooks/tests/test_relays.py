"""Copies of one origin: what makes texts one voice, and what does not."""

import itertools
import json
import pickle
import random
import subprocess
import sys
from collections import Counter

import pandas as pd
import pytest
from archives import write_archive
from conftest import NOTEBOOKS

from threatledger.briefing.relays import say_origins, show_drift, show_origins
from threatledger.codebook import read_codebook
from threatledger.parts import Rows
from threatledger.relays import similarity
from threatledger.relays.candidates import find_candidates, find_features
from threatledger.relays.clusters import find_links, gather_clusters, order_tellings
from threatledger.relays.drift import find_drifts
from threatledger.relays.tabulate import tabulate_relays
from threatledger.relays.telling import Telling
from threatledger.relays.words import find_marks, find_stem

WIRE = """Border guards seize 48 rifles near Tal Amer

DERIK, May 4 (Plain News) - Border guards have seized 48 rifles and 12,000 rounds near the village
of Tal Amer, the interior ministry said on Tuesday.

Major Sardar Hoshyar told reporters that two trucks had come over a dirt track from the east and
that the five drivers gave themselves up. "We knew the road and we knew the hour," Hoshyar said.

The weapons were bound for Islamic State cells around Shaddadi, where the group still has up to 150
men, he added. Attacks there rose by 40 per cent in the first quarter.

Some 2,300 people have left Shaddadi since January, according to the relief agency Barin.
"""
CUT = """Home | World | Sport
Guards stop arms trucks

Border guards have seized 48 rifles and 12,000 rounds near the village of Tal Amer, the interior
ministry said on Tuesday.

The weapons were bound for Islamic State cells around Shaddadi, where the group still has up to 150
men, a major said.

Follow us for more
"""
REWORDED = """Weapons convoy halted on Syrian frontier

The ministry of the interior announced Tuesday that 12,000 bullets and 48 rifles fell into the hands
of frontier guards close to Tal Amer.

Five men at the wheel of two lorries that had used a track from the east surrendered, journalists
heard from Major Sardar Hoshyar.

IS cells in the Shaddadi area, which count as many as 150 fighters, were to get the arms, Hoshyar
said. From January to March, attacks in the area increased 40%.

Barin, a relief agency, says that around 2,300 inhabitants of Shaddadi have fled since January.
"""
REORDERED = """Thousands leave Shaddadi as arms flow in

Some 2,300 people have left Shaddadi since January, the relief agency Barin says.

Attacks around the town went up by 40 per cent in the first quarter. The Islamic State group has up
to 150 men there.

On Tuesday the interior ministry said that guards at the border had seized 48 rifles and 12,000
rounds near Tal Amer. They were for the group's cells, said Major Sardar Hoshyar.
"""
INDEPENDENT = """A village that sleeps badly

Tal Amer has one bakery, one teacher and, since Tuesday, eleven reporters. They came because the
interior ministry says that its guards seized 48 rifles here.

Nobody in the village saw a truck. "My dogs bark at a cat," says Umm Rezan, who is 71 and lives
beside the track. "They did not bark."

Major Sardar Hoshyar keeps a sword on his wall and answers each question with another. His men earn
$90 a month and were last paid in February.

Of the 310 houses, 180 are empty. A school built by Norway for 200 children has a roof and no door.
"""
BACKGROUND = """DERIK, May 4 (Plain News) - A court in Derik jailed a flour dealer for nine years on
Tuesday for selling bread meant for prisons.

Judge Awaz Brimo said that 600 sacks were missing. The dealer will appeal, his lawyer said.

Some 2,300 people have left Shaddadi since January, according to the relief agency Barin.
"""


def tell(*texts, published="2021-05-05"):
    """Return texts as tellings, ``t0`` first."""
    return [Telling(f"t{i}", published, text) for i, text in enumerate(texts)]


def cluster(*texts):
    """Return the clusters of texts."""
    tellings = tell(*texts)
    return gather_clusters(len(tellings), find_links(tellings))


@pytest.mark.parametrize(
    "relay", [CUT, REWORDED, REORDERED], ids=["cut under a menu", "reworded", "reordered"]
)
def test_a_relay_is_of_one_origin_with_its_wire(relay):
    assert cluster(WIRE, relay) == [[0, 1]]


@pytest.mark.parametrize(
    "other", [INDEPENDENT, BACKGROUND], ids=["own story on the same event", "standing background"]
)
def test_another_story_is_a_voice_of_its_own(other):
    assert cluster(WIRE, other) == [[0], [1]]


def test_all_relays_of_a_wire_are_one_cluster_and_the_rest_stand_alone():
    assert cluster(BACKGROUND, CUT, INDEPENDENT, WIRE, REORDERED, REWORDED) == [
        [0],
        [1, 3, 4, 5],
        [2],
    ]


def test_two_issues_of_one_report_in_the_same_words_are_two():
    first = "\n\n".join(
        f"• {place}: {count} residents, {cases} cases of measles and {tents} tents repaired."
        for place, count, cases, tents in (
            ("Areesha", 13_214, 61, 340),
            ("Newroz", 4_108, 17, 92),
            ("Tweina", 9_770, 38, 415),
        )
    )
    second = first
    for old, new in zip(
        ("13214", "61", "340", "4108", "17", "92", "9770", "38", "415"),
        ("13377", "48", "112", "4095", "23", "57", "9812", "44", "260"),
        strict=True,
    ):
        second = second.replace(f" {old} ", f" {new} ")
    assert cluster(first, second) == [[0], [1]]


def test_an_outlet_s_page_matter_makes_no_copy():
    frame = "The Valley Post\nWorld | Sport | Weather\n\n{}\n\nFollow us on Facebook\nMost read\n"
    first = frame.format("A bridge opens\n\nThe bridge cost £2 million, the mayor said on Friday.")
    second = frame.format("A barn burns\n\nThe barn held 40 sheep, the farmer said on Friday.")
    assert cluster(first, second) == [[0], [1]]


def test_a_link_says_what_it_rests_on():
    (link,) = find_links(tell(WIRE, REWORDED))
    assert 0.5 < link.score <= 1
    assert "sentences of" in link.evidence
    assert "figures shared" in link.evidence


def test_the_first_text_is_the_earlier_then_the_more_complete():
    late, early = Telling("late", "2021-05-05", WIRE), Telling("early", "2021-05-04", CUT)
    full = Telling("full", "2021-05-04", WIRE)
    assert order_tellings([late, early, full]) == [2, 1, 0]


@pytest.mark.parametrize("text", ["", "\n", "A", "…" * 300, "“" * 500, "9" * 4000, "a " * 5000])
def test_any_text_can_be_compared(text):
    assert cluster(text, WIRE, text)[-1][-1] in (1, 2)
    assert find_drifts(tell(text, WIRE, text)) == []


def test_a_brief_is_of_the_wire_that_it_copies_and_not_of_each_text_with_its_facts():
    brief = """In brief

Border guards have seized 48 rifles and 12,000 rounds near the village of Tal Amer, the interior
ministry said. The Islamic State group still has up to 150 men around Shaddadi.
"""
    essay = """Counting

They say 48 rifles and 12,000 rounds near Tal Amer; they say that the group has up to 150 men around
Shaddadi. I asked a ministry of the interior once how it counts, and was given tea.

My uncle counted sheep for a living, and was wrong each year by the same eleven. Nobody minded.
"""
    assert cluster(WIRE, brief, essay) == [[0, 1], [2]]


def test_marks_know_a_sentence_again():
    codebook = read_codebook()
    old = find_marks("At least 42 people were murdered in Hasakah.", codebook)
    new = find_marks("In Hasakah no fewer than forty-two perished.", codebook)
    assert {"#42", "kill", "hasakah"} <= old.keys() & new.keys()
    assert find_stem("tunnels") == find_stem("tunnel")


def match_one_by_one(line, other, most):
    """Return the sentences of a text that another one's is made of, each compared with all."""
    counts = Counter(mark for own in other.lines for mark in own.marks)
    rare = {mark for mark in line.marks if 0 < counts[mark] <= most}
    near = [own for own in other.lines if rare & own.marks.keys()]
    left, places, held = dict(line.marks), [], 0.0
    while near and len(places) < similarity.MOST_PARTS:
        holds = [sum(min(w, own.marks.get(m, 0)) for m, w in left.items()) for own in near]
        if max(holds) < min(similarity.LEAST_SHARED, similarity.MOST_OF * line.weight):
            break
        best = near[holds.index(max(holds))]
        places.append(best.place)
        held += max(holds)
        left = {mark: weight for mark, weight in left.items() if mark not in best.marks}
    return tuple(places), held / line.weight


@pytest.mark.parametrize("most", [60, 3])
def test_a_sentence_is_told_by_those_that_hold_most_of_it(monkeypatch, most):
    monkeypatch.setattr(similarity, "MOST_LINES", most)
    dice = random.Random(3)
    story = make_story(dice)
    tellings = tell(WIRE, CUT, REORDERED, f"{story}\n\n{WIRE}\n\n{make_story(dice)}", story)
    found = []
    for telling, other in itertools.permutations(tellings, 2):
        matches = similarity.match_lines(telling, other)
        slow = [match_one_by_one(line, other, most) for line in telling.lines]
        assert [(match.others, match.score) for match in matches] == slow
        found += [len(match.others) for match in matches]
    assert {0, 1, 2} <= set(found)


@pytest.mark.parametrize(
    ("text", "weight"),
    [("Hasakah fell.", 1.0), ("Then Hasakah fell.", 1.6), ("Al-Hasakah fell.", 1.0)]
    + [(" Hasakah fell.", 1.6), ("“Hasakah fell.", 1.6), ("Then hasakah, he said.", 1.0)],
)
def test_a_capital_tells_a_name_but_not_at_the_head_of_a_sentence(text, weight):
    assert find_marks(text, read_codebook())["hasakah"] == weight


def test_a_text_laid_aside_is_taken_up_as_it_was():
    (telling,) = tell(WIRE)
    again = pickle.loads(pickle.dumps(telling))
    assert again.lines == telling.lines
    assert (again.text, again.reading.sentences) == (WIRE, telling.reading.sentences)
    assert again.claims == telling.claims
    assert len(again.claims) > 2


def make_story(dice):
    """Return a story of made-up facts about made-up places."""
    syllables = ("ka", "mo", "ti", "ru", "be", "sha", "dol", "nin", "gar", "pe", "zu", "lem")
    places = ["".join(dice.choices(syllables, k=3)).capitalize() for _ in range(8)]
    things = ("rifles", "tents", "houses", "sheep", "lorries", "passports")
    return "\n\n".join(
        f"In {dice.choice(places)}, guards counted {dice.randint(20, 9000)} {dice.choice(things)}."
        for _ in range(8)
    )


def test_pairs_to_compare_grow_with_the_texts_and_not_with_their_square():
    dice = random.Random(7)
    tellings = tell(*(make_story(dice) for _ in range(400)))
    features = [find_features(telling) for telling in tellings]
    few, many = (len(find_candidates(features[:n])) for n in (100, 400))
    assert few <= many < 400 * 399 / 2 / 50
    copied = [*features[:200], *features[:200]]
    assert {(n, n + 200) for n in range(200)} <= set(find_candidates(copied))


def run_relays(folder, texts):
    """Run the command over texts, by name with a date."""
    (folder / "texts").mkdir()
    lines = ["id,file,published"]
    for name, (published, text) in texts.items():
        (folder / f"texts/{name}.txt").write_text(text, encoding="utf-8")
        lines.append(f"{name},{name}.txt,{published}")
    (folder / "list.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-m", "threatledger", "relays", "--catalogue", folder / "list.csv"]
        + ["--texts", folder / "texts"],
        cwd=NOTEBOOKS,
        capture_output=True,
        check=False,
    )


def test_the_command_prints_one_object(tmp_path):
    changed = CUT.replace("up to 150", "more than 150")
    texts = {"b": ("2021-05-06", changed), "x": ("2021-05", INDEPENDENT), "a": ("2021-05-05", WIRE)}
    done = run_relays(tmp_path, texts)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["clusters"] == [["b", "a"], ["x"]]
    (drift,) = found["drifts"]
    assert (drift["from"], drift["to"], drift["kind"]) == ("a", "b", "bound")
    assert set(drift) == {"from", "to", "kind"} | {
        f"{side}_{part}" for side in ("from", "to") for part in ("quote", "start")
    }
    for side in ("from", "to"):
        text = texts[drift[side]][1]
        assert text[drift[f"{side}_start"] :].startswith(drift[f"{side}_quote"])
    assert drift["to_quote"].startswith("more than 150")


def test_a_row_that_cannot_be_used_prints_nothing(tmp_path):
    done = run_relays(tmp_path, {"a": ("tomorrow", WIRE)})
    assert (done.returncode, done.stdout) == (1, b"")
    assert b"is no date, month or year" in done.stderr


@pytest.fixture
def tables(tmp_path, monkeypatch):
    """Return origins and drift of a wire, a relay and a story of its own, two texts a part."""
    monkeypatch.setenv("THREATLEDGER_REPORTS", str(tmp_path / "reports"))
    rows = [
        {"doc_id": key, "published": f"2021-05-0{day}", "text": text}
        for key, day, text in (
            ("a", 5, WIRE),
            ("x", 6, INDEPENDENT),
            ("b", 6, REWORDED.replace("2,300", "2,301")),
        )
    ]
    write_archive(rows, "archive", 2, tmp_path / "texts")
    origins, drift, _ = tabulate_relays("archive", 10)
    return origins, drift


def test_tables_hold_a_row_a_text_and_a_row_a_difference(tables):
    rows, drift = tables
    origins = rows.read().sort_values("doc_id")
    assert list(origins["doc_id"]) == ["a", "b", "x"]
    assert list(origins["origin"]) == ["a", "a", "x"]
    assert list(origins["texts"]) == [2, 2, 1]
    assert list(origins["linked_to"]) == ["", "a", ""]
    (row,) = drift.to_dict("records")
    assert (row["kind"], row["from_doc"], row["to_doc"]) == ("number", "a", "b")
    assert "2,300" in row["from_quote"]
    assert "2,301" in row["to_quote"]


def test_the_page_says_how_many_voices_there_are(tables):
    origins, drift = tables
    assert say_origins(origins) == (
        "Three texts, two origins: a and b (two texts, one origin). "
        "Copies of one origin are one voice."
    )
    assert "told again" in show_origins(origins).text
    shown = show_drift(drift, origins)
    assert "2,301" in shown.text
    assert 'href="#text-b"' in shown.html


def hold(columns):
    """Return columns as rows of the table origins."""
    return Rows("origins", frame=pd.DataFrame(columns))


def test_without_copies_the_page_says_so():
    alone = hold({"doc_id": ["a"], "origin": ["a"], "linked_to": [""]})
    none = pd.DataFrame()
    assert show_origins(alone).text == (
        "One text, one origin: none is a copy or rewording of another."
    )
    assert "nothing can have changed" in show_drift(none, alone).text
    both = hold({"doc_id": ["a", "b"], "origin": ["a", "a"], "linked_to": ["", "a"]})
    assert show_drift(none, both).text == "The copies of one origin say the same."
