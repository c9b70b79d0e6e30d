//! Every name in a bundle and in the catalogues, resolved in one walk by the table of keys: the kind of a key says what it refers
//! to, so that no key is forgotten. What a reference does not find is reported here, and nowhere else.
//!
//! Answers and conditions are a language of their own: what is wrong in them is said where they are read; here their names count.

use super::codes::{
    UNDEFINED_AGENCIES, UNDEFINED_ELEMENTS, UNDEFINED_ITEMS, UNDEFINED_MATERIALS, UNDEFINED_QUESTIONS,
    UNDEFINED_SCENARIOS, UNDEFINED_STAGES,
};
use super::{AgencyId, Domain, ElementId, ItemId, MaterialId, Program, QuestionId, Workspace};
use crate::diagnostic::{Code, Diagnostic, Fix, Sink};
use crate::expr::{Expr, Literal};
use crate::model::{self, Bundle, Group, Kind, Leaf, Record, Text, Thing, Value, Visitor, closest};
use crate::source::{At, SourceId, Span};

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// An agency of the catalogue.
    Agency(AgencyId),
    /// A document of the catalogue.
    Document(MaterialId),
    /// A data element of the catalogue.
    Element(ElementId),
    /// An item of the bundle.
    Item(ItemId),
    /// A stage of an item.
    Stage(ItemId, usize),
    /// A question of the bundle.
    Question(QuestionId),
    /// One of the answers to a question.
    Choice(QuestionId, usize),
    /// A named scenario of the bundle.
    Scenario(usize),
}

/// A name where it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Occurrence {
    /// Where.
    pub span: Span,
    /// What it stands for.
    pub target: Target,
    /// Whether it is the name by which others refer to it, or one of its aliases.
    pub declares: bool,
}

/// The names in the catalogues. References that find nothing are reported.
pub(super) fn of_workspace(
    workspace: &Workspace,
    capabilities: &[model::Capability],
    sink: &mut Sink,
) -> Vec<Occurrence> {
    let mut walk = Walk::new(workspace, None, sink);
    for agency in &workspace.agencies {
        walk.name(Kind::Name(Thing::Agency), &agency.name);
        agency.written.visit(&mut walk);
    }
    for document in &workspace.materials {
        walk.name(Kind::Name(Thing::Document), &document.name);
        document.written.visit(&mut walk);
    }
    for element in &workspace.elements {
        walk.name(Kind::Name(Thing::Element), &element.name);
        element.written.visit(&mut walk);
    }
    capabilities.iter().for_each(|capability| capability.visit(&mut walk));
    walk.found
}

/// The names in a bundle. References that find nothing are reported.
pub(super) fn of_program(program: &Program<'_>, sink: &mut Sink) -> Vec<Occurrence> {
    let mut walk = Walk::new(program.workspace, Some(program), sink);
    program.bundle.visit(&mut walk);
    walk.found
}

/// What the names within a group are about.
#[derive(Debug, Clone, Copy, Default)]
struct Scope {
    item: Option<ItemId>,
    question: Option<QuestionId>,
    published: bool,
}

struct Walk<'p> {
    workspace: &'p Workspace,
    program: Option<&'p Program<'p>>,
    sink: &'p mut Sink,
    found: Vec<Occurrence>,
    scope: Scope,
    outer: Vec<Scope>,
}

impl<'p> Walk<'p> {
    fn new(workspace: &'p Workspace, program: Option<&'p Program<'p>>, sink: &'p mut Sink) -> Self {
        Walk { workspace, program, sink, found: Vec::new(), scope: Scope::default(), outer: Vec::new() }
    }

    fn look_up(&self, thing: Thing, name: &str) -> Option<Target> {
        let program = self.program;
        match thing {
            Thing::Agency => self.workspace.find_agency(name).map(Target::Agency),
            Thing::Document => self.workspace.find_document(name).map(Target::Document),
            Thing::Element => self.workspace.find_element(name).map(Target::Element),
            Thing::Item => program?.find_item(name).map(Target::Item),
            Thing::Stage => {
                let item = self.scope.item?;
                program?.item(item).find_stage(name).map(|stage| Target::Stage(item, stage))
            }
            Thing::Question => program?.find_question(name).map(Target::Question),
            Thing::Choice => {
                let question = self.scope.question?;
                let (Domain::Choice(options) | Domain::Choices(options)) = &program?.question(question).domain else {
                    return None;
                };
                let option = options.iter().position(|option| &*option.name.value == name);
                option.map(|option| Target::Choice(question, option))
            }
            Thing::Scenario => program?.find_scenario(name).map(Target::Scenario),
            Thing::Bundle | Thing::Rule | Thing::Output => None,
        }
    }

    fn note(&mut self, kind: Kind, text: &Text) {
        let (Kind::Name(thing) | Kind::Alias(thing) | Kind::Ref(thing) | Kind::Mention(thing)) = kind else { return };
        let target = self.look_up(thing, &text.value);
        match thing {
            Thing::Item => self.scope.item = None,
            Thing::Question => self.scope.question = None,
            _ => {}
        }
        match target {
            Some(Target::Item(item)) => self.scope.item = Some(item),
            Some(Target::Question(question)) => self.scope.question = Some(question),
            None if kind.is_ref() => self.report(thing, text),
            _ => {}
        }
        let declares = matches!(kind, Kind::Name(_) | Kind::Alias(_));
        self.found.extend(target.map(|target| Occurrence { span: text.span, target, declares }));
    }

    /// The names in a condition.
    fn condition(&mut self, expr: &Expr) {
        let outer = self.scope;
        expr.walk(&mut |expr| {
            let Some(question) = expr.question() else { return };
            let Some(target @ Target::Question(id)) = self.look_up(Thing::Question, question) else { return };
            self.found.push(Occurrence { span: question.span, target, declares: false });
            self.scope.question = Some(id);
            for value in expr.values() {
                let At { value: Literal::Word(word), span } = value else { continue };
                let target = self.look_up(Thing::Choice, word);
                self.found.extend(target.map(|target| Occurrence { span: *span, target, declares: false }));
            }
        });
        self.scope = outer;
    }

    fn report(&mut self, thing: Thing, name: &Text) {
        let workspace = self.workspace;
        let lost = self.program.map_or(workspace.damaged, |program| program.damaged);
        let diagnostic = match (thing, self.program) {
            (Thing::Agency | Thing::Document | Thing::Element, _) if workspace.damaged => return,
            (Thing::Agency, _) => match workspace.renamed_agency(&name.value) {
                // What was published may be older than the name.
                Some(_) if self.scope.published => return,
                Some(agency) => renamed(name, &agency.name),
                None => {
                    let known = workspace.agencies.iter().map(|agency| &*agency.name.value);
                    unlisted(&UNDEFINED_AGENCIES, &table::<model::AgencyFile>(), thing, name, known)
                }
            },
            (Thing::Document, _) => {
                let known = workspace.materials.iter().flat_map(|material| {
                    let aliases = material.written.aliases.iter().map(|alias| &*alias.value);
                    std::iter::once(&*material.name.value).chain(aliases)
                });
                unlisted(&UNDEFINED_MATERIALS, &table::<model::MaterialFile>(), thing, name, known)
            }
            (Thing::Element, _) => {
                let known = workspace.elements.iter().flat_map(|element| {
                    let aliases = element.written.aliases.iter().map(|alias| &*alias.value);
                    std::iter::once(&*element.name.value).chain(aliases)
                });
                unlisted(&UNDEFINED_ELEMENTS, &table::<model::ElementFile>(), thing, name, known)
            }
            _ if lost => return,
            (Thing::Item, Some(program)) => {
                let known = program.items.iter().map(|item| &*item.name.value);
                let list = Bundle::items.key;
                let help = format!("这里写“{list}”下面的名称（冒号前面的字）");
                undefined(&UNDEFINED_ITEMS, name, format!("“{list}”里没有“{}”", name.value), known, help)
            }
            (Thing::Question, Some(program)) => {
                undefined_question(name, program.questions.iter().map(|q| &*q.name.value))
            }
            (Thing::Scenario, Some(program)) => {
                let known = program.scenarios.iter().map(|scenario| &*scenario.name.value);
                let list = Bundle::scenarios.key;
                let help = format!("在“{list}”里加上它，或者改用已有的名称");
                undefined(&UNDEFINED_SCENARIOS, name, format!("“{list}”里没有“{}”", name.value), known, help)
            }
            (Thing::Stage, Some(program)) => {
                // An item that is not known has no stages; that was said.
                let Some(item) = self.scope.item else { return };
                undefined_stage(program.item(item), name)
            }
            _ => return,
        };
        self.sink.push(diagnostic);
    }
}

impl<'t> Visitor<'t> for Walk<'_> {
    fn open(&mut self, group: Group<'t>) {
        self.outer.push(self.scope);
        self.scope.published |= matches!(group, Group::Record(_, record) if record.is::<model::Published>());
    }
    fn close(&mut self) {
        self.scope = self.outer.pop().unwrap_or_default();
    }
    fn name(&mut self, kind: Kind, name: &'t Text) {
        self.note(kind, name);
    }
    fn leaf(&mut self, leaf: Leaf<'t>) {
        match leaf {
            Leaf::Text(kind, text) => self.note(kind, text),
            Leaf::Condition(condition) => self.condition(&condition.expr),
            _ => {}
        }
    }
}

/// The key of a catalogue, which is what people call it.
fn table<R: Record>() -> String {
    R::RECORD.keys[0].key.to_owned()
}

/// A name that is not there, with what was most likely meant; `help` if nothing is close.
fn undefined<'n>(
    code: &'static Code,
    name: &Text,
    message: String,
    known: impl Iterator<Item = &'n str>,
    help: String,
) -> Diagnostic {
    let diagnostic = code.at(name.span, message);
    match closest(&name.value, known) {
        Some(word) => diagnostic
            .label(format!("是不是“{word}”？"))
            .fix(Fix::replace(name.span, word, format!("改为“{word}”")).to_be_confirmed()),
        None => diagnostic.help(help),
    }
}

/// A name that is in no catalogue.
fn unlisted<'n>(
    code: &'static Code,
    catalogue: &str,
    thing: Thing,
    name: &Text,
    known: impl Iterator<Item = &'n str>,
) -> Diagnostic {
    let message = format!("{catalogue}里没有“{}”", name.value);
    let outside = match thing {
        Thing::Agency => format!("；银行、法院等不是政府部门的，写明“{}: 是”", model::Agency::outside.key),
        _ => String::new(),
    };
    let diagnostic = undefined(code, name, message, known, format!("把它补进{catalogue}{outside}"));
    match diagnostic.label.is_some() {
        true => diagnostic.help(format!("写错了就改正；确实是另一种{}，就把它补进{catalogue}", thing.word())),
        false => diagnostic,
    }
}

/// A question that is not there.
pub(super) fn undefined_question<'n>(name: &Text, known: impl Iterator<Item = &'n str>) -> Diagnostic {
    let list = Bundle::questions.key;
    let help = format!("在“{list}”里加上这个问题，或者改用已有的问题");
    undefined(&UNDEFINED_QUESTIONS, name, format!("“{list}”里没有“{}”这个问题", name.value), known, help)
}

/// A former name of an agency.
fn renamed(name: &Text, present: &Text) -> Diagnostic {
    let word = &present.value;
    UNDEFINED_AGENCIES
        .at(name.span, format!("“{}”是{word}的曾用名", name.value))
        .label(format!("现在是{word}"))
        .related(present.span, format!("{}里现在的名称", table::<model::AgencyFile>()))
        .fix(Fix::replace(name.span, &**word, format!("改为“{word}”")).to_be_confirmed())
        .help(format!("改用现在的名称“{word}”"))
}

fn undefined_stage(item: &super::Item, name: &Text) -> Diagnostic {
    let known: Vec<_> = item.stages.iter().map(|stage| &*stage.name).collect();
    let diagnostic = UNDEFINED_STAGES
        .at(name.span, format!("“{}”没有“{}”这个环节", item.name.value, name.value))
        .related(item.name.span, "事项写在这里");
    match closest(&name.value, known.iter().copied()) {
        Some(word) => diagnostic.label(format!("是不是“{word}”？")),
        None if known.is_empty() => diagnostic.help(format!("先在这个事项里写出“{}”", model::Item::stages.key)),
        None => diagnostic.help(format!("这个事项的环节有：{}", known.join("、"))),
    }
}

impl Program<'_> {
    /// Every name of the bundle and of the catalogues.
    fn names(&self) -> impl Iterator<Item = &Occurrence> {
        self.workspace.references.iter().chain(&self.references)
    }

    /// The name that stands at a byte of a text.
    pub fn named_at(&self, source: SourceId, offset: u32) -> Option<Occurrence> {
        let there =
            |name: &&Occurrence| name.span.source == source && (name.span.start..=name.span.end).contains(&offset);
        self.names().find(there).copied()
    }

    /// Everywhere a thing is named, by its name or an alias; declarations first.
    pub fn occurrences(&self, target: Target) -> Vec<Occurrence> {
        let mut found: Vec<_> = self.names().filter(|name| name.target == target).copied().collect();
        found.sort_by_key(|name| (!name.declares, name.span));
        found
    }

    /// The names of the things that may be referred to at a byte of a text: stages are those of the item, answers those of the
    /// question that is named last before it.
    pub fn known(&self, thing: Thing, source: SourceId, offset: u32) -> Vec<&str> {
        let before = |name: &&Occurrence| name.span.source == source && name.span.end <= offset;
        let mut last = self.references.iter().filter(before).collect::<Vec<_>>();
        last.sort_by_key(|name| std::cmp::Reverse(name.span));
        match thing {
            Thing::Agency => self.workspace.agencies.iter().map(|agency| &*agency.name.value).collect(),
            Thing::Document => self.workspace.materials.iter().map(|document| &*document.name.value).collect(),
            Thing::Element => self.workspace.elements.iter().map(|element| &*element.name.value).collect(),
            Thing::Item => self.items.iter().map(|item| &*item.name.value).collect(),
            Thing::Question => self.questions.iter().map(|question| &*question.name.value).collect(),
            Thing::Scenario => self.scenarios.iter().map(|scenario| &*scenario.name.value).collect(),
            Thing::Stage => {
                let item =
                    last.iter().find_map(|name| if let Target::Item(item) = name.target { Some(item) } else { None });
                item.map_or_else(Vec::new, |item| self.item(item).stages.iter().map(|stage| &*stage.name).collect())
            }
            Thing::Choice => {
                let asked = |name: &&Occurrence| if let Target::Question(id) = name.target { Some(id) } else { None };
                match last.iter().find_map(asked).map(|id| &self.question(id).domain) {
                    Some(Domain::Choice(options) | Domain::Choices(options)) => {
                        options.iter().map(|option| &*option.name.value).collect()
                    }
                    Some(Domain::YesNo) => vec!["是", "否"],
                    _ => Vec::new(),
                }
            }
            Thing::Bundle | Thing::Rule | Thing::Output => Vec::new(),
        }
    }
}
