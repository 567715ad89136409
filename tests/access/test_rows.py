"""The second lock: without the first, the database still shows only the rows of the range that was named."""

from __future__ import annotations

import psycopg
import pytest
from django.db import connection, transaction

from lianfang.access import rows
from lianfang.access.matrix import Forbidden, operator
from lianfang.access.rows import in_range, seeing, seeing_all, visible
from lianfang.app.database import Database
from lianfang.capabilities.bulletins.models import NoticeRow
from lianfang.capabilities.bulletins.queries import notices as queries
from lianfang.facts.fold import AREA_FROM, AREA_TO, EVERYWHERE, NOWHERE, within
from lianfang.facts.rebuild import assert_incremental_equals_refold
from tests.access.made import FOREIGN, OWN, two_notices, viewer

DUTY = viewer("county_duty_officer")
PROTECTED = "SELECT relname FROM pg_class WHERE relrowsecurity AND relnamespace = 'public'::regnamespace"


def areas_seen() -> list[str]:
    """What the ORM gives when nobody has narrowed the query."""
    return sorted(NoticeRow.objects.values_list("area_code", flat=True))


def test_without_a_range_nothing_is_shown(database: Database) -> None:
    two_notices()
    assert areas_seen() == []
    with transaction.atomic():
        assert areas_seen() == []
    with seeing_all():
        assert areas_seen() == [OWN, FOREIGN]


def test_without_the_first_lock_the_second_holds(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    two_notices()
    monkeypatch.setattr(queries, "visible", lambda viewer, action, found, column: found)
    assert [one.code for one in queries.areas(DUTY)] == [OWN]
    assert queries.known(DUTY, FOREIGN).notices == ()
    assert len(queries.known(DUTY, OWN).notices) == 1


def test_without_the_second_lock_the_first_holds(database: Database) -> None:
    two_notices()
    with seeing_all():
        found = visible(DUTY, "bulletins.read", NoticeRow.objects.all(), "area_code")
        assert [row.area_code for row in found] == [OWN]
        assert not visible(viewer("grid_worker"), "bulletins.read", NoticeRow.objects.all(), "area_code").exists()
        assert not visible(viewer("duty_officer"), "people.list", NoticeRow.objects.all(), "area_code").exists()
        assert in_range(viewer("duty_officer"), NoticeRow.objects.all(), "area_code").count() == 1
        assert visible(operator(), "bulletins.read", NoticeRow.objects.all(), "area_code").count() == 2


def test_after_a_transaction_the_setting_is_empty_and_shows_nothing(database: Database) -> None:
    two_notices()
    with seeing(DUTY, "bulletins.read"):
        assert areas_seen() == [OWN]
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting(%s, true), current_setting(%s, true)", [AREA_FROM, AREA_TO])
        assert cursor.fetchone() == ("", "")
    assert areas_seen() == []


def test_a_setting_that_is_empty_or_was_never_made_shows_nothing(database: Database) -> None:
    two_notices()
    with psycopg.connect(database.app_url) as fresh:
        assert fresh.execute("SELECT count(*) FROM bulletins_notice").fetchone() == (0,)
    for area_from, area_to in (NOWHERE, ("", "5"), ("6", ""), (EVERYWHERE[1], ""), ("53", "53")):
        with within(area_from, area_to):
            assert areas_seen() == []


def test_two_viewers_on_one_connection_never_see_each_others_rows(database: Database) -> None:
    two_notices()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = cursor.fetchone()
    for _ in range(20):
        for area in (OWN, FOREIGN):
            with seeing(viewer("county_duty_officer", area), "bulletins.read"):
                assert areas_seen() == [area]
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_backend_pid()")
                    assert cursor.fetchone() == backend
        assert areas_seen() == []


def test_a_range_within_another_ends_with_its_block(database: Database) -> None:
    two_notices()
    with seeing(DUTY, "bulletins.read"):
        with seeing_all():
            assert areas_seen() == [OWN, FOREIGN]
        assert areas_seen() == [OWN]
        with pytest.raises(RuntimeError), seeing_all():
            raise RuntimeError
        assert areas_seen() == [OWN]
    assert areas_seen() == []


def test_a_failed_transaction_leaves_no_range_behind(database: Database) -> None:
    two_notices()
    with pytest.raises(RuntimeError), seeing_all():
        raise RuntimeError
    assert areas_seen() == []


def test_appending_within_a_narrow_range_folds_every_row(database: Database) -> None:
    with seeing(DUTY, "bulletins.read"):
        two_notices()
        assert areas_seen() == [OWN]
    assert_incremental_equals_refold()
    with seeing_all():
        assert areas_seen() == [OWN, FOREIGN]


def test_a_role_without_the_action_is_refused(database: Database) -> None:
    with pytest.raises(Forbidden, match="grid worker"), seeing(viewer("grid_worker"), "bulletins.read"):
        raise AssertionError
    with pytest.raises(Forbidden):
        queries.areas(viewer("public"))


@pytest.mark.parametrize("statement", ["UPDATE bulletins_notice SET text = ''", "DELETE FROM bulletins_notice"])
def test_rows_outside_of_the_range_cannot_be_written(database: Database, statement: str) -> None:
    two_notices()
    for area_range, written in ((NOWHERE, 0), ((DUTY.area_from, DUTY.area_to), 1)):
        with within(*area_range), connection.cursor() as cursor:
            cursor.execute(statement)
            assert cursor.rowcount == written
    with (
        pytest.raises(Exception, match="row-level security"),
        within(DUTY.area_from, DUTY.area_to),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "INSERT INTO bulletins_notice SELECT gen_random_uuid(), 9, now(), NULL, '530302', now(), '{}', '', 'source'"
        )


def test_the_application_cannot_turn_the_lock_off(database: Database) -> None:
    two_notices()
    with psycopg.connect(database.app_url, autocommit=True) as app:
        tables = {name for (name,) in app.execute(PROTECTED)}
        assert {"bulletins_notice", "identity_holding", "identity_text", "identity_subject", "identity_tag"} <= tables
        for table in sorted(tables):
            for statement in (
                f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
                f"DROP POLICY {table}_seen ON {table}",
                f"CREATE POLICY open ON {table} USING (true)",
            ):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    app.execute(statement)
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                app.execute("SET row_security = off")
                app.execute(f"SELECT * FROM {table}")
            app.execute("RESET row_security")


def test_a_rebuild_keeps_the_lock(database: Database) -> None:
    from lianfang.app.database import as_owner
    from lianfang.facts.rebuild import rebuild

    two_notices()
    with psycopg.connect(database.owner_url) as owner:
        policies = "SELECT tablename, policyname, qual, with_check FROM pg_policies ORDER BY 1, 2"
        before = owner.execute(policies).fetchall()
    with as_owner(database):
        assert all(result.equal for result in rebuild())
    with psycopg.connect(database.owner_url) as owner:
        assert owner.execute(policies).fetchall() == before
    assert areas_seen() == []
    with seeing(DUTY, "bulletins.read"):
        assert areas_seen() == [OWN]


def test_every_table_with_a_division_is_under_the_lock(database: Database) -> None:
    """Tables of the record, of accounts and of places are read by services that know their viewers' range, and the
    catalogue of supplies is one for all who see stock; every other table that says where a row belongs is locked."""
    open_ones = {
        "fact", "fact_set_aside", "place_division", "accounts_account", "accounts_appointment", "accounts_device",
        "supplies_item",
    }  # fmt: skip
    with psycopg.connect(database.owner_url) as owner:
        named = owner.execute(
            "SELECT DISTINCT table_name FROM information_schema.columns WHERE table_schema = 'public' "
            "AND column_name IN ('area', 'area_code') AND table_name NOT LIKE 'trial%'"
        )
        unlocked = {name for (name,) in named} - {name for (name,) in owner.execute(PROTECTED)}
    assert unlocked <= open_ones


def test_ranges_follow_the_scope() -> None:
    area_from, area_to = DUTY.area_from, DUTY.area_to
    assert rows.range_of(DUTY, "people.list") == (area_from, area_to)
    assert rows.range_of(DUTY, "places.read") == EVERYWHERE
    assert rows.range_of(DUTY, "accounts.manage") == NOWHERE
    assert rows.range_of(viewer("resident"), "own.read") == EVERYWHERE
    assert rows.range_of(viewer("public"), "people.list") == NOWHERE
    with pytest.raises(LookupError):
        rows.range_of(DUTY, "people.dance")
