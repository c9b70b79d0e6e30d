//! What stands at head and foot of every document about a bundle.

use crate::page::{Page, Section};
use crate::words::view::View;

/// A document of this kind, with those of the sections that have content.
pub fn about(view: View<'_>, kind: &'static str, sections: impl IntoIterator<Item = Option<Section>>) -> Page {
    Page {
        kind,
        title: view.title(),
        subtitle: view.subtitle(),
        notice: view.notice(),
        sections: sections.into_iter().flatten().collect(),
        foot: view.foot(),
        ..Page::default()
    }
}
