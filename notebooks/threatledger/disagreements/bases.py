"""Find of which number a share is a share, and where the text leaves that open."""

import functools
import re
from dataclasses import dataclass

from threatledger.coverage import compile_words

# What may stand between a share and its base or a base and its share.
QUALIFIER = (
    r"(?:(?:the|its|their|his|her|these|those|all|some|about|an|a|estimated|roughly|nearly|around"
    r"|approximately|almost|over|more|than|up|to|at|least|total|of)\s+){0,5}"
)
# "half of whom", "29 per cent of it", "two thirds of them"; "of those" where nothing narrows it.
AFTER = re.compile(
    r"[\s”\"’')]*of\s+(?:(whom)|which|them|these|it|that|this"
    r"|those(?=\s*(?:are|were|is|was|have|had|has)\b|\s*[,.;)]))\b",
    re.IGNORECASE,
)
# "of whom about half", "of which a quarter".
BEFORE = re.compile(rf"\bof\s+(?:(whom)|which|them|these)\s*,?\s*{QUALIFIER}$", re.IGNORECASE)
# "half of the 5,000 members".
DIRECT = re.compile(rf"\s+of\s+{QUALIFIER}$", re.IGNORECASE)
# "Of the 62,287 persons in the camp, 53 per cent".
FRONTED = re.compile(rf"(?:^|[\s(“\"])Of\s+{QUALIFIER}$")
# Words that make a percentage a change and no share.
CHANGE = re.compile(
    r"(?:\b(?:by|down|from|rise of|fall of|drop of|increase of|decrease of|decline of|growth of)"
    r"|(?<!make )(?<!makes )(?<!made )(?<!making )\bup|(?<!\bup )\bto"
    r"|(?<!more )(?<!less )(?<!fewer )\bthan)"
    r"\s+(?:about|some|around|roughly|nearly|almost|over|as much as|up to|more than"
    r"|at least|an estimated|less than)?\s*$",
    re.IGNORECASE,
)
# "of it" and "of that" may look back to the sentence before.
SINGLE = re.compile(r"[\s”\"’')]*of\s+(?:it|that|this)\b", re.IGNORECASE)
# Between two shares: the second is of something else.
ELSE = re.compile(
    r"[;:]|\b(?:last|previous|earlier|compared|against|year before|the share)\b", re.IGNORECASE
)
REFERS = re.compile(r"[\s”\"’')]*of\s+(?:it|that|this|them|these|those)\b", re.IGNORECASE)
BESIDE = re.compile(r"\b(?:and|while|but)\b|;")
# Characters behind a figure in which the words that say what became of it stand.
REACH = 90
# Characters around a figure that are looked at, and between two figures.
NEAR, FAR = 400, 1000
BREAK = re.compile(r"[,;:()]|\.\s|\band\b|\bwhile\b|\bbut\b")


@dataclass(slots=True, eq=False)
class Group:
    """The figures of one sentence, with the sentence.

    Attributes
    ----------
    doc_id, passage_id, text : str
    start : int
        Where the sentence begins in the file.
    claims : list of dict
        In the order of the text.
    """

    doc_id: str
    passage_id: str
    text: str
    start: int
    claims: list

    def before(self, claim):
        """Return the words of the sentence just before a claim's quote."""
        end = claim["start"] - self.start
        return self.text[max(end - NEAR, 0) : end]

    def after(self, claim):
        """Return the words of the sentence just behind a claim's quote."""
        start = claim["end"] - self.start
        return self.text[start : start + NEAR]

    def between(self, one, other):
        """Return the text between two quotes; only its end where they are far apart."""
        end = other["start"] - self.start
        return self.text[max(one["end"] - self.start, end - FAR) : end]


@functools.cache
def read_outcomes(codebook):
    """Return the rows of ``outcome-words.csv``, each with its words compiled."""
    return tuple(
        row | {"words": compile_words(row["forms"].split("|"))}
        for row in codebook.rows("outcome-words")
    )


def find_outcome(group, claim, codebook, classes=()):
    """Find what became of those whom a figure counts.

    Parameters
    ----------
    group : Group
    claim : dict
    codebook : threatledger.codebook.Codebook
    classes : tuple of str
        Classes of ``outcome-words.csv`` to look for; default: all.

    Returns
    -------
    dict or None
        The row of ``outcome-words.csv`` whose word stands first behind the figure, in its clause,
        else in the name of what it counts.
    """
    rows = [r for r in read_outcomes(codebook) if not classes or r["class"] in classes]
    for text in (_cut_clause(group, claim).lower(), claim["what"].lower()):
        found = [(hit.start(), k) for k, r in enumerate(rows) if (hit := r["words"].search(text))]
        if found:
            return rows[min(found)[1]]
    return None


def _cut_clause(group, claim):
    """Return the words behind a figure up to the next figure or break."""
    rest = group.after(claim)[:REACH]
    for other in group.claims:
        if claim["end"] <= other["start"] < claim["end"] + len(rest):
            rest = rest[: other["start"] - claim["end"]]
            break
    end = BREAK.search(rest)
    return rest[: end.start()] if end else rest


def is_share(group, claim):
    """Tell whether a claim is a share, and no change in per cent."""
    return claim["unit"] == "percent" and not CHANGE.search(group.before(claim))


def find_bases(group, previous, codebook):
    """Find the number of which each share of a sentence is a share.

    Parameters
    ----------
    group : Group
    previous : list of dict
        Claims of the sentence before, in the same passage.
    codebook : threatledger.codebook.Codebook

    Returns
    -------
    list of (dict, dict, dict or None)
        Share, its base, and where the text leaves the base open the share of that base that may
        be meant instead ("75 % of whom joined, 30 % of whom were killed").
    """
    found, last = [], None
    for claim in group.claims:
        if not is_share(group, claim):
            continue
        base, is_own = _find_own_base(group, claim, previous)
        if base is None and last is not None and not ELSE.search(group.between(last[0], claim)):
            base, doubt = last[1], last[2]
        elif base is not None and last is not None and last[1] is base and is_own:
            # The second "of whom" may go back over the first, unless "and" sets them side by side.
            is_beside = BESIDE.search(group.between(last[0], claim))
            doubt = last[2] if is_beside else last[2] or last[0]
        else:
            doubt = None
        if base is not None:
            last = (claim, base, doubt)
            found.append(last)
    return found or _find_whole(group, codebook)


def _find_own_base(group, claim, previous):
    """Return a share's base by the words around it, and whether a pronoun points to it."""
    after, before = AFTER.match(group.after(claim)), BEFORE.search(group.before(claim))
    is_person = bool((after and after[1]) or (before and before[1]))
    numbers = [c for c in group.claims if c["unit"] != "percent"]
    earlier = [c for c in numbers if c["end"] <= claim["start"]]
    if after or before:
        earlier = [c for c in earlier if not is_person or c["unit"] == "person"]
        if SINGLE.match(group.after(claim)):
            earlier = [c for c in earlier if not _is_aside(group, c, claim)]
        if not earlier and not is_person and REFERS.match(group.after(claim)):
            earlier = [c for c in previous if c["unit"] != "percent"]
        return (earlier[-1], True) if earlier else (None, True)
    for other in numbers:
        if other["start"] >= claim["end"]:
            return (
                (other, False) if DIRECT.fullmatch(group.between(claim, other)) else (None, False)
            )
    fronted = [c for c in earlier if FRONTED.search(group.before(c))]
    if fronted and "," in group.between(fronted[-1], claim):
        return fronted[-1], False
    return None, False


def _is_aside(group, base, share):
    """Tell whether a number stands between commas, in passing."""
    return "," in group.before(base)[-REACH:] and "," in group.between(base, share)


def _find_whole(group, codebook):
    """Return the shares of outcomes in a sentence that has one number of all who joined."""
    people = [claim for claim in group.claims if claim["unit"] == "person"]
    shares = [claim for claim in group.claims if is_share(group, claim)]
    if len(people) != 1 or not shares:
        return []
    if find_outcome(group, people[0], codebook, ("whole",)) is None:
        return []
    gone = ("gone", "unclear", "elsewhere")
    if not all(find_outcome(group, claim, codebook, gone) for claim in shares):
        return []
    return [(claim, people[0], None) for claim in shares]
