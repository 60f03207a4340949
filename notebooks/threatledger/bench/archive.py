"""Make a news archive to measure on: as many stories as wanted, each of about three kilobytes.

Every story follows from its number alone, so that an archive of ten thousand begins as one of a
thousand does. Its sentences are put together from the templates below. As in the corpus, most state
no figure; some stories retell an earlier one, shortened.
"""

import datetime
import random

FIRST_DAY = datetime.date(2014, 1, 1)
DAYS, A_DAY = 3650, 30  # stories appear over ten years, so many a day
LENGTH = 2900  # characters at which a story ends
RETOLD = 0.2  # of the stories
NEAR = 400  # numbers between a story and one that retells it, at most
FILE_ROWS = 10_000  # rows of one Parquet file

WORDS = {
    "country": "Iraq|Syria|Libya|Afghanistan|Nigeria|Somalia|Mali|Niger|Egypt|Yemen|Turkey|Chad|"
    "the Philippines|Mozambique|the Democratic Republic of the Congo|Burkina Faso|Cameroon",
    "city": "Mosul|Raqqa|Deir ez-Zor|Kirkuk|Hasakah|Sirte|Derna|Kabul|Jalalabad|Maiduguri|Gao|"
    "Palma|Marawi|Aden|Baghdad|Idlib|Homs|Tikrit|Fallujah|Benghazi",
    "area": "the border area|the Lake Chad basin|the desert south of the city|Nangarhar province|"
    "Anbar province|the Sinai|the Sahel|Cabo Delgado|the Euphrates valley|the Hamrin mountains",
    "group": "ISIL|Islamic State|Daesh|the group|the organization|ISIL and its affiliates",
    "who": "the UN Secretary-General|the Monitoring Team|a UN report|Member States|UN experts|"
    "the Under-Secretary-General for counter-terrorism|the coalition|Iraqi officials|"
    "a spokesman of the ministry|the head of the UN office|military commanders|local officials",
    "said": "said|told the Security Council|said in a statement|estimated|told reporters|added|"
    "warned|noted in the report",
    "day": "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday",
    "month": "January|February|March|April|May|June|July|August|September|October|November|"
    "December",
    "fighters": "fighters|members|militants|foreign terrorist fighters|combatants",
    "hedge": "|about |some |up to |at least |more than |an estimated |nearly |fewer than ",
    "rose": "rose|increased|grew|has risen|went up",
    "fell": "fell|declined|decreased|has fallen|dropped",
    "thing": "The number of attacks|Its income from oil|Recruitment|The flow of foreign fighters|"
    "The use of improvised explosive devices|Online propaganda|Its financial reserves|"
    "The number of displaced people|Civilian casualties|The threat to the region",
    "deed": "opened fire on a checkpoint|attacked a convoy|detonated a car bomb near a market|"
    "ambushed a patrol|raided a village|set fire to fields|fired mortars at a base",
    "body": "The Security Council|The coalition|The government|The European Union|INTERPOL|"
    "The United Nations|The ministry of defence|The regional force",
    "topic": "border control|the prosecution of suspects|the return of families|the financing of "
    "terrorism|strategic communications|the protection of victims|air travel data|small arms",
}
FIGURES = (
    "{who} {said} that {group} still had {hedge}{n} {fighters} in {country}.",
    "{hedge}{few} people were killed and {few} others were injured in {city} on {day}.",
    "{group} holds between ${small} million and ${mid} million in reserves, {who} {said}.",
    "{hedge}{n} {fighters} had left for {country} by {month} {year}, {who} {said}.",
    "In {month} {year}, {group} earned {hedge}${small} million a month from oil.",
    "{who} {said} that {hedge}{n} people were displaced from {area}.",
    "{hedge}{percent} per cent of the {fighters} in {area} came from {country}.",
    "The camp near {city} held {hedge}{n} people in {month} {year}, most of them children.",
    "{hedge}{few} {fighters} were arrested in {country} during {year}.",
    "The affiliate in {country} counts {hedge}{n} {fighters}, according to {who}.",
    "{group} carried out {few} attacks in {area} in {month} {year}, compared with {few} in {year}.",
)
DIRECTIONS = (
    "{thing} in {country} {rose} in {year}, {who} {said}.",
    "{thing} {fell} after the loss of {city}, according to {who}.",
    "{thing} remained stable in {area}.",
    "{thing} {fell} by {percent} per cent in {year}, {who} {said}.",
    "{who} {said} that the capacity of {group} in {country} had been weakened.",
)
OTHERS = (
    "The group's leaders have moved to {area}, where they hide among the population.",
    "{who} {said} that no country could face this threat alone and called for patience.",
    "On {day} evening, armed men {deed} near {city}, residents said.",
    "Nobody claimed responsibility for the attack, but it bore the marks of {group}.",
    "{body} adopted a new plan on {topic} and asked its members to report on it.",
    "The report, the latest of its series, was sent to the members of the Security Council.",
    "Families of the missing gathered in front of the court in {city} to ask for news of them.",
    "“We cannot return as long as the houses are mined,” a teacher from {city} said.",
    "Roads between {city} and the villages around it were closed for most of the week.",
    "{body} has trained judges and police officers in {country} in questions of {topic}.",
    "The propaganda of {group} turned to the pandemic and to the troubles of its enemies.",
    "Experts have long argued over how much of its money the group could still reach.",
    "It was not clear whether the men had crossed the border from {country}.",
    "Diplomats said that the question of {topic} would be taken up at the next meeting.",
)
TITLES = (
    "{group} remains a threat in {country}, {who} says",
    "Armed men attack near {city}",
    "UN: {thing} in {country} {fell}",
    "{body} discusses {topic}",
)
FURNITURE = ("Share this article", "Read more: {body} discusses {topic}", "© All rights reserved")
PUBLISHERS = tuple(f"{place} {kind}" for place in ("Northern", "City", "Gulf", "Atlantic", "River",
                   "Eastern", "Capital", "Coast") for kind in ("Post", "News", "Wire", "Times",
                   "Agency"))  # fmt: skip
CHOICES = {name: words.split("|") for name, words in WORDS.items()}


class Slots(dict):
    """Fills the slots of a template, each time with another choice.

    Parameters
    ----------
    chance : random.Random
    """

    def __init__(self, chance):
        super().__init__()
        self._chance = chance

    def __missing__(self, name):
        if name in CHOICES:
            return self._chance.choice(CHOICES[name])
        return self._count(name)

    def _count(self, name):
        """Return a number of the kind that a slot is for."""
        chance = self._chance
        if name == "n":
            return f"{chance.choice((10, 50, 100, 500)) * chance.randint(3, 60):,}"
        low, high = {"few": (3, 95), "percent": (5, 80), "small": (1, 40), "mid": (50, 300),
                     "year": (2014, 2023)}[name]  # fmt: skip
        return str(chance.randint(low, high))


def fill_template(template, slots):
    """Return a sentence of a template; what stands first in it begins with a capital.

    Parameters
    ----------
    template : str
    slots : Slots

    Returns
    -------
    str
    """
    text = template.format_map(slots)
    return text[:1].upper() + text[1:]


def tell_story(number, seed=1):
    """Return the sentences of a story, by paragraphs, with its title first.

    Parameters
    ----------
    number, seed : int
        Decide all of it.

    Returns
    -------
    list of str
    """
    chance = random.Random(f"{seed}:{number}")
    slots, length = Slots(chance), 0
    pick = _deal_templates(chance)
    paragraphs = [fill_template(chance.choice(TITLES), slots)]
    while length < LENGTH:
        sentences = [fill_template(next(pick), slots) for _ in range(chance.randint(1, 3))]
        paragraphs.append(" ".join(sentences))
        length += len(paragraphs[-1]) + 2
    if chance.random() < 0.5:
        paragraphs.append(fill_template(chance.choice(FURNITURE), slots))
    return paragraphs


def _deal_templates(chance):
    """Yield templates, none again before all of its kind have been used."""
    decks = {kind: [] for kind in (FIGURES, DIRECTIONS, OTHERS)}
    while True:
        drawn = chance.random()
        # About as often as news on the subject states a figure or a direction.
        kind = FIGURES if drawn < 0.18 else DIRECTIONS if drawn < 0.34 else OTHERS
        decks[kind] = decks[kind] or chance.sample(kind, len(kind))
        yield decks[kind].pop()


def make_story(number, seed=1):
    """Return a story as a row of an archive.

    Parameters
    ----------
    number, seed : int
        As for `tell_story`.

    Returns
    -------
    dict of str to str
        ``id``, ``text``, ``published``, ``publisher``, ``title``.
    """
    chance = random.Random(f"{seed}:{number}:row")
    told = number
    if number and chance.random() < RETOLD:
        told = max(0, number - chance.randint(1, NEAR))
    title, *paragraphs = tell_story(told, seed)
    if told != number:
        paragraphs = [part for part in paragraphs if chance.random() < 0.8] or paragraphs
    day = FIRST_DAY + datetime.timedelta(days=number // A_DAY % DAYS)
    return {
        "id": f"story-{number:09d}",
        "text": "\n\n".join([title, *paragraphs]) + "\n",
        "published": day.isoformat(),
        "publisher": chance.choice(PUBLISHERS),
        "title": title,
    }


def write_archive(folder, count, seed=1):
    """Write an archive as a folder of Parquet files, some stories at a time.

    Parameters
    ----------
    folder : pathlib.Path
    count : int
        Stories.
    seed : int
        Another seed gives other stories.

    Returns
    -------
    int
        Bytes of text.
    """
    size = 0
    for first in range(0, count, FILE_ROWS):
        numbers = range(first, min(first + FILE_ROWS, count))
        size += write_stories(folder / f"stories-{first // FILE_ROWS:05d}.parquet", numbers, seed)
    return size


def write_stories(path, numbers, seed=1):
    """Write some stories as one file of an archive.

    Parameters
    ----------
    path : pathlib.Path
        The Parquet file; folders are made.
    numbers : iterable of int
    seed : int
        As for `tell_story`.

    Returns
    -------
    int
        Bytes of text.
    """
    import pyarrow
    import pyarrow.parquet

    rows = [make_story(number, seed) for number in numbers]
    path.parent.mkdir(parents=True, exist_ok=True)
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), path, compression="zstd")
    return sum(len(row["text"].encode()) for row in rows)
