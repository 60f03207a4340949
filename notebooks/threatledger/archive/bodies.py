"""Take the text out of a web page or a PDF file; every offset points into what is taken out."""

import re
from dataclasses import dataclass, field

from threatledger.archive.extras import import_extra
from threatledger.corpus import CorpusError
from threatledger.decoding import DecodingError, decode_text

# How PDFium marks a word that is divided at the end of a line.
DIVIDED = re.compile("\ufffe\r?\n?")
PDF_DAY = re.compile(r"D:(\d{4})(\d{2})(\d{2})")
# What ends a page where the sentence goes on overleaf is one line end, not a new paragraph.
GOES_ON = re.compile(r"[\w,;–-]\s*\Z")
# htmldate refuses what is later than today unless it is told another day: no clock is asked.
LATEST = "2100-01-01"


@dataclass(slots=True)
class Body:
    """What a file holds: its text, and what it says of itself (``published``, ``title``, …)."""

    text: str
    said: dict = field(default_factory=dict)


def read_body(kind, raw, name, encoding=""):
    """Take the text out of a file.

    Parameters
    ----------
    kind : str
        ``"text"``, ``"html"`` or ``"pdf"``.
    raw : bytes
        The file as it is.
    name : str
        For messages.
    encoding : str, optional
        Of plain text; default UTF-8.

    Returns
    -------
    Body

    Raises
    ------
    CorpusError
        If it holds no text, or cannot be read.
    """
    read = {"text": _read_plain, "html": _read_page, "pdf": _read_pdf}[kind]
    body = read(raw, name, encoding)
    if not body.text.strip():
        told = " (a scan has none: run text recognition on it first)" if kind == "pdf" else ""
        raise CorpusError(f"{name} holds no text{told}")
    return body


def find_versions(kinds):
    """Return which version of which library takes the text out of files of some kinds.

    Parameters
    ----------
    kinds : iterable of str

    Returns
    -------
    dict of str to str
        Empty for plain text.
    """
    libraries = {"html": "trafilatura", "pdf": "pypdfium2"}
    found = {}
    for kind in sorted(set(kinds) & set(libraries)):
        import_extra(libraries[kind])
        from importlib.metadata import version

        found[libraries[kind]] = version(libraries[kind])
    return found


def _read_plain(raw, name, encoding):
    """Return a plain text as it is."""
    try:
        return Body(decode_text(raw, encoding))
    except DecodingError as error:
        raise CorpusError(f"{name} {error}") from None


def _read_page(raw, name, _):
    """Return the body of a web page, without what surrounds it."""
    trafilatura = import_extra("trafilatura")
    found = trafilatura.bare_extraction(
        raw,
        with_metadata=True,
        include_comments=False,
        date_extraction_params={
            "original_date": True,
            "extensive_search": False,
            "max_date": LATEST,
        },
    )
    if found is None:
        return Body("")
    # One line a paragraph comes out; a paragraph is what blank lines part.
    text = re.sub(r"\n+", "\n\n", (found.text or "").strip())
    said = {"published": found.date, "title": found.title, "publisher": found.sitename}
    said = {key: value for key, value in said.items() if value}
    return Body(text, said | ({"published_basis": "the page itself"} if found.date else {}))


def _read_pdf(raw, name, _):
    """Return the text of a PDF file, page after page."""
    pdfium = import_extra("pypdfium2")
    try:
        document = pdfium.PdfDocument(raw)
    except pdfium.PdfiumError as error:
        told = str(error).rstrip(".")
        raise CorpusError(
            f"{name} cannot be read as PDF ({told}): save it anew, without a password"
        ) from None
    with document:
        pages = [_read_pdf_page(page) for page in document]
        said = document.get_metadata_dict(skip_empty=True)
    return Body(_join_pages(pages), _read_pdf_facts(said))


def _read_pdf_page(page):
    """Return the text of one page, with words whole that were divided at the end of a line."""
    words = page.get_textpage()
    text = DIVIDED.sub("", words.get_text_range()).replace("\r\n", "\n")
    words.close()
    page.close()
    return text.strip("\n")


def _join_pages(pages):
    """Return one text of all pages."""
    text = ""
    for page in filter(str.strip, pages):
        text += ("\n" if GOES_ON.search(text) else "\n\n" if text else "") + page
    return text


def _read_pdf_facts(said):
    """Return what a PDF file says of itself, as a catalogue would."""
    day = PDF_DAY.match(said.get("CreationDate", ""))
    found = {"title": said["Title"]} if said.get("Title") else {}
    if day:
        found |= {"published": "-".join(day.groups()), "published_basis": "the file itself"}
    return found
