// Runs the form schemas that `build` made in the libraries they are for, and compares what each of them says: the JSON Schema in
// ajv, the Formily schema in @formily/core with @formily/json-schema (headless), and the conditions of plan.json in an evaluator
// of our own that shares nothing with either. Every typical scenario and 500 answer sets a bundle, made from a seed: the same
// fields shown, the same required, the same answers refused. Then schemas are spoiled one by one, and that has to be noticed.
//
//   node .ci/validate-forms.mjs FOLDER...     (packages as .ci/run installs them)
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import Ajv from "ajv/dist/2020.js";
import formats from "ajv-formats";

// Their bundles for modules import without file endings, which Node does not read; those for `require` do.
const require = createRequire(import.meta.url);
const { createForm } = require("@formily/core");
const { Schema } = require("@formily/json-schema");

const SETS = 500;
const MUTANTS = 40;

function* walk(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* walk(path);
    else yield path;
  }
}
const read = (path) => JSON.parse(readFileSync(path, "utf8"));
const copy = (value) => JSON.parse(JSON.stringify(value));
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

/** A generator of pseudo-random numbers below a limit: every run makes the same answers. */
function numbers(seed) {
  let state = seed >>> 0;
  return (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 4294967296) * limit);
  };
}

// ---- The plan: what holds of answers, by identifiers. ----

/** A decimal as a whole number of 10⁻¹². */
function exact(text) {
  const [, sign, whole, part = ""] = /^(-?)(\d+)(?:\.(\d{1,12}))?$/.exec(String(text)) ?? [];
  if (whole === undefined) throw new Error(`not a decimal: ${text}`);
  const value = BigInt(whole + part.padEnd(12, "0"));
  return sign ? -value : value;
}

class Plan {
  constructor(plan) {
    this.plan = plan;
    this.questions = plan.questions;
    this.fields = plan.form.groups.flatMap((group) => group.fields);
    this.never = [...plan.constraints, ...plan.exits.map((exit) => exit.when)].map((when) => when.tree);
  }

  /** Whether a condition holds; `answers` by id, without those that nobody asked for. */
  holds(tree, answers) {
    if (tree.all) return tree.all.every((part) => this.holds(part, answers));
    if (tree.any) return tree.any.some((part) => this.holds(part, answers));
    if (tree.not) return !this.holds(tree.not, answers);
    const { question, options, option, op, number, date } = tree.one_of ?? tree.includes ?? tree.number ?? tree.date ?? { question: tree.yes };
    const given = answers[question];
    if (tree.yes !== undefined) return given === true;
    if (given === undefined) return false;
    if (options) return options.includes(given);
    if (option) return given.includes(option);
    const [a, b] = number === undefined ? [given, date] : [exact(given), exact(number)];
    return { "=": a === b, "!=": a !== b, "<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b }[op];
  }

  asked(answers) {
    return this.questions.filter((question) => !question.when || this.holds(question.when.tree, answers)).map((question) => question.id);
  }

  shown(answers) {
    return this.fields.filter((field) => !field.when || this.holds(field.when.tree, answers));
  }

  required(answers) {
    return this.shown(answers).filter(({ required }) => required.kind === "always" || (required.kind === "when" && this.holds(required.when.tree, answers)));
  }

  /** All answers but those that are not asked for. */
  settled(all) {
    let answers = {};
    for (let round = 0; round <= this.questions.length + 1; round++) {
      const asked = this.asked(answers);
      const next = Object.fromEntries(asked.map((id) => [id, all[id]]));
      if (same(Object.keys(next).sort(), Object.keys(answers).sort())) return next;
      answers = next;
    }
    throw new Error("questions wait for each other");
  }

  /** What a question can be answered by: around every value that a condition compares with. */
  candidates(question) {
    if (question.kind === "yes-no") return [true, false];
    const options = question.options?.map((option) => option.id);
    if (question.kind === "choice") return options;
    if (question.kind === "choices") {
      const sets = options.map((option) => [option]);
      return [[], ...sets, options, ...options.map((option) => options.filter((other) => other !== option))];
    }
    const values = new Set();
    const visit = (node) => {
      if (node === null || typeof node !== "object") return;
      const value = node.question === question.id && (node.number ?? node.date);
      if (typeof value === "string") values.add(value);
      Object.values(node).forEach(visit);
    };
    visit(this.plan);
    if (question.kind === "number") {
      const step = 10n ** BigInt(12 - question.decimals);
      const [min, max] = [exact(question.min), exact(question.max)];
      const around = [...values].flatMap((value) => [exact(value) - step, exact(value), exact(value) + step]);
      const within = [min, max, (min + max) / 2n / step * step, ...around].filter((value) => value >= min && value <= max && value % step === 0n);
      // Nine digits before the point and twelve behind it: the numbers that forms are filled in with are far shorter.
      return [...new Set(within)].map((value) => Number(value) / 1e12);
    }
    const beside = (day, days) => new Date(Date.parse(day) + days * 86400000).toISOString().slice(0, 10);
    const days = [...values].flatMap((day) => [beside(day, -1), day, beside(day, 1)]);
    const all = ["2000-02-29", question.min ?? "1950-01-01", question.max ?? "2030-12-31", ...days];
    return [...new Set(all)].filter((day) => (!question.min || day >= question.min) && (!question.max || day <= question.max));
  }

  /** Typical scenarios, then answers at random. */
  sets(count, seed) {
    const random = numbers(seed);
    const choices = new Map(this.questions.map((question) => [question.id, this.candidates(question)]));
    const pick = () => Object.fromEntries(this.questions.map((question) => [question.id, choices.get(question.id)[random(choices.get(question.id).length)]]));
    const typical = this.plan.scenarios.map((scenario) => {
      const all = pick();
      for (const question of this.questions) {
        const given = scenario.answers[question.name];
        if (given === undefined) continue;
        if (question.kind === "yes-no") all[question.id] = given === "是";
        else if (question.kind === "number") all[question.id] = Number(/^-?[\d.]+/.exec(given)[0]);
        else if (question.kind === "choices") {
          const names = Array.isArray(given) ? given : given.split("、");
          all[question.id] = question.options.filter((option) => names.includes(option.name)).map((option) => option.id);
        } else if (question.kind === "choice") all[question.id] = question.options.find((option) => option.name === given).id;
        else all[question.id] = given;
      }
      return all;
    });
    const drawn = this.questions.length === 0 ? [{}] : Array.from({ length: count }, pick);
    return [...typical, ...drawn].map((all) => this.settled(all));
  }
}

// ---- The JSON Schema. ----

const samples = {
  integer: 3, decimal: 2.5, money: "1000.50", mobile: "13800138000", "citizen-id": "11010519491231002X",
  "credit-code": "12441500196720244T", division: "430602", date: "2026-01-31", "yes-no": false,
};

/** Something to fill in. */
function sample(field) {
  if (field.kind === "choice") return field.options[0];
  if (field.kind === "choices") return [field.options[0]];
  if (field.kind === "integer" || field.kind === "decimal") return field.min === null ? samples[field.kind] : Number(field.min);
  return samples[field.kind] ?? "岳阳楼".slice(0, field.max_length ?? 3);
}

class Document {
  constructor(schema) {
    const ajv = () => formats(new Ajv({ strict: false, validateFormats: true }));
    this.whole = ajv().compile({ ...schema, $id: undefined });
    // Without the answers that the form is not for: they are refused whatever the fields are.
    const rules = (schema.allOf ?? []).filter((rule) => !rule.not);
    this.rules = ajv().compile({ ...schema, $id: undefined, allOf: rules.length ? rules : undefined });
  }
}

// ---- The library. ----

class Library {
  constructor(json) {
    this.form = createForm();
    this.nodes = new Map();
    this.paths = new Map();
    this.mount(new Schema(json), undefined);
  }

  /** As its React and Vue bindings create fields. */
  mount(schema, basePath) {
    for (const { key, schema: child } of Schema.getOrderProperties(schema)) {
      const create = { object: "createObjectField", array: "createArrayField", void: "createVoidField" }[child.type] ?? "createField";
      const field = this.form[create]({ ...child.toFieldProps({}), basePath, name: key });
      field.onMount();
      this.nodes.set(field.address.toString(), [field, child]);
      this.paths.set(field.path.toString(), field);
      if (child.type === "object" || child.type === "void") this.mount(child, field.address);
    }
  }

  at(path) {
    return this.paths.get(path);
  }

  /** Answers as a person does, one visible question after another in some order, changing what was answered before. */
  answer(answers, random) {
    const order = Object.keys(answers);
    for (let index = order.length - 1; index > 0; index--) {
      const other = random(index + 1);
      [order[index], order[other]] = [order[other], order[index]];
    }
    for (let round = 0; round <= order.length; round++) {
      for (const id of order) {
        const field = this.at(`answers.${id}`);
        if (field.visible && !same(field.value, answers[id])) field.setValue(copy(answers[id]));
      }
    }
  }

  values() {
    return copy(this.form.values);
  }

  async refused() {
    try {
      await this.form.validate();
      return [];
    } catch (errors) {
      return errors.map((error) => error.path).sort();
    }
  }
}

// ---- What all of them have to agree on. ----

/** The first disagreement in words, or nothing. `deep` also lets the library validate. */
async function disagreement(plan, document, library, answers, random, deep) {
  library.answer(answers, random);
  const told = (what) => `${what}\n    answers ${JSON.stringify(answers)}`;
  const asked = plan.questions.filter((question) => library.at(`answers.${question.id}`).visible).map((question) => question.id);
  if (!same(asked.sort(), Object.keys(answers).sort())) return told(`Formily asks ${asked}`);
  const held = library.values().answers ?? {};
  if (!same(Object.entries(held).sort(), Object.entries(answers).sort())) return told(`Formily holds ${JSON.stringify(held)}`);

  const ids = (fields) => fields.map((field) => field.id);
  const shown = plan.fields.filter((field) => library.at(`fields.${field.id}`).visible);
  const required = shown.filter((field) => library.at(`fields.${field.id}`).required);
  if (!same(ids(shown), ids(plan.shown(answers)))) return told(`Formily shows ${ids(shown)}\n    the plan ${ids(plan.shown(answers))}`);
  if (!same(ids(required), ids(plan.required(answers)))) return told(`Formily requires ${ids(required)}\n    the plan ${ids(plan.required(answers))}`);
  for (const [address, [node, schema]] of library.nodes) {
    if (schema["x-component"] !== "Card" || !address.startsWith("layout.fields.")) continue;
    const inside = plan.fields.filter((field) => schema.properties[field.id]);
    if (node.visible !== inside.some((field) => shown.includes(field)) && inside.length) return told(`the card ${address} is ${node.visible ? "empty" : "missing"}`);
  }

  const { rules, whole } = document;
  const fields = Object.fromEntries(shown.map((field) => [field.id, sample(field)]));
  if (!rules({ answers, fields })) return told(`ajv refuses what is complete: ${JSON.stringify(rules.errors[0])}`);
  for (const field of plan.fields) {
    const { [field.id]: _, ...less } = fields;
    if (shown.includes(field)) {
      if (rules({ answers, fields: less }) === required.includes(field)) return told(`ajv says otherwise about ${field.id} being required`);
    } else if (rules({ answers, fields: { ...fields, [field.id]: sample(field) } })) return told(`ajv takes ${field.id}, which is not shown`);
  }
  for (const question of plan.questions) {
    const { [question.id]: _, ...less } = answers;
    const more = { ...answers, [question.id]: plan.candidates(question)[0] };
    if (question.id in answers ? rules({ answers: less, fields }) : rules({ answers: more, fields })) return told(`ajv does not mind ${question.id}`);
  }
  const never = plan.never.some((tree) => plan.holds(tree, answers));
  if (whole({ answers, fields }) === never) return told(`ajv ${never ? "takes" : "refuses"} answers that are ${never ? "not for this form" : "good"}`);

  if (deep) {
    for (const field of shown) library.at(`fields.${field.id}`).setValue(copy(fields[field.id]));
    const refused = await library.refused();
    if (!same(refused, never ? ["answers"] : [])) return told(`Formily refuses ${refused}`);
    if (!same(Object.keys(library.values().fields ?? {}).sort(), ids(shown).sort())) return told("Formily sends other fields than it shows");
    for (const field of shown) library.at(`fields.${field.id}`).setValue(undefined);
    const missing = (await library.refused()).filter((path) => path !== "answers");
    if (!same(missing, ids(required).map((id) => `fields.${id}`).sort())) return told(`Formily misses ${missing}`);
  }
  return undefined;
}

async function first(plan, document, formily, sets, deepSets, fresh) {
  try {
    const library = new Library(formily);
    const random = numbers(7);
    for (const [index, answers] of sets.entries()) {
      const found = await disagreement(plan, document, library, answers, random, index < deepSets);
      if (found) return found;
    }
    // And not only after other answers.
    for (const answers of sets.slice(0, fresh)) {
      const found = await disagreement(plan, document, new Library(formily), answers, random, false);
      if (found) return `in a new form: ${found}`;
    }
  } catch (error) {
    return String(error.stack ?? error);
  }
  return undefined;
}

/** Every text that the library holds is the text of the schema, and none was run. */
function texts(formily) {
  const faults = [];
  for (const [address, [field, schema]] of new Library(formily).nodes) {
    const held = { title: field.title, description: field.description, data: field.data, enum: field.dataSource, props: field.componentProps, item: field.decoratorProps };
    const said = { title: schema.title, description: schema.description, data: schema["x-data"], enum: schema.enum, props: schema["x-component-props"], item: schema["x-decorator-props"] };
    for (const key of Object.keys(said)) {
      if (said[key] !== undefined && !same(held[key], said[key])) faults.push(`${address}: ${key} is ${JSON.stringify(held[key])}`);
    }
  }
  if (globalThis.evaluated !== undefined) faults.push(`a name was run: ${globalThis.evaluated}`);
  return faults;
}

// ---- Spoiled schemas. ----

function* nodes(schema, path = []) {
  for (const [key, child] of Object.entries(schema.properties ?? {})) {
    yield [[...path, key], child];
    yield* nodes(child, [...path, key]);
  }
}

function* mutants(plan, schema, formily) {
  const ids = new Set([...plan.fields, ...plan.questions].map((entry) => entry.id));
  for (const [path, node] of nodes(formily)) {
    if (!ids.has(path.at(-1))) continue;
    const mutant = (name, change) => {
      const other = copy(formily);
      const card = path.slice(0, -1).reduce((at, key) => at.properties[key], other);
      change(card.properties[path.at(-1)], card);
      return [`Formily ${path.at(-1)}: ${name}`, schema, other];
    };
    const state = node["x-reactions"]?.fulfill?.state ?? {};
    for (const which of Object.keys(state)) {
      yield mutant(`${which} always`, (at, card) => {
        at["x-reactions"].fulfill.state[which] = "{{true}}";
        // The card has the same conditions and would hide it all the same.
        delete card["x-reactions"];
      });
      yield mutant(`${which} reversed`, (at) => (at["x-reactions"].fulfill.state[which] = `{{!(${state[which].slice(2, -2)})}}`));
    }
    if (node["x-reactions"]) yield mutant("no dependencies", (at) => delete at["x-reactions"].dependencies);
    if (path.includes("fields") && !state.required) yield mutant("required turned", (at) => (at.required = !at.required));
    if (state.visible?.includes(" <= ")) yield mutant("a bound", (at) => (at["x-reactions"].fulfill.state.visible = state.visible.replace(" <= ", " < ")));
  }
  for (const index of (schema.allOf ?? []).keys()) {
    const other = copy(schema);
    const [gone] = other.allOf.splice(index, 1);
    if (!other.allOf.length) delete other.allOf;
    yield [`JSON Schema without ${JSON.stringify(gone).slice(0, 120)}`, other, formily];
  }
}

/** Some of a list. */
function chosen(list, count, random) {
  const rest = [...list];
  return Array.from({ length: Math.min(count, list.length) }, () => rest.splice(random(rest.length), 1)[0]);
}

const folders = process.argv.slice(2);
const faults = [];
let forms = 0, compared = 0, spoiled = 0, unread = 0;
for (const path of folders.flatMap((folder) => [...walk(folder)])) {
  if (!path.endsWith("一张表单.formily.json")) continue;
  const formily = read(path);
  const schema = read(path.replace(".formily.json", ".schema.json"));
  const plan = new Plan(read(join(dirname(path), "plan.json")));
  const sets = plan.sets(SETS, 20261122);
  forms++;
  compared += sets.length;
  const document = new Document(schema);
  const found = await first(plan, document, formily, sets, 40, 10);
  if (found) faults.push(`${path}: ${found}`);
  faults.push(...texts(formily).map((text) => `${path}: ${text}`));

  // Few of the answers are enough for a spoiled one; where they are not, all of them are tried.
  for (const [name, otherSchema, otherFormily] of chosen([...mutants(plan, schema, formily)], MUTANTS, numbers(3))) {
    spoiled++;
    const other = otherSchema === schema ? document : new Document(otherSchema);
    const few = [...sets.slice(0, plan.plan.scenarios.length), ...sets.slice(-30)];
    if (!(await first(plan, other, otherFormily, few, 0, 0)) && !(await first(plan, other, otherFormily, sets, 0, 0))) {
      faults.push(`${path}: nobody notices: ${name}`);
    }
  }
  // Names are text because the schema says so: without that word of the schema some of them would be run.
  const bare = JSON.parse(JSON.stringify(formily), (key, value) => (key === "x-compile-omitted" ? undefined : value));
  if (JSON.stringify(formily).includes("{{globalThis.evaluated")) {
    try {
      new Library(bare);
    } catch {
      // What does not even compile was run all the same.
    }
    if (globalThis.evaluated !== undefined) unread++;
    delete globalThis.evaluated;
  }
}
for (const text of faults) console.error(text);
console.log(`${forms} forms, ${compared} answer sets, ${spoiled} spoiled schemas, ${unread} forms with names that would be run: ${faults.length} faults`);
process.exit(faults.length || !forms || !spoiled || !unread ? 1 : 0);
