"""Validates the Excel files that `build` made with programs that are not ours: openpyxl reads every one, LibreOffice works all
formulas out anew, and what they come to is what the files say and what plan.json says.

    python validate-workbooks.py FOLDER        (packages as .ci/run installs them)
"""

import fractions
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import zipfile

import openpyxl

folder = pathlib.Path(sys.argv[1])
files = sorted(folder.rglob("*.xlsx"))
faults = []
formulas = texts = risky = 0

# What our formulas are made of: functions, places, numbers and words of the program.
PLACE = r"(?:'[一-鿿]+'!)?\$?[A-Z]+\$?\d+(?::\$?[A-Z]+\$?\d+)?"
WORD = r'"(?:要交|要交，可后补|免交|预填|申请人填|免于提交|仍由申请人提交|●|容缺|是|未知|—|工作日|自然日|小时|分钟)"'
TOKEN = re.compile(rf"(?:SUMPRODUCT|SUMIF|SUM|COUNTA|COUNTIF|ISNUMBER|IF|{PLACE}|{WORD}|\d+|[-+*/=(),])")
LEGAL = re.compile(r"[^\[\]:*?/\\]{1,31}$")


def same(a, b):
    if isinstance(a, (int, float)) and isinstance(b, (int, float)):
        return abs(a - b) < 1e-9 * max(1, abs(a))
    return a == b


def rows(sheet):
    """The rows below the headings, by heading; the first of several with one name."""
    lines = list(sheet.iter_rows(values_only=True))
    return [dict(reversed(list(zip(lines[0], line)))) for line in lines[1:]]


def number(value):
    return None if value is None else float(fractions.Fraction(str(value)))


def figures(plan, book, fault):
    """改革前后 against the plan."""
    names = {"材料（件次）": "materials", "材料（去重种类）": "distinct_materials", "办理时限": "days", "申请表": "forms",
             "填写项": "fields", "办理环节": "steps", "跑动次数": "visits"}
    found = rows(book["改革前后"])
    scenarios = plan["scenarios"] + [plan["widest"]]
    if len(found) != len(scenarios) * len(names):
        return fault("改革前后 has another number of rows")
    for index, row in enumerate(found):
        comparison = scenarios[index // len(names)]["comparison"]
        key = names[row["数字"]]
        for side, column in (("before", "改革前"), ("after", "改革后")):
            known = number(comparison[side][key])
            said = row[column] if known is not None else str(row[column]).startswith("未知") or row[column]
            if not same(said, True if known is None else known):
                fault(f"改革前后: {row['情形']} {row['数字']} {column}: {row[column]}, plan {known}")
        saved = comparison["saved"][key]
        if saved is None:
            if row["减少"] != "未知":
                fault(f"改革前后: {row['数字']} is saved although unknown")
        elif not same(row["减少"], number(saved["amount"])):
            fault(f"改革前后: {row['数字']} saved {row['减少']}, plan {saved['amount']}")
        elif saved["percent"] is not None and abs(row["减幅"] * 100 - float(saved["percent"])) > 0.00501:
            fault(f"改革前后: {row['数字']} share {row['减幅']}, plan {saved['percent']}")


def account(plan, book, fault):
    """平账 against the plan's sums."""
    expected = []
    for scenario in plan["scenarios"] + [plan["widest"]]:
        silent = scenario["silent_items"]
        expected += [(report["sums"], report["item"] in silent) for report in scenario["item_reports"]]
        expected.append((scenario["sums"], bool(silent)))
    found = rows(book["平账"])
    if len(found) != len(expected):
        return fault("平账 has another number of rows")
    for row, (sums, unknown) in zip(found, expected):
        said = [row[name] for name in ("改革前", "去掉", "增加", "改革后")]
        known = ["未知"] * 4 if unknown else [sums[name] for name in ("before", "removed", "added", "after")]
        if said != known:
            fault(f"平账: {row['情形']} {row['事项']}: {said}, plan {known}")
        if not unknown and row["差额（应为0）"] != 0:
            fault(f"平账: {row['情形']} {row['事项']} does not close")


def lists(plan, book, fault):
    """How many of everything."""
    fields = [field for group in plan["form"]["groups"] for field in group["fields"]]
    due = [m for m in plan["materials"] if not m["exemption"]]
    for sheet, all_of in (("事项", plan["items"]), ("材料", plan["materials"]), ("表单项", fields)):
        found = sum(1 for row in book[sheet].iter_rows(min_row=2, values_only=True) if isinstance(row[0], (int, float)))
        if found != len(all_of):
            fault(f"{sheet}: {found} rows, plan {len(all_of)}")
    totals = {row["序号"]: row["要不要交"] for row in rows(book["材料"]) if isinstance(row["序号"], str)} if plan["materials"] else {}
    if totals and totals["要交"] + totals["要交，可后补"] != len(due):
        fault(f"材料: {totals}, plan {len(due)} due")


def base(book, plans, fault):
    """基础清单 against the plans of its folder."""
    found = [row for row in rows(book["基础清单"]) if isinstance(row["序号"], (int, float))]
    if len(found) != len(plans):
        fault(f"基础清单 has {len(found)} bundles of {len(plans)}")
    keys = {"材料": "materials", "时限": "days", "环节": "steps", "跑动": "visits"}
    sums = {}
    for row in found:
        own = [plan for plan in plans if plan["bundle"]["id"] == row["标识"]]
        if not own:
            fault(f"基础清单: {row['标识']} is no bundle")
            continue
        comparison = own[0]["widest"]["comparison"]
        for name, key in keys.items():
            before, after = number(comparison["before"][key]), number(comparison["after"][key])
            for said, known in ((row[f"{name}改革前"], before), (row[f"{name}改革后"], after)):
                if not same(said, "未知" if known is None else known):
                    fault(f"基础清单: {row['一件事']} {name}: {said}, plan {known}")
            if before is not None and after is not None:
                unit = row["时限单位"] if name == "时限" else ""
                total = sums.setdefault((name, unit), [0, 0])
                total[0] += before
                total[1] += after
    said = {}
    for row in rows(book["基础清单"]):
        if row["序号"] == "合计":
            said.update({(name, ""): [row[f"{name}改革前"], row[f"{name}改革后"]] for name in keys if name != "时限"})
        if row["序号"] == "时限合计":
            said[("时限", row["时限单位"])] = [row["时限改革前"], row["时限改革后"]]
    for key, total in said.items():
        known = sums.get(key, ["未知", "未知"])
        if not all(same(a, b) for a, b in zip(total, known)):
            fault(f"基础清单: sum of {key}: {total}, plans {known}")
    if set(sums) - set(said):
        fault(f"基础清单: no sum of {set(sums) - set(said)}")


made = tempfile.TemporaryDirectory()
copies = []
for index, file in enumerate(files):
    fault = lambda text, file=file: faults.append(f"{file}: {text}")
    with zipfile.ZipFile(file) as package:
        if any(entry.date_time != (1980, 1, 1, 0, 0, 0) for entry in package.infolist()):
            fault("tells the time")
    book = openpyxl.load_workbook(file)
    for sheet in book:
        if not LEGAL.match(sheet.title):
            fault(f"{sheet.title}: not a name that Excel allows")
        if not (sheet.freeze_panes or "").endswith("2") or sheet.print_title_rows != "$1:$1":
            fault(f"{sheet.title}: headings do not stay")
        if sheet.page_setup.orientation != "landscape" or str(sheet.page_setup.paperSize) != "9":
            fault(f"{sheet.title}: not A4 landscape")
        if sheet.max_row > 1 and not sheet.auto_filter.ref and sheet.cell(2, 1).value not in (None, "合计", "全部", "免于提交"):
            fault(f"{sheet.title}: no filter")
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    formulas += 1
                    if TOKEN.sub("", str(cell.value)[1:]):
                        fault(f"{sheet.title}!{cell.coordinate}: not a formula of ours: {cell.value}")
                elif isinstance(cell.value, str):
                    texts += 1
                    if len(cell.value.encode("utf-16-le")) > 2 * 32767:
                        fault(f"{sheet.title}!{cell.coordinate}: too long")
                    if cell.value[0] in "=+-@\t\r":
                        risky += 1
                        if not cell.quotePrefix:
                            fault(f"{sheet.title}!{cell.coordinate}: may become a formula: {cell.value[:40]}")
    # Without the values that the file says: what comes back is worked out.
    copy = pathlib.Path(made.name) / f"{index}.xlsx"
    book.save(copy)
    copies.append(copy)

# One process for all of them: starting takes longer than working out.
if copies:
    profile = pathlib.Path(made.name) / "profile"
    out = pathlib.Path(made.name) / "out"
    subprocess.run(
        ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", "xlsx", "--outdir", str(out)]
        + [str(copy) for copy in copies],
        check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=900,
    )
compared = 0
for file, copy in zip(files, copies):
    fault = lambda text, file=file: faults.append(f"{file}: {text}")
    worked = out / copy.name
    if not worked.exists():
        fault("LibreOffice makes nothing of it")
        continue
    ours, said, again = (openpyxl.load_workbook(path, data_only=data) for path, data in ((file, False), (file, True), (worked, True)))
    if ours.sheetnames != again.sheetnames:
        fault(f"LibreOffice sees other sheets: {again.sheetnames}")
        continue
    for sheet in ours:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    compared += 1
                    a, b = said[sheet.title][cell.coordinate].value, again[sheet.title][cell.coordinate].value
                    if not same(a, b):
                        fault(f"{sheet.title}!{cell.coordinate} {cell.value}: the file says {a}, LibreOffice {b}")
    plan = file.with_name("plan.json")
    if plan.exists():
        plan = json.loads(plan.read_text())
        for check in (figures, account, lists):
            check(plan, again, fault)
    if "基础清单" in again.sheetnames:
        base(again, [json.loads(path.read_text()) for path in sorted(file.parent.glob("*/plan.json"))], fault)

for text in faults:
    print(text, file=sys.stderr)
print(f"{len(files)} workbooks, {texts} texts ({risky} that begin like formulas), {compared} formulas worked out anew: {len(faults)} faults")
sys.exit(1 if faults or not files or not compared else 0)
