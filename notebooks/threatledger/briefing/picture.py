"""Take the README's picture of the page, with a Chromium or Chrome that is installed.

Run as ``make picture``. Development only: the chain never needs a browser.
"""

import shutil
from pathlib import Path

from threatledger.files import find_reports

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SIZE = {"width": 1280, "height": 1000}


def find_browser():
    """Return the path of a Chromium or Chrome, or ``None``."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def write_picture(page, picture):
    """Write the first screen of a page as a PNG.

    Parameters
    ----------
    page : pathlib.Path
        An HTML file.
    picture : pathlib.Path
        Where the picture goes.

    Raises
    ------
    SystemExit
        With a sentence, if there is no browser or no page.
    """
    from playwright.sync_api import sync_playwright

    browser = find_browser()
    if browser is None:
        raise SystemExit("no Chromium or Chrome was found: install one, then run make picture")
    if not page.is_file():
        raise SystemExit("the briefing is not made yet: run make report")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        tab = opened.new_page(viewport=SIZE)
        tab.goto(page.resolve().as_uri())
        tab.screenshot(path=picture)
        opened.close()


if __name__ == "__main__":
    reports = find_reports()
    write_picture(Path(reports / "default/briefing.html"), reports / "briefing.png")
