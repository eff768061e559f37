"""People: joining, the card others see, and being removed by the host. All of it is the directory's log."""

from collections.abc import Sequence

from chat.conversations import card
from chat.devices import added, revoked
from chat.dispatch import SERVER, fold, query, rule
from chat.ids import new_nonce
from chat.invitations import accept_invitation, end_house_invitation
from chat.members import gone_from_house
from chat.messages import hold, let_go
from chat.names import clean_name, name_keys
from chat.pages import MAX_ANSWER
from chat.presence import directory_head, presence
from chat.visibility import DIRECTORY, own, require_person
from protocol.answers import People
from protocol.codec import packed_size
from protocol.commands import ChangeProfile, JoinHouse, ListPeople, NameHost, RemovePerson
from protocol.errors import Refusal
from protocol.events import ConversationCreated, Logged, PersonChanged
from protocol.shapes import PersonCard, Presence
from store import Store, View, Who
from store.drafts import Draft
from store.rows import Person


@rule(JoinHouse)
def join_house(command: JoinHouse, who: Who, view: View) -> Sequence[Logged]:
    """A newcomer takes a free name, with an invitation that stands where one is needed."""
    name = clean_name(command.display_name)
    require_free(view, name)
    spent = accept_invitation(command.invitation, command.person, view) if command.invitation else []
    is_first = view.conversation(DIRECTORY) is None
    directory = [ConversationCreated(conversation=DIRECTORY, kind="directory")] if is_first else []
    mine = own(command.person)
    joined = PersonChanged(
        conversation=DIRECTORY,
        author=command.person,
        person=command.person,
        display_name=name,
        host=is_first if command.host is None else command.host,
    )
    begun = ConversationCreated(conversation=mine, author=command.person, kind="own", members=[command.person])
    return [*directory, joined, begun, added(command), *spent]


@rule(ChangeProfile)
def change_profile(command: ChangeProfile, who: Who, view: View) -> Sequence[Logged]:
    """One's own card only."""
    person = require_person(view, who.person)
    name = person.name if command.display_name is None else clean_name(command.display_name)
    if command.display_name is not None:
        require_free(view, name, but_for=person.id)
    if command.avatar:
        require_picture(view, who, command.avatar, field="avatar")
    return [
        PersonChanged(
            conversation=DIRECTORY,
            person=person.id,
            display_name=name,
            about=person.about if command.about is None else command.about.strip(),
            avatar=person.avatar if command.avatar is None else command.avatar,
            host=person.host,
        )
    ]


@rule(RemovePerson)
def remove_person(command: RemovePerson, who: Who, view: View) -> Sequence[Logged]:
    """The host may; not themselves, and not another host. Every device goes with it, the name stays taken.

    The house's invitation ends too, or they would be back under another name in a moment.
    """
    if who != SERVER and not require_person(view, who.person).host:
        raise Refusal("not-allowed", "Only the host may remove a person.")
    person = require_person(view, command.person)
    if person.host:
        raise Refusal("not-allowed", "The host cannot be removed.", field="person")
    return [
        _changed(person, removed=True),
        *(revoked(device) for device in view.devices_of(person.id)),
        *gone_from_house(view, person.id),
        *end_house_invitation(person.id, view),
    ]


@rule(NameHost)
def become_host(command: NameHost, who: Who, view: View) -> Sequence[Logged]:
    """As the command line said."""
    return [_changed(require_person(view, command.person), host=True)]


async def name_host(store: Store, name: str) -> None:
    """Make the person of this name a host, if there is one by now; a newcomer of that name becomes it when joining."""
    people = store.view().people(name_keys(name)[0]) if name else []
    if people and not people[0].host and not people[0].removed:
        await store.write(NameHost(nonce=new_nonce(), person=people[0].id), SERVER)


@fold(PersonChanged)
def keep_person(event: PersonChanged, draft: Draft) -> None:
    """The card as it now is, and who holds the name."""
    before = draft.people.get(event.person)
    worn = before.avatar if before else ""
    if event.avatar != worn:
        if worn:
            let_go(draft, worn, DIRECTORY)
        if event.avatar:
            hold(draft, event.avatar, DIRECTORY, event.seq)
    draft.people.put(
        Person(
            id=event.person,
            name=event.display_name,
            keys=name_keys(event.display_name),
            about=event.about,
            avatar=event.avatar,
            host=event.host,
            removed=event.removed,
            seq=event.seq,
        )
    )


@query(ListPeople)
async def list_people(command: ListPeople, who: Who, store: Store) -> People:
    """Everyone in order of id; also those who were removed, whose name still stands in old conversations."""
    left = sorted((row for row in store.shelves.people if row.id > command.after), key=lambda row: row.id)
    page, how, size = list[PersonCard](), list[Presence](), 0
    for row in left[: command.limit]:
        shown, present = card(row), presence(store, row.id, who.person)
        size += packed_size(shown) + packed_size(present)
        if page and size > MAX_ANSWER:
            break
        page.append(shown)
        how.append(present)
    return People(
        people=page,
        presence=how,
        head=directory_head(store),
        after=page[-1].id if len(page) < len(left) else "",
    )


def require_free(view: View, name: str, *, but_for: str = "") -> None:
    """A name nobody holds, nor one that looks like it. Raises Refusal `name-taken`, saying which it is."""
    same, *alike = name_keys(name)
    if any(row.id != but_for for row in view.people(same)):
        raise Refusal(
            "name-taken", f"Somebody here is already called {name}. If that is you, say so.", field="username"
        )
    for row in [row for key in alike for row in view.people(key)]:
        if row.id != but_for:
            raise Refusal(
                "name-taken", f"That name looks just like {row.name}. Please choose another.", field="username"
            )


def _changed(person: Person, *, removed: bool = False, host: bool = False) -> PersonChanged:
    return PersonChanged(
        conversation=DIRECTORY,
        person=person.id,
        display_name=person.name,
        about=person.about,
        avatar=person.avatar,
        host=person.host or host,
        removed=person.removed or removed,
    )


def require_picture(view: View, who: Who, picture: str, *, field: str) -> None:
    """One's own upload, and a picture. Raises Refusal `not-found`, `bad-field`."""
    file = view.file(picture)
    if file is None or file.uploader != who.person or not file.complete:
        raise Refusal("not-found", "There is no such upload of yours. Please choose the picture again.", field=field)
    if not file.thumbnail:
        raise Refusal("bad-field", "That file is not a picture this server can read.", field=field)
