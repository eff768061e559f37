"""The bench of several servers runs to its end, behind a real nginx, over a real PostgreSQL and a real Redis."""

import pytest

from scripts.bench import nodes
from scripts.bench.nodes import main
from tests.nginx import require_nginx
from tests.postgres import require_programs
from tests.redis import require_program


@pytest.fixture(autouse=True)
def programs() -> None:
    require_programs()
    require_program()
    require_nginx()


def test_it_prints_what_each_kind_of_process_takes_beside_one_server(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nodes, "LISTENERS", 6)
    monkeypatch.setattr(nodes, "MESSAGES", 3)
    main(["--servers", "2", "--seconds", "0.5"])
    rows = capsys.readouterr().out.splitlines()[4:20]
    assert ["| baseline |" in row for row in rows] == [True] * 8 + [False] * 8
    assert [row.partition(",")[0] for row in rows] == (["| a message to one"] * 4 + ["| a delivery"] * 4) * 2
    assert [row.split(", ")[1] for row in rows[:4]] == ["the servers", "PostgreSQL", "Redis", "nginx"]
