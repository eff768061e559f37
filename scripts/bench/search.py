"""What a search costs among a million messages, beside a scan of the same rows with LIKE in the same run.

Each question is asked of the index as the server asks it, on a reader's connection, and timed by the processor, so that
other programs on the machine do not count. The run fails when one in twenty of any kind takes more than 50 ms. How long
the whole question takes somebody who asks a server is scripts/bench/questions.py's.
"""

import argparse
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import accumulate
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from protocol.answers import Reach
from scripts.bench.figures import middle, rounded, today
from store.search.changes import Said
from store.search.finding import Question, find
from store.search.index import Index, Step
from store.search.schema import open_reader, open_writer

TARGET = 50  # ms, for 95 of 100 questions of each kind
AMONG = 60  # the loudest conversations: most who ask are in these
BATCH = 1000  # messages in one transaction while building
TIMES = 40  # questions of each kind
SCANS = 3  # of the baseline; each goes through everything
FILES = ("holiday.jpg", "homework.pdf", "IMG_2041.jpg", "Rezept.pdf", "写真.png", "scan.pdf")

WORDS = {
    "English": "the of and to in is you that it for was on are with his they at be this have from or one had by word "
    "not what all were we when your can said there use an each which she do how their if will up other about out many "
    "then them these so some her would make like him into time has look two more write go see number no way could "
    "people my",
    "German": "der die das und ich nicht ist es ein wir mit auf für über schön größe straße morgen heute kommst kannst "
    "bitte danke gerne später kinder schule abholen essen zuhause",
    "Russian": "и в не на я что он с как это она по но все ты за так от же у мы вы бы ещё только завтра сегодня "
    "спасибо хорошо дети школа домой позвони пожалуйста",
    "Arabic": "في من على أن إلى عن هذا مع كان ما لا هل غدا اليوم شكرا مرحبا المدرسة البيت العائلة متى أين نعم",
}
LETTERS = {
    "English": "etaoinshrdlucmfwypvbgk",
    "German": "enisratdhulcgmobwfkzäöü",
    "Russian": "оеаинтсрвлкмдпуяы",
    "Arabic": "اليمونتربسعدهقحكف",
}
UNSPACED = {
    "Chinese": "的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可她里后"
    "小么心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长",
    "Japanese": "のにはをたがでてとしれさあいるなもかよりこ日本語人今年大学時間行見出来食会家車駅電話明後朝夜友達",
    "Korean": "이가는을에서고하다지오늘내일저녁점심같이먹자학교집에가요좋아미안해고마워어디야지금전화",
    "Thai": "กขคงจชซดตถทธนบปผพภมยรลวสหอฮะาิีึืุูเแโใไ่้",
}
RARE = 30_000  # words of each spaced language that are made up


@dataclass(frozen=True, slots=True)
class Talk:
    """A language: its words or characters, the most frequent first, and how often each comes."""

    words: list[str]
    shares: list[float]
    between: str

    def says(self, chance: Random) -> str:
        """A message."""
        count = min(60, int(chance.expovariate(1 / 7)) + 1)
        return self.between.join(chance.choices(self.words, cum_weights=self.shares, k=count))


def talks(chance: Random) -> list[Talk]:
    """Every language, with the made-up words beside the common ones, by Zipf's law."""
    spaced = [WORDS[name].split() + _made_up(LETTERS[name], chance) for name in WORDS]
    return [_talk(words, " ") for words in spaced] + [_talk(list(dict.fromkeys(u)), "") for u in UNSPACED.values()]


def _made_up(letters: str, chance: Random) -> list[str]:
    return ["".join(chance.choices(letters, k=chance.randint(3, 10))) for _ in range(RARE)]


def _talk(words: list[str], between: str) -> Talk:
    return Talk(words, list(accumulate(1 / (at + 4) for at in range(len(words)))), between)


@dataclass(frozen=True, slots=True)
class Town:
    """Who talks where. The first conversations are the loudest."""

    messages: int
    conversations: int
    people: int

    def steps(self) -> Iterator[Step]:
        """Everything that is said, oldest first."""
        chance = Random(3)
        languages, mix = talks(chance), list(accumulate((40, 15, 10, 6, 10, 9, 6, 4)))
        loud = list(accumulate(1 / (at + 1) for at in range(self.conversations)))
        heads = [0] * self.conversations
        for number in range(self.messages):
            (place,) = chance.choices(range(self.conversations), cum_weights=loud)
            (talk,) = chance.choices(languages, cum_weights=mix)
            heads[place] += 1
            names = [chance.choice(FILES)] if chance.random() < 0.08 else []
            who = f"p{chance.randrange(self.people)}"
            yield _name(place), heads[place], Said(heads[place], who, number * 60_000, talk.says(chance), names)

    def reach(self, first: int, last: int) -> dict[str, list[Reach]]:
        """Somebody who is in these conversations."""
        return {_name(place): [Reach(first=1, last=2**50)] for place in range(first, min(last, self.conversations))}


def _name(place: int) -> str:
    return f"room.{place}"


def build(town: Town, folder: Path) -> tuple[float, int]:
    """Makes the index, and beside it the table that is scanned: seconds for the index and its bytes."""
    link, plain = open_writer(folder / "search.db", "bench"), sqlite3.connect(folder / "plain.db", isolation_level=None)
    plain.execute("create table said (id integer primary key, place text not null, text text not null)")
    index, spent, batch = Index(link), 0.0, list[Step]()

    def put() -> float:
        began = time.perf_counter()
        index.apply(batch)
        taken = time.perf_counter() - began
        plain.execute("begin")
        rows = ((step[0], step[2].text) for step in batch if isinstance(step[2], Said))
        plain.executemany("insert into said (place, text) values (?, ?)", rows)
        plain.execute("commit")
        batch.clear()
        return taken

    for step in town.steps():
        batch.append(step)
        if len(batch) == BATCH:
            spent += put()
    spent += put() if batch else 0
    link.execute("pragma wal_checkpoint(truncate)")
    link.close()
    plain.close()
    return spent, (folder / "search.db").stat().st_size


def kinds(town: Town) -> dict[str, list[Question]]:
    """Questions of each kind."""
    chance = Random(5)
    all_of_it, few = town.reach(0, AMONG), town.reach(20, 40)
    english, german, russian, arabic, chinese, *_ = talks(Random(3))
    everywhere = town.reach(0, town.conversations)
    day = town.messages * 60_000 // 2

    def asked(texts: list[str], reach: dict[str, list[Reach]] = all_of_it, **given: object) -> list[Question]:
        picked = [chance.choice(texts) for _ in range(TIMES)]
        return [Question(reach, text, **given) for text in picked]  # type: ignore[arg-type]

    common = [word for word in english.words[:60] if len(word) >= 3]
    rare = [word for word in english.words[10_000:] if len(word) > 5]
    pairs = ["".join(chance.choices(chinese.words[:60], k=2)) for _ in range(TIMES)]
    return {
        "a very common word": asked(common),
        "a rare word": asked(rare),
        "part of a word": asked([word[1:5] for word in rare]),
        "two words": asked([f"{chance.choice(common)} {word}" for word in rare[:TIMES]]),
        "no such word, of common pieces": asked(["theringer", "withatther", "andthersom", "nottherest"]),
        "German, Russian, Arabic": asked(german.words[:400] + russian.words[:400] + arabic.words[:400]),
        "Chinese, three characters": asked(["".join(chance.choices(chinese.words[:60], k=3)) for _ in range(TIMES)]),
        "Chinese, two characters": asked(pairs),
        "Chinese, one character": asked(chinese.words),
        "two letters that are common": asked(["it", "is", "to", "ou"]),
        "two letters that are nowhere": asked(["qz", "zq", "jx"]),
        "in one conversation, common": asked(common, town.reach(4, 5)),
        "in one conversation, nothing": asked(["theringer", "withatther"], town.reach(4, 5)),
        "by a person": asked(common, author="p7"),
        "by a person, with files, no words": asked([""], author="p7", files=True),
        "within a month, rare": asked(rare, after=day, before=day + 30 * 86_400_000),
        "somebody in few conversations, common": asked(common, few),
        "somebody in all of them, common": asked(common, everywhere),
        "somebody in all of them, rare": asked(rare, everywhere),
    }


def timed(ask: Callable[[], object]) -> float:
    """Milliseconds of this thread."""
    began = time.thread_time()
    ask()
    return (time.thread_time() - began) * 1000


def scanned(link: sqlite3.Connection, question: Question) -> list[object]:
    """The same by LIKE over every row: what there is without an index."""
    places = ", ".join("?" * len(question.reaches))
    ask = f"select id from said where place in ({places}) and text like ? order by id desc limit 20"
    return link.execute(ask, (*question.reaches, f"%{question.text}%")).fetchall()


def wanted_town(given: list[str] | None, doc: str | None, conversations: int) -> Town:
    """As large as the command line says, else of a million messages in so many conversations."""
    wanted = argparse.ArgumentParser(description=doc)
    wanted.add_argument("--messages", type=int, default=1_000_000)
    wanted.add_argument("--conversations", type=int, default=conversations)
    wanted.add_argument("--people", type=int, default=60)
    told = wanted.parse_args(given)
    return Town(told.messages, told.conversations, told.people)


def main(given: list[str] | None = None) -> int:
    """Builds, asks, prints; 1 when a kind of question misses the target."""
    town = wanted_town(given, __doc__, conversations=1000)
    with tempfile.TemporaryDirectory(prefix="parley-bench-") as folder:
        seconds, size = build(town, Path(folder))
        print(f"search, {town.messages:,} messages in {town.conversations:,} conversations: {today()}\n")
        print(f"Built in {rounded(seconds)} s, {rounded(size / 1e6)} MB: {size // town.messages} bytes a message.\n")
        return 0 if _ask_all(town, Path(folder)) else 1


def _ask_all(town: Town, folder: Path) -> bool:
    link, plain = open_reader(folder / "search.db"), sqlite3.connect(folder / "plain.db")
    print("| what is looked for | hits | p50 | p95 | worst | LIKE, p50 |")
    print("|---|---|---|---|---|---|")
    good = True
    for name, questions in kinds(town).items():
        took = [timed(partial(find, link, question)) for question in questions]
        scans = [timed(partial(scanned, plain, question)) for question in questions[:SCANS]]
        hits = middle(len(find(link, question).hits) for question in questions)
        cells = [f"{rounded(ms)} ms" for ms in (middle(took), middle(took, 0.95), max(took), middle(scans))]
        print(f"| {name} | {hits:.0f} | {' | '.join(cells)} |", flush=True)
        good = good and middle(took, 0.95) <= TARGET
    link.close()
    plain.close()
    return good


if __name__ == "__main__":
    sys.exit(main())
