"""Read the words of change from the codebook, with all their forms."""

import functools
from dataclasses import dataclass, field

from threatledger.codebook import CodebookError
from threatledger.extraction.patterns import LateRegex
from threatledger.extraction.trend_forms import inflect

_VERBS = frozenset(
    ["intransitive", "transitive", "verb", "continue", "remain", "keep", "governor", "report"]
    + ["unchanged", "become verb", "create", "light", "aim", "cause verb"]
)


_LISTS = frozenset(
    ["governor", "report", "unreal", "official", "harm", "holding", "degree", "light", "aim"]
    + ["denied", "denied with no", "means", "physical", "cause verb", "manner"]
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the table ``trend-words``."""

    word: str
    kind: str
    direction: str
    topic: str
    only: str
    not_before: tuple[str, ...]


@dataclass(slots=True)
class Change:
    """A change found in a sentence; all numbers are word indices."""

    start: int
    end: int
    entry: Entry  # the row of the codebook it rests on
    direction: str
    what: tuple[int, int]
    subject: tuple[int, int] = (0, 0)
    tail: tuple[int, int] = (0, 0)  # further words that say what it is about
    number_follows: bool = False


@dataclass(slots=True)
class Lexicon:
    """The table ``trend-words``, by first word of every form."""

    triggers: dict = field(default_factory=dict)  # form -> [(entry, tag, further words)]
    singles: dict = field(default_factory=dict)  # form of one word -> [(entry, tag)]
    phrases: dict = field(default_factory=dict)  # first two words -> [(entry, tag, further words)]
    firsts: dict = field(default_factory=dict)  # first word of a phrase -> second words
    strong: frozenset = frozenset()  # words that say something alone
    silent: frozenset = frozenset()  # single words that say nothing without one of their pairs
    pairs: dict = field(default_factory=dict)  # silent word -> words of which one must be there
    telling: frozenset = frozenset()  # the longest words of phrases
    keys: dict = field(default_factory=dict)  # longest word of a phrase -> sets of its others
    lists: dict = field(default_factory=dict)  # kind -> set of forms


@functools.lru_cache(maxsize=8)
def read_lexicon(codebook):
    """Read the table ``trend-words`` of a codebook.

    Parameters
    ----------
    codebook : Codebook
        With the tables ``trend-words`` and ``countries``.

    Returns
    -------
    Lexicon

    Raises
    ------
    CodebookError
        If a row has a class, direction or condition that no rule knows, or too few forms.
    """
    lexicon = Lexicon()
    for row in codebook.rows("trend-words"):
        entry = _read_entry(row)
        forms = _read_forms(entry, row["forms"])
        if entry.kind in _LISTS:
            kept = dict.fromkeys(forms, entry.direction) if entry.kind == "manner" else forms
            lexicon.lists.setdefault(entry.kind, {}).update(kept)
        else:
            _add_triggers(lexicon, entry, forms)
    for found in lexicon.triggers.values():
        found.sort(key=lambda trigger: (-len(trigger[2]), trigger[0].kind != "become verb"))
    lexicon.lists["country"] = _read_countries(codebook)
    lexicon.lists["person"] = _read_persons(codebook)
    _index_triggers(lexicon)
    _sort_words(lexicon)
    _index_phrases(lexicon)
    return lexicon


_CLASSES = (
    _LISTS
    | _VERBS
    | {"noun", "adjective", "predicate", "comparative", "become", "adverb", "phrase", "still"}
    | {"no longer", "no sign", "as ever", "up or down", "more or fewer"}
    | {"neither", "beside level", "multiple", "extreme"}
)
_CONDITIONS = frozenset(
    ["", "any", "topic", "amount", "cut", "object", "place", "going", "holding", "territory"]
    + ["thing", "means", "perfect", "gained", "steady", "known"]
)
_ALLOWED = {
    "class": _CLASSES,
    "direction": frozenset(["", "up", "down", "steady", "worse"]),
    "only": _CONDITIONS,
}


def _check_row(row):
    """Raise where a row has a word that no rule knows."""
    for column, allowed in _ALLOWED.items():
        if row[column] not in allowed:
            raise CodebookError(
                f"trend-words.csv, {row['word']!r}: {column} is {row[column]!r}; use one of "
                + ", ".join(sorted(allowed - {""}))
            )
    if row["forms"].count("|") != 3 and row["forms"] and row["class"] in _VERBS:
        raise CodebookError(
            f"trend-words.csv, {row['word']!r}: forms must give four forms joined by |: third "
            "person, past, participle, -ing"
        )


def _read_entry(row):
    """Make the entry of one row."""
    _check_row(row)
    before = tuple(words for words in row["not_before"].split("|") if words)
    word, kind = row["word"].lower(), row["class"]
    return Entry(word, kind, row["direction"], row["topic"], row["only"], before)


def _read_countries(codebook):
    """Return the names of countries, in lower case: as a subject each stands for its government."""
    rows = codebook.rows("countries")
    names = {row["name"].lower() for row in rows}
    return names | {name.lower() for row in rows for name in row["aliases"].split("|") if name}


def _read_persons(codebook):
    """Return the nouns for people, each and many: they come and go, and do not rise or thin."""
    rows = [row for row in codebook.rows("person-nouns") if row["unit"] == "person"]
    return {row[key].lower() for row in rows for key in ("noun", "plural")}


def _add_triggers(lexicon, entry, forms):
    """Add the forms of an entry to the triggers, and to the lists that readers look up."""
    if entry.kind in ("become", "comparative", "more or fewer"):
        lexicon.lists.setdefault("next to become", {"increasingly", "ever"}).add(entry.word)
    if entry.kind == "create":
        lexicon.lists.setdefault("making", set()).update(forms)
    for form, tag in forms.items():
        first, *rest = form.split()
        lexicon.triggers.setdefault(first, []).append((entry, tag, tuple(rest)))


def _index_triggers(lexicon):
    """Arrange the triggers for quick look-up: single words, and phrases by their first two."""
    for word, found in lexicon.triggers.items():
        for entry, tag, rest in found:
            if rest:
                key = (word, rest[0])
                lexicon.phrases.setdefault(key, []).append((entry, tag, rest))
                lexicon.firsts.setdefault(word, set()).add(rest[0])
            else:
                lexicon.singles.setdefault(word, []).append((entry, tag))


_REACHED = frozenset("hit hits reached reaches reach touched to at near".split())
_LEVEL = frozenset("level levels figure figures total average peak year last previous same".split())
_PAIRED = {
    "create": frozenset(),
    "as ever": frozenset(["ever", "before"]),
    "up or down": frozenset("from by on for to per percent % : is are was were been".split()),
    "become": frozenset(["now"]),
    "neither": frozenset(["nor"]),
    "beside level": _LEVEL,
    "extreme": _REACHED,
}


def _sort_words(lexicon):
    """Sort the words by how much they say alone, for a quick look at a sentence."""
    paired = _PAIRED | {
        "become verb": lexicon.lists["next to become"],
        "more or fewer": {"than", "now", ":", "ever", *lexicon.lists["manner"]}
        | lexicon.lists["making"],
    }
    strong = set()
    for word, found in lexicon.singles.items():
        kinds = {entry.kind for entry, _ in found}
        if kinds - paired.keys():
            strong.add(word)
        else:
            lexicon.pairs[word] = frozenset().union(*(paired[kind] for kind in kinds))
    lexicon.strong = frozenset(strong)
    lexicon.silent = frozenset(lexicon.pairs)


def _index_phrases(lexicon):
    """Arrange the phrases by the word that says most about whether one is there.

    That is the longest that is not found in every other sentence.
    """
    for word, found in lexicon.triggers.items():
        for _, _, rest in found:
            if rest:
                parts = [part for part in (word, *rest) if _PLAIN.fullmatch(part)]
                key = max(parts, key=lambda part: (part not in _FREQUENT, len(part)))
                lexicon.keys.setdefault(key, set()).add(frozenset(parts) - {key})
    lexicon.keys = {
        key: tuple(sorted(rests, key=sorted))
        for key, rests in lexicon.keys.items()
        if key not in lexicon.strong
    }
    lexicon.telling = frozenset(lexicon.keys)


_FREQUENT = frozenset("the and for its that was were has have had with from their".split())
_PLAIN = LateRegex(r"[a-z]+(?:-[a-z]+)*")


def may_state_change(lexicon, known):
    """Tell whether the words of a sentence can state a change: a quick look, never a miss.

    Parameters
    ----------
    lexicon : Lexicon
    known : set of str
        Its words in lower case, with ``%`` and ``:``.

    Returns
    -------
    bool
    """
    if not lexicon.strong.isdisjoint(known):
        return True
    for word in lexicon.silent & known:
        if not lexicon.pairs[word].isdisjoint(known):
            return True
    for word in lexicon.telling & known:
        for others in lexicon.keys[word]:
            if others <= known:
                return True
    return False


def _read_forms(entry, forms):
    """Return the forms of an entry with their tags: base, s, past, part, ing, or none."""
    if entry.kind not in _VERBS:
        return dict.fromkeys([entry.word, *(form for form in forms.split("|") if form)], "")
    first, *rest = entry.word.split()
    given = forms.split("|") if forms else inflect(first)
    tags = {first: "base"}
    for cell, tag in zip(given, ("s", "past", "part", "ing"), strict=True):
        for form in cell.split("/"):
            tags[form] = f"{tags[form]} {tag}" if form in tags else tag
    return {" ".join([form, *rest]): tag for form, tag in tags.items()}


def match_trigger(lexicon, words, i):
    """Return the triggers that begin at a word, the longest first.

    Parameters
    ----------
    lexicon : Lexicon
    words : trend_grammar.Words
    i : int

    Returns
    -------
    list of tuple of (Entry, str, int)
        The entry, the tag of the form, and the index after the last word.
    """
    low = words.low
    word = words.get(i)
    longer = lexicon.phrases.get((word, words.get(i + 1)))
    found = lexicon.singles.get(word, [])
    if longer is None:
        return found and [(entry, tag, i + 1) for entry, tag in found]
    fitting = [
        (entry, tag, i + 1 + len(rest))
        for entry, tag, rest in longer
        if tuple(low[i + 1 : i + 1 + len(rest)]) == rest
    ]
    return fitting + [(entry, tag, i + 1) for entry, tag in found]
