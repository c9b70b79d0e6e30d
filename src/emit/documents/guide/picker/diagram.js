// Sets of answers, as the compiler has them: node 0 is nobody, node 1 everybody; every other node looks at one variable.
function Diagram(data) {
  const nodes = [null, null];
  const unique = new Map();
  const known = new Map();

  function node(variable, children) {
    if (children.every((child) => child === children[0])) return children[0];
    const key = variable + ":" + children.join();
    let found = unique.get(key);
    if (found === undefined) {
      found = nodes.push({ variable, children }) - 1;
      unique.set(key, found);
    }
    return found;
  }
  for (const [variable, ...children] of data.nodes) {
    unique.set(variable + ":" + children.join(), nodes.push({ variable, children }) - 1);
  }

  function variable(set) { return set < 2 ? Infinity : nodes[set].variable; }
  function child(set, top, value) { return variable(set) === top ? nodes[set].children[value] : set; }

  const ends = {
    and: (a, b) => (!a || !b ? 0 : a === 1 ? b : b === 1 || a === b ? a : null),
    or: (a, b) => (a === 1 || b === 1 ? 1 : !a ? b : !b || a === b ? a : null),
    minus: (a, b) => (!a || b === 1 || a === b ? 0 : !b ? a : null),
  };
  function combine(op, a, b) {
    const end = ends[op](a, b);
    if (end !== null) return end;
    const key = op + a + "," + b;
    let found = known.get(key);
    if (found === undefined) {
      const top = Math.min(variable(a), variable(b));
      const size = data.variables[top].size;
      const children = [];
      for (let value = 0; value < size; value++) {
        children.push(combine(op, child(a, top, value), child(b, top, value)));
      }
      found = node(top, children);
      known.set(key, found);
    }
    return found;
  }
  const and = (a, b) => combine("and", a, b);
  const or = (a, b) => combine("or", a, b);
  const minus = (a, b) => combine("minus", a, b);

  // The set where a variable has one value; nobody if it has no such value.
  function literal(top, value) {
    const children = [];
    for (let other = 0; other < data.variables[top].size; other++) children.push(other === value ? 1 : 0);
    return node(top, children);
  }

  // Whatever the answers to some variables are.
  function forget(set, variables, done = new Map()) {
    if (set < 2) return set;
    if (!done.has(set)) {
      const children = nodes[set].children.map((own) => forget(own, variables, done));
      const top = nodes[set].variable;
      done.set(set, variables.has(top) ? children.reduce(or) : node(top, children));
    }
    return done.get(set);
  }

  // The questions that a set looks at, ascending.
  function questions(set, found = new Set(), seen = new Set()) {
    if (set >= 2 && !seen.has(set)) {
      seen.add(set);
      found.add(data.variables[nodes[set].variable].question);
      nodes[set].children.forEach((own) => questions(own, found, seen));
    }
    return found;
  }

  // Where these values lead; of what has none any way does.
  function follow(set, values) {
    while (set >= 2) set = nodes[set].children[Math.max(0, values[nodes[set].variable] ?? 0)];
    return set === 1;
  }

  return { and, or, minus, literal, forget, questions, follow };
}
