// The counts before and after, by the workspace's conventions. What nobody declared is not known (null), never zero.
function counts(data, holds, taken, entries, time) {
  const chosen = data.items.map((_, index) => index).filter((index) => taken[index]);
  const items = chosen.map((index) => data.items[index]);
  const known = items.every((item) => !item.silent);
  const stays = entries.filter((entry) => entry.fate !== "goes");
  const asked = entries.filter((entry) => entry.row.kind !== "added");
  const forms = entries.filter((entry) => entry.row.kind === "form");
  const distinct = (list) =>
    list.filter((entry) => entry.row.kind === "form").length +
    new Set(list.filter((entry) => entry.row.kind !== "form").map((entry) => entry.row.identity)).size;

  const listed = forms.every((entry) => entry.row.fields.length);
  const fields = forms.flatMap((entry) => entry.row.fields.filter(([, when]) => holds(when)).map(([element]) => element));
  const agencies = items.every((item) => item.agency) ? new Set(items.map((item) => item.agency)).size : null;

  const stagesOf = (index) => {
    const { stages } = data.items[index];
    return stages.map((_, at) => at).filter((at) => !stages[at].dropped && holds(stages[at].when));
  };
  // Done together with a stage of an item before this one, so that it was counted there.
  const countedBefore = (index, at) => {
    const joint = data.joints.find((own) => own.members.some(([item, stage]) => item === index && stage === at));
    if (!joint) return false;
    const before = joint.members.slice(0, joint.members.findIndex(([item]) => item === index));
    return before.some(([item, stage]) => taken[item] && holds(data.items[item].stages[stage].when));
  };
  let steps = [null, null];
  if (data.stepsBy !== "by-activity") {
    steps = [data.stepsBy === "by-item" ? items.length : agencies, items.length ? 1 : 0];
  } else if (items.every((item) => item.stages.length)) {
    const shared = new Set();
    let own = 0;
    let before = 0;
    for (const index of chosen) {
      const { stages } = data.items[index];
      before += stages.filter((stage) => holds(stage.when)).length;
      for (const at of stagesOf(index)) {
        if (stages[at].shared) shared.add(stages[at].kind);
        else if (!countedBefore(index, at)) own++;
      }
    }
    steps = [before, own + shared.size];
  }
  const visitsBefore = data.visitsBy === "by-item"
    ? items.reduce((sum, item) => sum + item.visits, 0)
    : agencies ?? items.length;
  const present = chosen.reduce((sum, index) =>
    sum + stagesOf(index).filter((at) => data.items[index].stages[at].presence && !countedBefore(index, at)).length, 0);

  return {
    before: {
      materials: known ? asked.length : null,
      distinct: known ? distinct(asked) : null,
      days: time.serial,
      forms: known ? forms.length : null,
      fields: listed ? fields.length : null,
      steps: steps[0],
      visits: visitsBefore,
    },
    after: {
      materials: known ? stays.length : null,
      distinct: known ? distinct(stays) : null,
      days: time.length,
      forms: known ? Math.min(forms.length, 1) : null,
      fields: listed ? new Set(fields).size : null,
      steps: steps[1],
      visits: (items.some((item) => !item.online) ? 1 : 0) + present,
    },
  };
}
