"""What a table answers by its hit policy, when none, one and several of its rules match."""

from collections.abc import Callable

import pytest

from workflows.decisions import Decision, DecisionError, InvalidDecisionError, answer

Make = Callable[..., Decision]
BANDS = [("< 100", '"kecil"'), ("< 1000", '"sedang"'), ("-", '"besar"')]
APART = [("< 100", '"kecil"'), ("[100..1000)", '"sedang"'), (">= 1000", '"besar"')]


def error(decision: Decision, **variables: object) -> DecisionError:
    with pytest.raises(DecisionError) as caught:
        decision.evaluate(variables)
    return caught.value


def refusal(make: Make, *args: object, **kwargs: object) -> InvalidDecisionError:
    with pytest.raises(InvalidDecisionError) as caught:
        make(*args, **kwargs)
    return caught.value


@pytest.mark.parametrize("policy", ["UNIQUE", None])
def test_unique_is_the_only_match_and_the_default_policy(table: Make, policy: str | None) -> None:
    decision = table(["pagu:number"], ["kelas:string"], APART, policy=policy)
    for pagu, kelas in ((99, "kecil"), (100, "sedang"), (1000, "besar")):
        assert decision.evaluate({"pagu": pagu}) == {"kelas": kelas}
        assert answer(decision, {"pagu": pagu}) == kelas


def test_unique_with_two_matches_names_their_rows(table: Make) -> None:
    found = error(table(["pagu:number"], ["kelas"], BANDS, policy="UNIQUE"), pagu=5)
    assert found.code == "dmn_not_unique"
    assert found.fields == {"decision": "tabel", "rows": "1, 2, 3"}


def test_unique_is_broken_also_by_rows_that_agree(table: Make) -> None:
    decision = table(["a"], ["b"], [("1", '"x"'), ("1", '"x"')], policy="UNIQUE")
    assert error(decision, a=1).code == "dmn_not_unique"


def test_first_is_the_first_in_the_order_of_the_rules(table: Make) -> None:
    decision = table(["pagu:number"], ["kelas:string"], BANDS, policy="FIRST")
    assert [answer(decision, {"pagu": n}) for n in (5, 500, 5000)] == ["kecil", "sedang", "besar"]


def test_first_does_not_look_at_rules_after_the_match(table: Make) -> None:
    rules = [("1", '"x"'), ("tidak_ada", '"y"')]
    assert answer(table(["a"], ["b"], rules, policy="FIRST"), {"a": 1}) == "x"


def test_any_takes_matches_that_agree(table: Make) -> None:
    rules = [("< 10", "1", '"x"'), ("> 5", "1.0", '"x"'), ("> 50", "2", '"z"')]
    decision = table(["a:number"], ["b:number", "c:string"], rules, policy="ANY")
    assert answer(decision, {"a": 7}) == {"b": 1, "c": "x"}


def test_any_refuses_matches_that_differ(table: Make) -> None:
    rules = [("-", "1", '"x"'), ("> 50", "1", '"x"'), ("< 10", "1", '"y"')]
    found = error(table(["a:number"], ["b", "c"], rules, policy="ANY"), a=7)
    assert (found.code, found.fields["rows"]) == ("dmn_any_differs", "1, 3")


def test_any_does_not_take_yes_for_one(table: Make) -> None:
    decision = table(["a"], ["b"], [("-", "1"), ("-", "true")], policy="ANY")
    assert error(decision, a=0).code == "dmn_any_differs"


PRIORITIES = '"tolak", "periksa", "setuju"'
VERDICTS = [("-", '"setuju"'), ("> 10", '"periksa"'), ("> 20", '"tolak"')]


def test_priority_goes_by_the_order_of_the_output_values(table: Make) -> None:
    decision = table(["a:number"], ["b:string"], VERDICTS, policy="PRIORITY", values=[PRIORITIES])
    assert [answer(decision, {"a": n}) for n in (1, 11, 21)] == ["setuju", "periksa", "tolak"]


def test_output_order_lists_by_the_order_of_the_output_values(table: Make) -> None:
    decision = table(
        ["a:number"], ["b:string"], VERDICTS, policy="OUTPUT ORDER", values=[PRIORITIES]
    )
    assert answer(decision, {"a": 21}) == ["tolak", "periksa", "setuju"]
    assert decision.evaluate({"a": 11}) == [{"b": "periksa"}, {"b": "setuju"}]


def test_priority_of_several_outputs_goes_from_left_to_right(table: Make) -> None:
    rules = [("-", '"b"', "1"), ("-", '"a"', "2"), ("-", '"a"', "1")]
    values = ['"a", "b"', "1, 2"]
    first = table(["x"], ["m", "n"], rules, policy="PRIORITY", values=values)
    assert answer(first, {"x": 0}) == {"m": "a", "n": 1}
    every = table(["x"], ["m", "n"], rules, policy="OUTPUT ORDER", values=values)
    found = [("a", 1), ("a", 2), ("b", 1)]
    assert every.evaluate({"x": 0}) == [{"m": m, "n": n} for m, n in found]


def test_priority_without_a_winner_is_an_error(table: Make) -> None:
    rules = [("-", '"a"', "1"), ("-", '"a"', "2")]
    found = error(table(["x"], ["m", "n"], rules, policy="PRIORITY", values=['"a"', ""]), x=0)
    assert (found.code, found.fields["rows"]) == ("dmn_priority_tie", "1, 2")


@pytest.mark.parametrize("policy", ["PRIORITY", "OUTPUT ORDER"])
def test_priority_needs_output_values(table: Make, policy: str) -> None:
    found = refusal(table, ["a"], ["b"], VERDICTS, policy=policy)
    assert (found.code, found.fields["reason"]) == ("dmn_invalid", "no_output_values")
    found = refusal(table, ["a"], ["b"], [("-", "1")], policy=policy, values=["[1..5]"])
    assert found.code == "dmn_head_invalid"
    assert found.fields["reason"] == "not_a_list_of_values"


def test_priority_of_a_computed_value_outside_the_list_is_an_error(table: Make) -> None:
    decision = table(["a"], ["b"], [("-", "a")], policy="PRIORITY", values=["1, 2"])
    found = error(decision, a=3)
    assert found.code == "dmn_cell_failed"
    assert (found.fields["row"], found.fields["column"]) == (1, "b")
    assert (found.fields["reason"], found.fields["value"]) == ("not_allowed", "3")
    assert error(decision, a=None).fields["reason"] == "not_allowed"


@pytest.mark.parametrize("policy", ["RULE ORDER", "COLLECT"])
def test_several_hits_come_in_the_order_of_the_rules(table: Make, policy: str) -> None:
    decision = table(["a:number"], ["b:string"], BANDS, policy=policy)
    assert answer(decision, {"a": 5}) == ["kecil", "sedang", "besar"]
    assert decision.evaluate({"a": 500}) == [{"b": "sedang"}, {"b": "besar"}]


@pytest.mark.parametrize(
    ("aggregation", "expected"), [("SUM", 60), ("MIN", 10), ("MAX", 30), ("COUNT", 3), ("", None)]
)
def test_collect_with_an_aggregation(table: Make, aggregation: str, expected: object) -> None:
    rules = [("-", "20"), ("> 0", "10"), ("< 9", "30"), ("> 9", "99")]
    decision = table(["a:number"], ["b:number"], rules, policy="COLLECT", aggregation=aggregation)
    if aggregation:
        assert answer(decision, {"a": 5}) == expected
        assert decision.evaluate({"a": 5}) == {"b": expected}
    else:
        assert answer(decision, {"a": 5}) == [20, 10, 30]


def test_equal_results_are_each_counted_and_summed(table: Make) -> None:
    rules = [("-", "2"), ("-", "2")]
    for aggregation, expected in (("SUM", 4), ("COUNT", 2)):
        decision = table(["a"], ["b"], rules, policy="COLLECT", aggregation=aggregation)
        assert answer(decision, {"a": 0}) == expected


def test_the_least_and_greatest_of_dates_and_texts(table: Make) -> None:
    rules = [("-", 'date("2026-05-01")'), ("-", 'date("2026-01-31")')]
    for aggregation, expected in (("MIN", "2026-01-31"), ("MAX", "2026-05-01")):
        decision = table(["a"], ["b:date"], rules, policy="COLLECT", aggregation=aggregation)
        assert answer(decision, {"a": 0}) == expected
    decision = table(
        ["a"], ["b"], [("-", '"y"'), ("-", '"x"')], policy="COLLECT", aggregation="MIN"
    )
    assert answer(decision, {"a": 0}) == "x"


@pytest.mark.parametrize(
    ("aggregation", "results", "reason"),
    [
        ("SUM", ["1", '"2"'], "not_number"),
        ("SUM", ["1", "true"], "not_number"),
        ("SUM", ["1", ""], "not_number"),
        ("SUM", ["a * 10e307", "a * 10e307"], "too_large"),
        ("MIN", ["1", '"2"'], "cannot_compare"),
        ("MAX", ["1", ""], "cannot_compare"),
        ("MAX", ["true", "false"], "cannot_compare"),
    ],
)
def test_what_cannot_be_aggregated_is_an_error_in_its_row(
    table: Make, aggregation: str, results: list[str], reason: str
) -> None:
    rules = [("-", result) for result in results]
    decision = table(["a"], ["b"], rules, policy="COLLECT", aggregation=aggregation)
    found = error(decision, a=1)
    assert found.code == "dmn_cell_failed"
    assert found.fields["reason"] == reason
    assert found.fields["row"] == (1 if results[0] == "true" else 2)


def test_aggregations_are_refused_where_they_would_mean_nothing(table: Make) -> None:
    found = refusal(
        table, ["a"], ["b", "c"], [("-", "1", "2")], policy="COLLECT", aggregation="SUM"
    )
    assert found.fields["reason"] == "aggregated_outputs"
    found = refusal(table, ["a"], ["b"], [("-", "1")], policy="FIRST", aggregation="SUM")
    assert found.fields["reason"] == "aggregation_without_collect"


@pytest.mark.parametrize("policy", ["", "LAST", "unique", "RULE_ORDER", "U", "FIRST; DROP"])
def test_an_unknown_policy_is_not_taken_for_another(table: Make, policy: str) -> None:
    found = refusal(table, ["a"], ["b"], BANDS, policy=policy)
    assert found.code == "dmn_unknown_hit_policy"
    assert found.fields == {"decision": "tabel", "policy": policy}


def test_an_unknown_aggregation_is_not_taken_for_none(table: Make) -> None:
    found = refusal(table, ["a"], ["b"], BANDS, policy="COLLECT", aggregation="AVG")
    assert (found.code, found.fields["policy"]) == ("dmn_unknown_hit_policy", "AVG")


@pytest.mark.parametrize(
    ("policy", "aggregation", "nothing", "otherwise"),
    [
        ("UNIQUE", "", None, 7),
        ("FIRST", "", None, 7),
        ("ANY", "", None, 7),
        ("PRIORITY", "", None, 7),
        ("RULE ORDER", "", [], [7]),
        ("OUTPUT ORDER", "", [], [7]),
        ("COLLECT", "", [], [7]),
        ("COLLECT", "SUM", None, 7),
        ("COLLECT", "MIN", None, 7),
        ("COLLECT", "COUNT", 0, 0),
    ],
)
def test_no_match_answers_nothing_or_the_default(
    table: Make, policy: str, aggregation: str, nothing: object, otherwise: object
) -> None:
    def decide(**more: object) -> object:
        settings = {"policy": policy, "aggregation": aggregation, "values": ["7, 1"], **more}
        return answer(table(["a:number"], ["b:number"], [("> 100", "1")], **settings), {"a": 5})

    assert decide() == nothing
    assert decide(defaults=["7"]) == otherwise


def test_a_default_of_one_output_leaves_the_others_null(table: Make) -> None:
    decision = table(["a"], ["b", "c"], [("9", "1", "2")], defaults=["a + 1", ""])
    assert answer(decision, {"a": 5}) == {"b": 6, "c": None}


def test_a_table_without_inputs_or_without_rules(table: Make) -> None:
    assert answer(table([], ["b"], [("1",)]), {}) == 1
    assert answer(table(["a"], ["b"], []), {"a": 1}) is None
