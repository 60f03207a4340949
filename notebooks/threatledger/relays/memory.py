"""Remember how texts compared, as long as each of them is what it was."""

import bisect
import itertools
import json

from threatledger.answers import Answers, sum_up_part
from threatledger.asking import list_part_names
from threatledger.restoring import SPLIT


class Memory:
    """What was found of groups of texts of an edition, those of one origin or a likely pair.

    Parameters
    ----------
    edition : str
        Folder in ``reports/``.
    counts : list of int
        How many texts each part has.
    name : str
        What is found, as a folder is called.
    """

    def __init__(self, edition, counts, name):
        self._parts = list_part_names(edition)
        self._starts = [0, *itertools.accumulate(counts)]
        self._sums = [sum_up_part(edition, SPLIT, part) for part in self._parts]
        # Of a few texts all is compared each time.
        self._answers = Answers(edition, name, []) if self._parts else None

    def recall(self, groups, find):
        """Return what is found of each of some groups.

        Parameters
        ----------
        groups : list of list of int
            Numbers of texts.
        find : callable
            Takes those groups of which nothing is known; yields plain data for each, in order.

        Returns
        -------
        list
            In the order of the groups.
        """
        if self._answers is None:
            return list(find(groups))
        by_part = {}
        for number, group in enumerate(groups):
            by_part.setdefault(self._find_part(group[0]), []).append(number)
        known = self._read(groups, by_part)
        rest = [number for number in range(len(groups)) if number not in known]
        known.update(zip(rest, find([groups[number] for number in rest]), strict=True))
        self._write(groups, by_part, known, set(rest))
        return [known[number] for number in range(len(groups))]

    def _find_part(self, place):
        """Return the number of the part that holds a text."""
        return bisect.bisect_right(self._starts, place) - 1

    def _describe(self, group):
        """Return by what a group is known: parts by their content, texts by their places there."""
        parts = map(self._find_part, group)
        pairs = zip(parts, group, strict=True)
        return " ".join(f"{self._sums[part]}:{text - self._starts[part]}" for part, text in pairs)

    def _name(self, part):
        """Return the name under which is kept what groups compared that begin in a part."""
        return self._answers.name(SPLIT, self._parts[part])

    def _read(self, groups, by_part):
        """Return what is kept, by the number of the group."""
        known = {}
        for part, numbers in by_part.items():
            kept = self._answers.find(self._name(part))
            found = json.loads(kept[0]) if kept else {}
            named = ((number, self._describe(groups[number])) for number in numbers)
            known |= {number: found[name] for number, name in named if name in found}
        return known

    def _write(self, groups, by_part, known, new):
        """Keep what is known now of each part of which something is new."""
        for part, numbers in by_part.items():
            if not new.isdisjoint(numbers):
                found = {self._describe(groups[number]): known[number] for number in numbers}
                self._answers.keep(self._name(part), [json.dumps(found).encode()])
        self._answers.close()
