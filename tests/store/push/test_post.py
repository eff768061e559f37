"""The post office: nobody waits for it, the newest of a topic counts, and what failed is tried again, not for ever."""

import asyncio

from store.push import Outcome, Parcel
from store.push.post import AT_ONCE, FIRST_RETRY_SECONDS, MAX_REMEMBERED, MAX_TRIES, MAX_WAITING, Post
from store.rows import Subscription
from tests.neighbours import lived, passes, settles

LATER = 10**15  # ms


def ticking() -> int:
    return int(asyncio.get_running_loop().time() * 1000)


def parcel(device: str = "d1", topic: str = "t", words: str = "", expires_at: int = LATER, **rest: object) -> Parcel:
    row = Subscription(device=device, person="p", endpoint=f"https://a/{device}", p256dh="k", auth="s")
    return Parcel(subscription=row, payload=words.encode(), topic=topic, expires_at=expires_at, **rest)  # type: ignore[arg-type]


class Service:
    """What the other side answers, and what it got."""

    def __init__(self, *outcomes: Outcome) -> None:
        self.outcomes = list(outcomes)
        self.got: list[str] = []
        self.at: list[float] = []
        self.gate = asyncio.Event()
        self.gate.set()
        self.under_way = self.most = 0

    async def send(self, one: Parcel) -> Outcome:
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        await self.gate.wait()
        self.under_way -= 1
        self.got.append(one.payload.decode())
        self.at.append(asyncio.get_running_loop().time())
        return self.outcomes.pop(0) if self.outcomes else Outcome("sent", 201)

    def post(self) -> Post:
        return Post("key", self.send, ticking)


@lived
async def test_a_parcel_is_delivered_and_whoever_gave_it_has_not_waited() -> None:
    service = Service()
    post = service.post()
    post.add(parcel(words="hello"))
    assert service.got == []
    await settles()
    assert (service.got, len(post), post.reached) == (["hello"], 0, "yes")


@lived
async def test_few_are_under_way_at_once_and_all_arrive() -> None:
    service = Service()
    service.gate.clear()
    post = service.post()
    for number in range(20):
        post.add(parcel(device=f"d{number}"))
    await settles()
    assert service.under_way == AT_ONCE
    service.gate.set()
    await settles()
    assert (len(service.got), service.most, len(post)) == (20, AT_ONCE, 0)


@lived
async def test_the_newest_of_a_topic_takes_the_place_of_what_waits_and_others_stay() -> None:
    service = Service()
    service.gate.clear()
    post = service.post()
    for number in range(AT_ONCE):
        post.add(parcel(device=f"busy{number}", words="busy"))
    await settles()
    for words, topic in (("one", "a"), ("two", "a"), ("other", "b")):
        post.add(parcel(topic=topic, words=words))
    service.gate.set()
    await settles()
    assert [words for words in service.got if words != "busy"] == ["two", "other"]


@lived
async def test_what_is_asked_to_wait_is_tried_again_then_and_not_before() -> None:
    service = Service(Outcome("later", 429, 30.0), Outcome("unreachable"))
    post = service.post()
    post.add(parcel(words="x"))
    await passes(29)
    assert len(service.got) == 1
    await passes(60)
    assert [round(at) for at in service.at] == [0, 30, 30 + 2 * round(FIRST_RETRY_SECONDS)]
    assert len(post) == 0


@lived
async def test_it_is_not_tried_for_ever() -> None:
    service = Service(*[Outcome("later", 500)] * 50)
    post = service.post()
    post.add(parcel())
    await passes(100_000)
    assert (len(service.got), len(post)) == (MAX_TRIES, 0)


@lived
async def test_what_has_expired_or_is_not_wanted_any_more_is_not_sent() -> None:
    service = Service(Outcome("later", 503))
    post = service.post()
    post.add(parcel(device="late", expires_at=0))
    post.add(parcel(device="unwanted", still=lambda: False))
    post.add(parcel(device="short", words="once", expires_at=1000))
    await passes(60)
    assert (service.got, len(post)) == (["once"], 0)


@lived
async def test_a_newer_one_takes_the_place_of_one_that_waits_to_be_tried_again() -> None:
    service = Service(Outcome("later", 503, 60))
    post = service.post()
    post.add(parcel(words="old"))
    await settles()
    post.add(parcel(words="new"))
    await passes(200)
    assert service.got == ["old", "new"]


@lived
async def test_a_dead_subscription_is_named_and_a_refused_one_is_not() -> None:
    service = Service(Outcome("gone", 410), Outcome("refused", 400))
    post, gone = service.post(), list[str]()
    post.gone = lambda row: gone.append(row.device)
    post.add(parcel(device="dead"))
    post.add(parcel(device="odd"))
    await passes(60)
    assert (gone, len(service.got), post.reached) == (["dead"], 2, "yes")


@lived
async def test_it_knows_whether_push_services_can_be_reached() -> None:
    service = Service(Outcome("unreachable"), Outcome("refused", 0), Outcome("later", 429))
    post = service.post()
    assert post.reached == "unknown"
    assert (await post.deliver(parcel())).kind == "unreachable"
    assert post.reached == "no"
    await post.deliver(parcel())
    assert post.reached == "no", "an address that is not called says nothing of the internet"
    await post.deliver(parcel())
    assert post.reached == "yes"


@lived
async def test_what_waits_has_a_limit_and_the_oldest_goes_first() -> None:
    service = Service()
    service.gate.clear()
    post = service.post()
    for number in range(MAX_WAITING + AT_ONCE + 3):
        post.add(parcel(device=f"d{number}", words=str(number)))
        await asyncio.sleep(0)
    service.gate.set()
    await settles()
    assert len(service.got) == MAX_WAITING + AT_ONCE
    missing = {str(number) for number in range(MAX_WAITING + AT_ONCE + 3)} - set(service.got)
    assert missing == {str(AT_ONCE + number) for number in range(3)}


@lived
async def test_a_server_without_a_key_pushes_nothing() -> None:
    service = Service()
    post = Post(send=service.send)
    post.add(parcel())
    await settles()
    assert (service.got, len(post)) == ([], 0)
    assert (await Post().deliver(parcel())).kind == "unreachable"


@lived
async def test_closing_ends_what_is_under_way_and_forgets_what_waits() -> None:
    service = Service(Outcome("later", 503, 60))
    post = service.post()
    post.add(parcel())
    await settles()
    service.gate.clear()
    post.add(parcel(device="d2"))
    await settles()
    await post.close()
    post.add(parcel(device="d3"))
    await passes(100)
    assert (len(service.got), len(post)) == (1, 0)


@lived
async def test_what_it_sees_to_ends_with_it() -> None:
    post = Service().post()
    done: list[str] = []

    async def work() -> None:
        await passes(10)
        done.append("late")

    post.see_to(work())
    await post.close()
    post.see_to(work())
    await passes(20)
    assert (done, len(post)) == ([], 0)


@lived
async def test_the_post_knows_who_was_shown_a_message_until_it_is_withdrawn() -> None:
    service = Service(Outcome("sent", 201), Outcome("refused", 400))
    post = service.post()
    about = ("room", 7)
    post.add(parcel("d1", about=about))
    post.add(parcel("d2", about=about))
    post.add(parcel("d3", topic="other"))
    await settles()
    assert not post.is_withdrawn(about)
    assert [row.device for row in post.withdraw(about)] == ["d1"]
    assert (post.withdraw(about), post.is_withdrawn(about)) == ([], True)


@lived
async def test_no_more_than_the_newest_are_remembered() -> None:
    post = Service().post()
    for seq in range(MAX_REMEMBERED + 1):
        post.add(parcel(f"d{seq}", about=("room", seq)))
        await settles()
    assert [bool(post.withdraw(("room", seq))) for seq in (0, 1, MAX_REMEMBERED)] == [False, True, True]


@lived
async def test_what_is_put_just_when_all_are_done_is_delivered_too() -> None:
    service = Service()
    post = service.post()
    rounds = 20

    async def gives() -> None:
        for number in range(rounds):
            for device in range(AT_ONCE):
                post.add(parcel(f"d{device}", topic=f"{number}"))
            await asyncio.sleep(0)

    post.see_to(gives())
    await settles()
    assert (len(service.got), len(post)) == (rounds * AT_ONCE, 0)
