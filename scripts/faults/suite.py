"""The fault suite: `python scripts/faults/suite.py` does to a real server what happens to servers, and what came of it.

The quick part is what the tests run, too; `--long` takes the numbers that docs/faults.md holds, and hours.
"""

import argparse
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Protocol

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from scripts.bench.figures import today
from scripts.faults import (
    aged,
    clock,
    conformance,
    damaged,
    database,
    deaf,
    disk,
    flood,
    fronted,
    kill,
    large,
    nodes,
    noise,
    proxy,
    saved,
    synced,
    upgrade,
)
from scripts.faults.shown import Shown, table


class Fault(Protocol):
    """One fault, done; quick or long."""

    def __call__(self, *, long: bool) -> list[Shown]: ...


FAULTS: dict[str, Fault] = {
    "kill": kill.run,
    "synced": synced.run,
    "disk": disk.run,
    "damaged": damaged.run,
    "large": large.run,
    "saved": saved.run,
    "upgrade": upgrade.run,
    "clock": clock.run,
    "aged": aged.run,
    "database": database.run,
    "nodes": nodes.run,
    "behind-nginx": fronted.run,
    "deaf": deaf.run,
    "half-open": deaf.run_half_open,
    "flood": flood.run,
    "noise": noise.run,
    "proxy": proxy.run,
    "conformance": conformance.run,
}


def suffer(names: list[str], long: bool, tell: Callable[[str], None], **others: Fault) -> list[Shown]:
    """These faults one after another, `others` in place of ours. One that ends in an error is shown as not holding.

    `tell` hears of each as soon as it is over, with its rows: a run of hours may be cut off.
    """
    shown: list[Shown] = []
    for name in names:
        began = time.monotonic()
        try:
            figures = (FAULTS | others)[name](long=long)
        except Exception as error:  # noqa: BLE001 - the others are still to be seen
            while isinstance(error, ExceptionGroup):
                error = error.exceptions[0]
            figures = [Shown(name, "comes to its end", f"{type(error).__name__}: {error}", holds=False)]
        tell(f"{name}: {'held' if all(one.holds for one in figures) else 'FAILED'} ({time.monotonic() - began:.0f} s)")
        tell(table(figures))
        shown += figures
    return shown


def main(arguments: list[str] | None = None) -> int:
    """Answers 0 if everything holds."""
    parser = argparse.ArgumentParser(description="Does to a real server what happens to servers.")
    parser.add_argument("--long", action="store_true", help="the whole numbers, for docs/faults.md")
    parser.add_argument("--only", action="append", choices=FAULTS, help="this fault; may be given again")
    parser.add_argument("--histories", type=int, help=f"of `proxy` with --long (default {proxy.MANY:,})")
    asked = parser.parse_args(arguments)
    if asked.histories is not None and not (asked.long and asked.histories > 0):
        parser.error("--histories goes with --long, and is a number from 1 on")
    others = {"proxy": partial(proxy.run, many=asked.histories)} if asked.histories else {}
    names = asked.only or list(FAULTS)
    shown = suffer(names, asked.long, lambda line: print(line, file=sys.stderr, flush=True), **others)
    print(f"{'The long part' if asked.long else 'The quick part'}, {today()}\n")
    print(table(shown))
    return 0 if all(one.holds for one in shown) else 1


if __name__ == "__main__":
    sys.exit(main())
