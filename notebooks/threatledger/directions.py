"""Count which way the texts say that each topic goes."""

import pandas as pd

WAYS = ["up", "down", "steady"]


def count_directions(trends, documents):
    """Count the directions stated in each text.

    Parameters
    ----------
    trends, documents : pandas.DataFrame
        The tables of these names.

    Returns
    -------
    pandas.DataFrame
        One row a topic and text, columns as ``directions`` in ``data/codebook/columns.csv``; what
        authors judge in their own name is not counted (coding rule 7).
    """
    reported = trends[trends["voice"] != "author"]
    fields = (reported[name].tolist() for name in ("topic", "doc_id", "direction", "trend_id"))
    found = {}
    for topic, doc_id, direction, trend_id in zip(*fields, strict=True):
        counts, ids = found.setdefault((topic, doc_id), (dict.fromkeys(WAYS, 0), []))
        counts[direction] = counts.get(direction, 0) + 1
        ids.append(trend_id)
    published = dict(zip(documents["doc_id"], documents["published"], strict=True))
    rows = [
        (topic, doc_id, *(counts[way] for way in WAYS), "|".join(ids), published[doc_id])
        for (topic, doc_id), (counts, ids) in found.items()
    ]
    columns = ["topic", "doc_id", *WAYS, "trend_ids", "published"]
    rows.sort(key=lambda row: (row[0], row[-1], row[1]))
    return pd.DataFrame(rows, columns=columns)
