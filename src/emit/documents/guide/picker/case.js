// The data as the rest of the script uses it: what the page leaves out is there again, lengths are fractions.
function prepare(raw) {
  const length = (text) => (text === undefined ? undefined : text === "undeclared" ? null : number(text) || false);
  const lists = (own, names) => names.forEach((name) => { own[name] = own[name] || []; });
  lists(raw, ["questions", "order", "variables", "nodes", "asked", "steps", "exits", "identities", "items", "joints"]);
  raw.questions.forEach((question) => lists(question, ["options", "basis"]));
  raw.variables.forEach((variable) => lists(variable, ["ranges"]));
  raw.identities.forEach((identity) => lists(identity, ["oneOf"]));
  for (const item of raw.items) {
    lists(item, ["mandatory", "stages", "waits", "before", "rows", "results", "fees"]);
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
