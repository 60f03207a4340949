"""Compare each text with itself: what it says and denies, says twice, and reckons with."""

from threatledger.disagreements.arithmetic import tabulate_checks
from threatledger.disagreements.contradictions import tabulate_contradictions
from threatledger.disagreements.repeats import tabulate_repeats
from threatledger.disagreements.said import Said

# What is made, by name.
TABLES = ("contradictions", "repeats", "checks")


def tabulate_within(claims, sentences, passages, trends, pairs):
    """Make all that is known of each text by itself, going through its sentences once.

    Parameters
    ----------
    claims, sentences, passages, trends : pandas.DataFrame
        The tables of these names.
    pairs : pandas.DataFrame
        As `threatledger.disagreements.contradictions.tabulate_contradictions` takes them.

    Returns
    -------
    tuple of pandas.DataFrame
        The tables named in `TABLES`.
    """
    said = Said(sentences)
    return (
        tabulate_contradictions(said, passages, trends, pairs),
        tabulate_repeats(said, passages),
        tabulate_checks(claims, said, trends),
    )
