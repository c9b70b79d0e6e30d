// Checks every BPMN file below a folder with the tools of modelers, and runs it in bpmn-engine in every case that check.py wrote:
// bpmn-moddle without warnings, bpmnlint with all rules and with those of Camunda, bpmn-js in a browser without network with every
// label in its place.
//
//   node .ci/bpmn/check.mjs FOLDER        (packages as .ci/run installs them)
import { EventEmitter } from "node:events";
import { createRequire } from "node:module";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { BpmnModdle } from "bpmn-moddle";
import { SequenceFlow } from "bpmn-elements";
import { Engine } from "bpmn-engine";
import { chromium } from "playwright-core";

const require = createRequire(import.meta.url);
const { Linter } = require("bpmnlint");
const NodeResolver = require("bpmnlint/lib/resolver/node-resolver");
const modules = join(dirname(fileURLToPath(import.meta.url)), "../node_modules");
const descriptors = {
  camunda8: { zeebe: require("zeebe-bpmn-moddle/resources/zeebe.json") },
  camunda7: { camunda: require("camunda-bpmn-moddle/resources/camunda.json") },
};

// bpmn-engine 25 lets what is not taken run through closing gateways, and joins fire early (paed01/bpmn-engine 200): it is
// stopped where it begins.
SequenceFlow.prototype.discard = () => {};

const folder = process.argv[2];
const faults = [];
let files = 0;
let runs = 0;

function* bundles(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (!entry.isDirectory()) continue;
    const path = join(folder, entry.name);
    if (entry.name === "bpmn") yield path;
    else yield* bundles(path);
  }
}

/** What the engines themselves would refuse. */
const engines = { camunda8: "camunda-cloud-8-6", camunda7: "camunda-platform-7-21" };

async function lint(path, dialect) {
  const { rootElement, warnings, elementsById } = await new BpmnModdle(descriptors[dialect] ?? {}).fromXML(readFileSync(path, "utf8"));
  for (const warning of warnings) faults.push(`${path}: ${warning.message}`);
  const rules = ["bpmnlint:all", ...(engines[dialect] ? [`plugin:camunda-compat/${engines[dialect]}`] : [])];
  for (const config of rules) {
    const linter = new Linter({ config: { extends: config }, resolver: new NodeResolver({ require }) });
    for (const [rule, found] of Object.entries(await linter.lint(rootElement)))
      for (const { id, message } of found) faults.push(`${path}: ${rule}: ${id}: ${message}`);
  }
  return elementsById;
}

/** Runs a case in bpmn-engine; the open tasks are done in the order given by `pick`. Gives what is wrong. */
async function run(source, given, pick) {
  const engine = new Engine({ name: given.name, source });
  const listener = new EventEmitter();
  const open = [];
  const counts = {};
  const ends = [];
  const wrong = [];
  listener.on("activity.wait", (api) => open.push(api));
  listener.on("activity.end", (api) => api.type === "bpmn:EndEvent" && ends.push(api.id));
  const execution = await engine.execute({ listener, variables: { answers: {} } });
  for (let step = 0; open.length && step < 300; step++) {
    for (const { id } of open) {
      const early = (given.before[id] ?? []).filter((first) => (counts[first] ?? 0) < given.tasks[first]);
      if (early.length && id !== "receipt") wrong.push(`${id} may begin before ${early}`);
    }
    const [api] = open.splice(pick(open.length), 1);
    const decisions = given.decisions[api.id] ?? [{}];
    Object.assign(api.environment.variables, decisions[Math.min(counts[api.id] ?? 0, decisions.length - 1)]);
    if (api.id === "questions" || api.id === "submission") Object.assign(api.environment.variables, { answers: given.answers, left_out: given.left_out });
    counts[api.id] = (counts[api.id] ?? 0) + 1;
    api.signal();
    await new Promise(setImmediate);
  }
  if (execution.state !== "idle" || execution.definitions.some((definition) => definition.isRunning)) wrong.push("it does not end");
  const sorted = (object) => JSON.stringify(Object.entries(object).sort());
  if (sorted(counts) !== sorted(given.tasks)) wrong.push(`done ${sorted(counts)}, expected ${sorted(given.tasks)}`);
  if (ends.join() !== given.end) wrong.push(`ends at ${ends}, expected ${given.end}`);
  return wrong;
}

async function attempt(source, given, pick) {
  try {
    return await run(source, given, pick);
  } catch (error) {
    return [String(error)];
  }
}

const picks = [() => 0, (count) => count - 1];
let mutants = 0;

async function engine(folder) {
  const source = readFileSync(join(folder, "bpmn-engine.bpmn"), "utf8");
  const cases = JSON.parse(readFileSync(join(folder, "cases.json"), "utf8"));
  for (const given of cases)
    for (const pick of picks) {
      runs++;
      for (const fault of await attempt(source, given, pick)) faults.push(`${folder}: ${given.name}: ${fault}`);
    }
  // A merge that waits for both ways has to be found out.
  const [, id] = /<exclusiveGateway id="(merge_item\w+)"/.exec(source) ?? [];
  if (!id) return;
  mutants++;
  const mutant = source.replace(new RegExp(`<exclusiveGateway id="${id}"([^]*?)</exclusiveGateway>`), `<parallelGateway id="${id}"$1</parallelGateway>`);
  for (const given of cases) if ((await attempt(mutant, given, picks[0])).length) return;
  faults.push(`${folder}: a deadlock is not noticed`);
}

/** Draws a file as modelers do and looks for every name where it belongs. */
async function draw(page, path, elements) {
  const found = await page.evaluate(async (xml) => {
    const viewer = new globalThis.BpmnJS({ container: "#canvas" });
    const { warnings } = await viewer.importXML(xml);
    const texts = {};
    const box = ({ x, y, width, height }) => ({ x, y, width, height });
    for (const element of document.querySelectorAll("[data-element-id]")) {
      const text = element.querySelector(":scope > .djs-visual > text");
      const shape = element.querySelector(":scope > .djs-visual > :is(rect, circle, polygon, path)");
      if (!text) continue;
      const own = text.getBoundingClientRect();
      texts[element.dataset.elementId.replace(/_label$/, "")] = {
        text: text.textContent.replace(/\s+/g, ""),
        own: box(own),
        shape: shape && !element.dataset.elementId.endsWith("_label") ? box(shape.getBoundingClientRect()) : null,
      };
    }
    const lanes = viewer.get("elementRegistry").filter((element) => element.type === "bpmn:Lane").length;
    viewer.destroy();
    return { warnings: warnings.map(String), texts, lanes };
  }, readFileSync(path, "utf8"));
  for (const warning of found.warnings) faults.push(`${path}: ${warning}`);
  let lanes = 0;
  for (const element of Object.values(elements)) {
    lanes += element.$type === "bpmn:Lane";
    if (!element.name || /Process|DataObject$|:Error$/.test(element.$type)) continue;
    const shown = found.texts[element.id];
    if (shown?.text !== element.name.replace(/\s+/g, "")) faults.push(`${path}: ${element.id} shows “${shown?.text}”, not “${element.name}”`);
    const { own, shape } = shown ?? {};
    if (own && !own.width) faults.push(`${path}: the name of ${element.id} cannot be seen`);
    const inside = !shape || (own.x >= shape.x && own.y >= shape.y && own.x + own.width <= shape.x + shape.width && own.y + own.height <= shape.y + shape.height);
    if (!inside) faults.push(`${path}: the name of ${element.id} is too long for its place`);
  }
  if (lanes !== found.lanes) faults.push(`${path}: ${found.lanes} lanes of ${lanes} are drawn`);
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
const context = await browser.newContext({ offline: true, viewport: { width: 1600, height: 1000 } });
const page = await context.newPage();
await page.setContent('<div id="canvas" style="width:1500px;height:900px"></div>');
for (const style of ["diagram-js.css", "bpmn-js.css"]) await page.addStyleTag({ path: join(modules, "bpmn-js/dist/assets", style) });
await page.addScriptTag({ path: join(modules, "bpmn-js/dist/bpmn-viewer.production.min.js") });

for (const path of bundles(folder)) {
  for (const file of readdirSync(path).filter((file) => file.endsWith(".bpmn")).sort()) {
    files++;
    const elements = await lint(join(path, file), file.replace(".bpmn", ""));
    // The drawing is the same in every dialect.
    if (file === "spiff.bpmn") await draw(page, join(path, file), elements);
  }
  if (existsSync(join(path, "cases.json"))) await engine(path);
}
await browser.close();
for (const fault of faults) console.error(fault);
console.log(`${files} BPMN files, ${runs} runs in bpmn-engine, ${mutants} mutants: ${faults.length} faults`);
process.exit(faults.length || !runs || !mutants ? 1 : 0);
