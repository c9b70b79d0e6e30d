//! The command `yijianshi`.

use std::process::ExitCode;

fn main() -> ExitCode {
    yijianshi::cli::run()
}
