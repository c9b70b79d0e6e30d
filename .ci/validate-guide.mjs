// Holds the guide page against the compiler: for the typical and for random answers and choices of items, what a real browser shows
// is what `yijianshi scenario --batch` gives. Also: going back, reloading and links restore what was said; printing gives the
// notice; axe finds nothing; nothing is loaded; the page is small.
//
//   node .ci/validate-guide.mjs YIJIANSHI SETS WORKSPACE...        (packages as .ci/run installs them)
import { execFileSync, spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { mkdtempSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { answersOf, bare, cases, hashOf, numbers, words } from "./guide/cases.mjs";
import { read } from "./guide/read.mjs";

const require = createRequire(import.meta.url);
const [yijianshi, sets, ...workspaces] = process.argv.slice(2);
const thorough = process.env.GUIDE_ONLY_FIGURES !== "1";
const faults = [];
const fault = (text) => {
  console.error(text);
  faults.push(text);
};
const folder = mkdtempSync(join(tmpdir(), "guide-"));

function* walk(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* walk(path);
    else yield path;
  }
}
const trials = (file, lines) => {
  const input = lines.map((line) => JSON.stringify(line)).join("\n") + "\n";
  const out = spawnSync(yijianshi, ["scenario", file, "--batch", "-", "--json"], { encoding: "utf8", input, maxBuffer: 1 << 30 });
  return out.status === 0 ? out.stdout.trim().split("\n").map((line) => JSON.parse(line)) : null;
};

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
const context = await browser.newContext({ offline: true, viewport: { width: 1280, height: 900 } });
await context.addInitScript(() => {
  globalThis.printed = 0;
  globalThis.print = () => globalThis.printed++;
});

let compared = 0;
const reached = {};
const rendered = [];
let pages = 0;
for (const workspace of workspaces) {
  const made = join(folder, String(pages));
  execFileSync(yijianshi, ["build", workspace, "--out", made, "--only", "guide", "--only", "plan"], { stdio: ["ignore", "ignore", "inherit"] });
  const sources = new Map();
  for (const file of [...walk(workspace)].filter((file) => file.endsWith(".yaml"))) {
    const replies = trials(file, [{}]);
    if (replies) sources.set(replies[0].trial.id, file);
  }
  for (const path of [...walk(made)].filter((file) => file.endsWith("办事指南.html"))) {
    const plan = JSON.parse(readFileSync(path.replace("办事指南.html", "plan.json"), "utf8"));
    const source = sources.get(plan.bundle.id);
    if (!source) throw new Error(`no bundle file for ${path}`);
    pages++;
    await look(path, plan, source);
  }
}

async function look(path, plan, source) {
  const html = readFileSync(path, "utf8");
  const size = Buffer.byteLength(html.replace(/<svg[\s\S]*?<\/svg>/g, ""));
  if (size >= 300_000) fault(`${path} has ${size} bytes without pictures`);
  const page = await context.newPage();
  page.on("pageerror", (error) => fault(`${path}: ${error}`));
  page.on("console", (message) => message.type() === "error" && fault(`${path}: ${message.text()}`));
  page.on("request", (request) => !request.url().startsWith("file:") && fault(`${path} asks for ${request.url()}`));
  await page.goto(pathToFileURL(path).href);
  // Nobody looks at the page now: what is not drawn takes no time.
  await page.addStyleTag({ content: "body { display: none }" });

  const list = cases(plan, Number(sets), numbers(20260901 + pages));
  const replies = trials(source, list.map((one) => ({ answers: answersOf(plan, one), without: one.without.map((id) => plan.items.find((item) => item.id === id).name), from: one.from ?? null })));
  for (const [index, one] of list.entries()) {
    const hash = hashOf(plan, one);
    const seen = await page.evaluate(read, hash);
    compare(plan, one, replies[index], seen, (text) => fault(`${source} ${hash}\n  ${text}`));
    compared++;
    const came = replies[index].trial?.standing === "served" ? (seen.state === "result" ? "served" : "open") : (replies[index].trial?.standing ?? "unreadable");
    reached[came] = (reached[came] ?? 0) + 1;
    if (faults.length > 60) process.exit(1);
  }
  const usual = list.find((one) => one.kind === "typical") ?? list.find((one) => one.kind === "walk");
  if (thorough && usual) await behave(page, path, plan, usual);
  await page.close();
  if (process.stderr.isTTY) console.error(`${source}: ${list.length} sets`);
}

function compare(plan, one, { trial, fault: said }, seen, fault) {
  const same = (what, shown, computed) => {
    const [a, b] = [shown, computed].map((value) => JSON.stringify(value));
    if (a !== b) fault(`${what} (${one.kind}): the page has ${a}, the compiler ${b}`);
  };
  if (!trial) return fault(`the compiler cannot read it: ${said}`);
  if (trial.standing === "ruled-out" || trial.standing === "unasked") {
    // Nobody answers so: the page may use some of the answers, but then it says so.
    if (seen.state !== "start" && seen.state !== "middle" && !seen.alerts) fault(`${trial.standing}, and the page says nothing`);
    return;
  }
  if (trial.standing === "turned-away") {
    same("state", seen.state, "exit");
return same("exits", seen.exits.map((exit) => plan.exits[exit].advice), trial.grounds);
  }
  const verdicts = (verdict) => trial.items.filter((item) => item.verdict === verdict).map((item) => bare(item.name));
  if (one.kind === "prefix" && seen.state !== "result") {
    // An item that the applicant leaves out is still one that applies.
    const applies = trial.items.filter((item) => item.verdict === "applies" || (item.verdict === "left-out" && one.without.length));
    if (!one.without.length) {
      same("sure items", seen.sure.map(bare), applies.map((item) => bare(item.name)));
      same("open items", seen.open.map(bare), verdicts("open"));
      same("items that do not apply", seen.never.map(bare), verdicts("does-not-apply"));
      same("what is open", seen.waiting.map((list) => list.map(bare)), trial.items.filter((item) => item.verdict === "open").map((item) => item.open.map(bare)));
    }
    return;
  }
  same("state", seen.state, "result");
  if (seen.state !== "result") return;
  same("items", seen.items, plan.items.filter((_, index) => trial.items[index].verdict === "applies").map((item) => item.id));
  const rows = {};
  trial.items.forEach((item, index) => item.rows.forEach((row, place) => {
    if (row.verdict !== "applies" || !row.fate) return;
    const fate = { "handed-in": "stays", deferred: "deferred", "not-needed": "goes", "merged-form": "form" }[row.fate];
    rows[`${index}.${place}`] = fate === "goes" ? `goes ${row.mechanism} ${bare(row.reason)}` : fate;
  }));
  same("materials", sorted(seen.rows), sorted(rows));
  const unit = trial.schedule.unit_label;
  const amount = (length) => (length === null ? "没有写明" : words(length) + (unit.endsWith("日") ? "个" : "") + unit);
  const units = { materials: "件", distinct_materials: "种", forms: "张", fields: "项", steps: "个", visits: "次" };
  for (const side of ["before", "after"]) {
    for (const [key, value] of Object.entries(trial[side])) {
      const text = key === "days" ? amount(value) : value === null ? "没有写明" : value + units[key];
      same(`${key} ${side}`, seen[side][key], text);
    }
  }
  const tasks = trial.schedule.tasks.map((task, index) => [bare(task.label), `${words(task.start)}—${words(task.finish)}`, trial.dates?.tasks[index] ?? null].join(" "));
  same("tasks", seen.tasks.map((task) => [bare(task[0]), task[1], task[2] ?? null].join(" ")).sort(), tasks.sort());
  if (one.from) {
    if (said) return same("dates", seen.refused.includes(said), true) ;
    same("finished", seen.finished, trial.dates.finished);
    same("promised", seen.promised, trial.dates.promised);
    same("accepted", seen.accepted, trial.dates.accepted);
    same("holidays", seen.holidays, trial.dates.holidays.join("、"));
  }
}
function sorted(map) { return Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1))); }

async function behave(page, path, plan, usual) {
  const here = (text) => fault(`${path}: ${text}`);
  const address = pathToFileURL(path).href;
  const hash = hashOf(plan, { ...usual, from: "2026-09-26" });
  // By hand: question after question, as an applicant does.
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.goto("about:blank");
  await page.goto(address);
  const states = [];
  for (let step = 0; step < 60 && (await page.locator("#picker form.ask").count()); step++) {
    states.push(await page.evaluate(() => [location.hash, document.getElementById("app").textContent]));
    const form = page.locator("#picker form.ask");
    const radio = form.locator("input[type=radio]:not(:disabled)").first();
    const date = form.locator("input[type=date]");
    if (await radio.count()) await radio.check();
    else if (await date.count()) await date.fill((await date.getAttribute("min")) ?? "2026-01-05");
    else if (await form.locator("input[type=text]").count()) await form.locator("input[type=text]").fill(lowest(plan, await page.locator("#q-ask").textContent()));
    await page.keyboard.press("Tab");
    await form.locator("button[type=submit]").press("Enter");
    const focused = await page.evaluate(() => document.activeElement?.id);
    if (!["q-ask", "h-mine"].includes(focused)) here(`after an answer the focus is at ${focused}`);
  }
  for (const [hash, text] of states.reverse()) {
    await page.goBack();
    await page.waitForTimeout(30);
    const now = await page.evaluate(() => [location.hash, document.getElementById("app").textContent]);
    if (now[0] !== hash || now[1] !== text) here(`going back does not restore ${hash || "the start"}`);
  }
  // A link, and the same page again.
  await page.goto("about:blank");
  await page.goto(address + hash);
  const first = await page.evaluate(() => document.getElementById("app").textContent);
  await page.reload();
  const again = await page.evaluate(() => document.getElementById("app").textContent);
  if (first !== again || (await page.locator("#picker").getAttribute("data-state")) === "start") here("reloading does not restore the case");
  await page.locator("nav a").first().click().catch(() => {});
  await page.waitForTimeout(50);
  if (!(await page.evaluate(() => location.hash)).includes("q.") && plan.questionnaire.steps.length) here("going to a place on the page loses the case");
  // What a link says that is not known here.
  await page.goto("about:blank");
  await page.goto(`${address}#q.nobody-asked=yes&without=nothing&from=2026-02-31&x=1`);
  const alerts = await page.locator("#picker [role=alert] p").count();
  if (alerts < 4) here(`a link with four unknown parts gets ${alerts} warnings`);
  // Printing the notice.
  await page.goto("about:blank");
  await page.goto(address + hash);
  if ((await page.locator("#picker").getAttribute("data-state")) === "result") {
    await page.getByRole("button", { name: "打印一次告知单" }).click();
    if ((await page.evaluate(() => globalThis.printed)) !== 1) here("the button does not print");
    await page.emulateMedia({ media: "print" });
    const visible = await page.evaluate(() => ["header", "footer", "#picker", "main > .cols", "#notice"].map((one) => document.querySelector(one).checkVisibility()));
    if (visible.join() !== "false,false,false,false,true") here(`printing the notice shows ${visible}`);
    const pdf = join(folder, "notice.pdf");
    writeFileSync(pdf, await page.pdf({ preferCSSPageSize: true }));
    const text = bare(execFileSync("pdftotext", ["-layout", pdf, "-"], { encoding: "utf8" }));
    if (!text.includes("一次告知单")) here("the printed notice has no title");
    await page.evaluate(() => globalThis.dispatchEvent(new Event("afterprint")));
    await page.emulateMedia({ media: "screen" });
    if (await page.locator("#notice").isVisible()) here("the notice stays after printing");
  }
  // Accessibility, in each state, size of type and width.
  const source = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
  const middle = hash.split("&").slice(0, Math.max(1, plan.questionnaire.steps.length - 1)).filter((part) => part.includes("q.")).join("&");
  for (const [state, at] of [["start", "#"], ["middle", middle || "#"], ["result", hash]]) {
    for (const large of [false, true]) {
      await page.goto("about:blank");
      await page.goto(address + (large ? `${at}&size=large` : at));
      await page.evaluate(source);
      for (const width of [1280, 390]) {
        await page.setViewportSize({ width, height: 900 });
        const found = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
        for (const one of found.violations) here(`axe, ${state} ${width} ${large ? "large" : ""}: ${one.id} ${one.nodes.slice(0, 2).map((node) => node.html.slice(0, 150)).join(" ")}`);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        if (overflow > 1) here(`${state} ${width} ${large ? "large" : ""}: wider than the window by ${overflow}`);
        if (width === 390 && large) {
          const file = join(folder, `rendered-${pages}-${state}.html`);
          writeFileSync(file, await page.content());
          rendered.push(file);
        }
      }
    }
  }
}
function lowest(plan, ask) {
  const question = plan.questions.find((one) => bare(one.ask) === bare(ask));
  return question ? question.min : "1";
}

await browser.close();
if (thorough) {
  const vnu = spawnSync("java", ["-jar", require.resolve("vnu-jar/build/dist/vnu.jar"), "--errors-only", "--format", "gnu", ...rendered], { encoding: "utf8" });
  if (vnu.status !== 0) fault(`vnu on what the script makes:\n${vnu.stderr}${vnu.error ?? ""}`);
}
console.log(`${pages} guide pages, ${compared} sets of answers compared ${JSON.stringify(reached)}, ${rendered.length} states checked: ${faults.length} faults`);
process.exit(faults.length || !pages || !compared ? 1 : 0);
