"""What can go wrong while running an SOP, as codes; `web/errors.py` maps them to a status."""

from workflows.errors import SopError


class NotFoundError(SopError):
    """The thing that was named does not exist, or not for this actor."""


class NotKnownError(SopError):
    """Nobody knows who is calling."""


class NotAllowedError(SopError):
    """The actor may not do this. Fields: verb, reason."""


class ConflictError(SopError):
    """The thing has changed since the actor saw it. Fields say what and, where known, by whom."""


class StuckError(SopError):
    """A case cannot be continued by this version of Alur: an administrator must look at it."""


class UnavailableError(SopError):
    """Something that Alur needs cannot be reached now: database, broker, disk."""


class SettingsError(SopError):
    """A setting is unknown or has no usable value. Fields: name, value, expected."""
