"""Cut the subject of a sentence at its verb: "Soldiers raided a hideout and said …"."""

import functools

from threatledger.extraction.patterns import LateRegex

WORD = LateRegex(r"[^\W\d_][\w'’-]*")
PAST = LateRegex(r"[a-z]{2,}ed")
# "allied with", "backed by", "linked to": participles that go on with the noun.
LOYAL = LateRegex(
    r"(?:allied|linked|affiliated|aligned|associated|backed|supported|led|run|headed|based|trained"
    r"|sponsored|funded|armed|attached|seconded|posted|stationed|located|employed|contracted)"
    r"\s+(?:by|with|to|in|at|near|from)\b"
)
MOST = 4  # verbs at which a cut is tried


@functools.lru_cache(maxsize=8)
def read_verbs(codebook):
    """Read the verb forms of ``function-words.csv``.

    Parameters
    ----------
    codebook : Codebook

    Returns
    -------
    frozenset of str
    """
    return frozenset(
        row["word"]
        for row in codebook.rows("function-words")
        if row["class"] in ("verb", "auxiliary")
    )


def find_cuts(phrase, codebook):
    """Find where a stretch that opens with a subject may be cut: before each verb.

    Parameters
    ----------
    phrase : str
        Such as ``"Soldiers raided a hideout on Monday"``.
    codebook : Codebook
        With the table ``function-words``.

    Returns
    -------
    list of int
        Offsets, the first verb first; none before the first word.
    """
    verbs, cuts = read_verbs(codebook), []
    for match in WORD.finditer(phrase):
        word = match[0]
        if not match.start() or not phrase[: match.start()].strip():
            continue
        is_verb = word in verbs or PAST.fullmatch(word)
        if is_verb and not LOYAL.match(phrase, match.start()):
            cuts.append(match.start())
            if len(cuts) == MOST:
                break
    return cuts
