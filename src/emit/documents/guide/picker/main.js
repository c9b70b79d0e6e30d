// The page: what stands in the address is shown; what the applicant does is put into the address.
const section = document.getElementById("picker");
const app = document.getElementById("app");
const sheet = document.getElementById("notice");
const data = prepare(JSON.parse(document.getElementById("data").textContent));
const calendar = Calendar(data.calendar);
const states = States(data, calendar);
const judge = Judge(data);
let { state, faults } = states.parse(stateHash());
let shown = null;

// An address that only names a place on the page says nothing about the applicant.
function stateHash() { return location.hash.includes("=") ? location.hash : ""; }

const page = {
  data, calendar, states, judge,
  answer(question, answer) {
    const answers = state.answers.slice();
    answers[question] = answer;
    go({ ...state, answers, edit: null });
  },
  edit(question) { go({ ...state, edit: question }); },
  restart() { go({ ...states.empty(), large: state.large }); },
  take(id, taken) {
    const without = new Set(state.without);
    if (taken) without.delete(id);
    else without.add(id);
    adjust({ ...state, without });
  },
  from(text) { if (text === "" || calendar.read(text) !== null) adjust({ ...state, from: text }); },
  print() {
    document.documentElement.classList.add("only-notice");
    sheet.hidden = false;
    window.print();
  },
  copy: navigator.clipboard && (async () => {
    try {
      await navigator.clipboard.writeText(location.href);
      say("链接已经复制");
    } catch {
      say("没能复制，请从地址栏复制");
    }
  }),
};
const ask = askView(page);
const result = resultView(page);
const notice = noticeView(page);
const status = el("p", { class: "vh", role: "status", "aria-live": "polite" });
const bar = el("div", { class: "bottom" });
const left = el("div", { class: "left" });
const right = el("div", { class: "right" });
function say(text) { status.textContent = text; }

// A step of the conversation: going back returns to where it was before.
function go(next) {
  state = tidy(next);
  faults = [];
  const hash = states.format(state);
  if (hash !== location.hash && !(hash === "#" && !location.hash)) location.hash = hash;
  show(true);
}
// A change of the same step.
function adjust(next) {
  state = next;
  shown = states.format(state);
  location.replace(shown);
  showResult();
}
// Without answers to what is no longer asked, once that is known.
function tidy(next) {
  const path = walk(data, judge, next.answers);
  if (path.next !== null) return next;
  return { ...next, answers: path.answers };
}

// What an address says beyond what can be used.
function leftovers(path) {
  if (path.next !== null) return [];
  const extra = state.answers.map((answer, question) => [answer, question]).filter(([answer, question]) => answer !== undefined && path.answers[question] === undefined);
  if (!extra.length) return [];
  const { kind, which } = judge.standing(data.questions.map((_, question) => state.answers[question]));
  if (kind === "unasked") return which.map((question) => `链接里对“${data.questions[question].name}”的回答，这种情形用不着，没有采用`);
  if (kind === "ruled-out") return [`链接里的回答不能都成立，没有采用：${extra.map(([, question]) => data.questions[question].name).join("、")}`];
  return [];
}

function show(focus) {
  shown = states.format(state);
  document.documentElement.classList.toggle("large", state.large);
  const path = walk(data, judge, state.answers);
  if (path.standing.kind === "ruled-out") {
    // Answers that nobody gives, from a link: they are asked anew.
    faults = [...faults, "链接里的回答不能同时成立，请重新回答"];
    state = { ...states.empty(), large: state.large };
    return show(focus);
  }
  const editing = state.edit !== null && path.asked.includes(state.edit) ? state.edit : null;
  const question = editing ?? path.next;
  const warnings = unique([...faults, ...leftovers(path)]);
  left.replaceChildren(
    ...[warnings.length && el("div", { class: "alert", role: "alert" }, warnings.map((text) => el("p", {}, text)))].filter(Boolean),
    ...(question === null ? [] : [ask.form(question, path, state.answers[question])]));
  if (question === null && path.standing.kind === "served") {
    left.append(ask.items(evaluate(data, judge, path.answers, state.without)), ask.application(state));
  }
  left.append(...[ask.answered(path, question)].filter(Boolean));
  showResult();
  if (focus) {
    const target = question === null ? document.getElementById("h-mine") : document.getElementById("q-ask");
    target.focus({ preventScroll: true });
    (question === null && left.offsetTop !== right.offsetTop ? right : section).scrollIntoView({ block: "start" });
  }
}

function showResult() {
  const path = walk(data, judge, state.answers);
  const heading = (text) => el("h3", { id: "h-mine", tabindex: "-1" }, text);
  bar.replaceChildren();
  section.dataset.state = path.standing.kind === "turned-away" ? "exit" : path.next === null ? "result" : path.asked.length ? "middle" : "start";
  sheet.replaceChildren();
  if (path.standing.kind === "turned-away") {
    right.replaceChildren(heading("不适用"), result.turnedAway(path.standing));
    return say("这种情形不适用本指南");
  }
  const found = evaluate(data, judge, path.answers, state.without);
  if (path.next !== null || !found.decided) {
    right.replaceChildren(heading("已经能确定的"), ...result.partial(found, path.answers).flat(Infinity).filter(Boolean));
    return say(path.next === null ? "还有内容定不下来" : "");
  }
  const whole = result.whole(found, state);
  right.replaceChildren(heading("我的办事清单"), ...whole.node);
  sheet.replaceChildren(...notice(path, found, whole).filter(Boolean));
  const materials = found.figures.after.materials;
  bar.append(el("span", {}, el("b", {}, String(found.taken.filter(Boolean).length)), "个事项 · ", el("b", {}, materials === null ? "?" : String(materials)), "件材料 · ",
    el("b", {}, figure(data, "days", found.figures.after.days, ""))),
  button("看清单", () => {
    right.scrollIntoView({ block: "start" });
    document.getElementById("h-mine").focus({ preventScroll: true });
  }));
  say(whole.summary);
}

section.classList.remove("noscript");
app.append(status, el("div", { class: "two" }, left, right), bar);
const large = button("大字版", () => {
  state = { ...state, large: !state.large };
  shown = states.format(state);
  location.replace(shown);
  document.documentElement.classList.toggle("large", state.large);
  large.setAttribute("aria-pressed", String(state.large));
}, { "aria-pressed": String(state.large) });
document.querySelector(".kind").append(el("span", { class: "tools" }, large, button("打印指南", () => window.print())));
window.addEventListener("hashchange", () => {
  if (location.hash && !location.hash.includes("=")) {
    // A place on the page was gone to; what was said stays in the address.
    if (shown !== "#") location.replace(shown);
    return;
  }
  if ((location.hash || "#") === shown) return;
  ({ state, faults } = states.parse(stateHash()));
  large.setAttribute("aria-pressed", String(state.large));
  show(true);
});
// On paper nothing can be unfolded.
let folded = [];
window.addEventListener("beforeprint", () => {
  folded = [...section.querySelectorAll("details:not([open])")];
  folded.forEach((own) => { own.open = true; });
});
window.addEventListener("afterprint", () => {
  folded.forEach((own) => { own.open = false; });
  document.documentElement.classList.remove("only-notice");
  sheet.hidden = true;
});
show(false);
