"""The command line behind make: ``python -m threatledger report --edition default``."""

import argparse
import os
import signal
import sys
from pathlib import Path

from threatledger.chain.graph import Project
from threatledger.chain.jobs import PLAIN_ERRORS
from threatledger.chain.machine import REMEDIES, explain_os_error
from threatledger.codebook import find_root
from threatledger.files import find_reports


def main(arguments=None):
    """Run one command.

    Parameters
    ----------
    arguments : list of str, optional
        Default: those of the command line.

    Returns
    -------
    int
        Exit status: 0 if all went well, 1 if not; then a sentence says why.
    """
    options = _read_arguments(arguments)
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        return options.run(options) or 0
    except KeyboardInterrupt:
        _tell("stopped; nothing is left running")
        sys.stdout.flush()
        # At once: threads that wait for a killed kernel would hold up the usual way out.
        os._exit(130)
    except BrokenPipeError:
        # Who read the output has had enough of it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        if error.errno not in REMEDIES:
            raise
        _tell(explain_os_error(error, options.root))
        return 1
    except Exception as error:
        if type(error).__name__ not in PLAIN_ERRORS:
            raise
        _tell(str(error))
        return 1


def _interrupt(*_):
    """Treat a request to end like Ctrl-C."""
    raise KeyboardInterrupt


def _tell(sentence):
    """Print a sentence for a person, after what was printed before."""
    sys.stdout.flush()
    print(sentence, file=sys.stderr, flush=True)


def _read_arguments(arguments):
    """Return the options of one command."""
    parser = argparse.ArgumentParser(prog="python -m threatledger", description=__doc__)
    parser.add_argument(
        "--root", type=Path, default=find_root(), help="top folder of the project (default: this)"
    )
    commands = parser.add_subparsers(required=True, metavar="command")

    def add(name, run, text, edition=False):
        command = commands.add_parser(name, help=text, description=text)
        command.set_defaults(run=run)
        if edition:
            command.add_argument(
                "--edition", default="default", help="a file in notebooks/editions/"
            )
        return command

    add("report", _report, "make one edition's briefing", edition=True)
    add("reports", _reports, "make the briefing of every edition")
    add("check", _check, "say everything that is wrong with tables, texts and editions")
    add("publish", _publish, "keep an edition's ledger for later ones to compare", edition=True)
    add("open", _open, "show one edition's briefing in the browser", edition=True)
    add("refresh", _refresh, "execute the committed notebooks and store their outputs in them")
    add("verify", _verify, "rebuild the default edition and compare it with what is committed")
    add("clean", _clean, "remove what make wrote in reports/")
    extract = add("extract", _extract, "print the claims and trends of texts as JSON Lines")
    extract.add_argument("--catalogue", type=Path, required=True, help="CSV: id, file, published")
    extract.add_argument("--texts", type=Path, required=True, help="folder of the files")
    relays = add("relays", _relays, "print which texts are of one origin, and what they changed")
    relays.add_argument("--catalogue", type=Path, required=True, help="CSV: id, file, published")
    relays.add_argument("--texts", type=Path, required=True, help="folder of the files")
    return parser.parse_args(arguments)


def _find_project(options):
    """Return the project that the options name."""
    root = options.root.resolve()
    return Project(root, find_reports(root).resolve())


def _report(options):
    """Make one edition's briefing."""
    from threatledger.chain.commands import make_reports

    make_reports(_find_project(options), [options.edition])


def _reports(options):
    """Make the briefing of every edition."""
    from threatledger.chain.commands import make_reports
    from threatledger.chain.editions import order_editions

    project = _find_project(options)
    make_reports(project, order_editions(project.editions))


def _check(options):
    """Say everything that is wrong with what people edit."""
    from threatledger.chain.commands import print_problems

    print_problems(_find_project(options))


def _publish(options):
    """Keep an edition as it is now, for later editions to compare with."""
    from threatledger.chain.commands import publish_edition

    publish_edition(_find_project(options), options.edition)


def _open(options):
    """Show one edition's briefing in the browser."""
    from threatledger.chain.commands import open_page

    open_page(_find_project(options), options.edition)


def _refresh(options):
    """Execute the committed notebooks and store their outputs in them."""
    from threatledger.chain.commands import refresh_notebooks

    refresh_notebooks(_find_project(options))


def _verify(options):
    """Rebuild the default edition and compare it with what is committed."""
    from threatledger.chain.commands import verify_default

    return verify_default(_find_project(options))


def _clean(options):
    """Remove what make wrote in reports/."""
    from threatledger.chain.commands import clean_reports

    clean_reports(_find_project(options))


def _extract(options):
    """Print the claims and trends of texts as JSON Lines."""
    from threatledger.chain.commands import print_findings

    print_findings(options.catalogue, options.texts)


def _relays(options):
    """Print which texts are of one origin and where they disagree, as one JSON object."""
    from threatledger.relays.commands import print_relays

    print_relays(options.catalogue, options.texts)


if __name__ == "__main__":
    sys.exit(main())
