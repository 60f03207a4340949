"""Say what a change is about: the topic of the thing that changed, else of its sentence."""

import functools
import re
from dataclasses import dataclass, field

POINTING = frozenset("they it this these those he she them that both we who which".split())
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_FROM_ABROAD = re.compile(
    r"\b(?:[Rr]ecruits|[Ff]ighters|[Mm]ilitants|[Vv]olunteers|[Jj]ihadists) from [A-Z]"
)
_CUT = frozenset(
    "of in to for on by among from against over at between towards inside that who which "
    "across within through into".split()
)
_NEAR, _WIDE = 14, 60  # words to each side
_LONG = 600  # characters of what stands before
_PLACES = ("in", "inside", "at", "within", "from", "by")


@dataclass(slots=True, eq=False)
class Topics:
    """The table ``topic-words``: whole words, stems, and phrases by their first word.

    Compared and hashed by identity, so that what was looked up once can be kept.
    """

    words: dict = field(default_factory=dict)
    stems: dict = field(default_factory=dict)
    phrases: dict = field(default_factory=dict)
    lengths: tuple = ()


@functools.lru_cache(maxsize=8)
def read_topics(codebook):
    """Read the table ``topic-words`` of a codebook.

    Parameters
    ----------
    codebook : Codebook

    Returns
    -------
    Topics
    """
    topics = Topics()
    for row in codebook.rows("topic-words"):
        words, value = row["words"].lower(), (row["topic"], int(row["weight"]))
        if " " in words:
            first, *rest = words.split()
            topics.phrases.setdefault(first, []).append((tuple(rest), value))
        elif words.endswith("*"):
            topics.stems.setdefault(words[:-1], []).append(value)
        else:
            topics.words.setdefault(words, []).append(value)
    topics.lengths = tuple(sorted({len(stem) for stem in topics.stems}, reverse=True))
    return topics


def _find_hits(text, topics):
    """Yield (word index, topic, weight) for every topic word of a text, and the words."""
    words = [word.lower().replace("’", "'") for word in _WORD.findall(text)]
    hits = []
    for i, word in enumerate(words):
        for rest, (topic, weight) in topics.phrases.get(word, ()):
            if _follows(words, i + 1, rest):
                hits.append((i, topic, weight + 1))
        bare = word[:-2] if word.endswith("'s") else word
        for topic, weight in _look_up(bare, topics):
            hits.append((i, topic, weight))
    return words, hits


def _follows(words, i, rest):
    """Tell whether the further words of a phrase stand at an index."""
    if len(words) - i < len(rest):
        return False
    return all(
        words[i + n].startswith(word[:-1]) if word.endswith("*") else words[i + n] == word
        for n, word in enumerate(rest)
    )


@functools.lru_cache(maxsize=20_000)
def _look_up(word, topics):
    """Return the topics of one word, as a whole and by its longest stem."""
    found = topics.words.get(word, [])
    for length in topics.lengths:
        stem = topics.stems.get(word[:length]) if length <= len(word) else None
        if stem:
            return found + stem
    return found


@functools.lru_cache(maxsize=4_000)
def find_topic(text, topics):
    """Find the topic of a noun phrase, its head before what hangs on it.

    Parameters
    ----------
    text : str
    topics : Topics

    Returns
    -------
    str
        A topic; ``actor`` where it only names a group; empty where no word is known.
    """
    words, hits = _find_hits(text, topics)
    grips = [i for i, topic, _ in hits if topic == "grip"]
    hits = [hit for hit in hits if hit[1] not in _SIGNS]
    if grips:
        return _choose_held([hit for hit in hits if hit[0] > grips[0]])
    if not hits:
        return ""
    if "posed" in words:
        hits = [hit for hit in hits if hit[1] != "threat"] or hits
    topic = _choose(words, hits)
    if topic == "affiliates" and any(other == "other" and w > 5 for _, other, w in hits):
        return "other"
    if topic in ("attacks", "recruitment", "threat", "strength") and _is_inside(words, hits):
        return "detention"
    return topic


def _choose_held(hits):
    """Choose the topic of a grip by what it lies on: a camp, branches or a group, else land."""
    topics = {topic for _, topic, _ in hits}
    for topic in ("detention", "territory"):
        if topic in topics:
            return topic
    within = topics & {"affiliates", "leadership", "actor", "strength"}
    return "leadership" if within else "territory"


_SIGNS = ("measure", "inside", "grip")


def is_known(word, topics):
    """Tell whether a topic has a word, so that it is no name.

    Parameters
    ----------
    word : str
        In lower case.
    topics : Topics

    Returns
    -------
    bool
    """
    return any(topic != "actor" for topic, _ in _look_up(word, topics))


def _choose(words, hits):
    """Choose the heaviest topic of the first part of a phrase that has one."""
    cuts = [i for i, word in enumerate(words) if word in _CUT] + [len(words)]
    actor = ""
    start = 0
    for cut in cuts:
        part = [hit for hit in hits if start <= hit[0] <= cut]
        known = [hit for hit in part if hit[1] != "actor"]
        if known:
            return max(known, key=lambda hit: (hit[2], -hit[0]))[1]
        actor = actor or ("actor" if part else "")
        start = cut + 1
    return actor


def _is_inside(words, hits):
    """Tell whether a phrase places its head inside a camp or prison."""
    for i, topic, _ in hits:
        if topic == "detention" and any(word in _PLACES for word in words[max(0, i - 3) : i]):
            return True
    return False


def find_weight(text, topics):
    """Find the topic with most weight in a stretch of running text.

    Parameters
    ----------
    text : str
    topics : Topics

    Returns
    -------
    str
        A topic; empty where no word is known.
    """
    weights = {}
    for _, topic, weight in _find_hits(text, topics)[1]:
        if topic != "actor" and topic not in _SIGNS:
            weights[topic] = weights.get(topic, 0) + weight
    return max(weights, key=weights.get) if weights else ""


def is_measure(text, topics):
    """Tell whether a noun phrase names an amount: a number, rate, price or flow."""
    return any(topic == "measure" for _, topic, _ in _find_hits(text, topics)[1])


def split_topics(what, topics):
    """Split a thing that changed into two where it names two of different topics.

    Parameters
    ----------
    what : str
    topics : Topics

    Returns
    -------
    list of str
        One phrase, or two: "recruitment for the group, and in acts of violence".
    """
    parts = re.split(r",? and (?:in|of) ", what, maxsplit=1)
    if len(parts) == 2:
        found = [find_topic(part, topics) for part in parts]
        if "" not in found and found[0] != found[1]:
            return parts
    return [what]


def choose_topic(reading, sentence, words, change, what, topics):
    """Choose the topic of a change: by the thing that changed, else by what stands round it.

    Parameters
    ----------
    reading : Reading
    sentence : Sentence
    words : trend_grammar.Words
    change : trend_changes.Change
    what : str
    topics : Topics

    Returns
    -------
    str
        One of the table ``topics``.
    """
    if " there" in what or what == "there":
        what = f"{what} in {words.read(max(0, change.start - _WIDE), change.start)}"
    if _FROM_ABROAD.search(what):
        return "foreign_fighters"
    topic = "actor" if what.lower() in POINTING else find_topic(what, topics)
    if topic == "actor" and change.tail != (0, 0) and words.get(change.tail[0]) == "in":
        return "territory"
    if topic == "actor" and change.direction != "steady":
        return _find_reduced(words, change, topics) or change.entry.topic or "strength"
    if topic == "attacks" and _is_in_camp(reading, sentence, topics):
        return "detention"
    if topic not in ("", "actor"):
        return topic
    return _find_beside(reading, sentence, words, change, topics, topic)


def _find_beside(reading, sentence, words, change, topics, topic):
    """Find the topic in the words of the clause, then of the sentence, then before it."""
    aside = words.read(*change.tail)
    near = words.read(max(0, change.start - _NEAR), min(len(words), change.end + _NEAR))
    wide = words.read(max(0, change.start - _WIDE), min(len(words), change.end + _WIDE))
    for text in (aside, near, wide):
        found = find_topic(text, topics) if text is aside else find_weight(text, topics)
        if found not in ("", "actor"):
            return found
    if topic == "actor":
        return "strength"
    before = (find_weight(text, topics) for text in _read_context(reading, sentence))
    return next(filter(None, before), "other")


def _find_reduced(words, change, topics):
    """Return territory for a group "reduced to pockets", nothing for any other change of it."""
    if words.get(change.end) not in ("to", "into", "from", "out"):
        return ""
    after = words.read(change.end, min(len(words), change.end + 8))
    return "territory" if find_topic(after, topics) == "territory" else ""


def _is_in_camp(reading, sentence, topics):
    """Tell whether the heading, or the title where there is none, names a camp or prison."""
    heading = _read_heading(reading, sentence)
    return _names_inside(heading, topics) or _names_inside(_read_title(reading), topics)


def _read_title(reading):
    """Return the title of the document, if it is among the first passages."""
    for passage in reading.passages[:6]:
        if passage.kind == "title":
            return reading.text[passage.start : passage.end][:_LONG]
    return ""


@functools.lru_cache(maxsize=1_000)
def _names_inside(text, topics):
    """Tell whether a heading names a camp or prison."""
    return any(topic == "inside" for _, topic, _ in _find_hits(text, topics)[1])


def _read_heading(reading, sentence):
    """Return the heading that governs a sentence."""
    number = reading.passages[sentence.passage].heading
    if number is None or reading.passages[number].kind != "heading":
        return ""
    above = reading.passages[number]
    return reading.text[above.start : above.end][:_LONG]


def _read_context(reading, sentence):
    """Return what stands before a sentence: its paragraph, what introduces a list, the heading."""
    passage = reading.passages[sentence.passage]
    found = []
    if sentence.index and reading.sentences[sentence.index - 1].passage == sentence.passage:
        found.append(reading.sentences[sentence.index - 1].text[:_LONG])
    for number in (passage.lead, passage.heading):
        if number is not None:
            above = reading.passages[number]
            found.append(reading.text[above.start : above.end][:_LONG])
    return found
