"""server.py as a process: what it refuses to start on, in one sentence, and how it leaves."""

import json
import os
import signal
import socket
import subprocess
import sys
import venv
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from contextlib import closing
from pathlib import Path

import pytest

from tests.browser.running import ROOT
from tests.starting import PATIENCE_SECONDS, Start


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    one = Start(tmp_path)
    yield one
    if one.process is not None:
        one.process.kill()
        one.process.communicate()


@pytest.mark.parametrize("flag", ["--port", "--http-port"])
def test_a_port_in_use_is_one_sentence(start: Start, flag: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        start.certs.mkdir()
        assert f"with {flag}." in start.refusal(flag, str(taken.getsockname()[1]))


@pytest.mark.parametrize("flag", ["--data", "--certs"])
def test_a_folder_that_cannot_be_written_is_one_sentence(start: Start, tmp_path: Path, flag: str) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.touch()
    assert f"with {flag}." in start.refusal(flag, str(in_the_way))


@pytest.mark.parametrize("name", ["secret", "parley.db", "invitation", "name", "uploads"])
def test_a_damaged_file_of_the_data_is_one_sentence(start: Start, name: str) -> None:
    start.data.mkdir()
    (start.data / name).write_bytes(b"\xff\xfenonsense")
    assert name in start.refusal()
    assert (start.data / name).read_bytes() == b"\xff\xfenonsense"


def test_a_damaged_key_is_one_sentence(start: Start) -> None:
    start.certs.mkdir()
    (start.certs / "server.key").write_text("nonsense")
    assert "server.key is damaged" in start.refusal()


def test_a_python_without_what_it_needs_is_told_the_other_command() -> None:
    bare = [sys.executable, "-S", str(ROOT / "server.py")]  # -S: no site-packages
    done = subprocess.run(bare, capture_output=True, timeout=PATIENCE_SECONDS, check=False)
    said = done.stderr.decode().splitlines()
    assert (done.returncode, len(said)) == (2, 1)
    assert "scripts/start.py" in said[0]


def test_a_python_that_outgrew_its_environment_is_told_how_it_is_made_anew(tmp_path: Path) -> None:
    """As after Debian's next release: the service's Python is there, and finds nothing that was installed."""
    venv.create(tmp_path, with_pip=False)
    python = tmp_path / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    done = subprocess.run([python, str(ROOT / "server.py")], capture_output=True, timeout=PATIENCE_SECONDS, check=False)
    said = done.stderr.decode().splitlines()
    assert (done.returncode, len(said)) == (2, 1)
    assert f"python3 -m venv --clear {tmp_path} && {python} -m pip install -r {ROOT / 'requirements.txt'}" in said[0]
    assert "start.py" not in said[0], "which would begin an empty house beside the program"


def test_what_is_there_at_the_start_is_not_looked_through_for_garbage(start: Start) -> None:
    asked = "import gc, sys, server; server.say_welcome = lambda *_, **__: (print(gc.get_freeze_count()), sys.exit())"
    flags = start.command("--open")[2:]
    running = f"{asked}; sys.argv = {['server.py', *flags]!r}; server.main()"
    done = subprocess.run([sys.executable, "-c", running], check=False, capture_output=True, cwd=ROOT)
    assert int(done.stdout.splitlines()[0]) > 10_000


def test_a_word_to_a_server_that_would_forget_it_is_refused(start: Start) -> None:
    assert "Start it first." in start.refusal("--store", "memory", "--invite")


def test_a_word_where_there_is_no_house_begins_none(start: Start) -> None:
    assert "There is no house in" in start.refusal("--invite")
    assert not start.data.exists()
    assert not start.certs.exists()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root makes files for others")
def test_what_root_s_word_writes_while_no_server_runs_is_the_server_s(start: Start) -> None:
    start.begin()
    assert start.process is not None
    start.process.kill()
    start.process.communicate()
    start.process = None
    parley = 54321  # the number of a user that nobody else has
    for folder in (start.data, start.certs):
        for path in (folder, *folder.rglob("*")):
            os.chown(path, parley, parley)
    (start.data / "parley.db.lock").unlink()
    (start.certs / "server.pem").unlink()
    said = subprocess.run(start.command("--invite"), capture_output=True, timeout=PATIENCE_SECONDS, check=True)
    assert b"A new invitation" in said.stdout
    theirs = {path: path.stat().st_uid for folder in (start.data, start.certs) for path in folder.rglob("*")}
    assert {path.name for path, owner in theirs.items() if owner != parley} == set()
    assert (start.certs / "server.pem").exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no SIGTERM to a process of its own")
def test_told_to_leave_it_lets_go_of_sockets_and_held_posts_alike(start: Start) -> None:
    process = start.begin()
    _, _, joined = start.post(
        "/api/session", b'{"username": "Anna", "token": true}', **{"Content-Type": "application/json"}
    )
    bearer = {"Authorization": f"Bearer {json.loads(joined)['token']}"}
    packed = {**bearer, "Content-Type": "application/msgpack"}
    _, twin, _ = start.post("/api/frames", b"", **packed)
    where = f"/api/frames?connection={twin['X-Parley-Connection']}&answer="

    def asks() -> int:
        """Asks on while something comes; the status once nothing does."""
        status, answer, body = 200, twin["X-Parley-Answer"], b"something"
        while status == 200 and body:
            status, headers, body = start.post(f"{where}{answer}", b"", **packed)
            answer = headers["X-Parley-Answer"]
        return status

    with closing(start.connect()) as link, ThreadPoolExecutor() as pool:
        asked = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13"}
        link.request("GET", "/ws", headers={**bearer, **asked, "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ=="})
        network = link.sock
        assert network is not None
        assert network.recv(4096).startswith(b"HTTP/1.1 101")
        let_go, held = wait([pool.submit(asks) for _ in "ab"], return_when=FIRST_COMPLETED)
        assert [one.result() for one in let_go] == [200]  # a second one ends the first, so now one is held
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE_SECONDS) == 0
        assert [one.result(PATIENCE_SECONDS) for one in held] == [410]
        heard = b""
        while not heard.endswith(b"\x03\xe9the server is leaving"):  # 1001, RFC 6455 section 7.4.1
            more = network.recv(4096)
            assert more, f"the goodbye never came: {heard!r}"
            heard += more
    assert not (start.data / "running.json").exists()
