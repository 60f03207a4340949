"""Choose what of an edition the page shows: all of a few texts, a bounded part of an archive."""

from threatledger.asking import read_catalogued
from threatledger.days import find_first_day, find_last_day
from threatledger.frames import count_all, rank_last, rank_newest, take_rows
from threatledger.parts import is_partitioned, open_rows
from threatledger.tables import read_table

# Tables whose rows are shown where their texts are, and how many of them at most.
MOST_ROWS = {
    "headlines": 100,
    "affiliates": 40,
    "own-claims": 20,
    "contradictions": 12,
    "repeats": 12,
    "checks": 20,
    "responses": 40,
    "report-links": 20,
    "coverage": 10_000,
    "directions": 10_000,
    "passages": 20_000,
}
# Of a table that is bounded already, so many of its first rows.
MOST_FIRST = {"disagreements": 24, "speakers": 60, "changes": 100, "drift": 40, "left-out": 40}
# Claims and trends that are shown with their sentences; characters of the texts shown in full.
MOST_CLAIMS, MOST_TRENDS, MOST_CHARACTERS = 180, 100, 240_000


class Selection:
    """What the page shows of an edition.

    Parameters
    ----------
    edition : str
        Folder in ``reports/``.
    most_texts : int
        Texts to show in full, where the edition is one of a corpus: those of the newest headline
        figures, then those of the gravest disagreements, then the newest.

    Notes
    -----
    An edition of a catalogue is shown whole. Every frame that is a part says in
    ``attrs["of"]`` of how many rows.
    """

    def __init__(self, edition, most_texts):
        self._edition = edition
        self.is_whole = not is_partitioned("documents", edition)
        if not self.is_whole:
            self._choose(most_texts)

    def _choose(self, most_texts):
        """Choose the texts, and of these the claims and trends."""
        first = read_table("headlines", self._edition)
        pairs = read_table("disagreements", self._edition).head(MOST_FIRST["disagreements"])
        newest = self._open("documents").take(most_texts, rank_newest)["doc_id"][::-1]
        named = [*first["doc_id"], *pairs["doc_id"], *pairs["other_doc_id"], *newest]
        named = list(dict.fromkeys(named))[:most_texts]
        self._texts = self._open("texts").read(where={"doc_id": named})
        length = self._texts.set_index("doc_id")["text"].str.len()
        room = length.reindex(named).cumsum() <= MOST_CHARACTERS
        self.doc_ids = {doc_id for doc_id in named if room[doc_id]} or set(named[:1])
        leading = {*first["claim_id"], *pairs["claim_id"], *pairs["other_id"]}
        self._claims = self._read_own("claims", leading, MOST_CLAIMS)
        self._trends = self._read_own("trends", set(), MOST_TRENDS)

    def _open(self, table):
        """Open a table of the edition."""
        return open_rows(table, self._edition)

    def _read_own(self, table, leading, most):
        """Return the records of the texts shown: the leading ones first, and as many as fit."""
        rows = self._open(table)
        own = rows.read(where={"doc_id": self.doc_ids})
        ranks = own.iloc[:, 0].isin(leading).to_numpy()
        # Of each text some, in the order of the text.
        order = own.groupby("doc_id").cumcount().to_numpy() - 1_000_000 * ranks
        kept = own.iloc[sorted(order.argsort(kind="stable")[:most])]
        return take_rows([kept], most, of=len(rows))

    def read(self, table):
        """Return the rows of a table that the page shows.

        Parameters
        ----------
        table : str
            Name as in ``data/codebook/columns.csv``.

        Returns
        -------
        pandas.DataFrame
        """
        if self.is_whole:
            return read_table(table, self._edition)
        if table in ("claims", "trends"):
            return self._claims if table == "claims" else self._count_ways()
        rows = self._open(table)
        if table in MOST_FIRST:
            return rows.take(MOST_FIRST[table])
        if table == "documents":
            return self._read_documents(rows)
        if table not in MOST_ROWS:
            return rows.take(len(rows))
        own = rows.read(where={"doc_id": {*self.doc_ids, ""}})
        order = rank_newest if table == "responses" else rank_last
        found = take_rows([own], MOST_ROWS[table], order, of=len(rows))
        if table == "coverage":
            said = rows.aggregate("subject", sentences=("statements", "sum"))["sentences"]
            found.attrs["said"] = {key: int(value) for key, value in said.items()}
        return found

    def read_texts(self):
        """Return the texts shown: ``doc_id`` and ``text``."""
        return read_catalogued(self._edition) if self.is_whole else self._texts

    def _read_documents(self, rows):
        """Return the texts shown, with the first and last day of publication of all."""
        own = rows.read(where={"doc_id": self.doc_ids})
        days = rows.aggregate("published", texts=("doc_id", "size")).index
        own.attrs |= {"of": len(rows), "first": min(days, key=find_first_day)}
        own.attrs["last"] = max(days, key=find_last_day)
        return own

    def _count_ways(self):
        """Return the trends shown, with how many of all go which way, by topic."""
        ways = self._open("trends").aggregate(["direction", "topic"], trends=("trend_id", "size"))
        self._trends.attrs["ways"] = {key: int(n) for key, n in ways["trends"].items()}
        return self._trends


def count_ways(trends):
    """Count trends by direction and topic, of the whole where a frame is a part of it.

    Parameters
    ----------
    trends : pandas.DataFrame
        As `Selection.read` gives the table ``trends``.

    Returns
    -------
    dict of (str, str) to int
    """
    if "ways" in trends.attrs:
        return trends.attrs["ways"]
    return trends.groupby(["direction", "topic"]).size().to_dict()


def find_days(documents):
    """Return the first and the last time of publication, of the whole where a frame is a part."""
    if "first" in documents.attrs:
        return documents.attrs["first"], documents.attrs["last"]
    published = documents["published"]
    return min(published, key=find_first_day), max(published, key=find_last_day)


def is_part(frame):
    """Tell whether a frame shows a part of a table."""
    return count_all(frame) > len(frame)
