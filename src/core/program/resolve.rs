//! From a bundle as written to a [`Program`]: every name becomes an id.

use rustc_hash::FxHashMap;

use super::answer::{MOST_DECIMALS, has_answer};
use super::codes::{DUPLICATE_NAMES, INVALID_IDS, WRONG_CONDITIONS};
use super::condition::{Resolver, undefined_option};
use super::identifier::{Identified, Identifiers, derived};
use super::question::check_order;
use super::references;
use super::{
    AnswerFault, Assignment, Domain, Form, FormField, Item, ItemId, Loaded, Measure, MeasureIndex, MeasureKind,
    Precondition, Preconditions, Produced, Program, Published, Question, QuestionId, QuestionOption, Row, Scenario,
    Shares, Stage, Treatment, Value, Workspace,
};
use crate::diagnostic::{Diagnostic, Sink};
use crate::expr::Number;
use crate::model::{self, Str, Text, Written};
use crate::source::{At, Date, Span};

/// Resolves a bundle. Faults go to `sink`; what could not be resolved is left out.
pub fn resolve<'w>(workspace: &'w Workspace, loaded: Loaded, sink: &mut Sink) -> Program<'w> {
    let Loaded { bundle, parts, damaged, .. } = loaded;
    check_id(bundle.id.as_deref(), sink);
    let today = workspace.settings.today;
    let questions = questions(&bundle, today, damaged, sink);
    let resolver = Resolver::new(&questions, today, damaged);
    let constraints = bundle.constraints.iter();
    let constraints =
        constraints.filter_map(|c| Some((resolver.cond(&c.never, sink)?, c.reason.as_deref().cloned()))).collect();
    let exits = bundle.exits.iter();
    let exits =
        exits.filter_map(|exit| Some((resolver.cond(&exit.when, sink)?, exit.advice.as_deref()?.clone()))).collect();
    let names: ItemNames =
        bundle.items.iter().enumerate().map(|(id, entry)| (entry.name.value.clone(), id.into())).collect();
    let mut items: Vec<Item> = Vec::with_capacity(bundle.items.len());
    let mut ids = Identifiers::of_named();
    for entry in &bundle.items.entries {
        let id = ids.of(&Identified::named("事项", &entry.name, entry.value.id.as_deref()), sink);
        items.push(item(workspace, &resolver, entry, id, sink));
    }
    wait(&names, &mut items);
    let measures = bundle.measures.elements();
    let measures: Vec<Measure> =
        measures.filter_map(|m| measure(workspace, &resolver, &names, &items, m, sink)).collect();
    let preconditions = Preconditions::new(&items, &measures);
    let scenarios = scenarios(&bundle, &questions, &resolver, &names, sink);
    let published = bundle.published.as_ref();
    let published = published.map(|written| Published::resolve(written, &resolver, &names, &scenarios, sink));
    let agency = |name: &model::Ref<model::Agency>| Some(At::new(workspace.find_agency(&name.value)?, name.span));
    let lead = bundle.lead.as_ref().and_then(agency);
    let partners = bundle.partners.iter().filter_map(agency).collect();
    let mut program = Program {
        workspace,
        title: text(bundle.title.as_deref()),
        id: text(bundle.id.as_deref()),
        status: bundle.status.as_ref().map_or(model::Status::Draft, |status| status.value),
        lead,
        partners,
        constraints,
        exits,
        items,
        measure_index: MeasureIndex::new(&measures),
        measures,
        scenarios,
        published,
        preconditions,
        parts,
        damaged,
        question_names: questions.iter().enumerate().map(|(id, q)| (q.name.value.clone(), id.into())).collect(),
        item_names: names,
        questions,
        bundle,
        references: Vec::new(),
    };
    program.references = references::of_program(&program, sink);
    program
}

fn text(text: Option<&Text>) -> Str {
    text.map_or_else(|| "".into(), |text| text.value.clone())
}

fn check_id(id: Option<&Text>, sink: &mut Sink) {
    let Some(id) = id else { return };
    let fine = id.value.starts_with(|c: char| c.is_ascii_lowercase())
        && id.value.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        && !id.value.ends_with('-');
    if !fine {
        sink.push(
            INVALID_IDS
                .at(id.span, format!("“{}”不能用作标识", id.value))
                .help("只用小写英文字母、数字和连字符，以字母开头，例如 small-restaurant"),
        );
    }
}

fn questions(bundle: &model::Bundle, today: Option<Date>, damaged: bool, sink: &mut Sink) -> Vec<Question> {
    let mut questions: Vec<Question> = Vec::with_capacity(bundle.questions.len());
    let mut ids = Identifiers::of_named();
    for entry in &bundle.questions.entries {
        let written = &entry.value;
        let ask =
            written.ask.as_ref().map_or_else(|| format!("{}？", entry.name.value).into(), |ask| ask.value.clone());
        let domain = domain(&entry.name, written, sink);
        let id = ids.of(&Identified::named("问题", &entry.name, written.id.as_deref()), sink);
        questions.push(Question { name: entry.name.text().clone(), id, ask, domain, when: None, shares: Shares::Even });
    }
    let conditions: Vec<_> = {
        let resolver = Resolver::new(&questions, today, damaged);
        bundle.questions.iter().map(|entry| resolver.cond(&entry.value.when, sink)).collect()
    };
    let mut shares: Vec<Shares> = Vec::new();
    for (index, entry) in bundle.questions.entries.iter().enumerate() {
        shares.push(Shares::resolve(&questions, index.into(), &entry.value, today, damaged, sink));
    }
    for ((question, when), shares) in questions.iter_mut().zip(conditions).zip(shares) {
        (question.when, question.shares) = (when, shares);
    }
    check_order(&questions, sink);
    questions
}

fn domain(name: &Text, written: &model::Question, sink: &mut Sink) -> Domain {
    let kinds = [!written.options.is_empty(), written.number.is_some(), written.date.is_some()];
    if kinds.iter().filter(|kind| **kind).count() > 1 {
        sink.push(
            WRONG_CONDITIONS
                .at(name.span, format!("“{}”的回答只能是一种：选项、数值或日期", name.value))
                .help("只留一种写法"),
        );
    }
    if !written.options.is_empty() {
        let mut ids = Identifiers::of_named();
        let mut options: Vec<QuestionOption> = Vec::with_capacity(written.options.len());
        for option in written.options.iter() {
            let Some(name) = option.name.as_deref().cloned() else { continue };
            if let Some(first) = options.iter().find(|first| first.name.value == name.value) {
                sink.push(duplicate(&name, "选项", first.name.span));
            }
            let id = ids.of(&Identified::named("选项", &name, option.id.as_deref()), sink);
            options.push(QuestionOption { name, id });
        }
        return match &written.multiple {
            Some(multiple) if multiple.value.0 => Domain::Choices(options),
            _ => Domain::Choice(options),
        };
    }
    if let Some(range) = &written.number {
        let bound = |bound: &Option<At<Number>>| bound.as_ref().map(|at| at.value);
        let (min, max) = (bound(&range.min).unwrap_or(Number::ZERO), bound(&range.max).unwrap_or(Number::ZERO));
        let decimals = range.decimals.as_ref().map_or(0, |count| count.value.0);
        if let Some(decimals) = range.decimals.as_ref().filter(|count| count.value.0 > MOST_DECIMALS) {
            let message = format!("“{}”的小数位最多写{MOST_DECIMALS}", name.value);
            sink.push(WRONG_CONDITIONS.at(decimals.span, message).help("改小"));
        }
        if let (Some(low), Some(high)) = (&range.min, &range.max) {
            if low.value > high.value {
                sink.push(turned(format!("最大值 {} 小于最小值 {}", high.value, low.value), high.span, low.span));
            } else if !has_answer(min, max, decimals) {
                let message = format!("“{}”没有可以回答的数：{min} 到 {max} 之间没有{}", name.value, grid(decimals));
                sink.push(WRONG_CONDITIONS.at(high.span, message).help("放宽范围，或者写上“小数位”"));
            }
        }
        let unit = range.unit.as_ref().map(|unit| unit.value.clone());
        return Domain::Number { min, max, unit, decimals };
    }
    if let Some(range) = &written.date {
        let bound = |bound: &Option<At<model::DateText>>| bound.as_ref().map(|at| at.value.0);
        let (min, max) = (bound(&range.min), bound(&range.max));
        if let (Some(low), Some(high)) = (&range.min, &range.max)
            && low.value > high.value
        {
            let message = format!("最晚 {} 早于最早 {}", high.value.0, low.value.0);
            sink.push(turned(message, high.span, low.span));
        }
        return Domain::Date { min, max };
    }
    Domain::YesNo
}

/// Bounds the wrong way round.
fn turned(message: String, high: Span, low: Span) -> Diagnostic {
    WRONG_CONDITIONS.at(high, message).related(low, "另一端写在这里").help("调换两头")
}

fn grid(decimals: u32) -> String {
    match decimals {
        0 => "整数".to_owned(),
        _ => format!("{decimals}位小数的数"),
    }
}

fn duplicate(name: &Text, what: &str, first: Span) -> Diagnostic {
    DUPLICATE_NAMES
        .at(name.span, format!("{what}“{}”写了两次", name.value))
        .related(first, "先写在这里")
        .help("删去其中一处")
}

/// Items by name.
pub(super) type ItemNames = FxHashMap<Str, ItemId>;

/// The items of these names, without those that are not there.
pub(super) fn found<'n>(
    names: &ItemNames,
    list: impl IntoIterator<Item = &'n model::Ref<model::Item>>,
) -> Vec<At<ItemId>> {
    let find = |name: &model::Ref<model::Item>| Some(At::new(*names.get(&name.value)?, name.span));
    list.into_iter().filter_map(find).collect()
}

fn wait(names: &ItemNames, items: &mut [Item]) {
    for index in 0..items.len() {
        let mut list = Vec::new();
        for written in items[index].written.preconditions.iter() {
            let Some(name) = &written.item else { continue };
            let Some(&id) = names.get(&name.value) else { continue };
            let stage = match &written.stage {
                Some(stage) => match items[id.index()].find_stage(&stage.value) {
                    Some(stage) => Some(stage),
                    None => continue,
                },
                None => None,
            };
            list.push(Precondition { item: id, stage, span: name.span });
        }
        items[index].preconditions = list;
    }
}

fn item(
    workspace: &Workspace,
    resolver: &Resolver<'_>,
    entry: &model::Entry<model::Name<model::Item>, model::Item>,
    id: Str,
    sink: &mut Sink,
) -> Item {
    let written = &entry.value;
    let mut ids = Identifiers::of_any();
    let stages = written.stages.elements().filter_map(|stage| {
        let kind = stage.kind.as_ref()?.value;
        let name: Str = stage.name.as_ref().map_or_else(|| kind.word().into(), |name| name.value.clone());
        let id = ids.of(&Identified { what: "环节", name: &name, at: stage.head, written: stage.id.as_deref() }, sink);
        Some(Stage { kind, name, id, when: resolver.cond(&stage.when, sink), written: stage })
    });
    let stages = gathered(written.stages.len(), stages);
    let forms = written.forms.iter().filter_map(|form| self::form(workspace, resolver, form, sink));
    let forms = gathered(written.forms.len(), forms);
    let mut results: Vec<Produced> = Vec::with_capacity(written.results.len());
    let mut ids = Identifiers::of_any();
    for outcome in written.results.iter() {
        let Some(label) = &outcome.document else { continue };
        let Some(document) = workspace.find_document(&label.value) else { continue };
        let holder = outcome.holder.as_ref().map(|holder| holder.value.clone());
        // A document of one holder is one thing, even if it is written once for each of several conditions.
        let same = results.iter().find(|other| other.document == document && other.holder == holder);
        let id = match same.filter(|_| outcome.id.is_none()) {
            Some(same) => same.id.clone(),
            None => {
                let document = &workspace.material(document).id;
                let base = holder.as_ref().map(|holder| format!("{document}__{}", derived(holder)));
                let base = base.unwrap_or_else(|| document.to_string());
                ids.of_base(&Identified::named("结果", label, outcome.id.as_deref()), base, sink)
            }
        };
        results.push(Produced {
            id,
            document,
            holder,
            when: resolver.cond(&outcome.when, sink),
            label: label.text().clone(),
        });
    }
    let materials = written.materials.elements().filter_map(|row| self::row(workspace, resolver, row, sink));
    let materials = gathered(written.materials.len(), materials);
    Item {
        name: entry.name.text().clone(),
        id,
        official_name: written.name.as_ref().map_or_else(|| entry.name.value.clone(), |name| name.value.clone()),
        agency: written.agency.as_ref().and_then(|name| Some(At::new(workspace.find_agency(&name.value)?, name.span))),
        when: resolver.cond(&written.when, sink),
        preconditions: Vec::new(),
        stages,
        forms,
        materials,
        results,
        written: written.clone(),
    }
}

/// A list with room for `most` elements and no more: there are many short ones.
fn gathered<T>(most: usize, elements: impl Iterator<Item = T>) -> Vec<T> {
    let mut list = Vec::with_capacity(most);
    list.extend(elements);
    list
}

fn form(workspace: &Workspace, resolver: &Resolver<'_>, written: &model::Form, sink: &mut Sink) -> Option<Form> {
    let fields = written.fields.elements().filter_map(|field| {
        let name = field.element.as_ref()?;
        Some(FormField {
            element: workspace.find_element(&name.value)?,
            label: field.label.as_deref().unwrap_or(name).clone(),
            when: resolver.cond(&field.when, sink),
            written: field,
        })
    });
    let fields = gathered(written.fields.len(), fields);
    Some(Form { name: written.name.as_deref()?.clone(), when: resolver.cond(&written.when, sink), fields })
}

fn row(
    workspace: &Workspace,
    resolver: &Resolver<'_>,
    written: Written<model::MaterialUse>,
    sink: &mut Sink,
) -> Option<Row> {
    let names: Vec<&Text> = written.material.iter().chain(written.any_of.iter()).map(|name| name.text()).collect();
    if names.is_empty() {
        let diagnostic = super::codes::NAMELESS_MATERIALS.at(written.head, "这份材料没有写名称");
        sink.push(diagnostic.help(format!(
            "写“{}”；几种文件交一种就行的，写“{}: [甲, 乙]”",
            model::MaterialUse::material.with("名称"),
            model::MaterialUse::any_of.key
        )));
        return None;
    }
    let any_of: Option<Vec<_>> = names.iter().map(|name| workspace.find_document(&name.value)).collect();
    let when = resolver.cond(&written.when, sink);
    let label = names[0].clone();
    let holder = written.holder.as_ref().map(|holder| holder.value.clone());
    Some(Row { any_of: any_of?, holder, when, label, written })
}

fn measure(
    workspace: &Workspace,
    resolver: &Resolver<'_>,
    names: &ItemNames,
    items: &[Item],
    written: Written<model::Measure>,
    sink: &mut Sink,
) -> Option<Measure> {
    use model::MeasureKind as Kind;
    let joint = |record: &model::JointStage, kind: model::StageKind| {
        let items = found(names, record.items.iter());
        MeasureKind::JointStage { items, kind, limit: record.limit }
    };
    let material = |record: &model::MaterialMeasure, treatment: Treatment| {
        let document = workspace.find_document(&record.material.as_ref()?.value)?;
        Some(MeasureKind::Material {
            items: found(names, record.items.iter()),
            document,
            holder: record.holder.as_ref().map(|holder| holder.value.clone()),
            treatment,
        })
    };
    let kind = match &written.kind {
        Kind::CompressTime(record) => {
            let item = *names.get(&record.item.as_ref()?.value)?;
            let stage = match &record.stage {
                Some(stage) => Some(items[item.index()].find_stage(&stage.value)?),
                None => None,
            };
            MeasureKind::CompressTime { item, stage, to: record.to? }
        }
        Kind::JointInspection(record) => joint(record, model::StageKind::Inspection),
        Kind::JointAssessment(record) => joint(record, model::StageKind::Assessment),
        Kind::JointFinalInspection(record) => joint(record, model::StageKind::FinalInspection),
        Kind::AddMaterial(record) => {
            let item = names.get(&record.item.as_ref()?.value).copied();
            let label = record.material.as_ref()?;
            let document = workspace.find_document(&label.value);
            let use_ = model::MaterialUse {
                head: written.head,
                span: label.span,
                material: Some(label.clone()),
                holder: record.holder.clone(),
                when: record.when.clone(),
                form: record.form,
                basis: record.basis.clone(),
                note: record.reason.clone(),
                ..model::MaterialUse::default()
            };
            let row = Row {
                any_of: vec![document?],
                holder: record.holder.as_ref().map(|holder| holder.value.clone()),
                when: resolver.cond(&record.when, sink),
                label: label.text().clone(),
                written: use_.into(),
            };
            MeasureKind::AddMaterial { item: item?, row: Box::new(row) }
        }
        Kind::AbolishMaterial(record) => material(record, Treatment::Abolished)?,
        Kind::Commitment(record) => material(record, Treatment::Commitment)?,
        Kind::Defer(record) => material(record, Treatment::Deferred)?,
        Kind::Exempt(record) => {
            let way = record.way.as_ref().map_or(model::ExemptionWay::DataShare, |way| way.value);
            material(record, Treatment::Exempt(way))?
        }
        Kind::DropStage(record) => {
            let item = *names.get(&record.item.as_ref()?.value)?;
            MeasureKind::DropStage { item, stage: items[item.index()].find_stage(&record.stage.as_ref()?.value)? }
        }
        Kind::LiftPrecondition(record) => {
            let item = names.get(&record.item.as_ref()?.value).copied();
            let precondition = *names.get(&record.precondition.as_ref()?.value)?;
            let stage = match &record.stage {
                Some(stage) => Some(items[precondition.index()].find_stage(&stage.value)?),
                None => None,
            };
            MeasureKind::LiftPrecondition { item: item?, precondition, stage }
        }
        Kind::FullyOnline(record) => MeasureKind::FullyOnline { items: found(names, record.items.iter()) },
    };
    Some(Measure { kind, written })
}

fn scenarios(
    bundle: &model::Bundle,
    questions: &[Question],
    resolver: &Resolver<'_>,
    names: &ItemNames,
    sink: &mut Sink,
) -> Vec<Scenario> {
    let mut list: Vec<Scenario> = Vec::new();
    for written in bundle.scenarios.elements() {
        let Some(name) = &written.name else { continue };
        if let Some(first) = list.iter().find(|scenario| scenario.name.value == name.value) {
            sink.push(duplicate(name, "典型情形", first.name.span));
        }
        let mut answers = Assignment::new(questions.len());
        let mut given: Vec<At<QuestionId>> = Vec::new();
        for entry in &written.answers.entries {
            let Some(id) = resolver.find(&entry.name.value) else { continue };
            if let Some(value) = answer(&questions[id.index()], &entry.value.values, entry.name.span, sink) {
                answers.set(id, value);
                given.push(At::new(id, entry.name.span));
            }
        }
        leave_out_unasked(questions, &mut answers);
        given.retain(|at| answers.get(at.value) == Some(&Value::NotAsked));
        let without = found(names, written.without.iter());
        let expected = written.expect.iter().flat_map(|expect| expect.items.iter());
        let expected_items = found(names, expected);
        list.push(Scenario { name: name.text().clone(), answers, needless: given, without, expected_items, written });
    }
    list
}

/// Marks questions that are not asked under these answers; in the order written, so that one follows from those before it.
fn leave_out_unasked(questions: &[Question], answers: &mut Assignment) {
    for _ in questions {
        let mut changed = false;
        for (id, question) in questions.iter().enumerate() {
            let id = QuestionId::from(id);
            let unasked = question.when.as_ref().is_some_and(|when| when.test.eval(answers) == Some(false));
            if unasked && answers.get(id) != Some(&Value::NotAsked) {
                answers.set(id, Value::NotAsked);
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
}

fn answer(question: &Question, written: &[model::Ref<model::Choice>], span: Span, sink: &mut Sink) -> Option<Value> {
    let texts: Vec<&str> = written.iter().map(|text| &*text.value).collect();
    let faults = match question.read_answer(&texts) {
        Ok(value) => return Some(value),
        Err(faults) => faults,
    };
    let place = |at: usize| written.get(at).map_or(span, |text| text.span);
    for fault in faults {
        sink.push(match fault {
            AnswerFault::Option { at, word, .. } => undefined_option(question, &word, place(at)),
            AnswerFault::Kind { at, help } => WRONG_CONDITIONS
                .at(place(at), format!("对“{}”不能这样回答", question.name.value))
                .related(question.name.span, "问题写在这里")
                .help(help),
        });
    }
    None
}
