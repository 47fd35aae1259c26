"""Documents as objects of an S3-compatible server; the only module that speaks to one."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, BinaryIO, cast

import obstore
from obstore.exceptions import BaseError
from obstore.store import S3Store

from engine.errors import NotFoundError, UnavailableError
from engine.settings import Settings

if TYPE_CHECKING:
    from obstore.store import S3Config

PROBE = "periksa"  # the object that `check` writes
IN_MEMORY = 1 << 20  # bytes; what is larger passes through a file
SECONDS = timedelta(seconds=30)


@dataclass(frozen=True)
class Bucket:
    """A `engine.documents.storage.Storage` in a bucket that exists already."""

    store: S3Store

    @classmethod
    def of(cls, settings: Settings) -> Bucket:
        """Connects at the first use, so it never fails itself."""
        return cls(
            S3Store(
                settings.s3_bucket,
                config=_config(settings),
                client_options={
                    "allow_http": (settings.s3_endpoint or "").startswith("http:"),
                    "timeout": SECONDS,
                    "connect_timeout": timedelta(seconds=5),
                },
                retry_config={"max_retries": 2, "retry_timeout": SECONDS},
            )
        )

    def keep(self, sha256: str, file: BinaryIO) -> None:
        with _telling():
            file.seek(0)
            obstore.put(self.store, _name(sha256), file)

    def open(self, sha256: str) -> BinaryIO:
        with _telling():
            try:
                found = obstore.get(self.store, _name(sha256))
            except FileNotFoundError as error:
                raise NotFoundError("document_content_missing", sha256=sha256) from error
            file = tempfile.SpooledTemporaryFile(IN_MEMORY)  # given away
            for chunk in found.stream():
                file.write(bytes(chunk))
            file.seek(0)
            return cast(BinaryIO, file)

    def exists(self, sha256: str) -> bool:
        with _telling():
            try:
                obstore.head(self.store, _name(sha256))
            except FileNotFoundError:
                return False
            return True

    def forget(self, sha256: str) -> None:
        with _telling():
            obstore.delete(self.store, _name(sha256))

    def kept_before(self, moment: datetime) -> Iterator[str]:
        with _telling():
            for page in obstore.list(self.store, "dokumen/"):
                for one in page:
                    if one["last_modified"] < moment:
                        yield one["path"].rpartition("/")[2]

    def check(self) -> str:
        try:
            obstore.put(self.store, PROBE, b"?")
            obstore.get(self.store, PROBE).bytes()
        except (BaseError, OSError) as error:
            return _reason(error)
        return ""


def _config(settings: Settings) -> S3Config:
    config: S3Config = {
        "region": settings.s3_region,
        "virtual_hosted_style_request": False,  # a server of the house has one name
    }
    if settings.s3_endpoint:
        config["endpoint"] = settings.s3_endpoint
    if settings.s3_access_key and settings.s3_secret_key:
        config["access_key_id"] = settings.s3_access_key
        config["secret_access_key"] = settings.s3_secret_key
    return config


def _name(sha256: str) -> str:
    return f"dokumen/{sha256[:2]}/{sha256}"


def _reason(error: BaseException) -> str:
    """The first line: what follows may quote the whole answer of the server."""
    return (str(error).strip() or type(error).__name__).splitlines()[0][:300]


@contextmanager
def _telling() -> Iterator[None]:
    try:
        yield
    except (BaseError, OSError) as error:
        raise UnavailableError("storage_failed", reason=_reason(error)) from error
