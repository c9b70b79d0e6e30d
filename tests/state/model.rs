//! A bundle as plain data: what an author can write, and nothing that follows from it. Places in lists stand for names.

use std::collections::BTreeSet;

pub type Name = &'static str;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    WorkingDay,
    NaturalDay,
    Hour,
}

/// A length of time, or a difference of two, in eighths of its unit; nothing at all (即办) has no unit of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Length {
    pub unit: Unit,
    pub eighths: i64,
}

impl Length {
    pub const ZERO: Length = Length { unit: Unit::WorkingDay, eighths: 0 };

    pub fn new(unit: Unit, eighths: i64) -> Length {
        if eighths == 0 { Length::ZERO } else { Length { unit, eighths } }
    }

    /// Working days, from halves.
    pub fn halves(halves: i64) -> Length {
        Length::new(Unit::WorkingDay, halves * 4)
    }

    pub fn days(days: i64) -> Length {
        Length::new(Unit::WorkingDay, days * 8)
    }

    pub fn natural(days: i64) -> Length {
        Length::new(Unit::NaturalDay, days * 8)
    }

    pub fn minus(self) -> Length {
        Length::new(self.unit, -self.eighths)
    }
}

/// What a figure needs and nobody wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Missing {
    /// The item's materials, or whether that is all of them.
    Materials(usize),
    /// The list of the bundle is marked incomplete.
    BundleList,
    /// A row of the bundle's list says not which item asks for it.
    Attribution,
    Forms(usize),
    /// What is to be filled in on the item's form.
    Fields(usize, usize),
    Time(usize),
    /// How long a stage takes that the law does not count.
    Uncounted(usize),
    /// How far an item is when it is done with one of its stages.
    Inside(usize),
    /// Lengths in units that nothing converts.
    Units,
    /// No item waits for another, and nobody wrote that this is meant.
    Order,
    Agency(usize),
    Stages(usize),
    /// Neither 办理形式 nor 跑动 anywhere.
    Channels,
}

/// A value, or all that is missing for it.
pub type Known<T> = Result<T, BTreeSet<Missing>>;

pub fn missing<T>(what: Missing) -> Known<T> {
    Err(BTreeSet::from([what]))
}

/// What is missing for one of them is missing for the whole.
pub fn both<A, B>(a: Known<A>, b: Known<B>) -> Known<(A, B)> {
    match (a, b) {
        (Ok(a), Ok(b)) => Ok((a, b)),
        (Err(a), Err(b)) => Err(a.union(&b).copied().collect()),
        (Err(a), _) => Err(a),
        (_, Err(b)) => Err(b),
    }
}

pub fn plus(a: Known<Length>, b: Known<Length>) -> Known<Length> {
    let (a, b) = both(a, b)?;
    match (a.eighths, b.eighths) {
        (0, _) => Ok(b),
        (_, 0) => Ok(a),
        _ if a.unit == b.unit => Ok(Length::new(a.unit, a.eighths + b.eighths)),
        _ => missing(Missing::Units),
    }
}

pub fn minus(a: Known<Length>, b: Known<Length>) -> Known<Length> {
    plus(a, b.map(Length::minus))
}

pub fn sum(all: impl IntoIterator<Item = Known<Length>>) -> Known<Length> {
    all.into_iter().fold(Ok(Length::ZERO), plus)
}

/// Which of two is longer; `None` if no unit is common to both.
pub fn is_less(a: Length, b: Length) -> Option<bool> {
    let comparable = a.unit == b.unit || a.eighths == 0 || b.eighths == 0;
    comparable.then_some(a.eighths < b.eighths)
}

pub fn longer(a: Known<Length>, b: Known<Length>) -> Known<Length> {
    let (a, b) = both(a, b)?;
    match is_less(a, b) {
        Some(less) => Ok(if less { b } else { a }),
        None => missing(Missing::Units),
    }
}

pub fn longest(all: impl IntoIterator<Item = Known<Length>>) -> Known<Length> {
    all.into_iter().fold(Ok(Length::ZERO), longer)
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cond {
    Always,
    Yes(usize),
    Is(usize, i64),
    AtMost(usize, i64),
    All(Vec<Cond>),
    Any(Vec<Cond>),
    Not(Box<Cond>),
}

impl Cond {
    pub fn holds(&self, answers: &[i64]) -> bool {
        match self {
            Cond::Always => true,
            Cond::Yes(question) => answers[*question] == 1,
            Cond::Is(question, option) => answers[*question] == *option,
            Cond::AtMost(question, bound) => answers[*question] <= *bound,
            Cond::All(parts) => parts.iter().all(|part| part.holds(answers)),
            Cond::Any(parts) => parts.iter().any(|part| part.holds(answers)),
            Cond::Not(part) => !part.holds(answers),
        }
    }

    pub fn not(self) -> Cond {
        Cond::Not(Box::new(self))
    }

    pub fn and(self, other: Cond) -> Cond {
        match (self, other) {
            (Cond::Always, one) | (one, Cond::Always) => one,
            (one, other) => Cond::All(vec![one, other]),
        }
    }
}

#[derive(Debug, Clone)]
pub enum Answers {
    /// 0 no, 1 yes.
    YesNo,
    /// The place of the option.
    Options(Vec<Name>),
    /// Whole numbers, both included.
    Number(i64, i64),
}

#[derive(Debug, Clone)]
pub struct Question {
    pub name: Name,
    pub answers: Answers,
    /// When it is asked; a condition names it only together with this.
    pub when: Cond,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    Receipt,
    Acceptance,
    Review,
    Inspection,
    Assessment,
    FinalInspection,
    Testing,
    Notice,
    Decision,
    Making,
    Delivery,
}

/// A stage; an item has no two of one kind.
#[derive(Debug, Clone)]
pub struct Stage {
    pub kind: Kind,
    pub length: Option<Length>,
    pub when: Cond,
    /// 不计时.
    pub uncounted: bool,
    /// 到场.
    pub presence: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    Item(usize),
    Stage(usize, Kind),
    Group(usize),
}

#[derive(Debug, Clone)]
pub struct Form {
    pub name: Name,
    pub when: Cond,
    /// Nothing listed: nobody knows what is to be filled in.
    pub fields: Vec<(Name, Cond)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Paper {
    Document(Name),
    /// Whatever the chosen member of a group issues.
    ResultOf(usize),
}

#[derive(Debug, Clone)]
pub struct Row {
    pub paper: Paper,
    pub holder: Option<Name>,
    /// Originals and copies; nothing if the row does not say its form.
    pub copies: Option<(i64, i64)>,
    pub when: Cond,
    /// 必要性.
    pub necessary: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum List {
    /// Neither 材料 nor 无需材料.
    Unwritten,
    /// 无需材料.
    Nothing,
    Rows {
        complete: bool,
    },
}

#[derive(Debug, Clone)]
pub struct CaseState {
    pub document: Name,
    pub holder: Option<Name>,
    pub when: Cond,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Channel {
    Window,
    Online,
    Post,
}

#[derive(Debug, Clone)]
pub struct Item {
    pub name: Name,
    pub agency: Option<Name>,
    pub when: Cond,
    /// 必办: who needs it cannot leave it out.
    pub mandatory: bool,
    pub limit: Option<Length>,
    pub stages: Vec<Stage>,
    pub before: Vec<Target>,
    pub forms: Vec<Form>,
    pub list: List,
    pub rows: Vec<Row>,
    pub results: Vec<CaseState>,
    /// 办理形式; empty if not written.
    pub channels: Vec<Channel>,
    /// 跑动, a claim.
    pub visits: Option<i64>,
}

/// 单选一: its members exclude each other by their conditions; others wait for the group, or ask for its result.
#[derive(Debug, Clone)]
pub struct Group {
    pub name: Name,
    pub question: usize,
    pub members: Vec<usize>,
}

/// A row of the list that is published for the whole bundle.
#[derive(Debug, Clone)]
pub struct BundleRow {
    pub row: Row,
    /// 用于; empty if it is attributed to no item.
    pub asked_by: Vec<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    ELicence,
    DataShare,
    Verification,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaperMeasure {
    Exempt(Way),
    Commitment,
    Abolish,
    Defer,
}

#[derive(Debug, Clone)]
pub enum What {
    Compress {
        item: usize,
        stage: Option<Kind>,
        to: Length,
    },
    Joint {
        kind: Kind,
        items: Vec<usize>,
        limit: Option<Length>,
    },
    DropStage {
        item: usize,
        stage: Kind,
    },
    Lift {
        item: usize,
        first: usize,
        instead: Option<Kind>,
    },
    AddRow {
        item: usize,
        row: Row,
    },
    /// No items: all that ask for it. No holder: whoever holds it.
    Paper {
        measure: PaperMeasure,
        items: Vec<usize>,
        document: Name,
        holder: Option<Name>,
    },
    CommitItem {
        item: usize,
        to: Option<Length>,
    },
    DropItem {
        item: usize,
    },
    MergeItem {
        item: usize,
        into: usize,
    },
    /// No items: all.
    Online {
        items: Vec<usize>,
    },
    NoFill {
        items: Vec<usize>,
        field: Name,
    },
}

#[derive(Debug, Clone)]
pub struct Measure {
    pub what: What,
    pub when: Cond,
    /// 依据 or 确认.
    pub grounded: bool,
}

#[derive(Debug, Clone)]
pub enum Promise {
    None,
    Single(Length),
    ByCase(Vec<(Cond, Length)>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum By {
    Item,
    Agency,
    Activity,
}

#[derive(Debug, Clone)]
pub struct Bundle {
    pub questions: Vec<Question>,
    /// 约束: answers that nobody gives.
    pub excluded: Vec<Cond>,
    pub items: Vec<Item>,
    pub groups: Vec<Group>,
    /// The list published for the bundle, and whether it is complete.
    pub list: Option<(Vec<BundleRow>, bool)>,
    pub measures: Vec<Measure>,
    pub capabilities: Vec<(Name, Way)>,
    /// 受理时限 and 出件时限 of the application itself.
    pub acceptance: Option<Length>,
    pub issue: Option<Length>,
    pub promise: Promise,
    pub channels: Vec<Channel>,
    pub visits: Option<i64>,
    /// 结果送达.
    pub delivery: Option<Vec<Channel>>,
    /// 先后: 没有.
    pub no_order: bool,
    /// 1工作日 = 8小时.
    pub hours_convert: bool,
}

impl Bundle {
    /// A length as written, in the unit to which the workspace converts it.
    pub fn read(&self, written: Length) -> Length {
        match written.unit {
            Unit::Hour if self.hours_convert => Length::new(Unit::WorkingDay, written.eighths / 8),
            unit => Length::new(unit, written.eighths),
        }
    }

    /// Nothing says in which order the items are done, nor that there is none. A group is one item.
    pub fn order_is_unwritten(&self) -> bool {
        let grouped: usize = self.groups.iter().map(|group| group.members.len() - 1).sum();
        let joint = |measure: &Measure| matches!(&measure.what, What::Joint { items, .. } if items.len() > 1);
        self.items.len() - grouped > 1
            && self.items.iter().all(|item| item.before.is_empty())
            && !self.measures.iter().any(joint)
            && !self.no_order
    }

    pub fn group_of(&self, item: usize) -> Option<usize> {
        self.groups.iter().position(|group| group.members.contains(&item))
    }
}
