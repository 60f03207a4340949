"""Count which way the texts say that each topic goes."""

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
    counted = reported.groupby(["topic", "doc_id", "direction"]).size().unstack(fill_value=0)
    counted = counted.reindex(columns=WAYS, fill_value=0)
    ids = reported.groupby(["topic", "doc_id"])["trend_id"].agg("|".join).rename("trend_ids")
    published = documents.set_index("doc_id")["published"]
    found = counted.join(ids).reset_index()
    found["published"] = found["doc_id"].map(published)
    return found.sort_values(["topic", "published", "doc_id"])
