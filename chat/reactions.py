"""Reactions: an emoji under a message, one of each kind from each person."""

import unicodedata

from chat.dispatch import fold, rule
from chat.tallies import joined, left
from chat.targets import require_target, standing_of
from protocol.commands import SetReaction
from protocol.errors import Refusal
from protocol.events import Logged, ReactionChanged
from protocol.records import replaced
from protocol.shapes import Reaction, Tally
from store import View, Who
from store.cold import stance_key
from store.drafts import Draft
from store.rows import Stance

MAX_KINDS = 40  # different emoji under one message
MAX_OWN = 10  # of one person under one message
KEYCAPS = "0123456789#*"
LIKE_LETTERS = "\u203c\u2049\u2139\u2194\u2934\u2935\u25fb\u25fc\u25fd\u25fe\u3030\u303d"  # emoji all the same


@rule(SetReaction)
def set_reaction(command: SetReaction, who: Who, view: View) -> list[Logged]:
    """Any member, under any message they may see. Saying what stands already is refused, so that counts stay true."""
    row, message = require_target(view, who, command)
    kinds = view.standing(row.id, message.seq).reactions
    own = view.stance(row.id, message.seq, who.person).emoji
    emoji = as_it_stands(clean_emoji(command.emoji), [one.emoji for one in kinds])
    if (emoji in own) == command.on:
        raise Refusal("stands-already", "Your reaction is as you want it already.", field="on")
    if command.on:
        if len(own) >= MAX_OWN:
            raise Refusal("too-many", f"You can put {MAX_OWN} different emoji under one message.", field="emoji")
        if len(kinds) >= MAX_KINDS and all(one.emoji != emoji for one in kinds):
            raise Refusal("too-many", f"{MAX_KINDS} different emoji are here; choose one of them.", field="emoji")
    return [ReactionChanged(conversation=row.id, target=message.seq, emoji=emoji, on=command.on)]


@fold(ReactionChanged)
def count_reaction(event: ReactionChanged, draft: Draft) -> None:
    """Counted with the message, and kept with the person."""
    standing = standing_of(draft, event.conversation, event.target)
    reactions = changed(standing.reactions, event)
    draft.standing.put(replaced(standing, reactions=reactions, upto=event.seq))
    known = draft.stances.get(stance_key(event.conversation, event.target, event.author))
    stance = known or Stance(conversation=event.conversation, seq=event.target, person=event.author)
    others = [one for one in stance.emoji if one != event.emoji]
    draft.stances.put(replaced(stance, emoji=[*others, event.emoji] if event.on else others))


def changed(reactions: list[Reaction], event: ReactionChanged) -> list[Reaction]:
    """The reactions after it: a new emoji comes last, one that nobody holds goes."""
    step = joined if event.on else left
    counted = [
        replaced(one, tally=step(one.tally, event.author)) if one.emoji == event.emoji else one for one in reactions
    ]
    if event.on and all(one.emoji != event.emoji for one in reactions):
        counted.append(Reaction(emoji=event.emoji, tally=joined(Tally(), event.author)))
    return [one for one in counted if one.tally.count > 0]


def clean_emoji(emoji: str) -> str:
    """One emoji as it is counted. Raises Refusal `bad-field` for what is none: letters, words, two of them."""
    keycap = len(emoji) <= 3 and emoji[:1] in KEYCAPS and emoji.endswith("\u20e3")
    parts = emoji.split("\u200d")
    is_one = all(map(_is_part, parts)) or (len(parts) == 1 and _is_flag(emoji))
    if not (is_one or keycap):
        raise Refusal("bad-field", "A reaction is one emoji.", field="emoji")
    return emoji


def as_it_stands(emoji: str, known: list[str]) -> str:
    """The form it was first put in here: with and without a selector of its form (U+FE0F) it looks the same."""
    return next((one for one in known if _bare(one) == _bare(emoji)), emoji)


def _bare(emoji: str) -> str:
    return emoji.replace("\ufe0f", "").replace("\ufe0e", "")


def _is_part(part: str) -> bool:
    """A picture, perhaps with its form, the colour of its skin, or the letters of a region."""
    return part[:1] != "" and _is_picture(part[0]) and all(map(_colours, part[1:]))


def _is_picture(letter: str) -> bool:
    is_newer = "\U0001f000" <= letter <= "\U0001faff" and unicodedata.category(letter) == "Cn"
    return is_newer or unicodedata.category(letter) == "So" or letter in LIKE_LETTERS


def _is_flag(emoji: str) -> bool:
    """Two letters of a country (Unicode TS 51, section 1.4.2)."""
    return len(emoji) == 2 and all("\U0001f1e6" <= letter <= "\U0001f1ff" for letter in emoji)


def _colours(letter: str) -> bool:
    return letter in "\ufe0f\ufe0e" or "\U0001f3fb" <= letter <= "\U0001f3ff" or "\U000e0020" <= letter <= "\U000e007f"
