"""Two files as the TLS library reads them."""

import ssl

import pytest
from cryptography.hazmat.primitives import serialization

from tests.trust.conftest import Open
from trust.keys import new_key
from trust.pair import server_context


def test_a_server_speaks_nothing_older_than_tls_1_2(open_here: Open) -> None:
    context = server_context(open_here().pair)
    assert context.minimum_version == ssl.TLSVersion.TLSv1_2
    assert context.verify_mode == ssl.CERT_NONE


def test_a_locked_key_is_an_error_and_not_a_question_at_the_terminal(open_here: Open) -> None:
    pair = open_here().pair
    pair.key.write_bytes(
        new_key().private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.BestAvailableEncryption(b"x")
        )
    )
    with pytest.raises(ssl.SSLError):
        server_context(pair)
