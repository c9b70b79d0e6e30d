"""Validates the Word files that `build` made with programs that are not ours: python-docx reads every one, LibreOffice turns
every one into PDF, and what stands in the document stands in the PDF.

    python validate-documents.py FOLDER        (packages as .ci/run installs them)
"""

import pathlib
import subprocess
import sys
import tempfile
import zipfile

import docx

folder = pathlib.Path(sys.argv[1])
files = sorted(folder.rglob("*.docx"))
faults = []
made = tempfile.TemporaryDirectory()
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
