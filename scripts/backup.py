"""Makes a backup of a Parley, its server running or not: database, files, notes and keys, and the hash of each.

The server makes one a day by itself. This one is for another disk: `python scripts/backup.py /media/stick/parley`.
"""

import argparse
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

try:
    from store.backups.kept import BackupError, find_backups, one_backup
    from store.backups.making import Source, make_backup
    from store.backups.pruning import prune
except ModuleNotFoundError as missing:
    print(
        f"{missing.name} is not installed for this Python. Take .venv/bin/python; see Upgrading in docs/operations.md."
    )
    sys.exit(2)


def read_arguments(arguments: list[str] | None = None) -> argparse.Namespace:
    """The flags, and `--help`."""
    parser = argparse.ArgumentParser(description="Makes, lists and checks backups of a Parley; its server may run.")
    parser.add_argument(
        "folder", type=Path, nargs="?", default=None, metavar="DIR", help="where backups are kept (backups in --data)"
    )
    parser.add_argument("--data", type=Path, default=ROOT / "data", metavar="DIR", help="folder of the data (data/)")
    parser.add_argument("--certs", type=Path, default=ROOT / "certs", metavar="DIR", help="folder of the keys (certs/)")
    parser.add_argument(
        "--keep", type=int, default=0, metavar="N", help="remove all of this house but the newest N (default: none)"
    )
    parser.add_argument("--list", action="store_true", help="only say which backups there are")
    parser.add_argument(
        "--check", action="store_true", help="only read one (DIR itself, or the newest in it) and compare"
    )
    return parser.parse_args(arguments)


def describe(folder: Path) -> str:
    """The backups there, a line each."""
    lines = []
    for kept in find_backups(folder):
        try:
            manifest = kept.manifest()
            size = sum(entry.size for entry in manifest.entries) >> 10
            lacking = f", {len(manifest.lacking)} files lacking" if manifest.lacking else ""
            lines.append(f"{kept.path.name}  {len(manifest.entries)} files  {size} KiB{lacking}")
        except BackupError as reason:
            lines.append(f"{kept.path.name}  {reason}")
    return "\n".join(lines) or f"There is no backup in {folder}."


def main(arguments: list[str] | None = None) -> int:
    """Answers 0, or 2 after one sentence about what to put right, and before it a line for each file that is spoilt."""
    asked = read_arguments(arguments)
    folder = asked.folder or asked.data / "backups"
    try:
        if asked.list:
            print(describe(folder))
        elif asked.check:
            kept = one_backup(folder)
            print(f"{kept.path}: all {len(kept.check().entries)} files are as they were.")
        else:
            certs = asked.certs if asked.certs.is_dir() else None
            kept = make_backup(Source(asked.data, certs), folder, time.time_ns() // 1_000_000)
            print(f"{kept.path}: {len(kept.manifest().entries)} files.")
            for sha256 in kept.manifest().lacking:
                print(f"Lacking, because it is damaged or gone in {asked.data}: files/{sha256[:2]}/{sha256}")
            for gone in prune(kept, asked.keep) if asked.keep > 0 else ():
                print(f"{gone.path.name} removed.")
    except BackupError as sentence:
        print(sentence, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
