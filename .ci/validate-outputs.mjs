// Validates what `build` made with tools that are not ours: the Nu validator for pages, ajv for form schemas, Graphviz and
// Mermaid for charts, and a real browser without network that fills in every form page and hands its answers to the schema.
//
//   node .ci/validate-outputs.mjs FOLDER        (packages as .ci/run installs them)
import { execFileSync, spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { mkdtempSync, readFileSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import Ajv from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { chromium } from "playwright-core";

const here = dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);
const folder = process.argv[2];
const faults = [];
const fault = (text) => faults.push(text);

function* walk(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* walk(path);
    else yield path;
  }
}
const files = [...walk(folder)];
const ending = (text) => files.filter((file) => file.endsWith(text));

// Pages.
const pages = ending(".html");
const vnu = spawnSync("java", ["-jar", require.resolve("vnu-jar/build/dist/vnu.jar"), "--errors-only", "--format", "gnu", ...pages], { encoding: "utf8" });
if (vnu.status !== 0) fault(`vnu:\n${vnu.stderr}${vnu.error ?? ""}`);
for (const page of pages) {
  const text = readFileSync(page, "utf8");
  // Links may lead out; nothing may be loaded.
  if (/<(script|img|iframe|link)[^>]+(src|href)=/.test(text) || /url\(/.test(text)) fault(`${page} loads something`);
}

// Charts.
for (const dot of ending(".dot")) execFileSync("dot", ["-Tsvg", "-o", "/dev/null", dot], { stdio: "inherit" });

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
const context = await browser.newContext({ offline: true, acceptDownloads: true });

const blank = await context.newPage();
await blank.addScriptTag({ path: join(here, "node_modules/mermaid/dist/mermaid.min.js") });
for (const chart of ending(".mmd")) {
  const message = await blank.evaluate(async (text) => {
    try {
      await globalThis.mermaid.parse(text);
      return "";
    } catch (error) {
      return String(error);
    }
  }, readFileSync(chart, "utf8"));
  if (message) fault(`${chart}: ${message}`);
}

// Forms.
const values = {
  text: "岳阳楼",
  "long-text": "岳阳市岳阳楼区",
  integer: "3",
  money: "1000.50",
  mobile: "13800138000",
  "citizen-id": "11010519491231002X",
  "credit-code": "12441500196720244T",
  division: "430602",
  date: "2026-01-31",
};

/** A generator of pseudo-random numbers, so that every run fills in the same answers. */
function numbers(seed) {
  let state = seed;
  return (limit) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * limit);
  };
}

async function fill(page, random) {
  // Answering one question shows others: go over the fields until nothing is left open.
  for (let round = 0; round < 6; round++) {
    for (const field of await page.locator(".field").all()) {
      if (!(await field.isVisible())) continue;
      const kind = await field.getAttribute("data-kind");
      const radios = await field.locator("input[type=radio]").all();
      if (radios.length) {
        if (!(await field.locator("input:checked").count())) await radios[random(radios.length)].check();
        continue;
      }
      const boxes = await field.locator("input[type=checkbox]").all();
      if (boxes.length) {
        if (!(await field.locator("input:checked").count())) await boxes[random(boxes.length)].check();
        continue;
      }
      const one = field.locator("input,textarea,select").first();
      if (await one.inputValue()) continue;
      if (kind === "number" || kind === "decimal" || kind === "integer") {
        const min = Number((await one.getAttribute("min")) ?? 1);
        // Small numbers: large ones leave the bundle through an exit.
        await one.fill(String(min + random(40)));
      } else if (values[kind]) await one.fill(values[kind]);
      else if (await one.evaluate((element) => element.tagName === "SELECT")) await one.selectOption({ index: 1 });
    }
  }
}

let filled = 0;
for (const form of ending("一张表单.html")) {
  const schema = JSON.parse(readFileSync(form.replace(".html", ".schema.json"), "utf8"));
  const ajv = formats(new Ajv({ allErrors: true, strict: false }));
  const valid = ajv.compile(schema);
  const page = await context.newPage();
  const messages = [];
  page.on("pageerror", (error) => messages.push(String(error)));
  page.on("console", (message) => message.type() === "error" && messages.push(message.text()));
  await page.goto(pathToFileURL(form).href);
  const rounds = (await page.locator("[data-question]").count()) ? 12 : 1;
  for (let round = 0; round < rounds; round++) {
    await page.reload();
    await fill(page, numbers(round + 1));
    const [download] = await Promise.all([
      page.waitForEvent("download", { timeout: 5000 }).catch(() => null),
      page.locator("button[type=submit]").click(),
    ]);
    if (!download) {
      fault(`${form}: the answers of round ${round} cannot be downloaded: ${await page.locator(".error:not(:empty)").allTextContents()}`);
      continue;
    }
    const path = join(mkdtempSync(join(tmpdir(), "form-")), "answers.json");
    await download.saveAs(path);
    const answers = JSON.parse(readFileSync(path, "utf8"));
    filled++;
    if (!valid(answers)) fault(`${form}: what the page gives is not valid: ${ajv.errorsText(valid.errors)}`);
    // What the page demands the schema demands, too; what nobody asked is refused.
    for (const key of Object.keys(answers)) {
      const { [key]: _, ...less } = answers;
      const field = page.locator(`[data-field="${key}"]`);
      // The answers to the questions stand together under a key of their own.
      const demanded = (await field.count()) ? (await field.getAttribute("data-required")) === "always" : true;
      if (demanded && valid(less)) fault(`${form}: ${key} is missing and nobody minds`);
    }
    if (valid({ ...answers, "nobody-asked": "x" })) fault(`${form}: an unknown field is accepted`);
  }
  for (const message of messages) fault(`${form}: ${message}`);
  await page.close();
}
await browser.close();

for (const text of faults) console.error(text);
console.log(`${pages.length} pages, ${ending(".dot").length + ending(".mmd").length} charts, ${filled} filled forms: ${faults.length} faults`);
process.exit(faults.length || !pages.length || !filled ? 1 : 0);
