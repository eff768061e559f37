"""Opening: the newest page with what stands of it; more of that in test_conversations.py."""

from tests.chat.said import Said
from tests.neighbours import House, lived, refusal_of


@lived
async def test_an_opening_brings_what_stands_of_its_page(house: House) -> None:
    said = await Said().begin(house)
    await said.reacts(said.ben)
    opened = await said.ben.opens(said.place)
    assert [(one.seq, one.mine) for one in opened.page.about] == [(said.seq, ["👍"])]
    assert opened.row.head == 3


@lived
async def test_a_stranger_opens_nothing(house: House) -> None:
    said = await Said().begin(house)
    assert await refusal_of(said.eve.opens(said.place)) == "not-found"
