"""What is found, in which order, and that nothing a person may not see has any part in it."""

import asyncio
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from protocol.answers import Reach
from store.search import Question, Search, finding
from tests.store.search.logs import A, B, Logs, caught_up, places, searched


@searched
async def test_words_are_found_anywhere_and_newest_first(logs: Logs) -> None:
    logs.says(A, "Dinner on Friday?")
    logs.says(B, "The dinners were good")
    logs.says(A, "Nothing else")
    assert await logs.found("dinner") == [(B, 1), (A, 1)]
    assert await logs.found("friday DINNER") == [(A, 1)]
    assert await logs.found("inne") == [(B, 1), (A, 1)]
    assert await logs.found("lunch") == []


@searched
async def test_a_conversation_an_author_files_and_dates_narrow(logs: Logs) -> None:
    logs.says(A, "holiday", "anna")
    logs.says(B, "holiday", "ben", ("beach.jpg",))
    logs.says(A, "holiday", "ben")
    since = logs.at
    assert await logs.found("holiday", reaches={A: logs.everything[A]}) == [(A, 2), (A, 1)]
    assert await logs.found("holiday", author="ben") == [(A, 2), (B, 1)]
    assert await logs.found("holiday", files=True) == [(B, 1)]
    assert await logs.found("holiday", after=since) == [(A, 2)]
    assert await logs.found("holiday", before=since) == [(B, 1), (A, 1)]
    assert await logs.found("holiday", after=since - 1000, before=since) == [(B, 1)]
    assert await logs.found("holiday", author="nobody") == []
    assert await logs.found("holiday", after=since + 1) == []
    assert await logs.found("holiday", before=1) == []


@searched
async def test_filters_do_without_words(logs: Logs) -> None:
    logs.says(A, "", "anna", ("list.pdf",))
    logs.says(B, "hello", "ben")
    assert await logs.found(files=True) == [(A, 1)]
    assert await logs.found(author="ben") == [(B, 1)]
    assert await logs.found(after=logs.at) == [(B, 1)]


@searched
async def test_file_names_are_found_too(logs: Logs) -> None:
    logs.says(A, "Here it is", "anna", ("Wedding.jpg", "Übersicht 日程.pdf"))
    for text in ("wedding", "ubersicht", "日程", "here wedding", ".jpg"):
        assert await logs.found(text) == [(A, 1)], text
    assert await logs.found("jpg ubersicht here it isnt") == []


@pytest.mark.parametrize("text", ["猫", "日本", "本語", "語を話", "한국", "글", "ไทย", "ทย", "🎉", "中"])
def test_two_characters_or_one_are_enough_where_that_is_a_word(text: str) -> None:
    @searched
    async def finds(logs: Logs) -> None:
        logs.says(A, "日本語を話す猫 한국어 글 ภาษาไทย 🎉 中")
        logs.says(A, "another one")
        answer = await logs.asks(text)
        assert (places(answer), answer.partial) == ([(A, 1)], False)

    finds()


@searched
async def test_marks_of_a_question_are_only_text(logs: Logs) -> None:
    logs.says(A, '100% "sure" AND_ready *now* (a OR b) NEAR col:on')
    for text in ("100%", '"sure"', "AND_", "*now*", "(a OR b)", "NEAR", "col:on", "%", "_", '"', "*"):
        assert await logs.found(text) == [(A, 1)], text
    for text in ("1%0", "s_re", "sur*", 'sure" OR "x', "AND", "drawer_0", "a' or 1=1", "body:sure", "^100", "-sure"):
        assert await logs.found(text) == ([(A, 1)] if text in ("AND",) else []), text


@searched
async def test_what_has_nothing_to_be_seen_finds_nothing_rather_than_all(logs: Logs) -> None:
    logs.says(A, "something")
    assert await logs.found("\u200b\u0301") == []
    assert await logs.found("\u200b", author="anna") == []


# -- pages


@searched
async def test_pages_go_on_where_the_last_one_ended(logs: Logs) -> None:
    for at in range(25):
        logs.says(A if at % 2 else B, f"apple {at}")
    seen, more, pages = list[tuple[str, int]](), None, 0
    while True:
        answer = await logs.asks("apple", limit=10, older_than=more)
        seen, more, pages = seen + places(answer), answer.more, pages + 1
        if more is None:
            break
    assert (len(seen), len(set(seen)), pages) == (25, 25, 3)


@searched
async def test_a_page_that_is_just_full_is_the_last(logs: Logs) -> None:
    for at in range(10):
        logs.says(A, f"apple {at}")
    assert (await logs.asks("apple", limit=10)).more is None
    assert (await logs.asks("apple", limit=9)).more is not None


@searched
async def test_a_page_goes_on_though_the_message_where_it_ended_is_gone(logs: Logs) -> None:
    for at in range(4):
        logs.says(A, f"apple {at}")
    first = await logs.asks("apple", limit=2)
    logs.deletes(A, 3)
    assert await logs.found("apple", older_than=first.more) == [(A, 2), (A, 1)]


# -- who may see


@searched
async def test_only_the_ranges_one_may_see_are_looked_at(logs: Logs) -> None:
    for at in range(6):
        logs.says(A, f"apple {at}")
    logs.says(B, "apple")
    ranges = {A: [Reach(first=2, last=3), Reach(first=5, last=5)]}
    assert await logs.found("apple", reaches=ranges) == [(A, 5), (A, 3), (A, 2)]
    assert await logs.found("apple", reaches={}) == []
    assert await logs.found("pp", reaches=ranges) == [(A, 5), (A, 3), (A, 2)]


@searched
async def test_pages_end_alike_whatever_others_say(logs: Logs) -> None:
    for at in range(3):
        logs.says(A, f"apple {at}")
        for _ in range(7):
            logs.says(B, "apple apple")
    mine = {A: logs.everything[A]}
    first = await logs.asks("apple", reaches=mine, limit=2)
    assert places(first) == [(A, 3), (A, 2)]
    assert first.more is not None
    assert first.more.conversation == A
    last = await logs.asks("apple", reaches=mine, limit=2, older_than=first.more)
    assert (places(last), last.more) == ([(A, 1)], None)


@searched
async def test_a_place_one_may_not_see_says_nothing_of_what_is_there(logs: Logs) -> None:
    logs.says(A, "apple")
    logs.says(B, "secret")
    logs.says(A, "apple")
    mine = {A: logs.everything[A]}
    for seq in (1, 99):
        place = finding.Place(at=2**50, conversation=B, seq=seq)
        assert await logs.found("apple", reaches=mine, older_than=place) == [(A, 2), (A, 1)]


@searched
async def test_somebody_in_very_many_conversations_finds_all_the_same(logs: Logs) -> None:
    many = [f"room.{at}" for at in range(finding.MAX_NAMED + 10)]
    for place in many:
        logs.says(place, "apple", names=("a.txt",))
    logs.says(A, "apple")
    reaches = {place: logs.everything[place] for place in many}
    for given_ in ({"text": "apple"}, {"text": "pp"}, {"files": True}, {"after": 1}):
        answer = await logs.asks(**{"reaches": reaches, "limit": 50} | given_)
        assert places(answer)[0] == (many[-1], 1), given_
        assert len(answer.hits) == 50


# -- short questions


@pytest.mark.parametrize("most", [0, 5], ids=["by conversation", "all that was said"])
def test_a_short_question_looks_through_the_newest_and_says_so(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    monkeypatch.setattr(finding, "MOST", most)
    monkeypatch.setattr(finding, "NEWEST_MESSAGES", 20)
    monkeypatch.setattr(finding, "SLICE", 6)

    @searched
    async def finds(logs: Logs) -> None:
        logs.says(A, "ok, the first")
        for _ in range(15):
            logs.says(A, "no")
            logs.says(B, "no")
        logs.says(A, "ok, the last")
        answer = await logs.asks("ok")
        assert (places(answer), answer.partial) == ([(A, 17)], True)
        older = await logs.asks("ok", older_than=answer.more)
        assert (places(older), older.partial, older.more) == ([(A, 1)], False, None)
        mine = await logs.asks("ok", reaches={A: logs.everything[A]})
        assert (places(mine), mine.partial) == ([(A, 17), (A, 1)], False)

    finds()


@searched
async def test_a_short_question_is_whole_where_there_is_not_much(logs: Logs) -> None:
    logs.says(A, "ok then")
    logs.says(A, "no")
    answer = await logs.asks("OK")
    assert (places(answer), answer.partial, answer.more) == ([(A, 1)], False, None)
    for at in range(5):
        logs.says(A, f"ok {at}")
    first = await logs.asks("ok", limit=4)
    assert places(first) == [(A, 7), (A, 6), (A, 5), (A, 4)]
    assert await logs.found("ok", older_than=first.more) == [(A, 3), (A, 1)]


# -- everything


ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=3, max_size=60)
FEW_LETTERS = st.text(st.sampled_from("aAé ñß日本ガ한가กี שָ1%_'\"🎉"), min_size=3, max_size=30)


@settings(max_examples=60)
@given(st.lists(ANY_TEXT | FEW_LETTERS, min_size=1, max_size=5), st.data())
def test_every_part_of_three_characters_is_found(texts: list[str], data: st.DataObject) -> None:
    @searched
    async def finds(logs: Logs) -> None:
        for text in texts:
            logs.says(A, text)
        at = data.draw(st.integers(0, len(texts) - 1))
        text = normalize("NFC", texts[at])
        start = data.draw(st.integers(0, max(0, len(text) - 3)))
        part = text[start : data.draw(st.integers(start + 3, max(start + 3, len(text))))]
        if finding.read_query(part).words:
            assert (A, at + 1) in await logs.found(part), (text, part)

    finds()


def test_questions_are_answered_while_the_index_is_written(tmp_path: Path) -> None:
    async def asks() -> None:
        logs = Logs()
        logs.says(A, "apple")
        search = logs.start(Search(tmp_path / "search.db"))
        await caught_up(search)
        question = Question({A: [Reach(first=1, last=10**6)]}, "apple", limit=50)
        for at in range(200):
            logs.says(A, f"apple {at}")
        counts = [1]
        while search._ahead:
            answers = await asyncio.gather(*(search.find(question) for _ in range(4)))
            counts += sorted(len(answer.hits) for answer in answers)
        assert len((await search.find(question)).hits) == 50
        assert set(counts) <= {1, 50}, "a batch is in the index whole or not at all"
        await search.close()

    asyncio.run(asks())
