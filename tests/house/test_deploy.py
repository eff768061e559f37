"""What docs/deploy/ says fits the server of today: its settings, its folders, and what systemd understands."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from handlers.settings import make_parser
from scripts import backup
from tests.house.test_architecture import DOWNHILL
from tests.house.tree import ROOT

DEPLOY = ROOT / "docs" / "deploy"
VARIABLES = {f"PARLEY_{action.dest.upper()}" for action in make_parser()._actions}


def text(name: str) -> str:
    return (DEPLOY / name).read_text("utf-8")


def command_of(unit: str) -> list[str]:
    """The words of its ExecStart after the program."""
    (line,) = re.findall(r"(?m)^ExecStart=(.*)$", text(unit))
    return str(line).split()[2:]


def test_every_variable_is_a_setting() -> None:
    named = {name for path in DEPLOY.iterdir() for name in re.findall(r"PARLEY_[A-Z_]+", path.read_text("utf-8"))}
    assert named
    assert named - VARIABLES == set()


def test_the_service_starts_with_settings_there_are() -> None:
    chosen = make_parser().parse_args(command_of("parley.service"))
    assert (chosen.data, chosen.certs) == (Path("/var/lib/parley/data"), Path("/var/lib/parley/certs"))


def test_the_backup_service_backs_up_that_very_data() -> None:
    asked = backup.read_arguments(command_of("parley-backup.service"))
    server = make_parser().parse_args(command_of("parley.service"))
    assert (asked.data, asked.certs, asked.keep) == (server.data, server.certs, 30)


def test_the_image_holds_all_that_runs() -> None:
    copied = set(re.findall(r"(?m)^COPY (?!--from)(.*?) /opt", text("Containerfile")))
    words = {word for line in copied for word in line.split()}
    assert words >= {*(DOWNHILL.keys() - {"server"}), "server.py", "pwa", "scripts"}
    assert all((ROOT / word).exists() for word in words)


def test_what_is_told_of_containers_names_what_is_in_the_image() -> None:
    told = (ROOT / "docs" / "operations.md").read_text("utf-8").partition("## In a container")[2].partition("\n## ")[0]
    data, certs = re.findall(r"PARLEY_(?:DATA|CERTS)=(\S+)", text("Containerfile"))
    assert f"--data {data} --certs {certs}" in told
    (python,) = re.findall(r'ENTRYPOINT \["([^"]+)"', text("Containerfile"))
    assert f'python="{python}"' in told
    named = re.findall(r"/opt/parley/((?:scripts/)?\w+\.py)", told)
    assert sorted(set(named)) == ["scripts/backup.py", "scripts/restore.py", "server.py"]
    assert all((ROOT / name).exists() for name in named)


def test_the_image_can_be_read_whatever_the_umask_of_its_checkout() -> None:
    """The engine keeps modes: cloned with a umask of 077, the server could not read server.py."""
    program = text("Containerfile").partition(" AS program\n")[2]
    assert program.index("COPY trust ") < program.index("RUN chmod -R u=rwX,go=rX /opt/parley") < program.index("FROM ")
    assert re.findall(r"(?m)^COPY (.*)$", text("Containerfile").rpartition("\nFROM ")[2]) == [
        "--from=packages /opt/parley/.venv /opt/parley/.venv",
        "--from=program /opt/parley /opt/parley",
    ]


def test_no_words_or_keys_of_a_house_are_sent_to_the_engine() -> None:
    left_out = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    assert {"data", "certs", "docs", ".git", ".venv"} <= set(left_out)  # docs/deploy/tls has a key, too


def test_an_upgrade_makes_a_new_container() -> None:
    """podman-compose starts the stopped one again, which is of the old image."""
    told = (ROOT / "docs" / "operations.md").read_text("utf-8").partition("## In a container")[2]
    upgrade = told.partition("To upgrade:")[2].split("```")[1]
    steps = [upgrade.index(f"$compose {step}") for step in ("stop", "build", "down", "up -d")]
    assert steps == sorted(steps)


def test_what_is_copied_out_is_copied_out_of_the_container_there_is() -> None:
    told = (ROOT / "docs" / "operations.md").read_text("utf-8").partition("## In a container")[2]
    (container,) = re.findall(r"podman cp (\w+):", told)
    assert f"container_name: {container}\n" in text("compose.yaml")


def test_the_two_houses_of_this_folder_share_no_volume() -> None:
    names = [re.findall(r"(?m)^name: (\S+)", text(name)) for name in ("compose.yaml", "compose.several.yaml")]
    assert names == [["parley"], ["parley-several"]]


@pytest.mark.parametrize("name", ["compose.yaml", "compose.several.yaml"])
def test_every_container_comes_back_after_a_reboot(name: str) -> None:
    """podman-restart.service starts those that say "always"; docker does, too."""
    assert set(re.findall(r"(?m)^ +restart: (.*)$", text(name))) == {"always"}


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is missing")
@pytest.mark.parametrize("name", ["parley.service", "parley-backup.service", "parley-backup.timer"])
def test_systemd_understands_every_line(tmp_path: Path, name: str) -> None:
    for path in DEPLOY.glob("parley*"):
        known = path.read_text("utf-8").replace("/opt/parley/.venv/bin/python", sys.executable)
        (tmp_path / path.name).write_text(known)
    done = subprocess.run(
        ["systemd-analyze", "verify", str(tmp_path / name)], capture_output=True, text=True, check=False, timeout=60
    )
    assert [line for line in done.stderr.splitlines() if "parley" in line] == []
