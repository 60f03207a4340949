"""Read what goes on: "continues to", "remains", "still", "no longer", "has not changed"."""

from threatledger.extraction.trend_grammar import (
    BE,
    CONJUNCTION,
    DETERMINER,
    DO,
    HAVE,
    MODAL,
    PREPOSITION,
    STOPS,
    TIME,
    is_adverb,
    is_amount,
    is_nominal,
    read_group,
)
from threatledger.extraction.trend_lexicon import Change, match_trigger
from threatledger.extraction.trend_modality import is_conditional
from threatledger.extraction.trend_phrases import (
    find_antecedent,
    find_counted,
    find_phrase,
    find_subject,
    has_object,
    skip_adverbs,
)
from threatledger.extraction.trend_voice import find_voice, is_after_aside, is_finite


def read_continue(words, lexicon, i, end, entry, tag):
    """Read "continues to pose", "continued to shrink", "continue their activities"."""
    voice = find_voice(words, lexicon, i, end, tag)
    if voice is None or voice[1] == "passive":
        return None
    start, subject = voice[0], find_subject(words, voice[0])
    if words.get(end) == "to":
        return _read_continued_verb(words, lexicon, start, end, entry, subject)
    follows = skip_adverbs(words, end)
    if has_object(words, follows) or words.get(follows).endswith("ing"):
        return Change(start, end, entry, "steady", find_phrase(words, follows), subject)
    return Change(start, end, entry, "steady", subject, subject)


def _read_continued_verb(words, lexicon, start, end, entry, subject):
    """Read the verb after "continue to": its own direction, else steady."""
    inner = skip_adverbs(words, end + 1)
    if words.get(inner) in lexicon.lists["aim"]:
        return None
    for other, tag, after in match_trigger(lexicon, words, inner):
        if other.kind in ("intransitive", "transitive", "verb") and "base" in tag.split():
            follows = skip_adverbs(words, after)
            objects = has_object(words, follows) and other.kind != "intransitive"
            what = find_phrase(words, follows) if objects else subject
            if objects or other.kind != "transitive":
                return Change(start, follows, other, other.direction, what, subject)
    follows = skip_adverbs(words, inner + 1)
    objects = has_object(words, follows)
    if objects and words.get(inner) in _LIGHT:
        what = find_phrase(words, follows)
    elif objects:
        what = find_phrase(words, inner, 9)
    else:
        what = find_antecedent(words, lexicon, subject) or subject
    return Change(start, inner + 1, entry, "steady", what, subject)


_LIGHT = frozenset(
    "pose launch implement use carry conduct represent present have be maintain hold face make "
    "commit perpetrate play exert exercise remain retain employ wage enjoy receive".split()
)


def read_remain(words, lexicon, i, end, entry, tag):
    """Read "remains high", "remain the main channel"."""
    voice = find_voice(words, lexicon, i, end, tag)
    if voice is None or voice[1] != "active" or words.get(voice[0] - 1) in ("what", "those"):
        return None
    start, subject = voice[0], find_subject(words, voice[0])
    follows = skip_adverbs(words, end)
    word = words.get(follows)
    bare = word in PREPOSITION or word in STOPS or not word
    if bare and any(part[:1].isdigit() for part in words.low[subject[0] : subject[0] + 3]):
        return None
    close = end
    if word.isalpha() and is_nominal(words, follows):
        close = follows + 1
    tail = find_phrase(words, end)
    return Change(start, close, entry, "steady", subject, subject, tail)


def read_keep(words, lexicon, i, end, entry, tag):
    """Read "keeps attacking"."""
    voice = find_voice(words, lexicon, i, end, tag)
    after = words.get(end)
    if voice is None or voice[1] != "active":
        return None
    if after in DETERMINER:
        return _read_kept(words, voice[0], end, entry)
    if not after.endswith("ing") or after in _THINGS:
        return None
    subject = find_subject(words, voice[0])
    for other, form, _ in match_trigger(lexicon, words, end):
        if other.kind in ("intransitive", "verb") and "ing" in form:
            return Change(voice[0], end + 1, other, other.direction, subject, subject)
    what = find_phrase(words, end) if has_object(words, end + 1) else subject
    return Change(voice[0], end + 1, entry, "steady", what, subject)


def _read_kept(words, start, end, entry):
    """Read "keeps the cash coming"."""
    for k in range(end + 1, min(len(words), end + 6)):
        if words.low[k] in ("coming", "flowing", "going", "running", "afloat"):
            subject = find_subject(words, start)
            return Change(start, k + 1, entry, "steady", subject, subject, (end, k))
        if words.low[k] in STOPS:
            break
    return None


_THINGS = frozenset("something nothing anything everything king being".split())


def read_unchanged(words, lexicon, i, end, entry, tag):
    """Read "has barely changed", "has not changed", "no significant change"."""
    for j in range(i - 1, max(-1, i - 4), -1):
        if words.low[j] == "no" and "base" in tag:
            return _read_no_change(words, j, end, entry)
        if words.low[j] not in lexicon.lists["degree"]:
            break
    group = read_group(words, i)
    little = words.get(end) == "little"
    if group.modal or group.to >= 0 or not (group.negative or little):
        return None
    if "ing" in tag and not group.aux:
        return None
    subject = find_subject(words, group.start)
    return Change(group.start, end + little, entry, "steady", subject, subject)


def _read_no_change(words, start, end, entry):
    """Read "no significant change in its strength"."""
    after = words.get(end)
    if after in ("in", "to", "of"):
        return Change(start, end, entry, "steady", find_phrase(words, end + 1))
    if after in ("from", "on", "since", "over", "", ".", ")") and words.get(start - 1) in _APART:
        return Change(start, end, entry, "steady", find_counted(words, start))
    return None


_APART = frozenset(",:(—–;")


def read_still(words, lexicon, i, end, entry, tag):
    """Read "still poses", "is still capable", "are still being carried out"."""
    before, after = words.get(i - 1), words.get(end)
    if not after.isalpha() and "-" not in after or after in MODAL or before in MODAL:
        return None
    if before in BE:
        return _read_be_still(words, lexicon, i, end, entry)
    if before in HAVE or before in DO or before == "to" or after in CONJUNCTION or after in TIME:
        return None
    if after in DETERMINER or after in PREPOSITION or after in BE or is_adverb(after):
        return None
    if is_conditional(words, i) or before in STOPS and not is_after_aside(words, i):
        return None
    if after in ("have", "has", "had") and is_amount(words, end + 1):
        return None
    subject = find_subject(words, i)
    if subject[0] == subject[1] or not is_finite(after, words, subject):
        return None
    close = end + 1
    follows = skip_adverbs(words, close)
    what = find_phrase(words, follows) if has_object(words, follows) else subject
    return Change(i, close, entry, "steady", what, subject, (end, min(close + 8, len(words))))


def _is_moving(lexicon, word):
    """Tell whether a participle is of a verb of rise or fall: "is still rising" is a rise."""
    return any(
        entry.kind in ("verb", "intransitive") and entry.direction in ("up", "down")
        for entry, _, _ in lexicon.triggers.get(word, ())
    )


def _read_be_still(words, lexicon, i, end, entry):
    """Read "is still" with an adjective, a place or a passive."""
    group = read_group(words, i)
    after = words.get(end)
    subject = find_subject(words, group.start)
    there = words.get(group.start - 1) in ("there", "they") and words.low[i - 1] == "'s"
    if group.modal or group.to >= 0 or group.negative or there:
        return None
    if subject[0] == subject[1] or words.get(subject[0]) == "there" or is_amount(words, end):
        return None
    if is_conditional(words, group.start):
        return None
    if after in PREPOSITION and any(word[:1].isdigit() for word in words.low[slice(*subject)]):
        return None
    if after.endswith("ing") and _is_moving(lexicon, after):
        return None
    close = end + 1
    while words.get(close - 1) == "being" and close < len(words):
        close += 1
    close += words.get(close) in ("out", "on")
    tail = (end, min(end + 9, len(words)))
    what = subject
    if words.get(end + 1) in ("of", "to") and after not in PREPOSITION:
        what = find_phrase(words, end + 2)
    return Change(group.start, close, entry, "steady", what, subject, tail)


def read_no_sign(words, lexicon, i, end, entry, tag):
    """Read "shows no sign of letting up": of a fall it is steady."""
    for other, form, after in match_trigger(lexicon, words, end):
        if other.direction == "down" and "ing" in form.split():
            verb = i - (words.get(i - 1) in lexicon.lists["light"])
            subject = find_subject(words, read_group(words, verb).start)
            return Change(verb, after, entry, "steady", subject, subject)
    return None


def read_as_ever(words, lexicon, i, end, entry, tag):
    """Read "are as frequent as ever"."""
    group = read_group(words, i)
    if words.get(end + 1) != "as" or words.get(end + 2) not in ("ever", "before"):
        return None
    if group.modal or group.negative or not group.aux or group.aux[0] not in BE:
        return None
    subject = find_subject(words, group.start)
    return Change(group.start, end + 3, entry, "steady", subject, subject)


def read_no_longer(words, lexicon, i, end, entry, tag):
    """Read "no longer focuses on"."""
    after = words.get(end)
    if not after.isalpha() or after in ("than", "a", "the") or is_conditional(words, i):
        return None
    group = read_group(words, i)
    if group.modal and words.get(i - 1) not in ("can", "could"):
        return None
    subject = find_subject(words, group.start)
    k = end + 1
    k += words.get(k) in ("on", "to", "in", "of")
    what = find_phrase(words, k) if k < len(words) and words.low[k] not in STOPS else subject
    tail = (end, min(end + 6, len(words)))
    return Change(group.start, end + 1, entry, "down", what, subject, tail)
