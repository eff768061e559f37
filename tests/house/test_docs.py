"""The docs say what the code does: generated pages are fresh, and every setting is explained somewhere."""

import re
import subprocess
import sys
from functools import cache
from pathlib import Path

from tests.house.tree import ROOT

EXPLAINED_IN = ["README.md", "docs/settings.md"]


@cache
def told(*command: str) -> str:
    """What one of our programs prints."""
    done = subprocess.run([sys.executable, *command], cwd=ROOT, capture_output=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr.decode("utf-8")
    return done.stdout.decode("utf-8")


def flags(help_text: str) -> set[str]:
    """The long flags that a --help names."""
    return set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", help_text)) - {"--help"}


def unexplained(help_text: str, docs: str) -> list[str]:
    """Flags that a --help names and no page explains."""
    return sorted(flags(help_text) - flags(docs))


def released(changelog: str) -> list[str]:
    """The changelog's headings, newest first: "Unreleased" or a version."""
    return re.findall(r"(?m)^## (\S+)", changelog)


def is_told(version: str, changelog: str) -> bool:
    """Whether the changelog has this version as its newest, or is still before the first."""
    headings = [heading for heading in released(changelog) if heading != "Unreleased"]
    return version == headings[0] if headings else "Unreleased" in released(changelog)


def test_the_protocol_page_is_what_its_generator_prints() -> None:
    page = (ROOT / "docs" / "protocol.md").read_text("utf-8")
    assert page == told("scripts/protocol_docs.py"), "Run: python scripts/protocol_docs.py > docs/protocol.md"


def test_every_flag_of_the_server_is_explained() -> None:
    pages = [path.read_text("utf-8") for name in EXPLAINED_IN if (path := ROOT / name).exists()]
    assert unexplained(told("server.py", "--help"), "\n".join(pages)) == []


def test_the_changelog_knows_the_version() -> None:
    version = told("server.py", "--version").split()[-1]
    assert is_told(version, (ROOT / "CHANGELOG.md").read_text("utf-8"))


def test_every_link_between_our_pages_leads_somewhere() -> None:
    pages = [ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")]
    assert [text for page in pages for text in dead_links(page)] == []


def test_ci_runs_the_command_of_the_readme() -> None:
    last = (ROOT / ".ci" / "run").read_text("utf-8").rstrip().splitlines()[-1]
    command = last.removeprefix("exec ")
    assert f"```sh\n{command}\n```" in (ROOT / "README.md").read_text("utf-8")


def dead_links(page: Path) -> list[str]:
    """Relative links of a Markdown page that lead to no file."""
    targets = re.findall(r"\]\(([^)#\s]+)", page.read_text("utf-8"))
    local = [target for target in targets if "://" not in target]
    return [f"{page.name}: {target}" for target in local if not (page.parent / target).exists()]


def test_a_flag_nobody_explains_is_named() -> None:
    usage = "usage: server.py [--port PORT] [--help]\n  --port PORT   where to listen\n  --open  anyone may join\n"
    assert unexplained(usage, "`--port` says where") == ["--open"]
    assert unexplained(usage, "`--port` and `--open`") == []


def test_a_version_the_changelog_does_not_know_is_noticed() -> None:
    assert is_told("2026.1", "# Changelog\n\n## 2026.1\n")
    assert is_told("2026.1", "# Changelog\n\n## Unreleased\n\n## 2026.1 (May)\n")
    assert is_told("2026.1", "# Changelog\n\n## Unreleased\n")
    assert not is_told("2026.2", "# Changelog\n\n## Unreleased\n\n## 2026.1\n")


def test_a_link_that_leads_nowhere_is_named(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("[a](page.md#top) [b](https://example.org/x) [c](gone.md)")
    assert dead_links(page) == ["page.md: gone.md"]
