"""Draw a figure in all its variants; what is drawn already is kept, and read back."""

import re

import matplotlib
import numpy as np
import pandas as pd

from threatledger.briefing.palette import DARK, LIGHT, VARIANTS, list_colours
from threatledger.briefing.render import render_svg
from threatledger.frames import sum_up_frame
from threatledger.kept import Store, is_ours

# Whatever of the package a chart may import.
STORE = Store("figures", ("",))
# What holds the colours of a drawing; its words, between the tags, are left alone.
PAINTED = re.compile(r"<style>.*?</style>|<[^>]*>", re.DOTALL)
COLOUR = re.compile(r"#[0-9a-f]{6}(?![0-9A-Za-z-])")
EXCHANGE = dict(zip(list_colours(LIGHT), list_colours(DARK), strict=True))
VERSIONS = [module.__version__ for module in (matplotlib, np, pd)]


def draw_variants(draw, frame):
    """Draw a figure in every variant, or read back how it was drawn before.

    Parameters
    ----------
    draw : callable
        Takes the frame and returns Axes, or an array of them. What a function of the package draws
        is kept; what one of a notebook draws is not, as its code is not known.
    frame : pandas.DataFrame

    Returns
    -------
    dict of str to str
        The end of a variant's name to SVG.
    """
    if not is_ours(draw):
        return _draw_all(draw, frame)
    settings = sorted((name, repr(value)) for name, value in matplotlib.rcParams.items())
    given = [draw.__module__, draw.__qualname__, sum_up_frame(frame), settings, VERSIONS]
    return STORE.recall(given, lambda: _draw_all(draw, frame))


def _draw_all(draw, frame):
    """Draw each width in light colours, and in dark ones only where it must be."""
    drawn, light = {}, {}
    for suffix, colours, width in VARIANTS:
        dark = exchange_colours(light[width]) if width in light else None
        drawn[suffix] = dark or render_svg(draw, frame, colours, width)
        light.setdefault(width, drawn[suffix])
    return drawn


def exchange_colours(svg):
    """Return a light drawing in dark colours.

    Parameters
    ----------
    svg : str
        As `threatledger.briefing.figures.render_svg` gives it.

    Returns
    -------
    str, or None
        As if drawn in dark colours; ``None`` where the drawing has a colour that is not of the
        style, which may stand for another in the dark.
    """
    used = {colour for part in PAINTED.findall(svg) for colour in COLOUR.findall(part)}
    if used - set(EXCHANGE):
        return None
    return PAINTED.sub(lambda part: COLOUR.sub(lambda colour: EXCHANGE[colour[0]], part[0]), svg)
