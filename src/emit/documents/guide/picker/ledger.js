// What becomes of each form and material, in the order of the mechanisms: forms become one, what another item produces, what goes
// by itself, and the same document once.
function ledger(data, holds, taken) {
  const entries = [];
  data.items.forEach((item, index) => {
    if (!taken[index]) return;
    for (const row of item.rows) {
      if (holds(row.when)) entries.push({ item: index, row, fate: "stays", mechanism: null, reason: null, standing: null });
    }
  });
  const go = (entry, mechanism, reason, standing = null) =>
    Object.assign(entry, { fate: "goes", mechanism, reason, standing });

  const forms = entries.filter((entry) => entry.row.kind === "form");
  forms.forEach((entry, place) => {
    if (place === 0) entry.fate = "form";
    else go(entry, "one-form", "各部门的申请表合并为一张", forms[0]);
  });

  for (const entry of entries) {
    if (entry.row.kind === "form") continue;
    const { rule, producers } = entry.row;
    const producer = producers.find(([item, when]) =>
      taken[item] && holds(when) && precedes(data, item, entry.item, (own) => taken[own]));
    if (producer) {
      go(entry, "produced-in-bundle", `由“${data.items[producer[0]].name}”办出，部门之间传递`);
    } else if (rule && rule.mechanism) {
      go(entry, rule.mechanism, rule.reason);
    } else if (rule) {
      Object.assign(entry, { fate: "deferred", mechanism: "deferred", reason: rule.reason });
    } else {
      const absent = producers.find(([item]) => !taken[item] && precedes(data, item, entry.item, () => true));
      if (absent) entry.reason = `由“${data.items[absent[0]].name}”办出，这次不办它`;
    }
  }

  const once = (entry, standing) => {
    const owner = data.items[standing.item].name;
    const reason = `与“${owner}”的${standing.row.label}是同一份，只收一次`;
    go(entry, "same-document", reason, standing);
  };
  const first = new Map();
  for (const entry of entries) {
    if (entry.row.kind === "form") continue;
    const key = entry.row.identity + (entry.fate === "goes" ? entry.mechanism : "");
    if (first.has(key)) once(entry, first.get(key));
    else first.set(key, entry);
  }
  // One of several documents is enough: who hands in one of them anyway need not hand in another.
  for (const entry of entries) {
    if (entry.row.kind === "form" || entry.fate === "goes") continue;
    const singles = data.identities[entry.row.identity].oneOf.map((own) => first.get(String(own))).filter(Boolean);
    singles.sort((a, b) => entries.indexOf(a) - entries.indexOf(b));
    if (singles.length) once(entry, singles[0]);
  }
  return entries;
}
