"""Puts a backup back, with the server stopped: every file is compared first, and what stood there is kept aside.

`python scripts/restore.py` takes the newest of the server's own, wherever it keeps them; name a backup, or a folder of
them, to take another.
"""

import argparse
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

try:
    from store.backups.kept import BackupError, one_backup
    from store.backups.places import is_of, newest_of
    from store.backups.restoring import Restored, restore
except ModuleNotFoundError as missing:
    print(
        f"{missing.name} is not installed for this Python. Take .venv/bin/python; see Upgrading in docs/operations.md."
    )
    sys.exit(2)


def read_arguments(arguments: list[str] | None = None) -> argparse.Namespace:
    """The flags, and `--help`."""
    parser = argparse.ArgumentParser(description="Puts a backup of a Parley back. Stop its server first.")
    parser.add_argument(
        "backup", type=Path, nargs="?", default=None, metavar="DIR", help="a backup, or a folder of them for the newest"
    )
    parser.add_argument("--data", type=Path, default=ROOT / "data", metavar="DIR", help="folder of the data (data/)")
    parser.add_argument("--certs", type=Path, default=ROOT / "certs", metavar="DIR", help="folder of the keys (certs/)")
    return parser.parse_args(arguments)


def describe(restored: Restored, certs: Path) -> str:
    """What was done, and what it means for the phones."""
    when = time.strftime("%Y-%m-%d %H:%M", time.gmtime(restored.manifest.at / 1000))
    whole = len(restored.manifest.entries) - len(restored.spoilt)
    lines = [f"The data is what it was {when} UTC: {whole} files, each compared."]
    if restored.spoilt:
        lines.append(
            f"Files that the backup's disk has spoilt or lost, and that are lacking now: {len(restored.spoilt)}. "
            f"Messages and people are all there. A backup on another disk may have those files, under the same names."
        )
    if restored.manifest.lacking:
        lines.append(f"{len(restored.manifest.lacking)} files were damaged or gone already then.")
    if restored.aside is not None:
        lines.append(f"What stood there is in {restored.aside}. Remove it when nothing is missed.")
    if restored.has_other_keys:
        lines.append(
            f"The keys in {certs} were left, and are not those of the backup: phones that know the house will refuse "
            f"this server. To take those of the backup, move {certs} away and run this again."
        )
    lines.append(
        "Who was removed after that, or signed out, is in again, and so is the invitation of then: see to them."
    )
    lines.append("Start the server. Phones load everything anew; what they have not sent yet they send then.")
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> int:
    """Answers 0, or 2 after one sentence about what to put right."""
    asked = read_arguments(arguments)
    try:
        kept = one_backup(asked.backup) if asked.backup else newest_of(asked.data)
        is_known = bool(asked.backup) or is_of(asked.data, kept)
        print(f"Taking {kept.path}{'' if is_known else ', of which house cannot be known'}", flush=True)
        restored = restore(kept, asked.data, asked.certs, time.time_ns() // 1_000_000)
        print(describe(restored, asked.certs))
    except BackupError as sentence:
        print(sentence, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
