//! `build`: checks, and emits what has no error.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, OnceLock};

use super::failure::{Failure, shown};
use super::load::{self, Done, Visitor, WorkspaceFiles};
use super::output::{Changes, Made, Output};
use super::pdf::Printer;
use super::png::Fonts;
use super::report::{Prepared, Reporter};
use super::select::Selection;
use super::templates::TemplateFolder;
use super::terminal::{Out, Ui};
use super::whole::Whole;
use yijianshi_core::compile::{Closed, Goal, Workspace};
use yijianshi_core::diagnostic::{Level, place_text};
use yijianshi_core::plan::{self, Plan};
use yijianshi_emit::Drawing;
use yijianshi_emit::catalogue::{Entry, Findings};
use yijianshi_emit::templates::Fault;
use yijianshi_emit::{EMITTERS, Files};

/// Arguments of `build`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[arg(value_name = "路径", help = "文件或文件夹；不写就是当前文件夹")]
    paths: Vec<PathBuf>,
    #[arg(
        long,
        value_name = "文件夹",
        default_value = "out",
        hide_default_value = true,
        help = "成果写到哪个文件夹；不写就是 out"
    )]
    out: PathBuf,
    #[arg(
        long,
        value_name = "名称",
        help = "只生成这些成果，用逗号分开，上次生成的其他成果会清除；不写就按清单的“输出”，清单也没有写就生成全部"
    )]
    only: Vec<String>,
    #[arg(long, value_name = "字体", help = "Word 文件里的图用的中文字体：字体的名称或字体文件；不写就自动找")]
    font: Option<String>,
    #[arg(long, value_name = "程序", help = "用哪个程序生成 PDF：LibreOffice 或 Chromium 的名称或路径；不写就自动找")]
    pdf_with: Option<String>,
    #[arg(long, help = "生成以后被人改过的成果也覆盖")]
    force: bool,
}

/// Builds; whether there was no error.
pub fn run(args: &Args, ui: &Ui) -> Result<bool, Failure> {
    let only = args.only.iter().flat_map(|names| names.split([',', '，', '、']));
    let only: Vec<&str> = only.map(str::trim).filter(|name| !name.is_empty()).collect();
    let only = if args.only.is_empty() { None } else { Some(Selection::of(only.into_iter(), "--only")?) };
    let found = load::find(&args.paths)?;
    let mut build = Build {
        reporter: Reporter::for_people(ui)?,
        output: Output::open(&args.out)?,
        pictures: Pictures::new(args.font.as_deref())?,
        only,
        selection: Selection::all(),
        templates: None,
        faults: BTreeSet::new(),
        wrong: BTreeSet::new(),
        printer: OnceLock::new(),
        pdf_with: args.pdf_with.clone(),
        printed: Vec::new(),
        failed: AtomicBool::new(false),
        workspaces: BTreeMap::new(),
        bundles: BTreeMap::new(),
        made: Made::new(),
        scope: Vec::new(),
        own: String::new(),
        whole: Whole::default(),
    };
    let done = load::visit(&found, Goal::Plan, &mut build)?;
    let Build {
        reporter,
        output,
        pictures,
        bundles,
        mut made,
        mut scope,
        whole,
        mut faults,
        wrong,
        printer,
        printed,
        ..
    } = build;
    let errors = reporter.close(Ok(done))?.errors;
    // After an error some bundles are not made at all, so that what they would show is not said.
    if errors == 0 {
        faults.extend(wrong);
    }
    for fault in &faults {
        ui.message(&format!("错误：{fault}"));
    }
    if errors > 0 || !faults.is_empty() {
        ui.message(&"有错误，什么都没有写；原来的成果没有动");
        return Ok(false);
    }
    if bundles.is_empty() {
        return Err(Failure::Other("这些文件里没有一件事，没有成果可以生成".to_owned()));
    }
    if let Some(printer) = printer.into_inner() {
        if printed.is_empty() {
            return Err(Failure::Other(
                "选的成果里没有可以转成 PDF 的文件：只写 pdf 就是全部文件，或者再写上办事指南等".to_owned(),
            ));
        }
        printer.print(&printed, |index, bytes| {
            let path = &printed[index].1;
            let hash = output.stage(path, &bytes)?;
            made.insert(path.clone(), hash);
            Ok(())
        })?;
    }
    let partial = whole.is_partial();
    let notes = whole.together(&output, &mut made, &mut scope)?;
    let in_scope = |path: &str| scope.iter().any(|prefix| path.starts_with(prefix.as_str()));
    let Changes { new, updated, removed, same } = output.commit(&made, in_scope, args.force, &notes)?;
    let mut out = Out::new();
    use std::io::Write;
    writeln!(
        out,
        "已生成 {} 件事的成果，在 {}：新增 {new} 个文件，更新 {updated} 个，清除 {removed} 个，{same} 个没有变化",
        bundles.len(),
        shown(&args.out)
    )?;
    out.flush()?;
    if partial {
        ui.message(
            &"只生成了工作区里的一部分一件事：目录网页等整个工作区的成果没有动，对整个文件夹运行 build 才会更新",
        );
    }
    if let Some(failure) = pictures.failed() {
        ui.message(&format!("Word 文件里没有放图，只写了图的文件名：{failure}"));
    }
    Ok(true)
}

/// How wide a drawing's picture is, in pixels: sharp in print on A4 (about 220 a inch), and no wider than twice the drawing.
fn width(drawing: &Drawing) -> u32 {
    let (across, down) = (drawing.size.width.unsigned_abs().max(1), drawing.size.height.unsigned_abs().max(1));
    let by_height = u64::from(across) * 1800 / u64::from(down);
    u32::try_from(by_height).unwrap_or(u32::MAX).min(across * 2).clamp(1, 1800)
}

/// Makes drawings pictures for documents that cannot hold drawings.
struct Pictures {
    fonts: OnceLock<Result<Fonts, Failure>>,
    /// Why a drawing did not become a picture, once.
    failed: Mutex<Option<String>>,
}

impl Pictures {
    /// With the font that was asked for, else with those of the machine, which are looked for when first needed.
    fn new(font: Option<&str>) -> Result<Pictures, Failure> {
        let fonts = OnceLock::new();
        if font.is_some() {
            let _ = fonts.set(Ok(Fonts::find(font)?));
        }
        Ok(Pictures { fonts, failed: Mutex::default() })
    }

    fn paint(&self, drawing: &Drawing) -> Option<Vec<u8>> {
        let said = match self.fonts.get_or_init(|| Fonts::find(None)) {
            Ok(fonts) => match fonts.png(drawing, Some(width(drawing))) {
                Ok(picture) => return Some(picture),
                Err(failure) => failure.to_string(),
            },
            Err(failure) => failure.to_string(),
        };
        self.failed.lock().ok()?.get_or_insert(said);
        None
    }

    fn failed(self) -> Option<String> {
        self.failed.into_inner().ok().flatten()
    }
}

struct Build {
    reporter: Reporter,
    output: Output,
    pictures: Pictures,
    only: Option<Selection>,
    /// Of the workspace at hand.
    selection: Selection,
    /// What the workspace at hand brings of its own.
    templates: Option<TemplateFolder>,
    /// What is wrong with it.
    faults: BTreeSet<Fault>,
    /// What is wrong with it for one bundle or another.
    wrong: BTreeSet<Fault>,
    /// What makes PDF; looked for when first needed.
    printer: OnceLock<Printer>,
    pdf_with: Option<String>,
    /// What is to be PDF: the name with the printer, and the path.
    printed: Vec<(String, String)>,
    /// Whether something is wrong, so that nothing need be made any more.
    failed: AtomicBool,
    /// Where each workspace's id is written.
    workspaces: BTreeMap<String, String>,
    /// Where each bundle is, by folder.
    bundles: BTreeMap<String, String>,
    made: Made,
    /// What belongs to the workspaces and bundles that were built.
    scope: Vec<String>,
    /// The folder of the workspace at hand, if all of it is built.
    own: String,
    /// What stands for whole workspaces.
    whole: Whole,
}

/// What was made of a bundle.
struct Emitted {
    folder: String,
    name: String,
    files: Made,
    about: plan::Workspace,
    entry: Entry,
    printed: Vec<(String, String)>,
    faults: Vec<Fault>,
}

/// An id that can be the name of a folder everywhere.
fn folder_name<'i>(id: &'i str, place: &str) -> Result<&'i str, Failure> {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let reserved = ["con", "prn", "aux", "nul"].contains(&id.to_ascii_lowercase().as_str());
    if id.is_empty() || reserved || !id.chars().all(plain) {
        return Err(Failure::Other(format!("{place}：标识“{id}”不能用作文件夹名，只能写英文字母、数字和连字符")));
    }
    Ok(id)
}

impl Build {
    fn emit(&self, plan: &Plan, name: &str, root: &str, findings: Findings) -> Result<Emitted, Failure> {
        let workspace = folder_name(&plan.workspace.id, "工作区清单")?;
        let bundle = folder_name(&plan.bundle.id, name)?;
        let folder = format!("{workspace}/{bundle}");
        let mut files = Files::new();
        // Several documents show the same drawing.
        let painted: RefCell<BTreeMap<Vec<u8>, Option<Vec<u8>>>> = RefCell::default();
        let painter = |drawing: &Drawing| -> Option<Vec<u8>> {
            let mut painted = painted.borrow_mut();
            painted.entry(drawing.file()).or_insert_with(|| self.pictures.paint(drawing)).clone()
        };
        for emitter in &self.selection.emitters {
            (emitter.emit)(plan, &painter, &mut files);
        }
        let (all, complete) = (self.selection.templates, self.selection.emitters.len() == EMITTERS.len());
        let faults = self.templates.as_ref().map(|own| own.apply(plan, all, complete, &mut files)).unwrap_or_default();
        let printed = self.take(&folder, &files)?;
        if self.selection.only_pdf {
            files.clear();
        }
        let file = name.strip_prefix(root).unwrap_or(name);
        let pdf = printed.iter().filter_map(|(_, path)| path.strip_prefix(&*folder)?.strip_prefix('/'));
        let made = files.keys().map(String::as_str).chain(pdf).map(str::to_owned).collect();
        let entry = Entry::of(plan, file, findings, made);
        let mut made = Made::new();
        for (path, bytes) in files {
            let path = format!("{folder}/{path}");
            let hash = self.output.stage(&path, &bytes)?;
            made.insert(path, hash);
        }
        let about = plan.workspace.clone();
        Ok(Emitted { folder, name: name.to_owned(), files: made, about, entry, printed, faults })
    }

    /// Puts the documents aside that are to be PDF, if any are.
    fn take(&self, folder: &str, files: &Files) -> Result<Vec<(String, String)>, Failure> {
        let mut printed = Vec::new();
        let Some(printer) = self.printer.get().filter(|_| self.selection.pdf) else { return Ok(printed) };
        // Every document is there in Word; there are other pages, too.
        for stem in files.keys().filter_map(|path| path.strip_suffix(".docx")) {
            if let Some(bytes) = files.get(&format!("{stem}{}", printer.reads())) {
                let path = format!("{folder}/{stem}.pdf");
                let name = blake3::hash(path.as_bytes()).to_hex().to_string();
                printer.take(&name, bytes)?;
                printed.push((name, path));
            }
        }
        Ok(printed)
    }
}

impl Visitor for Build {
    type Item = (Prepared, Option<Emitted>);

    fn begin(&mut self, files: &WorkspaceFiles, workspace: &Workspace, every: bool) -> Result<(), Failure> {
        let manifest = &workspace.manifest;
        self.whole.begin(every);
        self.selection = match &self.only {
            Some(only) => only.clone(),
            None => match manifest.outputs.first() {
                Some(first) => {
                    let place = place_text(&workspace.sources, first.span);
                    Selection::of(manifest.outputs.iter().map(|name| &*name.value), &place)?
                }
                None => Selection::all(),
            },
        };
        if self.selection.pdf && self.printer.get().is_none() {
            let _ = self.printer.set(Printer::find(self.pdf_with.as_deref())?);
        }
        self.templates = match TemplateFolder::read(files)? {
            Ok(own) => own,
            Err(faults) => {
                self.failed.store(true, Ordering::Relaxed);
                self.faults.extend(faults);
                None
            }
        };
        // Without an id there is an error, and nothing will be made.
        if let Some(id) = &manifest.id {
            let place = place_text(&workspace.sources, id.span);
            if let Some(other) = self.workspaces.insert(id.to_ascii_lowercase(), place.clone()) {
                return Err(Failure::Other(format!(
                    "两个工作区的标识都是“{id}”，成果会混在一起，什么都没有写：\n  {other}\n  {place}"
                )));
            }
            self.own = if files.is_complete() { format!("{id}/") } else { String::new() };
        }
        Ok(())
    }

    fn bundle(&self, _: &WorkspaceFiles, done: Done<'_>) -> Result<Self::Item, Failure> {
        let compiled = done.compiled;
        let root = &done.workspace.root;
        if compiled.diagnostics.iter().any(|diagnostic| diagnostic.level == Level::Error) {
            self.failed.store(true, Ordering::Relaxed);
        }
        let emitted = match compiled.plan {
            Some(plan) if !self.failed.load(Ordering::Relaxed) => {
                let findings = Findings::of(&compiled.diagnostics, &compiled.allowed, &done.sources, root);
                Some(self.emit(&plan, done.sources.get(done.source).name(), root, findings)?)
            }
            _ => None,
        };
        Ok((self.reporter.prepare(&done.sources, compiled.diagnostics), emitted))
    }

    fn then(&mut self, (prepared, emitted): Self::Item) -> Result<(), Failure> {
        self.reporter.say(prepared)?;
        let Some(Emitted { folder, name, files, about, entry, printed, faults }) = emitted else { return Ok(()) };
        // Some disks do not tell a from A.
        if let Some(other) = self.bundles.insert(folder.to_ascii_lowercase(), name.clone()) {
            return Err(Failure::Other(format!(
                "两件事的成果都要写到 {folder}，什么都没有写。改掉其中一个“标识”：\n  {other}\n  {name}"
            )));
        }
        if self.own.is_empty() {
            self.scope.push(format!("{folder}/"));
        }
        self.made.extend(files);
        self.whole.add(about, entry, !self.selection.workspace.is_empty());
        self.printed.extend(printed);
        self.wrong.extend(faults);
        Ok(())
    }

    fn flush(&mut self) -> Result<(), Failure> {
        self.reporter.flush()
    }

    fn end(&mut self, _: &WorkspaceFiles, closed: Closed) -> Result<(), Failure> {
        if closed.diagnostics.iter().any(|diagnostic| diagnostic.level == Level::Error) {
            self.failed.store(true, Ordering::Relaxed);
        }
        if !self.failed.load(Ordering::Relaxed)
            && let Some((id, files)) = self.whole.end(&closed, &self.selection.workspace)
        {
            for (path, bytes) in files {
                let path = format!("{id}/{path}");
                let hash = self.output.stage(&path, &bytes)?;
                self.made.insert(path, hash);
            }
        }
        if !self.own.is_empty() {
            self.scope.push(std::mem::take(&mut self.own));
        }
        let prepared = self.reporter.prepare(&closed.workspace.sources, closed.diagnostics);
        self.reporter.say(prepared)
    }
}
