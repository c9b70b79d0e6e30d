//! `draw`: one chart of one bundle, in one format.

use std::fs;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::failure::{Failure, shown};
use super::load::{self, Done, Visitor, WorkspaceFiles};
use super::png;
use super::report::{Prepared, Reporter};
use super::terminal::{Out, Ui};
use yijianshi_core::compile::{Closed, Goal};
use yijianshi_core::plan::Plan;
use yijianshi_emit::{Dialect, Drawing, bpmn, charts};

/// A chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Chart {
    /// The applicant's view.
    #[value(alias = "外部流程图")]
    External,
    /// Lanes of those who take part.
    #[value(alias = "内部流程图")]
    Internal,
    /// Before and after.
    #[value(alias = "改革前后对比")]
    Gantt,
    /// What is asked.
    #[value(alias = "情形问卷")]
    Questionnaire,
}

/// A format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// A drawing.
    Svg,
    /// A picture.
    Png,
    /// Text for Mermaid.
    Mermaid,
    /// Text for Graphviz.
    Dot,
    /// A process for engines.
    Bpmn,
}

/// Arguments of `draw`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[arg(value_name = "文件", help = "一件事的 .yaml 文件")]
    file: PathBuf,
    #[arg(
        long,
        value_name = "图",
        value_enum,
        hide_possible_values = true,
        help = "external（外部流程图）、internal（内部流程图）、gantt（改革前后对比）、questionnaire（情形问卷）"
    )]
    chart: Chart,
    #[arg(
        long,
        value_name = "格式",
        value_enum,
        hide_possible_values = true,
        help = "svg、png、mermaid、dot、bpmn；不写就看输出文件的扩展名，没有就是 svg"
    )]
    format: Option<Format>,
    #[arg(short, long, value_name = "文件", help = "写到哪个文件；不写就输出到屏幕")]
    out: Option<PathBuf>,
    #[arg(
        long,
        value_name = "引擎",
        help = "BPMN 给哪种引擎：camunda8（缺省）、camunda7、flowable、spiff、bpmn-engine"
    )]
    engine: Option<String>,
    #[arg(long, help = "分成能印在 A4 纸上的几张，文件名后面加 -1、-2（一张印得下的不分）")]
    split: bool,
    #[arg(long, value_name = "像素", help = "PNG 的宽度；不写就是图的两倍")]
    width: Option<u32>,
    #[arg(long, value_name = "字体", help = "PNG 用的中文字体：字体的名称或字体文件；不写就自动找")]
    font: Option<String>,
}

/// Draws; whether there was no error in the bundle.
pub fn run(args: &Args, ui: &Ui) -> Result<bool, Failure> {
    if !args.file.is_file() {
        fs::File::open(&args.file).map_err(|error| Failure::read(&args.file, error))?;
        return Err(Failure::Other(format!("{} 不是文件，这里要写一件事的 .yaml 文件", shown(&args.file))));
    }
    let format = format(args)?;
    let found = load::find(std::slice::from_ref(&args.file))?;
    let mut work = Work { reporter: Reporter::for_people(ui)?, plan: None, bundle: false };
    load::visit(&found, Goal::Plan, &mut work)?;
    let Work { plan, bundle, mut reporter } = work;
    if !bundle {
        return Err(Failure::Other(format!("{} 不是一件事，没有图可以画", shown(&args.file))));
    }
    let Some(plan) = plan else {
        reporter.flush()?;
        ui.message(&"有错误，没有画图");
        return Ok(false);
    };
    let pieces = pieces(args, format, &plan)?;
    match &args.out {
        None => {
            let terminal = std::io::stdout().is_terminal();
            if format == Format::Png && terminal {
                return Err(Failure::Other("PNG 不能显示在终端里，请用 -o 写明文件".to_owned()));
            }
            if pieces.len() > 1 {
                return Err(Failure::Other("分成了几张，请用 -o 写明文件".to_owned()));
            }
            let mut out = Out::new();
            for piece in &pieces {
                out.write_all(piece)?;
            }
            out.flush()?;
        }
        Some(path) => {
            for (index, piece) in pieces.iter().enumerate() {
                let path = if pieces.len() > 1 { numbered(path, index + 1) } else { path.clone() };
                fs::write(&path, piece).map_err(|error| Failure::write(&path, error))?;
            }
        }
    }
    Ok(true)
}

/// As asked for, else by the name of the file.
fn format(args: &Args) -> Result<Format, Failure> {
    let by_name = args.out.as_ref().and_then(|path| path.extension()).and_then(|extension| {
        match extension.to_ascii_lowercase().to_str()? {
            "svg" => Some(Format::Svg),
            "png" => Some(Format::Png),
            "mmd" | "mermaid" => Some(Format::Mermaid),
            "dot" | "gv" => Some(Format::Dot),
            "bpmn" => Some(Format::Bpmn),
            _ => None,
        }
    });
    let format = match (args.format, by_name, &args.out) {
        (Some(format), ..) | (None, Some(format), _) => format,
        (None, None, None) => Format::Svg,
        (None, None, Some(path)) => {
            return Err(Failure::Other(format!(
                "从文件名 {} 看不出格式，请用 --format 写明：svg、png、mermaid、dot、bpmn",
                shown(path)
            )));
        }
    };
    if args.chart == Chart::Gantt && !matches!(format, Format::Svg | Format::Png) {
        return Err(Failure::Other("改革前后对比只有 svg、png 两种格式".to_owned()));
    }
    if args.chart == Chart::Questionnaire && format == Format::Bpmn {
        return Err(Failure::Other("情形问卷没有 bpmn 格式，可以写：svg、png、mermaid、dot".to_owned()));
    }
    Ok(format)
}

/// The bytes of the files.
fn pieces(args: &Args, format: Format, plan: &Plan) -> Result<Vec<Vec<u8>>, Failure> {
    let drawings = || -> Result<Vec<Drawing>, Failure> {
        let chart = match args.chart {
            Chart::External => charts::external(plan),
            Chart::Internal => charts::internal(plan),
            Chart::Gantt => charts::gantt(plan).ok_or_else(|| {
                Failure::Other("改革前后的时限没有写全，没有可以对比的，画不出改革前后对比图".to_owned())
            })?,
            Chart::Questionnaire => charts::questionnaire(plan).ok_or_else(nothing_to_ask)?,
        };
        Ok(if args.split { chart.printed().to_vec() } else { vec![chart.whole] })
    };
    match format {
        Format::Svg => Ok(drawings()?.iter().map(Drawing::file).collect()),
        Format::Png => {
            let fonts = png::Fonts::find(args.font.as_deref())?;
            drawings()?.iter().map(|drawing| fonts.png(drawing, args.width)).collect()
        }
        Format::Mermaid | Format::Dot => {
            let text = match (args.chart, format) {
                (Chart::Questionnaire, Format::Mermaid) => {
                    charts::questionnaire_mermaid(plan).ok_or_else(nothing_to_ask)?
                }
                (Chart::Questionnaire, _) => charts::questionnaire_dot(plan).ok_or_else(nothing_to_ask)?,
                (_, Format::Mermaid) => charts::mermaid(plan),
                _ => charts::dot(plan),
            };
            Ok(vec![text.into_bytes()])
        }
        Format::Bpmn => Ok(vec![bpmn(plan, engine(args.engine.as_deref())?)]),
    }
}

fn nothing_to_ask() -> Failure {
    Failure::Other("这件事没有写“情形”，没有问题要问，没有情形问卷可以画".to_owned())
}

/// The dialect of an engine.
fn engine(name: Option<&str>) -> Result<Dialect, Failure> {
    let Some(name) = name else { return Ok(Dialect::ALL[0]) };
    let found = Dialect::ALL.into_iter().find(|dialect| dialect.name() == name);
    found.ok_or_else(|| {
        let names: Vec<&str> = Dialect::ALL.into_iter().map(Dialect::name).collect();
        Failure::Other(format!("--engine：没有“{name}”这种引擎，可以写：{}", names.join("、")))
    })
}

/// 图.svg → 图-1.svg.
fn numbered(path: &Path, number: usize) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let name = match path.extension() {
        Some(extension) => format!("{stem}-{number}.{}", extension.to_string_lossy()),
        None => format!("{stem}-{number}"),
    };
    path.with_file_name(name)
}

struct Work {
    reporter: Reporter,
    plan: Option<Box<Plan>>,
    bundle: bool,
}

impl Visitor for Work {
    type Item = (Prepared, bool, Option<Box<Plan>>);

    fn bundle(&self, _: &WorkspaceFiles, done: Done<'_>) -> Result<Self::Item, Failure> {
        let plan = done.compiled.plan;
        let prepared = self.reporter.prepare(&done.sources, done.compiled.diagnostics);
        Ok((prepared, true, plan))
    }

    fn then(&mut self, (prepared, bundle, plan): Self::Item) -> Result<(), Failure> {
        // What does not keep a chart from being drawn is for `check` to say.
        if plan.is_none() {
            self.reporter.say(prepared)?;
        }
        self.bundle |= bundle;
        self.plan = plan;
        Ok(())
    }

    fn end(&mut self, _: &WorkspaceFiles, _: Closed) -> Result<(), Failure> {
        Ok(())
    }
}
