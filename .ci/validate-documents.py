"""Validates the Word files that `build` made with programs that are not ours: python-docx reads every one, LibreOffice turns
every one into PDF, and what stands in the document stands in the PDF.

    python validate-documents.py FOLDER...     (packages as .ci/run installs them)
"""

import json
import pathlib
import re
import subprocess
import sys
import tempfile
import zipfile

import docx

files = sorted(file for folder in sys.argv[1:] for file in pathlib.Path(folder).rglob("*.docx"))
faults = []
made = tempfile.TemporaryDirectory()


def form_faults(file, document):
    """Whether the form asks for every field of the schema once, in its order, each in a control that can be filled in."""
    schema = json.loads(file.with_name("一张表单.schema.json").read_text())["properties"]
    expected = [f"q-{key}" for key in schema["answers"]["properties"]] + [f"f-{key}" for key in schema["fields"]["properties"]]
    word = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    tags, ids = [], []
    for control in document.element.body.iter(f"{word}sdt"):
        tag = control.find(f"{word}sdtPr/{word}tag").get(f"{word}val")
        ids.append(control.find(f"{word}sdtPr/{word}id").get(f"{word}val"))
        box = any(child.tag.endswith("}checkbox") for child in control.find(f"{word}sdtPr"))
        # An option's control has the field's name and a number of its own.
        tag = re.sub(r"-\d+$", "", tag) if box else tag
        if tag[:2] in ("q-", "f-") and tag not in tags:
            tags.append(tag)
        if len(control.find(f"{word}sdtPr/{word}tag").get(f"{word}val")) > 64:
            faults.append(f"{file}: {tag} is too long a name")
    if len(set(ids)) != len(ids):
        faults.append(f"{file}: two controls of one number")
    # A name too long for Word is a number instead.
    if len(tags) != len(expected) or any(a != b for a, b in zip(tags, expected) if len(b) <= 58):
        faults.append(f"{file}: the form asks for {tags}, the schema for {expected}")
    names = "".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    names = "".join(names.split())
    for number in range(1, len(expected) + 1):
        if f"{number}." not in names:
            faults.append(f"{file}: no field {number}")
    if "申请人（签字或者盖章）" not in names:
        faults.append(f"{file}: nowhere to sign")


sources = []
for number, file in enumerate(files):
    document = docx.Document(str(file))
    title = document.core_properties.title
    headings = [p.text for p in document.paragraphs if p.style.name.lower() == "heading 1"]
    if not title or not headings or not all(headings):
        faults.append(f"{file}: no title or no headings")
    for table in document.tables:
        # python-docx fails on rows that do not fill their table.
        widths = {len(row.cells) for row in table.rows}
        if widths != {len(table.columns)}:
            faults.append(f"{file}: rows of different width: {widths}")
    for section in document.sections:
        sides = {round(section.page_width.mm), round(section.page_height.mm)}
        if sides != {210, 297}:
            faults.append(f"{file}: not A4: {sides}")
    for shape in document.inline_shapes:
        if not shape._inline.docPr.get("descr"):
            faults.append(f"{file}: a picture without words")
    if file.name == "一张表单.docx":
        form_faults(file, document)
    with zipfile.ZipFile(file) as package:
        if any(entry.date_time != (1980, 1, 1, 0, 0, 0) for entry in package.infolist()):
            faults.append(f"{file}: tells the time")
    # LibreOffice writes all PDFs into one folder, by name.
    copy = pathlib.Path(made.name) / f"{number}.docx"
    copy.write_bytes(file.read_bytes())
    sources.append((file, copy, title, headings))

# One process for all of them: starting takes longer than converting.
profile = pathlib.Path(made.name) / "profile"
subprocess.run(
    ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", "pdf", "--outdir", made.name]
    + [str(copy) for _, copy, _, _ in sources],
    check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=900,
)
pages = 0
for file, copy, title, headings in sources:
    pdf = copy.with_suffix(".pdf")
    if not pdf.exists():
        faults.append(f"{file}: LibreOffice makes nothing of it")
        continue
    text = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, text=True).stdout
    pages += text.count("\f")
    plain = "".join(text.split())
    for heading in headings:
        if "".join(heading.split()) not in plain:
            faults.append(f"{file}: {heading} is not in the PDF")
    if "一、" not in plain:
        faults.append(f"{file}: headings are not numbered")

for text in faults:
    print(text, file=sys.stderr)
print(f"{len(files)} Word files, {pages} pages: {len(faults)} faults")
sys.exit(1 if faults or not files else 0)
