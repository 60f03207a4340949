"""What the command ``relays`` does: clusters and drifts of a folder of texts as one object."""

import json
import sys

from threatledger.corpus import read_catalogue, read_text
from threatledger.relays.clusters import find_links, gather_clusters
from threatledger.relays.drift import find_drifts
from threatledger.relays.telling import Telling

FIELDS = ("from", "to", "kind", "from_quote", "to_quote", "from_start", "to_start")


def find_relays(catalogue, texts):
    """Find the origin clusters of a folder of texts, and where copies of one origin disagree.

    Parameters
    ----------
    catalogue : pathlib.Path
        CSV with ``id``, ``file`` and ``published``.
    texts : pathlib.Path
        The folder of the files.

    Returns
    -------
    dict
        ``clusters``, lists of ids, every text in one; ``drifts``, dicts with ``from``, ``to``,
        ``kind``, ``from_quote``, ``to_quote``, ``from_start`` and ``to_start``.

    Raises
    ------
    CorpusError
        If a row cannot be used.
    """
    rows = read_catalogue(catalogue, texts)
    tellings = [Telling(row["id"], row["published"], read_text(row, texts)) for row in rows]
    clusters = gather_clusters(len(tellings), find_links(tellings))
    found = [drift for cluster in clusters for drift in find_drifts([tellings[p] for p in cluster])]
    return {
        "clusters": [[tellings[place].doc_id for place in cluster] for cluster in clusters],
        "drifts": [{name: drift[name] for name in FIELDS} for drift in found],
    }


def print_relays(catalogue, texts):
    """Print clusters and drifts as one JSON object.

    Parameters
    ----------
    catalogue, texts : pathlib.Path
        As in `find_relays`.

    Raises
    ------
    CorpusError
        If a row cannot be used; nothing has been printed then.
    """
    text = json.dumps(find_relays(catalogue, texts), ensure_ascii=False) + "\n"
    sys.stdout.buffer.write(text.encode("utf-8"))
    sys.stdout.flush()
