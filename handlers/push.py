"""`PUT /api/push`: a browser made a new subscription while no page was open; its worker has no socket to say so on."""

from chat.dispatch import perform
from handlers.base import Base
from protocol.answers import PushState
from protocol.codec import read_command
from protocol.commands import SubscribePush
from protocol.records import as_json


class Push(Base):
    """The body is what PushSubscription.toJSON() says; the answer is that of `push.subscribe`."""

    async def put(self) -> None:
        """It takes the place of the one before."""
        who = self.require_who()
        self.door.commands.take(who.device)
        body = self.body_json()
        keys = body.get("keys")
        named = {name: keys.get(name) for name in ("p256dh", "auth")} if isinstance(keys, dict) else {}
        command = read_command(SubscribePush.name, {"endpoint": body.get("endpoint"), **named})
        state = await perform(command, who, self.store)
        assert isinstance(state, PushState)
        self.answer(as_json(state))
