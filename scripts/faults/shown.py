"""What a fault showed: a line each, beside what it must show, in a table for docs/faults.md."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shown:
    """One figure of a fault: what it must be, what it was, and whether that holds.

    `timed` figures hold on a machine that has time for them; the tests, which may run beside others, leave them out.
    """

    fault: str
    must: str
    was: str
    holds: bool
    timed: bool = False


def table(shown: Iterable[Shown]) -> str:
    """Markdown."""
    lines = ["| fault | what must hold | what was seen | holds |", "|---|---|---|---|"]
    lines += [f"| {one.fault} | {one.must} | {one.was} | {'yes' if one.holds else '**no**'} |" for one in shown]
    return "\n".join(lines)


def percentile(seconds: Iterable[float], share: float = 0.99) -> float:
    """The value below which this share of them lies, in ms."""
    ordered = sorted(seconds)
    return 1000 * ordered[min(len(ordered) - 1, int(len(ordered) * share))]
