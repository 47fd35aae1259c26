"""Compiles and evaluates every hostile text, in all notations and as a script. A program of its
own, so that its memory can be limited: prints one JSON object.

Usage: python expressions.py <payloads.json> <bytes of memory above what the program needs itself>
"""

import json
import resource
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import psutil

from workflows.expressions import ExpressionError, compile_expression, compile_script

VARIABLES: Mapping[str, object] = {
    "a": {"b": 1},
    "b": 2,
    "teks": "x" * 90_000,
    "xs": list(range(9_900)),
}
WAYS: Mapping[str, Callable[[str], object]] = {
    "plain": lambda text: compile_expression(text).evaluate(VARIABLES),
    "feel": lambda text: compile_expression(text, "feel").evaluate(VARIABLES),
    "juel": lambda text: compile_expression(text, "juel").evaluate(VARIABLES),
    "script": lambda text: compile_script(text).run(VARIABLES),
}


def outcome(way: str, text: str) -> tuple[str, object]:
    try:
        return "value", WAYS[way](text)
    except ExpressionError as error:
        return "refused", error.code
    except BaseException as error:  # whatever else gets out is what the test looks for
        return "escaped", f"{type(error).__name__}: {error}"[:300]


def main() -> None:
    payloads = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    for way in WAYS:
        outcome(way, "x = upper('a') + 'b'")
    used = psutil.Process().memory_info().vms
    resource.setrlimit(resource.RLIMIT_AS, (used + int(sys.argv[2]), resource.RLIM_INFINITY))
    rows = []
    for payload in payloads:
        for way in WAYS:
            text = payload["text"]
            if way == "script" and payload["kind"] == "expression":
                text = "x = " + text
            began = time.process_time()
            kind, detail = outcome(way, text)
            seconds = time.process_time() - began
            rows.append([payload["name"], way, kind, detail, seconds])
    sys.stdout.write(json.dumps(rows))


if __name__ == "__main__":
    main()
