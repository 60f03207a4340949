"""What is fuzzed: each target takes bytes of anyone's making and fails where a promise breaks.

A promise broken is an exception that is none of the sentences for people, or an assertion.
"""

import atexit
import contextlib
import re
import shutil
import tempfile
from pathlib import Path

from threatledger.chain.editions import EditionError, choose_parameters, read_edition
from threatledger.chain.notebooks import Notebook
from threatledger.codebook import read_codebook
from threatledger.corpus import CorpusError, list_texts, sort_texts
from threatledger.decoding import DecodingError, check_encoding, decode_text, detect_encoding
from threatledger.extraction import extract
from threatledger.extraction.dates import find_times
from threatledger.extraction.moments import read_moment
from threatledger.extraction.segments import read_passages
from threatledger.relays.clusters import find_links, gather_clusters
from threatledger.relays.drift import find_drifts
from threatledger.relays.telling import Telling

PUBLISHED = ("2021-06-10", "2021-06", "2021", None)
RELATIONS = {"exact", "about", "range", "at_least", "more_than", "at_most", "less_than", "vague"}
DIRECTIONS = {"up", "down", "steady"}
BETWEEN = "\f"
LETTER = re.compile(r"[^\W_]")


def read_text(raw):
    """Return bytes as a text and a publication date, both decided by the bytes alone."""
    text = raw.decode("utf-8", "replace")
    return text, PUBLISHED[len(raw) % len(PUBLISHED)]


def fuzz_extraction(raw):
    """Read a text: exact spans in order, ordered bounds, known words."""
    text, published = read_text(raw)
    found = extract(text, published)
    for records in (found.claims, found.trends):
        starts = [record["start"] for record in records]
        assert starts == sorted(starts)
        for record in records:
            check_span(text, record)
    for claim in found.claims:
        low, high = claim["low"], claim["high"]
        assert claim["relation"] in RELATIONS
        assert (low, high) != (None, None)
        assert None in (low, high) or low <= high
    assert {trend["direction"] for trend in found.trends} <= DIRECTIONS
    spans = [(claim["start"], claim["end"]) for claim in found.claims]
    assert all(a[1] <= b[0] for a, b in zip(spans, spans[1:], strict=False))


def check_span(text, record):
    """Fail unless a record's words stand where it says, in the sentence that it names."""
    assert text[record["start"] : record["end"]] == record["quote"] != ""
    assert text[record["sentence_start"] : record["sentence_end"]] == record["sentence"]
    assert record["sentence_start"] <= record["start"] < record["end"] <= record["sentence_end"]


def fuzz_passages(raw):
    """Split a text: every letter and digit is in a passage, and sentences stand in their order."""
    text, _ = read_text(raw)
    seen = begun = said = 0
    for number, passage in enumerate(read_passages(text, read_codebook())):
        assert passage.number == number
        assert begun <= passage.start < passage.end <= len(text)
        # Page matter may stand inside the passage that it interrupts.
        assert not LETTER.search(text, seen, max(seen, passage.start))
        begun, seen = passage.start, max(seen, passage.end)
        for sentence in passage.sentences:
            assert max(said, passage.start) <= sentence.start < sentence.end <= passage.end
            assert len(sentence.text) == sentence.end - sentence.start
            said = sentence.end
    assert not LETTER.search(text, seen)


def fuzz_dates(raw):
    """Find times: exact spans that do not overlap, and no day that there is not."""
    text, published = read_text(raw)
    end = 0
    for mention in find_times(text, published):
        assert end <= mention.start < mention.end <= len(text)
        end = mention.end
        for part in mention.value.split("/"):
            assert mention.kind == "same" or read_moment(part)


def fuzz_relays(raw):
    """Compare up to three texts: each in one cluster, and the words of a difference in both."""
    texts = raw.decode("utf-8", "replace").split(BETWEEN)[:3]
    tellings = [Telling(f"t{k}", f"2021-05-0{k + 1}", text) for k, text in enumerate(texts)]
    clusters = gather_clusters(len(tellings), find_links(tellings))
    assert sorted(place for cluster in clusters for place in cluster) == [*range(len(texts))]
    for cluster in clusters:
        for drift in find_drifts([tellings[place] for place in cluster]):
            for side in ("from", "to"):
                text = texts[int(drift[side][1:])]
                start = drift[f"{side}_start"]
                assert text.startswith(drift[f"{side}_quote"], start)


def fuzz_decoding(raw):
    """Decode bytes: every character kept, or a sentence that says what they are."""
    try:
        text = decode_text(raw)
        assert text.encode("utf-8") == raw
    except DecodingError as error:
        check_told(error)
    if found := detect_encoding(raw):
        with contextlib.suppress(DecodingError):
            decode_text(raw, check_encoding(found))


def fuzz_catalogue(raw):
    """Read a catalogue: rows whose texts are in the folder, or sentences that name it."""
    path = find_folder() / "catalogue.csv"
    path.write_bytes(raw)
    try:
        rows = list_texts(path)
    except CorpusError as error:
        check_told(error, "catalogue.csv")
        return
    ids = [row["id"] for row in rows]
    assert len(set(ids)) == len(ids) > 0
    good, bad = sort_texts(rows, find_folder() / "texts", "skip")
    assert len(good) + len(bad) == len(rows)
    assert {row["file"] for row in good} <= {"a.txt", "./a.txt"}


def fuzz_editions(raw):
    """Read an edition: values of the right types, or sentences that name the file."""
    folder = find_folder()
    (folder / "now.yml").write_bytes(raw)
    try:
        edition = read_edition(folder, "now")
        given = choose_parameters(edition, CHAIN)
    except EditionError as error:
        check_told(error, "notebooks/editions/now.yml")
        return
    assert edition.title.strip()
    assert edition.limit("04-strength") > 0
    for name, values in given.items():
        for key, value in values.items():
            assert type(value) is type(CHAIN[name].parameters[key])


def check_told(error, file=""):
    """Fail unless an error is told in lines that a person can read, and that name the file."""
    assert str(error).strip()
    assert file in str(error)
    assert len(str(error)) < 100_000


def find_folder():
    """Return a folder of this process's own, with a text in it."""
    if not FOLDER:
        FOLDER.append(Path(tempfile.mkdtemp(prefix="threatledger-fuzzing-")))
        atexit.register(shutil.rmtree, FOLDER[0], ignore_errors=True)
        (FOLDER[0] / "texts").mkdir()
        (FOLDER[0] / "texts/a.txt").write_text("In 2020 some 500 fighters were held.\n")
    return FOLDER[0]


FOLDER = []
PARAMETERS = {
    "01-corpus": {"title": "", "previous": "", "as_of": "latest", "texts": [], "corpus": {}},
    "04-strength": {"places": ["IRQ"], "most": 5, "share": 0.5, "told": True},
}
CHAIN = {
    name: Notebook(name, None, (), (), {"edition": "default"} | parameters, (), "")
    for name, parameters in PARAMETERS.items()
}
TARGETS = {
    name.removeprefix("fuzz_"): target
    for name, target in sorted(globals().items())
    if name.startswith("fuzz_")
}
