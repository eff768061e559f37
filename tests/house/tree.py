"""The project's own files, as the house's rules look at them: a root folder, and paths below it."""

import subprocess
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def tracked(root: Path = ROOT) -> list[Path]:
    """Every file that git keeps or is about to, in order; what .gitignore names is not ours."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=root, check=True, capture_output=True).stdout.decode("utf-8")
    return [root / name for name in sorted(set(listed.split("\0")) - {""}) if (root / name).is_file()]


def python_files(root: Path, *tops: str) -> list[Path]:
    """The Python files of these folders (or the file itself), in order."""
    found = [root / top for top in tops if (root / top).is_file()]
    for top in tops:
        found.extend((root / top).rglob("*.py"))
    return sorted(found)


def plant(root: Path, files: Mapping[str, str]) -> Path:
    """A small made-up project, to prove that a rule can fail."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return root


def unreasoned(exceptions: Mapping[str, str], still_needed: Mapping[str, bool]) -> list[str]:
    """Exceptions that give no reason, or that nothing needs any more: a list of them must not grow old."""
    idle = [f"{name}: this exception is not needed, remove it" for name in exceptions if not still_needed.get(name)]
    return idle + [f"{name}: say why, in a few words" for name, why in exceptions.items() if len(why) < 10]
