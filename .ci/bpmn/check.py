"""Checks every BPMN file below a folder: the official schema, the same graph in every dialect, soundness (WOFLAN), and runs in
SpiffWorkflow in every case. Writes the cases beside the files, for the run in bpmn-engine.

    python check.py FOLDER
"""
import json
import logging
import pathlib
import random
import sys
import warnings

from lxml import etree

warnings.filterwarnings("ignore")
logging.disable(logging.CRITICAL)
sys._pm4py_welcome_shown = True  # no advertisement

import pm4py  # noqa: E402
from pm4py.algo.analysis.woflan import algorithm as woflan  # noqa: E402
from pm4py.objects.petri_net.utils import petri_utils  # noqa: E402
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser, BpmnValidator  # noqa: E402
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow  # noqa: E402
from SpiffWorkflow.util.task import TaskState  # noqa: E402

from cases import cases  # noqa: E402

MODEL = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
DIALECTS = ["camunda8", "camunda7", "flowable", "spiff", "bpmn-engine"]


def graph(path):
    """What the dialects have in common: nodes and flows."""
    root = etree.parse(str(path)).getroot()
    process = root.find(f"{MODEL}process")
    kinds = {"serviceTask": "computation", "scriptTask": "computation"}
    nodes, flows = {}, set()
    for element in process:
        tag = element.tag.replace(MODEL, "")
        if tag == "sequenceFlow":
            flows.add((element.get("id"), element.get("sourceRef"), element.get("targetRef")))
        elif tag not in ("laneSet", "documentation", "extensionElements"):
            nodes[element.get("id")] = (kinds.get(tag, tag), element.get("name"), element.get("default"))
    return nodes, flows


def reduced(net, initial, final):
    """The net after Murata's rules, which keep soundness: without them forty lines side by side have 2^40 states."""
    ends = set(initial) | set(final)
    into = lambda node: {arc.source for arc in node.in_arcs}
    out = lambda node: {arc.target for arc in node.out_arcs}
    changed = True
    while changed:
        changed = False
        for place in list(net.places - ends):
            # Two transitions in a row are one.
            if len(into(place)) == len(out(place)) == 1:
                (first,), (then,) = into(place), out(place)
                if first is not then and into(then) == {place} and not out(first) & out(then):
                    for target in out(then):
                        petri_utils.add_arc_from_to(first, target, net)
                    petri_utils.remove_place(net, place)
                    petri_utils.remove_transition(net, then)
                    changed = True
        for step in list(net.transitions):
            # Two places in a row are one.
            if len(into(step)) == len(out(step)) == 1:
                (first,), (then,) = into(step), out(step)
                if first is not then and first not in ends and out(first) == {step} and not into(first) & into(then):
                    for source in into(first):
                        petri_utils.add_arc_from_to(source, then, net)
                    petri_utils.remove_transition(net, step)
                    petri_utils.remove_place(net, first)
                    changed = True
        for nodes, remove in [(net.places - ends, petri_utils.remove_place), (net.transitions, petri_utils.remove_transition)]:
            # What stands side by side is there once.
            seen = set()
            for node in sorted(nodes, key=lambda node: node.name):
                key = (frozenset(into(node)), frozenset(out(node)))
                if key in seen:
                    remove(net, node)
                    changed = True
                seen.add(key)
    return net


def sound(path):
    """Whether the process can always end, and cleanly (WOFLAN)."""
    net, initial, final = pm4py.convert_to_petri_net(pm4py.read_bpmn(str(path)))
    parameters = {
        woflan.Parameters.RETURN_ASAP_WHEN_NOT_SOUND: True,
        woflan.Parameters.PRINT_DIAGNOSTICS: False,
        woflan.Parameters.RETURN_DIAGNOSTICS: False,
    }
    return woflan.apply(reduced(net, initial, final), initial, final, parameters=parameters)


def run(path, case, order):
    """Runs a case; the open tasks are done in the order given by `order`. Gives what is wrong."""
    faults = []
    parser = BpmnParser()
    parser.add_bpmn_file(str(path))
    (process,) = parser.get_process_ids()
    workflow = BpmnWorkflow(parser.get_spec(process))
    counts = {}
    for _ in range(1000):
        workflow.do_engine_steps()
        ready = [task for task in workflow.get_tasks(state=TaskState.READY) if task.task_spec.manual]
        if not ready:
            break
        for task in ready:
            name = task.task_spec.bpmn_id
            early = [first for first in case["before"].get(name, []) if counts.get(first, 0) < case["tasks"][first]]
            # What is done again is not early the second time.
            if early and name != "receipt":
                faults.append(f"{name} may begin before {early}")
        task = order(ready)
        name = task.task_spec.bpmn_id
        given = case["decisions"].get(name, [{}])
        task.data.update(given[min(counts.get(name, 0), len(given) - 1)])
        if name in ("questions", "submission"):
            task.data["answers"] = case["answers"]
            if case["left_out"]:
                task.data["left_out"] = case["left_out"]
        counts[name] = counts.get(name, 0) + 1
        task.run()
    if not workflow.is_completed():
        faults.append("it does not end")
    if counts != case["tasks"]:
        faults.append(f"done {counts}, expected {case['tasks']}")
    ends = [task.task_spec.bpmn_id for task in workflow.get_tasks(state=TaskState.COMPLETED)
            if type(task.task_spec).__name__ == "EndEvent"]
    if ends != [case["end"]]:
        faults.append(f"ends at {ends}, expected {case['end']}")
    return faults


def attempt(path, case, order):
    try:
        return run(path, case, order)
    except Exception as error:  # an engine that gives up is a fault of the file
        return [f"{type(error).__name__}: {error}"]


ORDERS = [lambda ready: ready[0], lambda ready: ready[-1], random.Random(7).choice]


def main(folder):
    faults, runs, files = [], 0, 0
    validator = BpmnValidator()
    for plan_path in sorted(pathlib.Path(folder).rglob("plan.json")):
        bundle = plan_path.parent
        plan = json.loads(plan_path.read_text())
        paths = {dialect: bundle / "bpmn" / f"{dialect}.bpmn" for dialect in DIALECTS}
        graphs = []
        for path in paths.values():
            files += 1
            try:
                validator.validate(etree.parse(str(path)))
            except Exception as error:
                faults.append(f"{path}: {error}")
            graphs.append(graph(path))
        if any(other != graphs[0] for other in graphs):
            faults.append(f"{bundle}: the dialects differ")
        if not sound(paths["spiff"]):
            faults.append(f"{bundle}: not sound")
        own = cases(plan)
        (bundle / "bpmn" / "cases.json").write_text(json.dumps(own, ensure_ascii=False))
        for case in own:
            for order in ORDERS:
                runs += 1
                faults += [f"{bundle.name}, {case['name']}: {fault}" for fault in attempt(paths["spiff"], case, order)]
    broken, seen = mutants(folder)
    faults += broken
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f"{files} BPMN files, {runs} runs in SpiffWorkflow, {seen} mutants: {len(faults)} faults")
    return 1 if faults or not runs or not seen else 0


def mutants(folder):
    """Files broken on purpose have to be found out: a merge that waits for both ways, a way round into a join."""
    faults, seen = [], 0
    for path in sorted(pathlib.Path(folder).rglob("bpmn/spiff.bpmn")):
        tree = etree.parse(str(path))
        merge = next((e for e in tree.iter(f"{MODEL}exclusiveGateway") if e.get("id").startswith("merge_item")), None)
        if merge is None:
            continue
        merge.tag = f"{MODEL}parallelGateway"
        seen += 1
        mutant = path.with_name("mutant.bpmn")
        tree.write(str(mutant))
        if sound(mutant):
            faults.append(f"{path}: a deadlock is called sound")
        for case in json.loads(path.with_name("cases.json").read_text()):
            if attempt(mutant, case, ORDERS[0]):
                break
        else:
            faults.append(f"{path}: a deadlock is not noticed")
        mutant.unlink()
    return faults, seen


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
