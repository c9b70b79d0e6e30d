// Elements: texts only ever become text.
function el(name, attributes, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (value === false || value === null || value === undefined) continue;
    if (typeof value === "function") node.addEventListener(key, value);
    else if (value === true) node.setAttribute(key, "");
    else node.setAttribute(key, value);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}
function button(text, click, attributes) { return el("button", { type: "button", click, ...attributes }, text); }
// A text that is a link if it may be followed.
function place(at) {
  return at.url ? el("a", { href: at.url, rel: "noopener noreferrer" }, at.text) : at.text;
}
function table(caption, heads, rows) {
  return el("div", { class: "stack" }, el("table", {},
    el("caption", { class: "vh" }, caption),
    el("thead", {}, el("tr", {}, heads.map((head) => el("th", { scope: "col", class: head.class }, head.text || head)))),
    el("tbody", {}, rows.map((row) => el("tr", {}, row.map((cell, index) => {
      const head = heads[index];
      if (index === 0) return el("th", { scope: "row", class: head.class }, el("span", { class: "v" }, cell));
      return el("td", { class: head.class, "data-label": head.text || head }, el("span", { class: "v" }, cell));
    }))))));
}
function facts(pairs) {
  return el("dl", { class: "facts" }, pairs.filter(([, value]) => value !== null && value !== "" && !(Array.isArray(value) && !value.length))
    .map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value))));
}
// "8个工作日", as everywhere.
function amount(length, unit, data) {
  const word = data.unitWords[unit];
  return words(length) + (word.endsWith("日") ? "个" : "") + word;
}
function unique(list) { return [...new Set(list)]; }
