"""A lite agent sends only where it was asked with its key, and for no longer than consent lasts."""

import pytest

from calls import ice, stun
from calls.ice import Address, Agent, Credentials
from tests.calls.checks import check, nomination


class Way:
    """A pair that remembers what was sent on it."""

    def __init__(self, name: str) -> None:
        self.address: Address = ("192.0.2.1", 1000 + len(name))
        self.agent: Agent | None = None
        self.proved_at = 0.0
        self.proved_by = b""
        self.sent: list[bytes] = []
        self.forgotten = False

    def send(self, data: bytes) -> None:
        self.sent.append(data)

    def forget(self) -> None:
        self.agent = None
        self.forgotten = True


def new_agent() -> Agent:
    return Agent(lambda data: None, now=0.0)


def ask(agent: Agent, way: Way, request: bytes, now: float = 0.0) -> bytes | None:
    return agent.check(stun.parse(request), way, now)


def test_nothing_is_sent_before_a_way_proved_itself() -> None:
    agent, way = new_agent(), Way("wifi")
    agent.send(b"media")
    assert ask(agent, way, check(agent)) is not None
    agent.send(b"media")
    assert way.sent == [b"media"]


def test_a_wrong_key_proves_nothing() -> None:
    agent, way = new_agent(), Way("wifi")
    assert ask(agent, way, check(agent, password="guessed")) is None
    assert ask(agent, way, check(agent, ufrag="another")) is None
    assert agent.pairs == []


def test_the_peer_chooses_the_way() -> None:
    agent, wifi, mobile = new_agent(), Way("wifi"), Way("mobile")
    ask(agent, wifi, check(agent))
    ask(agent, mobile, check(agent))
    assert agent.selected is wifi
    ask(agent, mobile, nomination(agent))
    assert agent.selected is mobile


def test_what_the_peer_sends_by_a_way_that_proved_itself_later_says_that_it_chose_it() -> None:
    agent, old, new = new_agent(), Way("old"), Way("new one")
    ask(agent, old, nomination(agent), now=1)
    ask(agent, new, check(agent), now=5)
    assert agent.selected is old, "a check alone does not say so"
    agent.by = new
    agent.opened()
    assert agent.selected is new
    agent.by = old
    agent.opened()
    assert agent.selected is new, "what was late on the old way says nothing"


def test_it_is_told_whenever_another_way_is_used_or_none() -> None:
    told: list[object] = []
    agent = Agent(lambda data: None, 0.0, lambda: told.append(agent.selected))
    first, second = Way("first"), Way("second")
    ask(agent, first, nomination(agent), now=1)
    ask(agent, first, nomination(agent), now=2)
    ask(agent, second, check(agent), now=3)
    agent.by = second
    agent.opened()
    ask(agent, first, nomination(agent), now=4)
    agent.drop(first)
    agent.close()
    assert told == [first, second, first, second, None]


def test_who_claims_to_be_controlled_has_proved_nothing_yet() -> None:
    agent, way = new_agent(), Way("wifi")
    said = ask(agent, way, check(agent, (stun.ICE_CONTROLLED, bytes(8))))
    assert said is not None
    assert not stun.succeeds(said)
    assert agent.pairs == []


def test_an_address_of_somebody_else_is_not_taken_over() -> None:
    victim, thief, way = new_agent(), new_agent(), Way("wifi")
    ask(victim, way, nomination(victim))
    assert ask(thief, way, nomination(thief)) is None
    assert way.agent is victim


def test_a_check_that_was_overheard_proves_no_other_address() -> None:
    agent, wifi, thief = new_agent(), Way("wifi"), Way("thief")
    overheard = nomination(agent)
    assert ask(agent, wifi, overheard) is not None
    assert ask(agent, thief, overheard) is None
    assert (agent.selected, thief.agent) == (wifi, None)
    assert ask(agent, wifi, overheard) is not None, "what was lost is asked again"
    assert agent.pairs == [wifi]


def test_who_was_faster_with_an_overheard_check_loses_the_way_to_its_owner() -> None:
    agent, wifi, thief = new_agent(), Way("wifi"), Way("thief")
    for _ in range(2):
        ask(agent, wifi, nomination(agent))
    overheard = nomination(agent)
    ask(agent, thief, overheard)
    assert agent.selected is thief
    assert ask(agent, wifi, overheard) is None
    assert (agent.selected, agent.pairs, thief.forgotten) == (wifi, [wifi], True)


def test_who_only_repeats_checks_cannot_keep_a_call_from_beginning() -> None:
    agent, wifi, thief = new_agent(), Way("wifi"), Way("thief")
    for _ in range(3):
        overheard = nomination(agent)
        ask(agent, wifi, overheard)
        ask(agent, thief, overheard)
        assert agent.pairs == [wifi]
    assert agent.selected is wifi


def test_so_many_checks_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ice, "MAX_QUESTIONS", 3)
    agent, wifi, thief = new_agent(), Way("wifi"), Way("thief")
    checks = [nomination(agent) for _ in range(4)]
    for one in checks:
        ask(agent, wifi, one)
    assert ask(agent, thief, checks[1]) is None
    assert len(agent._questions) == 3


def test_a_way_that_asks_no_more_is_dropped_and_another_takes_over() -> None:
    agent, wifi, mobile = new_agent(), Way("wifi"), Way("mobile")
    ask(agent, mobile, check(agent), now=5)
    ask(agent, wifi, nomination(agent), now=0)
    ask(agent, mobile, check(agent), now=20)
    agent.expire(ice.CONSENT_SECONDS + 1)
    assert agent.selected is mobile
    assert wifi.forgotten
    assert not mobile.forgotten


def test_a_peer_is_gone_when_no_way_was_heard_in_time() -> None:
    agent, way = new_agent(), Way("wifi")
    assert agent.is_gone(ice.CONSENT_SECONDS + 1)
    ask(agent, way, check(agent), now=20)
    assert not agent.is_gone(ice.CONSENT_SECONDS + 1)


def test_the_ways_of_one_peer_are_limited_and_the_one_in_use_stays() -> None:
    agent, first = new_agent(), Way("first")
    ask(agent, first, nomination(agent), now=0)
    ways = [Way("w" * number) for number in range(ice.MAX_PAIRS)]
    for number, way in enumerate(ways):
        ask(agent, way, check(agent), now=1 + number)
    assert len(agent.pairs) == ice.MAX_PAIRS
    assert agent.selected is first
    assert ways[0].forgotten


def test_after_a_restart_the_old_keys_are_good_until_the_new_ones_are_used() -> None:
    agent, way = new_agent(), Way("wifi")
    old = agent.credentials
    agent.restart()
    again = check(agent, ufrag=old.ufrag, password=old.password)
    assert ask(agent, way, again) is not None
    assert ask(agent, way, check(agent)) is not None
    assert ask(agent, way, again) is None


def test_who_closes_forgets_every_way() -> None:
    agent, way = new_agent(), Way("wifi")
    ask(agent, way, check(agent))
    agent.close()
    assert way.forgotten
    assert agent.selected is None


def test_keys_are_as_long_as_they_must_be_and_never_the_same() -> None:
    one, other = Credentials(), Credentials()
    assert len(one.ufrag) >= 4
    assert len(one.password) >= 22
    assert one != other
