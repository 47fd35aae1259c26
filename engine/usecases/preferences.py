"""How people want to hear: their zone, channels, addresses and quiet hours."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, time

from engine.app import App
from engine.channels import Offer, Recipient
from engine.channels.texts import KINDS
from engine.errors import NotFoundError
from engine.notice_values import ChannelOffer, Preferences
from engine.notifying import usual_channels
from engine.store import cases, people
from engine.store.preferences import feed_mark, preferences_of, put_preference
from engine.store.tables import Person
from engine.store.transaction import Tx, transaction
from workflows.errors import InvalidAnswerError
from workflows.rights import Actor
from workflows.workdays import zone_info

Quiet = tuple[time, time]


def read_preferences(app: App, actor: Actor) -> Preferences:
    """Raises NotFoundError: person_not_found for the operator, who is no person."""
    with transaction(app.sessions) as tx:
        person = _person(tx, actor)
        row = preferences_of(tx, [person.id]).get(person.id)
        chosen = row.channels if row else {}
        return Preferences(
            zone=row.zone if row else None,
            channels={kind: tuple(chosen.get(kind, usual_channels(kind))) for kind in KINDS["id"]},
            addresses=dict(row.addresses) if row else {},
            quiet_from=row.quiet_from if row else None,
            quiet_until=row.quiet_until if row else None,
            offers=tuple(_offer(offer) for offer in app.offers),
            feed=feed_mark(row),
        )


def _offer(offer: Offer) -> ChannelOffer:
    return ChannelOffer(offer.name, offer.label, offer.personal, offer.needs_address)


def _person(tx: Tx, actor: Actor) -> Person:
    person = people.find_person(tx, person_id=actor.person_id) if actor.person_id else None
    if person is None:
        raise NotFoundError("person_not_found", person=actor.login)
    return person


def save_preferences(
    app: App,
    actor: Actor,
    zone: str | None,
    channels: Mapping[str, Collection[str]],
    addresses: Mapping[str, str],
    quiet: Quiet | None,
    now: datetime,
) -> Preferences:
    """Keep all of it in place of what was; a kind that is not named goes as usual.

    Raises NotFoundError: person_not_found; InvalidTimeError: unknown_zone; InvalidAnswerError:
    invalid_preference (field; reason: unknown_kind, unknown_channel, not_an_address,
    address_missing, no_time_left).
    """
    if zone is not None:
        zone_info(zone)
    if quiet is not None and quiet[0] == quiet[1]:
        raise _refused("quiet", "no_time_left")
    offers = {offer.name: offer for offer in app.offers if offer.personal}
    with transaction(app.sessions) as tx:
        person = _person(tx, actor)
        given = {name: text.strip() for name, text in addresses.items() if text.strip()}
        _check_addresses(person, offers, given)
        put_preference(
            tx,
            person.id,
            zone=zone,
            channels=_checked_channels(person, offers, channels, given),
            addresses=given,
            quiet_from=quiet[0] if quiet else None,
            quiet_until=quiet[1] if quiet else None,
        )
        cases.add_event(tx, now, "preferences_changed", actor.person_id)
    return read_preferences(app, actor)


def _check_addresses(
    person: Person, offers: Mapping[str, Offer], addresses: Mapping[str, str]
) -> None:
    for name in addresses:
        if name not in offers or not offers[name].needs_address:
            raise _refused(name, "unknown_channel")
        if offers[name].address(_recipient(person, addresses)) is None:
            raise _refused(name, "not_an_address")


def _checked_channels(
    person: Person,
    offers: Mapping[str, Offer],
    channels: Mapping[str, Collection[str]],
    addresses: Mapping[str, str],
) -> dict[str, list[str]]:
    for kind, names in channels.items():
        if kind not in KINDS["id"]:
            raise _refused(kind, "unknown_kind")
        for name in names:
            if name not in offers:
                raise _refused(name, "unknown_channel")
            if offers[name].address(_recipient(person, addresses)) is None:
                raise _refused(name, "address_missing")
    return {kind: sorted(set(names)) for kind, names in channels.items()}


def _recipient(person: Person, addresses: Mapping[str, str]) -> Recipient:
    return Recipient(person.login, person.name, person.email, addresses)


def _refused(field: str, reason: str) -> InvalidAnswerError:
    return InvalidAnswerError("invalid_preference", field=field, reason=reason)
