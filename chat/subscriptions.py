"""Subscriptions: where a device is pushed to while it has no connection, one a device, gone when it is signed out.

Nothing is decided on them by a rule, so they are rows that the last write wins. A newcomer's first mistake is to let
whoever names an endpoint have it: only who knows the secret that was made with it is the browser it leads to.
"""

import hmac
import json

from chat.dispatch import after, query
from protocol.answers import PushState, PushTried
from protocol.commands import AskPush, SubscribePush, TestPush, UnsubscribePush
from protocol.errors import Refusal
from protocol.events import DeviceRevoked
from store import Store, Who
from store.push import Parcel
from store.push.endpoints import Forbidden, is_public, read_endpoint
from store.rows import Subscription

TEST_SECONDS = 60  # after which a test that was not delivered is of no use


@query(AskPush)
async def ask_push(command: AskPush, who: Who, store: Store) -> PushState:
    """As it stands for this device."""
    return _state(store, who)


@query(SubscribePush)
async def subscribe(command: SubscribePush, who: Who, store: Store) -> PushState:
    """This device may be pushed to. A browser that was another device before takes its subscription along."""
    _require_endpoint(command.endpoint)
    row = Subscription(
        device=who.device,
        person=who.person,
        endpoint=command.endpoint,
        p256dh=command.p256dh.rstrip("="),
        auth=command.auth.rstrip("="),
        at=store.clock(),
    )
    before = [one for one in store.shelves.subscriptions.where("endpoint", row.endpoint) if one.device != row.device]
    if not all(hmac.compare_digest(one.auth, row.auth) for one in before):
        raise Refusal("not-allowed", "That subscription belongs to another browser.", field="endpoint")
    for one in before:
        await store.forget("subscriptions", one.device)
    await store.keep("subscriptions", row)
    return _state(store, who)


@query(UnsubscribePush)
async def unsubscribe(command: UnsubscribePush, who: Who, store: Store) -> PushState:
    """Nothing is pushed to this device any more."""
    if store.shelves.subscriptions.get(who.device):
        await store.forget("subscriptions", who.device)
    return _state(store, who)


@query(TestPush)
async def test_push(command: TestPush, who: Who, store: Store) -> PushTried:
    """To this very device, by the long way round, whether it is connected or not."""
    row = store.shelves.subscriptions.get(who.device)
    if row is None:
        raise Refusal("not-found", "This device is not subscribed. Turn notifications on first.")
    payload = json.dumps({"kind": "test"}).encode()
    parcel = Parcel(
        subscription=row,
        payload=payload,
        topic="test",
        expires_at=store.clock() + TEST_SECONDS * 1000,
        urgent=True,
    )
    return PushTried(outcome=(await store.post.deliver(parcel)).kind)


@after(DeviceRevoked, once=True)
def forget_subscription(event: DeviceRevoked, store: Store) -> None:
    """Nobody is told anything there. Should the disk fail just now, chat/pushing.py asks for the device as well."""
    if store.shelves.subscriptions.get(event.device):
        forgotten = store.forget("subscriptions", event.device)
        forgotten.add_done_callback(lambda done: done.cancelled() or done.exception())


def _state(store: Store, who: Who) -> PushState:
    subscribed = store.shelves.subscriptions.get(who.device) is not None
    return PushState(key=store.post.key, subscribed=subscribed, reached=store.post.reached)


def _require_endpoint(address: str) -> None:
    """What cannot be right is refused at once; where a name leads is looked at each time something is sent."""
    try:
        host = read_endpoint(address).host
    except Forbidden as why:
        raise Refusal("bad-field", f"That is no address of a push service: {why}.", field="endpoint") from None
    try:
        public = is_public(host)
    except ValueError:
        return  # a name
    if not public:
        raise Refusal("bad-field", "That is no address of a push service: it is a private one.", field="endpoint")
