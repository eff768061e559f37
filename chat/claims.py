"""Claims: "That's me" on a taken name, so that people survive a phone that forgot them.

A claim waits in memory for ten minutes and is asked of the person's other devices, or of the host on the command line.
Both screens show the same code, so that nobody says yes to a stranger's phone.
"""

import secrets

from chat.dispatch import SERVER, after, query
from chat.ids import nonce_from
from chat.names import clean_label
from protocol.answers import Done
from protocol.codec import pack_event
from protocol.commands import AddDevice, AllowClaim
from protocol.errors import Refusal
from protocol.events import ClaimAsked, ClaimSettled, DeviceAdded
from protocol.records import replaced
from store import Store, Who
from store.rows import Claim

LIFETIME_MS = 10 * 60 * 1000
MAX_WAITING = 20  # of the whole house
MAX_OF_PERSON = 3  # at once, so that nobody's screen is flooded
MAX_REFUSED = 2  # from one address in ten minutes: the first no may have been a slip


def make_claim(store: Store, claim: Claim) -> None:
    """A device waits from now on. Raises Refusal `not-allowed` after a second no, `too-many` when too many wait.

    Who asks again from the same address has given up waiting before, so nobody keeps others out by asking on and on.
    Who brought a code of the person's own device is let ask: it works once, and nobody else has it.
    """
    before = [one for one in _still_there(store) if claim.address and _is_same_guest(one, claim)]
    if claim.by == "name" and sum(one.allowed is False for one in before) >= MAX_REFUSED:
        raise Refusal("not-allowed", "That was refused on the other device. Please try again in ten minutes.")
    for one in before:
        if one.allowed is None and not one.settling:
            _give_up(one, store)
    if claim.by == "name":
        _require_room(store, claim)
    claim = replaced(claim, device_name=clean_label(claim.device_name))
    store.claims.put(claim.id, claim)
    store.sockets.tell(_asked(claim), [claim.person])


def _require_room(store: Store, claim: Claim) -> None:
    waiting = [one for one in standing(store) if one.by == "name"]
    if len(waiting) >= MAX_WAITING or sum(one.person == claim.person for one in waiting) >= MAX_OF_PERSON:
        raise Refusal("too-many", "Somebody is already asking to be let in by that name. Please try in ten minutes.")


def standing(store: Store, person: str = "") -> list[Claim]:
    """The claims nobody has answered yet."""
    return [one for one in _still_there(store) if one.allowed is None and person in ("", one.person)]


def ask_again(store: Store, person: str) -> list[bytes]:
    """What a device that has just connected must hear."""
    return [_asked(claim) for claim in standing(store, person)]


@query(AllowClaim)
async def allow_claim(command: AllowClaim, who: Who, store: Store) -> Done:
    """By any device of the person, or by the host on the command line."""
    claim = store.claims.get(command.claim)
    if claim is None or (who != SERVER and claim.person != who.person) or claim.expires_at <= store.clock():
        raise Refusal("not-found", "Nobody is waiting for that any more.", field="claim")
    if claim.allowed is None and not claim.settling:
        if command.allow:
            await _let_in(claim, store)
        else:
            _settle(replaced(claim, allowed=False), store)
    return Done()


@after(DeviceAdded)
def its_claim_is_settled(event: DeviceAdded, store: Store) -> None:
    """The device that waited may come in from now on; it has as long again to fetch its key.

    Every node knows it by the log, and tells who is connected to it.
    """
    for claim in store.claims.values():
        if claim.device == event.device and claim.allowed is None:
            store.claims.put_here(claim.id, replaced(claim, allowed=True, expires_at=event.at + LIFETIME_MS))
            store.sockets.tell_here(pack_event(ClaimSettled(claim=claim.id)), [claim.person])


def new_pairing_code() -> str:
    """Four digits that both screens show."""
    return f"{secrets.randbelow(10_000):04d}"


def _still_there(store: Store) -> list[Claim]:
    """Answered ones too; those that have expired by this node's clock are forgotten on the way."""
    for claim in store.claims.values():
        if claim.expires_at <= store.clock():
            store.claims.drop_here(claim.id)  # another node may have another time
    return store.claims.values()


def _is_same_guest(one: Claim, other: Claim) -> bool:
    return one.address == other.address and one.person == other.person


def _give_up(claim: Claim, store: Store) -> None:
    store.claims.pop(claim.id)
    store.sockets.tell(pack_event(ClaimSettled(claim=claim.id)), [claim.person])


async def _let_in(claim: Claim, store: Store) -> None:
    """The claim's own nonce, so that two devices that both say yes add it once. Whoever answers meanwhile is late."""
    store.claims.put(claim.id, replaced(claim, settling=True))
    try:
        await store.write(
            AddDevice(
                nonce=nonce_from(claim.id),
                person=claim.person,
                device=claim.device,
                device_name=claim.device_name,
                device_kind=claim.device_kind,
                token=claim.token,
            ),
            SERVER,
        )
    except Refusal:
        store.claims.put(claim.id, claim)
        raise


def _settle(claim: Claim, store: Store) -> None:
    store.claims.put(claim.id, claim)
    store.sockets.tell(pack_event(ClaimSettled(claim=claim.id)), [claim.person])


def _asked(claim: Claim) -> bytes:
    return pack_event(
        ClaimAsked(
            claim=claim.id,
            device_name=claim.device_name,
            code=claim.code,
            expires_at=claim.expires_at,
            by=claim.by,
        )
    )
