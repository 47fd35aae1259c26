"""Random processes of nested blocks, drawn as XML: every element that is executed, in each other.

What is drawn depends on the numbers of `choose(n)` (0 to n - 1) alone, and 0 always is the simplest
choice, so that a failing drawing shrinks to a readable one.
"""

from collections.abc import Callable

Choose = Callable[[int], int]
Ends = tuple[str, str]
"""The first and the last node of a block."""

SHARED = (
    '<message id="m1" name="surat"/><message id="m2" name="kabar"/><signal id="s1" name="sirene"/>'
    '<error id="e1" errorCode="E1"/><error id="e2" errorCode="E2"/>'
    '<escalation id="x1" escalationCode="N1"/>'
)
HEADER = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:sop="urn:alurkerja:sop:1.0" id="berkas" targetNamespace="urn:alurkerja:tests">'
)
CONDITIONS = ("b0", "not b0", "n0 > 1", "b1", "n0 == 0")
CATCHES = (
    "<timerEventDefinition><timeDuration>PT2H</timeDuration></timerEventDefinition>",
    '<messageEventDefinition messageRef="m1"/>',
    '<signalEventDefinition signalRef="s1"/>',
    "<conditionalEventDefinition><condition>n0 &gt; 2</condition></conditionalEventDefinition>",
    '<messageEventDefinition messageRef="m2"/>',
    "<timerEventDefinition><timeDate>2026-11-25</timeDate></timerEventDefinition>",
)
CYCLE = "<timerEventDefinition><timeCycle>R3/PT3H</timeCycle></timerEventDefinition>"
RAISED = (
    '<escalationEventDefinition escalationRef="x1"/>',
    '<errorEventDefinition errorRef="e1"/>',
    "<errorEventDefinition/>",
    "<escalationEventDefinition/>",
)
THROWS = (
    "",
    '<messageEventDefinition messageRef="m1"/>',
    '<signalEventDefinition signalRef="s1"/>',
    '<escalationEventDefinition escalationRef="x1"/>',
)
ENDS = (
    "",
    '<errorEventDefinition errorRef="e1"/>',
    "<terminateEventDefinition/>",
    '<errorEventDefinition errorRef="e2"/>',
    '<escalationEventDefinition escalationRef="x1"/>',
    '<signalEventDefinition signalRef="s1"/>',
)
MAX_DEPTH = 3


class Drawing:
    """One process; `size` bounds the blocks in it. `calls`: the key of a process it may call;
    `undoes`: whether it may have compensation, which remembers every round of a loop."""

    def __init__(self, choose: Choose, size: int, *, calls: str = "", undoes: bool = True) -> None:
        self.choose = choose
        self.left = size
        self.calls = calls
        self.undoes = undoes
        self.echoes = True  # not within what itself waits for a signal or an escalation
        self.count = 0

    def process(self, key: str) -> bytes:
        inside = self._scope(0)
        process = f'<process id="{key}" isExecutable="true">{inside}</process>'
        return f"{HEADER}{SHARED}{process}</definitions>".encode()

    def looped(self, key: str) -> bytes:
        """A step `awal` at which each round of a loop around the blocks begins."""
        out: list[str] = []
        start = self._node(out, "startEvent")
        into = self._node(out, "exclusiveGateway")
        out.append('<userTask id="awal"/>')
        first, last = self._sequence(out, 1)
        for source, target in ((start, into), (into, "awal"), ("awal", first), (last, into)):
            self._flow(out, source, target)
        process = f'<process id="{key}" isExecutable="true">{"".join(out)}</process>'
        return f"{HEADER}{SHARED}{process}</definitions>".encode()

    def _scope(self, depth: int, *, trigger: str = "", interrupting: bool = True) -> str:
        out: list[str] = []
        attributes = "" if interrupting else ' isInterrupting="false"'
        start = self._node(out, "startEvent", trigger, attributes)
        first, last = self._sequence(out, depth)
        end = self._end(out) if depth else self._node(out, "endEvent")
        self._flow(out, start, first)
        self._flow(out, last, end)
        if not trigger and self.left > 0 and self.choose(4) == 3:
            self._event_sub_process(out, depth + 1)
        return "".join(out)

    def _event_sub_process(self, out: list[str], depth: int) -> None:
        trigger = (*CATCHES, *RAISED)[self.choose(len(CATCHES) + len(RAISED))]
        interrupting = self.choose(2) == 1 or "error" in trigger
        echoes = self.echoes
        self.echoes = echoes and "signal" not in trigger and "escalation" not in trigger
        inside = self._scope(depth, trigger=trigger, interrupting=interrupting)
        self.echoes = echoes
        self._node(out, "subProcess", inside, ' triggeredByEvent="true"')

    def _sequence(self, out: list[str], depth: int) -> Ends:
        first, last = self._block(out, depth)
        for _ in range(self.choose(3)):
            after, end = self._block(out, depth)
            self._flow(out, last, after)
            last = end
        return first, last

    def _block(self, out: list[str], depth: int) -> Ends:
        self.left -= 1
        plain = [self._step, self._script, self._catch, self._throw, self._service, self._receive]
        nested = [
            self._exclusive, self._parallel, self._inclusive, self._loop, self._sub_process,
            self._many, self._standard, self._race, self._implicit, self._early_end,
        ]  # fmt: skip
        if self.undoes:
            nested += [self._undoable, self._undo]
        if self.calls:
            nested.append(self._call)
        kinds = plain + nested if self.left > 0 and depth < MAX_DEPTH else plain[:2]
        return kinds[self.choose(len(kinds))](out, depth)

    # Activities, perhaps with events on their boundary.

    def _step(self, out: list[str], depth: int) -> Ends:
        return self._with_boundary(out, depth, self._node(out, "userTask"))

    def _script(self, out: list[str], depth: int) -> Ends:
        text = ("n0 = n0 + 1", "b0 = not b0", "n0 = 0", "b1 = n0 &gt; 1")[self.choose(4)]
        name = self._node(out, "scriptTask", f"<script>{text}</script>")
        return name, name

    def _service(self, out: list[str], depth: int) -> Ends:
        work = '<sop:layanan jenis="luar" nama="kerja"><sop:isi nama="n" nilai="n0"/></sop:layanan>'
        name = self._node(out, "serviceTask", f"<extensionElements>{work}</extensionElements>")
        return self._with_boundary(out, depth, name)

    def _receive(self, out: list[str], depth: int) -> Ends:
        name = self._node(out, "receiveTask", "", ' messageRef="m2"')
        return self._with_boundary(out, depth, name)

    def _sub_process(self, out: list[str], depth: int) -> Ends:
        name = self._node(out, "subProcess", self._scope(depth + 1))
        return self._with_boundary(out, depth, name)

    def _call(self, out: list[str], depth: int) -> Ends:
        mapped = '<extensionElements><sop:keluar nama="n0" nilai="n0 + 1"/></extensionElements>'
        inside = mapped if self.choose(2) else ""
        name = self._node(out, "callActivity", inside, f' calledElement="{self.calls}"')
        return self._with_boundary(out, depth, name)

    def _many(self, out: list[str], depth: int) -> Ends:
        order = ' isSequential="true"' if self.choose(2) else ""
        amount = (
            "<loopCardinality>2</loopCardinality>",
            "<loopDataInputRef>daftar</loopDataInputRef>",
        )[self.choose(2)]
        output = f"<loopDataOutputRef>hasil{self.count}</loopDataOutputRef>"
        enough = "<completionCondition>nrOfCompletedInstances &gt;= 2</completionCondition>"
        inside = amount + output * self.choose(2) + enough * self.choose(2)
        return self._looping(out, depth, "multiInstanceLoopCharacteristics", order, inside)

    def _standard(self, out: list[str], depth: int) -> Ends:
        attributes = ' loopMaximum="2"' + ' testBefore="true"' * self.choose(2)
        inside = "<loopCondition>b1</loopCondition>" * self.choose(2)
        return self._looping(out, depth, "standardLoopCharacteristics", attributes, inside)

    def _looping(self, out: list[str], depth: int, tag: str, attributes: str, inside: str) -> Ends:
        loop = f"<{tag}{attributes}>{inside}</{tag}>"
        undoes, self.undoes = self.undoes, False  # what rounds have done is not kept
        kind = ("userTask", "subProcess", "callActivity")[self.choose(3 if self.calls else 2)]
        content = self._scope(depth + 1) if kind == "subProcess" else ""
        self.undoes = undoes
        called = f' calledElement="{self.calls}"' if kind == "callActivity" else ""
        return self._with_boundary(out, depth, self._node(out, kind, loop + content, called))

    def _with_boundary(self, out: list[str], depth: int, name: str) -> Ends:
        last = name
        for _ in range(max(0, self.choose(5) - 2) if self.left > 0 else 0):
            caught = (*CATCHES, CYCLE, *RAISED)
            event = caught[self.choose(len(caught))]
            goes_on = self.choose(2) == 1 and "error" not in event
            attributes = f' attachedToRef="{name}"' + ' cancelActivity="false"' * goes_on
            boundary = self._node(out, "boundaryEvent", event, attributes)
            first, end = self._block(out, depth + 1)
            self._flow(out, boundary, first)
            if self.choose(2):
                merge = self._node(out, "exclusiveGateway")
                self._flow(out, last, merge)
                self._flow(out, end, merge)
                last = merge
            else:
                self._flow(out, end, self._node(out, "endEvent"))
        return name, last

    # Events.

    def _catch(self, out: list[str], depth: int) -> Ends:
        name = self._node(out, "intermediateCatchEvent", CATCHES[self.choose(len(CATCHES))])
        return name, name

    def _throw(self, out: list[str], depth: int) -> Ends:
        thrown = THROWS[self.choose(len(THROWS) if self.echoes else 2)]
        name = self._node(out, "intermediateThrowEvent", thrown)
        return name, name

    def _end(self, out: list[str]) -> str:
        return self._node(out, "endEvent", ENDS[self.choose(len(ENDS) if self.echoes else 4)])

    def _undoable(self, out: list[str], depth: int) -> Ends:
        name = self._node(out, "userTask")
        event = self._node(
            out, "boundaryEvent", "<compensateEventDefinition/>", f' attachedToRef="{name}"'
        )
        if self.choose(2):
            handler = self._node(
                out, "subProcess", self._scope(MAX_DEPTH), ' isForCompensation="true"'
            )
        else:
            handler = self._node(out, "userTask", "", ' isForCompensation="true"')
        self.count += 1
        out.append(f'<association id="as{self.count}" sourceRef="{event}" targetRef="{handler}"/>')
        return name, name

    def _undo(self, out: list[str], depth: int) -> Ends:
        name = self._node(out, "intermediateThrowEvent", "<compensateEventDefinition/>")
        return name, name

    # Gateways.

    def _exclusive(self, out: list[str], depth: int) -> Ends:
        return self._split(out, depth, "exclusiveGateway", "exclusiveGateway", choosing=True)

    def _inclusive(self, out: list[str], depth: int) -> Ends:
        return self._split(out, depth, "inclusiveGateway", "inclusiveGateway", choosing=True)

    def _parallel(self, out: list[str], depth: int) -> Ends:
        join = ("parallelGateway", "inclusiveGateway", "exclusiveGateway")[self.choose(3)]
        return self._split(out, depth, "parallelGateway", join, choosing=False)

    def _implicit(self, out: list[str], depth: int) -> Ends:
        """Several flows that leave a step, and several that reach one."""
        return self._split(out, depth, "userTask", "userTask", choosing=False)

    def _split(
        self, out: list[str], depth: int, tag: str, join_tag: str, *, choosing: bool
    ) -> Ends:
        ways = 2 + self.choose(2)
        self.count += 1
        split = f"{tag}{self.count}"
        join = self._node(out, join_tag)
        for number in range(ways):
            first, last = self._sequence(out, depth + 1)
            default = choosing and number == ways - 1
            condition = CONDITIONS[self.choose(len(CONDITIONS))] if choosing and not default else ""
            self._flow(out, split, first, condition, name=f"baku_{split}" if default else "")
            self._flow(out, last, join)
        attributes = f' default="baku_{split}"' if choosing else ""
        out.append(f'<{tag} id="{split}"{attributes}/>')
        return split, join

    def _race(self, out: list[str], depth: int) -> Ends:
        gateway, merge = self._node(out, "eventBasedGateway"), self._node(out, "exclusiveGateway")
        for _ in range(2 + self.choose(2)):
            event, _ = self._catch(out, depth)
            self._flow(out, gateway, event)
            self._flow(out, event, merge)
        return gateway, merge

    def _loop(self, out: list[str], depth: int) -> Ends:
        into = self._node(out, "exclusiveGateway")
        self.count += 1
        back = f"ulang{self.count}"
        step = self._node(out, "userTask")
        first, last = self._sequence(out, depth + 1)
        self._flow(out, into, step)
        self._flow(out, step, first)
        self._flow(out, last, back)
        self._flow(out, back, into, CONDITIONS[self.choose(len(CONDITIONS))])
        after = self._node(out, "userTask")
        self._flow(out, back, after, name=f"baku_{back}")
        out.append(f'<exclusiveGateway id="{back}" default="baku_{back}"/>')
        return into, after

    def _early_end(self, out: list[str], depth: int) -> Ends:
        """A way out to an end event of its own."""
        self.count += 1
        split = f"pilih{self.count}"
        end = self._end(out)
        self._flow(out, split, end, CONDITIONS[self.choose(len(CONDITIONS))])
        first, last = self._block(out, depth + 1)
        self._flow(out, split, first, name=f"baku_{split}")
        out.append(f'<exclusiveGateway id="{split}" default="baku_{split}"/>')
        return split, last

    def _node(self, out: list[str], tag: str, inside: str = "", attributes: str = "") -> str:
        self.count += 1
        name = f"{tag}{self.count}"
        out.append(f'<{tag} id="{name}"{attributes}>{inside}</{tag}>')
        return name

    def _flow(
        self, out: list[str], source: str, target: str, condition: str = "", *, name: str = ""
    ) -> None:
        self.count += 1
        written = condition.replace(">", "&gt;")
        inside = f"<conditionExpression>{written}</conditionExpression>" if condition else ""
        ends = f'sourceRef="{source}" targetRef="{target}"'
        out.append(f'<sequenceFlow id="{name or f"f{self.count}"}" {ends}>{inside}</sequenceFlow>')
