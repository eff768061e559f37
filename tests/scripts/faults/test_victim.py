"""The server of the suite is the real one, comes back where it was, and leaves nothing."""

import pytest

from scripts.faults.victim import victim


def test_killed_it_comes_back_where_it_was_and_nothing_is_left() -> None:
    with victim() as server:
        anna = server.join("Anna")
        assert server.resident_mb() > 10
        server.kill()
        assert server.health() is None
        server.start()
        told = server.health()
        assert told is not None
        assert told["checks"]["store"] == "ok"
        status, body, _ = server.ask("GET", "/api/users", Authorization=f"Bearer {anna.token}")
        assert (status, b"Anna" in body) == (200, True)
        assert "Anna" not in server.said()
    assert not server.folder.exists()


def test_one_that_cannot_start_says_why() -> None:
    with pytest.raises(RuntimeError, match="expected a size"), victim("--quota", "much"):
        pytest.fail("it started")
