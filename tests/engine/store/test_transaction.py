"""What the database refuses, as errors: is it for the reader to change, or the operator?"""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from sqlalchemy import create_engine, select, text
from sqlalchemy.exc import IntegrityError, ProgrammingError
from sqlalchemy.orm import Session, sessionmaker

from engine.app import App
from engine.errors import UnavailableError
from engine.store import people
from engine.store.tables import Person, Unit
from engine.store.transaction import Tx, reading, transaction
from workflows.errors import InvalidAnswerError, SopError


def refusal(sessions: sessionmaker[Session], work: Callable[[Tx], object]) -> SopError:
    with pytest.raises(SopError) as refused, transaction(sessions) as tx:
        work(tx)
    return refused.value


@pytest.mark.parametrize(
    "work",
    [
        lambda tx: tx.get(Unit, 2**63),
        lambda tx: tx.get(Unit, 10**400),
        lambda tx: people.find_unit(tx, "a\x00"),
        lambda tx: people.find_unit(tx, "\ud800"),
        lambda tx: people.put_unit(tx, "A", "a\x00", "pd", "Asia/Jakarta", None),
        lambda tx: tx.execute(text("SELECT CAST(:value AS jsonb)"), {"value": '"\\u0000"'}),
        lambda tx: tx.execute(text("SELECT CAST('NaN' AS jsonb)")),
    ],
)
def test_what_no_column_can_hold_is_the_reader_to_change(app: App, work) -> None:
    error = refusal(app.sessions, work)
    assert isinstance(error, InvalidAnswerError)
    assert error.code == "unstorable_value"
    with transaction(app.sessions) as tx:  # and the next one is not disturbed
        assert tx.scalar(select(1)) == 1


def test_waiting_too_long_for_a_lock_is_busy(app: App) -> None:
    with app.sessions() as other:
        other.execute(text("LOCK TABLE unit IN ACCESS EXCLUSIVE MODE"))

        def wait(tx: Tx) -> None:
            tx.execute(text("SET LOCAL lock_timeout = '50ms'"))
            people.find_unit(tx, "A")

        error = refusal(app.sessions, wait)
    assert (type(error), error.code) == (UnavailableError, "database_busy")


def test_a_statement_that_takes_too_long_is_busy(app: App) -> None:
    def sleep(tx: Tx) -> None:
        tx.execute(text("SET LOCAL statement_timeout = '50ms'"))
        tx.execute(text("SELECT pg_sleep(10)"))

    assert refusal(app.sessions, sleep).code == "database_busy"


def test_of_a_deadlock_one_goes_on_and_one_is_told(app: App) -> None:
    both, codes = threading.Barrier(2), []

    def lock(first: int, second: int) -> None:
        try:
            with transaction(app.sessions) as tx:
                tx.execute(text("SET LOCAL deadlock_timeout = '50ms'"))
                tx.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": first})
                both.wait(10)
                tx.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": second})
            codes.append("")
        except SopError as error:
            codes.append(error.code)

    threads = [threading.Thread(target=lock, args=pair) for pair in ((1, 2), (2, 1))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(codes) == ["", "database_busy"]


@pytest.mark.parametrize("state", ["53100", "53300", "57P01"])
def test_a_server_in_trouble_is_unavailable(app: App, state: str) -> None:
    statement = f"DO $$ BEGIN RAISE EXCEPTION 'no space left' USING ERRCODE = '{state}'; END $$"
    error = refusal(app.sessions, lambda tx: tx.execute(text(statement)))
    assert (error.code, error.fields["reason"]) == ("database_unavailable", "no space left")


def test_a_server_that_goes_away_is_unavailable(app: App) -> None:
    error = refusal(
        app.sessions,
        lambda tx: tx.execute(text("SELECT pg_terminate_backend(pg_backend_pid())")),
    )
    assert error.code == "database_unavailable"


def test_an_address_that_the_driver_does_not_understand_is_unavailable(database_url: str) -> None:
    database = create_engine(f"{database_url}?tidak_ada=1")
    error = refusal(sessionmaker(database), lambda tx: tx.execute(text("SELECT 1")))
    assert error.code == "database_unavailable"


def test_a_pool_without_a_free_connection_is_busy(database_url: str) -> None:
    database = create_engine(database_url, pool_size=1, max_overflow=0, pool_timeout=0.05)
    with database.connect():
        error = refusal(sessionmaker(database), lambda tx: tx.execute(text("SELECT 1")))
    assert error.code == "database_busy"
    database.dispose()


def test_a_missing_schema_is_said(empty_database_url: str) -> None:
    database = create_engine(empty_database_url)
    error = refusal(sessionmaker(database), lambda tx: people.find_unit(tx, "A"))
    assert error.code == "schema_missing"
    database.dispose()


def test_mistakes_of_the_program_stay_what_they_are(app: App) -> None:
    with pytest.raises(ProgrammingError), transaction(app.sessions) as tx:
        tx.execute(text("SELEC 1"))
    with pytest.raises(IntegrityError), transaction(app.sessions) as tx:
        tx.add(Person(login=None))


def test_who_only_asks_sees_what_is_committed_meanwhile(app: App) -> None:
    with reading(app.sessions) as tx:
        before = people.find_person(tx, "baru")
        with app.database.connect() as other:
            other.execute(
                text(
                    "INSERT INTO person (login, name, email, password_hash)"
                    " VALUES ('baru', 'Baru', '', '-')"
                )
            )
            other.execute(text("COMMIT"))
        after = people.find_person(tx, "baru")
    assert before is None and after is not None
    with transaction(app.sessions) as tx:  # the connection is as it was
        tx.execute(text("DELETE FROM person WHERE login = 'baru'"))
        tx.rollback()
    with reading(app.sessions) as tx:
        assert people.find_person(tx, "baru") is not None


def test_asking_stands_alone_and_reads_errors_as_a_transaction_does(app: App) -> None:
    with pytest.raises(RuntimeError), reading(app.sessions), transaction(app.sessions):
        pass
    with pytest.raises(UnavailableError) as caught, reading(app.sessions) as tx:
        tx.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
    assert caught.value.code == "database_unavailable"
