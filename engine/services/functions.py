"""Python functions that other packages register by entry point."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from importlib.metadata import entry_points

from engine.services.failure import BusinessError, Context, ServiceError

GROUP = "alurkerja.services"
Function = Callable[[Mapping[str, object], Context], Mapping[str, object] | None]
log = logging.getLogger(__name__)


def call_function(name: str, request: Mapping[str, object], context: Context) -> object:
    """What the function of that name answers; nothing is an empty record.

    Raises BusinessError as the function does; ServiceError: function_unknown, function_not_loaded
    (both permanent), not_a_record (permanent), function_failed for whatever else it raised.
    """
    function = _find(name)
    try:
        result = function(request, context)
    except (BusinessError, ServiceError):
        raise
    except Exception as error:  # whatever a stranger's function raises is a failed try
        log.exception("function %s failed for job %s", name, context.job)
        raise ServiceError("function_failed", error=f"{type(error).__name__}: {error}") from error
    if result is None:
        return {}
    if not isinstance(result, Mapping):
        raise ServiceError("not_a_record", permanent=True, type=type(result).__name__)
    return dict(result)


def _find(name: str) -> Function:
    found = list(entry_points(group=GROUP, name=name))
    if not found:
        raise ServiceError("function_unknown", permanent=True, name=name)
    if len({one.value for one in found}) > 1:
        raise ServiceError("function_ambiguous", permanent=True, name=name)
    try:
        function: Function = found[0].load()
    except (ImportError, AttributeError) as error:
        raise ServiceError("function_not_loaded", permanent=True, error=error) from error
    return function
