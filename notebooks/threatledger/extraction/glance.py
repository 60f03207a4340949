"""See at a glance which words a text holds, so that a rule is tried only where it can hold."""

import functools
import re

from threatledger.extraction.grammar import fold_text

WORD = re.compile(r"[a-z]+(?:-[a-z]+)*|[%:]")
MOST = 1 << 10  # sentences remembered at a time: every stage asks about the same ones

fold_sentence = functools.lru_cache(maxsize=MOST)(fold_text)


@functools.lru_cache(maxsize=MOST)
def read_forms(text):
    """Return the words of a text as a set, for a quick look before a costly rule.

    Parameters
    ----------
    text : str
        A sentence, as it stands.

    Returns
    -------
    set of str
        In lower case, of the letters a to z: words with hyphens whole and in their parts, ``%``
        and ``:`` where they stand, and always the empty string, the hint of a phrase without
        letters.
    """
    low = fold_sentence(text)
    forms = {"", *WORD.findall(low)}
    if "-" in low:
        for form in [form for form in forms if "-" in form]:
            forms.update(form.split("-"))
    return forms
