"""What the stages of the extractor hand to each other.

Text goes in as one string and is never changed: every offset in every record is a half-open
character range into that string, so ``text[start:end] == quote`` always.
"""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Sentence:
    """One sentence of a passage; ``text`` is the file's own characters, line ends included."""

    start: int
    end: int
    text: str
    passage: int  # index into Reading.passages
    index: int  # index into Reading.sentences


@dataclass(slots=True)
class Passage:
    """A paragraph, heading, list item or block of page furniture.

    ``kind`` is ``title``, ``heading``, ``item``, ``paragraph``, ``furniture`` or ``repeat``.
    ``sentences`` is empty for furniture and repeats: nothing is read from them.
    """

    start: int
    end: int
    kind: str
    number: int
    sentences: list[Sentence] = field(default_factory=list)
    heading: int | None = None  # number of the heading that governs it
    lead: int | None = None  # number of the passage that introduces this list item
    why: str = ""  # which furniture rule, or "repeat"
    of: tuple[int, int] | None = None  # for a repeat: the span that it repeats


@dataclass(slots=True)
class Quantity:
    """A numeric expression with its bounds; offsets are into the sentence's text."""

    start: int
    end: int
    low: float | None
    high: float | None
    relation: str
    unit: str | None  # None until the counted noun decides between person and count
    hedge: str = ""  # the qualifier as written ("up to", "an estimated")
    hedge_start: int = -1  # where the qualifier begins, -1 where there is none
    reach: int = -1  # where the unit of measure and a trailing qualifier end


@dataclass(slots=True)
class Counted:
    """The thing counted or valued; offsets of its noun phrase are into the sentence's text.

    ``told`` is ``what`` with words that hold for this number alone: "men convicted of terrorism".
    """

    what: str
    unit: str
    start: int
    end: int
    told: str = ""


@dataclass(slots=True)
class PlaceMention:
    """A place by name, adjective or people; ``iso3`` is empty for a region."""

    start: int
    end: int
    iso3: tuple[str, ...]
    kind: str  # country, city, province, camp, region, adjective, people
    rivals: tuple[str, ...] = ()  # countries with another place of the name


@dataclass(slots=True)
class TimeMention:
    """A time expression resolved to ISO 8601, with the words it rests on."""

    start: int
    end: int
    value: str  # "2016", "2020-08", "2023-02-26", "2014/2019"
    kind: str  # stated, relative, since, period


@dataclass(slots=True)
class Attribution:
    """Who says it: the speaker as GUIDE.md defines it, and the chain behind it."""

    name: str | None
    cue: str = ""  # the reporting word ("said", "according to")
    chain: tuple[str, ...] = ()  # who estimated ... who relayed, outermost last


@dataclass(slots=True)
class Reading:
    """One text under reading: what every linking function may look at."""

    text: str
    published: str | None
    codebook: object
    passages: list[Passage]
    sentences: list[Sentence]
    memo: dict = field(default_factory=dict)  # per-reading results of the stages, by stage name
