"""Two things where one is meant, and settings that would be dropped, are refused."""

import pytest

from tests.workflows.process.models import around, drawn, extension, found, node

WORK = '<sop:layanan jenis="luar" nama="a"/>'
CALLED = '<zeebe:calledDecision decisionId="k" resultVariable="h"/>'
SCRIPT = "<script>a = 1</script>"
ZEEBE_SCRIPT = '<zeebe:script expression="=1" resultVariable="b"/>'
OWN = {"sop__keputusan": "k", "sop__hasil": "h"}


@pytest.mark.parametrize(
    ("tag", "inside", "attributes", "code"),
    [
        ("businessRuleTask", "",
         {**OWN, "camunda__decisionRef": "l", "camunda__resultVariable": "m"}, "decision_several"),
        ("businessRuleTask", extension(CALLED), OWN, "decision_several"),
        ("businessRuleTask", extension(CALLED * 2), {}, "decision_several"),
        ("scriptTask", extension(WORK) + SCRIPT, {}, "work_several"),
        ("scriptTask", extension(ZEEBE_SCRIPT) + SCRIPT, {}, "work_several"),
        ("scriptTask", extension(ZEEBE_SCRIPT, WORK), {}, "work_several"),
        ("scriptTask", extension('<zeebe:taskDefinition type="t"/>') + SCRIPT, {}, "work_several"),
        ("sendTask", extension(WORK, '<sop:isi nama="a" nilai="1"/>'), {}, "message_unnamed"),
        ("sendTask", extension(WORK, '<sop:kunci nama="a" nilai="1"/>'), {}, "message_unnamed"),
        ("callActivity", extension('<camunda:in source="a"/>'), {"calledElement": "q"},
         "mapping_without_target"),
        ("callActivity", extension('<camunda:out sourceExpression="${a}"/>'),
         {"calledElement": "q"}, "mapping_without_target"),
    ],
)  # fmt: skip
def test_nothing_is_dropped(tag: str, inside: str, attributes: dict[str, str], code: str) -> None:
    assert found(around(node(tag, "x", inside, **attributes))) == [(code, "x")]


def test_the_key_of_a_called_case_is_no_mapping() -> None:
    row = extension('<camunda:in businessKey="#{execution.processBusinessKey}"/>')
    assert found(around(node("callActivity", "x", row, calledElement="q"))) == []


@pytest.mark.parametrize("name", ["errorCodeVariable", "errorMessageVariable"])
def test_a_thrown_error_is_put_nowhere(name: str) -> None:
    definition = f'<errorEventDefinition errorRef="e" camunda:{name}="n"/>'
    assert found(drawn("endEvent", definition)) == [("attribute_misplaced", "v")]
    assert found(drawn("boundaryEvent", definition)) == []


@pytest.mark.parametrize("retries", ["9" * 5_000, "000000001" + "9" * 5_000])
def test_tries_beyond_counting(retries: str) -> None:
    own = f'<sop:layanan jenis="luar" nama="a" percobaan="{retries}"/>'
    foreign = f'<zeebe:taskDefinition type="a" retries="={retries}"/>'
    for work in (own, foreign):
        assert found(around(node("serviceTask", "x", extension(work)))) == [("work_retries", "x")]
