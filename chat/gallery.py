"""The gallery of a conversation: everything that hangs in it, as far as somebody may see it.

It stands on the shelf of holds, which knows each file's places; what was deleted is not there. Of the log only the
page's own messages are read: they say who brought a file here, which for a forwarded one is not who uploaded it.
"""

from collections.abc import Iterator

from chat.dispatch import query
from chat.messages import file_info
from chat.visibility import require_member, sees, visible
from protocol.answers import Files, HungFile
from protocol.codec import read_event
from protocol.commands import ListFiles
from protocol.events import MessageSent
from store import Store, Who
from store.rows import File

PAGE = 60  # files, and what else hangs in the last message of the page


@query(ListFiles)
async def list_files(command: ListFiles, who: Who, store: Store) -> Files:
    """A page of it, whole messages only."""
    view = store.view()
    require_member(view, who, command.conversation)
    reaches = visible(view, who.person, command.conversation)
    below = command.before or 1 << 53
    found = [
        (seq, row)
        for seq, root, row in _hanging(store, command.conversation)
        if seq < below and is_media(row) == (command.kind == "media") and sees(reaches, seq, root)
    ]
    found.sort(key=lambda one: (-one[0], one[1].at, one[1].id))
    last = found[PAGE - 1][0] if len(found) > PAGE else 0
    page = [one for one in found if one[0] >= last]
    rows = await store.timeline.rows(command.conversation, [seq for seq, _ in page])
    said = {seq: read_event(row.frame) for seq, row in rows.items()}
    return Files(
        conversation=command.conversation,
        files=[
            HungFile(seq=seq, author=sent.author, at=sent.at, file=file_info(row))
            for seq, row in page
            if isinstance(sent := said.get(seq), MessageSent) and not sent.deleted  # it may be by now
        ],
        before=last if len(page) < len(found) else 0,
    )


def is_media(row: File) -> bool:
    """Whether it is to be looked at."""
    return row.width > 0 and row.type.startswith(("image/", "video/"))


def _hanging(store: Store, conversation: str) -> Iterator[tuple[int, int, File]]:
    for hold in store.shelves.holds.where("conversation", conversation):
        row = store.shelves.files.get(hold.file)
        if row is not None and not row.voice:
            yield from ((seq, hold.root(conversation, seq), row) for seq in hold.places.get(conversation, []))
