// The question that comes next, and what was answered before.
function askView(page) {
  const { data, states, judge } = page;

  // Which answers are still possible after the others.
  function possible(question, answer, others) {
    const answers = others.slice();
    answers[question] = answer;
    const { kind } = judge.standing(answers);
    return kind === "served" || kind === "turned-away";
  }

  function form(question, path, known) {
    const own = data.questions[question];
    const others = path.answers.slice();
    others[question] = undefined;
    const describedBy = [own.help && "q-help", own.basis.length && "q-basis", "q-error"].filter(Boolean).join(" ");
    const error = el("p", { class: "error", id: "q-error", role: "alert" });
    const single = own.kind === "number" || own.kind === "date";
    const bounds = own.bounds || {};
    const heading = el("span", { class: "question", id: "q-ask", tabindex: "-1" }, own.ask);
    const notes = [
      own.help && el("p", { class: "hint", id: "q-help" }, own.help),
      own.basis.length > 0 && el("p", { class: "hint", id: "q-basis" }, "依据：" + own.basis.join("；")),
    ];
    let controls, value;
    if (single) {
      const input = el("input", {
        class: "box", id: "q-input", type: own.kind === "date" ? "date" : "text", autocomplete: "off",
        inputmode: own.kind === "number" ? "decimal" : null, min: own.kind === "date" ? bounds.min : null,
        max: own.kind === "date" ? bounds.max : null, "aria-describedby": describedBy,
      });
      if (known !== undefined) input.value = known;
      const range = own.kind === "number" && el("p", { class: "hint" }, `${bounds.min} 到 ${bounds.max}${bounds.unit || ""}`);
      controls = [el("label", { for: "q-input" }, heading), notes, range,
        el("div", { class: "with-unit" }, input, bounds.unit && el("span", { class: "s" }, bounds.unit))];
      value = () => (input.value.trim() === "" ? { fault: "请先填写" } : states.read(question, input.value.trim()));
    } else {
      const several = own.kind === "choices";
      const options = own.kind === "yes-no" ? [["是", true], ["否", false]] : own.options.map((option, index) => [option.text, index]);
      const boxes = options.map(([text, answer]) => {
        const open = several || possible(question, answer, others);
        const checked = known !== undefined && (several ? known.includes(answer) : known === answer);
        const input = el("input", { type: several ? "checkbox" : "radio", name: "q", disabled: !open, checked });
        return { input, answer, label: el("label", { class: "choice" }, input, el("span", {}, text, !open && el("small", {}, "与前面的回答不能同时成立"))) };
      });
      controls = el("fieldset", { "aria-describedby": describedBy }, el("legend", {}, heading), notes,
        several && el("p", { class: "hint" }, "可以选几项，都没有的不用选"),
        el("div", { class: "choices" }, boxes.map((box) => box.label)));
      value = () => {
        const chosen = boxes.filter((box) => box.input.checked).map((box) => box.answer);
        if (several) return { answer: chosen };
        return chosen.length ? { answer: chosen[0] } : { fault: "请先选一项" };
      };
    }
    const submit = (event) => {
      event.preventDefault();
      const read = value();
      const fault = read.fault || (possible(question, read.answer, others) ? "" : "这个回答和前面的回答不能同时成立，请核对");
      error.textContent = fault;
      if (fault) return event.target.querySelector("input:not(:disabled)").focus();
      page.answer(question, read.answer);
    };
    const place = path.asked.indexOf(question);
    const before = place < 0 ? path.asked[path.asked.length - 1] : path.asked[place - 1];
    return el("form", { class: "ask", novalidate: true, submit },
      el("p", { class: "progress" }, progress(path, question)),
      controls, error,
      el("div", { class: "actions" },
        el("button", { type: "submit" }, "下一步"),
        before !== undefined && button("上一题", () => page.edit(before), { class: "second" })));
  }

  function progress(path, question) {
    const { fewest, most } = data.about;
    const count = path.asked.indexOf(question) < 0 ? path.asked.length + 1 : path.asked.indexOf(question) + 1;
    if (!most) return `第${count}题（用不着的不问）`;
    return `第${count}题，${fewest === most ? "共" : "最多"}${most}题`;
  }

  function answered(path, editing) {
    const rows = path.asked.filter((question) => question !== editing);
    if (!rows.length) return null;
    return el("div", { class: "answered" },
      el("h3", {}, "我的情形"),
      el("dl", {}, rows.map((question) => el("div", {},
        el("dt", {}, data.questions[question].name),
        el("dd", {}, states.tell(question, path.answers[question])),
        el("dd", { class: "change" }, button("修改", () => page.edit(question), { "aria-label": `修改：${data.questions[question].name}` }))))),
      button("重新开始", () => page.restart(), { class: "plain-button" }));
  }

  function items(found) {
    const rows = data.items.map((item, index) => [item, index]).filter(([, index]) => found.verdicts[index] === true);
    if (!rows.length) return el("p", {}, "这样回答，没有需要办的事项。");
    return el("fieldset", { class: "items" },
      el("legend", {}, el("h3", {}, "选择要办的事项")),
      el("p", { class: "hint" }, "适用的都选上了，不需要办的可以去掉；标“必办”的依法必须办。"),
      rows.map(([item, index]) => {
        const must = item.mandatory.length > 0;
        return el("label", { class: "choice" },
          el("input", {
            type: "checkbox", id: `item-${item.id}`, checked: !found.left[index], disabled: must,
            change: (event) => page.take(item.id, event.target.checked),
          }),
          el("span", {}, item.name, must && el("em", { class: "tag" }, "必办"),
            el("small", {}, [item.agency, must && item.mandatory.join("、")].filter(Boolean).join("；"))));
      }));
  }

  function application(state) {
    return el("div", { class: "applied" },
      el("h3", {}, el("label", { for: "from" }, "哪天申请？")),
      el("p", { class: "hint", id: "from-help" }, "填了就能算出哪天办完（按国务院公布的放假安排）。"),
      el("input", { class: "box", type: "date", id: "from", value: state.from, "aria-describedby": "from-help", change: (event) => page.from(event.target.value) }));
  }

  return { form, answered, items, application };
}
