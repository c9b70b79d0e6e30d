/** In the page: goes to an address and reads what is shown. */
export async function read(hash) {
  if (location.hash !== hash && !(hash === "#" && !location.hash)) {
    const changed = new Promise((done) => addEventListener("hashchange", done, { once: true }));
    location.hash = hash;
    await changed;
  }
  const picker = document.getElementById("picker");
  const all = (selector, within = picker) => [...within.querySelectorAll(selector)];
  const text = (selector) => picker.querySelector(selector)?.textContent ?? null;
  const day = (shown) => (shown === null ? null : shown.slice(0, 10));
  const seen = { state: picker.dataset.state, alerts: all("[role=alert] p").map((one) => one.textContent).join() };
  seen.exits = (picker.querySelector("[data-exits]")?.dataset.exits ?? "").split(",").filter(Boolean).map(Number);
  const group = (heading) => {
    const found = all(".right h4").find((one) => one.textContent === heading);
    return found ? all("li", found.nextElementSibling) : [];
  };
  seen.sure = group("一定要办的").map((one) => one.querySelector("strong").textContent);
  seen.open = group("还不能确定的").map((one) => one.querySelector("strong").textContent);
  seen.waiting = group("还不能确定的").map((one) => [...one.querySelector(".quiet").textContent.matchAll(/“([^”]*)”/g)].map((match) => match[1]));
  seen.never = group("不用办的").map((one) => one.querySelector("strong").textContent);
  seen.items = all("[data-item]").map((one) => one.dataset.item);
  seen.rows = {};
  for (const one of all("[data-row]")) {
    const { row, fate, mechanism } = one.dataset;
    const reason = () => [...one.querySelector("p").childNodes].filter((node) => node.nodeType === 3).map((node) => node.textContent).join("");
    seen.rows[row] = fate === "goes" ? `goes ${mechanism} ${reason().normalize("NFKC").replace(/\s/g, "")}` : fate;
  }
  const side = (name) => Object.fromEntries(all(`[data-${name}]`).map((one) => [{ distinct: "distinct_materials" }[one.dataset[name]] ?? one.dataset[name], one.textContent]));
  seen.before = side("before");
  seen.after = side("after");
  const steps = all("table").find((table) => table.caption?.textContent === "办理步骤");
  const plain = (cell) => {
    const copy = cell.cloneNode(true);
    copy.querySelectorAll("em").forEach((mark) => mark.remove());
    return copy.textContent;
  };
  seen.tasks = steps ? all("tbody tr", steps).map((row) => [plain(row.cells[0]), row.cells[3].textContent, row.cells[4]?.textContent]) : [];
  seen.refused = all(".alert").map((one) => one.textContent).join();
  seen.finished = day(text("[data-date=finished]"));
  seen.promised = day(text("[data-date=promised]"));
  const fact = (name) => all(".dates .facts > div").find((one) => one.querySelector("dt").textContent === name)?.querySelector("dd").textContent ?? null;
  seen.accepted = day(fact("受理"));
  seen.holidays = fact("其间放假") ?? "";
  return seen;
}
