//! Inheritance (继承): a bundle and what it extends, merged.
//!
//! Child over parent by key; tables by name (`名称: 删除` removes); lists whole, or by `增加`、`删除`、`修改` with the identity declared as
//! `keyed`. A value keeps its span, hence its file: origin needs no bookkeeping of its own.

use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;

use super::Workspace;
use super::codes::{CIRCULAR_INHERITANCE, UNDEFINED_PARENTS};
use crate::diagnostic::{Diagnostic, Sink};
use crate::model::{self, Bundle, File, Inheritance, Str, Value, closest};
use crate::source::{At, Source, SourceId, Sources, Span};
use crate::syntax::{self, Document};

/// A bundle with everything it inherits.
#[derive(Debug)]
pub struct Loaded {
    /// As written, merged; every value keeps the place where it was written.
    pub bundle: Bundle,
    /// The texts it comes from, itself first, with their comments.
    pub documents: Vec<Arc<Document>>,
    /// Where the parts of all of them are written.
    pub parts: Vec<(Span, Part)>,
    /// Whether some part of them could not be read.
    pub damaged: bool,
}

/// A part of a bundle that can be broken without the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// The item of this name.
    Item(Str),
    /// The measures.
    Measures,
    /// The named scenario (典型情形) of this name.
    Scenario(Str),
    /// What was published.
    Published,
}

/// Where the parts of a bundle are written, as far as that is known.
fn parts(bundle: &Bundle) -> impl Iterator<Item = (Span, Part)> {
    let items = bundle.items.iter();
    let items = items.map(|entry| (entry.name.span.to(entry.value.span), Part::Item(entry.name.value.clone())));
    let scenarios = bundle.scenarios.iter();
    let scenarios = scenarios.filter_map(|own| Some((own.span, Part::Scenario(own.name.as_ref()?.value.clone()))));
    let measures = bundle.measures.span.map(|span| (span, Part::Measures));
    let published = bundle.published.as_ref().map(|published| (published.span, Part::Published));
    items.chain(scenarios).chain(measures).chain(published)
}

/// A text, parsed and read, with what was said about it.
#[derive(Debug)]
struct Read {
    document: Arc<Document>,
    file: Option<File>,
    said: Vec<Diagnostic>,
}

impl Read {
    fn new(id: SourceId, text: &Source) -> Self {
        let mut sink = Sink::new();
        let document = syntax::parse(id, text, &mut sink);
        let file = model::read(&document, text, &mut sink);
        Read { document: Arc::new(document), file, said: sink.finish() }
    }
}

/// The texts that bundles of a workspace extend: each is parsed once, for all of them.
#[derive(Debug, Default)]
pub struct Parents {
    read: FxHashMap<SourceId, OnceLock<Arc<Read>>>,
}

impl Parents {
    /// Those that seem to be extended. Who is not among them is parsed each time.
    pub(super) fn of(sources: &Sources, root: &str) -> Self {
        let extended = sources.iter().filter_map(|(_, source)| model::extended_path(source.text()));
        let parents = extended.filter_map(|path| sources.find(&format!("{root}{path}")));
        Parents { read: parents.map(|id| (id, OnceLock::new())).collect() }
    }

    fn read(&self, id: SourceId, text: &Source) -> Arc<Read> {
        let read = || Arc::new(Read::new(id, text));
        self.read.get(&id).map_or_else(read, |known| known.get_or_init(read).clone())
    }
}

/// Reads the bundle in `source` and what it extends. `None` if the text is no bundle, which is reported.
pub fn load(workspace: &Workspace, sources: &Sources, source: SourceId, sink: &mut Sink) -> Option<Loaded> {
    let mut chain: Vec<Bundle> = Vec::new();
    let mut documents: Vec<Arc<Document>> = Vec::new();
    let mut next = Some(source);
    while let Some(id) = next.take() {
        let read = workspace.parents.read(id, sources.get(id));
        sink.extend(read.said.iter().cloned());
        let origin = chain.last().and_then(|child| child.extends.as_ref()).map(|path| path.span);
        documents.push(read.document.clone());
        // Nobody else has it, unless others extend it, too.
        let file = Arc::try_unwrap(read).map_or_else(|shared| shared.file.clone(), |own| own.file);
        let bundle = match file {
            Some(File::Bundle(bundle)) => bundle,
            Some(_) => {
                // Only a parent can be of another kind: who calls this knows what `source` is.
                if let Some(origin) = origin {
                    sink.push(UNDEFINED_PARENTS.at(origin, "这个文件不是一件事，不能继承"));
                }
                break;
            }
            None => break,
        };
        let extends = bundle.extends.clone();
        chain.push(bundle);
        let Some(path) = extends else { break };
        let name = format!("{}{}", workspace.root, path.value);
        let Some(parent) = sources.find(&name) else {
            let known: Vec<_> = sources.iter().map(|(_, source)| source.name().to_owned()).collect();
            let meant = closest(&name, known.iter().map(String::as_str));
            let mut diagnostic = UNDEFINED_PARENTS
                .at(path.span, format!("找不到要继承的文件“{}”", path.value))
                .help("写从工作区文件夹算起的路径，例如“省级/我要开小餐馆.yaml”");
            if let Some(meant) = meant {
                diagnostic = diagnostic.label(format!("是不是“{}”？", &meant[workspace.root.len().min(meant.len())..]));
            }
            sink.push(diagnostic);
            break;
        };
        if documents.iter().any(|document| document.source == parent) {
            let mut diagnostic = CIRCULAR_INHERITANCE
                .at(path.span, "继承绕成了一圈：上级文件又继承了本文件")
                .help("去掉其中一处“继承”，上级不能以下级为基础");
            for child in &chain[..chain.len() - 1] {
                if let Some(path) = &child.extends {
                    diagnostic = diagnostic.related(path.span, format!("这里继承“{}”", path.value));
                }
            }
            sink.push(diagnostic);
            break;
        }
        next = Some(parent);
    }
    let damaged = documents.iter().any(|document| document.damaged);
    let parts = chain.iter().flat_map(parts).collect();
    let mut cx = Inheritance { sink, canonical: &|thing, name| workspace.canonical(thing, name) };
    let mut bundle = chain.pop()?;
    while let Some(mut child) = chain.pop() {
        let own = OwnParts::of(&child);
        child.inherit(&bundle, &mut cx);
        own.restore(&mut child);
        if child.id.is_none() {
            // Two bundles with one id would overwrite each other's outputs.
            cx.sink.push(missing_id(&child));
        }
        bundle = child;
    }
    bundle.check(&mut cx);
    Some(Loaded { bundle, documents, parts, damaged })
}

/// What a bundle never takes from the one it extends: these say something about that one.
struct OwnParts {
    id: Option<model::Id>,
    status: Option<At<model::Status>>,
    version: Option<model::Term>,
    issued_on: Option<At<model::DateText>>,
    effective_on: Option<At<model::DateText>>,
    published: Option<model::Published>,
}

impl OwnParts {
    fn of(bundle: &Bundle) -> Self {
        OwnParts {
            id: bundle.id.clone(),
            status: bundle.status,
            version: bundle.version.clone(),
            issued_on: bundle.issued_on,
            effective_on: bundle.effective_on,
            published: bundle.published.clone(),
        }
    }

    fn restore(self, bundle: &mut Bundle) {
        bundle.id = self.id;
        bundle.status = self.status;
        bundle.version = self.version;
        bundle.issued_on = self.issued_on;
        bundle.effective_on = self.effective_on;
        bundle.published = self.published;
    }
}

fn missing_id(child: &Bundle) -> Diagnostic {
    let at = child.extends.as_ref().map_or(Span::default(), |path| path.span);
    super::codes::MISSING_IDS
        .at(at, "继承来的一件事要有自己的“标识”")
        .help(format!("补上“{}”，与上级的不同，例如在后面加上地区", Bundle::id.with("……")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compile;

    #[test]
    fn a_parent_is_parsed_once_for_all_that_extend_it() {
        let child = |name: &str| Source::new(name, format!("一件事: 例子\n标识: {name}\n继承: 'a' # 省级\n"));
        let texts = [Source::new("a", "一件事: 例子\n标识: a\n"), child("b"), child("c")];
        let opened = compile::open(Sources::from_texts(texts));
        let (parents, sources) = (&opened.workspace.parents, &opened.workspace.sources);
        let [a, b, c] = [0, 1, 2].map(SourceId);
        let read = |id| parents.read(id, sources.get(id));
        assert!(Arc::ptr_eq(&read(a), &read(a)));
        for id in [b, c] {
            let loaded = load(&opened.workspace, sources, id, &mut Sink::new()).unwrap();
            assert!(Arc::ptr_eq(&loaded.documents[1], &read(a).document));
        }
    }
}
