"""Read the corpus of an edition, be it the catalogue's texts or an archive, into the ledger."""

import datetime
from dataclasses import dataclass

import pandas as pd

# First: it sums up the code as it is now, and so as it is imported below.
import threatledger.archive.code  # noqa: F401
from threatledger.corpus import (
    CorpusError,
    choose_texts,
    find_cut,
    find_texts,
    list_texts,
    read_registry,
    refuse_bad,
)
from threatledger.ledger import (
    apply_corrections,
    correct_findings,
    count_words,
    leave_out,
    read_corrections,
    tabulate_findings,
    tabulate_passages,
    tabulate_sentences,
)
from threatledger.parts import Rows, open_rows
from threatledger.tables import write_table

LATEST = "latest"


@dataclass(frozen=True)
class Intake:
    """What an edition reads, and what of it is body.

    Attributes
    ----------
    cut : datetime.date
        The edition's as-of date.
    documents, left_out, passages, sentences, texts : threatledger.parts.Rows
        Tables, as `threatledger.tables.write_table` takes them; ``texts`` is ``None`` for the
        catalogue's, which stand in ``data/texts/``.
    """

    cut: datetime.date
    documents: Rows
    left_out: Rows
    passages: Rows
    sentences: Rows
    texts: Rows = None

    def publish_texts(self, edition):
        """Put the texts of an archive beside its documents, for who reads them later.

        Parameters
        ----------
        edition : str
            Folder in ``reports/``.
        """
        if self.texts is not None:
            write_table(self.texts, "texts", edition)


def read_corpus(edition, corpus, as_of, texts=(), scheduler="local", on_error="stop"):
    """Read the texts of an edition.

    Parameters
    ----------
    edition : str
        Its name.
    corpus : dict
        As the edition names it (``path``, ``format``, ``columns``); empty for the texts of
        ``data/catalogue.csv``.
    as_of : str
        As `threatledger.corpus.find_cut` takes it.
    texts : list of str, optional
        Only these; empty for all.
    scheduler : str, optional
        Of an archive: ``local``, or the address of a Dask scheduler.
    on_error : str, optional
        What a text does that cannot be read: ``stop``, or ``skip`` to leave it out.

    Returns
    -------
    Intake

    Raises
    ------
    CorpusError
        If the corpus or a text cannot be read.
    """
    refuse_bad([], on_error)
    if corpus:
        return _read_archive(edition, corpus, as_of, texts, scheduler, on_error)
    return _read_catalogue(as_of, texts, on_error)


def _read_catalogue(as_of, texts, on_error):
    """Read the texts of the catalogue."""
    file, folder = find_texts()
    catalogue = list_texts(file)
    cut = find_cut(as_of, catalogue, read_registry())
    taken, left = choose_texts(catalogue, cut, texts)
    taken, unread = leave_out(taken, folder, on_error)
    left = pd.DataFrame(left + unread, columns=["id", "published", "reason"])
    passages = tabulate_passages(taken, folder)
    documents = pd.DataFrame(taken).rename(columns={"id": "doc_id"})
    words = documents["doc_id"].map(count_words(passages))
    return Intake(
        cut,
        Rows("documents", documents.assign(words=words.fillna(0).astype(int))),
        Rows("left-out", left.rename(columns={"id": "doc_id"})),
        Rows("passages", passages),
        Rows("sentences", tabulate_sentences(taken, folder)),
    )


def _read_archive(edition, corpus, as_of, texts, scheduler, on_error):
    """Read the texts of an archive, each once."""
    from threatledger.archive.reading import bring_parts
    from threatledger.archive.spec import read_spec
    from threatledger.archive.staging import stage_parts

    cut = "" if as_of == LATEST else find_cut(as_of, [], []).isoformat()
    keys = bring_parts(read_spec(corpus), edition, cut, texts, scheduler, on_error == "skip")
    tables = ("documents", "left-out", "passages", "sentences", "texts")
    rows = [stage_parts(edition, table, keys) for table in tables]
    documents, left_out = rows[:2]
    if not len(documents):
        raise CorpusError(f"corpus {corpus['path']}: the edition takes none of its texts")
    known = [{"published": day} for day in _list_days(documents, left_out)]
    return Intake(find_cut(as_of, known, read_registry()), *rows)


def _list_days(documents, left_out):
    """Return when texts appeared, each day, month or year once."""
    from threatledger.days import PUBLISHED

    days = set()
    for rows in (documents, left_out):
        for frame in rows.frames(["published"]):
            days.update(frame["published"].unique())
    # What is left out may be so because this is no date.
    return sorted(filter(PUBLISHED.match, days))


def read_claims(edition):
    """Find the claims of an edition's texts, with hand corrections applied.

    Parameters
    ----------
    edition : str
        Its name; its documents have been read.

    Returns
    -------
    tuple of (threatledger.parts.Rows, pandas.DataFrame)
        Claims, and what was withdrawn by hand of claims and trends.

    Raises
    ------
    CorpusError
        If a correction does not fit what was found.
    """
    documents = open_rows("documents", edition)
    if not documents.is_whole:
        from threatledger.archive.staging import stage_claims

        return stage_claims(edition)
    claims, trends, doc_ids = _find_all(documents)
    claims, withdrawn = correct_findings(claims, trends, doc_ids)
    return Rows("claims", claims), withdrawn


def read_trends(edition, topics):
    """Find the trends of an edition's texts, with hand corrections applied.

    Parameters
    ----------
    edition : str
        Its name; its documents have been read.
    topics : iterable of str
        Keys in ``data/codebook/topics.csv``; others are left out.

    Returns
    -------
    threatledger.parts.Rows
    """
    documents = open_rows("documents", edition)
    if not documents.is_whole:
        from threatledger.archive.staging import stage_trends

        return stage_trends(edition, topics)
    _, trends, _ = _find_all(documents)
    trends, _ = apply_corrections(trends, read_corrections())
    return Rows("trends", trends[trends["topic"].isin(list(topics))])


def _find_all(documents):
    """Return the claims and trends of the catalogue's texts, and the ids of these."""
    _, folder = find_texts()
    rows = documents.read().to_dict("records")
    return *tabulate_findings(rows, folder), [row["doc_id"] for row in rows]


def list_unnamed(documents, rows, most):
    """Count the texts of which a table has no row, and name the first of them.

    Parameters
    ----------
    documents, rows : threatledger.parts.Rows
        The table of all texts, and the other.
    most : int
        How many are named.

    Returns
    -------
    tuple of (int, list of str)
    """
    count, first = 0, []
    for texts, part in zip(documents.frames(["doc_id"]), rows.frames(["doc_id"]), strict=True):
        silent = texts.loc[~texts["doc_id"].isin(part["doc_id"]), "doc_id"]
        count += len(silent)
        first += silent.head(most - len(first)).tolist()
    return count, first
