"""The phone app's libraries: fetched by name and version, copied unmodified into pwa/vendor/, and hashed.

The versions stand in package.json, once: there the type checker reads the same packages. To take a newer one,
change it there, run `npm install`, then this. `--check` needs no network: it compares what lies in pwa/vendor/
with VENDORED.md and package.json.
"""

import argparse
import gzip
import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "pwa" / "vendor"
RECORD = "VENDORED.md"
INTRODUCTION = """# What the phone app borrows

Unmodified files of these npm packages, fetched by `python scripts/vendor.py` in the versions that package.json
names, and served as they are. `python scripts/vendor.py --check` compares every hash; a test runs it.
"""


@dataclass(frozen=True)
class Package:
    """What is taken from one npm package: `files` maps a path (or a pattern) in it to a folder of ours."""

    name: str
    folder: str
    files: dict[str, str]


PACKAGES = (
    Package("preact", "preact", {"dist/preact.mjs": "", "hooks/dist/hooks.mjs": ""}),
    Package("htm", "htm", {"dist/htm.mjs": ""}),
    Package("@preact/signals-core", "signals-core", {"dist/signals-core.mjs": ""}),
    Package("@preact/signals", "signals", {"dist/signals.mjs": ""}),
    Package("@msgpack/msgpack", "msgpack", {"dist.esm/*.mjs": "", "dist.esm/utils/*.mjs": "utils"}),
    Package("idb", "idb", {"build/index.js": ""}),
    Package(
        "emojibase-data",
        "emoji",
        {f"{language}/compact.json": language for language in ("en", "de", "es")} | {"en/shortcodes/github.json": ""},
    ),
)


class BadVendorError(Exception):
    """Something in pwa/vendor/ is not what the record says. The text names it and the next step."""


def versions(root: Path = ROOT) -> dict[str, str]:
    """The exact version of each npm package that package.json names."""
    asked: dict[str, str] = json.loads((root / "package.json").read_text("utf-8"))["devDependencies"]
    return asked


def fetch(name: str, version: str, into: Path) -> Path:
    """The folder with the unpacked package; npm has checked it against its registry's own hash."""
    npm = shutil.which("npm")
    if npm is None:
        raise BadVendorError("npm is needed to fetch libraries. Install Node.js 20 or newer first.")
    command = [npm, "pack", f"{name}@{version}", "--json", "--pack-destination", str(into)]
    done = subprocess.run(command, check=True, text=True, capture_output=True, cwd=into)
    packed = json.loads(done.stdout)
    entry = next(iter(packed.values())) if isinstance(packed, dict) else packed[0]
    folder = into / name.replace("/", "-").lstrip("@")
    with tarfile.open(into / Path(entry["filename"]).name) as archive:
        archive.extractall(folder, filter="data")
    return folder / "package"


def copy(package: Package, source: Path, vendor: Path) -> None:
    """Replaces our folder of this package by the files it takes and the package's licence."""
    target = vendor / package.folder
    shutil.rmtree(target, ignore_errors=True)
    for pattern, below in (*package.files.items(), ("LICENSE*", "")):
        found = sorted(source.glob(pattern))
        if not found:
            raise BadVendorError(f"{package.name} has no {pattern}. Look at its files and change PACKAGES here.")
        for path in found:
            (target / below).mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target / below / path.name)


def licence(source: Path) -> str:
    """The licence's short name, as the package itself says it."""
    return str(json.loads((source / "package.json").read_text("utf-8"))["license"])


def vendored_files(folder: Path) -> list[Path]:
    """All files below the folder, in one order on every system."""
    return sorted((p for p in folder.rglob("*") if p.is_file()), key=lambda p: p.as_posix())


def sha256(path: Path) -> str:
    """The hash of the file's bytes, hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def section(package: Package, version: str, licence_name: str, vendor: Path) -> str:
    """The record of one package, a heading and a table."""
    rows = [
        f"| {path.relative_to(vendor).as_posix()} | `{sha256(path)}` |"
        for path in vendored_files(vendor / package.folder)
    ]
    table = "\n".join(["| file | SHA-256 |", "|---|---|", *rows])
    return f"## {package.name} {version}\n\nLicence: {licence_name}.\n\n{table}\n"


def refresh() -> None:
    """Fetches every package anew and writes the record."""
    wanted = versions()
    sections = []
    with tempfile.TemporaryDirectory() as scratch:
        for package in PACKAGES:
            version = wanted[package.name]
            source = fetch(package.name, version, Path(scratch))
            copy(package, source, VENDOR)
            sections.append(section(package, version, licence(source), VENDOR))
    (VENDOR / RECORD).write_text("\n".join([INTRODUCTION, *sections]), "utf-8", newline="\n")


def recorded(record: str) -> tuple[dict[str, str], dict[str, str]]:
    """What a record promises: the version of each package, and the hash of each file."""
    headings = [line[3:].rsplit(" ", 1) for line in record.splitlines() if line.startswith("## ")]
    rows = [line.strip("| ").split(" | ") for line in record.splitlines() if line.endswith("` |")]
    return dict(headings), {name: cell.strip("`") for name, cell in rows}


def verify(vendor: Path, wanted: dict[str, str]) -> int:
    """How many files were compared. Raises BadVendorError at the first that is missing, extra or changed."""
    named, hashes = recorded((vendor / RECORD).read_text("utf-8"))
    for name, version in named.items():
        if wanted.get(name) != version:
            raise BadVendorError(
                f"{RECORD} has {name} {version}, package.json {wanted.get(name)}. Run: python scripts/vendor.py"
            )
    there = {p.relative_to(vendor).as_posix(): p for p in vendored_files(vendor) if p.name != RECORD}
    if there.keys() != hashes.keys():
        odd = ", ".join(sorted(there.keys() ^ hashes.keys()))
        raise BadVendorError(f"In pwa/vendor/ or in {RECORD}, but not in both: {odd}. Run: python scripts/vendor.py")
    for name, path in there.items():
        if sha256(path) != hashes[name]:
            raise BadVendorError(f"pwa/vendor/{name} was changed. Run: python scripts/vendor.py")
    return len(there)


def gzipped(vendor: Path) -> int:
    """Bytes of all code in the folder, each file gzipped by itself, as a server sends it."""
    code = [p for p in vendored_files(vendor) if p.suffix in {".js", ".mjs"}]
    return sum(len(gzip.compress(p.read_bytes(), 9)) for p in code)


def main() -> int:
    """Fetches, or with --check only compares; answers 1 with one sentence if something is not as recorded."""
    parser = argparse.ArgumentParser(description="Fetches the phone app's libraries, or checks them.")
    parser.add_argument("--check", action="store_true", help="compare with VENDORED.md; needs no network")
    try:
        if not parser.parse_args().check:
            refresh()
        count = verify(VENDOR, versions())
    except BadVendorError as reason:
        print(reason)
        return 1
    print(f"{count} files are as {RECORD} says; their code is {gzipped(VENDOR)} bytes gzipped")
    return 0


if __name__ == "__main__":
    sys.exit(main())
