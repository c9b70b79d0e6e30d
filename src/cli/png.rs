//! Drawings as pictures. Fonts are files of the machine, so this is the edge's work; no emitter needs it.

use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{FontResolver, Options, Tree, fontdb};

use super::failure::{Failure, shown};
use yijianshi_emit::Drawing;
use yijianshi_emit::Size;

/// The largest picture, in pixels of width or height.
const LARGEST: u64 = 20_000;

/// The fonts to write with.
pub struct Fonts {
    database: Arc<fontdb::Database>,
    /// The family that was asked for.
    family: Option<String>,
}

impl Fonts {
    /// The machine's fonts, or the font called `wanted` or in the file `wanted`.
    pub fn find(wanted: Option<&str>) -> Result<Fonts, Failure> {
        let mut database = fontdb::Database::new();
        let Some(wanted) = wanted else {
            database.load_system_fonts();
            return Ok(Fonts { database: Arc::new(database), family: None });
        };
        let path = Path::new(wanted);
        if path.is_file() {
            let bytes = fs::read(path).map_err(|error| Failure::read(path, error))?;
            database.load_font_data(bytes);
            let face = database.faces().next();
            let family = face.and_then(|face| face.families.first()).map(|(name, _)| name.clone());
            let broken = || Failure::Other(format!("{} 不是字体文件", shown(path)));
            return Ok(Fonts { family: Some(family.ok_or_else(broken)?), database: Arc::new(database) });
        }
        database.load_system_fonts();
        let named = |face: &fontdb::FaceInfo| face.families.iter().any(|(name, _)| name == wanted);
        if !database.faces().any(named) {
            return Err(Failure::Other(format!(
                "没有叫“{wanted}”的字体，也没有这个文件。常见的中文字体有 Noto Sans CJK SC、Microsoft YaHei、SimHei、PingFang SC"
            )));
        }
        Ok(Fonts { database: Arc::new(database), family: Some(wanted.to_owned()) })
    }

    /// A drawing as a picture `width` pixels wide; twice as wide as the drawing if that is not said.
    pub fn png(&self, drawing: &Drawing, width: Option<u32>) -> Result<Vec<u8>, Failure> {
        let size = pixels(drawing.size, width)?;
        let missing: Mutex<Option<char>> = Mutex::new(None);
        let miss = |c: char| {
            if let Ok(mut missing) = missing.lock() {
                missing.get_or_insert(c);
            }
        };
        let family = self.family.clone();
        let (select, fallback) = (FontResolver::default_font_selector(), FontResolver::default_fallback_selector());
        let resolver = FontResolver {
            select_font: Box::new(|font, database| {
                let own = family.as_ref().and_then(|family| {
                    database.query(&fontdb::Query {
                        families: &[fontdb::Family::Name(family)],
                        weight: fontdb::Weight(font.weight()),
                        ..fontdb::Query::default()
                    })
                });
                // Any face is better than none: what it lacks is looked for in the others.
                own.or_else(|| select(font, database)).or_else(|| database.faces().next().map(|face| face.id))
            }),
            select_fallback: Box::new(|c, used, database| {
                let found = fallback(c, used, database);
                if found.is_none() && !c.is_whitespace() {
                    miss(c);
                }
                found
            }),
        };
        let options = Options { fontdb: Arc::clone(&self.database), font_resolver: resolver, ..Options::default() };
        if self.database.is_empty() {
            miss('一');
        }
        let tree = Tree::from_str(&drawing.sized(size), &options)
            .map_err(|error| Failure::Other(format!("图画不成 PNG：{error}")))?;
        drop(options);
        if let Some(c) = missing.into_inner().ok().flatten() {
            return Err(Failure::Other(format!(
                "找不到有“{c}”字的字体，画出来会是空白。请安装一种中文字体（例如 fonts-noto-cjk），或者用 --font 写明字体的名称或文件"
            )));
        }
        let (width, height) = (size.width.unsigned_abs(), size.height.unsigned_abs());
        let mut picture = Pixmap::new(width, height).ok_or_else(|| Failure::Other("图太大，画不成 PNG".to_owned()))?;
        resvg::render(&tree, Transform::identity(), &mut picture.as_mut());
        picture.encode_png().map_err(|error| Failure::Other(format!("图画不成 PNG：{error}")))
    }
}

/// How large the picture is.
fn pixels(size: Size, width: Option<u32>) -> Result<Size, Failure> {
    let (own, high) = (u64::from(size.width.unsigned_abs().max(1)), u64::from(size.height.unsigned_abs()));
    let wide = width.map_or(2 * own, u64::from);
    let high = (high * wide).div_ceil(own);
    if wide == 0 || wide.max(high) > LARGEST {
        return Err(Failure::Other(format!(
            "宽{wide}像素、高{high}像素的图画不了，最多各{LARGEST}像素；可以用 --width 改小，或者用 --split 分成几张"
        )));
    }
    let fits = |value: u64| i32::try_from(value).unwrap_or(i32::MAX);
    Ok(Size { width: fits(wide), height: fits(high) })
}
