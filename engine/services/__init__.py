"""Work that programs do for a case: functions of this installation, and calls over HTTP.

Functions are registered under the entry point group `alurkerja.services`; see
docs/howto/layanan.md.
"""

from engine.services.failure import BusinessError, Context, ServiceError
from engine.services.functions import GROUP, call_function
from engine.services.hosts import Hosts
from engine.services.http import call_http
from engine.services.limits import limit_time

__all__ = [
    "GROUP",
    "BusinessError",
    "Context",
    "Hosts",
    "ServiceError",
    "call_function",
    "call_http",
    "limit_time",
]
