"""The SOP that Alur ships, from its start over one return to the signature."""

from datetime import UTC, datetime
from pathlib import Path

from engine.spiff import Opened, Step, Surroundings, compile_definition, complete, start

ROOT = Path(__file__).parents[3]
SOP = ROOT / "bpmn/menyusun-rencana-kerja/menyusun-rencana-kerja.bpmn"
BIDANG = ["BIDANG-1", "BIDANG-2", "BIDANG-3"]
NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def test_one_return_and_then_the_signature(around: Surroundings) -> None:
    compiled = compile_definition(SOP.read_bytes())
    step = start(compiled, {"daftar_bidang": BIDANG}, NOW, around)
    open_items = list(step.opened)
    visited: list[str] = []
    decisions = iter(["kembalikan", "tanda_tangan"])

    def do(item: Opened, **answers: object) -> Step:
        visited.append(item.node)
        result = complete(compiled, step.state, step.data, item.token, answers, NOW, around)
        open_items.remove(item)
        open_items.extend(result.opened)
        assert result.incidents == ()
        return result

    while open_items:
        item = open_items[0]
        if item.node == "penyusunan_bidang":
            assert list(item.variables) == ["bidang"]
            step = do(item, usulan=f"usul {item.variables['bidang']}")
        elif item.node == "telaah":
            step = do(item, keputusan=next(decisions))
        else:
            step = do(item, catatan=item.node)

    assert step.finished
    assert visited == [
        "konsultasi",
        *["penyusunan_bidang"] * 3,
        "pembahasan",
        *["penyempurnaan", "penyampaian", "telaah"] * 2,
    ]
    plans = [{"bidang": one, "usulan": f"usul {one}"} for one in BIDANG]
    assert step.data["rencana_bidang"] == plans
    assert step.data["keputusan"] == "tanda_tangan"
    assert "usulan" not in step.data


def test_without_a_signature_the_draft_always_goes_back(around: Surroundings) -> None:
    compiled = compile_definition(SOP.read_bytes())
    step = start(compiled, {"daftar_bidang": [], "keputusan": None}, NOW, around)
    for _ in range(5):
        step = complete(compiled, step.state, step.data, step.opened[0].token, {}, NOW, around)
    assert [item.node for item in step.opened] == ["penyempurnaan"]
