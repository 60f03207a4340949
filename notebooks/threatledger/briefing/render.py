"""Draw one variant of a figure as SVG, in one style, the same bytes for the same data."""

import hashlib
import io
import re

import matplotlib

# Text is measured with the letters that matplotlib brings, and set in the reader's own.
FONTS = (
    "-apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Helvetica Neue', 'Liberation Sans', Arial, "
    "sans-serif"
)
UNUSED = re.compile(r"<metadata>.*?</metadata>|<!--.*?-->", re.DOTALL)
TAG = re.compile(r"<[^>]*>")
GROUP = re.compile(r"<g(?:\s[^>]*)?>|</g>")
STYLE = re.compile(r' style="([^"]*)"')
CLIP = re.compile(r'<clipPath id="(\w+)">(.*?)</clipPath>', re.DOTALL)
TRIMS = (
    (re.compile(r"font-family: 'DejaVu Sans'[^;\"]*; "), ""),
    (re.compile(r"(\d\.\d\d)\d+"), r"\1"),
    (re.compile(r' transform="rotate\(-?0 [^)]*\)"'), ""),
    (re.compile(r' id="(?:figure|axes|patch|text|line2d|[xy]tick|matplotlib)[^"]*"'), ""),
    (re.compile(r"\s*\n\s*(?=[LMCQz\"])"), " "),
)
PART = re.compile(r'(?<= id=")[mh][0-9a-f]{10}(?=")')


def make_style(colours, width):
    """Return the settings of one variant.

    Parameters
    ----------
    colours : dict
        ``LIGHT`` or ``DARK``.
    width : float
        Inches.

    Returns
    -------
    dict
        For `matplotlib.rc_context`.
    """
    ink, muted, rule = colours["ink"], colours["muted"], colours["rule"]
    return {
        "svg.hashsalt": "threat-ledger",
        "svg.fonttype": "none",
        "font.family": "DejaVu Sans",
        "font.size": 9,
        "figure.figsize": (width, width),
        "figure.facecolor": colours["paper"],
        "axes.facecolor": colours["paper"],
        "axes.edgecolor": rule,
        "axes.labelcolor": muted,
        "axes.titlecolor": ink,
        "axes.titlesize": 9.5,
        "axes.titleweight": "bold",
        "axes.titlelocation": "left",
        "axes.titlepad": 8,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.spines.left": False,
        "axes.grid": True,
        "axes.axisbelow": True,
        "axes.prop_cycle": matplotlib.cycler(color=colours["series"]),
        "grid.color": rule,
        "grid.linewidth": 0.6,
        "text.color": ink,
        # Two dollar signs in a label are sums of money.
        "text.parse_math": False,
        "xtick.color": muted,
        "ytick.color": muted,
        "xtick.labelsize": 8.5,
        "ytick.labelsize": 8.5,
        "xtick.major.size": 3,
        "ytick.major.size": 0,
        "lines.markersize": 6.5,
        "hatch.color": rule,
    }


def render_svg(draw, frame, colours, width):
    """Draw one variant of a figure.

    Parameters
    ----------
    draw : callable
        Takes the frame and returns Axes, or an array of them.
    frame : pandas.DataFrame
    colours : dict
        ``LIGHT`` or ``DARK``.
    width : float
        Inches.

    Returns
    -------
    str
        SVG, the same bytes for the same data.
    """
    with matplotlib.rc_context(make_style(colours, width)):
        axes = draw(frame)
        figure = find_figure(axes)
        out = io.StringIO()
        figure.savefig(out, format="svg", metadata=dict.fromkeys(("Date", "Creator")))
    return _trim_svg(out.getvalue())


def find_figure(axes):
    """Return the figure of one Axes or of a list of them."""
    first = axes if hasattr(axes, "figure") else next(iter(getattr(axes, "flat", axes)))
    return first.figure


def _trim_svg(svg):
    """Leave out what a browser does not need, and set text in the reader's own letters."""
    svg = svg[svg.index("<svg") :]
    svg = UNUSED.sub("", svg)
    svg = TAG.sub(lambda tag: _trim_tag(tag.group()), svg)
    svg = svg.replace("<svg ", f'<svg font-family="{FONTS}" ', 1)
    svg = _share_styles(_drop_bare_groups(svg))
    return _name_parts(_name_clips(re.sub(r">\s+<", ">\n<", svg)))


def _drop_bare_groups(svg):
    """Leave out groups that set nothing: most of matplotlib's, once their ids are gone."""
    bare = []

    def keep(tag):
        """Return a tag of a group if it sets something, or closes one that does."""
        text = tag.group()
        if text.endswith("/>"):
            return ""
        if text == "</g>":
            return "" if bare.pop() else text
        bare.append(text == "<g>")
        return "" if bare[-1] else text

    return GROUP.sub(keep, svg)


def _share_styles(svg):
    """Write each style once, as a class: most marks and words of a figure share a few."""
    names = {style: f"s{k}" for k, style in enumerate(dict.fromkeys(STYLE.findall(svg)))}
    svg = STYLE.sub(lambda style: f' class="{names[style[1]]}"', svg)
    rules = "".join(f".{name}{{{style}}}\n" for style, name in names.items())
    return re.sub(r"(<svg [^>]*>)", rf"\g<1><style>{rules}</style>", svg, count=1)


def _name_clips(svg):
    """Name clip paths by their shape as drawn.

    matplotlib names them by unrounded numbers, whose last digits the layout leaves to chance.
    """
    for name, shape in CLIP.findall(svg):
        svg = svg.replace(name, "clip-" + hashlib.sha256(shape.encode("utf-8")).hexdigest()[:10])
    return svg


def _name_parts(svg):
    """Name marks and hatches by their order; matplotlib's names differ with the colours."""
    for number, name in enumerate(dict.fromkeys(PART.findall(svg))):
        svg = svg.replace(name, f"p{number}")
    return svg


def _trim_tag(tag):
    """Return a tag without needless digits, ids and turns by no degrees."""
    for pattern, instead in TRIMS:
        tag = pattern.sub(instead, tag)
    return tag
