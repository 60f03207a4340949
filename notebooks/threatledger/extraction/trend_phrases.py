"""Find the noun phrases round a verb or noun: subject, object, complement, owner."""

import re

from threatledger.extraction.trend_grammar import (
    ADVERB,
    AMOUNT,
    BE,
    CONJUNCTION,
    DETERMINER,
    DO,
    HAVE,
    MODAL,
    NEGATIVE,
    POSSESSIVE,
    PREPOSITION,
    PRONOUN,
    STOPS,
    TIME,
    is_adverb,
    is_amount,
)


def find_subject(words, start):
    """Find the subject of the verb group that begins at an index.

    Parameters
    ----------
    words : Words
    start : int

    Returns
    -------
    tuple of (int, int)
        Word indices of the noun phrase; empty where there is none.
    """
    end = start - 3 if words.low[max(0, start - 3) : start] == ["as", "a", "whole"] else start
    while end and (words.low[end - 1] in STOPS or is_adverb(words.low[end - 1])):
        end -= 1
        if words.low[end] in ",—–)" and end:
            end = _skip_aside(words, end) or end
    if words.get(end - 1) in ("which", "that", "who"):
        end -= 1
        while end and words.low[end - 1] in ",—–":
            end -= 1
    begin = end
    while begin and end - begin < 24:
        if words.low[begin - 1] == ")" and begin < end:
            opened = _skip_aside(words, begin - 1)
            if opened is None:
                break
            begin = opened
        elif words.low[begin - 1] == "," and _is_in_row(words, begin, end):
            begin -= 1
        elif _breaks_subject(words, begin - 1, end):
            relative = _find_relative(words, begin - 1)
            if relative is None or begin == end:
                break
            begin = relative
        else:
            begin -= 1
    return _trim_subject(words, begin, end)


def _is_in_row(words, begin, end):
    """Tell whether a comma stands in a row of nouns: "killings of men, women and children"."""
    joined = {"and", "or"} & set(words.low[begin + 1 : end])
    if end - begin > 7 or not joined or words.low[begin] in ("and", "or", "but"):
        return False
    for j in range(begin - 2, max(-1, begin - 10), -1):
        word = words.low[j]
        if word in ("of", "among", "against", "on", "between"):
            return True
        if word in STOPS or word in BE or word in HAVE or word in MODAL or word.endswith("ed"):
            return False
    return False


def _find_relative(words, j):
    """Return the index of the "who" or "which" whose clause an auxiliary belongs to."""
    word = words.low[j]
    if word in ("that", "who", "which"):
        return j if _is_relative(words, j) else None
    if not (word in BE or word in HAVE or word in MODAL):
        return None
    for k in range(j - 1, max(-1, j - 4), -1):
        if words.low[k] in ("who", "which", "where", "whom", "whose"):
            return k
        if words.low[k] == "that" and _hangs_on_noun(words, k):
            return k
        if words.low[k] in STOPS:
            return None
    return None


def _is_relative(words, j):
    """Tell whether a clause with its own verb hangs on a noun: "pages that praise the group"."""
    if words.low[j] == "that" and not _hangs_on_noun(words, j):
        return False
    verb, after = words.get(j + 1), words.get(j + 2)
    if verb in DETERMINER or verb in PRONOUN or not verb.isalpha():
        return False
    return after in DETERMINER or verb.endswith("ed") or (verb in _PLAIN_PAST and after.isalpha())


_PLAIN_PAST = frozenset(
    "hit left fled joined fought came went ran held took struck fell drew sold paid lost won "
    "lie lies live lives work works".split()
)


def _hangs_on_noun(words, k):
    """Tell whether the word before "that" is a noun that a clause can hang on."""
    before = words.get(k - 1)
    if before in CONJUNCTION or before in PREPOSITION or before in STOPS or not before:
        return False
    return not (before in _TELLING or before.endswith("ed"))


_TELLING = frozenset(
    "reports report says say sign signs evidence indication indications view belief fact claim "
    "claims concern concerns fear fears hope hopes conclusion news word warning warnings note "
    "notes noting mean means so such now is are was were find finds found show shows shown "
    "know knows see sees saying argue argues think thinks hold holds recommends recommend asks "
    "insists insist estimate estimates reckon reckons told tell tells wrote writes write".split()
)


def _skip_aside(words, comma):
    """Return the index where the aside ends that a comma or bracket closes, ``None`` without."""
    opener = "(" if words.low[comma] == ")" else words.low[comma]
    for j in range(comma - 1, max(-1, comma - 26), -1):
        if words.low[j] == opener:
            return j if j and words.get(j - 1) not in BE else None
        if words.low[j] in ";:.":
            return None
    return None


def _breaks_subject(words, j, end):
    """Tell whether a word cannot belong to the subject on its right."""
    word = words.low[j]
    if word in STOPS:
        return True
    if word in ("and", "or"):
        return _has_verb(words, j)
    if word == "that" and words.get(j - 1) in PREPOSITION:
        return False
    if word.endswith("ed") and words.get(j + 1) in ("by", "in", "at", "on"):
        return False
    if word in CONJUNCTION or word in MODAL or word in ("remain", "remains", "remained"):
        return True
    if words.get(j - 1) == "to" and (word == "have" or word == "be"):
        return False
    return (word in BE or word in HAVE or word in DO) and j < end - 1 or word in BE


def _has_verb(words, j):
    """Tell whether the clause on the left of an "and" has a verb of its own."""
    for k in range(j - 1, max(-1, j - 14), -1):
        word = words.low[k]
        if word in ",;:.":
            return False
        if word in CONJUNCTION:
            return False
        if word in BE or word in HAVE or word in MODAL or word in DO:
            return True
        if word.endswith("ed") and (words.get(k + 1) == "by" or word in _PARTICIPLES):
            continue
        if word in ("said", "had") or word.endswith("ed") and words.get(k - 1) not in DETERMINER:
            return k > 0 and words.low[k - 1] not in PREPOSITION
    return False


_PARTICIPLES = frozenset(
    "posed linked allied based affiliated associated related aimed called named displaced armed "
    "wanted suspected detained convicted united increased".split()
)


def _trim_subject(words, begin, end):
    """Leave out an opening adverbial ("Within a year the sums", "In Diyala, incidents")."""
    while begin < end and (is_adverb(words.low[begin]) or words.low[begin] in ("and", "but")):
        begin += 1
    if begin < end and words.low[begin] in PREPOSITION:
        for j in range(begin + 2, end):
            opens = words.low[j] in POSSESSIVE or words.low[j] in ("the", "they", "it", "these")
            if opens and words.low[j - 1] not in PREPOSITION | {"and"}:
                begin = j
                break
    return begin, end


def find_phrase(words, start, most=11):
    """Find the noun phrase that begins at an index.

    Parameters
    ----------
    words : Words
    start : int
    most : int
        Longest, in words.

    Returns
    -------
    tuple of (int, int)
        Word indices.
    """
    end = start
    while end < len(words) and end - start < most:
        word = words.low[end]
        if word in STOPS or word in MODAL or word in BE or word in HAVE:
            break
        if word == "by" and words.get(end - 1) == "posed":
            end += 1
            continue
        if end > start and word in _ENDING and words.low[end - 1] not in DETERMINER:
            break
        joins = word in ("and", "or") or word == "than" and words.get(end - 1) in ("more", "less")
        if end > start and word in CONJUNCTION and not joins:
            break
        if word in ("and", "or") and _ends_phrase(words, end):
            break
        end += 1
    while end > start and words.low[end - 1] in PREPOSITION | {"and", "or"} | DETERMINER:
        end -= 1
    return start, end


_ENDING = frozenset(
    "by since after before during from because with despite until till through amid within last "
    "this next when while where if so although".split()
)


def _ends_phrase(words, end):
    """Tell whether what follows an "and" is a new clause or verb and not more of the phrase."""
    after, second = words.get(end + 1), words.get(end + 2)
    if after in PRONOUN or after in ADVERB or after in BE or after in HAVE or after in MODAL:
        return True
    if after in PREPOSITION or after in POSSESSIVE or after in ("a", "an", "the"):
        return True
    return after.endswith("ed") and (second in DETERMINER or second in PREPOSITION)


def has_object(words, k):
    """Tell whether a noun phrase follows at an index, as the object of the verb before it.

    Parameters
    ----------
    words : Words
    k : int

    Returns
    -------
    bool
    """
    word, after = words.get(k), words.get(k + 1)
    if not word or word in STOPS:
        return False
    if word == "half" and after in DETERMINER or word in ("that", "those") and after == "of":
        return True
    if word[0].isdigit() or word in "$€£" or word in ("more", "less", "almost", "nearly", "up"):
        return "of" in words.low[k : k + 7] and "from" not in words.low[k : k + 5]
    if word == "a" and after in ("little", "bit", "lot", "touch"):
        return False
    if word in DETERMINER and word not in ("this", "that", "each", "every", "most", "such"):
        return after not in TIME or word in POSSESSIVE or words.get(k + 2) == "of"
    if word in PREPOSITION or word in CONJUNCTION or word in TIME or word in PRONOUN:
        return False
    if word in NEGATIVE:
        return False
    if word in BE or word in HAVE or word in DO or word in MODAL or is_adverb(word):
        return False
    return word not in _PARTICLE and word not in _LINKING and not word.endswith("fold")


_LINKING = frozenset(
    "following owing due compared thanks according and or upward downward faster slower".split()
)


_PARTICLE = frozenset(
    "off out up down back away here elsewhere apart ahead together alike twice".split()
)


def skip_adverbs(words, k):
    """Return the index after the adverbs that follow a verb."""
    low = words.low
    while k < len(low) and is_adverb(low[k]) and low[k] not in ("more", "so", "since"):
        if low[k] == "much" and words.get(k + 1) == "of":
            break
        k += 1
    return k


def find_antecedent(words, lexicon, subject):
    """Return what a relative clause without object hangs on: "attacks that the group ..."."""
    if words.get(subject[0] - 1) not in ("that", "which") or subject[0] < 2:
        return None
    before = words.low[subject[0] - 2]
    if before in lexicon.lists["report"] or before in CONJUNCTION or before.endswith("ed"):
        return None
    return find_subject(words, subject[0] - 1)


def find_complement(words, k):
    """Return the thing that a noun of change is about, ``None`` without."""
    some = words.get(k + 1) in ("a", "an", "almost", "nearly", "about", "over")
    if words.get(k) == "of" and (is_amount(words, k + 1) or some and words.get(k + 2) in AMOUNT):
        for j in range(k + 1, min(len(words), k + 7)):
            if words.low[j] == "in":
                return find_phrase(words, j + 1)
        return None
    if words.get(k) == "by" and is_amount(words, k + 1):
        return None
    if words.get(k) not in _OF or k + 1 >= len(words):
        return None
    after = k + 1 + (words.low[k + 1] in ("a", "an", "one", "the", "this", "just"))
    if words.low[k + 1][0].isdigit() or words.get(after) in TIME or words.get(after)[:1].isdigit():
        return None
    start, end = find_phrase(words, k + 1)
    again = end + (words.get(end) == ",")
    if words.get(again) == "and" and words.get(again + 1) == words.low[k]:
        end = find_phrase(words, again + 2)[1]
    return start, end


def find_owner(words, start):
    """Return the owner of a noun of change: "the group's spread"."""
    begin = start - 1
    while begin > 0 and words.low[begin - 1] not in STOPS and start - begin < 5:
        if words.low[begin - 1] in PREPOSITION | CONJUNCTION | DETERMINER:
            break
        begin -= 1
    return begin, start


def find_counted(words, i):
    """Return what is counted before "nine fewer than": the phrase behind the first number."""
    begin = i
    while begin and i - begin < 24 and words.low[begin - 1] not in ";:":
        begin -= 1
    for k in range(begin, i - 1):
        word = words.low[k]
        if word in AMOUNT or (word[0].isdigit() and not _is_year(word)):
            after = _skip_number(words, k + 1)
            if words.get(after).isalpha() and words.low[after] not in PREPOSITION | BE:
                return find_phrase(words, after)
            break
    label = find_label(words, begin - 1) if words.get(begin - 1) == ":" else (0, 0)
    return label if 0 < label[1] - label[0] < 6 else (begin, i)


def find_label(words, colon):
    """Return the words before a colon that label what follows: "Doctors: four, fewer than ..."."""
    begin = colon
    while begin and colon - begin < 12 and words.low[begin - 1] not in STOPS - {"(", ")", "/"}:
        begin -= 1
    return begin, colon


def _skip_number(words, k):
    """Return the index after a number of several words: "1,500 to 2,200", "two hundred"."""
    joins = ("to", "and", "or", "of", "per", "cent")
    while words.get(k) in AMOUNT or words.get(k)[:1].isdigit() or words.get(k) in joins:
        k += 1
    return k


def _is_year(word):
    """Tell whether a number is a year."""
    return len(word) == 4 and word.isdigit() and word[:2] in ("19", "20")


_OF = ("in", "of")


_NAMES = re.compile(
    r"^(?:the|a|an|its|their|his|her|our|this|these|those|some|any)\s+", re.IGNORECASE
)


def clean_what(text, is_noun):
    """Write a noun phrase as the thing that changed: without article, on one line.

    Parameters
    ----------
    text : str
    is_noun : callable
        Tells of a word with a capital whether it is a common noun at the head of a sentence.

    Returns
    -------
    str
    """
    text = " ".join(text.strip(" \n\t\"'“”‘’,.;:").split())
    text = _NAMES.sub("", text)
    first = text.split(" ", 1)[0]
    if first.istitle() and (first.lower() in DETERMINER | PREPOSITION | ADVERB or is_noun(first)):
        return text[0].lower() + text[1:]
    return text
