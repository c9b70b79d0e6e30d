// Validates the pages over whole workspaces that `build` made: every link leads somewhere, axe finds nothing wrong at two widths
// and in both type sizes, and the search finds what it should, in a browser without network.
//
//   node .ci/validate-site.mjs FOLDER        (packages as .ci/run installs them)
import { createRequire } from "node:module";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const require = createRequire(import.meta.url);
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const folder = process.argv[2];
const faults = [];

const own = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name).sort();
const pages = [join(folder, "index.html"), ...own.flatMap((name) => ["index.html", "工作台.html"].map((file) => join(folder, name, file)))].filter(existsSync);

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
let links = 0;
let looks = 0;
let searches = 0;
for (const path of pages) {
  const fault = (text) => faults.push(`${path}: ${text}`);
  // Without its script everything is there.
  const plain = await browser.newContext({ offline: true, javaScriptEnabled: false });
  const still = await plain.newPage();
  await still.goto(pathToFileURL(path).href);
  for (const card of await still.locator(".bundle").all()) if (!(await card.isVisible())) fault("a card is hidden without the script");
  if (await still.locator("#search").count() && await still.locator("#search").isVisible()) fault("the search is shown without its script");
  await plain.close();

  const context = await browser.newContext({ offline: true, bypassCSP: true });
  const page = await context.newPage();
  page.on("pageerror", (error) => fault(String(error)));
  page.on("console", (message) => message.type() === "error" && fault(message.text()));
  await page.goto(pathToFileURL(path).href);
  for (const href of await page.locator("a").evaluateAll((all) => all.map((a) => a.href))) {
    links++;
    const url = new URL(href);
    if (url.protocol === "file:") {
      const target = fileURLToPath(new URL(url.pathname, "file://"));
      if (!existsSync(target)) fault(`leads nowhere: ${decodeURIComponent(href)}`);
      else if (target === path && url.hash && !(await page.evaluate((id) => document.getElementById(id) !== null, decodeURIComponent(url.hash.slice(1))))) fault(`no such place: ${url.hash}`);
    }
  }
  for (const [width, height] of [[1280, 900], [390, 844]]) {
    for (const large of [false, true]) {
      looks++;
      await page.setViewportSize({ width, height });
      const pressed = (await page.locator(".tools button").getAttribute("aria-pressed")) === "true";
      if (pressed !== large) await page.locator(".tools button").click();
      // Also what is folded away.
      await page.evaluate(() => document.querySelectorAll("details").forEach((details) => { details.open = true; }));
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
      for (const violation of violations) fault(`${width} px${large ? ", large" : ""}: ${violation.id}: ${violation.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | ")}`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (wide > 0) fault(`${width} px${large ? ", large" : ""}: ${wide} px too wide`);
    }
  }
  if (await page.locator("#q").count()) {
    const cards = await page.locator(".bundle").evaluateAll((all) => all.map((card) => ({ id: card.id, words: card.dataset.words.split("|"), sounds: card.dataset.sound.split("|") })));
    const seen = async (query) => {
      searches++;
      await page.locator("#q").fill(query);
      return page.locator(".bundle:visible").evaluateAll((all) => all.map((card) => card.id));
    };
    for (const card of cards) {
      // By its title, by the initials of the title, by whole pinyin, and by what it is made of.
      const ways = [card.words[0], ...card.sounds[0].split(" ").slice(0, 2), card.words.at(-1), card.sounds.at(-1).split(" ")[0]];
      for (const query of ways.filter((query) => query.length > 1)) {
        if (!(await seen(query)).includes(card.id)) fault(`${query} does not find ${card.words[0]}`);
      }
    }
    if ((await seen("没有这样的东西zzzz")).length) fault("something is found for nothing");
    if (!(await page.locator("#found").textContent()).includes("没有找到")) fault("nobody says that nothing was found");
    const one = await seen(cards[0].words[0]);
    const shared = page.url();
    const other = await context.newPage();
    await other.goto("about:blank");
    await other.goto(shared);
    const again = await other.locator(".bundle:visible").evaluateAll((all) => all.map((card) => card.id));
    if (String(one) !== String(again)) fault("the link does not bring the search back");
    await other.close();
    await seen("");
    if ((await page.locator(".bundle:visible").count()) !== cards.length) fault("not everything comes back");
  }
  await context.close();
}
await browser.close();
for (const text of faults) console.error(text);
console.log(`${pages.length} pages over workspaces, ${links} links, ${looks} looks, ${searches} searches: ${faults.length} faults`);
process.exit(faults.length || !pages.length || !searches ? 1 : 0);
