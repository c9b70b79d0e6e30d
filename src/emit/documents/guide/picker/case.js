// The data as the rest of the script uses it: what the page leaves out is there again, lengths are fractions.
function prepare(raw) {
  const length = (text) => (text === undefined ? undefined : text === "undeclared" ? null : number(text) || false);
  const lists = (own, names) => names.forEach((name) => { own[name] = own[name] || []; });
  lists(raw, ["questions", "order", "variables", "nodes", "asked", "steps", "exits", "identities", "items", "joints"]);
  raw.questions.forEach((question) => lists(question, ["options", "basis"]));
  raw.variables.forEach((variable) => lists(variable, ["ranges"]));
  raw.identities.forEach((identity) => lists(identity, ["oneOf"]));
  for (const item of raw.items) {
    lists(item, ["mandatory", "stages", "waits", "rows", "results", "fees"]);
    item.stages.forEach((stage) => { stage.length = length(stage.length); });
    item.rows.forEach((row) => {
      lists(row, ["producers", "fields", "basis"]);
      row.remarks = row.remarks || {};
    });
    item.today = length(item.today);
    item.whole = length(item.whole);
  }
  raw.joints.forEach((joint) => { joint.limit = length(joint.limit); });
  raw.acceptance = length(raw.acceptance);
  raw.issuing = length(raw.issuing);
  if (raw.promise) raw.promise.amount = number(raw.promise.amount);
  lists(raw.calendar, ["years", "arranged"]);
  raw.calendar.years.forEach((year) => lists(year, ["holidays", "worked"]));
  raw.calendar.perDay = raw.calendar.perDay || {};
  Object.assign(raw.calendar, { unitWords: raw.unitWords });
  lists(raw.about, ["places", "hours", "channels", "enquiries", "complaints", "delivery", "fees", "agencies"]);
  return raw;
}

// Whether two items stand on one circle of items that wait for each other on paper.
const oneCircle = (data, one, other) =>
  data.items[one].circle !== undefined && data.items[one].circle === data.items[other].circle;

// Goes through what an item waits for. `met`: whether what is waited for is there; where it is not, waiting passes on to what that
// item waits for. Around a circle nothing passes.
function eachWait(data, item, met) {
  const passed = new Set();
  const open = [];
  const pass = (first) => {
    if (!passed.has(first)) open.push(...data.items[first].waits);
    passed.add(first);
  };
  for (const [first, at] of data.items[item].waits) {
    if (!met(first, at)) pass(first);
    while (open.length) {
      const [next, stage] = open.pop();
      if (oneCircle(data, item, next) || !met(next, stage)) pass(next);
    }
  }
}

// Whether an item is finished before another one starts, by way of any others; around a circle by way of those that are `there`.
function precedes(data, first, item, there) {
  const seen = new Set();
  const stack = [item];
  while (stack.length) {
    for (const [before, stage] of data.items[stack.pop()].waits) {
      if (before === first && stage === null) return true;
      if (oneCircle(data, first, item) && !(oneCircle(data, before, item) && there(before))) continue;
      if (!seen.has(before)) stack.push(before);
      seen.add(before);
    }
  }
  return false;
}

// The questionnaire gone through with the answers there are: what was asked, what is asked next (null at the end), and what becomes
// of those who answer so.
function walk(data, judge, given) {
  const answers = data.questions.map(() => undefined);
  const asked = [];
  let standing = judge.standing(answers);
  let next = null;
  for (const step of data.steps) {
    if (standing.kind !== "served") break;
    if (!judge.asks(step, answers)) continue;
    if (given[step.question] === undefined) {
      next = step.question;
      break;
    }
    answers[step.question] = given[step.question];
    standing = judge.standing(answers);
    asked.push(step.question);
  }
  return { answers, asked, next, standing };
}

// What answers come to. Rows, times and figures are there only if everything that applies is decided.
function evaluate(data, judge, answers, without) {
  const holds = judge.context(answers);
  const left = data.items.map((item) => without.has(item.id));
  const verdicts = data.items.map((item) => holds(item.when));
  const parts = data.items.filter((_, index) => !left[index]).flatMap((item) => [
    item.when,
    ...item.stages.map((stage) => stage.when),
    ...item.rows.flatMap((row) => [row.when, ...row.fields.map(([, when]) => when)]),
    ...item.results.map((result) => result.when),
  ]);
  const decided = parts.every((part) => holds(part) !== null);
  const found = { verdicts, left, decided, holds };
  if (!decided) return found;
  const taken = verdicts.map((verdict, index) => verdict === true && !left[index]);
  const entries = ledger(data, holds, taken);
  const time = schedule(data, holds, taken);
  return { ...found, taken, entries, time, figures: counts(data, holds, taken, entries, time) };
}
