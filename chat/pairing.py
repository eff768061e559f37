"""Pairing: a second device by a code that the first one shows, scanned with a camera or typed.

An offer waits in memory for two minutes and works once. A newcomer's first mistake is to think that it lets anybody in:
it only earns the right to ask, and the first device still says yes, with the same four digits on both screens.
"""

import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass

from chat.invitations import digest
from protocol.codec import pack_event
from protocol.errors import Refusal
from protocol.events import OfferEnded
from protocol.records import replaced
from store import Store, Who
from store.nodes.noted import Noted
from store.rows import Fleeting

LIFETIME_MS = 2 * 60 * 1000
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nothing that is taken for another: no 0 and O, no 1, I and L
NAME_LETTERS = 3  # say which offer is meant, so that wrong tries count against that one alone
SECRET_LETTERS = 5  # 28.6 million; with five tries in two minutes nobody guesses one
MAX_TRIES = 5

WRONG = "That code is not right. Compare it with what your other device shows."
OVER = "That code is no longer good. Let your other device show a new one."
TOO_OFTEN = "That code was typed wrong five times, so it ended. Let your other device show a new one."


class Offer(Fleeting, frozen=True, kw_only=True):
    """A code on a device's screen. `link` and `typed` are digests of the two ways to say it."""

    person: str
    device: str
    name: str
    link: str
    typed: str
    tries: int = 0


@dataclass(frozen=True, slots=True)
class Made:
    """What the first device shows: `secret` in the link, `code` for the eye."""

    secret: str
    code: str
    expires_at: int


class Pairing:
    """The offers that stand. One of each device at most, so their number is bounded by the devices there are."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._offers = Noted("offers", Offer, store.nodes, store.clock)

    def offer(self, who: Who) -> Made:
        """A new code for this device to show; the one before ends."""
        self._forget_old()
        name = self._free_name()
        made = Made(
            secret=secrets.token_urlsafe(16),
            code=name + _letters(SECRET_LETTERS),
            expires_at=self._store.clock() + LIFETIME_MS,
        )
        offer = Offer(
            person=who.person,
            device=who.device,
            name=name,
            link=digest(made.secret),
            typed=digest(made.code),
            expires_at=made.expires_at,
        )
        self._offers.put(who.device, offer)
        return made

    def withdraw(self, who: Who) -> None:
        """The first device shows it no longer."""
        self._offers.pop(who.device)

    def take_link(self, secret: str) -> Offer:
        """The offer that was scanned, spent from now on. Raises Refusal `expired`."""
        wanted = digest(secret)
        offer = self._found(lambda one: hmac.compare_digest(one.link, wanted))
        if offer is None or offer.tries >= MAX_TRIES:
            raise Refusal("expired", OVER)
        return self._spent(offer)

    def take_code(self, typed: str) -> Offer:
        """The offer whose code was typed, spent from now on. Raises Refusal `not-found` for a wrong one.

        Raises `expired` after five wrong tries: by then somebody guesses.
        """
        code = read_code(typed)
        offer = self._found(lambda one: one.name == code[:NAME_LETTERS])
        if offer is None:
            raise Refusal("not-found", WRONG, field="typed")
        if offer.tries >= MAX_TRIES:
            raise Refusal("expired", TOO_OFTEN, field="typed")
        if hmac.compare_digest(offer.typed, digest(code)):
            return self._spent(offer)
        self._offers.put(offer.device, replaced(offer, tries=offer.tries + 1))
        if offer.tries + 1 < MAX_TRIES:
            raise Refusal("not-found", WRONG, field="typed")
        self._tell(offer, OfferEnded(reason="wrong"))
        raise Refusal("expired", TOO_OFTEN, field="typed")

    def _spent(self, offer: Offer) -> Offer:
        self._offers.pop(offer.device)
        self._tell(offer, OfferEnded(reason="used"))
        return offer

    def _tell(self, offer: Offer, event: OfferEnded) -> None:
        self._store.sockets.tell_device(pack_event(event), offer.device)

    def _found(self, fits: Callable[[Offer], bool]) -> Offer | None:
        self._forget_old()
        return next((one for one in self._offers.values() if fits(one)), None)

    def _forget_old(self) -> None:
        """What is too old by this node's clock, or was made on a device that is signed out. Each node does so."""
        now, view = self._store.clock(), self._store.view()
        for one in self._offers.values():
            if one.expires_at <= now or not view.device(one.device):
                self._offers.drop_here(one.device)

    def _free_name(self) -> str:
        taken = {one.name for one in self._offers.values()}
        while (name := _letters(NAME_LETTERS)) in taken:
            pass
        return name


def read_code(typed: str) -> str:
    """A code as people type it: small letters, spaces and dashes are fine. Raises Refusal `not-found` for no code."""
    code = "".join(one for one in typed.upper() if one not in " -‐‑–.")
    if len(code) != NAME_LETTERS + SECRET_LETTERS or not set(code) <= set(ALPHABET):
        raise Refusal("not-found", WRONG, field="typed")
    return code


def _letters(count: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(count))
