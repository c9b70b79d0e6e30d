//! `schema`: JSON Schemas of the files that people write and of the plan.

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use yijianshi_core::schema::{self, KINDS};

use super::failure::{Failure, shown};
use super::terminal::Out;

/// Arguments of `schema`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[arg(value_name = "种类", value_parser = PossibleValuesParser::new(KINDS.iter().map(|kind| kind.name)), hide_possible_values = true, help = "哪一种文件的；不写就列出有哪些")]
    kind: Option<String>,
    #[arg(long, value_name = "文件夹", conflicts_with = "kind", help = "全部写到这个文件夹")]
    out: Option<PathBuf>,
}

/// Prints a schema, lists them, or writes all.
pub fn run(args: &Args) -> Result<bool, Failure> {
    let mut out = Out::new();
    match (&args.out, &args.kind) {
        (Some(folder), _) => {
            fs::create_dir_all(folder).map_err(|error| Failure::write(folder, error))?;
            for kind in KINDS {
                let path = folder.join(format!("{}.json", kind.name));
                fs::write(&path, kind.text()).map_err(|error| Failure::write(&path, error))?;
            }
            writeln!(out, "已写出 {} 个文件，在 {}", KINDS.len(), shown(folder))?;
        }
        (None, Some(name)) => out.write_all(schema::text(name).as_bytes())?,
        (None, None) => {
            for kind in KINDS {
                writeln!(out, "{:12}  {}", kind.name, kind.title())?;
            }
        }
    }
    out.flush()?;
    Ok(true)
}
