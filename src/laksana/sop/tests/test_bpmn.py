"""BPMN out and in: our own files come back equal, others give a draft and a list of what it could not take."""

# ruff: noqa: S311, E501  (chance here is for trying, not for secrets; documents are easier to read in one line)

from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from laksana.sop.bpmn import BpmnError, Draft, from_bpmn, to_bpmn
from laksana.sop.bpmn.export import iso
from laksana.sop.bpmn.regions import regions, unspoken
from laksana.sop.definition import Procedure
from laksana.sop.duration import Duration
from laksana.sop.tests.examples import decision, procedure, step
from laksana.sop.tests.random_flows import ROWS, any_flow
from laksana.sop.tests.test_definition import EVERYTHING

MODEL = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
DIAGRAM = "{http://www.omg.org/spec/BPMN/20100524/DI}"
BOUNDS = "{http://www.omg.org/spec/DD/20100524/DC}Bounds"


def tree(made: Procedure) -> etree._Element:
    return etree.fromstring(to_bpmn(made).encode())


def names(made: Procedure, tag: str) -> list[str]:
    return [str(element.get("id")) for element in tree(made).iter(MODEL + tag)]


def foreign(inside: str, around: str = "", process: str = "") -> Draft:
    """Return the draft of a document of another tool."""
    text = f"""<?xml version="1.0" encoding="UTF-8"?>
        <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:x="http://other.example/tool">
        {around}<bpmn:process id="p" {process}>{inside}</bpmn:process></bpmn:definitions>"""
    return from_bpmn(text.encode())


def flow(source: str, target: str, name: str = "", inside: str = "") -> str:
    return (
        f'<bpmn:sequenceFlow id="{source}-{target}" sourceRef="{source}" targetRef="{target}" name="{name}">'
        f"{inside}</bpmn:sequenceFlow>"
    )


def node(kind: str, node_id: str, inside: str = "", **attributes: str) -> str:
    given = " ".join(f'{key}="{value}"' for key, value in attributes.items())
    return f'<bpmn:{kind} id="{node_id}" {given}>{inside}</bpmn:{kind}>'


def ways(draft: Draft) -> dict[str, Any]:
    """Return where every step of a draft leads."""
    return {
        made["id"]: made.get("then") or {label: exit_["then"] for label, exit_ in made["outcomes"].items()}
        for made in draft.data["steps"]
    }


def left(draft: Draft) -> list[tuple[str, str]]:
    return [(untaken.element, untaken.id) for untaken in draft.untaken]


def changed(draft: Draft) -> list[tuple[str, str]]:
    return [(untaken.element, untaken.id) for untaken in draft.changed]


class TestOut:
    def test_a_step_is_a_task_in_the_lane_of_its_performer(self) -> None:
        made = procedure()
        assert names(made, "userTask") == ["step_ajukan", "step_proses", "step_arsip"]
        lanes = {
            lane.get("name"): [ref.text for ref in lane.iter(MODEL + "flowNodeRef")]
            for lane in tree(made).iter(MODEL + "lane")
        }
        assert lanes["Kepala Subbagian"] == ["step_proses"]

    def test_what_the_system_does_is_a_service_task_and_a_started_procedure_a_call(self) -> None:
        made = procedure(
            steps=[
                step("a", by="kasubag"),
                step("b", auto="hitung"),
                step("c", starts="surat-keluar", waits=True),
                step("d", starts="surat-keluar"),
            ]
        )
        assert names(made, "serviceTask") == ["step_b"]
        assert names(made, "callActivity") == ["step_c"]
        assert names(made, "sendTask") == ["step_d"]

    def test_a_decision_is_a_task_and_a_gateway_with_its_labels(self) -> None:
        made = procedure(steps=[step("a"), decision("b", {"Ya": "c", "Tidak": "a"}), step("c")])
        exits = {
            flow.get("name"): flow.find(MODEL + "conditionExpression")
            for flow in tree(made).iter(MODEL + "sequenceFlow")
            if flow.get("sourceRef") == "decision_b"
        }
        assert list(exits) == ["Ya", "Tidak"]
        assert exits["Ya"] is not None
        assert exits["Ya"].text == "b == 'Ya'"

    def test_branches_fork_and_join_at_gateways(self) -> None:
        made = procedure(
            steps=[
                step("a", then=["b", "c"]),
                step("b", then="d"),
                step("c"),
                step("d", joins=True, by="kasubag"),
            ]
        )
        assert names(made, "parallelGateway") == ["join_d", "fork_a"]

    def test_exits_of_one_step_come_together_before_a_join(self) -> None:
        late = {"after": "3 hari", "then": "d"}
        made = procedure(
            steps=[
                step("a", then=["b", "c"]),
                step("b", then="d", timeout=late),
                step("c"),
                step("d", joins=True, by="kasubag"),
            ]
        )
        assert names(made, "exclusiveGateway") == ["merge_d_b"]
        (join,) = [
            gateway for gateway in tree(made).iter(MODEL + "parallelGateway") if gateway.get("id") == "join_d"
        ]
        assert len(join.findall(MODEL + "incoming")) == 2

    def test_a_time_out_is_a_timer_at_the_task(self) -> None:
        made = procedure(
            steps=[
                step("a", timeout={"after": "3 hari kerja", "then": "c"}),
                step("b", by="kasubag"),
                step("c"),
            ]
        )
        (timer,) = tree(made).iter(MODEL + "boundaryEvent")
        assert timer.get("attachedToRef") == "step_a"
        assert "".join(str(part) for part in timer.itertext()).split()[-1] == "P3D"

    def test_rows_that_form_a_block_are_a_sub_process(self) -> None:
        made = procedure(
            fields={"baris": ROWS},
            steps=[
                step("a"),
                step("b", for_each={"field": "baris", "quorum": 2}),
                decision("c", {"Ya": "d", "Tidak": "b", "Batal": "selesai"}),
                step("d", gathers="b"),
            ],
        )
        assert not regions(made), "a row that makes rows again is no block"
        assert unspoken(made) == ["b"]
        steps = [*(s.model_dump() for s in made.steps)]
        assert steps
        block = procedure(
            fields={"baris": ROWS},
            steps=[
                step("a", by="kasubag"),
                step("b", for_each={"field": "baris", "quorum": 2}),
                decision("c", {"Ya": "d", "Batal": "selesai"}),
                step("d", gathers="b"),
            ],
        )
        assert regions(block) == {"b": frozenset({"b", "c"})}
        assert unspoken(block) == []
        (sub,) = tree(block).iter(MODEL + "subProcess")
        assert [e.get("id") for e in sub.iter(MODEL + "userTask")] == ["step_b", "step_c"]
        loop = sub.find(MODEL + "multiInstanceLoopCharacteristics")
        assert loop is not None
        assert [part.text for part in loop] == ["len(baris)", "numberOfCompletedInstances >= 2"]

    def test_rows_within_rows_are_gathered_within_them_even_where_no_way_leads_there(self) -> None:
        made = procedure(
            fields={"baris": ROWS},
            steps=[
                step("a", by="kasubag"),
                step("b", for_each="baris"),
                step("c", for_each="baris", then="selesai"),
                step("d", gathers="c"),
                step("e", gathers="b"),
            ],
        )
        blocks = {
            sub.get("id"): [part.get("id") for part in sub] for sub in tree(made).iter(MODEL + "subProcess")
        }
        assert "step_d" in blocks["rows_b"]
        assert "step_e" not in blocks["rows_b"]

    def test_rows_that_wait_for_each_other_are_a_multi_instance_task(self) -> None:
        made = procedure(
            fields={"baris": ROWS}, steps=[step("a", by="kasubag"), step("b", for_each="baris"), step("c")]
        )
        (task,) = [task for task in tree(made).iter(MODEL + "userTask") if task.get("id") == "step_b"]
        assert task.find(MODEL + "multiInstanceLoopCharacteristics") is not None

    @pytest.mark.parametrize(
        ("text", "written"),
        [
            ("3 hari kerja", "P3D"),
            ("10 hari", "P10D"),
            ("2 jam", "PT2H"),
            ("1,5 jam", "PT90M"),
            ("30 menit", "PT30M"),
            ("2 minggu", "P2W"),
            ("6 bulan", "P6M"),
            ("5 tahun", "P5Y"),
        ],
    )
    def test_a_duration_is_written_as_iso_8601(self, text: str, written: str) -> None:
        assert iso(Duration.parse(text)) == written


class TestDiagram:
    @settings(max_examples=40, deadline=None)
    @given(st.integers(0, 10**9), st.integers(2, 20))
    def test_everything_has_its_place_and_no_shape_overlaps_another(self, seed: int, size: int) -> None:
        root = tree(any_flow(Random(seed), size, rows=True).procedure())
        inside = {e.get("id"): e for e in root.iter(MODEL + "subProcess")}
        drawn = {
            str(shape.get("bpmnElement")): shape.find(BOUNDS) for shape in root.iter(DIAGRAM + "BPMNShape")
        }
        kinds = ("userTask", "serviceTask", "exclusiveGateway", "parallelGateway", "startEvent", "endEvent")
        nodes = [str(e.get("id")) for kind in kinds for e in root.iter(MODEL + kind)]
        assert set(nodes) | set(inside) <= set(drawn)
        edges = {str(edge.get("bpmnElement")) for edge in root.iter(DIAGRAM + "BPMNEdge")}
        assert edges == {str(e.get("id")) for e in root.iter(MODEL + "sequenceFlow")}
        boxes = [
            [int(str(box.get(key))) for key in ("x", "y", "width", "height")]
            for name in nodes
            if (box := drawn[name]) is not None
        ]
        for number, (x, y, width, height) in enumerate(boxes):
            for x2, y2, width2, height2 in boxes[number + 1 :]:
                apart = x + width <= x2 or x2 + width2 <= x or y + height <= y2 or y2 + height2 <= y
                assert apart

    def test_lines_begin_and_end_at_their_shapes(self) -> None:
        root = tree(procedure(steps=[step("a"), decision("b", {"Ya": "c", "Tidak": "a"}), step("c")]))
        boxes = {
            str(shape.get("bpmnElement")): [int(str(box.get(key))) for key in ("x", "y", "width", "height")]
            for shape in root.iter(DIAGRAM + "BPMNShape")
            if (box := shape.find(BOUNDS)) is not None
        }
        ends = {
            str(f.get("id")): (str(f.get("sourceRef")), str(f.get("targetRef")))
            for f in root.iter(MODEL + "sequenceFlow")
        }
        for edge in root.iter(DIAGRAM + "BPMNEdge"):
            points = [
                (int(str(p.get("x"))), int(str(p.get("y")))) for p in edge if p.tag.endswith("waypoint")
            ]
            for (x, y), name in zip((points[0], points[-1]), ends[str(edge.get("bpmnElement"))], strict=True):
                left_x, top, width, height = boxes[name]
                assert left_x <= x <= left_x + width
                assert top <= y <= top + height


class TestBack:
    def test_a_procedure_that_uses_everything_comes_back_equal(self) -> None:
        made = procedure(**EVERYTHING)
        draft = from_bpmn(to_bpmn(made).encode())
        assert draft.untaken == ()
        assert draft.procedure() == made

    @settings(max_examples=150, deadline=None)
    @given(st.integers(0, 10**9), st.integers(2, 20))
    def test_any_flow_comes_back_equal(self, seed: int, size: int) -> None:
        made = any_flow(Random(seed), size, rows=True).procedure()
        draft = from_bpmn(to_bpmn(made).encode())
        assert draft.untaken == ()
        assert Procedure.model_validate(draft.data) == made

    def test_what_another_tool_changed_is_taken(self) -> None:
        made = procedure(steps=[step("a"), decision("b", {"Ya": "c", "Tidak": "a"}), step("c", note="lama")])
        text = to_bpmn(made).replace(
            'name="Tidak" sourceRef="decision_b" targetRef="step_a"',
            'name="Kurang" sourceRef="decision_b" targetRef="step_c"',
        )
        changed = from_bpmn(text.replace("Mengerjakan c", "Menyimpan berkas").encode()).procedure()
        assert changed.successors(changed.step("b")) == {"Ya": ("c",), "Kurang": ("c",)}
        assert changed.step("c").does == "Menyimpan berkas"
        assert changed.step("c").note == "lama"


class TestForeign:
    def test_tasks_lanes_and_names_become_steps_performers_and_titles(self) -> None:
        draft = foreign(
            "<bpmn:laneSet id='ls'><bpmn:lane id='l1' name='Kepala Dinas'><bpmn:flowNodeRef>t2</bpmn:flowNodeRef></bpmn:lane>"
            "<bpmn:lane id='l2' name='Staf'><bpmn:flowNodeRef>t1</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>"
            + node("startEvent", "s") + node("task", "t1", name="Menulis surat") + node("userTask", "t2", name="Menandatangani surat")
            + node("task", "t3", name="Mengirim surat") + node("endEvent", "e")
            + flow("s", "t1") + flow("t1", "t2") + flow("t2", "t3") + flow("t3", "e"),
            process="name='Surat keluar'",
        )  # fmt: skip
        assert draft.untaken == ()
        assert draft.data["title"] == "Surat keluar"
        assert {key: lane["title"] for key, lane in draft.data["performers"].items()} == {
            "kepala_dinas": "Kepala Dinas",
            "staf": "Staf",
            "pelaksana": "Pelaksana",
        }
        assert ways(draft) == {
            "menulis-surat": ["menandatangani-surat"],
            "menandatangani-surat": ["mengirim-surat"],
            "mengirim-surat": ["selesai"],
        }
        assert draft.procedure().step("menandatangani-surat").by == ("kepala_dinas",)

    def test_a_gateway_after_a_task_makes_it_a_decision(self) -> None:
        draft = foreign(
            node("startEvent", "s") + node("task", "a") + node("exclusiveGateway", "x") + node("task", "b") + node("endEvent", "e")
            + flow("s", "a") + flow("a", "x") + flow("x", "b", "Ya") + flow("x", "a", "Tidak") + flow("b", "e")
        )  # fmt: skip
        assert ways(draft) == {"a": {"Ya": ["b"], "Tidak": ["a"]}, "b": ["selesai"]}

    def test_a_gateway_on_its_own_gets_a_step(self) -> None:
        draft = foreign(
            node("startEvent", "s") + node("exclusiveGateway", "x", name="Lengkap?") + node("task", "a") + node("task", "b")
            + node("exclusiveGateway", "m") + node("endEvent", "e")
            + flow("s", "x") + flow("x", "a") + flow("x", "b") + flow("a", "m") + flow("b", "m") + flow("m", "e")
        )  # fmt: skip
        assert ways(draft) == {
            "lengkap": {"a": ["a"], "b": ["b"]},
            "a": ["selesai"],
            "b": ["selesai"],
        } or ways(draft) == {
            "lengkap": {"Pilihan 1": ["a"], "Pilihan 2": ["b"]},
            "a": ["selesai"],
            "b": ["selesai"],
        }

    def test_forks_and_joins_are_kept_and_merges_before_a_join_get_a_step(self) -> None:
        draft = foreign(
            node("startEvent", "s") + node("task", "a") + node("parallelGateway", "f") + node("task", "b") + node("task", "c")
            + node("exclusiveGateway", "x") + node("task", "c1") + node("task", "c2") + node("exclusiveGateway", "m")
            + node("parallelGateway", "j") + node("task", "d") + node("endEvent", "e")
            + flow("s", "a") + flow("a", "f") + flow("f", "b") + flow("f", "c") + flow("c", "x")
            + flow("x", "c1", "Ya") + flow("x", "c2", "Tidak") + flow("c1", "m") + flow("c2", "m")
            + flow("b", "j") + flow("m", "j") + flow("j", "d") + flow("d", "e")
        )  # fmt: skip
        assert ways(draft)["a"] == ["b", "c"]
        assert ways(draft)["c1"] == ways(draft)["c2"] == ["meneruskan-hasil"]
        assert ways(draft)["meneruskan-hasil"] == ["d"]
        assert next(made for made in draft.data["steps"] if made["id"] == "d")["joins"] is True

    def test_a_fork_at_the_start_gets_a_first_step(self) -> None:
        draft = foreign(
            node("startEvent", "s") + node("parallelGateway", "f") + node("task", "a") + node("task", "b")
            + flow("s", "f") + flow("f", "a") + flow("f", "b")
        )  # fmt: skip
        assert ways(draft)["memulai"] == ["a", "b"]
        assert draft.data["steps"][0]["id"] == "memulai"

    def test_a_timer_at_a_task_is_its_time_out(self) -> None:
        timer = "<bpmn:timerEventDefinition><bpmn:timeDuration>PT2H</bpmn:timeDuration></bpmn:timerEventDefinition>"
        draft = foreign(
            node("startEvent", "s") + node("task", "a") + node("task", "b")
            + node("boundaryEvent", "t", timer, attachedToRef="a") + flow("s", "a") + flow("t", "b")
        )  # fmt: skip
        assert draft.data["steps"][0]["timeout"] == {"after": "2 jam berjalan", "then": ["b"]}

    def test_a_time_that_is_no_duration_is_told(self) -> None:
        timer = "<bpmn:timerEventDefinition id='d'><bpmn:timeDate>2026-12-31</bpmn:timeDate></bpmn:timerEventDefinition>"
        draft = foreign(
            node("startEvent", "s")
            + node("task", "a")
            + node("boundaryEvent", "t", timer, attachedToRef="a")
            + flow("s", "a")
            + flow("t", "a")
        )
        assert draft.data["steps"][0]["timeout"]["after"] == "1 hari"
        assert left(draft) == [("timerEventDefinition", "d")]

    def test_a_called_process_is_started_and_waited_for(self) -> None:
        draft = foreign(node("callActivity", "a", calledElement="surat-keluar", name="Membalas"))
        assert draft.data["steps"][0]["starts"] == "surat-keluar"
        assert draft.data["steps"][0]["waits"] is True

    def test_the_steps_of_a_sub_process_are_taken_in_its_place(self) -> None:
        inner = (
            node("startEvent", "is")
            + node("task", "b")
            + node("endEvent", "ie")
            + flow("is", "b")
            + flow("b", "ie")
        )
        draft = foreign(
            node("startEvent", "s") + node("task", "a") + node("subProcess", "sp", inner) + node("task", "c")
            + flow("s", "a") + flow("a", "sp") + flow("sp", "c")
        )  # fmt: skip
        assert ways(draft) == {"a": ["b"], "b": ["c"], "c": ["selesai"]}
        assert changed(draft) == [("subProcess", "sp")]

    def test_annotations_and_documentation_become_notes(self) -> None:
        draft = foreign(
            node("task", "a", "<bpmn:documentation>Dua rangkap</bpmn:documentation>")
            + "<bpmn:textAnnotation id='n'><bpmn:text>Bermeterai</bpmn:text></bpmn:textAnnotation>"
            "<bpmn:textAnnotation id='n2'><bpmn:text>Lepas</bpmn:text></bpmn:textAnnotation>"
            "<bpmn:association id='x' sourceRef='a' targetRef='n'/>"
        )
        assert draft.data["steps"][0]["note"] == "Dua rangkap; Bermeterai"
        assert left(draft) == [("textAnnotation", "n2")]

    @pytest.mark.parametrize(
        ("inside", "element", "element_id"),
        [
            (node("boundaryEvent", "b", "<bpmn:timerEventDefinition/>", attachedToRef="a", cancelActivity="false"), "boundaryEvent", "b"),
            (node("intermediateThrowEvent", "i"), "intermediateThrowEvent", "i"),
            (node("subProcess", "e", node("task", "t"), triggeredByEvent="true"), "subProcess", "e"),
            (node("dataObjectReference", "d"), "dataObjectReference", "d"),
            (node("dataStoreReference", "d"), "dataStoreReference", "d"),
            (node("group", "g"), "group", "g"),
            (node("userTask", "t", "<bpmn:potentialOwner id='o'/>"), "potentialOwner", "o"),
            (node("startEvent", "s1", "<bpmn:messageEventDefinition id='m'/>"), "messageEventDefinition", "m"),
            (flow("a", "nowhere"), "sequenceFlow", "a-nowhere"),
            (flow("a", "a", "", "<bpmn:conditionExpression id='c'>x > 1</bpmn:conditionExpression>"), "conditionExpression", "c"),
            (node("newElement", "n"), "newElement", "n"),
            (node("task", "t", "<bpmn:extensionElements><x:y/></bpmn:extensionElements>"), "extensionElements", "t"),
        ],
    )  # fmt: skip
    def test_what_an_sop_cannot_hold_is_named_with_its_place(
        self, inside: str, element: str, element_id: str
    ) -> None:
        draft = foreign(node("task", "a") + "\n" + inside)
        assert left(draft) == [(element, element_id)]
        assert draft.untaken[0].line == 4
        assert str(draft.untaken[0]).startswith(f"line 4: {element} {element_id}: ")

    @pytest.mark.parametrize(
        ("inside", "element", "element_id"),
        [
            (node("boundaryEvent", "b", "<bpmn:messageEventDefinition/>", attachedToRef="a"), "boundaryEvent", "b"),
            (node("intermediateCatchEvent", "i", "<bpmn:messageEventDefinition/>"), "intermediateCatchEvent", "i"),
            (node("inclusiveGateway", "g"), "inclusiveGateway", "g"),
            (node("complexGateway", "g"), "complexGateway", "g"),
            (node("eventBasedGateway", "g"), "eventBasedGateway", "g"),
            (node("task", "t", "<bpmn:standardLoopCharacteristics/>"), "standardLoopCharacteristics", "t"),
            (node("task", "t", "<bpmn:multiInstanceLoopCharacteristics/>"), "multiInstanceLoopCharacteristics", "t"),
        ],
    )  # fmt: skip
    def test_what_is_taken_in_another_form_is_named_with_its_place(
        self, inside: str, element: str, element_id: str
    ) -> None:
        draft = foreign(node("task", "a") + "\n" + inside)
        assert (changed(draft), left(draft)) == ([(element, element_id)], [])
        assert draft.changed[0].line == 4

    def test_what_stands_beside_the_process_is_named(self) -> None:
        around = (
            "<bpmn:message id='m'/><bpmn:collaboration id='c'><bpmn:participant id='ours' processRef='p' name='Dinas'/>"
            "<bpmn:participant id='theirs' name='Warga'/><bpmn:messageFlow id='f'/></bpmn:collaboration>"
            "<bpmn:process id='other'><bpmn:task id='z'/></bpmn:process>"
        )
        draft = foreign(node("task", "a") + node("task", "b"), around)
        assert draft.data["title"] == "Dinas"
        assert sorted(left(draft)) == [
            ("message", "m"),
            ("messageFlow", "f"),
            ("participant", "theirs"),
            ("process", "other"),
        ]

    def test_links_are_followed(self) -> None:
        link = "<bpmn:linkEventDefinition name='L'/>"
        draft = foreign(
            node("task", "a") + node("intermediateThrowEvent", "to", link) + node("intermediateCatchEvent", "from", link)
            + node("task", "b") + flow("a", "to") + flow("from", "b")
        )  # fmt: skip
        assert ways(draft)["a"] == ["b"]
        assert draft.untaken == ()

    def test_a_circle_of_gateways_leads_nowhere(self) -> None:
        draft = foreign(
            node("task", "a") + node("exclusiveGateway", "x") + node("exclusiveGateway", "y")
            + flow("a", "x") + flow("x", "y") + flow("y", "x")
        )  # fmt: skip
        assert ways(draft)["a"] == ["selesai"]

    def test_names_that_repeat_or_say_nothing_still_give_steps(self) -> None:
        draft = foreign(
            node("task", "a", name="Surat")
            + node("task", "b", name="Surat")
            + node("task", "c", name="!")
            + node("task", "d", name="2 surat")
        )
        assert [made["id"] for made in draft.data["steps"]][1:] == [
            "surat",
            "surat-2",
            "langkah",
            "n-2-surat",
        ]

    def test_a_draft_says_what_is_still_to_be_filled_in(self) -> None:
        draft = foreign(node("task", "a") + node("task", "b") + flow("a", "b"))
        assert "(diisi)" in draft.text()


class TestHostile:
    @pytest.mark.parametrize(
        ("content", "why"),
        [
            (b"", "cannot be read as XML"),
            (b"words", "cannot be read as XML"),
            (b"<a/>", "no BPMN 2.0 document"),
            (b"<definitions/>", "no BPMN 2.0 document"),
            (b"\x00\xff", "cannot be read as XML"),
            (b"<!DOCTYPE d [<!ENTITY x 'y'>]><d>&x;</d>", "DOCTYPE"),
            (b"<d>" * 1000, "cannot be read as XML"),
            (b"<?xml version='1.0' encoding='klingon'?><d/>", "written in klingon, which nobody knows"),
            (b"<?xml version='1.0' encoding='UTF-8'?><d>\xe9</d>", "written in UTF-8, but it is not"),
            (b"<?xml version='1.0' encoding='UTF-16'?><d/>", "written in UTF-16, but it is not"),
            (b'<Package xmlns="http://www.wfmc.org/2008/XPDL2.1"/>', "it begins with .*Package"),
            (b" " * 5_000_001, "larger than 5 MB"),
        ],
    )
    def test_what_is_no_bpmn_is_refused_with_the_reason(self, content: bytes, why: str) -> None:
        with pytest.raises(BpmnError, match=why):
            from_bpmn(content)

    def test_entities_are_neither_expanded_nor_fetched(self) -> None:
        laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 20))
        text = f'<!DOCTYPE d [<!ENTITY a0 "ha"><!ENTITY f SYSTEM "file:///etc/hostname">{laughs}]><d>&a19;&f;</d>'
        with pytest.raises(BpmnError):
            from_bpmn(text.encode())

    @pytest.mark.parametrize("inside", ["", node("startEvent", "s"), node("exclusiveGateway", "x")])
    def test_a_process_without_activities_is_refused(self, inside: str) -> None:
        with pytest.raises(BpmnError, match="holds no activity"):
            foreign(inside)

    def test_a_document_without_a_process_is_refused(self) -> None:
        with pytest.raises(BpmnError, match="holds no BPMN process"):
            from_bpmn(b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>')

    def test_a_document_that_no_sop_could_be_is_refused(self) -> None:
        with pytest.raises(BpmnError, match="more than 1000"):
            foreign("".join(node("task", f"t{n}") for n in range(1001)))

    def test_a_document_of_too_many_flows_is_refused(self) -> None:
        flows = "".join(f"<bpmn:sequenceFlow id='f{n}' sourceRef='a' targetRef='a'/>" for n in range(3001))
        with pytest.raises(BpmnError, match="more than 3000 flows, lanes and associations"):
            foreign(node("task", "a") + flows)
        with pytest.raises(BpmnError, match="more than 3000 flows, lanes and associations"):
            foreign(node("task", "a") + "<bpmn:association/>" * 3001)

    def test_a_document_in_another_encoding_is_read(self) -> None:
        text = f"""<?xml version="1.0" encoding="UTF-16"?><definitions xmlns="{MODEL[1:-1]}"><process id="p">
            <task id="a" name="Menga\u00e9nai"/></process></definitions>"""
        assert from_bpmn(text.encode("utf-16")).data["steps"][0]["does"] == "Menga\u00e9nai"

    def test_many_gateways_in_a_row_are_no_trouble(self) -> None:
        diamonds = "".join(
            node("parallelGateway", f"f{n}") + node("exclusiveGateway", f"m{n}")
            + flow(f"f{n}", f"m{n}") + f'<bpmn:sequenceFlow id="second{n}" sourceRef="f{n}" targetRef="m{n}"/>' + flow(f"m{n}", f"f{n + 1}")
            for n in range(60)
        )  # fmt: skip
        draft = foreign(
            node("task", "a")
            + flow("a", "f0")
            + diamonds
            + node("parallelGateway", "f60")
            + node("task", "z")
            + flow("f60", "z")
        )
        assert ways(draft)["a"] == ["z"]

    @settings(max_examples=150, deadline=None)
    @given(st.integers(0, 10**9))
    def test_no_broken_document_whatever_breaks_it(self, seed: int) -> None:
        rng = Random(seed)
        root = tree(any_flow(rng, rng.randint(2, 12), rows=True).procedure())
        _break(root, rng)
        try:
            from_bpmn(etree.tostring(root)).text()
        except BpmnError:
            return

    @settings(max_examples=150, deadline=None)
    @given(st.integers(0, 10**9))
    def test_no_broken_document_of_another_tool_either(self, seed: int) -> None:
        rng = Random(seed)
        root = tree(any_flow(rng, rng.randint(2, 12), rows=True).procedure())
        etree.strip_elements(root, MODEL + "extensionElements")
        for element in list(
            root.iter(
                *(MODEL + kind for kind in ("userTask", "parallelGateway", "endEvent", "boundaryEvent"))
            )
        ):
            if rng.random() < 0.5:
                _make_foreign(element, rng)
        _break(root, rng)
        try:
            draft = from_bpmn(etree.tostring(root))
        except BpmnError:
            return
        assert draft.text()
        assert isinstance(draft.faults(), list)


_DEFINITIONS = (
    "message",
    "timer",
    "error",
    "escalation",
    "signal",
    "conditional",
    "link",
    "terminate",
    "compensate",
)
_FOREIGN = {
    "userTask": (
        "receiveTask",
        "intermediateCatchEvent",
        "intermediateThrowEvent",
        "adHocSubProcess",
        "callActivity",
        "eventBasedGateway",
    ),
    "parallelGateway": ("inclusiveGateway", "eventBasedGateway", "complexGateway"),
    "endEvent": ("endEvent", "intermediateThrowEvent"),
    "boundaryEvent": ("boundaryEvent",),
}


def _make_foreign(element: etree._Element, rng: Random) -> None:
    """Turn an element of ours into one that only other tools write."""
    element.tag = MODEL + rng.choice(_FOREIGN[str(element.tag).removeprefix(MODEL)])
    if "Event" in str(element.tag):
        etree.SubElement(element, MODEL + rng.choice(_DEFINITIONS) + "EventDefinition")
    elif rng.random() < 0.5:
        etree.SubElement(element, MODEL + rng.choice(("multiInstance", "standard")) + "LoopCharacteristics")


_TAGS = ("task", "subProcess", "boundaryEvent", "parallelGateway", "exclusiveGateway", "inclusiveGateway", "endEvent", "sequenceFlow",
         "lane", "process", "intermediateThrowEvent", "textAnnotation", "association", "startEvent", "callActivity")  # fmt: skip


def _break(root: etree._Element, rng: Random) -> None:
    """Delete, rename and move parts of a document at random."""
    for _turn in range(rng.randint(1, 12)):
        elements = [element for element in root.iter() if element.getparent() is not None]
        if not elements:
            return
        element, other = rng.choice(elements), rng.choice(elements)
        match rng.randrange(6):
            case 0:
                element.getparent().remove(element)  # type: ignore[union-attr]
            case 1:
                element.tag = MODEL + rng.choice(_TAGS)
            case 2 if element.attrib:
                del element.attrib[rng.choice(list(element.attrib))]
            case 3 if element.attrib and other.attrib:
                element.set(
                    str(rng.choice(list(element.attrib))), str(rng.choice(list(other.attrib.values())))
                )
            case 4:
                element.text = rng.choice(["", "P1Y2M", "{}", '{"row": 1}', '{"by": ["staf"]}', "[]", "{"])
            case 5 if (
                other not in element.iterancestors()
                and element is not other
                and element not in other.iterancestors()
            ):
                other.append(element)
