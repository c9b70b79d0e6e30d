//! Everything but the command line, in one program: one link, and what the tests share is compiled once.

mod example;
mod workspace;

mod agreement;
mod dates;
mod diagnostic_render;
mod docs;
mod emit;
mod gallery;
mod guide;
mod pages;
mod process;
mod scale;
mod schema;
mod shipped;
mod state;
mod structure;
mod tidy;
mod ui;
mod workspaces;
