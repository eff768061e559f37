"""Writes a packed sample of every event that has none yet into tests/protocol/samples/, which are read for ever.

A sample is never written anew: it is what a released server has put on somebody's disk. A field that an event gains
later is not in its old sample, and the test that reads it shows that the default stands in.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from protocol.codec import pack_event  # noqa: E402  the path comes first
from protocol.events import EVENTS  # noqa: E402
from scripts.protocol_examples import example  # noqa: E402

SAMPLES = ROOT / "tests" / "protocol" / "samples"
ENDING = ".msgpack"


def missing(folder: Path) -> list[str]:
    """The events without a sample in this folder."""
    return [name for name in EVENTS if not (folder / f"{name}{ENDING}").exists()]


def write_missing(folder: Path) -> list[Path]:
    """Packs an example of each event without a sample, and answers the new files."""
    folder.mkdir(parents=True, exist_ok=True)
    written = [folder / f"{name}{ENDING}" for name in missing(folder)]
    for path in written:
        path.write_bytes(pack_event(example(EVENTS[path.name.removesuffix(ENDING)])))
    return written


def main() -> int:
    """Writes what is missing and names it."""
    for path in write_missing(SAMPLES):
        print(f"Wrote {path.relative_to(ROOT).as_posix()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
