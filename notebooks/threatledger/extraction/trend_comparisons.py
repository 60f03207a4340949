"""Read states and comparisons: "on the rise", "has become rarer", "up from eight"."""

from threatledger.extraction.trend_grammar import (
    AMOUNT,
    BE,
    CONJUNCTION,
    DETERMINER,
    MODAL,
    PREPOSITION,
    STOPS,
    TIME,
    is_adverb,
    is_amount,
    is_earlier,
    is_nominal,
    read_group,
)
from threatledger.extraction.trend_levels import skip_amount_back
from threatledger.extraction.trend_lexicon import Change, match_trigger
from threatledger.extraction.trend_modality import is_conditional, is_unreal
from threatledger.extraction.trend_phrases import find_counted, find_phrase, find_subject
from threatledger.extraction.trend_voice import find_voice, has_with, is_finite


def read_predicate(words, lexicon, i, end, entry, tag):
    """Read "were stable", "is on the decline"."""
    group = read_group(words, i)
    if not group.aux and words.get(group.start - 1) in _SEEMING:
        group = read_group(words, group.start - 1)
        group.start, group.aux = min(group.start, i - 1), ["is"]
    bare = not group.aux and _stands_alone(words, i, end, entry)
    if group.modal or group.to >= 0 or group.negative or not (group.aux or bare):
        return None
    if group.aux and group.aux[0] not in BE or is_conditional(words, group.start):
        return None
    if entry.direction == "steady" and (_is_nominal_at(words, end) or words.get(end) in _SPANS):
        return None
    subject = find_subject(words, group.start)
    return Change(group.start, end, entry, entry.direction, subject, subject)


_SPANS = frozenset("period month months year years week weeks day days quarter time season".split())
_SEEMING = frozenset(
    "appears appeared seems seemed looks looked appear seem look proves proved stands stood".split()
)


def _stands_alone(words, i, end, entry):
    """Tell whether a state is given without verb: "cases stable at 40", "9 litres, unchanged."."""
    if entry.direction == "steady" and words.get(end) == "at" and is_amount(words, end + 1):
        return words.get(i - 1).isalpha() and not is_adverb(words.get(i - 1))
    if words.get(i - 1) in (",", "(", ":", "—", "–") and entry.direction == "steady":
        return words.get(end) in ("", ".", ";", ")", ",", "from", "since", "for", "on", "over")
    return " " in entry.word and has_with(words, i)


def read_become(words, lexicon, i, end, entry, tag):
    """Read "has become less frequent and less polished", "is getting smaller"."""
    voice = find_voice(words, lexicon, i, end, tag)
    if voice is None:
        return _read_not_become(words, lexicon, i, end, entry)
    if voice[1] == "passive":
        return None
    k = end
    while is_adverb(words.get(k)) and words.low[k] not in ("more", "less"):
        k += 1
    found = _read_comparison(words, lexicon, k)
    if found is None:
        return None
    other, direction, close = found
    while words.get(close) in ("and", "but", ","):
        again = _read_comparison(words, lexicon, close + 1)
        if again is None:
            break
        close = again[2]
    if _is_nominal_at(words, close):
        return None
    subject = find_subject(words, voice[0])
    tail = (k, close)
    return Change(voice[0], close, other, direction, subject, subject, tail)


def _read_not_become(words, lexicon, i, end, entry):
    """Read "is not getting any weaker", "have not become less frequent": steady."""
    group = read_group(words, i)
    if not group.negative or group.modal or group.to >= 0 or not group.aux:
        return None
    found = _read_comparison(words, lexicon, end + (words.get(end) in ("any", "much")))
    if found is None or is_conditional(words, group.start):
        return None
    subject = find_subject(words, group.start)
    return Change(group.start, found[2], entry, "steady", subject, subject, (end, found[2]))


def read_now(words, lexicon, i, end, entry, tag):
    """Read "are now rare", "is now routine"."""
    k = i - 1
    while is_adverb(words.get(k)) and words.get(k) != "now":
        k -= 1
    if words.get(k) != "now" or _is_nominal_at(words, end):
        return None
    group = read_group(words, i)
    if group.modal or group.to >= 0 or group.negative or not group.aux or group.aux[0] not in BE:
        return None
    if is_conditional(words, group.start):
        return None
    subject = find_subject(words, group.start)
    return Change(group.start, end, entry, entry.direction, subject, subject, (i, end))


def _is_nominal_at(words, k):
    """Tell whether a noun follows, as in "got smaller rations"."""
    word = words.get(k)
    return word.isalpha() and is_nominal(words, k) and not is_adverb(word)


def _read_comparison(words, lexicon, k):
    """Return the entry, direction and end of a comparative at an index."""
    word = words.get(k)
    if word in ("more", "less", "increasingly") and _is_quality(words, k + 1):
        other = _find_plain(lexicon, "fewer" if word == "less" else "more")
        return other, other.direction, k + 2
    for other, _, close in match_trigger(lexicon, words, k):
        if other.kind in ("comparative", "become"):
            return other, other.direction, close
    if word.endswith("er") and len(word) > 4 and not _is_nominal_at(words, k + 1):
        other = _find_plain(lexicon, "more")
        return other, other.direction, k + 1
    return None


def _find_plain(lexicon, word):
    """Return the entry of "more" or "fewer" by itself."""
    return next(entry for entry, _ in lexicon.singles[word] if entry.kind == "more or fewer")


def _is_quality(words, k):
    """Tell whether an adjective stands at an index."""
    word = words.get(k)
    return word.replace("-", "").isalpha() and word not in _NO_QUALITY


_NO_QUALITY = PREPOSITION | CONJUNCTION | DETERMINER | TIME


def read_comparative(words, lexicon, i, end, entry, tag):
    """Read "less frequent than they were", and "but bloodier" after it."""
    before = words.get(i - 1)
    if entry.kind == "comparative" and before in ("but", "and"):
        return _read_contrast(words, lexicon, i, end, entry)
    close = end + 1 if entry.kind == "more or fewer" else end
    return (
        _read_be_comparative(words, i, close, entry)
        or _read_left(words, lexicon, i, end, entry)
        or _read_before_noun(words, i, end, entry)
    )


_FINDING = frozenset("finds found find finding".split())


def _read_before_noun(words, i, end, entry):
    """Read "reaches a wider audience than ever"."""
    for k in range(end + 1, min(len(words), end + 5)):
        if words.low[k] == "than":
            group = read_group(words, i)
            fits = _looks_back(words, k) and not group.modal and not is_conditional(words, i)
            return Change(i, end, entry, entry.direction, (end, k)) if fits else None
        if words.low[k] in STOPS or words.low[k] in BE:
            return None
    return None


def _read_left(words, lexicon, i, end, entry):
    """Read "left its rivals stronger than ever", "has made the roads safer"."""
    if words.get(i - 1) == "it" and words.get(i - 2) in _FINDING and words.get(end) == "to":
        return Change(i - 2, end, entry, entry.direction, find_phrase(words, end + 1), (0, 0))
    if not (_looks_back(words, end) or words.get(end) in ("", ".", ",", ";", "and", "for")):
        return None
    verbs = lexicon.lists["cause verb"]
    for j in range(i - 2, max(-1, i - 9), -1):
        word = words.low[j]
        if word in STOPS or word in CONJUNCTION or word in BE:
            return None
        if word in verbs:
            voice = find_voice(words, lexicon, j, j + 1, verbs[word])
            if voice is None or voice[1] != "active":
                return None
            return Change(i, end, entry, entry.direction, (j + 1, i))
    return None


def _read_be_comparative(words, i, close, entry):
    """Read a comparative behind "is" or "are" that looks back in time."""
    group = read_group(words, skip_amount_back(words, i))
    if words.get(i - 1) == "no" and words.get(i - 2) in BE:
        return _read_no_comparative(words, i, close, entry)
    if group.modal or group.to >= 0 or group.negative or not group.aux:
        return None
    timed = _looks_back(words, close) or _is_now(words, i, close)
    if group.aux[0] not in BE or not (timed or _is_bare(words, i, close, entry)):
        return None
    subject = find_subject(words, group.start)
    return Change(i, close, entry, entry.direction, subject, subject, (i, close))


def _read_no_comparative(words, i, close, entry):
    """Read "is no safer than a year ago": no way up or down is steady."""
    group = read_group(words, i - 1)
    if group.modal or group.to >= 0 or is_conditional(words, group.start):
        return None
    if not (_looks_back(words, close) or words.get(close) in ("", ".", ",", ";")):
        return None
    subject = find_subject(words, group.start)
    return Change(group.start, close, entry, "steady", subject, subject, (i, close))


def _is_now(words, i, close):
    """Tell whether a bare comparative is set against before: "now tighter", "rarer: 5, not 9"."""
    if words.get(close) in ("than", "in", "with", "across", "among", "for", "to", "from"):
        return False
    figures = words.get(close) == ":" and words.get(close + 1)[:1].isdigit()
    if words.get(close) in ("this", "these", "today", "nowadays", "since", "again", "too"):
        return words.get(close) in _TODAY or words.get(close + 1) in TIME
    return figures or "now" in words.low[max(0, i - 2) : i]


def _is_bare(words, i, close, entry):
    """Tell whether a comparative of loss ends its clause, with no other side named: "are fewer"."""
    if entry.word not in _LESSENED or words.get(i - 1) == "the":
        return False
    ends = words.get(close) in ("", ".", ",", ";", "and", "but")
    return ends and "than" not in words.low[close : close + 10]


_LESSENED = frozenset(
    "fewer smaller weaker poorer scarcer rarer thinner emptier quieter bolder".split()
)
_TODAY = frozenset("today nowadays since again too".split())


def _looks_back(words, k):
    """Tell whether "than" and an earlier time follow within a few words."""
    if words.get(k) != "than":
        return False
    after = words.low[k + 1 : k + 4]
    if not after:
        return False
    if after[0] == "in":
        return is_earlier(words, k + 2, 6) or not TIME.isdisjoint(words.low[k + 2 : k + 5])
    if after[0] in ("those", "that"):
        return is_earlier(words, k + 2, 5)
    if after[0] == "for":
        return any(word[:1].isdigit() for word in after) or after[1:2] == ["the"]
    if after[0] in ("during", "before", "ever", "at", "last", "previously", "a", "when", "usual"):
        return after[0] != "a" or bool({"year", "month", "decade"} & set(after))
    if "one" in after:
        return False
    return after[0] in ("they", "it", "the", "he", "she", "its", "their") and bool(
        _BEFORE & set(after)
    )


_BEFORE = frozenset(
    "was were previous same first year last had preceding once did used earlier".split()
)


def _read_contrast(words, lexicon, i, end, entry):
    """Read a second comparative that shares the subject of the first."""
    for j in range(i - 2, max(-1, i - 18), -1):
        if words.low[j] in ";.":
            return None
        if words.low[j] in lexicon.lists["next to become"]:
            close = j + 2 if words.low[j] in ("less", "fewer", "more") else j + 1
            first = _read_be_comparative(words, j, close, entry)
            if first is not None:
                return Change(i, end, entry, entry.direction, first.what, first.subject)
    return None


def read_more(words, lexicon, i, end, entry, tag):
    """Read "nine fewer than in 2019", "fewer attacks than before", "creating more affiliates"."""
    before = words.get(i - 1)
    if before in MODAL or before in ("no", "any", "much", "even"):
        return None
    if words.get(end) in lexicon.lists["manner"]:
        return _read_manner(words, lexicon, i, end, entry)
    if before[:1].isdigit() or before in AMOUNT or before in (",", "(", "—", "–"):
        if not _looks_back(words, end):
            return None
        return Change(i, end, entry, entry.direction, find_counted(words, i - 1))
    if _looks_back(words, end) and words.get(end + 1) in ("they", "it", "he", "she", "before"):
        return _read_paid(words, i, end, entry)
    if entry.direction == "up" and _creates(words, lexicon, i):
        return _read_created(words, lexicon, i, end, entry)
    if before in BE and words.get(end + 1) == ":" and _is_quality(words, end):
        return _read_be_comparative(words, i, end + 1, entry)
    for k in range(end + 1, min(len(words), end + 6)):
        if words.low[k] == "than":
            if not _looks_back(words, k) or not _is_quality(words, end):
                return None
            if before in BE:
                return _read_be_comparative(words, i, k, entry)
            return Change(i, end, entry, entry.direction, (end, k))
        if words.low[k] in STOPS:
            break
    return _read_fewer(words, lexicon, i, end, entry)


def _read_fewer(words, lexicon, i, end, entry):
    """Read "the villages bury fewer people": set against before, with no other side named."""
    things = words.get(end).isalpha() and is_nominal(words, end) and not is_adverb(words.get(end))
    if words.low[i] != "fewer" or not things or "than" in words.low[end : end + 9]:
        return None
    phrase = find_phrase(words, end)
    if is_conditional(words, i) or is_unreal(words, lexicon, i) or words.get(i - 1) == "to":
        return None
    return Change(i, end, entry, entry.direction, phrase)


def _read_paid(words, i, end, entry):
    """Read "pay more than they did a year ago", "are paid less than before"."""
    verb = i - 1
    if not words.get(verb).isalpha() or not is_nominal(words, verb):
        return None
    group = read_group(words, verb)
    if group.modal or group.negative or group.to >= 0 or is_conditional(words, group.start):
        return None
    subject = find_subject(words, group.start)
    return Change(i, end, entry, entry.direction, subject, subject, (verb, end))


def _read_manner(words, lexicon, i, end, entry):
    """Read "strikes less often than before", "are working ever more slowly"."""
    way = lexicon.lists["manner"][words.low[end]]
    direction = way if entry.direction == "up" else {"up": "down", "down": "up"}[way]
    start = i - (words.get(i - 1) == "ever")
    verb = start - 1
    group = read_group(words, verb)
    if group.modal or group.negative or group.to >= 0 or is_conditional(words, group.start):
        return None
    going = words.get(verb).endswith("ing") and group.aux and group.aux[0] in BE
    frequent = words.low[end] in ("often", "frequently") and _is_plain(words, verb, end + 1)
    if not (start < i or going or frequent or _looks_back(words, end + 1)):
        return None
    subject = find_subject(words, group.start)
    if subject[0] == subject[1]:
        return None
    return Change(start, end + 1, entry, direction, subject, subject, (group.start, end + 1))


def _is_plain(words, verb, close):
    """Tell whether a verb without auxiliary stands before "more often", and no comparison after."""
    if words.get(verb) in BE or read_group(words, verb).aux or not words.get(verb).isalpha():
        return False
    if "than" in words.low[close : close + 8]:
        return False
    return words.get(close) in PREPOSITION or words.get(close) in ("", ".", ",", ";", "now")


def _creates(words, lexicon, i):
    """Tell whether the word before "more" is a verb of making."""
    found = lexicon.triggers.get(words.get(i - 1), ())
    return any(entry.kind == "create" for entry, _, _ in found)


def _read_created(words, lexicon, i, end, entry):
    """Read "by creating more affiliates"."""
    verb, before = words.low[i - 1], words.get(i - 2)
    if verb.endswith("ing") and before not in ("by", ",", "and"):
        return None
    if not verb.endswith(("ing", "ed")) or before in MODAL or before == "to":
        return None
    if not words.get(end).isalpha() or words.get(end) == "than":
        return None
    return Change(i - 1, end, entry, "up", find_phrase(words, end))


def read_adverb(words, lexicon, i, end, entry, tag):
    """Read "are increasingly leaving"."""
    group = read_group(words, i)
    after = words.get(end)
    if group.modal or group.to >= 0 or not after.isalpha() or after in _ATTITUDE:
        return None
    start = group.start if group.aux else i
    subject = find_subject(words, start)
    if not (after.endswith("ing") or group.aux or is_finite(after, words, subject)):
        return None
    if is_conditional(words, group.start):
        return None
    close = end + 1 if after.endswith(("ing", "ed")) else end
    tail = (end, min(len(words), end + 8))
    return Change(start, close, entry, entry.direction, (subject[0], tail[1]), subject, tail)


_ATTITUDE = frozenset(
    "concerned worried aware likely unlikely clear difficult alarmed anxious possible important "
    "wary sceptical skeptical unclear".split()
)


def read_phrase(words, lexicon, i, end, entry, tag):
    """Read "in growing numbers"."""
    if is_conditional(words, i):
        return None
    verb = i
    for j in range(i - 1, max(-1, i - 10), -1):
        if words.low[j] in MODAL:
            return None
        if words.low[j] in STOPS:
            break
        if words.low[j] in CONJUNCTION:
            break
        verb = j
    joined = words.low[end - 1] not in _CLOSED and words.get(end - 1) != "ever"
    if (
        joined
        and words.get(end).isalpha()
        and is_nominal(words, end)
        and not is_adverb(words.get(end))
    ):
        return Change(i, end, entry, entry.direction, find_phrase(words, end))
    return Change(i, end, entry, entry.direction, (verb, i))


_CLOSED = frozenset("numbers frequency rate pace quantities bounds".split())
