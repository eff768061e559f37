"""A store without a forwarding unit has calls in which nothing is heard or seen, and says so."""

import asyncio

import pytest

from store.media import NoMedia


def test_nobody_is_a_peer_of_no_unit() -> None:
    media = NoMedia()
    media.join("call", "ann")
    media.allow("call", "ann", frozenset())
    media.leave("call", "ann")
    assert media.peers("call") == []


def test_what_needs_a_peer_says_that_there_is_none() -> None:
    media = NoMedia()
    with pytest.raises(KeyError):
        media.answer("call", "ann", 1, "v=0")
    with pytest.raises(KeyError):
        media.restart("call", "ann")
    with pytest.raises(KeyError):
        media.echo("ann")
    with pytest.raises(KeyError):
        media.show("call", "ann", {})


def test_there_is_nothing_to_survey() -> None:
    assert asyncio.run(NoMedia().survey()) == {}
