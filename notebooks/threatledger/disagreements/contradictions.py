"""Find where a text contradicts itself: something said and then denied, or said both ways."""

import functools
import re
from dataclasses import dataclass

import pandas as pd

from threatledger.codebook import read_codebook
from threatledger.coverage import compile_words
from threatledger.disagreements.stems import list_stems
from threatledger.extraction.gazetteer import find_names
from threatledger.frames import list_records
from threatledger.records import make_id
from threatledger.sources import find_ends
from threatledger.tables import read_columns
from threatledger.tokens import Watch, ask_each

# Body sentences before a pointing denial in which what it points to may stand.
REACH = 3
# Kinds of words that deny, the surest first.
DENYING = ("after", "before", "verb")
# What a named denial and an assertion must share: stems, and the part of the denial's stems.
LEAST_SHARED, LEAST_PART = 3, 0.6
# A stem in more sentences than this finds nothing: it says what the whole text is about.
MOST_COMMON = 60
CLAUSE_END = re.compile(r"[.;:!?]|,\s+(?:but|while|although|though|whereas|and what|yet)\b")
CLAUSE_START = re.compile(r"[,;:]|\bthat\b")
# A pointing denial is of the noun behind its pointing word, not of the whole clause.
POINTED = 60
TIMES = re.compile(
    r"\b(?:(?:1[5-9]|20)\d\d|January|February|March|April|June|July|August|September|October"
    r"|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|May(?= \d))\b"
)
# Names that say who, not where.
NO_PLACE = ("actor", "adjective", "people")


@dataclass(frozen=True, slots=True)
class Denial:
    """What a sentence denies.

    Attributes
    ----------
    start, end : int
        The denying words in the sentence.
    stems : frozenset of str
        Of what is denied.
    is_pointing : bool
        Whether it only points back to what was said before.
    """

    start: int
    end: int
    stems: frozenset
    is_pointing: bool


@functools.cache
def read_denials(codebook):
    """Return the words of ``denial-words.csv`` as patterns over lower-cased text, by kind."""
    return {kind: compile_words(words) for kind, words in _list_forms(codebook).items()}


@functools.cache
def _watch_words(codebook, kinds):
    """Return what tells soon which kinds of words of ``denial-words.csv`` a sentence may have."""
    return Watch({kind: _list_forms(codebook)[kind] for kind in kinds})


@functools.cache
def _list_forms(codebook):
    """Return the words of ``denial-words.csv`` in lower case, by kind."""
    forms = {}
    for row in codebook.rows("denial-words"):
        forms.setdefault(row["kind"], []).extend(row["forms"].lower().split("|"))
    return forms


def find_denials(sentence, codebook):
    """Find what a sentence denies.

    Parameters
    ----------
    sentence : str
    codebook : threatledger.codebook.Codebook

    Returns
    -------
    list of Denial

    Examples
    --------
    >>> (denial,) = find_denials("There is no evidence of this support.", read_codebook())
    >>> denial.is_pointing, sorted(denial.stems)
    (True, ['support'])
    >>> find_denials("The cell is not only large.", read_codebook())
    []
    """
    likely = set.union(*_watch_words(codebook, DENYING).find(sentence))
    words, lowered = read_denials(codebook), sentence.lower() if likely else ""
    if not likely or len(lowered) != len(sentence):
        return []
    found = []
    for kind in filter(likely.__contains__, DENYING):
        for form in words[kind].finditer(lowered):
            # "There is no evidence of" is one denial, not also one of evidence.
            if any(form.start() < d.end and d.start < form.end() for d in found):
                continue
            denial = _read_denial(sentence, form, kind, codebook)
            if denial and denial.stems:
                found.append(denial)
    return found


def _read_denial(sentence, form, kind, codebook):
    """Return what one denying form of a sentence denies, or None."""
    words, lowered = read_denials(codebook), sentence.lower()
    end = CLAUSE_END.search(sentence, form.end())
    rest = sentence[form.end() : end.start() if end else len(sentence)]
    lead = rest.lower().lstrip()
    if kind == "verb" and words["unless"].match(lead):
        return None
    last = form.end()
    # "There is no evidence of" is a denial within a denial.
    nested = words["after"].match("no " + lead) if form.group().endswith(" no") else None
    if nested:
        skipped = len(rest) - len(rest.lstrip()) + nested.end() - 3
        rest, last = rest[skipped:], form.end() + skipped
        lead = rest.lower().lstrip()
    pointing = words["pointing"].match(lead) if kind == "after" else None
    if kind == "before":
        rest, pointing = sentence[: form.start()], words["pointing"].match(lowered)
    if kind == "verb":
        rest = CLAUSE_START.split(sentence[: form.start()])[-1] + " " + rest
    stems = list_stems(rest[:POINTED] if pointing else rest, codebook)
    return Denial(form.start(), last, frozenset(stems), bool(pointing))


def tabulate_contradictions(said, passages, trends, pairs):
    """List where a text says and denies one thing, or says it both ways.

    Parameters
    ----------
    said : threatledger.disagreements.said.Said
        The sentences.
    passages, trends : pandas.DataFrame
        The tables of these names.
    pairs : pandas.DataFrame
        The table ``disagreements``: its figures of one text that lie apart are listed here too.

    Returns
    -------
    pandas.DataFrame
        One row a pair of sentences, in the order of the texts; columns as ``contradictions`` in
        ``data/codebook/columns.csv``.

    Notes
    -----
    Found are words: a contradiction in other words is not. Whether two sentences truly exclude
    each other is for a reader to say.
    """
    codebook = read_codebook()
    denials = ask_each(lambda text: find_denials(text, codebook), said.texts)
    headings = dict(zip(passages["passage_id"].tolist(), passages["heading"].tolist(), strict=True))
    rows = []
    for places in said.places.values():
        if any(denials[place] for place in places):
            rows += _find_denied(_Text(said, places, denials, headings))
    rows += _find_opposites(trends)
    rows += _find_apart(pairs[pairs["doc_id"].isin(set(passages["doc_id"]))])
    rows.sort(key=lambda row: (row["doc_id"], row["start"], row["other_start"]))
    frame = pd.DataFrame(rows, columns=[row["column"] for row in read_columns("contradictions")])
    return locate(frame, passages, passage_id="start", other_passage_id="other_start")


def locate(frame, passages, **columns):
    """Fill in the passages in which places of texts lie.

    Parameters
    ----------
    frame : pandas.DataFrame
        With ``doc_id``.
    passages : pandas.DataFrame
        The table ``passages``.
    **columns : str
        Column to fill, and the column that holds the place.

    Returns
    -------
    pandas.DataFrame
    """
    spans = {}
    passages = passages[passages["doc_id"].isin(set(frame["doc_id"]))]
    fields = (passages[name].tolist() for name in ("doc_id", "start", "end", "passage_id"))
    for doc_id, *span in zip(*fields, strict=True):
        spans.setdefault(doc_id, []).append(span)
    found = {}
    for column, place in columns.items():
        found[column] = [
            _find_passage(spans.get(doc_id, ()), start)
            for doc_id, start in zip(frame["doc_id"], frame[place], strict=True)
        ]
    return frame.assign(**found)


def _find_passage(spans, place):
    """Return the id of the passage that holds a place of a text; empty where none does."""
    return next((key for start, end, key in spans if start <= place < end), "")


class _Text:
    """The sentences of one text, known by their numbers from 0."""

    def __init__(self, said, places, denials, headings):
        self._said, self._places, self._headings = said, places, headings
        self.denials = [denials[place] for place in places]
        self.stems = [said.stems[place] for place in places]
        self.words = [said.texts[place] for place in places]

    def find_heading(self, number):
        """Return the heading under which a sentence stands."""
        passage_id = self._said.columns["passage_id"][self._places[number]]
        return self._headings.get(passage_id)

    def describe(self, number):
        """Return a sentence as a row."""
        return self._said.describe(self._places[number])

    @functools.cached_property
    def index(self):
        """The sentences of each stem that is denied; of one in too many, none."""
        denied = set().union(*(denial.stems for found in self.denials for denial in found))
        index = {}
        for number, own in enumerate(self.stems):
            for stem in own & denied:
                index.setdefault(stem, []).append(number)
        return {stem: found for stem, found in index.items() if len(found) <= MOST_COMMON}


def _find_denied(text):
    """Return the pairs of sentences of one text of which one denies what the other says."""
    rows = []
    for number, denials in enumerate(text.denials):
        for denial in denials:
            near = _find_pointed if denial.is_pointing else _find_named
            other = near(number, denial, text)
            if other is not None:
                shared = sorted(denial.stems & text.stems[other])
                pair = text.describe(other), text.describe(number)
                rows.append(_describe_denied(*pair, denial, shared))
    return rows


def _find_pointed(number, denial, text):
    """Return the sentence just before, under the same heading, that a denial points to."""
    heading = text.find_heading(number)
    for other in range(number - 1, max(number - 1 - REACH, -1), -1):
        if text.find_heading(other) != heading:
            return None
        if denial.stems & text.stems[other] and _asserts(text.words[other]):
            return other
    return None


def _find_named(number, denial, text):
    """Return the sentence of the text that says most of what a denial names, if any does."""
    least = max(LEAST_SHARED, LEAST_PART * len(denial.stems))
    if len(denial.stems) < least:
        return None
    counts = {}
    for stem in denial.stems:
        for other in text.index.get(stem, ()):
            counts[other] = counts.get(other, 0) + 1
    near = [o for o, count in counts.items() if count >= least and o != number]
    near.sort(key=lambda other: (-counts[other], abs(other - number), other))
    for other in near:
        if _asserts(text.words[other]) and _can_meet(text.words[number], text.words[other]):
            return other
    return None


def _asserts(sentence):
    """Tell whether a sentence states something: no question, no doubt, no denial."""
    codebook = read_codebook()
    if sentence.rstrip().endswith("?"):
        return False
    sure, likely = _watch_words(codebook, ("unreal", *DENYING)).find(sentence)
    words, lowered = read_denials(codebook), sentence.lower()
    return not sure and not any(words[kind].search(lowered) for kind in likely)


def _can_meet(one, other):
    """Tell whether two sentences may be about the same places and the same time."""
    times = [set(TIMES.findall(text)) for text in (one, other)]
    places = [_find_countries(text) for text in (one, other)]
    return all(not a or not b or a & b for a, b in (times, places))


def _find_countries(sentence):
    """Return the countries that a sentence names."""
    names = find_names(sentence, read_codebook())
    return {code for found in names if found.name.kind not in NO_PLACE for code in found.name.iso3}


def _describe_denied(said, denying, denial, shared):
    """Return a pair of an assertion and its denial as a row."""
    words = denying["text"][denial.start : denial.end]
    pair = ("assertion and denial", said, denying)
    return _describe(*pair, f"“{words}”; both speak of: {', '.join(shared)}")


def _describe(kind, one, other, why, ids=""):
    """Return a pair of sentences as a row, the earlier first."""
    first, second = sorted((one, other), key=lambda row: row["start"])
    return {
        "contradiction_id": make_id("contradiction", kind, first["doc_id"], first["start"],
                                    second["start"]),
        "doc_id": first["doc_id"],
        "kind": kind,
        "start": first["start"],
        "end": first["end"],
        "quote": first["text"],
        "other_start": second["start"],
        "other_end": second["end"],
        "other_quote": second["text"],
        "why": why,
        "record_ids": ids,
    }  # fmt: skip


def _find_opposites(trends):
    """Return the pairs of directions of a text that go up and down with one and the same thing."""
    codebook = read_codebook()
    groups = {}
    is_way = trends["direction"].isin(["up", "down"])
    for row in list_records(trends[is_way & (trends["voice"] != "author")]):
        stems = frozenset(list_stems(row["what"], codebook))
        if stems:
            groups.setdefault((row["doc_id"], row["topic"], row["place"], stems), []).append(row)
    rows = []
    for group in groups.values():
        rises = [row for row in group if row["direction"] == "up"]
        falls = [row for row in group if row["direction"] == "down"]
        rows += [_describe_opposite(a, b) for a in rises for b in falls if _is_one_time(a, b)]
    return rows


def _is_one_time(one, other):
    """Tell whether two directions of different sentences may be of one time."""
    if one["sentence_start"] == other["sentence_start"] or not _speak_of_one(one, other):
        return False
    if not (one["as_of"] and other["as_of"]):
        return one["as_of"] == other["as_of"]
    (first, last), (begin, end) = find_ends(one["as_of"]), find_ends(other["as_of"])
    return first <= end and begin <= last


def _speak_of_one(one, other):
    """Tell whether the sentences of two directions share more than one bare word."""
    codebook = read_codebook()
    stems = [set(list_stems(row["sentence"], codebook)) for row in (one, other)]
    return len(stems[0] & stems[1]) > 1


def _describe_opposite(one, other):
    """Return a pair of opposite directions as a row."""
    said = [row | {"text": row["sentence"]} for row in (one, other)]
    ids = "|".join(row["trend_id"] for row in said)
    why = f"“{one['quote']}” and “{other['quote']}” of {one['what']}"
    return _describe("opposite directions", *said, why, ids)


def _find_apart(pairs):
    """Return the figures of one text on one thing that no number fits."""
    own = pairs[(pairs["doc_id"] == pairs["other_doc_id"]) & (pairs["finding"] == "disagree")]
    return [
        {
            "contradiction_id": make_id("contradiction", "figures", row["pair_id"]),
            "doc_id": row["doc_id"],
            "kind": "figures apart",
            "start": row["start"],
            "end": row["end"],
            "quote": row["figure"],
            "other_start": row["other_start"],
            "other_end": row["other_end"],
            "other_quote": row["other_figure"],
            "why": f"{row['voices']}: {row['voices_because']}",
            "record_ids": f"{row['claim_id']}|{row['other_id']}",
        }
        for row in own.to_dict("records")
    ]
