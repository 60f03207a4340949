"""Show how two files differ: their first differing lines, or two figures side by side."""

import base64
import html
import itertools

from threatledger.files import write_whole

MOST_LINES = 3
# So much of a long line is shown, about a third of it before the first difference.
MOST_CHARACTERS = 120
STYLE = (
    "body{font:16px/1.5 sans-serif;margin:2rem;background:#fff;color:#222}"
    "section{display:grid;grid-template-columns:1fr 1fr;gap:1rem}"
    "h2,p{grid-column:1/-1}figure{margin:0}img{max-width:100%;border:1px solid #999}"
)


def find_lines(old, new):
    r"""Return the first lines in which two files differ.

    Parameters
    ----------
    old, new : bytes

    Returns
    -------
    list of str
        For each differing line its number and both versions, indented; long ones cut around the
        first difference.

    Examples
    --------
    >>> find_lines(b"a\nb\n", b"a\nc\n")
    ['  line 2 was: b', '  line 2 is:  c']
    """
    before, after = (_split(content) for content in (old, new))
    if before is None or after is None:
        return [f"  {len(old)} bytes were, {len(new)} bytes are"]
    pairs = itertools.zip_longest(before, after)
    other = [(number, *pair) for number, pair in enumerate(pairs, start=1) if pair[0] != pair[1]]
    told = []
    for number, was, is_now in other[:MOST_LINES]:
        start = _find_start(was or "", is_now or "")
        told.append(f"  line {number} was: {_cut(was, start)}")
        told.append(f"  line {number} is:  {_cut(is_now, start)}")
    if len(other) > MOST_LINES:
        told.append(f"  and {len(other) - MOST_LINES} more lines")
    return told


def _split(content):
    """Return the lines of a text with what ends them, or ``None`` where it is none."""
    try:
        return content.decode("utf-8").split("\n")
    except UnicodeDecodeError:
        return None


def _find_start(was, is_now):
    """Return where a cut line begins, so that the first difference can be seen."""
    pairs = zip(was, is_now, strict=False)
    first = next(
        (k for k, pair in enumerate(pairs) if pair[0] != pair[1]), min(len(was), len(is_now))
    )
    return max(0, first - MOST_CHARACTERS // 3)


def _cut(line, start):
    """Return a part of a line as it can be printed."""
    if line is None:
        return "(no such line)"
    part = line[start : start + MOST_CHARACTERS]
    shown = part if part.isprintable() else repr(part)[1:-1]
    return ("…" if start else "") + shown + ("…" if len(line) > start + MOST_CHARACTERS else "")


def write_comparison(pairs, path):
    """Write a page that shows each differing figure as it was and as it is.

    Parameters
    ----------
    pairs : dict of str to (bytes or None, bytes or None)
        File name to both versions; ``None`` where there is none. Only SVG files are shown.
    path : pathlib.Path
        Where the page goes.

    Returns
    -------
    pathlib.Path, or None
        The page; ``None`` if no figure differs.
    """
    figures = {name: pair for name, pair in pairs.items() if name.endswith(".svg")}
    if not figures:
        return None
    parts = [
        f"<section><h2>{html.escape(name)}</h2>"
        + "".join(_show(word, image) for word, image in zip(("was", "is"), pair, strict=True))
        + "</section>"
        for name, pair in figures.items()
    ]
    head = (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Figures</title><style>{STYLE}'
    )
    write_whole(path, f"{head}</style><h1>Figures that differ</h1>{''.join(parts)}</html>\n")
    return path


def _show(word, image):
    """Return one version of a figure."""
    if image is None:
        return f"<figure><figcaption>{word}: no copy is here</figcaption></figure>"
    data = base64.b64encode(image).decode("ascii")
    source = f"data:image/svg+xml;base64,{data}"
    return f'<figure><figcaption>{word}</figcaption><img alt="{word}" src="{source}"></figure>'
