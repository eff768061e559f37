"""The threads of a store over a database: questions are asked beside the loop, and a closed store says so."""

import threading
from collections.abc import Callable
from typing import TypeVar

import pytest

from store.durable import NotRead, reading
from store.durable.asking import Asking

T = TypeVar("T")
pytestmark = pytest.mark.gen_test


class Named(Asking[str]):
    """A store whose questions answer which thread asked them."""

    def _with_reader(self, read: Callable[[str], T]) -> T:
        return read(threading.current_thread().name)


async def test_a_question_is_asked_on_a_reader_s_thread() -> None:
    store = Named(reading)  # type: ignore[arg-type]
    assert (await store._read(str)).startswith("store-reader")
    assert (await store._on(store._writer, lambda: threading.current_thread().name)).startswith("store-writer")


async def test_what_was_let_go_answers_nothing() -> None:
    store = Named(reading)  # type: ignore[arg-type]
    store._readers.shutdown()
    with pytest.raises(NotRead, match="closed"):
        await store._read(str)
