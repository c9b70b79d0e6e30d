//! The command line: the edge between files and the compiler. Holds no rule, no message about a bundle, no format.

mod check;
mod load;

use std::process::ExitCode;

/// Runs the command with the process's arguments.
pub fn run() -> ExitCode {
    let paths: Vec<_> = std::env::args_os().skip(2).map(Into::into).collect();
    match check::run(&paths) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            anstream::eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}
