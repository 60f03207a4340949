"""Cut a sentence into words, and tell what each can be: a noun phrase is read from these."""

import functools
import re
from bisect import bisect_left
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import NamedTuple

from threatledger.extraction.glance import MOST, fold_sentence
from threatledger.extraction.grammar import fold_text, join_tree
from threatledger.extraction.patterns import LateRegex

LETTERS = r"[^\W_⁰¹²³⁴-⁹]+"
# The brackets round the whole make `split` keep the words, at every other place.
TOKEN = LateRegex(
    rf"({LETTERS}(?:(?:[-‐‑'’]|\.(?=[^\W\d_])){LETTERS})*(?:(?<=s)['’](?=\s))?|[^\w\s]|[_⁰¹²³⁴-⁹])"
)
# The same for plain text in lower case, several times as fast: classes by name are slow.
PLAIN_TOKEN = LateRegex(
    r"([a-z0-9]+(?:(?:[-']|\.(?=[a-z]))[a-z0-9]+)*(?:(?<=s)'(?=\s))?|[^a-z0-9_\s]|_)"
)
CAPITALS = re.compile(r"[A-Z].?[A-Z]")
PLURAL = LateRegex(r"(?:[^siu'’]s|ies|ren|men|people|police|cattle|sses|personnel)$")
PARTICIPLE = LateRegex(r"[a-z]{3,}(?:ed|en)$")
NO_PARTICIPLE = frozenset(
    "hundred sacred red bed weed seed need men women children ten even often open oxen alien"
    " citizen dozen token garden kitchen chicken screen green queen teen eighteen nineteen breed"
    " feed speed shed wooden golden hidden sudden foreign iron heaven raven haven indeed between"
    " burden warden linen maiden creed greed deed shred bloodshed watershed hatred kindred naked"
    " riverbed siren barren".split()
)
SOLID = LateRegex(
    r"[a-z]{3,}(?:keepers?|holders|workers?|makers|owners?|goers?|seekers|women|smen|children)$"
)
BE_OR_HAVE = frozenset("have has had are were was is".split())
NOUN_BEFORE = BE_OR_HAVE | frozenset("of for in from fell rose grew".split())
COMPASS = frozenset(("north", "south", "east", "west"))
NO_PLURAL = frozenset(
    "gas news lens chaos canvas always perhaps towards atlas bias yemen bremen specimen regimen"
    " omen abdomen acumen".split()
)
NO_MANNER = frozenset(
    "family supply ally assembly monopoly fly rally anomaly reply bully belly july italy sicily"
    " lily homily butterfly resupply anti-family early daily weekly monthly yearly".split()
)
VERB_OR_NOUN = frozenset(
    "pay account accounts needs report reports escape escapes control controls move moves flow"
    " flows range lack cost costs cuts strike strikes fight run runs stay lead shows cover".split()
)
MOST_WORDS = 1 << 12  # words and phrases whose looks are remembered at a time
MOST_SEEN = 1 << 16  # words whose class is remembered
LONGEST = 1600  # characters of a sentence that is read whole
JOINTS = frozenset(("and", "of", "or"))  # words that a heading in capitals keeps as such


class Word(NamedTuple):
    """A word or a mark of a sentence; ``kind`` is a class of ``function-words``.

    ``noun`` stands for any word that is not listed, ``number`` for figures and ``mark`` for
    punctuation.
    """

    start: int
    end: int
    form: str  # folded
    kind: str


@dataclass(frozen=True, slots=True, eq=False)
class WordLists:
    """The word lists of the codebook that noun phrases are read by."""

    kinds: dict  # function word to class
    persons: frozenset  # nouns for people, singular and plural
    things: tuple  # phrases with such a noun that are no people
    changes: dict  # form to (noun, direction)
    change: re.Pattern
    sets: dict  # class of ``phrase-words`` to its words
    paid: dict  # verb to the noun for the sum: "earned" to "income"


@dataclass(slots=True, eq=False)
class Scene:
    """A sentence with its words and quantities, as the readers of noun phrases see it."""

    text: str
    low: str
    words: tuple
    quantities: list
    lists: WordLists
    before: dict  # what earlier claims are of, by "number", "money" and "percent"
    codebook: object
    find: object = None  # reads what another quantity of the sentence is of
    known: dict = field(default_factory=dict)  # what it found, by the quantity's identity
    verbs: dict = field(default_factory=dict, init=False)  # whether a word is a verb, by index
    governing: dict = field(default_factory=dict, init=False)  # the verb of a number, by its start


@functools.lru_cache(maxsize=8)
def read_word_lists(codebook):
    """Read the lists of function words, nouns for people and words of change.

    Parameters
    ----------
    codebook : Codebook
        With the tables ``function-words``, ``person-nouns``, ``person-nouns-general``,
        ``change-words``, ``phrase-words``, ``number-words``, ``countries`` and
        ``country-additions``.

    Returns
    -------
    WordLists
    """
    kinds = {row["word"]: row["class"] for row in codebook.rows("function-words")}
    for row in codebook.rows("number-words"):
        if row["class"] in ("unit", "teen", "tens", "scale", "vague"):
            kinds[row["word"]] = "number"
    persons, things = _read_peoples(codebook), []
    for row in codebook.rows("person-nouns-general"):
        persons |= {row["noun"], row["plural"]}
    for row in codebook.rows("person-nouns"):
        forms = {row["noun"].lower(), *row["plural"].lower().split("|")}
        if row["unit"] == "person":
            persons |= forms
        else:
            things += sorted(forms)
    changes = {
        row["form"]: (row["noun"], row["direction"]) for row in codebook.rows("change-words")
    }
    verbs = [form for form, (_, direction) in changes.items() if len(form) > 3]
    change = re.compile(rf"(?<!\w){join_tree(verbs)}(?!\w)")
    sets, paid = {}, {}
    for row in codebook.rows("phrase-words"):
        sets.setdefault(row["class"], set()).add(row["word"])
        if row["class"] == "paid":
            paid[row["word"]] = row["value"]
    return WordLists(kinds, frozenset(persons), tuple(things), changes, change, sets, paid)


def _read_peoples(codebook):
    """Read the names of peoples, in lower case: "iraqis", "syrian"."""
    found = set()
    for row in codebook.rows("countries"):
        found.update(name.lower() for name in row["peoples"].split("|"))
    for row in codebook.rows("country-additions"):
        if row["kind"] == "people":
            found.add(row["form"].lower())
    return found - {""}


@functools.lru_cache(maxsize=MOST)
def read_words(text, codebook):
    """Cut a sentence into words and marks.

    Parameters
    ----------
    text : str
    codebook : Codebook

    Returns
    -------
    tuple of Word
        In order.
    """
    low = fold_sentence(text)
    parts = (PLAIN_TOKEN if low.isascii() else TOKEN).split(low)
    forms, edges = parts[1::2], list(accumulate(map(len, parts)))
    classes = map(_read_classes(codebook).__getitem__, forms)
    words = list(map(_make_word, zip(edges[::2], edges[1::2], forms, classes, strict=False)))
    if CAPITALS.search(text) or not text.isascii():
        for i, (start, end, _, _) in enumerate(words):
            if text[start] != low[start] and 1 < end - start < 5 and _is_acronym(text, start, end):
                words[i] = words[i]._replace(kind="noun")
    return tuple(_settle_nouns(words))


class _Classes(dict):
    """The class of every function word, and of the words that were asked for."""

    def __missing__(self, form):
        kind = "noun" if form[0].isalpha() else "number" if form[0].isdigit() else "mark"
        if len(self) < MOST_SEEN:
            self[form] = kind
        return kind


@functools.lru_cache(maxsize=8)
def _read_classes(codebook):
    return _Classes(read_word_lists(codebook).kinds)


def _settle_nouns(words):
    """Take "pay" and "accounts" for nouns where they are: "monthly pay", "41 accounts"."""
    for i, word in enumerate(words):
        if word.form in COMPASS and i and words[i - 1].form == "far":
            words[i] = word._replace(kind="noun")
        if word.form in VERB_OR_NOUN and word.kind == "verb":
            before = words[i - 1] if i else None
            after = words[i + 1].form if i + 1 < len(words) else ""
            ruled = i > 1 and words[i - 2].form == "under"  # "under state control"
            if ruled or _is_noun_here(word, before, after):
                words[i] = word._replace(kind="noun")
    return words


def _is_noun_here(word, before, after):
    """Tell whether a word that may be a verb is a noun between its neighbours."""
    if before is None:
        return after in NOUN_BEFORE
    if before.kind in ("determiner", "number", "preposition") or before.form.endswith(("'s", "s'")):
        return before.form != "to"
    if after in BE_OR_HAVE and word.form.endswith("s") and before.kind == "noun":
        return True  # "air strikes have fallen"
    if before.form in ("monthly", "weekly", "yearly", "daily", "annual"):
        return True
    return word.form == "accounts" and before.kind == "noun" and after != "for"


_make_word = functools.partial(tuple.__new__, Word)  # a third of the time of Word(...)


def _is_acronym(text, start, end):
    """Tell whether a short word in capitals inside a sentence is a name: "IS", "US"."""
    word = text[start:end]
    return start > 0 and word.isupper() and fold_text(word) not in JOINTS


def find_word(words, offset):
    """Return the index of the first word that begins at an offset or after it."""
    return bisect_left(words, (offset,))


@functools.lru_cache(maxsize=MOST_WORDS)
def is_plural(form):
    """Tell whether a word looks like a plural noun."""
    return form not in NO_PLURAL and bool(PLURAL.search(form))


def is_manner(form):
    """Tell whether a word looks like an adverb: "sharply", not "supply"."""
    return form.endswith("ly") and len(form) > 4 and form not in NO_MANNER


@functools.lru_cache(maxsize=MOST_WORDS)
def is_participle(form):
    """Tell whether a word looks like a past participle, or a verb in the past."""
    if form in ("used", "owed"):
        return True
    human = form.endswith(("men", "children"))
    return bool(PARTICIPLE.match(form)) and not human and form not in NO_PARTICIPLE


@functools.lru_cache(maxsize=MOST_WORDS)
def is_thing(phrase, lists):
    """Tell whether a folded noun phrase holds a noun for people that means a thing in it."""
    return any(thing in phrase for thing in lists.things)


@functools.lru_cache(maxsize=MOST_WORDS)
def is_person(phrase, lists):
    """Tell whether a noun phrase counts people, by its last word or the words before it.

    Parameters
    ----------
    phrase : str
        Folded: ``"displaced families"``, ``"foreign terrorist fighters"``.
    lists : WordLists

    Returns
    -------
    bool
    """
    if is_thing(phrase, lists):
        return False
    words = phrase.split()
    for size in (3, 2, 1):
        if " ".join(words[-size:]) in lists.persons:
            return True
    last = words[-1].split("-")[-1] if words else ""
    return last in lists.persons or bool(SOLID.match(last))


def cut_window(text, quantity, quantities):
    """Cut an endless sentence down to what stands around one of its quantities.

    Parameters
    ----------
    text : str
    quantity : Quantity
        One of ``quantities``.
    quantities : list of Quantity

    Returns
    -------
    tuple of (str, int, Quantity, list of Quantity)
        The text around the quantity, where it begins, and the quantities with offsets into it.
        A sentence of common length comes back whole, so that time stays linear in any text.
    """
    if len(text) <= LONGEST:
        return text, 0, quantity, quantities
    begin, end = max(0, quantity.start - LONGEST // 2), quantity.reach + LONGEST // 2
    first = bisect_left(quantities, begin, key=lambda q: find_start(q))
    last = bisect_left(quantities, end, key=lambda q: q.reach)
    moved = {id(q): _move(q, -begin) for q in quantities[first:last] if q.start >= begin}
    return text[begin:end], begin, moved[id(quantity)], list(moved.values())


def _move(quantity, by):
    """Return a copy of a quantity with its offsets moved."""
    hedged = quantity.hedge_start >= 0
    return replace(
        quantity,
        start=quantity.start + by,
        end=quantity.end + by,
        reach=quantity.reach + by,
        hedge_start=quantity.hedge_start + by if hedged else -1,
    )


def is_counted(scene, offset):
    """Tell whether the character at an offset is part of a quantity of the sentence."""
    for quantity in scene.quantities:
        if quantity.end > offset:
            return quantity.start <= offset
    return False


def find_start(quantity):
    """Return where a quantity begins, its qualifier included."""
    return quantity.hedge_start if quantity.hedge_start >= 0 else quantity.start
