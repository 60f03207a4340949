"""Cut a sentence into words, and tell what each can be: a noun phrase is read from these."""

import functools
import re
from bisect import bisect_left
from dataclasses import dataclass, field, replace

from threatledger.extraction.grammar import fold_text, join_words

LETTERS = r"[^\W_⁰¹²³⁴-⁹]+"
TOKEN = re.compile(
    rf"{LETTERS}(?:(?:[-‐‑'’]|\.(?=[^\W\d_])){LETTERS})*(?:(?<=s)['’](?=\s))?|[^\w\s]|[_⁰¹²³⁴-⁹]"
)
PLURAL = re.compile(r"(?:[^siu'’]s|ies|ren|men|people|police|cattle|sses|personnel)$")
PARTICIPLE = re.compile(r"[a-z]{3,}(?:ed|en)$")
NO_PARTICIPLE = frozenset(
    "hundred sacred red bed weed seed need men women children ten even often open oxen alien"
    " citizen dozen token garden kitchen chicken screen green queen teen eighteen nineteen breed"
    " feed speed shed wooden golden hidden sudden foreign iron heaven raven haven indeed".split()
)
SOLID = re.compile(
    r"[a-z]{3,}(?:keepers?|holders|workers?|makers|owners?|goers?|seekers|women|smen)$"
)
NO_PLURAL = frozenset("gas news lens chaos canvas always perhaps towards atlas bias".split())
LONGEST = 1600  # characters of a sentence that is read whole
JOINTS = frozenset(("and", "of", "or"))  # words that a heading in capitals keeps as such


@dataclass(slots=True)
class Word:
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


@dataclass(frozen=True, slots=True, eq=False)
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


@functools.lru_cache(maxsize=8)
def read_word_lists(codebook):
    """Read the lists of function words, nouns for people and words of change.

    Parameters
    ----------
    codebook : Codebook
        With the tables ``function-words``, ``person-nouns``, ``change-words``,
        ``phrase-words``, ``number-words``, ``countries`` and ``country-additions``.

    Returns
    -------
    WordLists
    """
    kinds = {row["word"]: row["class"] for row in codebook.rows("function-words")}
    for row in codebook.rows("number-words"):
        if row["class"] in ("unit", "teen", "tens", "scale", "vague"):
            kinds[row["word"]] = "number"
    persons, things = _read_peoples(codebook), []
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
    change = re.compile(rf"(?<!\w)(?:{join_words(verbs)})(?!\w)")
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


@functools.lru_cache(maxsize=64)
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
    kinds, low, words = read_word_lists(codebook).kinds, fold_text(text), []
    for match in TOKEN.finditer(low):
        form, start, end = match[0], match.start(), match.end()
        kind = kinds.get(form)
        if kind is None:
            kind = "noun" if form[0].isalpha() else "number" if form[0].isdigit() else "mark"
        elif 1 < len(form) < 5 and start and text[start:end].isupper() and form not in JOINTS:
            kind = "noun"
        words.append(Word(start, end, form, kind))
    return tuple(words)


def find_word(words, offset):
    """Return the index of the first word that begins at an offset or after it."""
    return bisect_left(words, offset, key=lambda word: word.start)


def is_plural(form):
    """Tell whether a word looks like a plural noun."""
    return form not in NO_PLURAL and bool(PLURAL.search(form))


def is_participle(form):
    """Tell whether a word looks like a past participle, or a verb in the past."""
    return bool(PARTICIPLE.match(form)) and form not in NO_PARTICIPLE


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
    if any(thing in phrase for thing in lists.things):
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


def find_start(quantity):
    """Return where a quantity begins, its qualifier included."""
    return quantity.hedge_start if quantity.hedge_start >= 0 else quantity.start
