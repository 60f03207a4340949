"""Tell which places only belong to the words for who speaks."""

import re

from threatledger.extraction.patterns import LateRegex
from threatledger.extraction.phrases import clean_phrase, ends_with_head, find_head

GIFT = LateRegex(r"\s(?:[a-z]+\s){0,3}(?:US)?[$€£¥]")  # "the British government gave £16 million"
# "In Zarqa, a former recruiter said": what is told is of there, if no stranger tells it.
SCENE = LateRegex(r"(?:In|At|Near|Across|Around)\s[^,;:.]{2,40},\s")
STRANGER = re.compile(
    r"\b(?:envoys?|diplomats?|ambassadors?|researchers?|analysts?|experts?|reporters?|journalists?|spokes\w+)\b"
)
# People who tell of the place where they live and work.
LOCALS = LateRegex(
    r"(?:the\s+|an?\s+|some\s+|several\s+)?(?:[a-z]+\s+)?(?:farmers?|traders?|dealers?|residents?|villagers?|shopkeepers?"
    r"|smugglers?|herders?|fishermen|fisherman|survivors?|witness(?:es)?|elders?|inmates?|merchants?|drivers?"
    r"|shop\s+owners?|locals|townspeople|neighbours)(?:$|\s+(?:in|at|from|near|around)\s)",
    re.IGNORECASE,
)
SHOWS = LateRegex(r"\s(?:shows?|showed|illustrates?|explains?)\s(?!that\b|it\b)")
WHICH = LateRegex(r",\s(?:which|who)\s")
# Those who speak of other countries: "a US envoy said".
FOREIGN = LateRegex(
    r"(?:['’]s)?\s+(?:[a-z]+\s+)?(?:envoys?|diplomats?|ambassadors?|researchers?|analysts?|experts?|think|study"
    r"|studies|institutes?|professors?|academics?|embassy|scholars?|journalists?|newspapers?|magazine|daily)\b",
    re.IGNORECASE,
)


def is_in_speaker(text, source, mention, codebook):
    """Return whether a place stands in the words for a speaker, appositions included.

    Parameters
    ----------
    text : str
        The sentence.
    source : Source
        One of its speakers.
    mention : PlaceMention
        One of its places.
    codebook : Codebook

    Returns
    -------
    bool
    """
    is_command = source.place == "after" and not text[: source.cue_start].strip()  # "Consider X."
    is_gift = source.kind == "give" and GIFT.match(text, source.cue_end)
    is_none = source.kind == "act" or not source.phrase or _is_example(text, source, mention)
    if is_none or is_command or is_gift or LOCALS.match(source.phrase):
        return False
    if source.start <= mention.start < source.end:
        if _opens_scene(text, source, mention):
            return False
        # A report on Iraq is about Iraq; a British report is only by somebody.
        is_document = find_head(clean_phrase(source.phrase), codebook)[1] == "document"
        is_seat = mention.kind == "adjective" or FOREIGN.match(text, mention.end)
        return not is_document or bool(is_seat)
    if source.place == "phrase":
        return False
    if source.end <= mention.start < source.cue_start and text[source.end : source.end + 1] == ",":
        return not WHICH.match(text, source.end)  # "the army, which has hired 160 Russians, says"
    return _is_apposed(text, source, mention, codebook)


def _is_example(text, source, mention):
    """Return whether a country shows something by what goes on in it: "Lebanon shows how …"."""
    is_whole = (source.start, source.end) == (mention.start, mention.end)
    return is_whole and SHOWS.match(text, mention.end) is not None


def _opens_scene(text, source, mention):
    """Return whether a place opens the sentence before one of its people speaks: "In Zarqa, …"."""
    opening = SCENE.match(text, source.start)
    is_inside = opening is not None and mention.end <= opening.end()
    return is_inside and not STRANGER.search(text, opening.end(), source.end)


def _is_apposed(text, source, mention, codebook):
    """Return whether a place stands in "A member of parliament in X, NAME, said"."""
    scene = SCENE.match(text)
    is_scene = scene is not None and mention.end <= scene.end() <= source.start
    if is_scene and source.place == "after":
        return False  # "In Mali, the branch has grown, UN experts wrote"
    if is_scene:
        return STRANGER.search(text, scene.end(), source.cue_start) is not None
    opening = text[: source.start].rstrip()
    if source.place != "before" or mention.start >= source.start or not opening.endswith(","):
        return False
    phrase = clean_phrase(opening)
    head, kind = find_head(phrase, codebook)
    return kind == "person" and "," not in phrase and ends_with_head(phrase, head)
