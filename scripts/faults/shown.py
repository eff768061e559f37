"""What a fault showed: a line each, beside what it must show, in a table for docs/faults.md."""

from collections import Counter
from collections.abc import Iterable, Mapping
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


def each_time(fault: str, musts: Mapping[str, str], seen: Counter[str], times: int, *, broke: bool) -> list[Shown]:
    """Of a fault that is done so many times: how often each of `musts` was `seen`, by name, and whether a trace was."""
    rows = [Shown(fault, must, f"{seen[name]} of {times}", seen[name] == times) for name, must in musts.items()]
    return [*rows, Shown(fault, "no traceback", "some" if broke else "none", not broke)]


def percentile(seconds: Iterable[float], share: float = 0.99) -> float:
    """The value below which this share of them lies, in ms."""
    ordered = sorted(seconds)
    return 1000 * ordered[min(len(ordered) - 1, int(len(ordered) * share))]
