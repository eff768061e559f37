"""docs/deploy/nginx.conf gets the places of a test; that it serves is tried in tests/test_behind_nginx.py."""

import re
from pathlib import Path

import pytest

from scripts.faults.nginx import adapted, adapted_main
from tests.house.tree import ROOT

CONF = (ROOT / "docs" / "deploy" / "nginx.conf").read_text("utf-8")
MAIN = (ROOT / "docs" / "deploy" / "nginx.main.conf").read_text("utf-8")


@pytest.mark.parametrize("servers", [[8001], [8001, 8002], [8001, 8002, 8003]])
def test_there_are_as_many_servers_as_are_asked_for_and_none_of_the_paper_s(servers: list[int]) -> None:
    made = adapted(CONF, Path("/certs"), 9000, servers)
    assert [line.split()[1] for line in made.splitlines() if line.lstrip().startswith("server 127")] == [
        f"127.0.0.1:{port}" for port in servers
    ]
    assert made.count("max_fails=1 fail_timeout=2s;") == len(servers)
    assert "192.168" not in made
    assert "parley.example;" not in made
    assert "listen 127.0.0.1:9000 ssl http2;" in made


def test_a_conf_without_what_is_to_be_replaced_is_told() -> None:
    with pytest.raises(ValueError, match="listen 443"):
        adapted(CONF.replace("listen 443", "listen 444"), Path("/certs"), 9000, [8001])
    with pytest.raises(ValueError, match="user nginx"):
        adapted_main(MAIN.replace("user nginx", "user www"), "", Path("/here"), Path("/conf"), "")
    with pytest.raises(ValueError, match="one list of servers"):
        adapted(CONF.replace(":8443", ":8444"), Path("/certs"), 9000, [8001])


def test_one_worker_has_room_for_ten_thousand_devices_of_two_connections_each() -> None:
    made = adapted_main(MAIN, "", Path("/here"), Path("/conf"), "")
    (connections,) = re.findall(r"worker_connections (\d+);", made)
    (files,) = re.findall(r"worker_rlimit_nofile (\d+);", made)
    assert 20_000 < int(connections) < int(files)
    assert f"worker_connections {connections};" in CONF, "on Debian it is written by hand"
    assert f"worker_rlimit_nofile {files};" in CONF
