"""The page's types are the protocol's, to the letter."""

from scripts import protocol_types


def test_the_page_has_the_protocol_as_it_is() -> None:
    for path, text in protocol_types.render().items():
        assert path.read_text(encoding="utf-8") == text, "Run: python scripts/protocol_types.py"


def test_what_only_the_server_may_say_is_no_type_of_the_page() -> None:
    types = "".join(protocol_types.render().values())
    assert '"message.send": SendMessage' in types
    assert "person.join" not in types
