"""All settings of Alur, read once from the environment; nothing else reads `os.environ`."""

from __future__ import annotations

import os
import secrets
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from pathlib import Path

from engine.errors import SettingsError
from engine.setting_values import UnfitError, read_value

PREFIX = "ALUR_"


@dataclass(frozen=True)
class Settings:
    """One value for every process; `docs/reference/settings.md` describes each field.

    Units: `…_seconds` in seconds, `…_mb` in MiB, `…_days` in days, `…_months` in months. A URL that
    is None means "bring your own": embedded PostgreSQL, embedded Valkey, mail as files.
    `…_hosts`: host or host:port in lower case, with commas between them.
    """

    data: Path = Path("var")
    database_url: str | None = None
    broker_url: str | None = None
    bind: str | None = None
    public_url: str | None = None
    secret_key: str | None = None
    smtp_url: str | None = None
    smtp_ca: str | None = None
    mail_from: str = "Alur <alur@localhost>"
    webhook_url: str | None = None
    webhook_secret: str | None = None
    chat_url: str | None = None
    zone: str = "Asia/Jakarta"
    tick_seconds: int = 20
    document_max_mb: int = 25
    web_workers: int = 2
    worker_concurrency: int = 2
    pg_bin: str | None = None
    message_days: int = 30
    review_months: int = 12
    service_seconds: int = 30
    service_hosts: str = ""
    service_private_hosts: str = ""
    s3_endpoint: str | None = None
    s3_bucket: str | None = None
    s3_access_key: str | None = None
    s3_secret_key: str | None = None
    s3_region: str = "us-east-1"
    trusted_proxies: int = 0
    breached_passwords: str | None = None
    require_second_factor: str = "none"
    oidc_issuer: str | None = None
    oidc_client_id: str | None = None
    oidc_client_secret: str | None = None
    oidc_name: str = "akun instansi"

    @classmethod
    def from_env(cls, environ: Mapping[str, str], data: Path | None = None) -> Settings:
        """Read `ALUR_*`; `data` (the command line's --data) wins over ALUR_DATA.

        Raises SettingsError: unknown_setting, invalid_setting (fields: name, value, expected),
        setting_missing (name, beside).
        """
        known = {f"{PREFIX}{field.name.upper()}": field.name for field in fields(cls)}
        given: dict[str, object] = {}
        for name, value in environ.items():
            if not name.startswith(PREFIX) or value == "":
                continue
            if name not in known:
                raise SettingsError("unknown_setting", name=name, known=sorted(known))
            given[known[name]] = _convert(name, known[name], value)
        if "webhook_url" in given and "webhook_secret" not in given:
            raise SettingsError(
                "setting_missing", name="ALUR_WEBHOOK_SECRET", beside="ALUR_WEBHOOK_URL"
            )
        if "oidc_issuer" in given and "oidc_client_id" not in given:
            raise SettingsError(
                "setting_missing", name="ALUR_OIDC_CLIENT_ID", beside="ALUR_OIDC_ISSUER"
            )
        if "s3_endpoint" in given and "s3_bucket" not in given:
            raise SettingsError("setting_missing", name="ALUR_S3_BUCKET", beside="ALUR_S3_ENDPOINT")
        if data is not None:
            given["data"] = data
        settings = replace(cls(), **given)  # type: ignore[arg-type]  # types checked by _convert
        try:
            folder = settings.data.expanduser().absolute()
        except RuntimeError as error:  # ~ of somebody who has no home
            raise _refused("ALUR_DATA", UnfitError("/var/lib/alur", str(settings.data))) from error
        return replace(settings, data=folder)

    def to_env(self) -> dict[str, str]:
        """The `ALUR_*` variables that make a child process read these very settings."""
        values = {
            f"{PREFIX}{field.name.upper()}": getattr(self, field.name) for field in fields(self)
        }
        return {name: str(value) for name, value in values.items() if value is not None}

    @property
    def address(self) -> str:
        """host:port the web process listens on."""
        return self.bind or "127.0.0.1:8000"

    @property
    def url(self) -> str:
        """The address that mails and calendars link to, without a final slash."""
        return (self.public_url or f"http://{self.address}").rstrip("/")

    @property
    def mail_domain(self) -> str:
        """What stands behind the @ of the sender; ids of messages and events end with it."""
        return self.mail_from.rpartition("@")[2].strip("> ") or "localhost"

    def secret(self) -> str:
        """The key that signs session cookies and addresses in mails; made once in the data folder
        when none is set."""
        if self.secret_key:
            return self.secret_key
        path = self.data / "secret_key"
        if not path.exists():
            self.data.mkdir(parents=True, exist_ok=True)
            _write_once(path, secrets.token_hex(32))
        return path.read_text("ascii")


def _write_once(path: Path, text: str) -> None:
    """Create the file whole and private; when another process was first, its text stays."""
    handle, part = tempfile.mkstemp(dir=path.parent)  # readable by its owner alone
    with open(handle, "w", encoding="ascii") as file:
        file.write(text)
    with suppress(FileExistsError):
        os.link(part, path)
    os.unlink(part)


def _convert(name: str, field: str, value: str) -> object:
    """Turn one variable's text into the field's value, or say which variable is wrong."""
    try:
        return read_value(field, value)
    except UnfitError as error:
        raise _refused(name, error) from None


def _refused(name: str, error: UnfitError) -> SettingsError:
    return SettingsError("invalid_setting", name=name, value=error.shown, expected=error.expected)
