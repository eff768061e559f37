"""Two files as the TLS library reads them."""

import ssl
from contextlib import suppress

import pytest
from cryptography.hazmat.primitives import serialization

from tests.trust.conftest import Open
from trust.keys import new_key
from trust.pair import server_context


def test_a_server_speaks_nothing_older_than_tls_1_2(open_here: Open) -> None:
    context = server_context(open_here().pair)
    assert context.minimum_version == ssl.TLSVersion.TLSv1_2
    assert context.verify_mode == ssl.CERT_NONE


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_a_phone_that_comes_again_goes_on_with_what_was_agreed(open_here: Open, version: ssl.TLSVersion) -> None:
    """Also after the certificate was renewed: ten thousand phones that come back at once sign nothing anew."""
    household = open_here()
    server = server_context(household.pair)
    phone = ssl.create_default_context(cafile=str(household.folder / "authority/root.pem"))
    phone.maximum_version = version
    first = meets(server, phone, None)
    assert not first.session_reused
    household.pair.load_into(server)
    assert meets(server, phone, first.session).session_reused


def meets(server: ssl.SSLContext, phone: ssl.SSLContext, session: ssl.SSLSession | None) -> ssl.SSLObject:
    """The phone's side after both have shaken hands and one word came from the server, as tickets do."""
    to_server, to_phone = ssl.MemoryBIO(), ssl.MemoryBIO()
    here = server.wrap_bio(to_server, to_phone, server_side=True)
    there = phone.wrap_bio(to_phone, to_server, server_hostname="localhost", session=session)
    done = set[ssl.SSLObject]()
    while len(done) < 2:
        for side in (there, here):
            with suppress(ssl.SSLWantReadError):
                side.do_handshake()
                done.add(side)
    here.write(b"word")
    assert there.read(4) == b"word"
    return there


def test_a_locked_key_is_an_error_and_not_a_question_at_the_terminal(open_here: Open) -> None:
    pair = open_here().pair
    pair.key.write_bytes(
        new_key().private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.BestAvailableEncryption(b"x")
        )
    )
    with pytest.raises(ssl.SSLError):
        server_context(pair)
