"""Builds a workspace with an address, letterheads and templates, and validates what comes out with programs that are not ours:
python-docx reads the Word files written on paper made by python-docx and by LibreOffice, LibreOffice and Chromium make the PDF
that `build` promises, and the QR code is read from a printed page.

    python validate-office.py YIJIANSHI        (packages as .ci/run installs them)
"""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import docx
import PIL.Image
import zxingcpp
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt, RGBColor

program = str(pathlib.Path(sys.argv[1]).resolve())
root = pathlib.Path(__file__).parent.parent
faults = []
made = tempfile.TemporaryDirectory()
home = pathlib.Path(made.name)
# Of its own: other programs that run meanwhile leave nothing here.
temporary = home / "temporary"
temporary.mkdir()
os.environ["TMPDIR"] = str(temporary)
space = home / "space"
shutil.copytree(root / "bundles" / "岳阳", space)
manifest = space / "yijianshi.yaml"
manifest.write_text(manifest.read_text("utf-8") + "\n网址: https://zwfw.example.gov.cn/yijianshi\n", "utf-8")
ADDRESS = "https://zwfw.example.gov.cn/yijianshi/yueyang/small-restaurant/"
HEADER, RED, TAIL = "岳阳市某某局", "岳阳市某某局文件", "某某局办公室印发"

paper = docx.Document()
section = paper.sections[0]
section.page_width, section.page_height = Mm(210), Mm(297)
section.left_margin = section.right_margin = Mm(30)
section.header.paragraphs[0].text = HEADER
head = paper.add_paragraph()
head.alignment = WD_ALIGN_PARAGRAPH.CENTER
run = head.add_run(RED)
run.font.size, run.font.color.rgb = Pt(30), RGBColor(255, 0, 0)
marker = paper.add_paragraph()
marker.add_run("{{正")
marker.add_run("文}}")
paper.add_paragraph(TAIL)
(space / "模板").mkdir()
paper.save(space / "模板" / "红头.docx")
(space / "模板" / "公示.md").write_text("{# 模板版本 2 #}\n# {{ bundle.title }}公示\n", "utf-8")


def run(*command, **more):
    return subprocess.run([str(part) for part in command], check=True, capture_output=True, timeout=900, **more)


def office(target, *files):
    run("soffice", f"-env:UserInstallation={(home / 'profile').as_uri()}", "--headless", "--convert-to", target,
        "--outdir", home / "converted", *files)


# The same paper as LibreOffice writes it.
office("docx", space / "模板" / "红头.docx")
shutil.copy(home / "converted" / "红头.docx", space / "模板" / "办事指南.docx")

run(program, "build", space, "--out", home / "one")
run(program, "build", space, "--out", home / "two")
run("diff", "-r", home / "one", home / "two")
folder = home / "one" / "yueyang" / "small-restaurant"
if (folder / "公示.md").read_text("utf-8") != "# 我要开小餐馆公示\n":
    faults.append("a template of its own is not made")

words = sorted(folder.glob("*.docx"))
for file in words:
    document = docx.Document(str(file))
    texts = [paragraph.text for paragraph in document.paragraphs]
    headings = [p for p in document.paragraphs if p.style.name.lower() == "heading 1"]
    if document.core_properties.title is None or not headings:
        faults.append(f"{file.name}: no title or no headings")
    if not (RED in texts and TAIL in texts and texts.index(RED) < texts.index(headings[0].text) < texts.index(TAIL)):
        faults.append(f"{file.name}: the document is not where the marker was")
    if any("{{" in text for text in texts):
        faults.append(f"{file.name}: the marker is still there")
    for section in document.sections:
        if section.header.paragraphs[0].text != HEADER:
            faults.append(f"{file.name}: a section without the header")
    own = space / "模板" / file.name
    names = [style.name for style in docx.Document(str(own if own.exists() else space / "模板" / "红头.docx")).styles]
    twice = [style.name for style in document.styles]
    # LibreOffice itself writes some names twice.
    if len(twice) - len(set(twice)) != len(names) - len(set(names)):
        faults.append(f"{file.name}: styles share a name")
    for table in document.tables:
        if {len(row.cells) for row in table.rows} != {len(table.columns)}:
            faults.append(f"{file.name}: rows of different width")


def pdf(folder, said):
    files = sorted(folder.rglob("*.pdf"))
    pages = 0
    for file in files:
        text = run("pdftotext", "-layout", file, "-").stdout.decode()
        pages += text.count("\f")
        plain = "".join(text.split())
        for part in said:
            if part not in plain:
                faults.append(f"{file.name}: “{part}” is not in the PDF")
        # The form is called what the bundle calls it.
        if file.stem not in plain and file.stem != "一张表单":
            faults.append(f"{file.name}: its name is not in the PDF")
    if not pages:
        faults.append(f"no pages in {folder}")
    return len(files), pages


run(program, "build", space, "--out", home / "office", "--only", "pdf")
first = pdf(home / "office", ["我要开小餐馆", HEADER, RED, "一、"])
if first[0] != len(words):
    faults.append(f"{first[0]} PDF of {len(words)} Word files")
run(program, "build", space, "--out", home / "browser", "--only", "guide,handbook,pdf,site", "--pdf-with", "chromium")
second = pdf(home / "browser", ["我要开小餐馆"])
site = (home / "browser" / "yueyang" / "index.html").read_text("utf-8")
for file in (home / "browser").rglob("*.pdf"):
    if f'href="small-restaurant/{file.name}"' not in site:
        faults.append(f"{file.name}: nothing on the site leads to it")
if list(temporary.glob("yijianshi-*")):
    faults.append("something is left in the temporary folder")

# The code, as a phone sees it on paper.
codes = 0
for file in sorted((home / "office").rglob("*.pdf")) + sorted((home / "browser").rglob("*.pdf")):
    run("pdftoppm", "-r", "110", "-png", file, home / "page")
    found = set()
    for page in sorted(home.glob("page*.png")):
        with PIL.Image.open(page) as picture:
            found |= {code.text for code in zxingcpp.read_barcodes(picture)}
        page.unlink()
    codes += 1
    if found != {ADDRESS}:
        faults.append(f"{file.name}: the code says {found}")

for text in faults:
    print(text, file=sys.stderr)
print(f"{len(words)} Word files on letterheads, {first[1]} + {second[1]} pages of PDF, {codes} codes read: {len(faults)} faults")
sys.exit(1 if faults else 0)
