// Random bundles with everything in them that the ledger, time and counts depend on, each in a workspace of its own.
//
//   node .ci/guide/random.mjs YIJIANSHI FOLDER COUNT
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { numbers } from "./cases.mjs";

const [yijianshi, folder, count] = process.argv.slice(2);
const QUESTIONS = [
  ["甲", "问: 甲？", ["甲", "非 甲"]],
  ["乙", "问: 乙？, 选项: [红, 黄, 蓝]", ["乙 = 红", "乙 ≠ 黄", "乙 属于 [红, 蓝]"]],
  ["丙", "问: 丙？, 日期: {最早: 2026-01-01}", ["丙 ≥ 2026-03-01", "丙 < 2026-03-01", "丙 > 今天 + 1个月"]],
  ["丁", "问: 丁？, 数值: {最小: 1, 最大: 10, 小数位: 1, 单位: 米}", ["丁 ≤ 3", "丁 > 3", "丁 < 7.5米"]],
  ["戊", "问: 戊？, 选项: [东, 西, 南], 多选: 是", ["戊 包含 东", "戊 不包含 西"]],
  ["己", "问: 己？", ["己", "非 己"]],
];
const KINDS = ["收件", "受理", "审查", "勘验", "评审", "决定", "送达"];

function workspace(seed, allRules) {
  const below = numbers(seed * 7919 + 17);
  for (let index = 0; index < 8; index++) below(2);
  const percent = (share) => below(100) < share;
  const pick = (list) => list[below(list.length)];
  const questions = below(QUESTIONS.length + 1);
  const odd = percent(15);
  const condition = (first = questions) => {
    const tests = Array.from({ length: 1 + Math.floor(below(4) / 2) }, () => pick(QUESTIONS[below(first)][2]));
    const all = tests.join(pick([" 且 ", " 或 "]));
    return percent(10) ? `非 (${all})` : all;
  };
  const when = (share, first = questions) => (first > 0 && percent(share) ? `, 当: "${condition(first)}"` : "");
  const time = () => {
    const kind = below(odd ? 40 : 36);
    if (kind === 0) return "即办";
    if (kind <= 3) return `${1 + below(20)}小时`;
    if (kind >= 36) return "3自然日";
    return `${pick(["0.5", "1", "1.5", "2", "3", "4", "5", "8"])}工作日`;
  };
  const lines = ["一件事: 例子", `标识: random-${seed}`, "牵头单位: 甲部门", "服务对象: 个体工商户", "状态: 草案", `承诺时限: ${percent(15) ? `${1 + below(90)}小时` : `${1 + below(20)}${percent(20) ? "自然日" : "工作日"}`}`];
  for (const key of ["受理时限", "出件时限"]) if (percent(25)) lines.push(`${key}: ${time()}`);
  if (questions) lines.push("情形:");
  QUESTIONS.slice(0, questions).forEach(([name, written], index) => lines.push(`  ${name}: {${written}${when(20, index)}}`));
  if (questions && percent(30)) lines.push("约束:", `  - 不会出现: "${condition()}"`);
  if (questions && percent(30)) lines.push("不适用:", `  - {当: "${condition()}", 建议: 到别处办}`);
  lines.push("联办事项:");
  const items = 1 + below(5);
  const stages = [];
  const before = [];
  for (let item = 0; item < items; item++) {
    lines.push(`  事项${item}:`, `    名称: 第${item}号事项`, `    单位: ${pick(["甲部门", "乙部门", "丙部门"])}`);
    if (questions && percent(50)) lines.push(`    当: "${condition()}"`);
    if (percent(20)) lines.push("    必办: {法规: 《例子法》, 条款: 第一条}");
    if (percent(85)) lines.push(`    时限: ${time()}`);
    if (percent(20)) lines.push(`    跑动: ${below(3)}`);
    const waits = [];
    const written = [];
    for (let other = 0; other < item; other++) {
      if (!percent(40)) continue;
      const stage = percent(30) ? stages[other][0] : null;
      written.push(stage ? `{事项: 事项${other}, 环节: ${stage}}` : `事项${other}`);
      waits.push(other);
    }
    if (written.length) lines.push(`    前置: [${written.join(", ")}]`);
    before.push(waits);
    const own = [];
    if (percent(65)) {
      const timed = percent(85);
      for (const kind of KINDS) if (percent(["勘验", "评审"].includes(kind) ? 65 : 30)) own.push([kind, timed]);
    }
    if (own.length) lines.push("    环节:");
    for (const [kind, timed] of own) {
      const limit = timed || percent(40) ? `, 时限: ${time()}` : "";
      lines.push(`      - {环节: ${kind}${limit}${percent(10) ? ", 不计时: 是" : ""}${percent(20) ? ", 到场: 是" : ""}${when(30)}}`);
    }
    stages.push(own.map(([kind]) => kind));
    const forms = below(3);
    if (forms) lines.push("    表单:");
    for (let form = 0; form < forms; form++) {
      const fields = [0, 1, 2, 3, 4].filter(() => percent(35)).map((element) => `{字段: 数据${element}${when(30)}}`);
      if (!fields.length && percent(90)) fields.push("数据0");
      lines.push(`      - {名称: 表${item}之${form}${fields.length ? `, 字段: [${fields.join(", ")}]` : ""}${when(30)}}`);
    }
    const rows = [];
    for (let document = 0; document < 5; document++) {
      for (const holder of ["", ", 持有人: 经营者"]) {
        if (!percent(25)) continue;
        const one = percent(20) && document < 4 ? `任一: [文件${document}, 文件${document + 1}]` : `材料: 文件${document}`;
        rows.push(`      - {${one}${holder}${percent(10) ? ", 必要性: 容缺后补" : ""}${percent(20) ? `, 份数: ${1 + below(3)}` : ""}${when(40)}}`);
      }
    }
    if (!rows.length && !forms && percent(90)) lines.push("    无需材料: 是");
    if (rows.length) lines.push("    材料:", ...rows);
    if (percent(60)) lines.push("    结果:", `      - {结果: 文件${below(5)}${percent(30) ? ", 持有人: 经营者" : ""}${when(30)}}`);
  }
  const measures = [];
  for (let item = 0; item < items; item++) {
    if (percent(15)) measures.push(`压缩时限: {事项: 事项${item}, 至: ${time()}}`);
    for (const stage of stages[item]) {
      if (percent(10)) measures.push(`压缩时限: {事项: 事项${item}, 环节: ${stage}, 至: ${time()}}`);
      if (percent(5)) measures.push(`取消环节: {事项: 事项${item}, 环节: ${stage}}`);
    }
    for (const other of before[item]) {
      if (!percent(15)) continue;
      const still = percent(50) && stages[other][0] ? `, 改为环节: ${stages[other][0]}` : "";
      measures.push(`解除前置: {事项: 事项${item}, 前置: 事项${other}${still}}`);
    }
    if (percent(20)) measures.push(`新增材料: {事项: 事项${item}, 材料: 文件${below(6)}${when(50)}}`);
    if (percent(10)) measures.push(`取消材料: {事项: 事项${item}, 材料: 文件${below(5)}}`);
    if (percent(12)) measures.push(`容缺: {事项: 事项${item}, 材料: 文件${below(5)}, 补交时限: 3工作日}`);
    if (percent(12)) measures.push(`告知承诺: {事项: 事项${item}, 材料: 文件${below(5)}, 承诺书: 承诺书}`);
    if (percent(10)) measures.push(`免提交: {材料: 文件${below(5)}, 方式: 数据共享, 持有人: 经营者}`);
    if (percent(10)) measures.push(`全程网办: {事项: 事项${item}}`);
  }
  for (const kind of ["勘验", "评审", "勘验"]) {
    const members = [...Array(items).keys()].filter((item) => stages[item].includes(kind) && percent(85)).map((item) => `事项${item}`);
    if (members.length > 1 && percent(70)) measures.push(`联合${kind}: {事项: [${members.join(", ")}]${percent(60) ? `, 时限: ${time()}` : ""}}`);
  }
  if (measures.length) lines.push("改革举措:", ...measures.map((measure) => `  - ${measure}`));
  const day = (number) => `2026-${String(1 + Math.floor(number / 28)).padStart(2, "0")}-${String(1 + (number % 28)).padStart(2, "0")}`;
  const own = percent(30) ? `日历: {${day(below(300))}: {安排: 放假, 名称: 三月三}, ${day(1 + below(300))}: {安排: 上班}}\n` : "";
  return {
    "yijianshi.yaml": `工作区: 例子\n标识: w${seed}\n今天: 2026-09-01\n计数口径: {环节: ${pick(["按活动", "按事项", "按单位"])}, 跑动: ${pick(["按事项", "按单位"])}}\n${percent(85) ? `换算: [1工作日 = ${pick(["8", "8", "7"])}小时]\n` : ""}${own}规则:\n${allRules.map((rule) => `  ${rule}: {级别: 警告, 理由: 随机生成}`).join("\n")}\n`,
    "机构.yaml": "机构目录: {甲部门: {}, 乙部门: {}, 丙部门: {}}\n",
    "材料.yaml": "材料目录: {文件0: {}, 文件1: {核发: 甲部门}, 文件2: {}, 文件3: {}, 文件4: {}, 文件5: {}}\n",
    "数据项.yaml": `数据项目录:\n${[0, 1, 2, 3, 4].map((one) => `  数据${one}: {类型: 文本}`).join("\n")}\n`,
    "共享.yaml": "共享能力:\n  - {材料: 文件3, 方式: 电子证照}\n",
    "例子.yaml": lines.join("\n") + "\n",
  };
}

const rules = spawnSync(yijianshi, ["rules", "--format", "json"], { encoding: "utf8" });
const allowable = JSON.parse(rules.stdout).filter((rule) => rule.allowable).map((rule) => rule.name);
let kept = 0;
const refused = new Map();
for (let seed = 1; kept < Number(count) && seed < Number(count) * 8; seed++) {
  const place = join(folder, `w${seed}`);
  mkdirSync(place, { recursive: true });
  for (const [name, text] of Object.entries(workspace(seed, allowable))) writeFileSync(join(place, name), text);
  const check = spawnSync(yijianshi, ["check", place, "--format", "json"], { encoding: "utf8" });
  if (check.status === 0) kept++;
  else {
    for (const [code] of check.stdout.matchAll(/"code": ?"[^"]*"[^}]*?"level": ?"error"|"level": ?"error"[^}]*?"code": ?"[^"]*"/g)) refused.set(code, (refused.get(code) ?? 0) + 1);
    if (process.env.SHOW) console.error(seed, JSON.parse(check.stdout).diagnostics?.filter((one) => one.level === "error").map((one) => one.message));
    rmSync(place, { recursive: true });
  }
}
if (process.env.SHOW) console.error(refused);
console.log(`${kept} random bundles`);
process.exit(kept < Number(count) ? 1 : 0);
