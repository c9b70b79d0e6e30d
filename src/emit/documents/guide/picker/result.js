// What this applicant has to do: counts, materials, items, time, places.
const MECHANISMS = {
  "one-form": "申请表合并", "same-document": "同一材料只收一次", "produced-in-bundle": "前序结果免交", "e-licence": "电子证照",
  "data-share": "数据共享", commitment: "告知承诺", deferred: "容缺", abolished: "取消",
};
const FIGURES = [
  ["materials", "材料（件次）", "件"], ["distinct", "材料（种类）", "种"], ["days", "办理时间", ""],
  ["forms", "申请表", "张"], ["fields", "填写项", "项"], ["steps", "环节", "个"], ["visits", "跑动", "次"],
];

// Reasons without those that only say more than another one.
function simplest(reasons) {
  const parts = reasons.map((reason) => reason.split("，且"));
  return reasons.filter((_, index) => !parts.some((fewer, other) => other !== index && fewer.every((part) => parts[index].includes(part))));
}
// The rows to hand in, each with all the rows that it stands for.
function papers(data, found) {
  const root = (entry) => (entry.standing ? root(entry.standing) : entry);
  return found.entries.filter((entry) => entry.fate !== "goes").map((entry) => {
    const members = found.entries.filter((own) => root(own) === entry);
    const rows = members.map((own) => own.row);
    const identity = data.identities[entry.row.identity] || {};
    const first = (get) => rows.map(get).find(Boolean);
    const whys = rows.some((row) => !row.why) ? [] : simplest(unique(rows.map((row) => row.why)));
    return {
      entry,
      members,
      name: entry.fate === "form" ? data.about.formName : entry.row.name,
      labels: unique(rows.map((row) => row.label)),
      items: unique(members.map((own) => data.items[own.item].name)),
      shape: (first((row) => row.form) || "") + Math.max(...rows.map((row) => row.copies)) + "份",
      whys,
      issuer: first((row) => row.issuer) || identity.issuer,
      origin: first((row) => row.origin),
      remarks: ["instructions", "validity", "paper", "seal", "note"].map((key) => [key, first((row) => row.remarks[key])]).filter(([, text]) => text),
      blank: first((row) => row.blank),
      sample: first((row) => row.sample),
      basis: first((row) => row.basis.length && row.basis) || [],
    };
  });
}
const REMARKS = { validity: "出具时间：", paper: "规格：", seal: "签章：", instructions: "", note: "" };

function figure(data, key, value, unit) {
  if (value === null) return "没有写明";
  return key === "days" ? amount(value, data.unit, data) : `${value}${unit}`;
}
// Whole percent, halves up; what was nothing has none.
function saved(before, after) {
  if (before === null || after === null) return null;
  const [from, to] = [before, after].map((value) => (typeof value === "number" ? fraction(BigInt(value), BigInt(1)) : value));
  if (!from.n) return null;
  const hundredth = times(subtract(from, to), { n: from.d * BigInt(100), d: from.n });
  const less = compare(hundredth, ZERO) >= 0;
  const size = less ? hundredth : subtract(ZERO, hundredth);
  const share = (size.n * BigInt(2) + size.d) / (size.d * BigInt(2));
  return share ? (less ? `减${share}%` : `增${share}%`) : null;
}

function resultView(page) {
  const { data, calendar } = page;
  const weekday = (day) => "日一二三四五六"[(((day + 4) % 7) + 7) % 7];
  const showDay = (day) => `${calendar.write(day)}（周${weekday(day)}）`;

  function when(found, state) {
    if (!state.from) return {};
    try {
      return { dates: dates(data, calendar, found.time, calendar.read(state.from)) };
    } catch (error) {
      return { fault: error.message };
    }
  }

  function tiles(found, day) {
    const { before, after } = found.figures;
    const tile = (label, value, note) => {
      const [, size, unit] = /^([\d.又/]*)(.*)$/.exec(value);
      return el("div", {}, el("dt", {}, label), el("dd", { class: "now" }, size ? [el("b", {}, size), el("small", {}, unit)] : el("small", {}, unit)),
        note && el("dd", { class: "was" }, note));
    };
    const was = (key, unit) => {
      const share = saved(before[key], after[key]);
      return before[key] === null ? null : [el("span", {}, "原 " + figure(data, key, before[key], unit)), share && el("em", {}, share)];
    };
    return el("dl", { class: "kpi tiles" },
      tile("办理事项", `${found.taken.filter(Boolean).length}个`),
      tile("提交材料", figure(data, "materials", after.materials, "件"), was("materials", "件")),
      tile("办理时间", figure(data, "days", after.days, ""), was("days", "")),
      tile("跑动", figure(data, "visits", after.visits, "次"), was("visits", "次")),
      day.dates && (day.dates.promised ?? day.dates.finished) !== null && el("div", { class: "date" }, el("dt", {}, `${calendar.write(day.dates.applied)}申请`),
        day.dates.promised !== null && el("dd", {}, "承诺", el("b", {}, showDay(day.dates.promised)), "前办结"),
        day.dates.finished !== null && el("dd", {}, "算下来", el("b", {}, showDay(day.dates.finished)), "办完")));
  }

  function paper(own, index) {
    const { entry } = own;
    const id = `paper-${index}`;
    const source = own.issuer ? `由${own.issuer}出具` : own.origin;
    const lines = [
      own.whys.length && ["为什么要", own.whys.join("；或者")],
      ["用于", own.items.join("、")],
      source && ["哪里来", source],
      entry.fate === "form" && own.labels.length > 1 && ["代替", own.labels.join("、")],
      entry.reason && entry.fate === "stays" && ["注意", entry.reason],
      ...own.remarks.map(([key, text]) => ["要求", REMARKS[key] + text]),
      own.blank && ["空白表", place(own.blank)],
      own.sample && ["样表", place(own.sample)],
      own.basis.length && ["依据", own.basis.join("；")],
    ].filter(Boolean);
    return el("li", { "data-row": `${entry.item}.${data.items[entry.item].rows.indexOf(entry.row)}`, "data-fate": entry.fate },
      el("input", { type: "checkbox", id }),
      el("div", {},
        el("label", { for: id }, own.name, " ", el("span", { class: "shape" }, own.shape),
          entry.fate === "deferred" && el("em", { class: "tag" }, "可容缺"),
          entry.row.kind === "added" && el("em", { class: "tag" }, "改革后新增")),
        entry.fate === "deferred" && el("p", { class: "defer" }, entry.reason),
        el("dl", {}, lines.map(([name, text]) => el("div", {}, el("dt", {}, name), el("dd", {}, text))))));
  }

  function materials(found, list) {
    const gone = found.entries.filter((entry) => entry.fate === "goes");
    const silent = data.items.filter((item, index) => found.taken[index] && item.silent).map((item) => item.name);
    return el("section", { "aria-labelledby": "h-papers" },
      el("h3", { id: "h-papers" }, `要交的材料（${list.length}件）`),
      silent.length > 0 && el("p", { class: "alert" }, `${silent.join("、")}还没有列出材料，以窗口告知为准。`),
      list.length > 0 && el("p", { class: "hint" }, "备齐一件，勾一件（只在这台设备上，不保存）。"),
      el("ul", { class: "papers" }, list.map(paper)),
      gone.length > 0 && el("details", {},
        el("summary", {}, `这些不用交（${gone.length}件）`),
        el("ul", { class: "gone" }, gone.map((entry) => el("li", {
          "data-row": `${entry.item}.${data.items[entry.item].rows.indexOf(entry.row)}`, "data-fate": "goes", "data-mechanism": entry.mechanism,
        },
          el("strong", {}, entry.row.label), el("span", { class: "quiet" }, `（${data.items[entry.item].name}）`),
          el("p", {}, el("em", { class: "tag good" }, MECHANISMS[entry.mechanism]), entry.reason))))));
  }

  function itemCards(found) {
    const rows = data.items.filter((_, index) => found.taken[index]);
    return el("section", { "aria-labelledby": "h-mine-items" },
      el("h3", { id: "h-mine-items" }, `要办的事项（${rows.length}个）`),
      el("ul", { class: "cards" }, rows.map((item) => el("li", { class: item.tone || "plain", "data-item": item.id },
        el("p", { class: "what" }, el("strong", {}, item.name), item.limit && el("span", { class: "badge" }, item.limit)),
        el("p", {}, [item.official !== item.name && item.official, item.agency, item.office].filter(Boolean).join(" · ")),
        item.results.filter((own) => found.holds(own.when)).map((own) =>
          el("p", {}, "结果：" + own.name + (own.validity ? `（有效期${own.validity}）` : ""), own.sample && ["，样本：", place(own.sample)])),
        item.why && el("p", {}, "为什么办：" + item.why)))));
  }

  function timing(found, day) {
    const { time } = found;
    const name = `办理步骤和时间（${data.unitWords[data.unit]}，自受理起）`;
    const end = time.tasks.reduce((most, task) => (compare(task.finish, most) > 0 ? task.finish : most), ZERO);
    const sorted = time.tasks.map((task, index) => ({ task, index }));
    sorted.sort((a, b) => compare(a.task.start, b.task.start) || compare(a.task.finish, b.task.finish) || a.index - b.index);
    // Hundredths of a percent are enough for the eye.
    const share = (value) => {
      const hundredths = String((value.n * end.d * BigInt(10000)) / (value.d * end.n)).padStart(3, "0");
      return `${hundredths.slice(0, -2)}.${hundredths.slice(-2)}%`;
    };
    const at = (node, left, width) => {
      node.style.left = share(left);
      if (width) node.style.width = share(width);
      return node;
    };
    // A mark a day, or every so many days.
    const ticks = [];
    const step = Math.max(1, Math.ceil(wholeDays(end) / 8));
    for (let day = 0; end.n && compare(number(String(day)), end) <= 0; day += step) ticks.push(number(String(day)));
    const lines = () => ticks.map((tick) => at(el("i", { class: "tick" }), tick));
    const axis = el("div", { class: "axis" }, el("div", { class: "track" }, ticks.map((tick) => at(el("i", {}, tick.n ? words(tick) : "受理"), tick))));
    const bars = !end.n ? [] : [axis, ...sorted.map(({ task }) => {
      const tone = task.items.length === 1 ? data.items[task.items[0]].tone || "plain" : "window";
      const text = task.length.n ? words(task.length) + (data.unitWords[data.unit].endsWith("日") ? "日" : data.unitWords[data.unit]) : lengthless(task, time);
      // A quarter of the width holds a label.
      const roomy = compare(times(task.length, number("4")), end) >= 0;
      return el("div", { class: "lane" }, el("span", { class: "name" }, task.label), el("span", { class: "track" }, lines(),
        task.length.n ? at(el("span", { class: `bar ${tone}` }, roomy && text), task.start, task.length) : at(el("i", { class: `dot ${tone}` }), task.start),
        // Near the end there is no room behind.
        !roomy && (compare(times(task.finish, number("4")), times(end, number("3"))) > 0
          ? at(el("span", { class: "beside before" }, text), task.start) : at(el("span", { class: "beside" }, text), task.finish))));
    })];
    const agency = (task) => unique(task.items.map((index) => data.items[index].agency).filter(Boolean)).join("、") || "综合窗口";
    const heads = ["步骤", "谁来办", "用时", "从受理算起", day.dates && time.length && "最晚哪天办完"].filter(Boolean);
    const rows = sorted.map(({ task, index }) => [
      [task.label, task.off && el("em", { class: "tag" }, "依法不计时"), task.joint && el("em", { class: "tag good" }, "合为一次")],
      agency(task),
      task.length.n ? amount(task.length, data.unit, data) : lengthless(task, time),
      `${words(task.start)}\u2014${words(task.finish)}`,
      day.dates && time.length && calendar.write(day.dates.tasks[index]),
    ].slice(0, heads.length));
    return el("section", { "aria-labelledby": "h-mine-time" },
      el("h3", { id: "h-mine-time" }, name),
      dateLines(found, day),
      bars.length > 0 && el("div", { class: "bars", "aria-hidden": "true" }, bars),
      time.tasks.length > 0 && table("办理步骤", heads, rows),
      time.untimed.length > 0 && el("p", { class: "alert" }, `${time.untimed.map((index) => data.items[index].name).join("、")}没有写明时限，总时间因此不知道。`),
      el("p", { class: "hint" }, "能同时办的同时办，时间是最长的一条先后链；受理当日不计，不满一天的按一天算。"));
  }

  function lengthless(task, time) {
    if (task.off) return "不计时";
    return task.items.length === 1 && time.untimed.includes(task.items[0]) ? "没有写明" : "即办";
  }

  function dateLines(found, day) {
    if (day.fault) return el("p", { class: "alert" }, day.fault);
    const { promise } = data;
    if (!day.dates) {
      return el("p", {}, promise ? `承诺自受理起${promise.words === "即办" ? "当场" : promise.words}内办结。` : "没有写明承诺时限。", "填了申请日期，就能算出哪天办完。");
    }
    const { accepted, finished, promised, holidays, applied } = day.dates;
    return el("div", { class: "dates" }, facts([
      ["申请", showDay(applied)],
      ["受理", showDay(accepted) + (accepted !== applied ? "，申请那天放假，顺延" : "")],
      ["算下来办完", finished === null ? "有的时限没有写明，算不出" : el("strong", { "data-date": "finished" }, showDay(finished))],
      ["承诺办结", promised === null ? null : el("strong", { "data-date": "promised" }, showDay(promised))],
      ["其间放假", holidays.join("、")],
    ]));
  }

  function visiting(found) {
    const { about } = data;
    const fees = [...about.fees, ...data.items.filter((_, index) => found.taken[index]).flatMap((item) => item.fees)];
    const places = about.places.map((own) => el("p", {}, [own.name, own.address, own.counter, own.phone, own.hours].filter(Boolean).join("，")));
    const fee = (own) => el("p", {}, own.name + (own.rate ? `：${own.rate}` : ""), own.relief && `（减免：${own.relief}）`, own.payment && `，${own.payment}`);
    const trips = found.figures.after.visits;
    return el("section", { "aria-labelledby": "h-mine-visit" },
      el("h3", { id: "h-mine-visit" }, "跑动、地点和费用"),
      facts([
        ["跑动", trips === 0 ? "不用跑" : `${trips}次${about.visitReason ? `：${about.visitReason}` : ""}`],
        ["办理形式", about.channels.join("、")],
        ["网上办理", about.online ? place(about.online) : null],
        ["地点", places],
        ["时间", about.hours.join("；")],
        ["费用", fees.map(fee)],
        ["结果送达", about.delivery.join("；")],
        ["咨询", about.enquiries.join("；")],
      ]));
  }

  function comparison(found) {
    const { before, after } = found.figures;
    const rows = FIGURES.map(([key, label, unit]) => [
      label,
      el("span", { "data-before": key }, figure(data, key, before[key], unit)),
      el("span", { "data-after": key }, figure(data, key, after[key], unit)),
      saved(before[key], after[key]) || "\u2014",
    ]);
    return el("section", { "aria-labelledby": "h-mine-saved" },
      el("h3", { id: "h-mine-saved" }, "您这种情形，改革前后"),
      table("改革前后", ["数字", "一件一件单独办", "一次办", "变化"], rows),
      el("p", { class: "hint" }, `环节：${data.about.stepsRule}。跑动：${data.about.visitsRule}。`));
  }

  // Everything is decided.
  function whole(found, state) {
    const day = when(found, state);
    const list = papers(data, found);
    return {
      day,
      list,
      summary: `要办${found.taken.filter(Boolean).length}个事项，交${figure(data, "materials", found.figures.after.materials, "件材料")}，办理时间${figure(data, "days", found.figures.after.days, "")}，跑${found.figures.after.visits}次`,
      node: [
        tiles(found, day),
        el("div", { class: "actions" }, button("打印一次告知单", () => page.print()), page.copy && button("复制这一页的链接", () => page.copy(), { class: "second" })),
        materials(found, list), itemCards(found), timing(found, day), visiting(found), comparison(found),
      ],
    };
  }

  // Only what is certain.
  function partial(found, answers) {
    const named = (verdict) => data.items.map((item, index) => ({ item, index })).filter(({ index }) => found.verdicts[index] === verdict);
    const group = (heading, rows, more) => rows.length > 0 && [el("h4", {}, heading),
      el("ul", { class: "sure" }, rows.map((own) => el("li", {}, el("strong", {}, own.item.name), more && more(own))))];
    const waiting = (own) => {
      const questions = page.judge.deciders(answers, own.item.when).map((index) => data.questions[index].name);
      return el("span", { class: "quiet" }, `（看“${questions.join("”“")}”的回答）`);
    };
    // Whether a paper is exempt is known only at the end.
    const certain = (own) => {
      const rows = own.item.rows.filter((row) => found.holds(row.when) === true).map((row) => row.label);
      return rows.length > 0 && el("p", { class: "quiet" }, "涉及材料：" + rows.join("、"));
    };
    return [
      group("一定要办的", named(true), (own) => [own.item.agency && el("span", { class: "quiet" }, `（${own.item.agency}）`), certain(own)]),
      group("还不能确定的", named(null), waiting),
      group("不用办的", named(false)),
      el("p", { class: "hint" }, "材料哪些免交、要多长时间、哪天办完，问题答完才能算准，答完就在这里列出来。"),
    ];
  }

  function turnedAway(standing) {
    const exits = standing.which.map((index) => data.exits[index]);
    return el("div", { class: "alert", "data-exits": standing.which.join(",") },
      exits.map((exit) => [el("p", {}, el("strong", {}, `${exit.words}的，不适用本指南。`)), el("p", {}, exit.advice)]));
  }

  return { whole, partial, turnedAway };
}
