"""An open index: one writes, others read, and closing waits for whoever reads."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from store.search.opened import AtOnce, Closed, Opened


@pytest.mark.parametrize("in_memory", [True, False])
def test_what_is_written_can_be_read(tmp_path: Path, in_memory: bool) -> None:
    opened = Opened(None if in_memory else tmp_path / "search.db", "epoch", readers=2)
    opened.index.apply([("a", 1, None)])
    assert opened.read(lambda link: link.execute("select upto from places").fetchall()) == [(1,)]
    opened.close()
    with pytest.raises(Closed):
        opened.read(lambda link: None)


def test_closing_waits_for_whoever_reads(tmp_path: Path) -> None:
    opened = Opened(tmp_path / "search.db", "epoch", readers=2)
    reading, go_on = threading.Event(), threading.Event()

    def ask(link: object) -> str:
        reading.set()
        assert go_on.wait(10)
        return "read"

    with ThreadPoolExecutor(2) as threads:
        answer = threads.submit(opened.read, ask)
        assert reading.wait(10)
        closing = threads.submit(opened.close)
        assert not closing.done()
        go_on.set()
        assert answer.result(10) == "read"
        closing.result(10)


def test_what_is_discarded_is_gone(tmp_path: Path) -> None:
    opened = Opened(tmp_path / "search.db", "epoch", readers=1)
    opened.discard()
    assert list(tmp_path.iterdir()) == []


def test_at_once_means_before_it_returns() -> None:
    done = list[int]()
    assert AtOnce().submit(done.append, 1).done()
    assert done == [1]
    assert isinstance(AtOnce().submit(lambda: 1 // 0).exception(), ZeroDivisionError)
