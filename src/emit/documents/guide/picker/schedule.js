// Time after the reform: tasks, what each waits for, the critical path. Lengths are fractions; null: not declared, false: in a unit
// that cannot be converted. What is not known counts nothing and makes the whole unknown.
function schedule(data, holds, taken) {
  const tasks = [];
  let known = true;
  const task = (label, items, length, more = {}) => {
    known = known && Boolean(length);
    return tasks.push({ label, items, length: length || ZERO, off: false, joint: false, after: new Set(), ...more }) - 1;
  };
  const ends = new Map();
  const stageTasks = new Map();
  const jointOf = new Map();
  data.joints.forEach((joint, index) => joint.members.forEach((member) => jointOf.set(member.join(), index)));
  const together = data.joints.map(() => 0);
  const chosen = data.items.map((_, index) => index).filter((index) => taken[index]);
  const parts = new Map();
  for (const index of chosen) {
    const item = data.items[index];
    const stages = item.stages.map((_, at) => at).filter((at) => !item.stages[at].dropped && holds(item.stages[at].when));
    const timed = stages.every((at) => item.stages[at].length !== null);
    if (timed && stages.length && !item.neverApart) {
      parts.set(index, stages);
      for (const at of stages) if (jointOf.has([index, at].join())) together[jointOf.get([index, at].join())]++;
    }
  }
  const start = data.acceptance === undefined ? null : task("受理", [], data.acceptance);
  for (const index of chosen) {
    const item = data.items[index];
    if (!parts.has(index)) {
      const whole = task(item.name, [index], item.whole);
      ends.set(index, [whole, whole]);
      continue;
    }
    for (const at of parts.get(index)) {
      const key = [index, at].join();
      if (jointOf.has(key) && together[jointOf.get(key)] > 1) continue;
      const stage = item.stages[at];
      stageTasks.set(key, task(`${item.name}·${stage.name}`, [index], stage.length, { off: stage.off }));
    }
  }
  const finish = data.issuing === undefined ? null : task("统一出件", [], data.issuing);
  data.joints.forEach((joint, place) => {
    if (together[place] < 2) return;
    const here = joint.members.filter(([index, at]) => parts.has(index) && parts.get(index).includes(at));
    const lengths = here.map(([index, at]) => data.items[index].stages[at].length);
    known = known && lengths.every(Boolean);
    const length = joint.limit === undefined ? greatest(lengths.filter(Boolean)) : joint.limit;
    const node = task(joint.name, here.map(([index]) => index), length, { joint: true });
    for (const member of here) stageTasks.set(member.join(), node);
  });
  const edge = (before, later) => tasks[later].after.add(before);
  for (const [index, stages] of parts) {
    const chain = stages.map((at) => stageTasks.get([index, at].join()));
    for (let at = 1; at < chain.length; at++) edge(chain[at - 1], chain[at]);
    ends.set(index, [chain[0], chain[chain.length - 1]]);
  }
  if (start !== null && finish !== null && !chosen.length) edge(start, finish);
  // The task at whose end a wait is over; null if nothing is there to wait for. Of an item that is not taken apart the end of the
  // whole is waited for.
  const endOf = (first, at) => {
    if (!ends.has(first)) return null;
    if (at === null || !parts.has(first)) return ends.get(first)[1];
    const stage = parts.get(first).filter((own) => own <= at).pop();
    return stage === undefined ? null : stageTasks.get([first, stage].join());
  };
  for (const index of chosen) {
    const [begin, end] = ends.get(index);
    eachWait(data, index, (first, at) => {
      const before = endOf(first, at);
      if (before !== null) edge(before, begin);
      return before !== null;
    });
    if (start !== null) edge(start, begin);
    if (finish !== null) edge(end, finish);
  }

  // Each task after those it waits for; none at all if some wait for each other.
  const order = [];
  const placed = new Set();
  for (let grown = true; grown; ) {
    grown = false;
    tasks.forEach((own, index) => {
      if (placed.has(index) || ![...own.after].every((before) => placed.has(before))) return;
      placed.add(index);
      order.push(index);
      grown = true;
    });
  }
  const sorted = order.length === tasks.length;
  const sequence = sorted ? order : [];
  for (const index of sequence) {
    const own = tasks[index];
    own.start = greatest([...own.after].map((before) => tasks[before].finish));
    own.finish = add(own.start, own.length);
  }
  const atLeast = greatest(sequence.map((index) => tasks[index].finish));
  const latest = tasks.map(() => atLeast);
  for (const index of [...sequence].reverse()) {
    const begin = subtract(latest[index], tasks[index].length);
    for (const before of tasks[index].after) if (compare(begin, latest[before]) < 0) latest[before] = begin;
    tasks[index].slack = subtract(latest[index], tasks[index].finish);
  }
  let serial = ZERO;
  for (const index of chosen) serial = serial && data.items[index].today ? add(serial, data.items[index].today) : null;
  return {
    tasks: sequence.map((index) => tasks[index]),
    serial,
    length: known && sorted ? atLeast : null,
    untimed: chosen.filter((index) => !parts.has(index) && data.items[index].whole === null),
  };
}
