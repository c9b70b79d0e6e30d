//! Text → document: what is wrong with the file as a whole, then the tree, with recovery where it is needed.

use std::borrow::Cow;

use super::build::{Built, build};
use super::codes::{BROKEN_ENCODINGS, BYTE_ORDER_MARKS, CARRIAGE_RETURNS, EMPTY_FILES, OVERSIZED_FILES};
use super::settle::settle;
use super::{Document, recover};
use crate::diagnostic::{Diagnostic, Edit, Fix, Sink};
use crate::source::{Encoding, Source, SourceId, Span};

/// No bundle comes near this size; what does is not a bundle.
const SIZE_LIMIT: usize = 16 << 20;

/// Reads a text. Never fails: faults go to `sink`.
pub fn parse(source: SourceId, text: &Source, sink: &mut Sink) -> Document {
    let start = Span::new(source, 0..0);
    if let Some(diagnostic) = encoding(text.encoding(), start) {
        sink.push(diagnostic);
        return Document { source, root: None, comments: Vec::new(), damaged: true };
    }
    let mut first = once(source, text.text());
    settle(source, text.text(), &mut first);
    sink.extend(first.said);
    first.document
}

/// What one reading gives.
pub(super) struct Reading {
    pub document: Document,
    pub said: Vec<Diagnostic>,
    /// How many bytes were parsed for it.
    pub work: usize,
}

/// Reads a text, whether its fixes come to an end or not.
pub(super) fn once(source: SourceId, written: &str) -> Reading {
    let nothing = Document { source, root: None, comments: Vec::new(), damaged: true };
    let start = Span::new(source, 0..0);
    let mut said = Vec::new();
    if written.len() > SIZE_LIMIT {
        let size = written.len() >> 20;
        said.push(
            OVERSIZED_FILES
                .at(start, format!("这个文件有 {size} MB，超过 {} MB，没有读", SIZE_LIMIT >> 20))
                .help("一件事一个文件；请检查是否误存了别的内容"),
        );
        return Reading { document: nothing, said, work: 0 };
    }
    let body = if let Some(body) = written.strip_prefix('\u{feff}') {
        let mark = Span::new(source, 0..'\u{feff}'.len_utf8());
        said.push(
            BYTE_ORDER_MARKS
                .at(mark, "文件开头有看不见的字节顺序标记（BOM）")
                .help("保存时编码请选“UTF-8”，不选“带有 BOM 的 UTF-8”")
                .fix(Fix::replace(mark, "", "删去字节顺序标记")),
        );
        body
    } else {
        written
    };
    let body = if body.as_bytes().contains(&b'\r') {
        said.push(carriage_returns(source, written));
        single_breaks(body)
    } else {
        Cow::Borrowed(body)
    };
    let base = written.len() - body.len();
    let built = build(source, &body, usize::MAX);
    let mut mended = Vec::new();
    let (built, work) = if built.failure.is_none() && built.suspects.is_empty() {
        (built, 0)
    } else {
        recover::recover(source, &body, built, &mut mended)
    };
    let Built { mut root, mut comments, mut findings, damaged, .. } = built;
    findings.append(&mut mended);
    if base > 0 {
        let shift = |span: &mut Span| {
            span.start += base as u32;
            span.end += base as u32;
        };
        recover::move_spans(&mut root, &mut comments, &mut findings, &shift);
    }
    if root.is_none() && !damaged && findings.is_empty() {
        said.push(
            EMPTY_FILES
                .at(Span::new(source, base..base), "这个文件是空的，没有任何内容")
                .help("请写上内容，或删去这个文件"),
        );
    }
    said.append(&mut findings);
    Reading { document: Document { source, root, comments, damaged }, said, work: work + body.len() }
}

fn encoding(encoding: Encoding, start: Span) -> Option<Diagnostic> {
    let name = match encoding {
        Encoding::Utf8 => return None,
        Encoding::Gbk => "这个文件看来是用 GBK（ANSI）编码保存的",
        Encoding::Utf16 => "这个文件是用 UTF-16（“Unicode”）编码保存的",
        Encoding::Unknown => "这个文件不是 UTF-8 编码的文本",
    };
    let help = if encoding == Encoding::Unknown {
        "请确认它是文本文件（不是 Word、表格或压缩包）；再用记事本打开，点“文件”→“另存为”，编码选“UTF-8”后保存"
    } else {
        "用 Windows 记事本打开，点“文件”→“另存为”，编码选“UTF-8”后保存；\
         用 WPS 时，另存为“纯文本（*.txt）”，编码选“Unicode（UTF-8）”，再把扩展名改回 .yaml"
    };
    Some(BROKEN_ENCODINGS.at(start, format!("{name}，没有读")).help(help))
}

fn carriage_returns(source: SourceId, text: &str) -> Diagnostic {
    let bytes = text.as_bytes();
    let mut edits = Vec::new();
    for (at, _) in bytes.iter().enumerate().filter(|&(_, &byte)| byte == b'\r') {
        let replacement = if bytes.get(at + 1) == Some(&b'\n') { "" } else { "\n" };
        edits.push(Edit { span: Span::new(source, at..at + 1), text: replacement.to_owned() });
    }
    let first = edits[0].span;
    CARRIAGE_RETURNS
        .at(first, format!("换行不是单一的 LF，而是 Windows 的 CRLF（或 CR），共 {} 处", edits.len()))
        .help("编辑器右下角把“CRLF”改为“LF”后保存，或用 --fix 自动改好")
        .fix(Fix { title: "全部改为 LF 换行".to_owned(), edits, safe: true })
}

/// A carriage return alone breaks a line for YAML: makes it a line feed, in its place.
fn single_breaks(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let lone = |at: usize| bytes[at] == b'\r' && bytes.get(at + 1) != Some(&b'\n');
    if !(0..bytes.len()).any(lone) {
        return Cow::Borrowed(text);
    }
    let changed = text.char_indices().map(|(at, c)| if lone(at) { '\n' } else { c });
    Cow::Owned(changed.collect())
}
