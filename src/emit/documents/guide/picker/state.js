// What the applicant has said so far lives in the address, after #, so that going back, reloading and sending the link bring it
// back: q.<question>=<answer>, without=<items>, from=<date>, edit=<question>, size=large.
function States(data, calendar) {
  const questionOf = new Map(data.questions.map((question, index) => [question.id, index]));
  const itemOf = new Map(data.items.map((item, index) => [item.id, index]));
  const empty = () => ({ answers: [], without: new Set(), from: "", edit: null, large: false });

  // A typed text as an answer: { answer } or { fault }.
  function read(index, text) {
    const question = data.questions[index];
    const { min, max, unit, decimals } = question.bounds || {};
    if (question.kind === "number") {
      const bare = text.normalize("NFKC").trim().replace(/[,，\s]/g, "");
      const plainText = unit && bare.endsWith(unit) ? bare.slice(0, -unit.length) : bare;
      const value = number(plainText);
      if (!value) return { fault: "请填一个数，例如 40" };
      if (compare(value, number(min)) < 0 || compare(number(max), value) < 0) {
        return { fault: `请填 ${min} 到 ${max} 之间的数` };
      }
      const grid = BigInt("1" + "0".repeat(decimals || 0));
      if (grid % value.d !== BigInt(0)) {
        return { fault: decimals ? `最多写 ${decimals} 位小数` : "请填整数" };
      }
      return { answer: plain(value) };
    }
    if (calendar.read(text) === null) return { fault: "请填一个日期，例如 2026-01-31" };
    if ((min && text < min) || (max && max < text)) {
      const bounds = [min && `不早于${min}`, max && `不晚于${max}`].filter(Boolean);
      return { fault: `日期要${bounds.join("、")}` };
    }
    return { answer: text };
  }

  // An answer as it stands in the address; undefined if there is no such answer.
  function decode(index, text) {
    const question = data.questions[index];
    if (question.kind === "yes-no") return { yes: true, no: false }[text];
    const option = (id) => question.options.findIndex((own) => own.id === id);
    if (question.kind === "choice") return option(text) < 0 ? undefined : option(text);
    if (question.kind === "choices") {
      const list = text === "" ? [] : text.split(",").map(option);
      return list.includes(-1) ? undefined : [...new Set(list)].sort((a, b) => a - b);
    }
    return read(index, text).answer;
  }
  function encode(index, answer) {
    const question = data.questions[index];
    if (question.kind === "yes-no") return answer ? "yes" : "no";
    if (question.kind === "choice") return question.options[answer].id;
    if (question.kind === "choices") return answer.map((own) => question.options[own].id).join(",");
    return answer;
  }
  // For people.
  function tell(index, answer) {
    const question = data.questions[index];
    if (question.kind === "yes-no") return answer ? "是" : "否";
    if (question.kind === "choice") return question.options[answer].text;
    if (question.kind === "choices") return answer.map((own) => question.options[own].text).join("、") || "都不选";
    if (question.kind === "date") return answer;
    return words(number(answer)) + ((question.bounds || {}).unit || "");
  }

  // What stands in an address, and what of it is not known here: that is said, not guessed.
  function parse(hash) {
    const state = empty();
    const faults = [];
    for (const part of hash.replace(/^#/, "").split("&").filter(Boolean)) {
      const at = part.indexOf("=");
      let key, value;
      try {
        [key, value] = [part.slice(0, at), part.slice(at + 1)].map((text) => decodeURIComponent(text));
      } catch {
        faults.push("链接里有一段读不出来，没有采用");
        continue;
      }
      if (key.startsWith("q.")) {
        const index = questionOf.get(key.slice(2));
        const answer = index === undefined ? undefined : decode(index, value);
        if (index === undefined) faults.push(`链接里的问题“${key.slice(2)}”现在没有了，没有采用`);
        else if (answer === undefined) faults.push(`链接里对“${data.questions[index].name}”的回答“${value}”现在不能选，请重新回答`);
        else state.answers[index] = answer;
      } else if (key === "without") {
        for (const id of value.split(",").filter(Boolean)) {
          const item = data.items[itemOf.get(id)];
          if (!item) faults.push(`链接里的事项“${id}”现在没有了，没有采用`);
          else if (item.mandatory.length) faults.push(`“${item.name}”依法必须办，不能不办`);
          else state.without.add(id);
        }
      } else if (key === "from") {
        if (calendar.read(value) === null) faults.push(`链接里的申请日期“${value}”不是日期，没有采用`);
        else state.from = value;
      } else if (key === "edit") {
        if (questionOf.has(value)) state.edit = questionOf.get(value);
      } else if (key === "size") {
        state.large = value === "large";
      } else {
        faults.push(`链接里的“${key}”看不懂，没有采用`);
      }
    }
    return { state, faults };
  }
  function format(state) {
    const parts = [];
    state.answers.forEach((answer, index) => {
      if (answer !== undefined) parts.push(`q.${data.questions[index].id}=${encodeURIComponent(encode(index, answer))}`);
    });
    if (state.without.size) {
      parts.push("without=" + data.items.filter((item) => state.without.has(item.id)).map((item) => item.id).join(","));
    }
    if (state.from) parts.push(`from=${state.from}`);
    if (state.edit !== null) parts.push(`edit=${data.questions[state.edit].id}`);
    if (state.large) parts.push("size=large");
    return "#" + parts.join("&");
  }
  return { empty, read, tell, parse, format };
}
