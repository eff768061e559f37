"""A household in which everything has happened: people, rooms, and in them every kind of message.

It is made once and looked at from many sides. What is said is said through the pages' own line to the server, so that
making it takes seconds; what is looked at afterwards is what the server tells.
"""

import base64
import json
import ssl
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pypdfium2
from playwright.sync_api import Page

from tests.browser.phones import Phone
from tests.browser.running import RunningServer
from tests.store import photos
from tests.store.recordings import record

PickUp = Callable[..., Phone]

# A command, with a nonce of its own where it wants one
ASK = """async ([name, body, writes]) => {
  const { ask } = await import("/state/connection.js");
  const { newNonce } = await import("/protocol/ids.js");
  return await ask(name, writes ? { nonce: newNonce(), ...body } : body);
}"""
UPLOAD = """async ([name, type, packed]) => {
  const { upload } = await import("/state/uploads.js");
  const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
  return await upload(new File([bytes], name, { type }), name);
}"""
SPEAK = """async ([conversation, file, milliseconds]) => {
  const { ask } = await import("/state/connection.js");
  const { newNonce } = await import("/protocol/ids.js");
  const levels = Uint8Array.from({ length: 64 }, (_, at) => 128 + 100 * Math.sin(at / 3) * Math.cos(at / 7));
  const voice = { milliseconds, levels };
  return await ask("message.send", { nonce: newNonce(), conversation, files: [file], voice });
}"""
ME = """async () => (await import("/state/session.js")).session.value.me"""
MANY = [f"{hour} o'clock" for hour in range(9, 20)]
LONG = "Maximiliane von Donaudampfschifffahrt"
RICH = """**Shopping** for _Saturday_:
- flour, 2 kg
- *eggs* from the farm
- ~~butter~~ Alsan

> Somebody bring a tin!

`oven: 180 °C`
```
for cake in cakes:
    bake(cake, minutes=45, oven="preheated", tin="the old round one")
```
Recipe: https://example.org/recipes/apple-cake?portions=12&oven=fan"""


class Somebody:
    """A page of one person, and what they can do without looking at it."""

    def __init__(self, page: Page, name: str) -> None:
        self.page = page
        self.name = name
        self.id: str = page.evaluate(ME)

    def ask(self, command: str, **body: Any) -> Any:
        """One query. Fails with the server's refusal."""
        return self.page.evaluate(ASK, [command, body, False])

    def does(self, command: str, **body: Any) -> Any:
        """One command that writes."""
        return self.page.evaluate(ASK, [command, body, True])

    def with_(self, other: "Somebody | str") -> str:
        """The conversation of the two."""
        return "direct." + ".".join(sorted((self.id, other if isinstance(other, str) else other.id)))

    def says(self, conversation: str, text: str, **more: Any) -> int:
        """The seq of what was said."""
        return int(self.does("message.send", conversation=conversation, text=text, **more)["seq"])

    def uploads(self, name: str, kind: str, content: bytes) -> str:
        """The id of a file that is there now."""
        return str(self.page.evaluate(UPLOAD, [name, kind, base64.b64encode(content).decode()]))

    def sends(self, conversation: str, *files: tuple[str, str, bytes], text: str = "", **more: Any) -> int:
        """Files as (name, type, bytes), in one message."""
        return self.says(conversation, text, files=[self.uploads(*file) for file in files], **more)

    def speaks(self, conversation: str, sound: bytes, milliseconds: int) -> None:
        """A voice message."""
        file = self.uploads("voice.webm", "audio/webm", sound)
        self.page.evaluate(SPEAK, [conversation, file, milliseconds])


@dataclass
class Household:
    """Anna's two devices look; the others act. `seqs` are messages one wants to find again, by a word for each."""

    server: RunningServer
    folder: Path
    anna: Somebody
    bob: Somebody
    cleo: Somebody
    people: dict[str, str] = field(default_factory=dict)  # name -> id, of those without a page
    rooms: dict[str, str] = field(default_factory=dict)  # title -> id
    seqs: dict[str, int] = field(default_factory=dict)

    @property
    def talk(self) -> str:
        """The conversation of Anna and Bob, in which there is everything."""
        return self.anna.with_(self.bob)


def comes(server: RunningServer, name: str) -> str:
    """Somebody joins without a page; their id."""
    body = json.dumps({"username": name, "invite": server.invitation, "token": True}).encode()
    headers = {"Content-Type": "application/json", "X-Parley": "1"}
    request = urllib.request.Request(f"{server.origin}/api/session", body, headers)
    context: ssl.SSLContext = server.household.context()
    with urllib.request.urlopen(request, timeout=30, context=context) as answer:
        return str(json.load(answer)["person"]["id"])


def prepare(phone: PickUp, server: RunningServer, folder: Path) -> Household:
    """All of it. Anna is the host, for she joins first, and holds a phone of 360 px."""
    anna = Somebody(phone(360, 740, name="anna").join("Anna"), "Anna")
    bob, cleo, eve = (Somebody(phone(name=name).join(name), name) for name in ("Bob", "Cleo", "Eve"))
    house = Household(server, folder, anna, bob, cleo)
    house.people = {name: comes(server, name) for name in (LONG, "ليلى حسن", "田中さくら", "Finn", "Gone Girl")}
    house.people["Eve"] = eve.id
    bob.does("profile.change", avatar=bob.uploads("me.jpg", "image/jpeg", photos.jpeg((400, 400))), about="Bakes bread")
    _rooms(house, eve)
    _talk(house)
    _thread(house)
    anna.does("person.block", person=eve.id)
    cleo.says(cleo.with_(anna), "Are you coming on Sunday?")
    anna.says(anna.with_(cleo), "Yes, with the children.")
    cleo.does("person.block", person=anna.id)
    anna.says(anna.with_(house.people["Gone Girl"]), "Farewell")
    anna.does("person.remove", person=house.people["Gone Girl"])
    anna.says(anna.with_(house.people["ليلى حسن"]), "مرحبا, how are you?")
    return house


def _rooms(house: Household, eve: Somebody) -> None:
    anna, bob, cleo = house.anna, house.bob, house.cleo
    everybody = [bob.id, cleo.id, eve.id, house.people[LONG]]

    def make(who: Somebody, title: str, **card: Any) -> str:
        house.rooms[title] = who.does("room.create", title=title, **card)["conversation"]
        return house.rooms[title]

    garden = make(anna, "Garden club", topic="Beds, seeds and who waters when", members=everybody)
    anna.does("member.change", conversation=garden, person=bob.id, role="moderator")
    bob.says(garden, "I have tomatoes to give away 🍅")
    bob.says(garden, "Twelve of them, in pots")
    eve.says(garden, "Nobody reads this")
    cleo.says(garden, "Two for me please, @Bob", mentions=[bob.id])
    house.seqs["mine in the room"] = anna.says(garden, "Three for me, @Cleo can carry them", mentions=[cleo.id])
    bob.says(garden, "@Anna they are yours", mentions=[anna.id], reply=house.seqs["mine in the room"])
    for who, emoji in ((bob, "👍"), (cleo, "👍"), (bob, "🎉")):
        who.does("reaction.set", conversation=garden, target=house.seqs["mine in the room"], emoji=emoji, on=True)
    make(bob, "Announcements of the house", announcements=True, members=[anna.id, cleo.id], topic="Read me")
    bob.says(house.rooms["Announcements of the house"], "The water is off on Monday.")
    make(cleo, "Chess", public=True, topic="Every Thursday at eight, beginners welcome", members=[bob.id])
    barred = make(cleo, "Secret society of readers", public=True, members=[anna.id])
    cleo.does("member.remove", conversation=barred, person=anna.id)
    make(anna, "Empty room")


def _talk(house: Household) -> None:
    anna, bob, talk = house.anna, house.bob, house.talk
    sound = record(house.folder / "voice.webm", seconds=3).read_bytes()
    film = photos.film(house.folder / "film.mp4", (320, 240), seconds=3)
    document = pypdfium2.PdfDocument.new()
    document.new_page(200, 280)
    document.save(house.folder / "plan.pdf")
    plan = (house.folder / "plan.pdf").read_bytes()
    seqs = house.seqs
    seqs["first"] = bob.says(talk, "Good morning!")
    seqs["pinned"] = bob.says(talk, "The key is under the third pot from the left, as always.")
    seqs["hello"] = anna.says(talk, "Morning. What shall we bake?")
    bob.says(talk, RICH)
    anna.says(talk, "👋🎂")
    anna.says(talk, "Then it is apple cake", reply=seqs["hello"])
    seqs["edited"] = anna.says(talk, "I bring flour and egs")
    anna.does("message.edit", conversation=talk, target=seqs["edited"], text="I bring flour and eggs")
    gone = bob.says(talk, "never mind")
    bob.does("message.delete", conversation=talk, target=gone)
    bob.says(talk, "", forward={"conversation": talk, "seq": seqs["hello"]})
    bob.sends(talk, ("holiday.jpg", "image/jpeg", photos.jpeg((640, 480), 1)))
    anna.sends(
        talk,
        *((f"photo {at}.jpg", "image/jpeg", photos.jpeg((400, 300 + at), 1)) for at in range(3)),
        text="The tins we have",
    )
    bob.sends(talk, ("party.mp4", "video/mp4", film))
    bob.sends(talk, ("Bebauungsplanänderungsantrag 2026 endgültig (3).pdf", "application/pdf", plan))
    anna.sends(talk, ("seeds.csv", "text/csv", b"name,when\nbeans,May\n"), text="As a list")
    bob.sends(talk, ("song.webm", "audio/webm", sound))
    bob.speaks(talk, sound, 3000)
    anna.speaks(talk, sound, 65_000)
    seqs["poll"] = bob.says(talk, "When do we meet?", poll={"options": MANY, "multiple": True})
    bob.does("poll.vote", conversation=talk, target=seqs["poll"], choices=[1, 2])
    anna.does("poll.vote", conversation=talk, target=seqs["poll"], choices=[2, 5])
    seqs["closed poll"] = anna.says(
        talk, "With cream?", poll={"options": ["Yes", "Only for those who ask for it in time, as last year", "No"]}
    )
    bob.does("poll.vote", conversation=talk, target=seqs["closed poll"], choices=[0])
    anna.does("poll.vote", conversation=talk, target=seqs["closed poll"], choices=[1])
    anna.does("poll.close", conversation=talk, target=seqs["closed poll"])
    for seq in (seqs["first"], seqs["pinned"], seqs["poll"]):
        bob.does("pin.set", conversation=talk, target=seq, on=True)
    for emoji in ("❤️", "😂", "👍", "🎉", "🤷🏽‍♀️", "🇩🇪"):
        bob.does("reaction.set", conversation=talk, target=seqs["edited"], emoji=emoji, on=True)
    anna.does("reaction.set", conversation=talk, target=seqs["edited"], emoji="❤️", on=True)


def _thread(house: Household) -> None:
    anna, bob, talk = house.anna, house.bob, house.talk
    seqs = house.seqs
    seqs["thread"] = anna.says(talk, "Who brings what? Answer below, so that we find it again.")
    bob.says(talk, "Plates", target=seqs["thread"])
    anna.says(talk, "Forks", target=seqs["thread"])
    bob.says(talk, "And a Kaffeemaschinenentkalkungsanlage", target=seqs["thread"])
    seqs["last"] = bob.says(talk, "See you at three")
