//! What the terminal can show, and writing to it.

use std::fmt::Display;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::panic::PanicHookInfo;
use std::time::{Duration, Instant};

use anstream::{AutoStream, ColorChoice};
use clap::ValueEnum;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use yijianshi_core::message::Theme;

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless `NO_COLOR` is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// What the terminal can show.
#[derive(Debug, Clone, Copy)]
pub struct Ui {
    /// Colours and lines.
    pub theme: Theme,
    /// Columns.
    pub width: usize,
}

/// Columns of what is not written to a terminal.
const WIDTH: usize = 100;

impl Ui {
    /// Looks at the terminal.
    pub fn new(color: Color) -> Self {
        let choice = match color {
            Color::Auto => ColorChoice::Auto,
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
        };
        choice.write_global();
        let colour = AutoStream::choice(&io::stdout()) != ColorChoice::Never;
        let width = match io::stdout().is_terminal() {
            true => terminal_size::terminal_size().map_or(WIDTH, |(width, _)| usize::from(width.0)),
            false => WIDTH,
        };
        Ui { theme: Theme { colour, unicode: draws_unicode() }, width }
    }

    /// Tells the user something that is no result.
    pub fn message(&self, text: &dyn Display) {
        // Nobody is left to be told that standard error is closed.
        let _ = writeln!(anstream::stderr(), "{text}");
    }
}

/// Whether lines and arrows beyond ASCII come out as they should.
fn draws_unicode() -> bool {
    let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    if cfg!(windows) {
        // The old console draws them two columns wide.
        return ["WT_SESSION", "TERM_PROGRAM", "ConEmuANSI"].into_iter().any(|name| set(name).is_some());
    }
    // A locale that is not set says nothing about the terminal.
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(set);
    locale.is_none_or(|locale| {
        let locale = locale.to_ascii_lowercase();
        locale.contains("utf-8") || locale.contains("utf8")
    })
}

/// Standard output. A reader that goes away (`| head`) is no fault: what would follow is dropped, and the work goes on, so that
/// the exit code stays true.
pub struct Out {
    stream: Option<BufWriter<AutoStream<io::Stdout>>>,
}

impl Out {
    /// Standard output, with colours as chosen.
    pub fn new() -> Self {
        Out { stream: Some(BufWriter::with_capacity(1 << 16, AutoStream::auto(io::stdout()))) }
    }

    fn with<T>(
        &mut self,
        gone: T,
        act: impl FnOnce(&mut BufWriter<AutoStream<io::Stdout>>) -> io::Result<T>,
    ) -> io::Result<T> {
        let Some(stream) = &mut self.stream else { return Ok(gone) };
        match act(stream) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                // What is still buffered must not be tried again when this is dropped.
                if let Some(stream) = self.stream.take() {
                    drop(stream.into_parts());
                }
                Ok(gone)
            }
            done => done,
        }
    }
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.with(bytes.len(), |stream| stream.write(bytes))
    }
    fn flush(&mut self) -> io::Result<()> {
        self.with((), Write::flush)
    }
}

/// A bar on standard error while long work goes on; nothing if that is no terminal or the work is short.
pub struct Progress {
    total: usize,
    done: usize,
    start: Instant,
    bar: Option<ProgressBar>,
    shown: bool,
}

impl Progress {
    /// For `total` files.
    pub fn new(total: usize) -> Self {
        Progress { total, done: 0, start: Instant::now(), bar: None, shown: io::stderr().is_terminal() }
    }

    /// So many more are done.
    pub fn add(&mut self, files: usize) {
        self.done += files;
        if !self.shown || self.start.elapsed() < Duration::from_secs(1) {
            return;
        }
        let total = self.total as u64;
        let bar = self.bar.get_or_insert_with(|| {
            let style = ProgressStyle::with_template("{bar:30} {pos}/{len} 个文件").expect("the template is right");
            ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::stderr())
                .with_style(style.progress_chars("=> "))
        });
        bar.set_position(self.done as u64);
    }

    /// Writes with the bar out of the way.
    pub fn aside<T>(&self, write: impl FnOnce() -> T) -> T {
        match &self.bar {
            Some(bar) => bar.suspend(write),
            None => write(),
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

/// A panic is a fault of this program: says so, and how to report it. The exit code is 101.
pub fn apologise_for_panics() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        let _ = writeln!(anstream::stderr(), "{}", apology(info));
        if std::env::var_os("RUST_BACKTRACE").is_some_and(|value| value != "0") {
            usual(info);
        }
    }));
}

fn apology(info: &PanicHookInfo<'_>) -> String {
    let place = info.location().map(ToString::to_string).unwrap_or_default();
    let payload = info.payload();
    let reason = payload.downcast_ref::<&str>().copied();
    let reason = reason.or_else(|| payload.downcast_ref::<String>().map(String::as_str)).unwrap_or("");
    format!(
        "很抱歉，yijianshi 自身出错了，不是您的文件有错，也什么都没有写。\n  \
         版本：{}\n  位置：{place}\n  原因：{reason}\n\
         请把上面几行和正在处理的文件一起发给本工具的维护者。",
        env!("CARGO_PKG_VERSION")
    )
}
