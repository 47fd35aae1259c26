"""POST /jobs/…: fetch and lock work, then complete it, fail it or hold it longer"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Any

from engine.exchange_values import JobState, LockedJob
from engine.usecases import workers
from web.api.operation import Caller, operation
from web.api.shape import NAME, RECORD, TEXT, given, list_of, whole

Record = dict[str, Any]
WORKER = "Nama proses pekerja; hanya yang mengunci pekerjaan dapat melaporkannya."
RETRIES = "Sisa percobaan; 0 menghentikan langkahnya. Bawaan: berkurang satu."
PAUSE = "Jeda sebelum percobaan berikutnya. Bawaan: makin lama."
SECONDS = whole(1, 86_400)
OWN = ("job_not_found", "job_not_yours", "job_not_open")


@dataclass(frozen=True)
class FetchBody:
    worker: Annotated[str, given(NAME, WORKER)]
    topics: Annotated[list[str], given(list_of(NAME, 50), "Topik yang dikerjakan.")]
    max: Annotated[int, given(whole(1, 100), "Paling banyak sekian pekerjaan.")] = 10
    lock_seconds: Annotated[int, given(SECONDS, "Selama ini tidak diberikan kepada yang lain.")] = (
        300
    )


@dataclass(frozen=True)
class CompleteBody:
    worker: Annotated[str, given(NAME, WORKER)]
    result: Annotated[Record, given(RECORD, "Hasilnya, menjadi data kasus.")] = field(
        default_factory=dict
    )


@dataclass(frozen=True)
class FailBody:
    worker: Annotated[str, given(NAME, WORKER)]
    error: Annotated[str, given(TEXT, "Apa yang gagal, untuk administrator.")]
    retries: Annotated[int | None, given(whole(0, 100), RETRIES)] = None
    retry_seconds: Annotated[int | None, given(whole(0, 86_400), PAUSE)] = None


@dataclass(frozen=True)
class ErrorBody:
    worker: Annotated[str, given(NAME, WORKER)]
    code: Annotated[str, given(NAME, "Kode galat BPMN yang ditangkap diagram.")]
    message: Annotated[str, given(TEXT, "Keterangannya.")] = ""


@dataclass(frozen=True)
class ExtendBody:
    worker: Annotated[str, given(NAME, WORKER)]
    lock_seconds: Annotated[int, given(SECONDS, "Terhitung sejak sekarang.")] = 300


@operation(
    "/jobs/fetch",
    FetchBody,
    tuple[LockedJob, ...],
    "Mengambil dan mengunci pekerjaan",
    errors=("topic_not_allowed",),
)
def fetch_jobs(caller: Caller, body: FetchBody) -> tuple[LockedJob, ...]:
    return workers.fetch_jobs(
        caller.app,
        caller.client,
        body.worker,
        body.topics,
        caller.now,
        limit=body.max,
        seconds=body.lock_seconds,
    )


@operation(
    "/jobs/<int:job_id>/complete",
    CompleteBody,
    JobState,
    "Melaporkan bahwa pekerjaan selesai",
    errors=(*OWN, "job_result_not_record", "invalid_result"),
)
def complete_job(caller: Caller, body: CompleteBody, job_id: int) -> JobState:
    app, client, now = caller.app, caller.client, caller.now
    return workers.complete_job(app, client, body.worker, job_id, body.result, now)


@operation(
    "/jobs/<int:job_id>/fail", FailBody, JobState, "Melaporkan bahwa percobaan gagal", errors=OWN
)
def fail_job(caller: Caller, body: FailBody, job_id: int) -> JobState:
    return workers.fail_job(
        caller.app,
        caller.client,
        body.worker,
        job_id,
        body.error,
        caller.now,
        retries=body.retries,
        pause_seconds=body.retry_seconds,
    )


@operation(
    "/jobs/<int:job_id>/error",
    ErrorBody,
    JobState,
    "Melaporkan galat yang diatur diagram",
    errors=OWN,
)
def raise_error(caller: Caller, body: ErrorBody, job_id: int) -> JobState:
    app, client, now = caller.app, caller.client, caller.now
    return workers.raise_error(app, client, body.worker, job_id, body.code, body.message, now)


@operation(
    "/jobs/<int:job_id>/extend",
    ExtendBody,
    JobState,
    "Menahan pekerjaan lebih lama",
    errors=OWN,
)
def extend_lock(caller: Caller, body: ExtendBody, job_id: int) -> JobState:
    app, client, now = caller.app, caller.client, caller.now
    return workers.extend_lock(app, client, body.worker, job_id, body.lock_seconds, now)
