"""What other tools draw and an SOP must say otherwise: papers, messages, events, rows, loops, branches, several pools."""

# ruff: noqa: E501  (documents are easier to read in one line)

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from lxml import etree

from laksana.sop import soundness
from laksana.sop.bpmn import Draft, from_bpmn
from laksana.sop.tests.test_bpmn import changed, flow, foreign, left, node, ways

MODEL = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
_LANES = (
    "<bpmn:laneSet id='ls'><bpmn:lane id='l1' name='Staf'>{staf}</bpmn:lane>"
    "<bpmn:lane id='l2' name='Kepala'>{kepala}</bpmn:lane></bpmn:laneSet>"
)


def lanes(staf: str, kepala: str = "") -> str:
    """Return two lanes with the nodes in each."""
    refs = {
        lane: "".join(f"<bpmn:flowNodeRef>{name}</bpmn:flowNodeRef>" for name in names.split())
        for lane, names in (("staf", staf), ("kepala", kepala))
    }
    return _LANES.format(**refs)


def row(*names: str) -> str:
    """Return flows that lead from each node to the next."""
    return "".join(flow(a, b) for a, b in pairwise(names))


def tasks(names: str) -> str:
    return "".join(node("task", name, name=name.upper()) for name in names.split())


def made(draft: Draft, step: str) -> dict[str, Any]:
    """Return a step of a draft."""
    return next(each for each in draft.data["steps"] if each["id"] == step)


def unsound(draft: Draft) -> list[str]:
    return [str(fault.message) for fault in soundness.check(draft.procedure())]


class TestWho:
    def test_what_stands_in_no_lane_is_done_by_the_pool(self) -> None:
        around = "<bpmn:collaboration id='c'><bpmn:participant id='q' name='Kantor' processRef='p'/></bpmn:collaboration>"
        draft = foreign(tasks("a b") + row("a", "b"), around)
        assert {key: who["title"] for key, who in draft.data["performers"].items()} == {"kantor": "Kantor"}
        assert made(draft, "a")["by"] == ["kantor"]

    def test_a_resource_that_a_task_names_is_its_performer(self) -> None:
        owner = "<bpmn:potentialOwner><bpmn:resourceRef>r</bpmn:resourceRef></bpmn:potentialOwner>"
        draft = foreign(node("task", "a", owner) + tasks("b"), "<bpmn:resource id='r' name='Bendahara'/>")
        assert made(draft, "a")["by"] == ["bendahara"]
        assert made(draft, "b")["by"] == ["pelaksana"]
        assert left(draft) == []

    def test_of_lanes_within_lanes_the_inner_ones_do_it_and_the_outer_one_what_is_only_its_own(self) -> None:
        inner = "<bpmn:childLaneSet><bpmn:lane id='i' name='Subbagian'><bpmn:flowNodeRef>a</bpmn:flowNodeRef></bpmn:lane></bpmn:childLaneSet>"
        refs = "<bpmn:flowNodeRef>a</bpmn:flowNodeRef><bpmn:flowNodeRef>b</bpmn:flowNodeRef>"
        draft = foreign(
            f"<bpmn:laneSet><bpmn:lane id='o' name='Bagian'>{refs}{inner}</bpmn:lane></bpmn:laneSet>"
            + tasks("a b")
        )
        assert (made(draft, "a")["by"], made(draft, "b")["by"]) == (["subbagian"], ["bagian"])

    def test_a_decision_that_is_added_belongs_to_whom_it_stands_beside(self) -> None:
        draft = foreign(
            lanes("a", "b") + node("startEvent", "s") + tasks("a b") + node("exclusiveGateway", "x") + node("exclusiveGateway", "y")
            + row("s", "x") + flow("x", "a", "Ya") + flow("x", "b", "Tidak")
        )  # fmt: skip
        assert draft.data["steps"][0]["by"] == ["staf"]


class TestSeveralPools:
    AROUND = (
        "<bpmn:message id='m' name='Berkas'/><bpmn:collaboration id='c'><bpmn:participant id='q' name='Dinas' processRef='p'/>"
        "<bpmn:participant id='w' name='Warga' processRef='other'/><bpmn:participant id='z' name='Lain'/>"
        "<bpmn:messageFlow id='f1' messageRef='m' sourceRef='u' targetRef='a'/><bpmn:messageFlow id='f2' sourceRef='b' targetRef='w'/>"
        "</bpmn:collaboration><bpmn:process id='other' name='Permohonan'><bpmn:task id='u' name='Memohon'/></bpmn:process>"
    )  # fmt: skip

    def test_messages_of_another_pool_are_needed_and_given_and_the_pool_is_outside(self) -> None:
        draft = foreign(tasks("a n b") + row("a", "n", "b"), self.AROUND)
        assert made(draft, "a")["needs"] == ["Berkas"]
        assert made(draft, "b")["gives"] == "Pesan untuk Warga"
        assert draft.data["performers"]["warga"] == {
            "title": "Warga",
            "is": "outside",
            "recorded_by": "position dinas",
        }
        assert changed(draft) == [("messageFlow", "f1"), ("messageFlow", "f2"), ("participant", "w")]
        assert left(draft) == [("participant", "z"), ("process", "other")]
        assert draft.faults() == []

    def test_the_process_to_take_can_be_named(self) -> None:
        text = f"""<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL">{self.AROUND}
            <bpmn:process id="p">{tasks("a b")}</bpmn:process></bpmn:definitions>"""
        for name in ("other", "Permohonan"):
            draft = from_bpmn(text.encode(), name)
            assert [step["id"] for step in draft.data["steps"]] == ["memohon"]
            assert made(draft, "memohon")["gives"] == "Berkas"

    def test_a_process_that_is_not_there_is_refused_with_those_that_are(self) -> None:
        text = f"""<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL">{self.AROUND}</bpmn:definitions>"""
        with pytest.raises(ValueError, match="holds no process cuti; it holds other"):
            from_bpmn(text.encode(), "cuti")


class TestPapers:
    PAPERS = (
        "<bpmn:dataObject id='do' name='Surat'/><bpmn:dataObjectReference id='d1' dataObjectRef='do'><bpmn:dataState name='konsep'/>"
        "</bpmn:dataObjectReference><bpmn:dataObjectReference id='d2' name='Nota'/><bpmn:dataStoreReference id='d3' name='Buku agenda'/>"
    )

    def test_what_associations_bring_is_needed_and_what_they_take_is_given(self) -> None:
        inside = (
            "<bpmn:ioSpecification id='io'><bpmn:dataInput id='in'/><bpmn:dataInput id='more' name='Cap'/><bpmn:dataOutput id='out'/>"
            "<bpmn:inputSet><bpmn:dataInputRefs>in</bpmn:dataInputRefs></bpmn:inputSet><bpmn:outputSet/></bpmn:ioSpecification>"
            "<bpmn:dataInputAssociation id='ia'><bpmn:sourceRef>d1</bpmn:sourceRef><bpmn:targetRef>in</bpmn:targetRef></bpmn:dataInputAssociation>"
            "<bpmn:dataOutputAssociation id='oa'><bpmn:sourceRef>out</bpmn:sourceRef><bpmn:targetRef>d2</bpmn:targetRef></bpmn:dataOutputAssociation>"
            "<bpmn:dataOutputAssociation id='ob'><bpmn:sourceRef>out</bpmn:sourceRef><bpmn:targetRef>d3</bpmn:targetRef></bpmn:dataOutputAssociation>"
        )
        draft = foreign(node("task", "a", inside) + self.PAPERS)
        assert made(draft, "a")["needs"] == ["Surat [konsep]", "Cap"]
        assert made(draft, "a")["gives"] == "Nota; Buku agenda"
        assert left(draft) == []

    def test_a_paper_tied_to_a_step_or_to_the_flow_between_two_is_needed_and_given(self) -> None:
        draft = foreign(
            tasks("a b c") + row("a", "b", "c") + self.PAPERS
            + "<bpmn:association id='x' sourceRef='d1' targetRef='a-b'/><bpmn:association id='y' sourceRef='d2' targetRef='c'/>"
            "<bpmn:association id='z' sourceRef='c' targetRef='d3'/>"
        )  # fmt: skip
        assert made(draft, "a")["gives"] == "Surat [konsep]"
        assert made(draft, "b")["needs"] == ["Surat [konsep]"]
        assert (made(draft, "c")["needs"], made(draft, "c")["gives"]) == (["Nota"], "Buku agenda")

    def test_a_paper_that_no_step_uses_is_left(self) -> None:
        draft = foreign(tasks("a b") + self.PAPERS)
        assert left(draft) == [
            ("dataObject", "do"),
            ("dataObjectReference", "d1"),
            ("dataObjectReference", "d2"),
            ("dataStoreReference", "d3"),
        ]


class TestEvents:
    TIMER = "<bpmn:timerEventDefinition id='td'><bpmn:timeDuration>P2D</bpmn:timeDuration></bpmn:timerEventDefinition>"

    def test_an_event_between_steps_becomes_a_step(self) -> None:
        draft = foreign(
            node("task", "a") + node("intermediateCatchEvent", "i", "<bpmn:messageEventDefinition/>", name="Jawaban datang")
            + node("intermediateCatchEvent", "t", self.TIMER, name="Masa sanggah") + node("endEvent", "e", "<bpmn:messageEventDefinition/>", name="Mengirim hasil")
            + row("a", "i", "t", "e")
        )  # fmt: skip
        assert ways(draft) == {"a": ["jawaban-datang"], "jawaban-datang": ["masa-sanggah"], "masa-sanggah": ["mengirim-hasil"], "mengirim-hasil": ["selesai"]}  # fmt: skip
        assert made(draft, "masa-sanggah")["time"] == "2 hari"
        assert left(draft) == []

    def test_a_message_that_starts_the_process_is_needed_by_the_first_step(self) -> None:
        start = node("startEvent", "s", "<bpmn:messageEventDefinition messageRef='m'/>", name="Surat datang")
        draft = foreign(start + tasks("a b") + row("s", "a", "b"), "<bpmn:message id='m' name='Surat'/>")
        assert made(draft, "a")["needs"] == ["Surat"]
        assert (changed(draft), left(draft)) == ([("startEvent", "s")], [])

    def test_an_event_that_ends_an_activity_is_one_of_its_outcomes(self) -> None:
        draft = foreign(
            node("startEvent", "s") + tasks("a b c") + row("s", "a", "b") + flow("x", "c")
            + node("boundaryEvent", "x", "<bpmn:errorEventDefinition/>", attachedToRef="a", name="Gagal")
        )  # fmt: skip
        assert ways(draft)["a"] == {"Selesai dikerjakan": ["b"], "Gagal": ["c"]}
        assert changed(draft) == [("boundaryEvent", "x")]

    def test_an_event_that_ends_an_activity_before_a_decision_is_one_more_outcome_of_it(self) -> None:
        draft = foreign(
            node("startEvent", "s") + tasks("a b c") + node("exclusiveGateway", "g", name="Lengkap?") + row("s", "a", "g") + flow("g", "b", "Ya") + flow("g", "a", "Tidak")
            + node("boundaryEvent", "x", "<bpmn:messageEventDefinition/>", attachedToRef="a") + flow("x", "c")
        )  # fmt: skip
        assert ways(draft)["a"] == {"Ya": ["b"], "Tidak": ["a"], "Pesan diterima": ["c"]}
        assert made(draft, "a")["note"] == "Keputusan: Lengkap?"

    def test_an_event_that_does_not_end_its_activity_is_left_with_the_flow_from_it(self) -> None:
        draft = foreign(
            node("startEvent", "s") + tasks("a b") + row("s", "a")
            + node("boundaryEvent", "x", "<bpmn:messageEventDefinition/>", attachedToRef="a", cancelActivity="false") + flow("x", "b")
        )  # fmt: skip
        assert left(draft) == [("boundaryEvent", "x"), ("sequenceFlow", "x-b")]
        assert any("No case can ever come" in str(fault) for fault in draft.faults())

    def test_an_error_that_a_sub_process_raises_leads_on_from_there(self) -> None:
        inner = (
            node("startEvent", "is") + node("task", "b") + node("exclusiveGateway", "x") + node("endEvent", "ok") + node("endEvent", "no", "<bpmn:errorEventDefinition/>")
            + row("is", "b", "x") + flow("x", "ok", "Ya") + flow("x", "no", "Tidak")
        )  # fmt: skip
        draft = foreign(
            node("startEvent", "s") + node("subProcess", "sp", inner) + tasks("c d") + row("s", "sp", "c")
            + node("boundaryEvent", "e", "<bpmn:errorEventDefinition/>", attachedToRef="sp") + flow("e", "d")
        )  # fmt: skip
        assert ways(draft)["b"] == {"Ya": ["c"], "Tidak": ["d"]}
        assert left(draft) == []

    def test_a_transaction_that_is_cancelled_leads_on_from_there(self) -> None:
        inner = (
            node("startEvent", "is") + node("exclusiveGateway", "x") + node("endEvent", "ok") + node("endEvent", "no", "<bpmn:cancelEventDefinition/>")
            + row("is", "x") + flow("x", "ok", "Ya") + flow("x", "no", "Tidak")
        )  # fmt: skip
        draft = foreign(
            node("startEvent", "s") + node("transaction", "sp", inner) + tasks("c d") + row("s", "sp", "c")
            + node("boundaryEvent", "e", "<bpmn:cancelEventDefinition/>", attachedToRef="sp") + flow("e", "d")
        )  # fmt: skip
        assert ways(draft)["memutuskan-kelanjutan"] == {"Ya": ["c"], "Tidak": ["d"]}

    def test_the_time_of_a_sub_process_with_one_step_is_that_step_s(self) -> None:
        draft = foreign(
            node("startEvent", "s") + node("subProcess", "sp", node("task", "b")) + tasks("c d") + row("s", "sp", "c")
            + node("boundaryEvent", "t", self.TIMER, attachedToRef="sp") + flow("t", "d")
        )  # fmt: skip
        assert made(draft, "b")["timeout"] == {"after": "2 hari", "then": ["d"]}

    def test_the_time_of_a_sub_process_with_several_steps_is_left(self) -> None:
        draft = foreign(
            node("startEvent", "s") + node("subProcess", "sp", tasks("a b") + row("a", "b")) + tasks("c d") + row("s", "sp", "c")
            + node("boundaryEvent", "t", self.TIMER, attachedToRef="sp") + flow("t", "d")
        )  # fmt: skip
        assert left(draft) == [("boundaryEvent", "t"), ("sequenceFlow", "t-d")]

    def test_where_the_first_of_several_events_decides_its_time_is_the_time_out(self) -> None:
        draft = foreign(
            node("startEvent", "s") + tasks("a b c d") + node("eventBasedGateway", "g") + row("s", "a", "g")
            + node("intermediateCatchEvent", "m", "<bpmn:messageEventDefinition/>", name="Jawaban") + node("receiveTask", "r", name="Banding")
            + node("intermediateCatchEvent", "t", self.TIMER)
            + row("g", "m", "b") + row("g", "r", "c") + row("g", "t", "d")
        )  # fmt: skip
        wait = made(draft, "menunggu-yang-terjadi-lebih-dahulu")
        assert wait["outcomes"] == {"Jawaban": {"then": ["b"]}, "Banding": {"then": ["banding"]}}
        assert wait["timeout"] == {"after": "2 hari", "then": ["d"]}
        assert changed(draft) == [("eventBasedGateway", "g")]
        assert left(draft) == []

    def test_a_step_that_awaits_one_thing_until_a_time_bears_its_name(self) -> None:
        draft = foreign(
            node("startEvent", "s") + tasks("a b c") + node("eventBasedGateway", "g") + row("s", "a", "g")
            + node("intermediateCatchEvent", "m", "<bpmn:messageEventDefinition/>", name="Jawaban") + node("intermediateCatchEvent", "t", self.TIMER)
            + row("g", "m", "b") + row("g", "t", "c")
        )  # fmt: skip
        assert ways(draft)["jawaban"] == ["b"]
        assert made(draft, "jawaban")["timeout"]["then"] == ["c"]
        assert changed(draft) == [("eventBasedGateway", "g")]

    def test_an_event_without_a_name_has_that_of_the_error_it_names(self) -> None:
        draft = foreign(
            node("startEvent", "s") + tasks("a b") + row("s", "a") + flow("x", "b")
            + node("boundaryEvent", "x", "<bpmn:errorEventDefinition errorRef='er'/>", attachedToRef="a"),
            "<bpmn:error id='er' name='Kartu ditolak'/><bpmn:error id='other'/>",
        )  # fmt: skip
        assert "Kartu ditolak" in made(draft, "a")["outcomes"]
        assert left(draft) == [("error", "other")]

    def test_several_starts_become_outcomes_of_a_first_step(self) -> None:
        draft = foreign(
            node("startEvent", "s1", name="Surat")
            + node("startEvent", "s2", name="Telepon")
            + tasks("a b")
            + row("s1", "a", "b")
            + row("s2", "b")
        )
        assert draft.data["steps"][0]["outcomes"] == {"Surat": {"then": ["a"]}, "Telepon": {"then": ["b"]}}

    def test_work_that_undoes_other_work_is_left(self) -> None:
        draft = foreign(
            tasks("a b") + row("a", "b") + node("task", "u", isForCompensation="true")
            + node("boundaryEvent", "x", "<bpmn:compensateEventDefinition/>", attachedToRef="a")
        )  # fmt: skip
        assert left(draft) == [("boundaryEvent", "x"), ("task", "u")]


class TestRowsAndLoops:
    ROWS = "<bpmn:multiInstanceLoopCharacteristics id='mi'>{}</bpmn:multiInstanceLoopCharacteristics>"

    def test_a_task_for_many_runs_for_each_row_of_a_table_that_the_first_step_asks(self) -> None:
        rows = self.ROWS.format(
            "<bpmn:loopCardinality>3</bpmn:loopCardinality><bpmn:inputDataItem name='Pegawai'/>"
            "<bpmn:completionCondition>nrOfCompletedInstances &gt;= 2</bpmn:completionCondition>"
        )
        draft = foreign(
            lanes("a c", "b") + tasks("a") + node("task", "b", rows) + tasks("c") + row("a", "b", "c")
        )
        assert made(draft, "b")["for_each"] == {"field": "pegawai", "quorum": 2}
        assert draft.data["fields"]["pegawai"]["min_rows"] == draft.data["fields"]["pegawai"]["max_rows"] == 3
        assert made(draft, "a")["asks"] == ["pegawai"]
        assert (changed(draft), left(draft)) == ([("multiInstanceLoopCharacteristics", "mi")], [])
        assert draft.faults() == []

    def test_a_first_task_for_many_gets_a_step_before_it(self) -> None:
        draft = foreign(
            lanes("a", "b")
            + node("task", "a", self.ROWS.format(""), name="Menilai")
            + tasks("b")
            + row("a", "b")
        )
        assert ways(draft)["memulai"] == ["menilai"]
        assert draft.data["steps"][0]["asks"] == ["menilai"]
        assert draft.faults() == []

    def test_a_decision_after_a_task_for_many_is_made_once(self) -> None:
        draft = foreign(
            tasks("a") + node("task", "b", self.ROWS.format("")) + node("exclusiveGateway", "x") + tasks("c d") + row("a", "b", "x")
            + flow("x", "c", "Ya") + flow("x", "d", "Tidak")
        )  # fmt: skip
        assert ways(draft)["b"] == ["memutuskan-kelanjutan"]

    @pytest.mark.parametrize(
        "first", [tasks("b"), node("parallelGateway", "b") + tasks("b1 b2") + row("b", "b1") + row("b", "b2")]
    )
    def test_a_sub_process_for_many_has_a_step_that_makes_the_rows_and_one_that_gathers_them(
        self, first: str
    ) -> None:
        draft = foreign(
            lanes("a d", "sp") + tasks("a") + node("subProcess", "sp", self.ROWS.format("") + node("startEvent", "is") + first + row("is", "b"), name="tiap OPD")
            + tasks("d") + row("a", "sp", "d")
        )  # fmt: skip
        (maker,) = [each for each in draft.data["steps"] if "for_each" in each]
        assert made(draft, "menghimpun-hasil-tiap-opd")["gathers"] == maker["id"]
        assert ways(draft)["menghimpun-hasil-tiap-opd"] == ["d"]
        assert draft.faults() == []

    def test_an_activity_that_repeats_is_a_decision_that_leads_back(self) -> None:
        loop = "<bpmn:standardLoopCharacteristics><bpmn:loopCondition>belum benar</bpmn:loopCondition></bpmn:standardLoopCharacteristics>"
        draft = foreign(node("task", "a", loop) + tasks("b") + row("a", "b"))
        assert ways(draft) == {"a": {"Lanjut": ["b"], "belum benar": ["a"]}, "b": ["selesai"]}

    def test_a_sub_process_that_repeats_leads_back_to_its_first_step(self) -> None:
        loop = "<bpmn:standardLoopCharacteristics/>"
        draft = foreign(
            tasks("a")
            + node("subProcess", "sp", loop + tasks("b c") + row("b", "c"))
            + tasks("d")
            + row("a", "sp", "d")
        )
        assert ways(draft)["memutuskan-kelanjutan"] == {"Lanjut": ["d"], "Ulangi": ["b"]}

    def test_activities_in_any_order_are_all_done_before_it_goes_on(self) -> None:
        draft = foreign(
            lanes("a d", "sp")
            + tasks("a")
            + node("adHocSubProcess", "sp", tasks("b c"))
            + tasks("d")
            + row("a", "sp", "d")
        )
        assert ways(draft)["a"] == ["b", "c"]
        assert unsound(draft) == []


class TestBranches:
    def branches(self, fork: str, join: str, **names: str) -> Draft:
        """Return a draft in which three branches, one of two steps, run from a gateway to another."""
        return foreign(
            lanes("a e", "b b2 c d") + node("startEvent", "s") + tasks("a b b2 c d e") + node(fork, "f") + node(join, "j") + row("s", "a", "f")
            + flow("f", "b", names.get("b", "")) + flow("f", "c", names.get("c", "")) + flow("f", "d") + row("b", "b2", "j", "e") + row("c", "j") + row("d", "j")
        )  # fmt: skip

    def test_each_branch_of_an_inclusive_fork_begins_with_a_decision_whether_it_is_taken(self) -> None:
        draft = self.branches("inclusiveGateway", "inclusiveGateway", b="Ada lampiran")
        decide = "memutuskan-perlu-tidaknya-ada-lampiran"
        assert made(draft, decide)["outcomes"]["Perlu"] == {"then": ["b"]}
        assert made(draft, decide)["outcomes"]["Tidak perlu"] == {"then": ways(draft)["b2"]}
        assert made(draft, "e")["joins"] is True
        assert unsound(draft) == []
        assert ("inclusiveGateway", "f") in changed(draft)

    def test_an_inclusive_join_of_a_parallel_fork_waits_for_all(self) -> None:
        draft = self.branches("parallelGateway", "inclusiveGateway")
        assert ways(draft)["a"] == ["b", "c", "d"]
        assert made(draft, "e")["joins"] is True
        assert unsound(draft) == []

    def test_an_inclusive_gateway_of_which_something_leads_back_is_a_decision(self) -> None:
        draft = foreign(
            tasks("s a b c") + node("inclusiveGateway", "f") + row("s", "a", "f", "b") + row("f", "c", "a")
        )
        assert ways(draft)["a"] == {"B": ["b"], "C": ["c"]}
        assert changed(draft) == [("inclusiveGateway", "f")]

    def test_branches_that_something_else_leads_into_are_not_taken_apart(self) -> None:
        draft = foreign(
            node("startEvent", "s") + tasks("a b c e") + node("exclusiveGateway", "x") + node("inclusiveGateway", "f") + node("inclusiveGateway", "j")
            + row("s", "a", "x") + flow("x", "f", "Lengkap") + flow("x", "b", "Ringkas") + row("f", "b", "j", "e") + row("f", "c", "j")
        )  # fmt: skip
        assert changed(draft) == [("inclusiveGateway", "f"), ("inclusiveGateway", "j")]
        assert ways(draft)["memutuskan-kelanjutan"] == {"B": ["b"], "C": ["c"]}

    def test_branches_that_end_one_by_one_meet_before_the_end(self) -> None:
        draft = foreign(
            lanes("a b", "c d e") + node("startEvent", "s") + tasks("a b c d e") + row("s", "a", "b") + row("a", "c") + node("exclusiveGateway", "x")
            + node("endEvent", "e1") + node("endEvent", "e2") + row("c", "x") + flow("x", "d", "Ya") + flow("x", "e", "Tidak") + row("d", "e1") + row("e", "e2")
        )  # fmt: skip
        assert made(draft, "menyelesaikan-semua-bagian")["joins"] is True
        assert unsound(draft) == []

    def test_branches_within_branches_that_never_meet_are_brought_together_too(self) -> None:
        draft = foreign(
            lanes("a b", "c d e")
            + node("startEvent", "s")
            + tasks("a b c d e")
            + row("s", "a", "b")
            + row("a", "c")
            + row("c", "d")
            + row("c", "e")
        )
        assert unsound(draft) == []

    def test_flows_with_conditions_from_a_task_are_the_outcomes_of_a_decision(self) -> None:
        condition = "<bpmn:conditionExpression/>"
        draft = foreign(
            node("startEvent", "s")
            + node("task", "a", default="a-c")
            + tasks("b c")
            + row("s", "a")
            + flow("a", "b", "Mendesak", condition)
            + flow("a", "c")
        )
        assert ways(draft)["a"] == {"Mendesak": ["b"], "Selain itu": ["c"]}


class TestNotes:
    SAID = "<bpmn:documentation id='d{0}'>Tentang {0}</bpmn:documentation>"

    def test_the_notes_of_a_decision_are_those_of_its_step(self) -> None:
        draft = foreign(
            node("startEvent", "s") + node("task", "a", self.SAID.format("a")) + node("exclusiveGateway", "x", self.SAID.format("x")) + tasks("b c")
            + row("s", "a", "x") + flow("x", "b", "Ya") + flow("x", "c", "Tidak") + "<bpmn:textAnnotation id='n'><bpmn:text>Lihat Perwal</bpmn:text></bpmn:textAnnotation>"
            "<bpmn:association id='t' sourceRef='n' targetRef='x'/>"
        )  # fmt: skip
        assert made(draft, "a")["note"] == "Tentang a; Tentang x; Lihat Perwal"
        assert left(draft) == []

    def test_the_words_of_what_is_no_step_are_named(self) -> None:
        draft = foreign(
            self.SAID.format("p") + node("startEvent", "s", self.SAID.format("s")) + tasks("a b") + row("s", "a", "b")
            + flow("a", "b", "", self.SAID.format("f")).replace('id="a-b"', 'id="second"')
        )  # fmt: skip
        assert draft.data["summary"] == "Tentang p"
        assert sorted(left(draft)) == [("documentation", "df"), ("documentation", "ds")]
        assert any(str(each.why).endswith("Tentang s") for each in draft.untaken)


class TestCalls:
    def test_a_called_process_of_the_same_file_is_started_by_its_name(self) -> None:
        around = "<bpmn:process id='q' name='Surat keluar'><bpmn:task id='z'/></bpmn:process>"
        draft = foreign(node("callActivity", "a", calledElement="q") + tasks("b") + row("a", "b"), around)
        assert (made(draft, "a")["starts"], made(draft, "a")["waits"]) == ("surat-keluar", True)
        assert changed(draft) == [("callActivity", "a")]

    def test_a_called_task_of_the_file_is_a_step(self) -> None:
        draft = foreign(
            node("callActivity", "a", calledElement="g"), "<bpmn:globalUserTask id='g' name='Memeriksa'/>"
        )
        assert "starts" not in made(draft, "memeriksa")
        assert left(draft) == []


EVERYTHING = (
    "<bpmn:laneSet id='ls'><bpmn:lane id='l1' name='Staf'><bpmn:flowNodeRef>a</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>"
    + node("startEvent", "s", "<bpmn:timerEventDefinition><bpmn:timeCycle>R/P1D</bpmn:timeCycle></bpmn:timerEventDefinition>", name="Tiap hari")
    + node("scriptTask", "a", "<bpmn:script>x</bpmn:script><bpmn:property id='pr' name='y'/>")
    + node("businessRuleTask", "b", "<bpmn:ioSpecification><bpmn:dataInput id='in'/><bpmn:inputSet/><bpmn:outputSet/></bpmn:ioSpecification>")
    + node("subProcess", "ev", node("task", "never"), triggeredByEvent="true")
    + node("exclusiveGateway", "x") + node("complexGateway", "y", "<bpmn:activationCondition>z</bpmn:activationCondition>")
    + node("boundaryEvent", "bo", "<bpmn:timerEventDefinition/>", attachedToRef="a", cancelActivity="false")
    + node("boundaryEvent", "lost", "<bpmn:errorEventDefinition/>", attachedToRef="gone")
    + "<bpmn:dataObject id='d'/><bpmn:group id='gr'/><bpmn:auditing/><bpmn:sequenceFlow id='half' sourceRef='a'/>"
    + row("s", "a", "b") + flow("bo", "b") + "<bpmn:task id='a'/>"
)  # fmt: skip
BESIDE = (
    "<bpmn:import namespace='n' location='l' importType='t'/><bpmn:itemDefinition id='it'/><bpmn:error id='er'/><bpmn:signal id='si'/>"
    "<bpmn:collaboration id='co'><bpmn:participant id='pa' processRef='p'><bpmn:participantMultiplicity/></bpmn:participant>"
    "<bpmn:conversation id='cv'/></bpmn:collaboration><bpmn:choreography id='ch'/><bpmn:interface id='if'/>"
)


class TestAccount:
    def test_every_element_is_taken_or_named(self) -> None:
        text = f"""<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL">{BESIDE}
            <bpmn:process id="p">{EVERYTHING}</bpmn:process></bpmn:definitions>"""
        parser = etree.XMLParser(remove_blank_text=True)
        lines = etree.tostring(etree.fromstring(text, parser), pretty_print=True)  # one element in each line
        draft = from_bpmn(lines)
        named = {(each.element, each.line) for each in draft.untaken}
        kept = Counter(self._outside(etree.fromstring(lines), named))
        assert kept - Counter(draft.taken) == Counter(
            {"flowNodeRef": 1, "definitions": 1, "collaboration": 1, "laneSet": 1}
        )
        assert Counter(draft.taken) - kept == Counter()

    def _outside(self, element: etree._Element, named: set[tuple[str, int]]) -> Iterator[str]:
        """Yield the kinds of all elements that are not named and do not stand in one that is."""
        kind = str(element.tag).removeprefix(MODEL)
        if (kind, int(str(element.sourceline))) not in named:
            yield kind
            for child in element:
                yield from self._outside(child, named)

    def test_what_is_named_has_its_name_and_line_and_reason(self) -> None:
        draft = foreign(
            tasks("a")
            + "\n"
            + node(
                "boundaryEvent",
                "x",
                "<bpmn:signalEventDefinition/>",
                attachedToRef="a",
                cancelActivity="false",
                name="Isyarat",
            )
        )
        assert [str(each) for each in draft.untaken] == [
            'line 4: boundaryEvent x "Isyarat": An event that does not end its activity cannot be kept.'
        ]

    def test_what_is_taken_is_counted(self) -> None:
        draft = foreign(node("startEvent", "s") + tasks("a b") + row("s", "a", "b") + "<bpmn:group id='g'/>")
        assert draft.taken == {"process": 1, "sequenceFlow": 2, "startEvent": 1, "task": 2}

    def test_a_faulty_form_does_not_hide_a_faulty_flow(self) -> None:
        draft = foreign(node("startEvent", "s") + tasks("a b c") + row("s", "a", "b"))
        told = [str(fault) for fault in draft.faults()]
        assert any("performers: at least 2 are needed, not 1" in line for line in told)
        assert any("No case can ever come to this step" in line for line in told)
