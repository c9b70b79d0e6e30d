//! Documents as PDF, by a program that the machine has: LibreOffice, which sets the Word file as it is to be printed, else a browser of
//! Chromium's kind, which prints the page. What it writes is its own: two runs need not give the same bytes.
//!
//! A profile and folder of its own, a limit of time, its group of processes ended with it.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use tempfile::TempDir;

use super::failure::{Failure, shown};

/// So many documents are given to LibreOffice at once: it takes longer to start than to convert.
const AT_ONCE: usize = 20;
/// How long a program may take to start, and for each document, in seconds.
const START: u64 = 120;
const EACH: u64 = 60;
/// How often it is looked whether a program has ended, in milliseconds.
const LOOK: u64 = 50;

/// What LibreOffice is called, and where it lies on machines that do not have it in their path.
const OFFICES: [&str; 5] = [
    "soffice.com",
    "soffice",
    "libreoffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:\\Program Files\\LibreOffice\\program\\soffice.com",
];
/// The same of browsers.
const BROWSERS: [&str; 10] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "chrome",
    "msedge",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
    "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

/// Which kind of program it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Office,
    Browser,
}

/// A program that makes PDF, and the folder in which it works.
#[derive(Debug)]
pub struct Printer {
    program: PathBuf,
    kind: Kind,
    folder: TempDir,
}

impl Printer {
    /// The program called `wanted`, else the first that is found.
    pub fn find(wanted: Option<&str>) -> Result<Printer, Failure> {
        let (program, kind) = match wanted {
            Some(wanted) => {
                let program = installed(wanted).ok_or_else(|| {
                    Failure::Other(format!("--pdf-with：找不到程序“{wanted}”，请写程序的名称或完整路径"))
                })?;
                let stem = program.file_stem().unwrap_or_default().to_string_lossy().to_lowercase();
                (program, if stem.contains("office") { Kind::Office } else { Kind::Browser })
            }
            None => {
                let find = |names: &[&str], kind| names.iter().find_map(|name| Some((installed(name)?, kind)));
                find(&OFFICES, Kind::Office).or_else(|| find(&BROWSERS, Kind::Browser)).ok_or_else(|| {
                    Failure::Other(
                        "生成 PDF 要用 LibreOffice 或 Chromium（Chrome、Edge 也行），这台电脑上都没有找到。\
                         装上其中一个再运行，或者用 --pdf-with 写明程序在哪里；也可以在 Word、WPS 里打开 .docx 另存为 PDF"
                            .to_owned(),
                    )
                })?
            }
        };
        let folder = TempDir::with_prefix("yijianshi-").map_err(|error| Failure::write(&env::temp_dir(), error))?;
        Ok(Printer { program, kind, folder })
    }

    /// How the names of the files end from which it makes PDF.
    pub fn reads(&self) -> &'static str {
        match self.kind {
            Kind::Office => ".docx",
            Kind::Browser => ".html",
        }
    }

    /// Puts a document aside until it is its turn. `name` is unique and plain.
    pub fn take(&self, name: &str, bytes: &[u8]) -> Result<(), Failure> {
        let path = self.file(name, self.reads());
        fs::write(&path, bytes).map_err(|error| Failure::write(&path, error))
    }

    /// Makes PDF of what was taken under these names and hands each to `then`, with its place in the list; `shown` says what people
    /// call it.
    pub fn print(
        &self,
        names: &[(String, String)],
        mut then: impl FnMut(usize, Vec<u8>) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let at_once = if self.kind == Kind::Office { AT_ONCE } else { 1 };
        for (batch, chunk) in names.chunks(at_once).enumerate() {
            let mut command = self.command(chunk.iter().map(|(name, _)| name.as_str()));
            let said = self.folder.path().join("said.txt");
            let ended = self.run(&mut command, &said, START + EACH * chunk.len() as u64)?;
            for (index, (name, shown)) in chunk.iter().enumerate() {
                let path = self.file(name, ".pdf");
                let bytes = fs::read(&path).unwrap_or_default();
                if !bytes.starts_with(b"%PDF-") {
                    return Err(self.broken(shown, ended, &said));
                }
                then(batch * at_once + index, bytes)?;
                for path in [path, self.file(name, self.reads())] {
                    fs::remove_file(&path).map_err(|error| Failure::write(&path, error))?;
                }
            }
        }
        Ok(())
    }

    fn file(&self, name: &str, end: &str) -> PathBuf {
        self.folder.path().join(format!("{name}{end}"))
    }

    /// The settings and files of whoever is logged in are not touched: another window of the same program may be open.
    fn command<'n>(&self, names: impl Iterator<Item = &'n str>) -> Command {
        let mut command = Command::new(&self.program);
        let profile = self.folder.path().join("profile");
        let inputs: Vec<PathBuf> = names.map(|name| self.file(name, self.reads())).collect();
        match self.kind {
            Kind::Office => {
                command.arg(format!("-env:UserInstallation={}", address(&profile)));
                command.args([
                    "--headless",
                    "--nologo",
                    "--nodefault",
                    "--norestore",
                    "--convert-to",
                    "pdf",
                    "--outdir",
                ]);
                command.arg(self.folder.path()).args(inputs);
            }
            Kind::Browser => {
                command.args(["--headless", "--disable-gpu", "--no-first-run", "--no-pdf-header-footer"]);
                // As root, and only then, there is no other way; what is shown is ours and loads nothing.
                if is_root() {
                    command.arg("--no-sandbox");
                }
                command.arg(option("--user-data-dir=", &profile));
                for input in inputs {
                    command.arg(option("--print-to-pdf=", &input.with_extension("pdf"))).arg(address(&input));
                }
            }
        }
        command.current_dir(self.folder.path()).stdin(Stdio::null()).stdout(Stdio::null());
        command
    }

    /// Runs to the end, or for so many seconds; whether it came to an end.
    fn run(&self, command: &mut Command, said: &Path, seconds: u64) -> Result<bool, Failure> {
        let failed = |error: io::Error| Failure::Other(format!("{} 运行不了：{error}", shown(&self.program)));
        let file = fs::File::create(said).map_err(|error| Failure::write(said, error))?;
        command.stderr(file);
        #[cfg(unix)]
        {
            use std::os::unix::process::CommandExt as _;
            // What it starts itself goes with it when it has to be ended.
            command.process_group(0);
        }
        let mut child = command.spawn().map_err(failed)?;
        for _ in 0..seconds * 1000 / LOOK {
            match child.try_wait().map_err(failed)? {
                Some(_) => return Ok(true),
                None => thread::sleep(Duration::from_millis(LOOK)),
            }
        }
        end(&mut child);
        Ok(false)
    }

    fn broken(&self, shown_name: &str, ended: bool, said: &Path) -> Failure {
        let program = shown(&self.program);
        if !ended {
            return Failure::Other(format!(
                "{program} 太久没有生成 {shown_name}，已经停掉，什么都没有写。可以用 --pdf-with 换一个程序"
            ));
        }
        let said = fs::read(said).unwrap_or_default();
        let said = String::from_utf8_lossy(&said);
        let reason = said.lines().map(str::trim).find(|line| !line.is_empty()).map(|line| format!("：{line}"));
        Failure::Other(format!(
            "{program} 没有生成 {shown_name}，什么都没有写{}。可以用 --pdf-with 换一个程序",
            reason.unwrap_or_default()
        ))
    }
}

/// Ends a program and what it has started.
fn end(child: &mut Child) {
    if cfg!(unix) {
        let group = format!("-{}", child.id());
        let _ = Command::new("kill").args(["-KILL", "--", &group]).stdout(Stdio::null()).stderr(Stdio::null()).status();
    }
    let _ = child.kill();
    let _ = child.wait();
}

fn option(name: &str, path: &Path) -> OsString {
    let mut option = OsString::from(name);
    option.push(path);
    option
}

/// Where a program is, if it is there: by its path, or by its name in the folders of `PATH`.
fn installed(name: &str) -> Option<PathBuf> {
    let path = Path::new(name);
    if path.components().count() > 1 {
        return path.is_file().then(|| path.to_owned());
    }
    let folders = env::var_os("PATH")?;
    let names = [name.to_owned(), format!("{name}{}", env::consts::EXE_SUFFIX)];
    let places = env::split_paths(&folders).flat_map(|folder| names.iter().map(move |name| folder.join(name)));
    places.into_iter().find(|place| place.is_file())
}

#[cfg(unix)]
fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt as _;
    // What this process makes is owned by whom it runs as.
    tempfile::tempfile().and_then(|file| file.metadata()).is_ok_and(|data| data.uid() == 0)
}

#[cfg(not(unix))]
fn is_root() -> bool {
    false
}

/// A file as an address; what is not plain in it is percent-encoded.
fn address(path: &Path) -> String {
    let mut out = String::from("file://");
    let path = path.to_string_lossy().replace('\\', "/");
    if !path.starts_with('/') {
        out.push('/');
    }
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' | b':' => out.push(char::from(byte)),
            other => out.push_str(&format!("%{other:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::address;

    #[test]
    fn addresses_of_files_are_plain() {
        assert_eq!(address(Path::new("/tmp/一 b/c.html")), "file:///tmp/%E4%B8%80%20b/c.html");
        assert_eq!(address(Path::new("C:\\a\\b")), "file:///C:/a/b");
    }
}
