//! Answers and items as somebody gives them: by name.

use crate::model::closest;
use crate::program::{Assignment, Domain, ItemId, Program, Question, QuestionId, Value};

/// What somebody asks about.
#[derive(Debug)]
pub struct Asked {
    /// Answers.
    pub answers: Assignment,
    /// Items left out.
    pub without: Vec<ItemId>,
}

impl Asked {
    /// Reads answers written as “问题=回答”; everything that is wrong with them is said at once.
    pub fn read(program: &Program<'_>, answers: &[String], without: &[String]) -> Result<Self, Vec<String>> {
        finish(program, answers.iter().map(|text| answer(program, text)), without)
    }

    /// The same with questions and answers apart; several answers are options of a multiple-choice question.
    pub fn named(
        program: &Program<'_>,
        answers: &[(String, Vec<String>)],
        without: &[String],
    ) -> Result<Self, Vec<String>> {
        let read = |(name, texts): &(String, Vec<String>)| {
            let (id, question) = find(program, name)?;
            let texts: Vec<&str> = match &texts[..] {
                [only] => parts(question, only),
                several => several.iter().map(String::as_str).collect(),
            };
            value(id, question, &texts)
        };
        finish(program, answers.iter().map(read), without)
    }
}

fn finish(
    program: &Program<'_>,
    answers: impl Iterator<Item = Result<(QuestionId, Value), Vec<String>>>,
    without: &[String],
) -> Result<Asked, Vec<String>> {
    let mut faults = Vec::new();
    let mut asked = Asked { answers: Assignment::new(program.questions.len()), without: Vec::new() };
    for read in answers {
        match read {
            Ok((question, _)) if asked.answers.get(question).is_some() => {
                faults.push(format!("“{}”回答了两次", program.question(question).name.value));
            }
            Ok((question, value)) => asked.answers.set(question, value),
            Err(mut own) => faults.append(&mut own),
        }
    }
    for name in without {
        let name = name.trim();
        let found = program.item_ids().find(|id| *program.item(*id).name.value == *name);
        let Some(id) = found else {
            let known = program.items.iter().map(|item| &*item.name.value);
            faults.push(format!("“联办事项”里没有“{name}”{}", meant(closest(name, known))));
            continue;
        };
        if program.item(id).is_mandatory() {
            let laws = program.item(id).written.mandatory.iter().filter_map(|basis| basis.law.as_ref());
            let laws: Vec<_> = laws.map(|law| &*law.value).collect();
            faults.push(format!("“{name}”是必办的，不能不办：{}", laws.join("、")));
        }
        if !asked.without.contains(&id) {
            asked.without.push(id);
        }
    }
    if faults.is_empty() { Ok(asked) } else { Err(faults) }
}

fn meant(word: Option<&str>) -> String {
    word.map(|word| format!("，是不是“{word}”？")).unwrap_or_default()
}

fn answer(program: &Program<'_>, text: &str) -> Result<(QuestionId, Value), Vec<String>> {
    let Some((name, given)) = text.split_once(['=', '＝']) else {
        return Err(vec![format!("“{text}”不是“问题=回答”")]);
    };
    let (id, question) = find(program, name.trim())?;
    value(id, question, &parts(question, given.trim()))
}

fn find<'p>(program: &'p Program<'_>, name: &str) -> Result<(QuestionId, &'p Question), Vec<String>> {
    let found = program.questions.iter().position(|question| *question.name.value == *name);
    let Some(index) = found else {
        let known = program.questions.iter().map(|question| &*question.name.value);
        return Err(vec![format!("“情形”里没有“{name}”这个问题{}", meant(closest(name, known)))]);
    };
    Ok((index.into(), &program.questions[index]))
}

fn value(id: QuestionId, question: &Question, texts: &[&str]) -> Result<(QuestionId, Value), Vec<String>> {
    match question.read_answer(texts) {
        Ok(value) => Ok((id, value)),
        Err(faults) => Err(faults.iter().map(|fault| fault.message(question)).collect()),
    }
}

/// The options of a multiple-choice question, one by one; an option may itself hold a comma.
fn parts<'t>(question: &Question, value: &'t str) -> Vec<&'t str> {
    if !matches!(question.domain, Domain::Choices(_)) || question.options().iter().any(|own| *own.name.value == *value)
    {
        return vec![value];
    }
    value.split(['、', ',', '，']).map(str::trim).filter(|part| !part.is_empty()).collect()
}
