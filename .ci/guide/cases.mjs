// Answers and choices for a bundle: its typical scenarios, and random ones from a seed.

/** A generator of pseudo-random numbers, so that every run tries the same. */
export function numbers(seed) {
  let state = seed % 2147483648;
  return (limit) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * limit);
  };
}

/** Without spaces and with one kind of punctuation, to compare texts. */
export function bare(text) {
  return text.normalize("NFKC").replace(/\s/g, "");
}

/** A number of the plan ("49/48") as people read it ("1又1/48"). */
export function words(text) {
  const parts = /^(\d+)\/(\d+)$/.exec(text);
  if (!parts) return text;
  const [n, d] = [BigInt(parts[1]), BigInt(parts[2])];
  return n >= d ? `${n / d}又${n % d}/${d}` : text;
}

/** Answers for the command line, by the names of questions and options. */
export function answersOf(plan, one) {
  return Object.fromEntries(Object.entries(one.answers).map(([id, answer]) => {
    const question = plan.questions.find((own) => own.id === id);
    const name = (id) => question.options.find((option) => option.id === id).name;
    if (question.kind === "choice") return [question.name, name(answer)];
    return [question.name, question.kind === "choices" ? answer.map(name) : answer];
  }));
}

/** The same for the address of the page. */
export function hashOf(plan, one) {
  const parts = plan.questions.filter((question) => one.answers[question.id] !== undefined).map((question) => {
    const answer = one.answers[question.id];
    if (question.kind === "yes-no") return `q.${question.id}=${answer === "是" ? "yes" : "no"}`;
    if (question.kind === "choice") return `q.${question.id}=${answer}`;
    if (question.kind === "choices") return `q.${question.id}=${answer.join(",")}`;
    return `q.${question.id}=${answer}`;
  });
  if (one.without.length) parts.push(`without=${one.without.join(",")}`);
  if (one.from) parts.push(`from=${one.from}`);
  return "#" + parts.join("&");
}

const fraction = (text) => {
  const [n, d = "1"] = text.split("/");
  const [whole, decimals = ""] = n.split(".");
  return [BigInt(whole + decimals), BigInt(d) * 10n ** BigInt(decimals.length)];
};
const less = (a, b) => {
  const [[an, ad], [bn, bd]] = [fraction(a), fraction(b)];
  return an * bd < bn * ad;
};

/** Any answer to a question, often one at a threshold. */
function anyAnswer(plan, question, random) {
  const ranges = plan.decision.variables.find((own) => own.question === question.id)?.ranges ?? [];
  const range = ranges.length ? ranges[random(ranges.length)] : null;
  switch (question.kind) {
    case "yes-no": return random(2) ? "是" : "否";
    case "choice": return question.options[random(question.options.length)].id;
    case "choices": return question.options.filter(() => random(2)).map((option) => option.id);
    case "number": return random(2) ? range.low : range.high;
    default: {
      const day = random(2) ? range.low : range.high;
      return day < "1900-01-01" ? (range.high < "2100-01-01" ? range.high : "2026-03-05") : day > "2100-01-01" ? (range.low > "1900-01-01" ? range.low : "2026-03-05") : day;
    }
  }
}

/** Whether a group of answers, as the questionnaire names them, has this one in it. */
function inGroup({ kind, ...group }, answer) {
  switch (kind) {
    case "any": return true;
    case "yes-no": return group.yes === (answer === "是");
    case "options": return group.options.includes(answer);
    case "chosen": return group.includes.every((one) => answer.includes(one)) && !group.excludes.some((one) => answer.includes(one));
    case "number": {
      const above = group.min_included ? !less(answer, group.min) : less(group.min, answer);
      return above && (group.max_included ? !less(group.max, answer) : less(answer, group.max));
    }
    default: {
      const above = group.min === null || (group.min_included ? answer >= group.min : answer > group.min);
      return above && (group.max === null || (group.max_included ? answer <= group.max : answer < group.max));
    }
  }
}

/** Whether the questionnaire asks a question after these answers, by its own graph. */
function asks(step, answers) {
  let node = step.test.nodes[0];
  while (node.kind === "question") {
    const answer = answers[node.question];
    const edge = answer === undefined ? node.edges[0] : node.edges.find((own) => own.answers.some((group) => inGroup(group.value, answer)));
    if (!edge) return null;
    node = step.test.nodes[edge.to];
  }
  return node.kind === "asked";
}

/** The questionnaire gone through; at most `most` answers. */
function gone(plan, random, most = Infinity) {
  const answers = {};
  for (const step of plan.questionnaire.steps) {
    if (Object.keys(answers).length >= most) break;
    if (!asks(step, answers)) continue;
    const question = plan.questions.find((own) => own.id === step.question);
    const answer = anyAnswer(plan, question, random);
    answers[question.id] = answer;
    if (step.ends.some((end) => inGroup(end.answer.value, answer))) break;
  }
  return answers;
}

/** Everything answered that is asked, whether it matters or not. */
function everything(plan, random) {
  const answers = {};
  const holds = (tree) => {
    if (tree.all) return tree.all.every(holds);
    if (tree.any) return tree.any.some(holds);
    if (tree.not) return !holds(tree.not);
    const { question, options, option, op, number, date } = tree.one_of ?? tree.includes ?? tree.number ?? tree.date ?? { question: tree.yes };
    const answer = answers[question];
    if (answer === undefined) return false;
    if (tree.yes) return answer === "是";
    if (options) return options.includes(answer);
    if (option) return answer.includes(option);
    const before = (a, b) => (date ? a < b : less(a, b));
    const bound = date ?? number;
    switch (op) {
      case "<": return before(answer, bound);
      case "<=": return !before(bound, answer);
      case ">": return before(bound, answer);
      case ">=": return !before(answer, bound);
      default: return (op === "=") === (!before(answer, bound) && !before(bound, answer));
    }
  };
  // A question that waits for another one comes in a later round.
  for (let round = 0; round < plan.questions.length; round++) {
    for (const question of plan.questions) {
      if (answers[question.id] === undefined && (!question.when || holds(question.when.tree))) {
        answers[question.id] = anyAnswer(plan, question, random);
      }
    }
  }
  return answers;
}

/** The answers of a typical scenario, from the words in which the plan says them. */
function typical(plan, scenario) {
  const answers = {};
  for (const [name, words] of Object.entries(scenario.answers)) {
    const question = plan.questions.find((own) => own.name === name);
    if (!question || words === "不问") continue;
    const ids = (chosen) => question.options.filter((option) => chosen.includes(option.name)).map((option) => option.id);
    if (question.kind === "choices") answers[question.id] = ids(words.split("、"));
    else if (question.kind === "choice") [answers[question.id]] = ids([words]);
    else answers[question.id] = question.kind === "number" ? words.slice(0, words.length - (question.unit ?? "").length) : words;
  }
  return answers;
}

/** So many random cases and all typical ones. */
export function cases(plan, count, random) {
  const optional = plan.items.filter((item) => !item.mandatory.length).map((item) => item.id);
  const pad = (number) => String(number).padStart(2, "0");
  const day = () => `${2023 + random(5)}-${pad(1 + random(12))}-${pad(1 + random(28))}`;
  const list = plan.scenarios.map((scenario) => ({ kind: "typical", answers: typical(plan, scenario), without: scenario.without ?? [], from: "2026-09-26" }));
  for (let index = 0; index < count; index++) {
    const kind = ["walk", "everything", "prefix", "walk", "everything"][index % 5];
    const without = kind !== "prefix" && random(2) ? optional.filter(() => random(3) === 0) : [];
    const answers = kind === "everything" ? everything(plan, random) : gone(plan, random, kind === "prefix" ? random(plan.questionnaire.steps.length + 1) : Infinity);
    list.push({ kind, answers, without, from: random(3) ? day() : undefined });
  }
  return list;
}
