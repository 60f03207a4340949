"""Find what was done against the threat: who acted, how, when and where.

A response is a sentence of the body in which a body or a state is the subject of an acting verb,
in the past or the present, and which belongs to a pillar by its own words or by its heading's.
What must, should or will be done is no response. Coding rule 8 in ``data/README.md``.
"""

import functools
import re

import pandas as pd

from threatledger.codebook import read_codebook
from threatledger.coverage import LOCATED, read_subjects, watch_subjects
from threatledger.extraction.dates import find_times
from threatledger.extraction.places import find_places
from threatledger.frames import list_records
from threatledger.records import make_id
from threatledger.tokens import Watch, ask_each

# What stands before a verb that only names an aim, a duty or a possibility, or denies it.
UNREAL = re.compile(
    r"(?:\b(?:to|not|never|must|should|could|would|may|might|will|can|shall|cannot|if|unless)"
    r"|n't|’t)(?:\s+\w+ly)?(?:\s+(?:be|have|been|also))?\s*\Z"
)
PASSIVE = re.compile(r"\b(?:is|are|was|were|been|being|be)(?:\s+\w+ly)?\s*\Z")
# A subject does not reach across these.
CLAUSE = re.compile(r"[;:“”\"]|\b(?:that|which|who|whom|whose|while|although|as|after|before)\b")
RELATIVE = re.compile(r",\s*(?:which|who|whose|whom)\b[^,]*,")
WORD = re.compile(r"\w+")
JOINED = re.compile(r"\s*(?:,\s*)?(?:(?:and|of)\s+)?(?:the\s+)?\Z")


@functools.cache
def _compile_verbs(codebook):
    """Compile the acting verbs; an ellipsis in a form stands for up to three words."""
    forms = sorted(
        {row["form"] for row in codebook.rows("response-verbs")}, key=lambda f: (-len(f), f)
    )
    patterns = (re.escape(form).replace(r"\ …\ ", r"(?:\s+\w+){0,3}\s+") for form in forms)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(patterns)})(?![\w-])")


@functools.cache
def _watch_verbs(codebook):
    """Return what tells soon that a sentence has no acting verb."""
    return Watch({"verb": [row["form"] for row in codebook.rows("response-verbs")]}, WORD.findall)


@functools.cache
def _compile_actors(codebook):
    """Compile the names of bodies and of countries that can act, by their first words."""
    names = [row["name"] for row in codebook.rows("response-actors")]
    for row in codebook.rows("countries"):
        names += [row["name"], *filter(None, row["aliases"].split("|"))]
    by_word = {}
    for name in sorted(set(names), key=lambda name: (-len(name), name)):
        pattern = r"\s+".join(map(re.escape, name.split()))
        by_word.setdefault(WORD.match(name).group(), []).append(pattern)
    return {
        word: re.compile(rf"(?<![\w-])(?:{'|'.join(patterns)})(?![\w-])")
        for word, patterns in by_word.items()
    }


def _find_actors(text, start, codebook):
    """Yield the actors named in a text from a place on, none within another."""
    patterns, end = _compile_actors(codebook), start
    for word in WORD.finditer(text, start):
        pattern = patterns.get(word.group())
        found = pattern.match(text, word.start()) if pattern and word.start() >= end else None
        if found:
            end = found.end()
            yield found


def find_response(sentence, codebook):
    """Find the actor and the acting verb of a sentence.

    Parameters
    ----------
    sentence : str
    codebook : threatledger.codebook.Codebook

    Returns
    -------
    tuple of (str, str), or None
        Actor and verb as written; ``None`` where nobody is said to have acted.

    Examples
    --------
    >>> find_response("In May 2019, Iraq adopted a plan.", read_codebook())
    ('Iraq', 'adopted')
    >>> find_response("Iraq should adopt a plan.", read_codebook()) is None
    True
    """
    if not _watch_verbs(codebook).may_find(sentence):
        return None
    for verb in _compile_verbs(codebook).finditer(sentence):
        before = sentence[: verb.start()]
        if UNREAL.search(before):
            continue
        if PASSIVE.search(before):
            actor = _find_agent(sentence[verb.end() :], codebook)
        else:
            actor = _find_subject(before, codebook)
        if actor:
            return re.sub(r"\s+", " ", actor), verb.group()
    return None


def _find_agent(after, codebook):
    """Return the actor in "by ACTOR" behind a passive verb, or None."""
    by = re.search(r"\bby\s+(?:the\s+)?", after)
    word = by and WORD.match(after, by.end())
    pattern = word and _compile_actors(codebook).get(word.group())
    named = pattern and pattern.match(after, by.end())
    return named.group() if named else None


def _find_subject(before, codebook):
    """Return the actor that a clause begins with, with those joined to it, or None."""
    # A relative clause between two commas is passed over: the subject stands before it.
    before = RELATIVE.sub(lambda found: " " * len(found.group()), before)
    breaks = [found.end() for found in CLAUSE.finditer(before)]
    begin = breaks[-1] if breaks else 0
    actors = list(_find_actors(before, begin, codebook))
    if not actors:
        return None
    start, end = actors[0].span()
    for actor in actors[1:]:
        if JOINED.match(before[end : actor.start()]):
            end = actor.end()
    return before[start:end]


def find_pillar(sentence, heading, codebook):
    """Find the response area of a sentence.

    Parameters
    ----------
    sentence, heading : str
        The heading decides only where the sentence has no word of any pillar.
    codebook : threatledger.codebook.Codebook

    Returns
    -------
    str, or None
        Key in ``response-pillars.csv``: the pillar with most words, the first of equals.
    """
    subjects = read_subjects(codebook)
    pillars = [name for name, (group, *_) in subjects.items() if group == "response"]
    for text in (sentence, heading):
        likely, lowered = set.union(*watch_subjects(codebook).find(text)), text.lower()
        counts = {p: len(subjects[p][2].findall(lowered)) for p in pillars if p in likely}
        best = max(counts, key=counts.get, default=None)
        if best and counts[best]:
            return best
    return None


def tabulate_responses(sentences, passages, documents, pillars):
    """Find the responses that the texts report.

    Parameters
    ----------
    sentences, passages, documents : pandas.DataFrame
        The tables of these names.
    pillars : iterable of str
        Keys in ``response-pillars.csv``: responses of other areas are left out.

    Returns
    -------
    pandas.DataFrame
        One row a response; columns as ``responses`` in ``data/codebook/columns.csv``.
    """
    codebook = read_codebook()
    found = ask_each(lambda text: find_response(text, codebook), sentences["text"].tolist())
    ids, headings, texts = (passages[name].tolist() for name in ("passage_id", "heading", "text"))
    heading, text = dict(zip(ids, headings, strict=True)), dict(zip(ids, texts, strict=True))
    published = dict(zip(documents["doc_id"], documents["published"], strict=True))
    rows = []
    told = [bool(response) for response in found]
    for row, response in zip(list_records(sentences[told]), filter(None, found), strict=True):
        heading_of = text.get(heading[row["passage_id"]], "")
        pillar = find_pillar(row["text"], heading_of, codebook)
        if pillar in pillars:
            rows.append(_describe_response(row, *response, pillar, published[row["doc_id"]]))
    columns = "response_id doc_id start end sentence pillar actor action as_of place".split()
    return pd.DataFrame(rows, columns=columns)


def _describe_response(row, actor, action, pillar, published):
    """Return one response as a row, with its time and places."""
    codebook = read_codebook()
    times = find_times(row["text"], published, codebook)
    codes = [
        code
        for place in find_places(row["text"], codebook)
        if place.kind in LOCATED
        for code in place.iso3
    ]
    return {
        "response_id": make_id("response", row["doc_id"], row["start"], row["end"], row["text"]),
        "doc_id": row["doc_id"],
        "start": row["start"],
        "end": row["end"],
        "sentence": row["text"],
        "pillar": pillar,
        "actor": actor,
        "action": action,
        "as_of": times[0].value if times else "",
        "place": "|".join(sorted(set(codes))),
    }
