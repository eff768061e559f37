"""Logins to TURN servers, as coturn and its like compute them from the shared secret."""

from store.turn import LOGIN_SECONDS, Turn

AT = 1_700_000_000_000  # ms


def test_a_login_is_what_the_server_will_compute() -> None:
    # printf '1700021600:danna' | openssl dgst -sha1 -hmac north -binary | openssl base64
    username, password, until = Turn(("turn:a",), "north").login("danna", AT)
    assert (username, until) == ("1700021600:danna", AT + LOGIN_SECONDS * 1000)
    assert password == "YaiLvEbBhMN7fp0pbojXXE0Lr0A="


def test_another_secret_name_or_time_is_another_password() -> None:
    turn = Turn(("turn:a",), "north")
    logins = [turn.login("danna", AT), turn.login("dben", AT), turn.login("danna", AT + 1000)]
    logins.append(Turn(("turn:a",), "south").login("danna", AT))
    assert len({password for _, password, _ in logins}) == 4
