"""Messages: saying something, with words, files, or both."""

from collections.abc import Sequence

from chat.answers import answered
from chat.blocks import require_unblocked
from chat.conversations import born
from chat.dispatch import after, fold, rule
from chat.mentions import everyone_named, keep_mentions, mentioned
from chat.names import clean_line, is_blank
from chat.reading import raise_mark
from chat.roles import require_voice
from chat.targets import NO_MESSAGE, require_message
from chat.visibility import require_member, within
from protocol.commands import SendMessage
from protocol.errors import Refusal
from protocol.events import Logged, MessageSent
from protocol.records import replaced
from protocol.shapes import FileInfo, Place, Poll
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
    if conversation.kind == "direct":
        require_company(view, who, list(conversation.members))
    require_voice(view, who, conversation)
    files = [_attached(view, who, file) for file in dict.fromkeys(command.files)]
    if command.voice is not None:
        require_recording(files)
    sent = MessageSent(
        conversation=conversation.id,
        text=command.text,
        files=files,
        nonce=command.nonce,
        voice=command.voice,
        reply=_quoted(command, who, view),
        target=_thread(command, who, view),
        mentions=mentioned(view, conversation, command.mentions),
        everyone=everyone_named(view, conversation, who.person, command.everyone),
        poll=_asked(command),
    )
    if command.forward:
        sent = _forwarded(sent, command.forward, who, view)
    if is_blank(sent.text) and not sent.files:
        raise Refusal("bad-field", "A message needs some text or a file.", field="text")
    return [*born(view, conversation), sent]


def _quoted(command: SendMessage, who: Who, view: View) -> int:
    """What is quoted is somewhere in what this person may see; whether it still stands is found out by who looks."""
    if command.reply and not within(view, who.person, command.conversation, command.reply):
        raise Refusal("not-found", NO_MESSAGE, field="reply")
    return command.reply


def _thread(command: SendMessage, who: Who, view: View) -> int:
    """Threads have no threads of their own."""
    if command.target and require_message(view, who, command.conversation, command.target).target:
        raise Refusal("not-allowed", "That is said in a thread already: answer there.", field="target")
    return command.target


def _asked(command: SendMessage) -> Poll | None:
    if command.poll is None:
        return None
    options = [clean_line(option) for option in command.poll.options]
    if any(map(is_blank, options)) or len(set(options)) < len(options) or is_blank(command.text):
        raise Refusal("bad-field", "A poll needs a question, and options that differ.", field="poll")
    return replaced(command.poll, options=options)


def _forwarded(sent: MessageSent, place: Place, who: Who, view: View) -> MessageSent:
    """The words and files of that message, and who said it first."""
    if sent.text or sent.files or sent.poll:
        raise Refusal("bad-field", "What is forwarded is sent as it is; say more in another message.", field="text")
    message = require_message(view, who, place.conversation, place.seq, field="forward")
    if message.poll:
        raise Refusal("not-allowed", "A poll stays where it was asked.", field="forward")
    first = message.forwarded or message.author
    return replaced(sent, text=message.text, files=message.files, voice=message.voice, forwarded=first)


def require_company(view: View, who: Who, members: list[str]) -> None:
    """Somebody has to be there to hear it, and want to. Raises Refusal `not-allowed`."""
    others = [person for person in members if person != who.person]
    if all((other := view.person(person)) is None or other.removed for person in others):
        raise Refusal("not-allowed", "This person has been removed and can no longer be reached.", field="conversation")
    require_unblocked(view, who, others)


def require_recording(files: list[FileInfo]) -> None:
    """A voice message is one sound, by what its bytes are. Raises Refusal `bad-field`."""
    if len(files) != 1 or not files[0].type.startswith("audio/"):
        raise Refusal("bad-field", "A voice message needs one sound file and no other.", field="voice")


@fold(MessageSent)
def keep_message(event: MessageSent, draft: Draft) -> None:
    """Whoever may see it may have its files, and whom it names is called; said in a thread, it is an answer."""
    if event.target:
        answered(draft, event)
    for file in event.files:
        hold(draft, file.id, event.conversation, event.seq, event.target)
    keep_mentions(event, draft)


def hold(draft: Draft, file: str, conversation: str, seq: int, root: int = 0) -> None:
    """A file hangs in this event from now on; `root` is the first message of the thread it is said in."""
    row = draft.holds.get(file) or Hold(file=file)
    if root:
        row = replaced(row, roots={**row.roots, Hold.place(conversation, seq): root})
    all_of_it = [*row.places.get(conversation, []), seq]
    places = {**row.places, conversation: all_of_it[-MAX_PLACES:]}
    draft.holds.put(_rooted(replaced(row, places=places, beyond=row.beyond or len(all_of_it) > MAX_PLACES)))


def let_go(draft: Draft, file: str, conversation: str, seq: int | None = None) -> None:
    """A file hangs in this event no longer; without a `seq`, in no event of the conversation.

    A row without places stays until store/leftovers.py has removed the file.
    """
    row = draft.holds.get(file)
    if row is None:
        return
    left = [] if seq is None else [place for place in row.places.get(conversation, []) if place != seq]
    others = {name: seqs for name, seqs in row.places.items() if name != conversation}
    draft.holds.put(_rooted(replaced(row, places={**others, conversation: left} if left else others)))


def _rooted(row: Hold) -> Hold:
    """With the roots of the places that are left."""
    if not row.roots:
        return row
    kept = {Hold.place(conversation, seq) for conversation, seqs in row.places.items() for seq in seqs}
    return replaced(row, roots={place: root for place, root in row.roots.items() if place in kept})


@after(MessageSent, once=True)
def own_words_are_read(event: MessageSent, store: Store) -> None:
    """Who writes has read what stands above; what is said in a thread says nothing of the rest."""
    if event.target:
        return
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
        seconds=row.seconds,
        preview=row.preview,
    )
