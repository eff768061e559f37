"""What was pushed and then taken back: withdrawn from who was shown it, and pushed to nobody else."""

from protocol.commands import DeleteMessage
from store.push import Outcome
from tests.chat.test_pushing import Neighbour
from tests.neighbours import House, lived, nonce, passes, settles
from tests.store.nodes.commons import Commons


@lived
async def test_what_was_taken_back_is_withdrawn_from_who_was_shown_it(house: House) -> None:
    near = await Neighbour(house).begin()
    await near.says("by mistake")
    seq = near.words[-1]["seq"]
    await near.anna.asks(DeleteMessage(nonce=nonce(), conversation=near.place, target=seq))
    await settles()
    assert [(words["kind"], words["seq"]) for words in near.words] == [("message", seq), ("gone", seq)]
    assert near.got[0].topic != near.got[1].topic, "it takes the place of no other"
    near.ben.connect()
    await near.says("nobody is away")
    await near.anna.asks(DeleteMessage(nonce=nonce(), conversation=near.place, target=seq + 2))
    await passes(60)
    assert len(near.got) == 2


@lived
async def test_what_was_taken_back_before_it_was_pushed_is_not_pushed(house: House) -> None:
    near = await Neighbour(house).begin()
    near.outcome = Outcome("later", 503)
    await near.says("by mistake")
    seq = near.words[-1]["seq"]
    near.outcome = Outcome("sent", 201)
    await near.anna.asks(DeleteMessage(nonce=nonce(), conversation=near.place, target=seq))
    await passes(600)
    assert len(near.got) == 1


@lived
async def test_what_is_taken_back_at_another_node_is_withdrawn_by_the_one_that_pushed_it() -> None:
    commons = Commons()
    here, there = await commons.node("a"), await commons.node("b")
    near = await Neighbour(here).begin()
    await near.says("by mistake")
    shown = near.words[-1]["seq"]
    near.outcome = Outcome("later", 503)
    await near.says("this one too")
    waits = near.words[-1]["seq"]
    near.outcome = Outcome("sent", 201)
    elsewhere = Neighbour(there)
    for seq in (shown, waits):
        await there.does(DeleteMessage(nonce=nonce(), conversation=near.place, target=seq), near.anna.who)
    await passes(600)
    assert [(words["kind"], words["seq"]) for words in near.words] == [
        ("message", shown),
        ("message", waits),
        ("gone", shown),
    ]
    assert elsewhere.got == []
    await here.close()
    await there.close()


@lived
async def test_an_answer_in_a_thread_is_withdrawn_there(house: House) -> None:
    near = await Neighbour(house).begin()
    await near.says("who sings?")
    root = near.words[-1]["seq"]
    await near.says("I do", target=root)
    await near.anna.asks(DeleteMessage(nonce=nonce(), conversation=near.place, target=near.words[-1]["seq"]))
    await settles()
    assert (near.words[-1]["kind"], near.words[-1]["thread"]) == ("gone", root)
