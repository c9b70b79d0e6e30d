"""What a process has to do in a case, from plan.json alone: nothing of the compiler's own expressions is used."""
import datetime
import itertools
import random
from fractions import Fraction

LIMIT = 40


def holds(tree, answers):
    """Whether a condition's tree holds. A question without an answer is one that is not asked, and holds nothing."""
    ((kind, test),) = tree.items()
    if kind == "all":
        return all(holds(part, answers) for part in test)
    if kind == "any":
        return any(holds(part, answers) for part in test)
    if kind == "not":
        return not holds(test, answers)
    if kind == "yes":
        return answers.get(test) is True
    answer = answers.get(test["question"])
    if answer is None:
        return False
    if kind == "one_of":
        return answer in test["options"]
    if kind == "includes":
        return test["option"] in answer
    value = Fraction(test["number"]) if kind == "number" else test["date"]
    return {
        "=": answer == value, "!=": answer != value, "<": answer < value,
        "<=": answer <= value, ">": answer > value, ">=": answer >= value,
    }[test["op"]]


def asked(plan, answers):
    """Only what is asked is answered: questions asked under the answers to others are looked at until nothing changes."""
    answers = dict(answers)
    while True:
        gone = [q["id"] for q in plan["questions"]
                if q["id"] in answers and q["when"] and not holds(q["when"]["tree"], answers)]
        if not gone:
            return answers
        for question in gone:
            del answers[question]


def typed(question, words):
    kind = question["kind"]
    if kind == "yes-no":
        return words[0] == "是"
    if kind == "number":
        return Fraction(words[0])
    if kind == "date":
        return words[0]
    ids = {option["name"]: option["id"] for option in question["options"]}
    return [ids[word] for word in words] if kind == "choices" else ids[words[0]]


def values(plan, question):
    """Answers at and around every threshold; every option."""
    kind = question["kind"]
    if kind == "yes-no":
        return [True, False]
    options = [option["id"] for option in question.get("options", [])]
    if kind == "choice":
        return options
    if kind == "choices":
        return [options, [], *([option] for option in options)]
    thresholds = []

    def visit(tree):
        if isinstance(tree, dict):
            if tree.get("question") == question["id"] and isinstance(tree.get("number", tree.get("date")), str):
                thresholds.append(tree.get("number", tree.get("date")))
            for part in tree.values():
                visit(part)
        if isinstance(tree, list):
            for part in tree:
                visit(part)

    visit([plan["items"], plan["exits"], plan["questions"]])
    if kind == "date":
        days = [datetime.date.fromisoformat(day) for day in thresholds] or [datetime.date(2026, 1, 31)]
        around = [day + datetime.timedelta(days=step) for day in days for step in (-1, 0, 1)]
        return sorted({day.isoformat() for day in around})
    low, high = Fraction(question["min"]), Fraction(question["max"])
    step = Fraction(1, 10 ** question["decimals"])
    around = [Fraction(number) + move for number in thresholds for move in (-step, Fraction(0), step)]
    return sorted({number for number in [low, high, *around] if low <= number <= high})


def assignments(plan):
    """Named answers and what is left out: the typical cases, the extremes, each answer changed by itself, some at random."""
    questions = plan["questions"]
    written = plan["written"].get("scenarios", [])
    bases = []
    for scenario in written:
        named = {question["name"]: question for question in questions}
        answers = {named[row["name"]]["id"]: typed(named[row["name"]], row["value"]["values"])
                   for row in scenario.get("answers", [])}
        without = [item["id"] for item in plan["items"] if item["name"] in scenario.get("without", [])]
        yield scenario["name"], answers, without
        bases.append(answers)
    optional = sorted({part["item"] for node in plan["flow"]["nodes"] for part in node["parts"] if part["optional"]})
    choices = {question["id"]: values(plan, question) for question in questions}
    for index, name in [(0, "first"), (-1, "last")]:
        bases.append({question: options[index] for question, options in choices.items()})
        yield f"{name} of every answer", bases[-1], []
    turned = lambda answers: any(holds(exit["when"]["tree"], asked(plan, answers)) for exit in plan["exits"])
    for base in [base for base in bases if not turned(base)][:2]:
        for question, options in choices.items():
            for value in options:
                yield f"{question} = {value}", {**base, question: value}, []
    for count in {1, len(optional)} if optional else ():
        for left in itertools.combinations(optional, count):
            yield f"without {','.join(left)}", bases[0], list(left)
    chance = random.Random(1)
    for number in range(60 if questions or optional else 0):
        answers = {question: chance.choice(options) for question, options in choices.items()}
        if number > 3 and turned(answers):
            continue
        yield f"random {number}", answers, [item for item in optional if chance.random() < 0.3]


class Flow:
    """The plan's flow, to look things up."""

    def __init__(self, plan):
        self.plan = plan
        self.nodes = {node["id"]: node for node in plan["flow"]["nodes"]}
        self.out = {}
        for edge in plan["flow"]["edges"]:
            self.out.setdefault(edge["from"], []).append(edge)
        self.items = {item["id"]: item for item in plan["items"]}

    def way(self, node, kind):
        return next(edge for edge in self.out[node] if edge["kind"] == kind)["to"]

    def only(self, node):
        (edge,) = self.out[node]
        return edge["to"]

    def taken(self, answers, without):
        return [item for item in self.items if item not in without
                and (not self.items[item]["when"] or holds(self.items[item]["when"]["tree"], answers))]

    def handled(self, answers, without):
        """The steps of the items that are done."""
        taken = self.taken(answers, without)
        done = lambda part: part["item"] in taken and (not part["when"] or holds(part["when"]["tree"], answers))
        return [node["id"] for node in self.nodes.values() if node["parts"] and any(map(done, node["parts"]))]

    def before(self, steps):
        """For each of these steps those of them that come before it, by any way through the flow."""
        reach = {}
        for node in reversed(list(self.nodes)):
            reach[node] = set()
            for edge in self.out.get(node, []):
                if edge["kind"] != "back":
                    reach[node] |= {edge["to"]} | reach.get(edge["to"], set())
        return {step: sorted(first for first in steps if step in reach[first]) for step in steps}


def case(flow, name, answers, without, variant):
    """One case: what is answered and decided, which tasks are done how often, what comes before what, where it ends."""
    plan = flow.plan
    answers = asked(plan, answers)
    tasks, decisions = {}, {}
    ended = None
    if "questions" in flow.nodes:
        tasks["questions"] = 1
    for index, exit in enumerate(plan["exits"]):
        if ended is None and holds(exit["when"]["tree"], answers):
            ended = f"exit_{index + 1}"
    taken = flow.taken(answers, without)
    if ended is None:
        incomplete = variant == "supplement"
        tasks |= {"submission": 1, "receipt": 1 + incomplete}
        if incomplete:
            tasks["supplement"] = 1
        decisions["receipt"] = [{"materials_complete": False, "admissible": False}] * incomplete
        decisions["receipt"].append({"materials_complete": True, "admissible": variant != "reject"})
        if variant == "reject":
            ended = "rejected"
    if ended is None:
        tasks["acceptance"] = 1
        handled = flow.handled(answers, without)
        refused = taken[-1:] if variant in ("refuse", "refuse and agree") else []
        for node in handled:
            tasks[node] = 1
            given = {f"granted_{item}": item not in refused
                     for item in flow.nodes[node]["decides"] if item in taken}
            given |= {f"data_{result['id']}": result["name"] for result in flow.nodes[node]["results"]}
            decisions[node] = [given]
        node = "issuing"
        if refused:
            tasks["refusal"] = 1
            decisions["refusal"] = [{"consented": variant == "refuse and agree"}]
            node = flow.only("refusal")
            if node == "consent":
                node = flow.way("consent", "yes" if variant == "refuse and agree" else "no")
        if node == "issuing":
            tasks |= {"issuing": 1, "delivery": 1}
            node = "end"
        ended = node
    # A task that is done again comes before itself.
    before = flow.before([task for task in tasks if task != "supplement"])
    shown = lambda value: (int(value) if value.denominator == 1 else float(value)) if isinstance(value, Fraction) else value
    return {
        "name": f"{name}, {variant}",
        # As the form gives them.
        "answers": {question: shown(value) for question, value in answers.items()},
        "left_out": without,
        "taken": taken,
        "tasks": {task: count for task, count in tasks.items()},
        "decisions": {task: given for task, given in decisions.items()},
        "before": {task: [first for first in firsts] for task, firsts in before.items()},
        "end": ended,
    }


def preconditions(flow):
    """Pairs of steps by the preconditions as written: what waits for a whole item waits for all of its steps."""
    plan = flow.plan
    ids = {item["name"]: item["id"] for item in plan["items"]}
    lifted = {item for measure in plan["measures"] if measure["kind"] == "lift-precondition" for item in measure["items"]}
    for item in plan["written"]["items"]:
        for wait in item["value"].get("preconditions", []):
            if "stage" not in wait and ids[item["name"]] not in lifted and wait["item"] in ids:
                yield ids[wait["item"]], ids[item["name"]]


def cases(plan):
    flow = Flow(plan)
    found = []
    for index, (name, answers, without) in enumerate(assignments(plan)):
        if len(found) >= LIMIT:
            break
        variants = ["grant"] if index else ["grant", "supplement", "reject", "refuse", "refuse and agree"]
        for variant in variants:
            own = case(flow, name, answers, without, variant)
            like = [other for other in found if all(other[key] == own[key] for key in ("answers", "left_out", "decisions"))]
            if not like:
                found.append(own)
    # The accounts of the typical cases name the same items.
    for scenario in plan["scenarios"]:
        own = next(case for case in found if case["name"].startswith(f"{scenario['name']}, "))
        assert own["taken"] == scenario["items"], (scenario["name"], own["taken"], scenario["items"])
    # The flow keeps the preconditions as they are written, unless the two items never come together.
    for first, item in preconditions(flow):
        steps = [[node["id"] for node in flow.nodes.values() if any(part["item"] == of for part in node["parts"])]
                 for of in (first, item)]
        before = flow.before(steps[0] + steps[1])
        shared = set(steps[0]) & set(steps[1])
        together = any(first in case["taken"] and item in case["taken"] for case in found)
        for step in steps[1]:
            if together and step not in shared:
                assert set(steps[0]) - shared <= set(before[step]), (first, item, step)
    return found
