"""What a text says and denies, says both ways, or says twice."""

import pytest
from samples import make_frame

from threatledger.codebook import read_codebook
from threatledger.disagreements.contradictions import find_denials, tabulate_contradictions
from threatledger.disagreements.repeats import tabulate_repeats
from threatledger.disagreements.said import Said
from threatledger.disagreements.stems import list_stems
from threatledger.ledger import tabulate_passages, tabulate_sentences

NO_PAIRS = make_frame("disagreements", [])


@pytest.fixture
def read(tmp_path):
    """Return sentences and passages of a text."""

    def read(text):
        (tmp_path / "a.txt").write_text(text, encoding="utf-8")
        document = {"id": "doc-a", "file": "a.txt", "published": "2021-05"}
        sentences = tabulate_sentences([document], tmp_path)
        return Said(sentences), tabulate_passages([document], tmp_path)

    return read


def find(read, text, trends=()):
    said, passages = read(text)
    found = tabulate_contradictions(said, passages, make_frame("trends", trends), NO_PAIRS)
    return found.to_dict("records")


def test_a_denial_that_points_back_meets_what_was_just_said(read):
    text = (
        "Traders in the valley pay for the training of recruits. Nobody has seen it.\n\n"
        "There is no proof of such training.\n"
    )
    (row,) = find(read, text)
    assert row["kind"] == "assertion and denial"
    assert row["quote"].startswith("Traders")
    assert row["other_quote"] == "There is no proof of such training."
    assert "no proof of" in row["why"].lower()
    assert (row["passage_id"], row["other_passage_id"]) == ("doc-a:000", "doc-a:001")


@pytest.mark.parametrize(
    "text",
    [
        # nothing of it was said
        "Traders pay for schools. There is no proof of such training.\n",
        # it was itself in doubt
        "Traders may pay for training. There is no proof of such training.\n",
        # asked, not said
        "Do traders pay for training? There is no proof of such training.\n",
        # the words of a denial that denies nothing
        "Traders pay for training. The training is not only long.\n",
        "Traders pay for training. Training no longer takes place.\n",
    ],
)
def test_what_is_no_contradiction_is_not_listed(read, text):
    assert find(read, text) == []


def test_a_denial_by_name_may_stand_far_away(read):
    filler = "".join(f"A convoy with grain reached village {n} at noon.\n\n" for n in "ABCDEFGH")
    text = (
        "Wardens sold weapons from the northern depot.\n\n"
        f"{filler}The minister said that wardens did not sell weapons from the depot.\n"
    )
    (row,) = find(read, text)
    assert row["quote"].startswith("Wardens sold")
    assert row["other_quote"].startswith("The minister")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            "Wardens moved weapons from the depot in 2019.",
            "In 2020 wardens did not move weapons from the depot.",
        ),
        (
            "Wardens moved weapons from a depot in Mali.",
            "Wardens did not move weapons from a depot in Libya.",
        ),
    ],
)
def test_other_times_and_other_places_do_not_contradict(read, first, second):
    assert find(read, f"{first}\n\n{second}\n") == []


@pytest.mark.parametrize(
    ("sentence", "stems"),
    [
        ("There is no sign of a new camp.", {"camp"}),
        ("Reports of a truce are untrue.", {"report", "truc"}),
        ("The guards did not leave.", {"guard", "leav"}),
        ("The guards did not only leave.", None),
        ("No more than ten guards left.", None),
    ],
)
def test_what_is_denied(sentence, stems):
    found = find_denials(sentence, read_codebook())
    assert [set(denial.stems) for denial in found] == ([stems] if stems else [])


def make_trend(number, direction, **more):
    sentence = more.get("sentence", "Attacks in the valley changed.")
    return {
        "trend_id": f"trend-{number}",
        "doc_id": "doc-a",
        "start": 100 * number,
        "end": 100 * number + 4,
        "sentence_start": 100 * number,
        "direction": direction,
        "topic": "attacks",
        "what": "attacks in the valley",
        "place": "IRQ",
        "as_of": "2020",
        "voice": "reported",
        "quote": direction,
    } | more | {"sentence": sentence}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "count"),
    [
        ({}, 1),
        ({"place": "SYR"}, 0),
        ({"as_of": "2019"}, 0),
        ({"what": "unsuccessful attacks in the valley"}, 0),
        ({"direction": "steady"}, 0),
        ({"voice": "author"}, 0),
        ({"sentence_start": 100}, 0),
    ],
)
def test_one_thing_that_rises_and_falls_at_one_time(read, change, count):
    trends = [make_trend(1, "up"), make_trend(2, "down") | change]
    assert len(find(read, "Nothing else.\n", trends)) == count


def test_figures_of_one_text_that_no_number_fits_are_listed():
    pair = {"doc_id": "doc-a", "other_doc_id": "doc-a", "finding": "disagree", "start": 5, "end": 8}
    pair |= {"other_start": 50, "other_end": 53, "figure": "900 men", "other_figure": "20 men"}
    pairs = make_frame("disagreements", [pair, pair | {"other_doc_id": "doc-b"}])
    passages = make_frame("passages", [{"doc_id": "doc-a", "start": 0, "end": 60}])
    said, trends = Said(make_frame("sentences", [])), make_frame("trends", [])
    (row,) = tabulate_contradictions(said, passages, trends, pairs).to_dict("records")
    # A part of an archive lists its own texts' alone.
    elsewhere = passages.assign(doc_id="doc-b")
    assert tabulate_contradictions(said, elsewhere, trends, pairs).empty
    assert (row["kind"], row["quote"], row["other_quote"]) == ("figures apart", "900 men", "20 men")


BODY = (
    "The council of elders in the valley asked traders to close the northern markets "
    "before the winter harvest began."
)


def test_a_pull_quote_and_a_near_twin_are_listed_apart(read):
    twin = (
        "Before the winter harvest, elders of the valley council had asked all traders to shut "
        "the northern markets."
    )
    text = f"{BODY} They agreed.\n\n{BODY}\n\nRain fell for a week.\n\n{twin}\n"
    said, passages = read(text)
    rows = tabulate_repeats(said, passages).to_dict("records")
    assert [row["kind"] for row in rows] == ["pull quote", "near twin"]
    assert all(row["of_text"] == BODY for row in rows)
    assert rows[0]["of_passage_id"] == "doc-a:000"


def test_sentences_on_one_subject_are_no_twins(read):
    other = "Traders from the valley sold their harvest in the markets of the south this winter."
    assert tabulate_repeats(*read(f"{BODY}\n\n{other}\n")).empty


def test_stems_join_the_forms_of_a_word_and_leave_function_words_out():
    stems = list_stems("They were prosecuting; the prosecution of women", read_codebook())
    assert stems == ["prosecut", "prosecut", "women"]
