"""Two editions of a small ledger, and what a reader should be told about the difference."""

import pandas as pd
import pytest
from samples import DETAINEES, FELL, INCOME, make_frame

from threatledger.briefing.sections import show_changes
from threatledger.changes import (
    KEPT,
    Ledger,
    compare_ledgers,
    describe_comparison,
    list_compared,
    read_published,
)
from threatledger.tables import write_table

TEXT = {"doc_id": "doc-a", "published": "2021-05", "sha256": "aa"}


def make_ledger(claims=(DETAINEES,), trends=(), documents=(TEXT,), withdrawn=()):
    return Ledger(
        documents=make_frame("documents", list(documents)),
        claims=make_frame("claims", list(claims)),
        trends=make_frame("trends", list(trends)),
        withdrawn=make_frame("withdrawn", list(withdrawn)),
    )


def compare(before, now):
    """Return change, before, now and cause of each record."""
    changes = compare_ledgers(before, now)
    return list(zip(*(changes[name] for name in ("change", "before", "now", "cause")), strict=True))


def test_the_same_ledger_twice_changes_nothing():
    changes = compare_ledgers(
        make_ledger([DETAINEES, INCOME], [FELL]), make_ledger([DETAINEES, INCOME], [FELL])
    )
    assert set(changes["change"]) == {"unchanged"}
    assert set(changes["cause"]) == {""}
    assert sorted(changes["record"]) == ["claim", "claim", "trend"]


def test_open_bounds_on_both_sides_are_no_change():
    """Two empty cells are equal, though a computer's two not-a-numbers are not."""
    assert pd.isna(make_ledger().claims["high"][0])
    assert compare(make_ledger(), make_ledger())[0][0] == "unchanged"


def test_a_text_that_came_in_brings_new_records():
    late = {"doc_id": "doc-b", "published": "2022", "sha256": "bb"}
    more = INCOME | {"doc_id": "doc-b", "claim_id": "claim-dddddddddd"}
    (row, _) = compare(make_ledger(), make_ledger([DETAINEES, more], documents=[TEXT, late]))
    assert row == ("new", "", "$12\u00a0million oil income", "new text")
    (row, _) = compare(make_ledger([DETAINEES, more], documents=[TEXT, late]), make_ledger())
    assert row == ("withdrawn", "$12\u00a0million oil income", "", "text left out")


def test_the_same_text_read_otherwise_is_a_new_rule():
    other = DETAINEES | {"low": 1000, "place": "IRQ"}
    assert compare(make_ledger(), make_ledger([other])) == [
        (
            "changed",
            "figure: at least 900; where: Syria",
            "figure: at least 1,000; where: Iraq",
            "new rule",
        )
    ]
    assert compare(make_ledger(), make_ledger([]))[0][::3] == ("withdrawn", "new rule")
    assert compare(make_ledger([]), make_ledger())[0][::3] == ("new", "new rule")


def test_a_hand_correction_explains_the_fields_that_it_names_and_no_other():
    note = "low: 900 → 700 (coder-1, 2021-06-01: a slip; place: as printed)"
    fixed = DETAINEES | {"low": 700, "correction": note}
    assert compare(make_ledger(), make_ledger([fixed]))[0][3] == "hand correction"
    assert compare(make_ledger([fixed]), make_ledger())[0][3] == "hand correction"
    both = fixed | {"what": "people held"}
    assert compare(make_ledger(), make_ledger([both]))[0][3] == "hand correction; new rule"
    gone = {"claim_id": DETAINEES["claim_id"], "doc_id": "doc-a"}
    withdrawn = compare(make_ledger(), make_ledger([], withdrawn=[gone]))
    assert withdrawn[0][::3] == ("withdrawn", "hand correction")


def test_a_correction_without_effect_is_no_change():
    same = DETAINEES | {"correction": "hedge: at least → at least (coder-1, 2021-06-01: checked)"}
    assert compare(make_ledger(), make_ledger([same]))[0][0] == "unchanged"


def test_a_text_that_moved_keeps_its_records():
    moved = DETAINEES | {"claim_id": "claim-eeeeeeeeee", "start": DETAINEES["start"] + 40}
    moved |= {"end": DETAINEES["end"] + 40}
    edited = [TEXT | {"sha256": "a2"}]
    changes = compare_ledgers(make_ledger(), make_ledger([moved], documents=edited))
    assert list(changes["change"]) == ["unchanged"]
    assert list(changes["id_before"]) == [DETAINEES["claim_id"]]
    other = moved | {"as_of": "2021-03"}
    assert compare(make_ledger(), make_ledger([other], documents=edited))[0][3] == "text changed"


def test_the_same_words_at_another_place_of_the_same_text_are_another_record():
    again = DETAINEES | {"claim_id": "claim-eeeeeeeeee", "start": 70, "end": 73}
    found = [row[0] for row in compare(make_ledger(), make_ledger([again]))]
    assert found == ["new", "withdrawn"]


def test_a_longer_quote_of_the_same_words_is_the_same_record():
    longer = DETAINEES | {"claim_id": "claim-eeeeeeeeee", "quote": "900 d", "end": 27}
    row = compare(make_ledger(), make_ledger([longer]))[0]
    assert row == ("changed", "words: “900”", "words: “900 d”", "new rule")


def test_a_date_in_the_catalogue_explains_the_time_alone():
    other = DETAINEES | {"as_of": "2020-04"}
    dated = [TEXT | {"published": "2020-05"}]
    now = make_ledger([other], documents=dated)
    assert compare(make_ledger(), now)[0][3] == "date in the catalogue"
    both = make_ledger([other | {"place": "IRQ"}], documents=dated)
    assert compare(make_ledger(), both)[0][3] == "date in the catalogue; new rule"


def test_a_column_that_was_not_published_is_not_compared():
    before = make_ledger()
    old = Ledger(before.documents, before.claims.drop(columns="indicator"), before.trends,
                 before.withdrawn)  # fmt: skip
    assert compare(old, make_ledger())[0][0] == "unchanged"


def test_a_direction_that_turned_is_told_by_its_words():
    turned = FELL | {"direction": "up"}
    (row,) = compare(make_ledger([], [FELL]), make_ledger([], [turned]))
    assert row == ("changed", "direction: down", "direction: up", "new rule")


@pytest.fixture
def published(tmp_path, monkeypatch):
    """Return a project whose edition 2021 has been published."""
    monkeypatch.setenv("THREATLEDGER_REPORTS", str(tmp_path / "reports"))
    ledger = make_ledger([DETAINEES | {"quote": "=900"}], [FELL])
    folder = tmp_path / "data/published/2021"
    folder.mkdir(parents=True)
    for table in KEPT:
        write_table(getattr(ledger, table), table, "2021")
        made = tmp_path / f"reports/2021/tables/{table}.csv"
        (folder / f"{table}.csv").write_bytes(made.read_bytes())
    (folder / "checksums.txt").write_text("ab12  briefing.html\ncd34  tables/claims.csv\n")
    return tmp_path


def test_what_was_published_is_read_back_and_named_with_its_sums(published):
    ledger = read_published("2021", published)
    assert list(ledger.claims["quote"]) == ["=900"]
    files = dict(list_compared(ledger).itertuples(index=False))
    assert files["reports/2021/briefing.html"] == "ab12"
    assert all(len(files[f"data/published/2021/{table}.csv"]) == 64 for table in KEPT)


def test_what_was_never_published_is_said_with_the_remedy(published):
    (published / "data/published/2021/trends.csv").unlink()
    for edition in ("", "2021", "2022"):
        assert read_published(edition, published) is None
    nothing = list_compared(None)
    assert compare_ledgers(None, make_ledger()).empty
    assert "make publish EDITION=2022" in describe_comparison("2022", nothing)
    assert "first edition" in describe_comparison("", nothing)


def test_the_page_shows_before_and_now_and_links_what_is_still_there():
    gone = INCOME | {"claim_id": "claim-ffffffffff"}
    changes = compare_ledgers(make_ledger([DETAINEES, gone]), make_ledger([DETAINEES | {"low": 5}]))
    compared = pd.DataFrame({"file": ["a.csv"], "sha256": ["ab"]})
    html = show_changes(changes, compared, "2021").html
    assert f'href="#{DETAINEES["claim_id"]}"' in html
    assert "claim-ffffffffff" not in html
    assert "figure: at least 900" in html
    assert "figure: at least 5" in html
    assert "no longer in it" in html
    assert "new rule (1)" in html


def test_the_page_shows_the_note_alone_where_nothing_was_compared():
    empty = compare_ledgers(None, make_ledger())
    first = show_changes(empty, list_compared(None), "").html
    assert first.startswith("<p>This is the first edition")
    missing = show_changes(empty, list_compared(None), "20<b>").html
    assert "<table" not in first + missing
    assert "<b>" not in missing
    name = '<span data-from="cell edition previous value">20&lt;b&gt;</span>'
    assert missing.count(name) == 3


def test_hostile_words_change_nothing_in_the_list_of_changes():
    bad = DETAINEES | {"what": "<img src=x onerror=alert(1)>", "quote": "<script>"}
    changes = compare_ledgers(make_ledger([]), make_ledger([bad]))
    compared = pd.DataFrame({"file": ["<b>"], "sha256": ["ab"]})
    html = show_changes(changes, compared, "2021").html
    assert "<img" not in html
    assert "<script" not in html
    assert "<b>" not in html
