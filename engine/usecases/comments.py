"""What people say about a case or one of its items, and whom they name in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from engine.app import App
from engine.channels.news import News
from engine.errors import NotAllowedError
from engine.handing import speaks_as
from engine.handover_values import Colleague, CommentLine
from engine.people_lines import comments_of, read_capacity
from engine.store import cases, handovers, people, readers
from engine.store.access import OpenedCase, may_comment, open_case, read_item
from engine.store.tables import Comment, Person, WorkItem
from engine.store.transaction import Tx, transaction
from engine.telling import tell, topic_of_case, topic_of_item
from workflows.errors import InvalidAnswerError
from workflows.mentions import find_mentions
from workflows.remark import check_remark
from workflows.rights import Actor

MENTIONED = 20  # people whom one comment may name


def add_comment(
    app: App,
    actor: Actor,
    body: str,
    now: datetime,
    *,
    case_id: int | None = None,
    item_id: int | None = None,
) -> CommentLine:
    """Say something about a case, or about an item of one, open or not; whoever is named as
    “@login” hears of it.

    Raises NotFoundError: case_not_found, item_not_found; NotAllowedError: case_not_yours,
    comment_not_allowed, mention_outside (persons); InvalidAnswerError: invalid_text,
    mention_unknown (logins). Then nothing is kept and nobody told.
    """
    body = check_remark(body, "body")
    with transaction(app.sessions) as tx:
        item, opened = _open(tx, actor, case_id, item_id)
        if actor.person_id is None:
            raise NotAllowedError("right_missing", verb="comment")
        if not may_comment(tx, actor, opened):
            raise NotAllowedError("comment_not_allowed", case=opened.case.id)
        named = _named(tx, app, opened, body, now)
        capacity = speaks_as(tx, actor, opened, item, app.today(now))
        acted_as = asdict(capacity) if capacity else None
        row = handovers.add_comment(
            tx,
            Comment(
                case_id=opened.case.id,
                work_item_id=item.id if item else None,
                author_id=actor.person_id,
                acted_as=acted_as,
                at=now,
                body=body,
                mentions=[person.id for person in named],
            ),
        )
        where = {"case_id": opened.case.id, "work_item_id": item.id if item else None}
        cases.add_event(
            tx, now, "comment_added", actor.person_id, **where, comment=row.id, acted_as=acted_as
        )
        _tell(tx, app, opened, item, row, actor, named, now)
        lines = comments_of(tx, opened)
        return next(line for line in lines if line.id == row.id)


def list_comments(
    app: App, actor: Actor, *, case_id: int | None = None, item_id: int | None = None
) -> tuple[CommentLine, ...]:
    """All about a case and its items, or of one item, the oldest first.

    Raises as `add_comment` does.
    """
    with transaction(app.sessions) as tx:
        item, opened = _open(tx, actor, case_id, item_id)
        lines = comments_of(tx, opened)
        return tuple(line for line in lines if item is None or line.item == item.id)


def list_mentionable(app: App, actor: Actor, case_id: int, now: datetime) -> tuple[Colleague, ...]:
    """Whom one may name in a comment on the case: all who may read it, by name.

    Raises as `add_comment` does.
    """
    with transaction(app.sessions) as tx:
        opened = open_case(tx, actor, case_id)
        found = readers.readers_of(tx, opened.case, opened.unit, app.today(now))
        return tuple(
            Colleague(person.login, person.name) for person in found if person.id != actor.person_id
        )


def _open(
    tx: Tx, actor: Actor, case_id: int | None, item_id: int | None
) -> tuple[WorkItem | None, OpenedCase]:
    if item_id is not None:
        return read_item(tx, actor, item_id)
    assert case_id is not None
    return None, open_case(tx, actor, case_id)


def _named(tx: Tx, app: App, opened: OpenedCase, body: str, now: datetime) -> Sequence[Person]:
    """The people named in it, all of whom may read the case."""
    logins = find_mentions(body)
    if len(logins) > MENTIONED:
        raise InvalidAnswerError("invalid_text", field="body", reason="too_many", limit=MENTIONED)
    if not logins:
        return ()
    known = people.by_logins(tx, logins)
    unknown = [f"@{login}" for login in logins if login not in known]
    if unknown:
        raise InvalidAnswerError("mention_unknown", field="body", logins=", ".join(unknown))
    found = known.values()
    ids = [person.id for person in found]
    allowed = {p.id for p in readers.readers_of(tx, opened.case, opened.unit, app.today(now), ids)}
    outside = [person.name for person in found if person.id not in allowed]
    if outside:
        raise NotAllowedError("mention_outside", persons=", ".join(outside))
    return list(found)


def _tell(
    tx: Tx,
    app: App,
    opened: OpenedCase,
    item: WorkItem | None,
    row: Comment,
    actor: Actor,
    named: Sequence[Person],
    now: datetime,
) -> None:
    told = [person.id for person in named if person.id != actor.person_id]
    if not told:
        return
    if item is None:
        topic = topic_of_case(tx, opened.case, opened.definition)
    else:
        topic = topic_of_item(tx, item, opened.definition)
    capacity = read_capacity(row.acted_as)
    news = News("mentioned", by=actor.name, acted_as=capacity, note=row.body)
    tell(tx, news, f"comment:{row.id}", topic, told, now, app.house_channels)
