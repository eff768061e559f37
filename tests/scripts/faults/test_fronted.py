"""The fault of several servers behind nginx, quick: each is killed in turn."""

from scripts.faults import fronted
from tests.nginx import require_nginx
from tests.postgres import require_programs
from tests.redis import require_program


def test_behind_nginx_people_write_on_and_nothing_is_lost() -> None:
    require_programs()
    require_program()
    require_nginx()
    shown = fronted.run(long=False)
    assert [one for one in shown if not (one.holds or one.timed)] == []
