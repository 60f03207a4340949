"""What the finders of drift hand to each other."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Drift:
    """A difference between two copies; offsets are into the files as decoded."""

    kind: str
    from_start: int
    from_end: int
    to_start: int
    to_end: int
    why: str  # what changed, in a few words
