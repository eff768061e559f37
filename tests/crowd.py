"""A crowd that reacts: a thousand people of a house, made by the store's own code while no server runs."""

import asyncio
import time
from pathlib import Path

from chat.dispatch import SERVER, Registry, tell_event
from chat.ids import new_id, new_nonce, new_token
from chat.invitations import digest
from protocol.commands import JoinHouse, SetReaction
from store import Store, Who
from store.durable.sqlite import Sqlite

EMOJI = "👍🎉😂😮😢🙏🔥👀💯🥳🤔👏🙌💪🌻🍰🎂🚀🐢🦄🍕🌈🎈🏡🌍🎵🧩🥦🍏🪁"
EACH = 10  # of one person
AT_ONCE = 200


def now() -> int:
    return time.time_ns() // 1_000_000


async def crowd_reacts(store: Store, conversation: str, target: int, people: int = 1000) -> list[Who]:
    """So many join, and each puts ten of thirty emoji under a message that everybody may see."""
    crowd = [Who(person=new_id("p"), device=new_id("d")) for _ in range(people)]
    joins = [
        JoinHouse(
            nonce=new_nonce(),
            person=who.person,
            display_name=f"Guest {number}",
            invitation="",
            device=who.device,
            device_name="Phone",
            token=digest(new_token()),
        )
        for number, who in enumerate(crowd)
    ]
    for first in range(0, people, AT_ONCE):
        await asyncio.gather(*(store.write(one, SERVER) for one in joins[first : first + AT_ONCE]))
    for number, who in enumerate(crowd):
        chosen = [EMOJI[(number + at) % len(EMOJI)] for at in range(EACH)]
        given = {"conversation": conversation, "target": target, "on": True}
        puts = [SetReaction(nonce=new_nonce(), emoji=emoji, **given) for emoji in chosen]  # type: ignore[arg-type]
        await asyncio.gather(*(store.write(one, who) for one in puts))
    return crowd


def crowd_reacts_on_disk(data: Path, conversation: str, target: int) -> None:
    """The same in a folder that no server has open."""

    async def reacts() -> None:
        store = Store(Sqlite(data / "parley.db", now), Registry(), tell_event, now)
        await store.start()
        try:
            await crowd_reacts(store, conversation, target)
        finally:
            await store.close()

    asyncio.run(reacts())
