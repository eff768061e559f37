"""Following: this node takes in what others committed, one commit after another, none twice and none left out.

All of the house is one sequence of commits, and each names the one before it. The bus brings the next one at once;
where it does not, the log has it. A newcomer's first mistake is to take in a commit of this node's own: the writer
makes that one true itself.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence

from store.durable import Apart, Batch, Behind, Commit, NotRead, Shared
from store.timers import Timers

GAP_SECONDS = 0.1  # for what is between, which may be on its way
LOOK_SECONDS = 1.0  # between two looks into the log: the last commit may be lost, and shows no gap
STALE_SECONDS = 10.0  # without a look that came through, after which nobody is served from memory

NOT_TAKEN = "What another server wrote could not be taken in here. Stop this server and start it again."
WITHOUT_A_LOOK = "This server has not heard for {:.0f} s what the others wrote."

log = logging.getLogger("parley.nodes")


class Following:
    """Where this node is in the sequence.

    `take_in` makes a commit of another node true here, `made` tells the others of one of ours: with the id of the
    commit before it.
    """

    def __init__(self, durable: Shared, take_in: Callable[[Commit], None], made: Callable[[Batch, str], None]) -> None:
        self._durable = durable
        self._take_in = take_in
        self._tell_made = made
        self.met_ours: Callable[[], None] = lambda: None
        """Called when our own commit is in the log, and the writer has not said that it is true."""
        self.went_stale: Callable[[], None] = lambda: None
        """Called when nobody may be served from memory any more, until `stale` is empty again."""
        self.number = 0
        self._id = ""
        self._before = ""  # the id of the commit before our own newest one
        self._ours = ""
        self._timers = Timers()
        self._looking: asyncio.Task[None] | None = None
        self._is_late = ""
        self._apart = ""
        self._true_at = 0.0  # time of the loop at which all was true here that was committed

    def start(self, number: int, commit_id: str) -> None:
        """All up to this commit is true here. To be called on the loop."""
        self.number, self._id = number, commit_id
        self._true_at = _time()
        self._look_later()

    def hear(self, commit: Commit, before: str) -> None:
        """The bus brings one that follows the one of the id `before`: at once if it is the next, else after a look.

        One that has the next number and follows another commit than ours is of another house's copy, or we are apart:
        only the log tells.
        """
        if self._apart:
            return
        if commit.number == self.number + 1 and before == self._id:
            self.take([commit])
        elif commit.number > self.number:
            self.look_soon()

    def look_soon(self) -> None:
        """Something is missing: if it does not come by itself, the log has it."""
        self._timers.soon("gap", GAP_SECONDS, self.look)

    def look(self) -> None:
        """Read what is missing, now."""
        self._begin_to_look()

    async def caught_up(self) -> None:
        """When this is done, all is true here that was committed when it was asked. Raises NotRead."""
        if self._looking is not None:
            await asyncio.shield(self._looking)  # may have read before it was committed
        await asyncio.shield(self._begin_to_look())
        if self.check() != "ok":
            raise NotRead(self.check())

    async def enter(self) -> None:
        """Have the turn to write, on what all others left. Raises NotSaved, or NotRead while far behind."""
        while True:
            self._require_together()
            try:
                found = await self._durable.enter(self.number, self._id)
            except Behind:
                await self.caught_up()  # while others have the turn
                continue
            except Apart as error:
                self._part(str(error))
                raise
            self.take(found)
            self._require_together()
            return

    def begin(self, commit_id: str) -> int:
        """Our own next commit has this id from now on; answers its number."""
        self._ours = commit_id
        return self.number + 1

    async def has_ours(self) -> bool:
        """Whether that commit is in the log. Raises NotRead."""
        found = await self._durable.commits(self.number, self._id)
        return any(commit.id == self._ours for commit in found)

    def end(self, *, is_true: bool) -> None:
        """It is known what became of it."""
        ours, self._ours = self._ours, ""
        if is_true:
            self._before = self._id
            self.number, self._id = self.number + 1, ours

    def made(self, batch: Batch) -> None:
        """Tell the others of our own commit that has just become true."""
        self._tell_made(batch, self._before)

    async def leave(self) -> None:
        """Let others have the turn, with nothing written."""
        await self._durable.leave()

    async def close(self) -> None:
        """Follow no more."""
        self._timers.close()
        if self._looking is not None:
            await asyncio.wait([self._looking])

    def check(self) -> str:
        """Whether this node is where the others are: "ok", or a sentence for the host."""
        return self._apart or self._is_late or "ok"

    def stale(self) -> str:
        """Why nobody may be served from memory now: it may be long over. Empty while they may."""
        if self._apart:
            return self._apart
        seconds = _time() - self._true_at
        return WITHOUT_A_LOOK.format(seconds) if seconds > STALE_SECONDS else ""

    def take(self, commits: Sequence[Commit]) -> None:
        """Each that is the next, up to one of our own. One that cannot be taken in sets this node apart."""
        for commit in commits:
            if commit.number <= self.number:
                continue
            if self._ours and commit.id == self._ours:
                self.met_ours()
                return
            if self._apart or commit.number != self.number + 1:
                return
            try:
                self._take_in(commit)
            except Exception:  # half of it may be true here, so what follows cannot stand on it
                log.exception("commit %d of another node was not taken in", commit.number)
                self._part(NOT_TAKEN)
                return
            self.number, self._id = commit.number, commit.id

    def _part(self, reason: str) -> None:
        """For good: what is in memory is not what is true."""
        if not self._apart:
            self._apart = reason
            log.error("this node is apart from the others: %s", reason)
            self.went_stale()

    def _require_together(self) -> None:
        if self._apart:
            raise Apart(self._apart)

    def _look_later(self) -> None:
        self._timers.later("look", LOOK_SECONDS, self.look)

    def _begin_to_look(self) -> "asyncio.Task[None]":
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._read(), name="following")
        return self._looking

    async def _read(self) -> None:
        began = _time()
        try:
            await self._read_all()
        except Apart as error:
            self._part(str(error))
        except NotRead as error:
            if not self._is_late:
                log.warning("this node does not follow the others: %s", error)
            self._is_late = str(error)
            if self.stale():
                self.went_stale()
        else:
            if self._is_late:
                log.info("this node follows the others again")
            self._is_late = ""
            self._true_at = began
        finally:
            self._look_later()

    async def _read_all(self) -> None:
        """One question after another, for each answers only so many."""
        while not self._apart:
            at = self.number
            self.take(await self._durable.commits(at, self._id))
            if self.number == at:
                return


def _time() -> float:
    return asyncio.get_running_loop().time()
