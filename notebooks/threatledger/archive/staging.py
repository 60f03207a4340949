"""Let the parts of a corpus stand where a notebook looks at them and publishes them."""

import pandas as pd

from threatledger.archive.code import sum_up_code
from threatledger.archive.entries import Entry
from threatledger.archive.parquet import read_metadata
from threatledger.archive.store import Store, link_file
from threatledger.archive.working import TABLES, Rules, work
from threatledger.corpus import CorpusError
from threatledger.ledger import apply_corrections, correct_findings, read_corrections
from threatledger.parts import Rows, clear_trial, list_parts, read_part, write_part
from threatledger.tables import find_tables, read_columns


def stage_parts(edition, table, keys):
    """Stage a table's parts as they are in the store.

    Parameters
    ----------
    edition, table : str
    keys : list of str
        Of the parts, in their order.

    Returns
    -------
    threatledger.parts.Rows
    """
    store, folder = Store(edition), clear_trial(table, edition)
    paths = [folder / f"part-{number:05d}.parquet" for number in range(len(keys))]
    for key, path in zip(keys, paths, strict=True):
        link_file(store.locate(key, table), path)
    return Rows(table, paths=paths)


def stage_claims(edition):
    """Stage the claims of an edition's corpus, with hand corrections applied.

    Parameters
    ----------
    edition : str
        Its name; its documents are published.

    Returns
    -------
    tuple of (threatledger.parts.Rows, pandas.DataFrame)
        Claims, and what was withdrawn by hand of claims and trends.
    """
    keys = _bring_back(edition)
    claims, gone = stage_parts(edition, "claims", keys), []
    for number, doc_ids in _list_corrected(edition).items():
        found = [_read_kept(edition, keys[number], table) for table in ("claims", "trends")]
        corrected, withdrawn = correct_findings(*found, doc_ids)
        write_part(corrected, "claims", claims.paths[number])
        gone += [withdrawn] if len(withdrawn) else []
    columns = [row["column"] for row in read_columns("withdrawn")]
    return claims, pd.concat(gone, ignore_index=True) if gone else pd.DataFrame(columns=columns)


def stage_trends(edition, topics):
    """Stage the trends of an edition's corpus, with hand corrections applied.

    Parameters
    ----------
    edition : str
        Its name; its documents are published.
    topics : iterable of str
        Others are left out.

    Returns
    -------
    threatledger.parts.Rows
    """
    keys = _bring_back(edition)
    trends, corrections = stage_parts(edition, "trends", keys), read_corrections()
    corrected = _list_corrected(edition)
    for number, path in enumerate(trends.paths):
        found = read_part(path, "trends")
        kept = apply_corrections(found, corrections)[0] if number in corrected else found
        kept = kept[kept["topic"].isin(list(topics))]
        if number in corrected or len(kept) < len(found):
            write_part(kept, "trends", path)
    return trends


def _read_kept(edition, key, table):
    """Return a part's table as it is in the store."""
    return read_part(Store(edition).locate(key, table), table)


def _list_corrected(edition):
    """Return which parts hold texts that a hand correction names: number to ids."""
    named = {row["doc_id"] for row in read_corrections()}
    found = {}
    for number, path in enumerate(list_parts("documents", edition) if named else []):
        doc_ids = read_part(path, "documents", ["doc_id"])["doc_id"]
        if kept := doc_ids[doc_ids.isin(named)].tolist():
            found[number] = kept
    return found


def _bring_back(edition):
    """Return the keys of the published parts, all of which the store has then."""
    store, keys = Store(edition), []
    for path in list_parts("documents", edition):
        key, told = read_metadata(path)
        rules = Rules(told.get("code", ""), tuple(told.get("kinds", ())), "", False)
        if sum_up_code(rules.kinds) != rules.code:
            raise CorpusError(
                f"{edition}/tables/documents was read with other code or another codebook: run "
                "01-corpus again first"
            )
        if not store.holds(key):
            _restore(store, edition, path.name, key, rules)
        keys.append(key)
    return keys


def _restore(store, edition, part, key, rules):
    """Put a part back into the store from what of it is published."""
    tables = find_tables(edition)
    texts = read_part(tables / "texts" / part, "texts")
    documents = read_part(tables / "documents" / part, "documents").merge(texts, on="doc_id")
    entries = [
        Entry(row["doc_id"], row["file"], "text", row["text"].encode("utf-8", "surrogatepass"),
              {"published": row["published"]})
        for row in documents.to_dict("records")
    ]  # fmt: skip
    files = work(entries, rules, key)
    for table in set(TABLES) - {"claims", "trends"}:
        files[table] = (tables / table / part).read_bytes()
    # Without marks: how the texts were found in the corpus is not known here.
    store.keep(key, files, rules.code, [])
