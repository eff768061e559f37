"""Polls: a question asked with a message, and what people choose."""

from chat.dispatch import fold, rule
from chat.tallies import joined, left
from chat.targets import require_target, standing_of
from protocol.commands import ClosePoll, Vote
from protocol.errors import Refusal
from protocol.events import Logged, MessageSent, PollClosed, VoteChanged
from protocol.records import replaced
from protocol.shapes import MAX_OPTIONS, Poll, Tally
from store import View, Who
from store.cold import stance_key
from store.drafts import Draft
from store.rows import Stance


@rule(Vote)
def vote(command: Vote, who: Who, view: View) -> list[Logged]:
    """One's whole choice, as long as the poll is open."""
    row, message = require_target(view, who, command)
    poll = _open_poll(view, message)
    choices = sorted(set(command.choices))
    if choices and choices[-1] >= len(poll.options):
        raise Refusal("bad-field", f"This poll has {len(poll.options)} options.", field="choices")
    if len(choices) > 1 and not poll.multiple:
        raise Refusal("bad-field", "In this poll one chooses a single option.", field="choices")
    before = view.stance(row.id, message.seq, who.person).choices
    if choices == before:
        raise Refusal("stands-already", "That is your choice already.", field="choices")
    return [VoteChanged(conversation=row.id, target=message.seq, choices=choices, before=before)]


@rule(ClosePoll)
def close_poll(command: ClosePoll, who: Who, view: View) -> list[Logged]:
    """Who asked may."""
    row, message = require_target(view, who, command)
    _open_poll(view, message)
    if message.author != who.person:
        raise Refusal("not-allowed", "Only who asked can close a poll.", field="target")
    return [PollClosed(conversation=row.id, target=message.seq)]


@fold(VoteChanged)
def count_vote(event: VoteChanged, draft: Draft) -> None:
    """Counted with the message, and kept with the person."""
    standing = standing_of(draft, event.conversation, event.target)
    draft.standing.put(replaced(standing, votes=voted(standing.votes, event), upto=event.seq))
    known = draft.stances.get(stance_key(event.conversation, event.target, event.author))
    stance = known or Stance(conversation=event.conversation, seq=event.target, person=event.author)
    draft.stances.put(replaced(stance, choices=event.choices))


@fold(PollClosed)
def keep_closed(event: PollClosed, draft: Draft) -> None:
    """No vote counts from here on."""
    standing = standing_of(draft, event.conversation, event.target)
    draft.standing.put(replaced(standing, closed=True, upto=event.seq))


def voted(votes: list[Tally], event: VoteChanged) -> list[Tally]:
    """The tallies after it, one for each option there may be."""
    tallies = votes or [Tally()] * MAX_OPTIONS
    gone, come = set(event.before) - set(event.choices), set(event.choices) - set(event.before)
    return [
        left(tally, event.author) if at in gone else joined(tally, event.author) if at in come else tally
        for at, tally in enumerate(tallies)
    ]


def _open_poll(view: View, message: MessageSent) -> Poll:
    if message.poll is None:
        raise Refusal("not-found", "That message asks nothing.", field="target")
    if view.standing(message.conversation, message.seq).closed:
        raise Refusal("not-allowed", "This poll is closed.", field="target")
    return message.poll
