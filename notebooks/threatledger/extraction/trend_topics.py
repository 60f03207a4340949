"""Say what topic a noun phrase or a stretch of text has, by the words of the codebook."""

import functools
import re
from dataclasses import dataclass, field

from threatledger.extraction.glance import MOST
from threatledger.extraction.patterns import LateRegex

_ON = frozenset("on via over through across".split())
_ONLINE = frozenset(
    "telegram whatsapp facebook twitter x tiktok youtube instagram snapchat discord element signal"
    " rocket rocketchat hoop tamtam viber threema matrix media internet web online platforms"
    " channels".split()
)
_CHANNELS = ("strength", "affiliates", "actor", "other", "attacks")
POINTING = frozenset("they it this these those he she them that both we who which".split())
_WORD = LateRegex(r"[^\W_]+(?:['’-][^\W_]+)*")
_JOINT = re.compile(r",? and (?:in|of) ")
_CUT = frozenset(
    "of in to for on by along among from against over at between towards inside that who which "
    "across within through into".split()
)
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


@functools.lru_cache(maxsize=MOST)
def _find_hits(text, topics):
    """Return the words of a text, and (word index, topic, weight) for every topic word."""
    words = [word.lower().replace("’", "'") for word in _WORD.findall(text)]
    hits = []
    for i, word in enumerate(words):
        following = words[i + 1][:1] if i + 1 < len(words) else ""
        for rest, (topic, weight) in topics.phrases.get(word, ()):
            if rest[0][:1] == following and _follows(words, i + 1, rest):
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
    if not found and word.endswith("s") and len(word) > 4:
        single = topics.words.get(word[:-3] + "y" if word.endswith("ies") else word[:-1], ())
        return [value for value in single if value[0] not in _SIGNS]
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
    grips = [i for i, topic, _ in hits if topic == "grip" and words[max(0, i - 1)] != "to"]
    hits = [hit for hit in hits if hit[1] not in _SIGNS]
    if grips:
        return _choose_held([hit for hit in hits if hit[0] > grips[0]])
    if not hits:
        return ""
    if "posed" in words:
        hits = [hit for hit in hits if hit[1] not in _POSING] or [(0, "threat", 1)]
    topic = _choose(words, hits)
    if topic in _CHANNELS and not _ONLINE.isdisjoint(words) and _is_online(words):
        return "propaganda"
    if topic == "affiliates" and any(other == "other" and w > 5 for _, other, w in hits):
        return "other"
    if topic in ("attacks", "recruitment", "threat", "strength") and _is_inside(words, hits):
        return "detention"
    return topic


def _is_online(words):
    """Tell whether a thing is on a platform: "active groups on Telegram"."""
    return any(
        word in _ONLINE and not _ON.isdisjoint(words[max(0, i - 3) : i])
        for i, word in enumerate(words)
    )


def _choose_held(hits):
    """Choose the topic of a grip by what it lies on: a camp, branches or a group, else land."""
    topics = {topic for _, topic, _ in hits}
    nearest = min(hits)[1] if hits else ""
    if nearest in ("affiliates", "leadership", "strength"):
        return "leadership"
    for topic in ("detention", "territory"):
        if topic in topics:
            return topic
    within = topics & {"affiliates", "leadership", "actor", "strength"}
    return "leadership" if within else "territory"


_RELATIVE = ("that", "who", "which")
_POSING = ("threat", "actor", "strength")  # "the threat posed by its fighters" is a threat
_SIGNS = ("measure", "inside", "grip", "flow", "funding", "relief")


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
        if actor and cut < len(words) and words[cut] in _RELATIVE:
            break
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


@functools.lru_cache(maxsize=4_000)
def has_sign(text, sign, topics):
    """Tell whether a text has a word of one of the signs that are no topics.

    Parameters
    ----------
    text : str
    sign : str
        ``measure``, ``inside``, ``flow``, ``funding`` or ``relief``.
    topics : Topics

    Returns
    -------
    bool
    """
    return any(topic == sign for _, topic, _ in _find_hits(text, topics)[1])


def name_topics(text, topics):
    """Return every topic that a text has a word of.

    Parameters
    ----------
    text : str
    topics : Topics

    Returns
    -------
    set of str
    """
    return {topic for _, topic, _ in _find_hits(text, topics)[1] if topic not in _SIGNS}


def is_measure(text, topics):
    """Tell whether a noun phrase names an amount: a number, rate, price or flow."""
    return has_sign(text, "measure", topics)


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
    parts = _JOINT.split(what, maxsplit=1)
    if len(parts) == 2:
        found = [find_topic(part, topics) for part in parts]
        if "" not in found and found[0] != found[1]:
            return parts
    return [what]
