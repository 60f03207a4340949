"""Turn the executed briefing notebook into one HTML page that asks nobody for anything."""

import base64
import hashlib
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import nbformat
from nbconvert import HTMLExporter
from nbconvert.filters.widgetsdatatypefilter import WidgetsDataTypeFilter

from threatledger.briefing.colophon import describe_edition, embed_tables, list_tables
from threatledger.briefing.grid import to_data
from threatledger.briefing.markup import element, escape, make_anchor, make_slug
from threatledger.briefing.notes import read_notes, show_data
from threatledger.briefing.numbers import SourceError, fill_numbers
from threatledger.briefing.palette import VARIANTS
from threatledger.tables import write_whole

TEMPLATE = Path(__file__).parent / "template"
HEADING = re.compile(r"^##[ \t]+(.+?)[ \t#]*$", re.MULTILINE)
TITLE = re.compile(r"^#[ \t]+(.+?)[ \t#]*$", re.MULTILINE)
FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
# The lines by which the chain knows what a notebook reads; they are for editors, not for readers.
CONTRACT = re.compile(r"^\*\*Reads\*\*", re.MULTILINE)
# The last section is the page's own; no cell opens it.
CLOSING = "Cite and download"
CARD = re.compile(r'<article class="card" id="([^"]+)"')
TO_CARD = re.compile(r'<a (class="(?:number|direction)[^"]*" href="#([^"]+)")')
# Links to what is shown of a part of the texts alone, and the buttons beside them.
TO_PART = re.compile(
    r'<a [^>]*href="#((?:claim|trend|text|passage|at)-[^"]*)"[^>]*>(.*?)</a>', re.DOTALL
)
PEEK = re.compile(r'<button [^>]*popovertarget="(peek-[^"]*)"[^>]*>.*?</button>', re.DOTALL)
ALIGNED = re.compile(r' style="text-align: ?(left|right|center);?"')
# Screens that get a figure's narrow variant, and those that get its dark one.
SCREENS = {
    "-narrow-dark": "screen and (max-width: 40rem) and (prefers-color-scheme: dark)",
    "-narrow": "screen and (max-width: 40rem)",
    "-dark": "screen and (prefers-color-scheme: dark)",
}


class PageError(ValueError):
    """The page cannot be written; the message says what to change in the notebook."""


def write_page(executed_notebook_path, html_path):
    """Write the briefing's page.

    Parameters
    ----------
    executed_notebook_path : pathlib.Path
        The briefing notebook as executed for an edition.
    html_path : pathlib.Path
        Where the page goes, in the edition's folder, beside ``figures/`` and ``tables/``.

    Raises
    ------
    PageError
        If the notebook shows an error, or a link of the page leads nowhere.
    """
    notebook = nbformat.read(executed_notebook_path, as_version=4)
    folder = Path(html_path).parent
    html = render_page(notebook, folder)
    if (folder / "tables/documents").is_dir():
        html = unlink_absent(html)
    check_links(html)
    write_whole(Path(html_path), html)


def render_page(notebook, folder):
    """Return the page of an executed notebook.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
    folder : pathlib.Path
        The edition's folder.

    Returns
    -------
    str
        HTML.
    """
    cells = [cell for cell in notebook.cells if not _is_hidden(cell)]
    for cell in cells:
        _check_outputs(cell)
        _embed_figures(cell, folder)
        _fill_prose(cell, folder)
    cells = [part for cell in cells for part in _split_cell(cell)]
    sections = _number_sections(cells)
    page = nbformat.v4.new_notebook(cells=cells, metadata=notebook.metadata)
    described = _describe_page(notebook, cells, sections) | describe_edition(folder)
    described["tables"] = list_tables("".join(_list_html(cells)), folder)
    html, _ = _make_exporter().from_notebook_node(page, resources={"page": described})
    return _number_cards(embed_tables(html, folder))


def _fill_prose(cell, folder):
    """Fill the blanks of a Markdown cell with numbers from the tables."""
    if cell.cell_type == "markdown":
        try:
            cell.source = fill_numbers(cell.source, folder)
        except SourceError as error:
            raise PageError(
                f"a Markdown cell asks for a number that is not there: {error}"
            ) from None


def _number_cards(html):
    """Give cards, and the links to them, a number: on paper the cards are the notes."""
    numbers = {found[1]: str(k) for k, found in enumerate(CARD.finditer(html), start=1)}
    html = CARD.sub(lambda found: f'{found[0]} data-note="{numbers[found[1]]}"', html)
    return TO_CARD.sub(
        lambda found: (
            f'<a data-note="{numbers[found[2]]}" {found[1]}' if found[2] in numbers else found[0]
        ),
        html,
    )


def _is_hidden(cell):
    """Tell whether a cell is for editors only."""
    is_contract = cell.cell_type == "markdown" and CONTRACT.search(cell.source)
    return bool(is_contract) or "notebook-only" in cell.metadata.get("tags", [])


def _check_outputs(cell):
    """Stop where a cell failed: a page with a hole would look whole."""
    for output in cell.get("outputs", []):
        if output.output_type == "error":
            raise PageError(f"a cell failed with {output.ename}: {output.evalue}")


def _split_cell(cell):
    """Return a Markdown cell in parts, so that each ``##`` heading begins one."""
    if cell.cell_type != "markdown":
        return [cell]
    fences = [found.span() for found in FENCE.finditer(cell.source)]
    heads = [
        found
        for found in HEADING.finditer(cell.source)
        if not any(start <= found.start() < end for start, end in fences)
    ]
    if not heads:
        return [cell] if cell.source.strip() else []
    before = cell.source[: heads[0].start()]
    parts = [nbformat.v4.new_markdown_cell(before)] if before.strip() else []
    ends = [*(found.start() for found in heads[1:]), len(cell.source)]
    for found, end in zip(heads, ends, strict=True):
        part = nbformat.v4.new_markdown_cell(cell.source[found.end() : end].strip())
        part.metadata["opens"] = {"title": found[1]}
        parts.append(part)
    return parts


def _number_sections(cells):
    """Give each section a number and an id; return them in order."""
    sections, taken = [], set()
    for cell in cells:
        if "opens" not in cell.metadata:
            continue
        slug = make_slug(cell.metadata["opens"]["title"])
        while slug in taken:
            slug += "-again"
        taken.add(slug)
        section = cell.metadata["opens"] | {"id": slug, "number": len(sections) + 1}
        cell.metadata["opens"] = section
        sections.append(section)
    if not sections:
        raise PageError("the briefing has no section: begin one with a Markdown line '## Heading'")
    closing = make_slug(CLOSING)
    while closing in taken:
        closing += "-again"
    return [*sections, {"title": CLOSING, "id": closing, "number": len(sections) + 1}]


def _describe_page(notebook, cells, sections):
    """Return what the template needs to know."""
    style = (TEMPLATE / "style.css").read_text(encoding="utf-8")
    script = (TEMPLATE / "script.js").read_text(encoding="utf-8")
    shown = "".join(_list_html(cells))
    title = _find_text(shown, r"<h1[^>]*>(.*?)</h1>") or _find_title(notebook)
    edition = _find_text(shown, r'<p class="edition">(.*?)</p>')
    return {
        "title": title,
        "description": " — ".join(filter(None, [title, edition])),
        "sections": sections,
        "style": style,
        "script": script,
        "policy": write_policy(style, script),
    }


def write_policy(style, script):
    """Return the page's Content-Security-Policy: its own style and script, and nothing else.

    Parameters
    ----------
    style, script : str
        Exactly as they stand in the page.
    """
    return "; ".join(
        [
            "default-src 'none'",
            f"style-src '{_hash_source(style)}'",
            f"script-src '{_hash_source(script)}'",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )


def _hash_source(text):
    """Return a text's hash as a policy names it."""
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"sha256-{base64.b64encode(digest).decode('ascii')}"


def _list_html(cells):
    """Yield the HTML that cells show."""
    for cell in cells:
        for output in cell.get("outputs", []):
            if "text/html" in output.get("data", {}):
                yield output.data["text/html"]


def _find_text(html, pattern):
    """Return the text of the first match without its tags, or nothing."""
    found = re.search(pattern, html, re.DOTALL)
    if not found:
        return ""
    collector = _Collector()
    collector.feed(found[1])
    return " ".join("".join(collector.words).split())


def _find_title(notebook):
    """Return the notebook's own title, or a name for a page without any."""
    sources = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
    found = next(filter(None, map(TITLE.search, sources)), None)
    return found[1] if found else "Threat Ledger"


class _Exporter(HTMLExporter):
    """nbconvert's own, but the page is as the template writes it.

    nbconvert would read the whole page anew, to name pictures without words and to let its own
    parts be reached by keyboard: this template leaves no such picture and has no such part.
    """

    def from_notebook_node(self, nb, resources=None, **options):
        resources = self._init_resources(resources)
        chosen = WidgetsDataTypeFilter(
            notebook_metadata=self._nb_metadata, parent=self, resources=resources
        )
        self.register_filter("filter_data_type", chosen)
        return super(HTMLExporter, self).from_notebook_node(nb, resources, **options)


def _make_exporter():
    """Return an exporter with the project's template, which shows no code."""
    exporter = _Exporter(
        template_name=TEMPLATE.name,
        extra_template_basedirs=[str(TEMPLATE.parent)],
        exclude_input=True,
        exclude_input_prompt=True,
        exclude_output_prompt=True,
        exclude_anchor_links=True,
    )
    exporter.register_filter("replace_inline_styles", _replace_inline_styles)
    return exporter


def _replace_inline_styles(html):
    """Return HTML from Markdown whose table cells are aligned by class, as the policy wants."""
    return ALIGNED.sub(r' class="align-\1"', html)


def _embed_figures(cell, folder):
    """Put every variant of a figure, its words and its data into the cell that shows it."""
    for output in cell.get("outputs", []):
        name = output.get("metadata", {}).get("threatledger", {}).get("figure")
        if name:
            output.data = nbformat.from_dict({"text/html": write_figure_html(name, folder)})


def write_figure_html(name, folder):
    """Return a figure as HTML: image by screen, words, and data table.

    Parameters
    ----------
    name : str
    folder : pathlib.Path
        The edition's folder.

    Returns
    -------
    str
    """
    notes = read_notes(name, folder)
    images = {
        suffix: (folder / "figures" / f"{name}{suffix}.svg").read_text(encoding="utf-8")
        for suffix, *_ in VARIANTS
    }
    addresses = {suffix: to_data("image/svg+xml", svg.encode()) for suffix, svg in images.items()}
    sources = "".join(
        f'<source media="{media}" srcset="{addresses[suffix]}"{_write_size(images[suffix])}>'
        for suffix, media in SCREENS.items()
    )
    size = _write_size(images[""])
    image = f'<img src="{addresses[""]}" alt="{escape(notes["alt"])}"{size}>'
    caption = element("strong", escape(notes["title"])) + " " + escape(notes["caption"])
    data = element("details", element("summary", "Data of this figure") + show_data(notes).html)
    content = element("figcaption", caption) + element("picture", sources + image) + data
    return element("figure", content, id=make_anchor("figure", name))


def _write_size(svg):
    """Return an image's width and height as attributes, in CSS pixels."""
    _, _, width, height = re.search(r'viewBox="([^"]+)"', svg)[1].split()
    return f' width="{round(float(width) * 4 / 3)}" height="{round(float(height) * 4 / 3)}"'


class _Collector(HTMLParser):
    """Collects a page's ids, the links inside it, and its text."""

    def __init__(self):
        super().__init__()
        self.ids, self.targets, self.words = [], set(), []

    def handle_starttag(self, tag, attrs):
        known = dict(attrs)
        if known.get("id"):
            self.ids.append(known["id"])
        if (known.get("href") or "").startswith("#"):
            self.targets.add(known["href"][1:])
        if known.get("popovertarget"):
            self.targets.add(known["popovertarget"])

    def handle_data(self, data):
        self.words.append(data)


def unlink_absent(html):
    """Make words of the links to what a page that shows a part does not show.

    Parameters
    ----------
    html : str
        The page of an edition of a corpus.

    Returns
    -------
    str
        Links to records, passages and texts that have no place in the page are gone, and so are
        the buttons that would open them; other links stay, and may be found dead.
    """
    collector = _Collector()
    collector.feed(html)
    known = set(collector.ids)
    html = PEEK.sub(lambda found: found[0] if found[1] in known else "", html)
    return TO_PART.sub(lambda found: found[0] if found[1] in known else found[2], html)


def check_links(html):
    """Stop if a link inside the page leads nowhere, or an id stands there twice.

    Parameters
    ----------
    html : str
        The page.

    Raises
    ------
    PageError
        The message says what to call in the briefing notebook.
    """
    collector = _Collector()
    collector.feed(html)
    twice = sorted(key for key, count in Counter(collector.ids).items() if count > 1)
    if twice:
        raise PageError(
            f"the page shows {', '.join(twice[:3])} twice: show each table and figure once"
        )
    dead = sorted(collector.targets - set(collector.ids))
    if dead:
        raise PageError(
            f"{len(dead)} links lead nowhere (the first to {dead[0]}): the briefing needs "
            "show_claims, show_trends and show_sources, once each"
        )
