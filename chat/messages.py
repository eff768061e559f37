"""Messages: saying something, with words, files, or both."""

from collections.abc import Sequence

from chat.conversations import born
from chat.dispatch import after, fold, rule
from chat.reading import raise_mark
from chat.visibility import require_member
from protocol.commands import SendMessage
from protocol.errors import Refusal
from protocol.events import Logged, MessageSent
from protocol.records import replaced
from protocol.shapes import FileInfo
from store import Store, View, Who
from store.drafts import Draft
from store.rows import File, Hold

SPOKEN_IN = ("direct", "room")  # kinds of conversation people write in
MAX_PLACES = 100  # of one file in one conversation, the newest: the row is written anew each time the file is sent


@rule(SendMessage)
def send_message(command: SendMessage, who: Who, view: View) -> Sequence[Logged]:
    """Members may speak, while those they speak to are still here."""
    conversation = require_member(view, who, command.conversation)
    if conversation.kind not in SPOKEN_IN:
        raise Refusal("not-allowed", "Nobody can write in that conversation.", field="conversation")
    if not command.text.strip() and not command.files:
        raise Refusal("bad-field", "A message needs some text or a file.", field="text")
    if conversation.kind == "direct":
        require_company(view, who, list(conversation.members))
    files = [_attached(view, who, file) for file in dict.fromkeys(command.files)]
    sent = MessageSent(conversation=conversation.id, text=command.text, files=files, nonce=command.nonce)
    return [*born(view, conversation), sent]


def require_company(view: View, who: Who, members: list[str]) -> None:
    """Somebody has to be there to hear it. Raises Refusal `not-allowed`."""
    others = [person for person in members if person != who.person]
    if all((other := view.person(person)) is None or other.removed for person in others):
        raise Refusal("not-allowed", "This person has been removed and can no longer be reached.", field="conversation")


@fold(MessageSent)
def hold_files(event: MessageSent, draft: Draft) -> None:
    """Whoever may see the message may have its files."""
    for file in event.files:
        hold(draft, file.id, event.conversation, event.seq)


def hold(draft: Draft, file: str, conversation: str, seq: int) -> None:
    """A file hangs in this event from now on."""
    row = draft.holds.get(file) or Hold(file=file)
    places = {**row.places, conversation: [*row.places.get(conversation, []), seq][-MAX_PLACES:]}
    draft.holds.put(replaced(row, places=places))


@after(MessageSent)
def own_words_are_read(event: MessageSent, store: Store) -> None:
    """Who writes has read what stands above."""
    raise_mark(store, event.author, event.conversation, read=event.seq, delivered=event.seq)


def _attached(view: View, who: Who, file: str) -> FileInfo:
    row = view.file(file)
    if row is None or row.uploader != who.person:
        raise Refusal("not-found", "There is no such upload of yours. Please attach the file again.", field="files")
    if not row.complete:
        raise Refusal("bad-field", "A file of this message is not fully uploaded yet.", field="files")
    return file_info(row)


def file_info(row: File) -> FileInfo:
    """A file as a message carries it."""
    return FileInfo(
        id=row.id,
        name=row.name,
        type=row.type,
        size=row.size,
        width=row.width,
        height=row.height,
        thumbnail=row.thumbnail,
    )
