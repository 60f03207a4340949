"""Make HTML out of text that nobody vouches for."""

import hashlib
import html
import re

# Controls that reorder or hide what a reader sees; texts may hold them, the page shows their names.
CONTROLS = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
ARABIC = "\u0600-\u06ff\u0750-\u077f\u0870-\u08ff\ufb50-\ufdff\ufe70-\ufefc"
# Hebrew, Syriac, Thaana, N'Ko and their like are written from the right too.
FROM_RIGHT = f"{ARABIC}\u0590-\u05ff\u0700-\u074f\u0780-\u085f\ufb1d-\ufb4f\U00010800-\U00010fff"
# A run of one script with the spaces and marks between its words.
BETWEEN = r"\s\d.,:()«»\"'\-–"
ARABIC_RUN = re.compile(rf"[{ARABIC}](?:[{ARABIC}{BETWEEN}]*[{ARABIC}])?")
RUN_FROM_RIGHT = re.compile(
    rf"{ARABIC_RUN.pattern}|[{FROM_RIGHT}](?:[{FROM_RIGHT}{BETWEEN}]*[{FROM_RIGHT}])?"
)
ANCHOR = re.compile(r"[A-Za-z][A-Za-z0-9._-]*\Z")


class Shown:
    """What a notebook cell shows: HTML for the browser and plain text for everything else.

    Parameters
    ----------
    html_text : str
        Safe HTML: every text in it has gone through `escape`.
    text : str
        The same in words.
    """

    def __init__(self, html_text, text):
        self.html = html_text
        self.text = text

    def _repr_html_(self):
        # JupyterLab would set everything between two dollar signs as mathematics.
        return f'<div class="ledger mathjax_ignore">{self.html}</div>'

    def __repr__(self):
        return self.text


def escape(text):
    """Escape text for HTML, between tags and inside quoted attributes.

    Parameters
    ----------
    text : str
        Any characters; controls that change the direction or hide text are shown by name.

    Returns
    -------
    str

    Examples
    --------
    >>> escape('<b onclick="x">\u202e')
    '&lt;b onclick=&quot;x&quot;&gt;⟨U+202E⟩'
    """
    return html.escape(CONTROLS.sub(_name_control, str(text)), quote=True)


def _name_control(found):
    """Return a control character's code point; a lone carriage return is a line end."""
    return "\n" if found.group() == "\r" else f"⟨U+{ord(found.group()):04X}⟩"


def mark_language(text):
    """Escape text and mark its runs from the right, so that they reorder nothing around them.

    Runs in Arabic script are also marked as Arabic, so that they are read aloud as such.

    Parameters
    ----------
    text : str

    Returns
    -------
    str
        HTML.
    """
    parts, place = [], 0
    for found in RUN_FROM_RIGHT.finditer(text):
        parts.append(escape(text[place : found.start()]))
        language = "ar" if ARABIC_RUN.match(found.group()) else None
        parts.append(element("span", escape(found.group()), lang=language, dir="rtl"))
        place = found.end()
    return "".join(parts) + escape(text[place:])


def element(name, content="", **attributes):
    """Write one HTML element.

    Parameters
    ----------
    name : str
        Its tag.
    content : str
        Safe HTML.
    **attributes : str, bool or None
        Values are escaped here; ``cls`` is the class, an underscore in a name is a hyphen; True
        is a bare attribute, None and False are left out.

    Returns
    -------
    str

    Examples
    --------
    >>> element("a", "five", href="#claim-1", cls="figure")
    '<a href="#claim-1" class="figure">five</a>'
    """
    written = "".join(_write_attribute(*pair) for pair in attributes.items())
    return f"<{name}{written}>{content}</{name}>"


def _write_attribute(name, value):
    """Return one attribute with a space before it, or nothing."""
    if value is None or value is False:
        return ""
    name = "class" if name == "cls" else name.replace("_", "-")
    return f" {name}" if value is True else f' {name}="{escape(value)}"'


def make_anchor(kind, key):
    """Return an id for something whose key a person chose.

    Parameters
    ----------
    kind : str
        Prefix: ``text``, ``figure`` …
    key : str
        Kept where it can stand in an id, else its hash.

    Returns
    -------
    str

    Examples
    --------
    >>> make_anchor("text", "apa-2018")
    'text-apa-2018'
    """
    anchor = f"{kind}-{key}"
    if ANCHOR.match(anchor):
        return anchor
    return f"{kind}-{hashlib.sha256(key.encode('utf-8')).hexdigest()[:10]}"


def hide_visually(text):
    """Return text for those who listen to the page; it takes no room on it."""
    return element("span", escape(text), cls="aside")


def make_slug(text):
    """Return an id made of a heading's words.

    Examples
    --------
    >>> make_slug("What the texts don't say")
    'what-the-texts-don-t-say'
    """
    return "-".join(re.findall(r"[a-z0-9]+", text.lower())) or make_anchor("part", text)
