"""Find who utters a sentence that stands inside a quotation of several sentences."""

from threatledger.extraction.sources import get_sources

WINDOW = 2000  # characters back in a passage in which an open quotation is looked for
LONGEST_QUOTE = 8  # sentences that one quotation runs on


def find_quoting(reading, sentence, quantity):
    """Yield the sentence whose speaker utters this one, which is a quotation running on.

    Parameters
    ----------
    reading : Reading
    sentence : Sentence
    quantity : object
        With ``start`` and ``end`` into the sentence's text.

    Yields
    ------
    Sentence
    """
    if not _is_in_quotes(reading, sentence, quantity):
        return
    if _stays_open(sentence.text):
        for neighbour in iterate_passage(reading, sentence, 1):
            if has_speaker(reading, neighbour):
                yield neighbour
            if "”" in neighbour.text or '"' in neighbour.text:
                break
    for neighbour in iterate_passage(reading, sentence, -1):
        if has_speaker(reading, neighbour):
            yield neighbour
            break


def iterate_passage(reading, sentence, step):
    """Yield the nearest sentences of the same passage, away from one of them.

    Parameters
    ----------
    reading : Reading
    sentence : Sentence
    step : int
        1 for those after it, -1 for those before.

    Yields
    ------
    Sentence
    """
    for distance in range(1, LONGEST_QUOTE + 1):
        index = sentence.index + step * distance
        if not 0 <= index < len(reading.sentences):
            return
        if reading.sentences[index].passage != sentence.passage:
            return
        yield reading.sentences[index]


def has_speaker(reading, sentence):
    """Return whether a sentence names a speaker outside its quotation marks.

    Parameters
    ----------
    reading : Reading
    sentence : Sentence

    Returns
    -------
    bool
    """
    return any(s.phrase and not s.is_quoted for s in get_sources(reading, sentence))


def _stays_open(text):
    """Return whether a quotation that is open in the sentence is not closed in it."""
    return text.rfind("“") > text.rfind("”") or text.count('"') % 2 == 1 or "”" not in text


def _is_in_quotes(reading, sentence, quantity):
    """Return whether the number stands in a quotation, opened here or in an earlier sentence."""
    if not _has_quotes(reading, sentence.passage):
        return False
    end = sentence.start + quantity.start
    before = reading.text[max(reading.passages[sentence.passage].start, end - WINDOW) : end]
    curly = before.count("“") - before.count("”")
    return curly > 0 or (curly == 0 and before.count('"') % 2 == 1)


def _has_quotes(reading, number):
    """Return whether a quotation opens anywhere in a passage, looked up once."""
    key = ("quotes", number)
    if key not in reading.memo:
        passage = reading.passages[number]
        words = reading.text[passage.start : passage.end]
        reading.memo[key] = "“" in words or '"' in words
    return reading.memo[key]
