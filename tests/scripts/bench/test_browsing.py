"""The bare page has the look of the app's log and nothing else of it."""

from scripts.bench.browsing import bare_log, bare_page, bubbles


def test_the_bare_page_has_the_styles_of_a_conversation_and_no_script() -> None:
    page = bare_page(bare_log(bubbles(["one", "two"])))
    assert "/styles/message.css" in page
    assert "<script" not in page
    assert page.count('class="bubble"') == 2


def test_bubbles_take_turns_and_can_be_told_apart() -> None:
    shown = bubbles(["a", "b", "c"])
    assert (shown.count("mine opens"), shown.count("theirs opens")) == (2, 1)
    assert [f'data-key="{at}"' in shown for at in range(3)] == [True] * 3
