"""A house on a real disk whose files come, are sent, let go and collected; it may be closed, or left as by a kill."""

import asyncio
import secrets
import sys
import time
from pathlib import Path
from types import TracebackType

from chat.dispatch import SERVER, Registry, tell_event
from chat.ids import new_id, new_nonce
from chat.messages import let_go
from chat.visibility import direct
from protocol.answers import Written
from protocol.commands import DeleteMessage, JoinHouse, SendMessage
from store import Store, Who
from store.bus import Bus
from store.drafts import Draft
from store.durable import Shared
from store.durable.sqlite import Sqlite
from store.leftovers import Leftovers
from store.uploads import Settings, Uploads
from tests.store.disk import sha256

HOUR = 3600 * 1000  # ms


class Attic:
    """Ada and Bo, and what they send each other."""

    def __init__(self, folder: Path, durable: Shared | None = None, bus: Bus | None = None) -> None:
        self.folder = folder
        self.later = 0
        self.store = Store(durable or Sqlite(folder / "parley.db", self.now), Registry(), tell_event, self.now, bus)
        unfinished = folder / "uploads" / secrets.token_hex(4) if bus else None
        self.uploads = Uploads(folder, self.store.keep, self.now, settings=Settings(margin=0), unfinished=unfinished)
        self.leftovers = Leftovers(self.store, self.uploads)

    def now(self) -> int:
        """ms since the epoch."""
        return time.time_ns() // 1_000_000 + self.later

    async def __aenter__(self) -> "Attic":
        await self.store.start()
        await self.uploads.start()
        await self.uploads.swept.wait()
        people = sorted(self.store.shelves.people, key=lambda person: person.name)
        ada, bo = [one.id for one in people] or [await self._join("Ada"), await self._join("Bo")]
        self.ada, self.bo = [Who(one, self.store.view().devices_of(one)[0].id) for one in (ada, bo)]
        self.place = direct(ada, bo)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.leftovers.close()
        await self.uploads.close()
        await self.store.close()

    async def _join(self, name: str) -> str:
        person = new_id("p", 13)
        await self.store.write(
            JoinHouse(
                nonce=new_nonce(),
                person=person,
                display_name=name,
                invitation="",
                device=new_id("d", 13),
                device_name="",
                token=secrets.token_hex(32),
            ),
            SERVER,
        )
        return person

    async def upload(self, content: bytes) -> str:
        """The id of a complete file of Ada's."""
        file = new_id("f", 26)
        await self.uploads.create(file, self.ada.person, len(content), "a.bin")
        receiving = self.uploads.receive(file, self.ada.person, 0, lambda: None)
        await receiving.write(content)
        await self.uploads.finish(file, receiving)
        return file

    def sends(self, *files: str) -> asyncio.Future[Written]:
        """Ada's message to Bo with these files, on its way to the writer."""
        message = SendMessage(conversation=self.place, text="look", files=list(files), nonce=new_nonce())
        return self.store.write(message, self.ada)

    async def deletes(self, seq: int) -> None:
        """Ada takes back what she said."""
        await self.store.write(DeleteMessage(nonce=new_nonce(), conversation=self.place, target=seq), self.ada)

    async def lets_go(self, file: str) -> None:
        """Every message with this file is deleted, as far as the holds are concerned."""
        draft = Draft(self.store.shelves)
        let_go(draft, file, self.place)
        row = draft.holds.get(file)
        assert row is not None
        await self.store.keep("holds", row)

    def has(self, content: bytes) -> bool:
        """Whether these bytes are on the disk, as they were."""
        path = self.uploads.blobs.path(sha256(content))
        return path.exists() and path.read_bytes() == content


async def churn(folder: Path) -> None:
    """Without end: few contents, uploaded again and again, some sent, some let go, all the while being collected.

    For each file that is certainly held, its content's number is printed; the reader kills us when it likes.
    """
    async with Attic(folder) as attic:
        attic.leftovers.start()
        numbers = [bytes([number]) * 50_000 for number in range(4)]

        async def one(number: int) -> None:
            while True:
                file = await attic.upload(numbers[number])
                await attic.sends(file)
                print("held", number, file, flush=True)
                print("going", file, flush=True)
                await attic.lets_go(file)
                await attic.leftovers.collect()

        await asyncio.gather(*(one(number % 4) for number in range(8)))


if __name__ == "__main__":
    asyncio.run(churn(Path(sys.argv[1])))
