//! `completions`: scripts with which a shell completes commands.

use std::io::Write;

use clap_complete::Shell;

use super::failure::Failure;
use super::terminal::Out;
use super::usage;

/// Arguments of `completions`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[arg(value_name = "终端", hide_possible_values = true, help = "哪一种终端：bash、zsh、fish、powershell、elvish")]
    shell: Shell,
}

/// Prints the script.
pub fn run(args: &Args) -> Result<bool, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut usage::command(), "yijianshi", &mut script);
    let mut out = Out::new();
    out.write_all(&script)?;
    out.flush()?;
    Ok(true)
}
