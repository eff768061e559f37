"""Opening a conversation: its state at the head and its newest page, from one moment."""

from chat.blocks import blocked_people
from chat.conversations import cards, list_row, named_with
from chat.dispatch import query
from chat.pages import page_before
from chat.visibility import require_reader
from protocol.answers import DeviceCard, Opened
from protocol.commands import OpenConversation
from store import Store, Who

PAGE = 50  # entries of the first page


@query(OpenConversation)
async def open_conversation(command: OpenConversation, who: Who, store: Store) -> Opened:
    """Whatever comes true while the disk is asked is told after it."""
    row = require_reader(store.view(), who, command.conversation)
    people = cards(store, named_with(store, row))
    devices, blocked = (_devices(store, who), blocked_people(store, who.person)) if row.kind == "own" else ([], [])
    shown = await list_row(store, who, row)
    page = await page_before(store, who, row, row.head + 1, PAGE)
    return Opened(row=shown, page=page, people=people, devices=devices, blocked=blocked)


def _devices(store: Store, who: Who) -> list[DeviceCard]:
    seen = store.shelves.devices_seen
    return [
        DeviceCard(
            id=one.id,
            name=one.name,
            at=one.at,
            kind=one.kind,
            seen=row.at if (row := seen.get(one.id)) else 0,
            online=store.sockets.is_connected(one.id),
        )
        for one in store.view().devices_of(who.person)
    ]
