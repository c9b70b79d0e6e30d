//! The QR code: read back with a reader that is not ours, from the drawing and from the Word file.

use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;

use yijianshi_core::compile;
use yijianshi_core::plan::Plan;
use yijianshi_core::source::{Source, Sources};
use yijianshi_emit::{EMITTERS, Files};

const BUNDLE: &str = include_str!("小店.yaml");

fn published(line: &str) -> compile::Compilation {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let names = ["目录/机构.yaml", "目录/材料.yaml", "目录/数据项.yaml"];
    let shared = names.iter().map(|name| Source::new(name.to_string(), fs::read_to_string(root.join(name)).unwrap()));
    let manifest = format!("{}\n{line}\n", fs::read_to_string(root.join("yijianshi.yaml")).unwrap());
    let manifest = Source::new("yijianshi.yaml".to_owned(), manifest);
    let own = Source::new("小店.yaml".to_owned(), BUNDLE.to_owned());
    compile::compile(Sources::from_texts(shared.chain([manifest, own])))
}

fn plan(line: &str) -> Plan {
    let mut compilation = published(line);
    assert_eq!(compilation.plans.len(), 1, "{:#?}", compilation.diagnostics);
    compilation.plans.remove(0)
}

fn emit(plan: &Plan) -> Files {
    let mut files = Files::new();
    for emitter in EMITTERS {
        (emitter.emit)(plan, &|_| None, &mut files);
    }
    files
}

/// What a reader reads in a picture of which each pixel is dark or not.
fn read(width: usize, height: usize, dark: impl Fn(usize, usize) -> bool) -> String {
    let shade = |x: usize, y: usize| if dark(x, y) { 0 } else { 255 };
    let mut picture = rqrr::PreparedImage::prepare_from_greyscale(width, height, shade);
    let grids = picture.detect_grids();
    assert_eq!(grids.len(), 1, "one code in a picture of {width} × {height}");
    let (about, content) = grids[0].decode().unwrap();
    assert_eq!(about.ecc_level, 0, "level M");
    content
}

fn read_png(png: &[u8]) -> String {
    let mut reader = png::Decoder::new(Cursor::new(png)).read_info().unwrap();
    let mut data = vec![0; reader.output_buffer_size().unwrap()];
    let frame = reader.next_frame(&mut data).unwrap();
    assert_eq!((frame.color_type, frame.bit_depth), (png::ColorType::Grayscale, png::BitDepth::One));
    let (width, height) = (frame.width as usize, frame.height as usize);
    read(width, height, |x, y| data[y * frame.line_size + x / 8] & (0x80 >> (x % 8)) == 0)
}

/// Only what the code is drawn with: `M x y h w v side h -w z`.
fn read_svg(svg: &str) -> String {
    let (_, rest) = svg.split_once("crispEdges\" d=\"M").unwrap();
    let (path, _) = rest.split_once('"').unwrap();
    assert_eq!(svg.matches("<path").count(), 1, "one path");
    let mut dark = std::collections::BTreeSet::new();
    let mut side = 0;
    for run in path.split('M') {
        let numbers: Vec<i64> = run.split([' ', 'h', 'v', 'z']).filter_map(|number| number.parse().ok()).collect();
        let [x, y, width, height, _] = numbers[..] else { panic!("{run}") };
        side = height;
        dark.extend((x / side..(x + width) / side).map(|x| (x, y / side)));
    }
    let least = dark.iter().map(|(x, y)| *x.min(y)).min().unwrap();
    assert_eq!(least, 4, "four squares of white");
    let most = dark.iter().map(|(x, y)| *x.max(y)).max().unwrap();
    assert!(svg.contains(&format!("width=\"{}\"", (most + 5) * side)), "as wide as the code and the white around it");
    let pixels = usize::try_from(most + 5).unwrap() * 3;
    read(pixels, pixels, |x, y| dark.contains(&((x / 3) as i64, (y / 3) as i64)))
}

#[test]
fn the_code_leads_to_the_bundles_folder() {
    for (line, base) in [
        ("网址: https://zwfw.example.gov.cn/yijianshi/", "https://zwfw.example.gov.cn/yijianshi"),
        ("网址: http://10.0.0.8:8080", "http://10.0.0.8:8080"),
        ("网址: https://zwfw.example.gov.cn/一件事", "https://zwfw.example.gov.cn/%E4%B8%80%E4%BB%B6%E4%BA%8B"),
    ] {
        let plan = plan(line);
        let address = format!("{base}/{}/{}/", plan.workspace.id, plan.bundle.id);
        assert_eq!(plan.bundle.address.as_deref(), Some(address.as_str()));
        let files = emit(&plan);
        let svg = String::from_utf8(files["一码.svg"].clone()).unwrap();
        assert_eq!(read_svg(&svg), address);
        assert!(svg.contains("<title") && svg.contains("<desc"), "{svg}");
        let guide = String::from_utf8(files["办事指南.html"].clone()).unwrap();
        assert!(guide.contains("<figure class=\"code\">") && guide.contains(&address), "{address}");
        assert!(String::from_utf8_lossy(&files["index.html"]).contains("%E5%8A%9E%E4%BA%8B%E6%8C%87%E5%8D%97.html"));
    }
}

#[test]
fn every_word_file_has_the_code_even_without_fonts() {
    let plan = plan("网址: https://zwfw.example.gov.cn");
    let files = emit(&plan);
    let documents: Vec<_> = files.iter().filter(|(name, _)| name.ends_with(".docx")).collect();
    assert!(documents.len() >= 8, "{}", documents.len());
    for (name, bytes) in documents {
        let mut package = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut pictures = Vec::new();
        for index in 0..package.len() {
            let mut entry = package.by_index(index).unwrap();
            if entry.name().unwrap().ends_with(".png") {
                let mut png = Vec::new();
                entry.read_to_end(&mut png).unwrap();
                pictures.push(png);
            }
        }
        assert_eq!(pictures.len(), 1, "{name}: nothing but the code needs no fonts");
        assert_eq!(Some(read_png(&pictures[0])), plan.bundle.address, "{name}");
    }
}

#[test]
fn without_an_address_there_is_no_code_and_officials_are_told() {
    let plan = plan("");
    assert_eq!(plan.bundle.address, None);
    let files = emit(&plan);
    assert!(!files.contains_key("一码.svg") && !files.contains_key("index.html"));
    let text = |name: &str| String::from_utf8(files[name].clone()).unwrap();
    assert!(text("任务分工清单.md").contains("一码"));
    assert!(!text("办事指南.md").contains("一码"), "applicants need not know");
}

#[test]
fn an_address_that_cannot_be_opened_is_an_error() {
    for line in ["网址: www.example.gov.cn", "网址: https://政务.cn", "网址: https://a.cn/?x=1"] {
        let said: Vec<String> = published(line).diagnostics.iter().map(ToString::to_string).collect();
        assert!(said.iter().any(|text| text.contains("unknown-settings")), "{line}: {said:#?}");
    }
}
