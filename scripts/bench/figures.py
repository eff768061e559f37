"""What a measurement came to: figures beside a baseline of the same run, printed alike by every bench.

Absolute numbers belong to one machine on one day; what can be compared later is the ratio. A newcomer's first mistake
is to measure the baseline once and keep it.
"""

import os
import platform
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Figure:
    """One measurement. `baseline` is the figure it is compared with, None for a baseline itself."""

    what: str
    value: float
    unit: str
    baseline: "Figure | None" = None

    @property
    def ratio(self) -> float | None:
        """How many times the baseline this is."""
        return None if self.baseline is None else self.value / self.baseline.value


def show(title: str, figures: Iterable[Figure]) -> None:
    """Prints a table that can be pasted into docs/performance.md."""
    print(f"{title}: {today()}\n")
    print("| what | figure | beside the baseline |")
    print("|---|---|---|")
    for figure in figures:
        beside = "baseline" if figure.baseline is None else f"{figure.ratio:.2f} x {figure.baseline.what}"
        print(f"| {figure.what} | {rounded(figure.value)} {figure.unit} | {beside} |")
    print(flush=True)


def rounded(value: float) -> str:
    """Three digits that count."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def middle(values: Iterable[float], share: float = 0.5) -> float:
    """The value below which this share of them lies; the median when nothing is said."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def today() -> str:
    """The date and the machine, without naming it."""
    cores = os.cpu_count() or 1
    system = f"{platform.system()} {platform.machine()}, {cores} cores ({processor()})"
    return (
        f"{datetime.now(UTC):%Y-%m-%d}, {system}, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    )


def processor() -> str:
    """The processor's name where the system tells it."""
    told = Path("/proc/cpuinfo")
    lines = told.read_text("utf-8").splitlines() if told.exists() else []
    return next((line.partition(": ")[2] for line in lines if line.startswith("model name")), platform.processor())
