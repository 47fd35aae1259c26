"""Verbs that hand an item on, ask a colleague, comment on it, and watch a case."""

from __future__ import annotations

from dataclasses import asdict

import click

from engine.cli.call import Answer, Call, table, verb
from engine.cli.operations import reason_option
from engine.cli.parameters import NUMBER, OneOf, plain_text
from engine.cli.words import say_moment
from engine.cli.work import as_user
from engine.handover_values import HandoverLine
from engine.usecases import comments, consultations, handovers, people, watches
from workflows.disposisi import INSTRUCTIONS, URGENCIES

item_argument = click.argument("item_id", metavar="ITEM", type=NUMBER)
to_argument = click.argument("to", metavar="USER", type=plain_text)
note_option = click.option("--note", metavar="TEXT", type=plain_text, default="", help="Catatan.")


def _answer(call: Call, line: HandoverLine, text: str) -> None:
    call.answer(asdict(line), text)


@verb("delegate")
@item_argument
@to_argument
@click.option(
    "--ask", "asked", type=OneOf(tuple(INSTRUCTIONS)), multiple=True, help="Yang diminta."
)
@click.option("--urgency", type=OneOf(tuple(URGENCIES)), default="biasa", help="Sifatnya.")
@note_option
@as_user
def delegate(
    call: Call, item_id: int, to: str, asked: tuple[str, ...], urgency: str, note: str, login: str
) -> None:
    """Menyerahkan tugas kepada rekan untuk disiapkan."""
    with call.app() as app:
        actor = people.load_actor(app, login, call.now)
        line = handovers.delegate_item(
            app, actor, item_id, to, call.now, instructions=asked, urgency=urgency, note=note
        )
        _answer(call, line, f"Tugas {item_id} diserahkan kepada {line.receiver}.")


@verb("recall")
@item_argument
@note_option
@as_user
def recall(call: Call, item_id: int, note: str, login: str) -> None:
    """Menarik kembali tugas yang diserahkan."""
    with call.app() as app:
        actor = people.load_actor(app, login, call.now)
        line = handovers.recall_item(app, actor, item_id, call.now, note)
        _answer(call, line, f"Tugas {item_id} ditarik kembali.")


@verb("hand-back")
@item_argument
@note_option
@as_user
def hand_back(call: Call, item_id: int, note: str, login: str) -> None:
    """Mengembalikan tugas yang sudah disiapkan kepada yang menyerahkannya."""
    with call.app() as app:
        actor = people.load_actor(app, login, call.now)
        line = handovers.hand_back_item(app, actor, item_id, call.now, note)
        _answer(call, line, f"Tugas {item_id} dikembalikan kepada {line.receiver}.")


@verb("reassign")
@item_argument
@to_argument
@reason_option
@as_user
def reassign(call: Call, item_id: int, to: str, reason: str, login: str) -> None:
    """Menugaskan tugas kepada pelaksana lain, sebagai atasan."""
    with call.app() as app:
        actor = people.load_actor(app, login, call.now)
        line = handovers.reassign_item(app, actor, item_id, to, reason, call.now)
        _answer(call, line, f"Tugas {item_id} ditugaskan kepada {line.receiver}.")


@verb("return")
@item_argument
@reason_option
@as_user
def give_back(call: Call, item_id: int, reason: str, login: str) -> None:
    """Mengembalikan tugas yang sudah diambil, dengan alasannya."""
    with call.app() as app:
        actor = people.load_actor(app, login, call.now)
        line = handovers.return_item(app, actor, item_id, reason, call.now)
        to = f" kepada {line.receiver}" if line.receiver else ""
        _answer(call, line, f"Tugas {item_id} dikembalikan{to}.")


@verb("ask")
@item_argument
@to_argument
@click.argument("question", metavar="TEXT", type=plain_text)
@as_user
def ask(call: Call, item_id: int, to: str, question: str, login: str) -> None:
    """Bertanya kepada rekan tentang sebuah tugas."""
    with call.app() as app:
        actor = people.load_actor(app, login, call.now)
        line = consultations.ask_colleague(app, actor, item_id, to, question, call.now)
        text = f"Pertanyaan {line.id} dikirim kepada {line.asked}."
        call.answer({**asdict(line), "state": line.state}, text)


@verb("answer")
@click.argument("question_id", metavar="QUESTION", type=NUMBER)
@click.argument("answer", metavar="TEXT", type=plain_text)
@as_user
def answer_question(call: Call, question_id: int, answer: str, login: str) -> None:
    """Menjawab pertanyaan tentang sebuah tugas."""
    with call.app() as app:
        actor = people.load_actor(app, login, call.now)
        line = consultations.answer_question(app, actor, question_id, answer, call.now)
        call.answer({**asdict(line), "state": line.state}, f"Pertanyaan {line.id} dijawab.")


@verb("comment")
@click.argument("text", metavar="TEXT", type=plain_text)
@click.option("--item", "item_id", metavar="ITEM", type=NUMBER, help="Tentang tugas ini.")
@click.option("--case", "case_id", metavar="CASE", type=NUMBER, help="Tentang kasus ini.")
@as_user
def comment(call: Call, text: str, item_id: int | None, case_id: int | None, login: str) -> None:
    """Memberi komentar; @pengguna dikabari."""
    _one_of(item_id, case_id)
    with call.app() as app:
        actor = people.load_actor(app, login, call.now)
        line = comments.add_comment(app, actor, text, call.now, case_id=case_id, item_id=item_id)
        call.answer(asdict(line), f"Komentar {line.id} disimpan.")


@verb("comments")
@click.argument("case_id", metavar="CASE", type=NUMBER)
@as_user
def list_comments(call: Call, case_id: int, login: str) -> None:
    """Komentar sebuah kasus dan tugasnya, yang terlama di atas."""
    with call.app() as app:
        actor = people.load_actor(app, login, call.now)
        lines = comments.list_comments(app, actor, case_id=case_id)
        zone = app.settings.zone
        rows = [
            (line.id, say_moment(line.at, zone), line.author, line.step_name or None, line.body)
            for line in lines
        ]
        text = table(rows, ("KOMENTAR", "WAKTU", "SIAPA", "LANGKAH", "ISI"))
        call.answer({"comments": [asdict(line) for line in lines]}, text)


@verb("watch")
@click.argument("case_id", metavar="CASE", type=NUMBER)
@click.option("--off", is_flag=True, help="Berhenti memantau.")
@as_user
def watch(call: Call, case_id: int, off: bool, login: str) -> None:
    """Memantau sebuah kasus: kabarnya datang ke pemberitahuan."""
    with call.app() as app:
        actor = people.load_actor(app, login, call.now)
        if off:
            changed = watches.unwatch_case(app, actor, case_id, call.now)
        else:
            changed = watches.watch_case(app, actor, case_id, call.now)
        value: Answer = {"case": case_id, "watching": not off, "changed": changed}
        word = "tidak dipantau lagi" if off else "dipantau"
        call.answer(value, f"Kasus {case_id} {word} oleh {actor.name}.")


def _one_of(item_id: int | None, case_id: int | None) -> None:
    if (item_id is None) == (case_id is None):
        raise click.UsageError("Sebut --item atau --case, salah satu.")
