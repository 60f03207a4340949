"""What is bounded where an archive is large, and that what is left out is counted."""

import datetime

import numpy
import pandas as pd
import pytest
from samples import make_frame

from threatledger.coverage import MOST_TEXTS, add_tallies, tally
from threatledger.disagreements import pairs as comparing
from threatledger.disagreements.pairs import choose_figures, compare_figures
from threatledger.frames import count_all
from threatledger.parts import Rows
from threatledger.relays import buckets
from threatledger.relays.buckets import find_many_candidates
from threatledger.relays.candidates import find_candidates

DAY = datetime.date(2021, 1, 1)


def make_features(count, copies):
    """Return features of texts: each has 20 of its own, and the copies most of another's."""
    features = [set(range(100 * n, 100 * n + 20)) for n in range(count)]
    for place, origin, shared in copies:
        features[place] |= set(sorted(features[origin])[:shared])
    return features


def find(features, folder):
    """Return the pairs to compare, and how many are left out."""
    values = numpy.array([value for own in features for value in sorted(own)], dtype=numpy.uint64)
    owners = numpy.repeat(numpy.arange(len(features)), [len(own) for own in features])
    # As parts give them: a bunch of texts at a time.
    bunches = [(values[owners % 2 == n], owners[owners % 2 == n]) for n in (0, 1)]
    found, left = find_many_candidates(bunches, len(features), folder)
    return [tuple(pair) for pair in found.tolist()], left


@pytest.mark.parametrize("bunch", [1_000_000, 1_000])
def test_few_texts_are_all_compared_however_many_files_are_used(tmp_path, monkeypatch, bunch):
    monkeypatch.setattr(buckets, "BUNCH", bunch)
    features = make_features(60, [(7, 3, 10), (50, 3, 12), (51, 50, 5), (30, 29, 3)])
    found, left = find(features, tmp_path)
    assert found == find_candidates(features)
    assert {(3, 7), (3, 50)} <= set(found)
    assert (29, 30) not in found, "three features in common are too few"
    assert left == 0


def test_of_many_texts_the_likeliest_pairs_are_compared_and_the_others_counted(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(buckets, "FEW_TEXTS", 10)
    copies = [(place, 0, 4 + place) for place in range(1, 16)]
    found, left = find(make_features(40, copies), tmp_path)
    every = find_candidates(make_features(40, copies))
    assert len(found) <= 0.6 * 40
    assert len(found) + left == len(every)
    assert {(0, 13), (0, 14), (0, 15)} <= set(found), "those that share most with the first"
    assert (0, 1) not in found


def test_what_many_texts_have_makes_two_of_them_no_less_alike(tmp_path, monkeypatch):
    monkeypatch.setattr(buckets, "FEW_TEXTS", 10)
    usual = set(range(100_000, 100_300))
    features = make_features(60, [(7, 3, 10), (50, 3, 4), (51, 20, 3)])
    found, left = find([own | usual for own in features], tmp_path)
    assert (found, left) == ([(3, 7), (3, 50), (7, 50)], 0)


def test_what_crowds_of_texts_share_is_paired_a_little_at_a_time(tmp_path, monkeypatch):
    """Each feature is of as many texts as one may be of, as in an archive that grows."""
    put, sizes = buckets.Buckets.put, []

    def watch(self, rows, bucket):
        sizes.append(len(rows))
        put(self, rows, bucket)

    monkeypatch.setattr(buckets, "BUNCH", 20_000)
    monkeypatch.setattr(buckets.Buckets, "put", watch)
    crowds = [{997 * (n // 40) + 20_000 * k for k in range(50)} for n in range(2000)]
    find(crowds, tmp_path)
    shared = 2000 / 40 * 50 * (40 * 39 / 2)
    assert sum(sizes) == 2000 * 50 + shared
    assert max(sizes[2:]) <= 2 * buckets.BUNCH < shared / 16


def make_figures(count, **more):
    """Return claims on one indicator, a day apart, and their texts."""
    shared = {"indicator": "fighter_strength", "unit": "person", "kind": "headcount",
              "population": "fighters", "place": "MLI", "relation": "exact", "voice": "reported",
              "what": "fighters", "quote": "500", "sentence": "500 fighters"}  # fmt: skip
    rows = [
        shared
        | {"claim_id": f"claim-{n:04d}", "doc_id": f"doc-{n:04d}", "start": 0, "end": 3}
        | {"sentence_start": 0, "low": 500.0 + n, "high": 500.0 + n}
        | {name: value(n) for name, value in more.items()}
        for n in range(count)
    ]
    dates = [str(DAY + datetime.timedelta(days=n)) for n in range(count)]
    texts = [{"doc_id": f"doc-{n:04d}", "published": day} for n, day in enumerate(dates)]
    return make_frame("claims", rows), make_frame("documents", texts)


def test_the_newest_figures_of_each_indicator_are_chosen_and_all_counted():
    claims, documents = make_figures(30)
    rows = Rows("claims", frame=claims), Rows("documents", frame=documents)
    chosen = choose_figures(*rows, 7)
    assert list(chosen["claim_id"]) == [f"claim-{n:04d}" for n in range(23, 30)]
    assert count_all(chosen) == 30
    assert choose_figures(*rows, 50).equals(claims)


def test_many_figures_are_compared_with_those_next_in_time_alone(monkeypatch):
    monkeypatch.setattr(comparing, "FEW_FIGURES", 10)
    claims, documents = make_figures(40, place=lambda n: "MLI" if n % 2 else "NER")
    found = compare_figures(claims, documents, most_pairs=10_000)
    assert len(found) == 2 * sum(min(comparing.MOST_BESIDE, 19 - n) for n in range(20))
    assert (found["verdict"] == "comparable").all()
    monkeypatch.setattr(comparing, "FEW_FIGURES", 40)
    assert len(compare_figures(claims, documents, most_pairs=10_000)) == 40 * 39 / 2


def test_three_thousand_figures_of_one_indicator_are_soon_compared():
    claims, documents = make_figures(3000, doc_id=lambda n: f"doc-{n % 3:04d}")
    chosen = choose_figures(
        Rows("claims", frame=claims), Rows("documents", frame=documents), most=500
    )
    found = compare_figures(chosen, documents, most_pairs=500)
    assert len(chosen) == len(found) == 500


def test_tallies_of_parts_add_up_and_name_a_bounded_number_of_texts():
    frames = []
    for part in range(4):
        doc_ids = [f"doc-{part}{n}" for n in range(5)]
        said = pd.DataFrame({"doc_id": doc_ids, "speaker": ["UN"] * 4 + [f"only {part}"]})
        rows = tally({"claims": said, "trends": said.head(1)}, "speaker")
        frames.append(pd.DataFrame(rows, columns=["speaker", "claims", "trends", "texts"]))
    whole = add_tallies(frames, "speaker").set_index("speaker")
    assert whole.loc["UN", ["claims", "trends"]].tolist() == [16, 4]
    *texts, more = whole.loc["UN", "texts"].split("|")
    assert len(texts) == MOST_TEXTS
    assert more == f"… {16 - MOST_TEXTS} more"
    assert whole.loc["only 2", "texts"] == "doc-24"
    assert add_tallies(frames[:1], "speaker").equals(frames[0])
