// What some answers decide, perhaps not all being given: something applies, does not, or is open.
function Judge(data) {
  const diagram = Diagram(data);
  const { and, or, minus } = diagram;
  const variablesOf = data.questions.map((_, question) =>
    data.variables.map((own, index) => index).filter((index) => data.variables[index].question === question));

  // Which value of a variable stands for an answer; -1 if none does. Answers: true or false, the index of an option, a list of
  // indices, the text of a number or of a date.
  function valueOf(index, answer) {
    const own = data.variables[index];
    const kind = data.questions[own.question].kind;
    if (kind === "yes-no") return answer ? 1 : 0;
    if (kind === "choice") return answer;
    if (kind === "choices") return answer.includes(own.option) ? 1 : 0;
    if (kind === "date") return own.ranges.findIndex(([low, high]) => low <= answer && answer <= high);
    const given = number(answer);
    return own.ranges.findIndex(([low, high]) => compare(number(low), given) <= 0 && compare(given, number(high)) <= 0);
  }

  // Who gives these answers (by question; undefined: not answered).
  function given(answers) {
    let set = 1;
    answers.forEach((answer, question) => {
      if (answer === undefined) return;
      set = and(set, data.asked[question]);
      for (const index of variablesOf[question]) set = and(set, diagram.literal(index, valueOf(index, answer)));
    });
    return set;
  }

  function values(answers) {
    return data.variables.map((own, index) =>
      answers[own.question] === undefined ? undefined : valueOf(index, answers[own.question]));
  }

  // Whether a step of the questionnaire still matters after the answers to those before it.
  function asks(step, answers) { return diagram.follow(step.asked, values(answers)); }

  // Fewest of the parts that together hold all of a set; none can be left out.
  function fewest(whole, parts) {
    let kept = parts.map((_, index) => index);
    for (let index = parts.length - 1; index >= 0; index--) {
      const fewer = kept.filter((own) => own !== index);
      const union = fewer.reduce((set, own) => or(set, parts[own]), 0);
      if (minus(whole, union) === 0) kept = fewer;
    }
    return kept;
  }

  // What becomes of those who answer so: "served", "turned-away" (with the exits), "unasked" (with questions), "ruled-out".
  function standing(answers) {
    const others = answers.slice();
    const unasked = [];
    for (const question of data.order) {
      if (answers[question] === undefined) continue;
      others[question] = undefined;
      if (and(given(others), data.asked[question]) === 0) unasked.push(question);
      else others[question] = answers[question];
    }
    if (unasked.length) return { kind: "unasked", which: unasked };
    const possible = and(given(answers), data.possible);
    if (possible === 0) return { kind: "ruled-out", which: [] };
    if (and(possible, data.served) === 0) {
      return { kind: "turned-away", which: fewest(possible, data.exits.map((exit) => exit.when)) };
    }
    return { kind: "served", which: [] };
  }

  // Those who answer so and are served; looking at a set from there: true, false, or null while it is open.
  function context(answers) {
    const served = and(given(answers), data.served);
    const known = new Map();
    return function holds(set) {
      if (!known.has(set)) {
        const inside = and(set, served);
        known.set(set, inside === 0 ? false : minus(served, set) === 0 ? true : null);
      }
      return known.get(set);
    };
  }

  // The questions whose answers decide what is open; none of them can be left out.
  function deciders(answers, set) {
    const served = and(given(answers), data.served);
    let inside = and(set, served);
    let outside = minus(served, set);
    const own = diagram.questions(set);
    const all = [...new Set([...diagram.questions(inside), ...diagram.questions(outside)])].sort((a, b) => b - a);
    const kept = [];
    for (const question of [...all.filter((one) => !own.has(one)), ...all.filter((one) => own.has(one))]) {
      const variables = new Set(variablesOf[question]);
      const fewer = diagram.forget(inside, variables);
      const others = diagram.forget(outside, variables);
      if (and(fewer, others) !== 0) kept.push(question);
      else [inside, outside] = [fewer, others];
    }
    return kept.sort((a, b) => a - b);
  }

  return { asks, standing, context, deciders };
}
