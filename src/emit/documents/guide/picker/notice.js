// The notice handed to the applicant once, filled in for this case; printed by itself.
function noticeView(page) {
  const { data, states, calendar } = page;
  const blank = (width) => {
    const room = el("span", { class: "blank" });
    room.style.width = `${width}em`;
    return room;
  };
  // A date is not broken between lines.
  const day = (number) => calendar.write(number).replaceAll("-", "-\u2060");
  return function notice(path, found, result) {
    const { about } = data;
    const items = data.items.filter((_, index) => found.taken[index]);
    const { dates: days } = result.day;
    const gone = unique(found.entries.filter((entry) => entry.fate === "goes" && !["one-form", "same-document"].includes(entry.mechanism)).map((entry) => `${entry.row.name}（${MECHANISMS[entry.mechanism]}）`));
    const remarks = (own) => [
      own.entry.fate === "deferred" && own.entry.reason,
      own.issuer ? `由${own.issuer}出具` : own.origin,
      ...own.remarks.map(([key, text]) => REMARKS[key] + text),
    ].filter(Boolean).join("；");
    const promise = data.promise ? `承诺自受理之日起${data.promise.words}内办结` : "承诺时限没有写明";
    const finish = days
      ? `${day(days.applied)}申请，${day(days.accepted)}受理，${[days.finished !== null && `算下来${day(days.finished)}办完`, days.promised !== null && `最迟${day(days.promised)}办结`].filter(Boolean).join("，")}。`
      : "";
    return [
      el("p", { class: "sheet-kind" }, "一件事一次办"),
      el("h2", {}, `“${about.title}”一次告知单`),
      about.draft && el("p", { class: "sheet-draft" }, about.draft),
      facts([
        ["申请人", [blank(9), "\u3000联系电话：", blank(9)]],
        ["告知日期", [blank(3), "年", blank(2), "月", blank(2), "日\u3000编号：", blank(9)]],
        ["情形", path.asked.map((question) => `${data.questions[question].name}：${states.tell(question, path.answers[question])}`).join("；")],
        ["时限", `${promise}；按这种情形算，办理时间${figure(data, "days", found.figures.after.days, "")}，${found.figures.after.visits === 0 ? "不用跑" : `跑${found.figures.after.visits}次`}。${finish}`],
        ]),
      table("办理的事项", ["事项", "单位", "办理时限", "结果"], items.map((item) => [item.name, item.agency || "", item.limit || "",
        item.results.filter((own) => found.holds(own.when)).map((own) => own.name).join("、")])),
      table("要交的材料", [{ text: `要交的材料（${result.list.length}件）`, class: "paper" }, { text: "形式和份数", class: "s" }, "说明", { text: "已收", class: "n" }, { text: "需补", class: "n" }],
        result.list.map((own, index) => [`${index + 1}. ${own.name}`, own.shape, remarks(own), "□", "□"])),
      facts([
        ["不用交", gone.join("、")],
        ["需要补正", [blank(30), el("br"), blank(18), "，", blank(8), "前补齐"]],
        ["办理地点", about.places.map((own) => [own.name, own.address, own.counter, own.phone, own.hours].filter(Boolean).join("，")).join("；")],
        ["办理时间", about.hours.join("；")],
        ["咨询", about.enquiries.join("；")],
        ["监督投诉", about.complaints.join("；")],
        ["签收", ["窗口人员：", blank(8), "\u3000申请人：", blank(8), "\u3000（一式两份）"]],
      ]),
    ];
  };
}
