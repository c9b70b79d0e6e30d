//! What a text is: the type of a key says so, and whoever walks a record is told ([`Kind`]).

use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;

use super::decode::{Decoder, Inheritance, Str, Text};
use super::record::Value;
use super::shape::{Leaf, Shape, Visitor};
use super::{Agency, Bundle, Element, Item, Material, Question, Scenario, Stage};
use crate::source::{At, Span};
use crate::syntax::Node;

/// What can be named in one place and referred to in others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Thing {
    /// Of the catalogue of agencies.
    Agency,
    /// Of the catalogue of materials.
    Document,
    /// Of the catalogue of data elements.
    Element,
    /// Of the bundle.
    Item,
    /// Of the item that the record names last before it; else of the item in which it stands.
    Stage,
    /// Of the bundle.
    Question,
    /// One of the answers to the question that was named last; of a data element, one of its values.
    Choice,
    /// Of the bundle.
    Scenario,
    /// Another bundle, by its path.
    Bundle,
    /// A rule of this program.
    Rule,
    /// What this program can emit.
    Output,
}

impl Thing {
    /// What people call it.
    pub fn word(self) -> &'static str {
        match self {
            Thing::Agency => "机构",
            Thing::Document => "材料",
            Thing::Element => "数据项",
            Thing::Item => "事项",
            Thing::Stage => "环节",
            Thing::Question => "问题",
            Thing::Choice => "选项",
            Thing::Scenario => "典型情形",
            Thing::Bundle => "一件事文件",
            Thing::Rule => "规则",
            Thing::Output => "成果",
        }
    }
}

/// A type that stands for a [`Thing`]: usually the record that describes it.
pub trait IsThing {
    /// Which.
    const THING: Thing;
}

macro_rules! things {
    ($($Type:ty => $Thing:ident),* $(,)?) => { $( impl IsThing for $Type { const THING: Thing = Thing::$Thing; } )* };
}

/// An answer that can be chosen.
#[derive(Debug)]
pub enum Choice {}
/// A rule of this program.
#[derive(Debug)]
pub enum Rule {}
/// What this program can emit.
#[derive(Debug)]
pub enum Output {}

things! {
    Agency => Agency, Material => Document, Element => Element, Item => Item, Stage => Stage, Question => Question,
    Choice => Choice, Scenario => Scenario, Bundle => Bundle, Rule => Rule, Output => Output,
}

macro_rules! kinds {
    ($( $(#[doc = $doc:expr])* $Kind:ident = $word:literal; )*) => {
        /// What a text is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind {
            /// Gives a thing its name.
            Name(Thing),
            /// Gives a thing another name.
            Alias(Thing),
            /// Refers to a thing by its name or alias; it has to be there.
            Ref(Thing),
            /// May be the name of a thing.
            Mention(Thing),
            $( $(#[doc = $doc])* $Kind, )*
        }

        impl fmt::Display for Kind {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self {
                    Kind::Name(thing) => write!(f, "{}的名称", thing.word()),
                    Kind::Alias(thing) => write!(f, "{}的别名", thing.word()),
                    Kind::Ref(thing) => write!(f, "已有的{}", thing.word()),
                    Kind::Mention(thing) => f.write_str(thing.word()),
                    $( Kind::$Kind => f.write_str($word), )*
                }
            }
        }

        mod marker {
            $( #[derive(Debug)] pub enum $Kind {} impl super::IsKind for $Kind { const KIND: super::Kind = super::Kind::$Kind; } )*
        }

        $( $(#[doc = $doc])* pub type $Kind = Typed<marker::$Kind>; )*
    };
}

kinds! {
    /// Prose for applicants and officials.
    Prose = "文字";
    /// Prose that somebody acts on: that there is nothing is no answer there.
    Instruction = "文字";
    /// Prose that decides whether an application is accepted.
    Eligibility = "文字";
    /// When somebody is there.
    Hours = "时间";
    /// How something is called, without anybody referring to it by that.
    Title = "名称";
    /// A word or two: for whom, how, in which unit.
    Term = "词语";
    /// Whose a paper is.
    Holder = "持有人";
    /// Who answers for something.
    Person = "单位、人和联系方式";
    /// Where to ask or complain.
    Contact = "联系方式";
    /// A telephone number.
    Phone = "电话";
    /// Where to go.
    Address = "地址";
    /// ASCII identifier.
    Id = "英文标识";
    /// A code of a code list.
    Code = "编码";
    /// A web address.
    Link = "网址";
    /// A file beside the bundle.
    Path = "文件名";
    /// A calendar day as the name of an entry.
    Day = "日期";
    /// What an agency was called before.
    Former = "曾用名";
    /// A law, regulation or document.
    Law = "法规名称";
    /// The number of a document.
    DocumentNumber = "文号";
    /// An article of a law.
    Article = "条款";
    /// The words of a law.
    Quote = "原文";
}

impl Kind {
    /// Whether it is prose, not a name, a reference or a quotation.
    pub fn is_prose(self) -> bool {
        matches!(self, Kind::Prose | Kind::Instruction | Kind::Eligibility | Kind::Hours)
    }

    /// Whether it is what a legal basis says: the author does not answer for its wording.
    pub fn is_quoted(self) -> bool {
        matches!(self, Kind::Law | Kind::DocumentNumber | Kind::Article | Kind::Quote | Kind::Link)
    }

    /// Whether it has to be the name of something.
    pub fn is_ref(self) -> bool {
        matches!(self, Kind::Ref(_))
    }
}

/// A marker for a [`Kind`].
pub trait IsKind: 'static {
    /// Which.
    const KIND: Kind;
}

/// A text of which the type says what it is.
pub struct Typed<K> {
    text: Text,
    kind: PhantomData<fn() -> K>,
}

macro_rules! about_things {
    ($( $(#[doc = $doc:expr])* $Marker:ident $Kind:ident; )*) => { $(
        #[doc(hidden)]
        #[derive(Debug)]
        pub struct $Marker<T>(PhantomData<fn() -> T>);
        impl<T: IsThing + 'static> IsKind for $Marker<T> { const KIND: Kind = Kind::$Kind(T::THING); }
        $(#[doc = $doc])*
        pub type $Kind<T> = Typed<$Marker<T>>;
    )* };
}

about_things! {
    /// See [`Kind::Name`].
    NameOf Name;
    /// See [`Kind::Alias`].
    AliasOf Alias;
    /// See [`Kind::Ref`].
    RefTo Ref;
    /// See [`Kind::Mention`].
    MentionOf Mention;
}

impl<K> Typed<K> {
    /// The text, and where it was written.
    pub fn text(&self) -> &Text {
        &self.text
    }
}

impl<K> From<Text> for Typed<K> {
    fn from(text: Text) -> Self {
        Typed { text, kind: PhantomData }
    }
}

impl<K> Deref for Typed<K> {
    type Target = Text;
    fn deref(&self) -> &Text {
        &self.text
    }
}

impl<K> AsRef<str> for Typed<K> {
    fn as_ref(&self) -> &str {
        &self.text.value
    }
}

impl<K> Clone for Typed<K> {
    fn clone(&self) -> Self {
        self.text.clone().into()
    }
}

impl<K> fmt::Debug for Typed<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text.fmt(f)
    }
}

impl<K> fmt::Display for Typed<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text.value)
    }
}

impl<K: IsKind> Value for Typed<K> {
    const SHAPE: Shape = Shape::Text(K::KIND);
    fn decode(node: &Node, cx: &mut Decoder<'_>) -> Option<Self> {
        cx.scalar(node, "文字").map(|text| At::new(Str::from(text.trim()), node.span).into())
    }
    fn identity(&self, cx: &Inheritance<'_>) -> Option<String> {
        let name = match K::KIND {
            Kind::Ref(thing) => cx.canonical(thing, &self.text.value),
            _ => None,
        };
        Some(name.unwrap_or(&self.text.value).to_owned())
    }
    fn place(&self) -> Option<Span> {
        Some(self.text.span)
    }
    fn visit<'t>(&'t self, visitor: &mut dyn Visitor<'t>) {
        visitor.leaf(Leaf::Text(K::KIND, &self.text));
    }
}
