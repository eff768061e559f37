"""Which bus was chosen, and that the library of one is for who chose it."""

import subprocess
import sys

import pytest

from store.bus.choosing import choose_bus
from store.bus.redis import RedisBus
from store.durable import CannotStart
from tests.house.tree import ROOT


def test_a_server_that_is_alone_has_none() -> None:
    assert choose_bus("") is None


def test_redis_is_one() -> None:
    assert isinstance(choose_bus("redis://127.0.0.1:6379"), RedisBus)


def test_a_url_that_is_none_is_told_without_its_password() -> None:
    with pytest.raises(CannotStart, match="Expected: --bus redis://") as told:
        choose_bus("redis://user:swordfish@host:port")
    assert "swordfish" not in str(told.value)


def test_without_the_library_one_sentence_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "store.bus.redis", None)
    with pytest.raises(CannotStart, match="pip install"):
        choose_bus("redis://127.0.0.1")


def test_who_chose_none_does_not_load_it() -> None:
    ask = "import sys; from store.bus.choosing import choose_bus; choose_bus(''); print('redis' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", ask], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
