"""Write ``data/codebook/countries.csv``: countries with ISO codes, M49 regions and adjectives.

Development only: the two libraries are not among the project's dependencies. Run from the folder
``notebooks`` as ``python -m threatledger.countries``, after ``pip install hdx-python-country
pyworldatlas``.
What the libraries lack is in ``country-additions.csv``, which is edited by hand and never written
here, so that a second run loses nothing.
"""

import csv
import re
import sys

from threatledger.codebook import find_root

COLUMNS = (
    "iso3",
    "name",
    "short_name",
    "region",
    "sub_region",
    "intermediate_region",
    "aliases",
    "adjectives",
    "peoples",
    "latitude",
    "longitude",
)
NAME_FIELDS = ("M49 English", "English Formal", "RW Short Name", "RW API Alt Term")
REMARK = re.compile(r"\s*\((?:[^()]*\b(?:singular|plural|citizens|nationals|colloquial)[^()]*)\)")
SEPARATOR = re.compile(r"\s*(?:[,;/]|\bor\b|\band\b(?! Futuna| Barbuda))\s*")
FORM = re.compile(r"[A-ZÀ-Þ][^\W\d_]+(?:[- ][A-ZÀ-Þ][^\W\d_]+)*")
TURNED = re.compile(r"(?P<short>[^()]+) \((?P<title>[A-Z][\w ]* (?:of|of the))\)")


def split_forms(text):
    """Split a nationality term such as ``"Afghan(s)"`` into the words themselves.

    Parameters
    ----------
    text : str or None
        As in the World Factbook: alternatives by comma, "or" and semicolon, remarks in brackets.

    Returns
    -------
    list of str
        ``["Afghan", "Afghans"]``; parts that are not plain capitalised names are left out.
    """
    forms = []
    for part in SEPARATOR.split(REMARK.sub("", text or "")):
        stem = part.removesuffix("(s)")
        if FORM.fullmatch(stem):
            forms += [stem, f"{stem}s"] if part != stem else [stem]
    return forms


def split_name(name):
    """Return the ways to read an official name: ``"Iran (Islamic Republic of)"`` gives two.

    Parameters
    ----------
    name : str or None
        A country's name, with or without a title in brackets.

    Returns
    -------
    list of str
        Names in reading order, without a leading article.
    """
    name = (name or "").removeprefix("the ").replace("’", "'")
    turned = TURNED.fullmatch(name)
    if turned:
        return [turned["short"], f"{turned['title']} {turned['short']}"]
    return [name] if name and "(" not in name and not re.search(r", |Territory$", name) else []


def round_degrees(text):
    """Return degrees with two decimals, about a kilometre; empty where the library has none."""
    return f"{float(text):.2f}" if text else ""


def read_country(iso3, official, atlas):
    """Return one row of the table from the two libraries' records.

    Parameters
    ----------
    iso3 : str
        ISO 3166-1 alpha-3 code.
    official : dict
        hdx-python-country's record.
    atlas : object or None
        pyworldatlas's country, None where it has none.

    Returns
    -------
    dict
        The columns of ``countries.csv``; lists are joined by ``|``.
    """
    names = [form for field in NAME_FIELDS for form in split_name(official[field])]
    adjectives, peoples = [], []
    if atlas is not None:
        names += [atlas.name.removeprefix("The "), *map(str, atlas.aliases)]
        for demonym in atlas.demonyms:
            adjectives += split_forms(demonym.adjective)
            peoples += split_forms(demonym.noun)
    names = list(dict.fromkeys(name.strip() for name in names)) or [official["M49 English"]]
    short = atlas.name.strip().removeprefix("The ") if atlas is not None else names[0]
    return {
        "iso3": iso3,
        "name": names[0],
        "short_name": short,
        "region": official["Region Name"] or "",
        "sub_region": official["Sub-region Name"] or "",
        "intermediate_region": official["Intermediate Region Name"] or "",
        "aliases": "|".join(names[1:]),
        "adjectives": "|".join(dict.fromkeys(adjectives)),
        "peoples": "|".join(dict.fromkeys(peoples)),
        "latitude": round_degrees(official["Latitude"]),
        "longitude": round_degrees(official["Longitude"]),
    }


def read_countries():
    """Read all countries from the two libraries, without network.

    Returns
    -------
    list of dict
        Rows of ``countries.csv``, sorted by code.
    """
    from hdx.location.country import Country
    from pyworldatlas import Atlas
    from pyworldatlas.exceptions import CountryNotFoundError

    atlas, rows = Atlas(), []
    for iso3, official in sorted(Country.countriesdata(use_live=False)["countries"].items()):
        try:
            country = atlas.country(iso3)
        except CountryNotFoundError:
            country = None
        rows.append(read_country(iso3, official, country))
    return rows


def write_countries(path):
    """Write the table, the same bytes each time for the same library versions.

    Parameters
    ----------
    path : pathlib.Path
        Where to write; an existing file is replaced.
    """
    rows = read_countries()
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    target = find_root() / "data/codebook/countries.csv"
    write_countries(target)
    sys.stdout.write(f"wrote {target.name}\n")
