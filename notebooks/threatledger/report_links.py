"""Say which report of the two UN series a text is about, by what the text itself says."""

import bisect
import datetime
import functools
import itertools
import re
from dataclasses import dataclass

import pandas as pd

from threatledger.days import find_last_day
from threatledger.extraction.time_roles import get_time_roles, get_times
from threatledger.relays.telling import Telling
from threatledger.restoring import SPLIT, restore_readings
from threatledger.sources import find_ends
from threatledger.tables import read_columns

# What is needed of the tables.
LINKED = SPLIT | {"documents": ["doc_id", "published", "about"]}
STATED, INFERRED, AMBIGUOUS, NONE = "stated", "inferred", "ambiguous", "none"
SYMBOL_START = "S/"
SYMBOL = re.compile(r"\bS/(?:19|20)\d{2}/\d{1,4}\b")
ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first "
    "twenty-second twenty-third twenty-fourth twenty-fifth twenty-sixth twenty-seventh "
    "twenty-eighth twenty-ninth thirtieth thirty-first thirty-second thirty-third thirty-fourth "
    "thirty-fifth thirty-sixth thirty-seventh thirty-eighth thirty-ninth fortieth"
).split()
ORDINAL = re.compile(
    rf"\b({'|'.join(sorted(ORDINALS, key=len, reverse=True))}|(\d{{1,2}})(?:st|nd|rd|th))"
    r"((?:[ \n]+[\w'’().-]+){0,4}?)[ \n]+reports?\b|\breport (?:number|no\.?) (\d{1,2})\b",
    re.IGNORECASE,
)
# An ordinal that numbers another institution's papers, or reports of one year.
SERIES = ("secretary-general", "monitoring-team")
NO_SERIES = re.compile(r"\b(?:quarter|half|annual|day|week|month|year|part)\b", re.IGNORECASE)
WINDOW = 200  # days after its issue that a half-yearly report is the latest one
OLDEST = 400  # days after its issue that a text may take up a report by its number alone
PUBLIC = 7  # days from a report's date to the day on which it is made public
SLACK = 14  # days more, where no words say which series it is
NEAR = 45  # characters between "report" and whose it is
BRIEFED = 1  # days by which a text's date of a briefing may miss the registry's
QUOTE = 80  # characters of the words a link rests on


@dataclass(frozen=True)
class ReportLink:
    """Which report a text is about.

    Attributes
    ----------
    state : str
        ``stated``, ``inferred``, ``ambiguous`` or ``none``.
    symbols : tuple of str
        One, several where it is ambiguous, none where the text says too little.
    words : str
        The words of the text that it rests on.
    why : str
        By which rule.
    also : tuple of str
        Other reports of the registry that the text names.
    """

    state: str
    symbols: tuple = ()
    words: str = ""
    why: str = ""
    also: tuple = ()


def link_report(telling, registry):
    """Say which report of the registry a text is about.

    Parameters
    ----------
    telling : threatledger.relays.telling.Telling
        The text, with its date of publication.
    registry : list of dict
        As `threatledger.corpus.read_registry` gives it.

    Returns
    -------
    ReportLink
        Stated where the text names a symbol, or an ordinal that fits one report. Inferred where
        its words name the series and a date, and one report alone fits. Ambiguous where reports
        of both series fit. Never a guess: none where nothing is said.
    """
    last = find_last_day(telling.published)
    known = [row for row in registry if row["issued"] and find_ends(row["issued"])[0] <= last]
    ordinals = _list_ordinals(telling)
    named = _find_named(telling, ordinals, known)
    if named:
        return _choose_named(named)
    unknown = _find_unknown(telling, ordinals, known)
    if unknown:
        return ReportLink(NONE, (), unknown, "the registry lacks the report that this names")
    return _find_briefed(telling, known) or _find_dated(telling, known) or ReportLink(NONE)


@functools.lru_cache(maxsize=8)
def _read_words(codebook, kind, series=""):
    """Return one class of ``report-words.csv`` and its pattern, over lower-cased text."""
    rows = codebook.rows("report-words")
    wanted = [row for row in rows if row["class"] == kind and row["series"] in (series, "")]
    forms = {form for row in wanted for form in row["forms"].split("|")}
    ordered = sorted(map(re.escape, forms), key=lambda form: (-len(form), form))
    return tuple(forms), re.compile(rf"(?<![\w-])(?:{'|'.join(ordered)})(?![\w-])")


def _find_word(telling, text, kind, series=""):
    """Return the first word of a class in a sentence as written, or the empty string."""
    _, pattern = _read_words(telling.codebook, kind, series)
    found = pattern.search(text.lower())
    return text[found.start() : found.end()] if found else ""


def _list_likely(telling, kind, series=""):
    """Return the sentences that may have a word of a class; most have none, and are passed over."""
    return _list_with(telling, _read_words(telling.codebook, kind, series)[0])


def _list_with(telling, forms):
    """Return the sentences that have one of some forms, as words or inside them."""
    sentences, memo, places = telling.reading.sentences, telling.reading.memo, set()
    if "lowered" not in memo:
        memo["lowered"] = _join_lowered([sentence.text for sentence in sentences])
    lowered, ends = memo["lowered"]
    for form in forms:
        start = lowered.find(form)
        while start >= 0:
            place = bisect.bisect_right(ends, start)
            places.add(place)
            start = lowered.find(form, ends[place])
    return [sentences[place] for place in sorted(places)]


def _join_lowered(texts):
    """Return texts in lower case, as one, and the place behind each."""
    joined = "\n".join(texts)
    if not joined.isascii():
        # A letter may be longer in lower case.
        texts = [text.lower() for text in texts]
        joined = "\n".join(texts)
    return joined.lower(), list(itertools.accumulate(len(text) + 1 for text in texts))


def _list_ordinals(telling):
    """Return the numbered reports that a text names, each with its sentence."""
    return [
        (sentence, found)
        for sentence in _list_with(telling, ("report",))
        for found in ORDINAL.finditer(sentence.text)
        if not NO_SERIES.search(found.group())
    ]


def _find_named(telling, ordinals, known):
    """List the reports that a text names, by symbol or by ordinal, in order of place."""
    symbols = {row["symbol"] for row in known} if SYMBOL_START in telling.text else ()
    named = [
        (found.start(), (found.group(),), found.group(), "symbol")
        for found in (SYMBOL.finditer(telling.text) if symbols else ())
        if found.group() in symbols
    ]
    for sentence, found in ordinals:
        symbols = _find_ordinal(telling, sentence, _read_ordinal(found), known)
        if symbols:
            place = sentence.start + found.start()
            named.append((place, symbols, _quote(found.group()), "ordinal"))
    return sorted(named)


def _find_unknown(telling, ordinals, known):
    """Return the words that name a numbered report of a series which the registry lacks."""
    numbers = {(row["series"], int(row["ordinal"])) for row in known} if ordinals else ()
    for sentence, found in ordinals:
        around = _read_around(telling, sentence)
        for series in SERIES:
            is_named = _find_word(telling, around, "issuer", series)
            if is_named and (series, _read_ordinal(found)) not in numbers:
                return f"{is_named}; {_quote(found.group())}"
    return ""


def _read_ordinal(found):
    """Return the number that an ordinal stands for."""
    digits = found[2] or found[4]
    return int(digits) if digits else ORDINALS.index(found[1].lower()) + 1


def _find_ordinal(telling, sentence, number, known):
    """Return the symbols of the reports that a numbered report can be."""
    fitting = [row for row in known if int(row["ordinal"]) == number]
    if not fitting:
        return ()
    around = _read_around(telling, sentence)
    said = [row for row in fitting if _find_word(telling, around, "issuer", row["series"])]
    if not said and not _find_word(telling, around, "body"):
        return ()
    oldest = find_last_day(telling.published) - datetime.timedelta(days=OLDEST)
    fitting = said or [row for row in fitting if find_last_day(row["issued"]) >= oldest]
    dated = [row for row in fitting if _is_dated(telling, sentence, row)]
    return tuple(row["symbol"] for row in dated or fitting)


def _is_dated(telling, sentence, row):
    """Tell whether a sentence gives the time at which a report was issued."""
    times = get_times(telling.reading, sentence)
    return any(m.value and _overlap(m.value, row["issued"]) for m in times)


def _read_around(telling, sentence):
    """Return a sentence with those beside it."""
    near = telling.reading.sentences[max(0, sentence.index - 1) : sentence.index + 2]
    return " ".join(other.text for other in near)


def _choose_named(named):
    """Choose the report that a text names most often, of several the first."""
    certain = [item for item in named if len(item[1]) == 1]
    if not certain:
        _, symbols, words, _ = named[0]
        return ReportLink(AMBIGUOUS, symbols, words, "an ordinal that both series have")
    counts = {}
    for _, (symbol,), *_ in certain:
        counts[symbol] = counts.get(symbol, 0) + 1
    best = max(counts, key=counts.get)
    words = dict.fromkeys(item[2] for item in certain if item[1] == (best,))
    why = " and ".join(dict.fromkeys(item[3] for item in certain if item[1] == (best,)))
    also = tuple(symbol for symbol in counts if symbol != best)
    return ReportLink(STATED, (best,), "; ".join(words), why, also)


def _find_briefed(telling, known):
    """Return the report whose presentation to the Council a text dates."""
    for sentence in _list_likely(telling, "briefing"):
        if not (
            _find_word(telling, sentence.text, "briefing")
            and _find_word(telling, sentence.text, "body")
        ):
            continue
        for mention in get_times(telling.reading, sentence):
            fitting = [row for row in known if _is_briefing(mention.value, row["briefed"])]
            if len(fitting) == 1:
                words = _read_before(sentence.text, mention)
                why = "the day on which the Council was briefed"
                return ReportLink(INFERRED, (fitting[0]["symbol"],), words, why)
    return None


def _read_before(text, mention):
    """Return a time with what its sentence says before it, as far as it is short."""
    start = max(0, mention.start - QUOTE)
    words = text[start : mention.end].split()
    return " ".join(words[1:] if start else words).rstrip(".,;")


def _is_briefing(value, briefed):
    """Tell whether a time is the day of a briefing."""
    if not (value and len(value) == len(briefed) == 10):
        return False
    days = datetime.date.fromisoformat(value) - datetime.date.fromisoformat(briefed)
    return abs(days.days) <= BRIEFED


def _find_dated(telling, known):
    """Return the reports that fit the words and dates by which a text speaks of one."""
    speaking = [s for s in _list_likely(telling, "document") if _speaks_of_report(telling, s)]
    issuers = _find_issuers(telling, speaking) if speaking else {}
    found = []
    for sentence in speaking:
        when, rows = _list_dated(telling, sentence, known, 0 if issuers else SLACK)
        rows = [row for row in rows if not issuers or row["series"] in issuers]
        if rows:
            found.append((sentence, when, rows))
    if not found:
        return None
    # A sentence that says when the report appeared tells more than one that does not.
    sentence, when, rows = min(found, key=lambda item: (not item[1], item[0].start))
    return _write_dated(sentence, when, rows, issuers)


def _speaks_of_report(telling, sentence):
    """Tell whether a sentence speaks of a report of the United Nations."""
    text = sentence.text.lower()
    _, pattern = _read_words(telling.codebook, "document")
    documents = list(pattern.finditer(text))
    if not documents:
        return False
    for found in _read_words(telling.codebook, "body")[1].finditer(text):
        if not text.startswith(" member", found.end()) and any(
            max(found.start() - word.end(), word.start() - found.end()) <= NEAR
            for word in documents
        ):
            return True
    before = telling.reading.sentences[max(0, sentence.index - 1) : sentence.index + 1]
    around = " ".join(other.text for other in before)
    return any(_find_word(telling, around, "issuer", series) for series in SERIES)


def _find_issuers(telling, sentences):
    """Return the series that some sentences name, else any, with the words."""
    named = {}
    for series in SERIES:
        likely = _list_likely(telling, "issuer", series)
        words = {s.index: _find_word(telling, s.text, "issuer", series) for s in likely}
        named[series] = {place: word for place, word in words.items() if word}
    near = {sentence.index for sentence in sentences}
    first = {
        series: next((word for place, word in words.items() if place in near), "")
        for series, words in named.items()
    }
    if not any(first.values()):
        first = {series: next(iter(words.values()), "") for series, words in named.items()}
    return {series: word for series, word in first.items() if word}


def _list_dated(telling, sentence, known, slack):
    """Return the words for when a report appeared, and the reports that fit the time."""
    roles = [item for item in get_time_roles(telling.reading, sentence) if item[0].value]
    for mention, _ in sorted(roles, key=lambda item: item[1] != "document"):
        fitting = [row for row in known if _overlap(mention.value, row["issued"], slack)]
        # A report of which only the year is known fits every month of it.
        exact = [row for row in fitting if len(row["issued"]) > len("2022")]
        if fitting:
            return _read_when(sentence, mention), exact or fitting
    first = find_last_day(telling.published) - datetime.timedelta(days=WINDOW)
    latest = {}
    for row in sorted(known, key=lambda row: int(row["ordinal"])):
        if find_last_day(row["issued"]) >= first:
            latest[row["series"]] = row
    return "", list(latest.values())


def _read_when(sentence, mention):
    """Return a time with the two words before it."""
    before = sentence.text[: mention.start].split()[-2:]
    return " ".join([*before, *sentence.text[mention.start : mention.end].split()]).rstrip(".,")


def _overlap(value, issued, slack=0):
    """Tell whether a report was issued within a time; it is made public days after its date."""
    start, end = find_ends(value)
    if len(value) == 10:
        start -= datetime.timedelta(days=PUBLIC)
    start -= datetime.timedelta(days=slack)
    first, last = find_ends(issued)
    return first <= end and start <= last


def _write_dated(sentence, when, fitting, issuers):
    """Write an inferred or ambiguous link with the words that it rests on."""
    words = "; ".join(dict.fromkeys(filter(None, (*issuers.values(), when))))
    symbols = tuple(dict.fromkeys(row["symbol"] for row in fitting))
    if len(symbols) == 1 and words:
        return ReportLink(INFERRED, symbols, words, "the series and the time that the words name")
    words = words or _quote(sentence.text)
    return ReportLink(AMBIGUOUS, symbols, words, "reports of both series fit the words")


def _quote(text):
    """Return words on one line, cut where they run on."""
    line = " ".join(text.split())
    return line if len(line) <= QUOTE else line[: line.rfind(" ", 0, QUOTE)] + " …"


def tabulate_report_links(documents, passages, sentences, texts, registry):
    """Say for every text which report it is about, and whether the catalogue agrees.

    Parameters
    ----------
    documents, passages, sentences : pandas.DataFrame
        The tables of these names.
    texts : pandas.DataFrame
        ``doc_id`` and ``text``, as stored.
    registry : list of dict
        As `threatledger.corpus.read_registry` gives it.

    Returns
    -------
    pandas.DataFrame
        One row a text; columns as ``report-links`` in ``data/codebook/columns.csv``.
    """
    rows = []
    for document, reading in restore_readings(documents, passages, sentences, texts):
        known = document["doc_id"], document["published"], reading.text
        link = link_report(Telling(*known, reading=reading), registry)
        rows.append(
            {
                "doc_id": document["doc_id"],
                "state": link.state,
                "symbols": "|".join(link.symbols),
                "words": link.words,
                "why": link.why,
                "also": "|".join(link.also),
                "catalogued": document["about"],
                "agrees": _compare(link.symbols, document["about"]),
            }
        )
    return pd.DataFrame(rows, columns=[row["column"] for row in read_columns("report-links")])


def _compare(symbols, about):
    """Say whether the catalogue names the same reports; empty where one of them is silent."""
    if not (symbols and about):
        return ""
    return "yes" if set(symbols) == set(about.split("|")) else "no"
