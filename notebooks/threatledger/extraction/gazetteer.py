"""Find names of places and actors in a sentence, by one dictionary of their words."""

import functools
import re
import unicodedata
from dataclasses import dataclass

from threatledger.extraction.glance import MOST, read_forms
from threatledger.extraction.grammar import pick_hints
from threatledger.extraction.model import PlaceMention
from threatledger.extraction.patterns import LateRegex

ARTICLE = (
    r"(?:[AaEeUu](?:[ldnrstzh]|sh|th|dh)[-‐‑]|[AE](?:[LDNRSTZ]|SH)[-‐‑]"
    r"|(?:[AaEe]l|AL|EL) (?=[A-Z]))"
)
UPPER = LateRegex(r"[A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪİĶĹĻŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŴŶŸŹŻŽȘȚḤṢṬẒ]")
PLAIN_UPPER = re.compile(r"[A-Z](?<![A-Za-z].)")  # of a word, in plain text
ARTICLE_BEFORE = LateRegex(r"(?<![^\W\d_])[aeu](?:[ldnrstzh]|sh|th|dh)[-‐‑]$")
REST = r"[^\W\d_]*(?:['’‘ʻʿ`][^\W\d_]+)*(?:['’](?![^\W\d_]))?"
TOKEN = re.compile(rf"(?:[A-Z]\.){{2,}}|{ARTICLE}?[^\W\d_]{REST}")
NUMBER = LateRegex(r"(?<= )[0-9]{1,2}$")
LONGEST_WORD = 80  # characters in which the next word of a name must begin
POSSESSIVE = re.compile(r"['’‘](?:[sS])?$")
LEADING_ARTICLE = LateRegex(rf"^{ARTICLE}")
MARKS = str.maketrans("", "", "'’‘ʻʿ`.")
BETWEEN = frozenset(" -‐‑\n\t\r\xa0.&/")
MOST_TOKENS = 1 << 16  # words of texts remembered at a time
COUNTRY_KINDS = {"name": "country", "adjective": "adjective", "people": "people"}


@dataclass(frozen=True, slots=True)
class Name:
    """One spelling of a place or actor."""

    words: tuple[str, ...]  # normalised
    shape: tuple[str, ...]  # per word: "upper", "capital" or "any"
    iso3: tuple[str, ...]
    kind: str  # a place kind, or "actor"
    key: str  # country code, place name or actor id
    spelling: str  # as the codebook writes it
    number: str  # at its end, "1" of "Jeddah 1"
    rivals: tuple[str, ...] = ()  # countries with another place of the name


@dataclass(slots=True)
class Mention:
    """A name found in a sentence."""

    start: int
    end: int
    name: Name


@functools.lru_cache(maxsize=MOST_TOKENS)
def normalise_word(word):
    """Return a word as compared: lower case, without article, accents, marks or possessive."""
    word = LEADING_ARTICLE.sub("", POSSESSIVE.sub("", word)).translate(MARKS)
    if not word.isascii():
        decomposed = unicodedata.normalize("NFKD", word.replace("ı", "i").replace("ø", "o"))
        word = "".join(c for c in decomposed if not unicodedata.combining(c))
    return word.lower()


def _find_shape(word):
    """Return the capitals that a word of the codebook asks of the text, and its article."""
    if word.startswith(("Al-", "El-")):
        return "article"
    bare = LEADING_ARTICLE.sub("", word)
    if len(bare) > 1 and bare.replace(".", "").isupper():
        return "upper"
    return "capital" if bare[:1].isupper() else "any"


@functools.lru_cache(maxsize=MOST_TOKENS)
def _has_shape(token, shape):
    """Return whether a word of the text has the capitals that a name asks for."""
    if shape == "any":
        return True
    bare = LEADING_ARTICLE.sub("", token)
    if shape == "article":
        return bare != token and bare[:1].isupper()
    if shape == "capital":
        return bare[:1].isupper()
    return POSSESSIVE.sub("", bare).replace(".", "").isupper()


def _make_name(spelling, iso3, kind, key):
    tokens = TOKEN.findall(spelling)
    words = tuple(normalise_word(token) for token in tokens)
    shape = tuple(_find_shape(token) for token in tokens)
    if kind == "country" and spelling.startswith("El "):
        shape = ("article", *shape[1:])  # no other Salvador is the country
    number = NUMBER.search(spelling)
    codes = tuple(filter(None, iso3.split("|")))  # the likeliest first
    ending = number[0] if number else ""
    return Name(words, shape, codes[:1], kind, key, spelling, ending, codes[1:])


def _list_country_forms(codebook):
    """Yield form, code and kind of every country; hand additions come last and win.

    A form that the generated table gives to several countries ("Dutch") is nobody's until
    ``country-additions.csv`` says whose it is.
    """
    owners, forms = {}, []
    for row in codebook.rows("countries"):
        names = {row["name"], *row["aliases"].split("|")}  # "Singapore" is more than an adjective
        for kind, cell in (
            ("country", f"{row['name']}|{row['aliases']}"),
            ("people", row["peoples"]),
            ("adjective", row["adjectives"]),
        ):
            for form in filter(None, cell.split("|")):
                if kind == "country" or form not in names:
                    forms.append((form, row["iso3"], kind))
                owners.setdefault(form, set()).add(row["iso3"])
    for form, iso3, kind in forms:
        if len(owners[form]) == 1:
            yield form, iso3, kind
    for row in codebook.rows("country-additions"):
        yield row["form"], row["iso3"], COUNTRY_KINDS[row["kind"]]


def _list_names(codebook):
    for form, iso3, kind in _list_country_forms(codebook):
        yield _make_name(form, iso3, kind, iso3)
    for row in codebook.rows("places"):
        for spelling in filter(None, [row["name"], *row["aliases"].split("|")]):
            yield _make_name(spelling, row["iso3"], row["kind"], row["name"])
    for row in codebook.rows("actor-aliases"):
        yield _make_name(row["alias"], "", "actor", row["id"])


class Lexicon:
    """The names of a codebook as a tree of their words."""

    def __init__(self, names):
        by_key = {
            (name.words, name.shape, name.number): name
            for name in names
            if name.words and name.words[0]
        }
        self.names, self._root = tuple(by_key.values()), {}
        for name in sorted(by_key.values(), key=lambda name: not name.number):
            node = self._root
            for word in name.words:
                node = node.setdefault(word, {})
            node.setdefault(None, []).append(name)
        lower = {name.spelling for name in by_key.values() if name.shape[0] == "any"}
        self.lower_names = tuple(sorted(lower))
        self.lower_hints = pick_hints(name.lower() for name in lower)
        self._by_token = {}

    def find(self, token):
        """Return the branch for a word of a text with which a name may begin, else None."""
        if token not in self._by_token:
            if len(self._by_token) > MOST_TOKENS:
                self._by_token.clear()
            self._by_token[token] = self._root.get(normalise_word(token))
        return self._by_token[token]


@functools.lru_cache(maxsize=8)
def read_names(codebook):
    """Index the names of a codebook.

    Parameters
    ----------
    codebook : Codebook
        With the tables ``countries``, ``country-additions``, ``places`` and ``actor-aliases``.

    Returns
    -------
    Lexicon
        Of two rows with the same spelling the later one wins.
    """
    return Lexicon(_list_names(codebook))


@functools.lru_cache(maxsize=MOST)
def find_names(text, codebook):
    """Find the names of places and actors in a sentence, the longest at each place.

    Parameters
    ----------
    text : str
        The sentence.
    codebook : Codebook
        See `read_names`.

    Returns
    -------
    tuple of Mention
        In order of place, never overlapping; an actor's name hides the places inside it.
    """
    lexicon = read_names(codebook)
    found, end = [], 0
    for start in _find_starts(text, lexicon):
        token = TOKEN.match(text, start) if start >= end else None
        branch = lexicon.find(token[0]) if token else None
        if branch is not None:
            mention = _match_name(text, token, branch)
            if mention is not None:
                found.append(mention)
                end = mention.end
    return tuple(found)


def split_names(text, codebook):
    """Return the words of a text that may be words of names, as names are compared.

    Parameters
    ----------
    text : str
    codebook : Codebook
        See `read_names`.

    Returns
    -------
    set of str
        A name that `find_names` finds has its words among them, also where only the pieces
        between spaces are split.
    """
    starts = (TOKEN.match(text, start) for start in _find_starts(text, read_names(codebook)))
    begun = [found[0] for found in starts if found]
    return {normalise_word(word) for word in (*TOKEN.findall(text), *begun)}


def _find_starts(text, lexicon):
    """Return where names may begin: at capitals, and at a few words in lower case."""
    is_plain = text.isascii()
    capitals = [match.start() for match in (PLAIN_UPPER if is_plain else UPPER).finditer(text)]
    if not lexicon.lower_hints.isdisjoint(read_forms(text)):
        for name in lexicon.lower_names:
            if name in text:
                pattern = rf"\b{re.escape(name)}\b"
                capitals += [match.start() for match in re.finditer(pattern, text)]
        capitals.sort()
        is_plain = False
    if is_plain and "-" not in text:
        return capitals
    starts = []
    for start in capitals:
        before = text[start - 1] if start else " "
        if before in "-‐‑":
            article = ARTICLE_BEFORE.search(text, max(0, start - 4), start)
            starts.append(article.start() if article else start)
        elif not before.isalpha():
            starts.append(start)
    return starts


def _match_name(text, token, branch):
    """Return the longest name that begins with a word, None where none does."""
    tokens, best, last = [token], None, token
    while branch is not None:
        for name in branch.get(None, ()):
            if _fits(text, tokens, name):
                best, last = name, tokens[-1]
                break
        if len(branch) == 1 and None in branch:
            break
        following = TOKEN.search(text, tokens[-1].end(), tokens[-1].end() + LONGEST_WORD)
        if not following or not _is_joined(text[tokens[-1].end() : following.start()]):
            break
        tokens.append(following)
        branch = branch.get(normalise_word(following[0]))
    if best is None:
        return None
    possessive = POSSESSIVE.search(last[0])
    end = last.start() + possessive.start() if possessive else last.end()
    return Mention(token.start(), end, best)


def _is_joined(gap):
    return BETWEEN.issuperset(gap) or gap == ", "


def _fits(text, tokens, name):
    """Return whether words have the capitals and number of a name, a comma only where it has."""
    ending = (f" {name.number}", f"-{name.number}")
    if name.number and not text.startswith(ending, tokens[-1].end()):
        return False
    if len(tokens) == 1:
        return _has_shape(tokens[0][0], name.shape[0])
    if "," in text[tokens[0].end() : tokens[-1].start()] and "," not in name.spelling:
        return False
    return all(_has_shape(t[0], shape) for t, shape in zip(tokens, name.shape, strict=True))


def find_places(text, codebook):
    """Find the places that a sentence names, by name, adjective or people.

    Parameters
    ----------
    text : str
        The sentence.
    codebook : Codebook
        See `read_names`.

    Returns
    -------
    list of PlaceMention
        ``iso3`` is empty for regions of several countries, and the likeliest of the countries that
        each have a place of the name. Places inside the name of a group or
        body ("Islamic State in Iraq and the Levant") are not among them.
    """
    return [
        PlaceMention(found.start, found.end, found.name.iso3, found.name.kind, found.name.rivals)
        for found in find_names(text, codebook)
        if found.name.kind != "actor" and not text.startswith("$", found.end)  # "US$"
    ]
