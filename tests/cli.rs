//! The command line from outside: exact output, exit codes, and what happens to files.

#[path = "cli/build.rs"]
mod build;
#[path = "cli/check.rs"]
mod check;
#[path = "cli/draw.rs"]
mod draw;
#[path = "cli/fix.rs"]
mod fix;
#[path = "cli/help.rs"]
mod help;
#[path = "cli/others.rs"]
mod others;
#[path = "cli/scenario.rs"]
mod scenario;
#[path = "cli/support.rs"]
mod support;
#[path = "cli/templates.rs"]
mod templates;
