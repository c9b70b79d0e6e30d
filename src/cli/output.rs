//! The output folder: made aside, then moved into place wholly or not at all.
//!
//! The file `.yijianshi.json` in it records what was made (path → blake3). What is recorded and no longer made goes; what is not
//! recorded is somebody else's and stays as it is.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use blake3::Hash;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::failure::{Failure, shown};
use yijianshi_emit::catalogue::Brief;

const RECORD: &str = ".yijianshi.json";
const VERSION: u32 = 1;
/// So many files are named in a message.
const MOST_NAMED: usize = 10;

/// Files made: path from the output folder, and what is in them.
pub type Made = BTreeMap<String, Hash>;

/// Workspaces that have a page of their own in the output folder, by id.
pub type Notes = BTreeMap<String, Brief>;

/// The output folder and the folder in it where files are made before they are moved into place.
pub struct Output {
    folder: PathBuf,
    stage: PathBuf,
    /// The output folder and those above it, as far as they were not there before.
    fresh: Vec<PathBuf>,
    recorded: Made,
    notes: Notes,
}

#[derive(Serialize, Deserialize)]
struct Record {
    version: u32,
    files: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    workspaces: Notes,
}

/// How many files changed.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Changes {
    /// Written for the first time.
    pub new: usize,
    /// Written anew.
    pub updated: usize,
    /// No longer made, and gone.
    pub removed: usize,
    /// As they were.
    pub same: usize,
}

/// What is to be done to one file.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    New,
    Update,
    Remove,
    Same,
    /// Recorded, gone already.
    Gone,
    /// Recorded, changed by hand since.
    Edited,
    /// Somebody else's.
    Foreign,
}

impl Output {
    /// Looks at the output folder. Nothing is changed but that a hidden folder is made in it, which goes again.
    pub fn open(folder: &Path) -> Result<Self, Failure> {
        let (recorded, notes) = read_record(folder)?;
        let fresh = folder.ancestors().take_while(|folder| *folder != Path::new("") && !folder.exists());
        let fresh = fresh.map(Path::to_owned).collect();
        let stage = folder.join(format!(".yijianshi-{}", std::process::id()));
        fs::create_dir_all(&stage).map_err(|error| Failure::write(folder, error))?;
        Ok(Output { folder: folder.to_owned(), stage, fresh, recorded, notes })
    }

    /// The workspaces whose pages an earlier build made.
    pub fn notes(&self) -> &Notes {
        &self.notes
    }

    /// Makes a file aside. `path` uses `/`.
    pub fn stage(&self, path: &str, bytes: &[u8]) -> Result<Hash, Failure> {
        assert!(is_safe(path), "an emitter made a file outside its folder: {path}");
        let target = self.new_file(path);
        let write = || {
            fs::create_dir_all(target.parent().unwrap_or(&self.stage))?;
            fs::write(&target, bytes)
        };
        write().map_err(|error| Failure::write(&self.folder.join(path), error))?;
        Ok(blake3::hash(bytes))
    }

    fn new_file(&self, path: &str) -> PathBuf {
        self.stage.join("new").join(path)
    }

    fn old_file(&self, path: &str) -> PathBuf {
        self.stage.join("old").join(path)
    }

    /// Moves what was made into place, and removes what was made before, lies in `scope` and is not made now. `notes` go into the
    /// record.
    pub fn commit(
        self,
        made: &Made,
        scope: impl Fn(&str) -> bool,
        force: bool,
        notes: &Notes,
    ) -> Result<Changes, Failure> {
        let stale = self.recorded.keys().filter(|path| scope(path) && !made.contains_key(*path));
        let paths: Vec<(&str, Option<Hash>)> = made
            .iter()
            .map(|(path, hash)| (path.as_str(), Some(*hash)))
            .chain(stale.map(|path| (&**path, None)))
            .collect();
        let looked: Vec<(&str, Step)> = paths
            .into_par_iter()
            .map(|(path, new)| Ok((path, self.look(path, new, force)?)))
            .collect::<Result<_, Failure>>()?;
        self.refuse(&looked)?;
        let mut done = Vec::new();
        let moved = self.apply(&looked, &mut done).and_then(|()| {
            let rest = self.recorded.iter().filter(|(path, _)| !scope(path) && !made.contains_key(*path));
            self.write_record(
                made.iter().chain(rest).map(|(path, hash)| (path.clone(), hash.to_hex().to_string())).collect(),
                notes.clone(),
            )
        });
        if let Err(failure) = moved {
            self.undo(&done);
            return Err(failure);
        }
        self.remove_empty_folders(looked.iter().filter(|(_, step)| *step == Step::Remove).map(|(path, _)| *path));
        let count = |step| looked.iter().filter(|(_, own)| *own == step).count();
        Ok(Changes {
            new: count(Step::New),
            updated: count(Step::Update),
            removed: count(Step::Remove),
            same: count(Step::Same),
        })
    }

    /// What is to be done to `path`, which is to hold `new`, or to go.
    fn look(&self, path: &str, new: Option<Hash>, force: bool) -> Result<Step, Failure> {
        let target = self.folder.join(path);
        let recorded = self.recorded.get(path);
        let data = match fs::symlink_metadata(&target) {
            Ok(data) => data,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Ok(if new.is_some() { Step::New } else { Step::Gone });
            }
            // Something on the way there is a file.
            Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
                return Ok(if new.is_some() { Step::Foreign } else { Step::Gone });
            }
            Err(error) => return Err(Failure::read(&target, error)),
        };
        if !data.is_file() {
            return Ok(Step::Foreign);
        }
        let bytes = fs::read(&target).map_err(|error| Failure::read(&target, error))?;
        let there = blake3::hash(&bytes);
        Ok(match (new, recorded) {
            (Some(new), _) if new == there => Step::Same,
            (_, None) => Step::Foreign,
            (_, Some(recorded)) if *recorded != there && !force => Step::Edited,
            (Some(_), _) => Step::Update,
            (None, _) => Step::Remove,
        })
    }

    fn refuse(&self, looked: &[(&str, Step)]) -> Result<(), Failure> {
        let named = |step| {
            let paths: Vec<_> = looked.iter().filter(|(_, own)| *own == step).map(|(path, _)| *path).collect();
            let mut text = String::new();
            for path in paths.iter().take(MOST_NAMED) {
                text += &format!("\n  {}", shown(&self.folder.join(path)));
            }
            if paths.len() > MOST_NAMED {
                text += &format!("\n  另有 {} 个，从略", paths.len() - MOST_NAMED);
            }
            text
        };
        let foreign = named(Step::Foreign);
        if !foreign.is_empty() {
            return Err(Failure::Other(format!(
                "下面的位置已经有不是本工具生成的文件，不会覆盖，什么都没有写。把它们移到别处，或者用 --out 换一个文件夹：{foreign}"
            )));
        }
        let edited = named(Step::Edited);
        if !edited.is_empty() {
            return Err(Failure::Other(format!(
                "下面的成果生成以后被人改过，什么都没有写。要保留改动，把它们另存到别处；不要改动，加 --force 再运行一次：{edited}"
            )));
        }
        Ok(())
    }

    /// Carries the steps out; `done` notes each so that it can be undone.
    fn apply<'p>(&self, looked: &[(&'p str, Step)], done: &mut Vec<(&'p str, Step)>) -> Result<(), Failure> {
        let step = |step| looked.iter().filter(move |(_, own)| *own == step);
        for &(path, step) in step(Step::Remove).chain(step(Step::Update)) {
            self.rename(&self.folder.join(path), &self.old_file(path)).map_err(|error| self.failed(path, error))?;
            done.push((path, Step::Remove));
            if step == Step::Update {
                self.rename(&self.new_file(path), &self.folder.join(path)).map_err(|error| self.failed(path, error))?;
                done.push((path, Step::New));
            }
        }
        for &(path, _) in step(Step::New) {
            self.rename(&self.new_file(path), &self.folder.join(path)).map_err(|error| self.failed(path, error))?;
            done.push((path, Step::New));
        }
        Ok(())
    }

    fn failed(&self, path: &str, error: io::Error) -> Failure {
        Failure::write(&self.folder.join(path), error)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::create_dir_all(to.parent().unwrap_or(&self.folder))?;
        fs::rename(from, to)
    }

    /// Takes back what was done, last first. A step that cannot be taken back leaves its file in the hidden folder.
    fn undo(&self, done: &[(&str, Step)]) {
        for &(path, step) in done.iter().rev() {
            let target = self.folder.join(path);
            let _ = match step {
                Step::New => self.rename(&target, &self.new_file(path)),
                _ => self.rename(&self.old_file(path), &target),
            };
        }
        self.remove_empty_folders(done.iter().map(|(path, _)| *path));
    }

    fn write_record(&self, files: BTreeMap<String, String>, workspaces: Notes) -> Result<(), Failure> {
        let target = self.folder.join(RECORD);
        let mut bytes = serde_json::to_vec_pretty(&Record { version: VERSION, files, workspaces }).expect("texts only");
        bytes.push(b'\n');
        let beside = self.stage.join("record");
        let write = || {
            fs::write(&beside, bytes)?;
            fs::rename(&beside, &target)
        };
        write().map_err(|error| Failure::write(&target, error))
    }

    fn remove_empty_folders<'p>(&self, paths: impl Iterator<Item = &'p str>) {
        let folders: BTreeSet<&Path> =
            paths.flat_map(|path| Path::new(path).ancestors().skip(1)).filter(|path| *path != Path::new("")).collect();
        for folder in folders.iter().rev() {
            // Only empty folders can be removed so.
            let _ = fs::remove_dir(self.folder.join(folder));
        }
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        // Whatever is left of it is hidden and of no use; there is nobody to tell.
        let _ = fs::remove_dir_all(&self.stage);
        // Only empty folders can be removed so: what was built stays.
        for folder in &self.fresh {
            let _ = fs::remove_dir(folder);
        }
    }
}

/// A path that stays in its folder.
fn is_safe(path: &str) -> bool {
    !path.is_empty() && !path.contains(['\\', ':']) && path.split('/').all(|part| !matches!(part, "" | "." | ".."))
}

fn read_record(folder: &Path) -> Result<(Made, Notes), Failure> {
    let path = folder.join(RECORD);
    let bytes = match fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Default::default()),
        Err(error) => return Err(Failure::read(&path, error)),
    };
    let broken = || {
        Failure::Other(format!(
            "读不懂 {}：它记着哪些文件是本工具生成的，不要改动。用 --out 换一个文件夹，或者把整个输出文件夹移到别处",
            shown(&path)
        ))
    };
    let record: Record = serde_json::from_slice(&bytes).map_err(|_| broken())?;
    let paths = record.files.keys().chain(record.workspaces.keys());
    if record.version != VERSION || !paths.into_iter().all(|path| is_safe(path)) {
        return Err(broken());
    }
    let hash = |(path, hash): (String, String)| Ok((path, Hash::from_hex(hash).map_err(|_| broken())?));
    Ok((record.files.into_iter().map(hash).collect::<Result<_, Failure>>()?, record.workspaces))
}
