"""The colours and sizes in which figures are drawn."""

# Inches; the narrow one is for telephones, so that its letters stay as large as the page's.
WIDE, NARROW = 9.6, 3.6
# The page's own colours (briefing/template/style.css), so that figures sit on its paper.
LIGHT = {
    "paper": "#fdfcf9",
    "ink": "#1f1c18",
    "muted": "#655f55",
    "rule": "#ddd6c8",
    "series": ["#a3341f", "#23608c", "#7d6a10", "#5d4a94", "#2b7556", "#8a3f6d"],
}
DARK = {
    "paper": "#171614",
    "ink": "#ece7de",
    "muted": "#aca395",
    "rule": "#3f3a33",
    "series": ["#f2917c", "#82b8e0", "#d3bd58", "#b7a5ec", "#7cc8a4", "#e29ac6"],
}
# What the name of a variant's file ends in, its colours and its width.
VARIANTS = (
    ("", LIGHT, WIDE),
    ("-dark", DARK, WIDE),
    ("-narrow", LIGHT, NARROW),
    ("-narrow-dark", DARK, NARROW),
)


def list_colours(colours):
    """Return all colours of ``LIGHT`` or ``DARK``, both in the same order."""
    return [*(colours[name] for name in ("paper", "ink", "muted", "rule")), *colours["series"]]
