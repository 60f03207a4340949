"""Tell what a sentence states from what it wishes, plans, doubts or denies."""

from threatledger.extraction.trend_grammar import (
    BE,
    CONDITION,
    CONJUNCTION,
    DETERMINER,
    HAVE,
    MODAL,
    NEGATIVE,
    PREPOSITION,
    STOPS,
    TIME,
    is_adverb,
    read_group,
)


def read_governor(words, lexicon, to, aux):
    """Find the verb that governs an infinitive and makes it a statement of fact.

    Parameters
    ----------
    words : Words
    lexicon : Lexicon
    to : int
        Index of ``to``.
    aux : list of str
        The auxiliaries between ``to`` and the verb.

    Returns
    -------
    int or None
        Index of the first word of the governing group; ``None`` where the infinitive is an aim,
        a plan or a possibility.
    """
    j = to - 1
    if words.get(j) == "only" and words.get(j - 1) in STOPS | {"year", "month", "week"}:
        return j
    while j >= 0 and is_adverb(words.low[j]):
        j -= 1
    word = words.get(j)
    if word in ("had", "has", "have", "having"):
        if "yet" in words.low[j:to]:
            return None
        group = read_group(words, j)
        return None if group.modal or group.negative else j
    if word == "able":
        group = read_group(words, j)
        plain = group.aux and group.aux[-1] in ("has", "have", "had", "was", "were")
        return group.start if plain and not (group.negative or group.modal) else None
    if word in lexicon.lists["report"] and aux:
        return _read_finite_start(words, j)
    if word in lexicon.lists["governor"]:
        return _read_finite_start(words, j)
    return _read_causer(words, lexicon, j)


def _read_finite_start(words, j):
    """Return the first word of the group of a governing verb, ``None`` if it is not asserted."""
    group = read_group(words, j)
    if group.modal or group.negative or group.to >= 0:
        return None
    return group.start


def _read_causer(words, lexicon, j):
    """Find "forced" in "forced it to retreat", a few words before the infinitive."""
    causes = ("force", "enabl", "allow", "caus", "prompt", "led", "lead", "help", "oblig", "compel")
    for k in range(j, max(-1, j - 6), -1):
        word = words.low[k]
        if word in STOPS or word in CONJUNCTION:
            return None
        if word in lexicon.lists["governor"] and word.startswith(causes):
            return _read_finite_start(words, k)
    return None


def is_conditional(words, start):
    """Tell whether a clause hangs on a condition.

    Parameters
    ----------
    words : Words
    start : int
        Index of the first word of the verb group.

    Returns
    -------
    bool
    """
    for j in range(start - 1, max(-1, start - 25), -1):
        word = words.low[j]
        if word in CONDITION:
            return word != "if" or words.get(j - 1) not in ("as", "even")
        if word in ("before", "until", "till") and _is_ahead(words, j):
            return True
        if word in ",;:.?!":
            return False
    return bool(words.low) and words.low[0] == "should"


def _is_ahead(words, k):
    """Tell whether the clause before a word speaks of what is to come."""
    return any(word in ("will", "won't", "would", "must") for word in words.low[max(0, k - 8) : k])


def is_denied(words, lexicon, start):
    """Tell whether a clause stands under "no sign that", "unlikely that" or begins with "none".

    Parameters
    ----------
    words : Words
    lexicon : trend_lexicon.Lexicon
    start : int
        Index of the first word of the verb group.

    Returns
    -------
    bool
    """
    for j in range(start - 1, max(-1, start - 16), -1):
        word = words.low[j]
        if word in ("none", "no", "nobody", "nothing", "neither") and words.get(j + 1) != "longer":
            return True
        if word == "that":
            before = words.get(j - 1)
            if before in lexicon.lists["denied"]:
                return True
            return (
                before in lexicon.lists["denied with no"] and "no" in words.low[max(0, j - 4) : j]
            )
        if word in STOPS or word in ("which", "who", "while", "but", "because"):
            return False
    return False


def is_unreal(words, lexicon, i):
    """Tell whether a noun phrase stands under an aim, a duty or a possibility.

    Parameters
    ----------
    words : Words
    lexicon : Lexicon
    i : int
        Index of its head or first word.

    Returns
    -------
    bool
    """
    unreal, comma = lexicon.lists["unreal"], False
    for j in range(i - 1, max(-1, i - 22), -1):
        word = words.low[j]
        if word in MODAL:
            return not (word == "may" and words.get(j + 1).isdigit())
        comma = comma or word == ","
        if word == "to" and j < i - 1 and not comma and _is_infinitive(words, j + 1, i):
            return words.get(j - 1) not in lexicon.lists["governor"]
        if word in unreal and i - j <= 5 and not comma:
            return True
        if word == "for" and words.get(j - 1).startswith(("call", "ask", "appeal", "hop", "wish")):
            return True
        if word in NEGATIVE and not comma:
            return True
        if word in BE or word in HAVE or word in ("despite", "because", ";", ":", "said", "."):
            return False
    return False


def _is_infinitive(words, j, i):
    """Tell whether the word after "to" is a verb with a noun phrase to come."""
    word, after = words.low[j], words.get(j + 1)
    if word in DETERMINER or word in TIME or not word.isalpha() or word.endswith(("s", "ing")):
        return False
    if words.text[words.spans[j][0]].isupper():
        return False
    return j + 1 == i or after in DETERMINER or after in PREPOSITION or i - j <= 3
