"""What is reached by a secret address instead of a log-in: calendar feeds, stopping a channel."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from engine.app import App
from engine.channels.ics import DueMoment, build_calendar
from engine.channels.texts import KINDS
from engine.channels.unsubscribe import read_token
from engine.channels.wording import FEED, FEED_WORDS, due_words, in_language
from engine.entering import hash_secret, new_secret
from engine.errors import ConflictError, NotAllowedError, NotFoundError
from engine.notifying import usual_channels
from engine.store import actors, outbox, people
from engine.store.inbox_lines import waiting_lines
from engine.store.preferences import feed_owner, preferences_of, put_feed, put_preference
from engine.store.transaction import Tx, transaction
from engine.values import WorkItemLine
from workflows.rights import Actor


def make_feed(app: App, actor: Actor, now: datetime, replacing: str = "") -> str:
    """The address of a new calendar feed of the actor's open work; it cannot be had again.
    `replacing`: the mark of the one before, which leads nowhere from now on.

    Raises NotAllowedError: right_missing; ConflictError: feed_kept, where there is another one: the
    same is asked twice, or from a page that is old.
    """
    person_id = _person(actor)
    token = new_secret()
    with transaction(app.sessions) as tx:
        if not put_feed(tx, person_id, hash_secret(token), replacing):
            raise ConflictError("feed_kept")
    return f"{app.url}/kalender/{token}.ics"


def revoke_feed(app: App, actor: Actor, now: datetime) -> None:
    """The actor's feed leads nowhere any more. Raises NotAllowedError: right_missing."""
    person_id = _person(actor)
    with transaction(app.sessions) as tx:
        put_preference(tx, person_id, feed_sha256=None)


def _person(actor: Actor) -> int:
    if actor.person_id is None:  # the operator at the command line has no inbox
        raise NotAllowedError("right_missing", verb="feed")
    return actor.person_id


def read_feed(app: App, token: str, now: datetime) -> bytes:
    """The due moments of what the owner of the feed may work on now, as a calendar; the same
    bytes while nothing has changed. Raises NotFoundError: feed_not_found."""
    with transaction(app.sessions) as tx:
        person = feed_owner(tx, hash_secret(token))
        if person is None:
            raise NotFoundError("feed_not_found")
        actor = actors.build_actor(tx, person, app.today(now))
        lines = waiting_lines(tx, actor, app.today(now), now)
    moments = [
        _moment(app, line, line.due_at, actor.locale) for line in lines if line.due_at is not None
    ]
    return build_calendar(moments, name=in_language(FEED, actor.locale))


def _moment(app: App, line: WorkItemLine, due_at: datetime, locale: str) -> DueMoment:
    link = f"{app.url}/tugas/{line.id}"
    words = in_language(FEED_WORDS, locale).format(
        sop=line.sop_name, unit=line.unit_name, case=line.case_id, link=link
    )
    return DueMoment(
        line.id,
        app.settings.mail_domain,
        due_at,
        due_words(line.name, locale),
        words,
        link,
        line.available_at,
    )


def read_unsubscribe(app: App, token: str) -> Mapping[str, str]:
    """The name, by language, of the channel that the address in a message stops.

    Raises NotFoundError: unsubscribe_not_found.
    """
    return _read_token(app, token)[2]


def _read_token(app: App, token: str) -> tuple[int, str, Mapping[str, str]]:
    """(person id, channel, its name by language)."""
    read = read_token(app.settings.secret(), token)
    if read is None:
        raise NotFoundError("unsubscribe_not_found")
    person_id, channel = read
    labels = {offer.name: offer.label for offer in app.offers}
    return person_id, channel, labels.get(channel, {"id": channel, "en": channel})


def unsubscribe(app: App, token: str, now: datetime) -> Mapping[str, str]:
    """Nothing goes to that person over that channel any more, of whatever kind; what waits to be
    sent is given up, and the inbox stays. The name of the channel by language.

    Where a ladder names a channel itself, what people choose does not count, and neither does
    this. Raises NotFoundError: unsubscribe_not_found.
    """
    person_id, channel, label = _read_token(app, token)
    with transaction(app.sessions) as tx:
        if people.find_person(tx, person_id=person_id) is None:
            raise NotFoundError("unsubscribe_not_found")
        put_preference(tx, person_id, channels=_without(tx, person_id, channel))
        outbox.give_up(tx, person_id, channel, outbox.UNWANTED, now)
    return label


def _without(tx: Tx, person_id: int, channel: str) -> dict[str, list[str]]:
    """What the person has chosen for each kind of notice, less that channel."""
    wish = preferences_of(tx, [person_id]).get(person_id)
    chosen = wish.channels if wish else {}
    return {
        kind: [name for name in chosen.get(kind, usual_channels(kind)) if name != channel]
        for kind in KINDS["id"]
    }
