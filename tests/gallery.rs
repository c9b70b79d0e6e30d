//! Twelve flows as charts, compared byte for byte with the files in `tests/gallery`. `BLESS=1` rewrites them; look at them before
//! you believe them: `PNG=folder cargo test --test main gallery -- --ignored` makes pictures of them (of those with `ONLY` in their name).

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use yijianshi_core::compile;
use yijianshi_core::plan::Plan;
use yijianshi_core::source::{Source, Sources};
use yijianshi_emit::EMITTERS;
use yijianshi_emit::Files;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The plan of the one bundle among these texts.
fn plan(texts: Vec<Source>, title: &str) -> Plan {
    let compilation = compile::compile(Sources::from_texts(texts));
    let said: Vec<String> = compilation.diagnostics.iter().map(ToString::to_string).collect();
    let found = compilation.plans.into_iter().find(|plan| plan.bundle.title == title);
    found.unwrap_or_else(|| panic!("{title}: {said:#?}"))
}

fn read(folder: &Path, root: &Path, texts: &mut Vec<Source>) {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            read(&path, root, texts);
        } else if path.extension().is_some_and(|own| own == "yaml") {
            let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
            texts.push(Source::from_bytes(name, fs::read(&path).unwrap()));
        }
    }
}

fn shipped(folder: &str, title: &str) -> Plan {
    let folder = root().join("bundles").join(folder);
    let mut texts = Vec::new();
    read(&folder, &folder, &mut texts);
    plan(texts, title)
}

/// A bundle of its own workspace: its agencies, its questions and measures, its items.
struct Odd {
    title: &'static str,
    agencies: Vec<String>,
    head: String,
    items: String,
    tail: String,
}

impl Odd {
    fn new(title: &'static str, agencies: usize) -> Odd {
        let names = [
            "市场监管部门",
            "住房城乡建设部门",
            "自然资源部门",
            "生态环境部门",
            "消防救援机构",
            "城市管理部门",
            "卫生健康部门",
            "公安部门",
            "税务部门",
            "人力资源社会保障部门",
            "水务部门",
            "气象部门",
            "文化旅游部门",
            "交通运输部门",
            "应急管理部门",
        ];
        let agencies = names[..agencies].iter().map(|name| (*name).to_owned()).collect();
        Odd { title, agencies, head: String::new(), items: String::new(), tail: String::new() }
    }

    /// An item of the agency with this number.
    fn item(&mut self, name: &str, agency: usize, more: &str) {
        let agency = &self.agencies[agency];
        writeln!(self.items, "  {name}: {{名称: {name}, 单位: {agency}, 无结果文书: 是{more}}}").unwrap();
    }

    fn plan(&self) -> Plan {
        let manifest = "工作区: 图集\n标识: gallery\n地区: {名称: 样例市, 代码: \"430600\"}\n计数口径: {环节: 按事项, 跑动: 按事项}\n规则:\n  unmet-preconditions: {级别: 关闭, 理由: 供测试}\n";
        let mut agencies = "机构目录:\n".to_owned();
        for (index, agency) in self.agencies.iter().enumerate() {
            writeln!(agencies, "  {agency}: {{标识: agency{index}}}").unwrap();
        }
        let Odd { title, head, items, tail, .. } = self;
        let lead = &self.agencies[0];
        let bundle = format!(
            "一件事: {title}\n标识: odd\n状态: 草案\n服务对象: 企业\n牵头单位: {lead}\n{head}联办事项:\n{items}{tail}"
        );
        let texts = [("yijianshi.yaml", manifest), ("机构.yaml", &*agencies), ("一件事.yaml", &*bundle)];
        plan(texts.map(|(name, text)| Source::new(name.to_owned(), text.to_owned())).into(), title)
    }
}

fn one_item() -> Plan {
    let mut odd = Odd::new("我要装空调", 1);
    odd.head = "承诺时限: 1工作日\n".to_owned();
    odd.item("安装备案", 0, ", 时限: 1工作日");
    odd.plan()
}

fn chain() -> Plan {
    let mut odd = Odd::new("我要建仓库", 4);
    odd.head = "承诺时限: 13工作日\n".to_owned();
    let names = ["立项备案", "用地审批", "规划许可", "环评审批", "施工许可", "竣工验收", "产权登记"];
    for (at, name) in names.iter().enumerate() {
        let after = if at > 0 { format!(", 前置: [{}]", names[at - 1]) } else { String::new() };
        odd.item(name, at % 4, &format!(", 时限: {}工作日{after}", 1 + at % 3));
    }
    odd.plan()
}

fn full_fan() -> Plan {
    let mut odd = Odd::new("我要办展览", 5);
    for at in 0..12 {
        odd.item(&format!("第{}项审批", at + 1), at % 5, &format!(", 时限: {}工作日", 1 + at % 7));
    }
    odd.plan()
}

fn forty_items() -> Plan {
    let mut odd = Odd::new("我要建医院", 9);
    odd.head = "情形:\n  新建: {问: 是否新建？}\n  手术: {问: 是否开展手术？}\n".to_owned();
    for at in 0..40 {
        let mut more = format!(", 时限: {}工作日", 1 + at * 7 % 13);
        match at {
            3 | 9 | 17 | 26 => more += ", 当: 新建",
            12 | 30 => more += ", 当: 手术",
            _ => {}
        }
        if at % 5 == 4 {
            write!(more, ", 前置: [许可{}]", at - 3).unwrap();
        }
        if at % 11 == 10 {
            write!(more, ", 前置: [许可{}, 许可{}]", at - 8, at - 1).unwrap();
        }
        if [1, 6, 20].contains(&at) {
            more += ", 环节: [审查, 勘验, 决定]";
        }
        odd.item(&format!("许可{at}"), at % 9, &more);
    }
    odd.tail = "改革举措:\n  - 联合勘验: {事项: [许可1, 许可20]}\n".to_owned();
    odd.plan()
}

fn fifteen_agencies() -> Plan {
    let mut odd = Odd::new("我要开商场", 15);
    odd.head = "承诺时限: 15工作日\n".to_owned();
    for at in 0..15 {
        let stages = if [0, 4, 9, 13].contains(&at) { ", 环节: [审查, 勘验, 决定]" } else { "" };
        let after = if at == 0 { "" } else { ", 前置: [事项一]" };
        let name =
            ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四", "十五"][at];
        odd.item(&format!("事项{name}"), at, &format!(", 时限: {}工作日{stages}{after}", 2 + at % 5));
    }
    odd.tail = "改革举措:\n  - 联合勘验: {事项: [事项五, 事项十, 事项十四]}\n".to_owned();
    odd.plan()
}

fn nested_joint() -> Plan {
    let mut odd = Odd::new("我要盖厂房", 6);
    for (at, name) in ["规划核实", "消防验收", "人防验收", "环保验收", "防雷验收", "档案验收"].iter().enumerate()
    {
        odd.item(name, at, &format!(", 时限: {}工作日, 环节: [审查, 勘验, 验收, 决定]", 5 + at));
    }
    odd.item("产权登记", 2, ", 时限: 3工作日, 前置: [规划核实, 消防验收]");
    odd.tail = "改革举措:\n  - 联合勘验: {事项: [规划核实, 人防验收, 防雷验收]}\n  - 联合勘验: {事项: [消防验收, 环保验收]}\n  - 联合验收: {事项: [规划核实, 消防验收, 人防验收, 环保验收, 防雷验收, 档案验收]}\n"
        .to_owned();
    odd.plan()
}

fn long_names() -> Plan {
    let mut odd = Odd::new("我要在历史文化街区沿街开办带有临时占道设施和夜间经营项目的综合餐饮服务场所", 0);
    odd.agencies = [
        "新建区行政审批服务局暨政务服务管理中心",
        "高新技术产业开发区应急管理和生态环境保护局",
        "新建区综合行政执法大队沿街秩序管理中队",
    ]
    .map(str::to_owned)
    .to_vec();
    odd.head = "承诺时限: 30工作日\n情形:\n  历史街区: {问: 经营场所是否位于历史文化街区的核心保护范围以内或者建设控制地带？}\n  夜间: {问: 是否在夜间二十二时以后仍然对外经营并且设置露天座位？}\n".to_owned();
    odd.item(
        "历史文化街区核心保护范围以内新建扩建必要的基础设施和公共服务设施审批",
        0,
        ", 时限: 20工作日, 当: 历史街区",
    );
    odd.item("ABC-2000型压力管道（含燃气管道）安装改造维修告知", 1, ", 时限: 2.5工作日");
    odd.item("临时占用城市道路和街道两侧公共场地设置露天餐饮座位许可", 2, ", 时限: 10工作日, 当: 历史街区 且 夜间");
    odd.plan()
}

fn many_conditions() -> Plan {
    let mut odd = Odd::new("我要开旅馆", 6);
    odd.head = "承诺时限: 12工作日\n部分不予许可: 征求申请人意见\n情形:\n  客房: {问: 有多少间客房？, 数值: {单位: 间, 最小: 1, 最大: 500}}\n  餐饮: {问: 是否提供餐饮？}\n  泳池: {问: 是否有游泳池？}\n  装修: {问: 是否装修？}\n不适用:\n  - {当: 客房 > 300, 建议: 到省级部门办理}\n  - {当: 客房 < 3, 建议: 按民宿办理}\n"
        .to_owned();
    odd.item("营业执照", 0, ", 时限: 1工作日");
    odd.item("特种行业许可", 7 % 6, ", 时限: 5工作日, 前置: [营业执照], 环节: [审查, 勘验, 决定]");
    odd.item("食品经营许可", 0, ", 时限: 6工作日, 前置: [营业执照], 当: 餐饮, 环节: [审查, 勘验, 决定]");
    odd.item(
        "公共场所卫生许可",
        2,
        ", 时限: 4工作日, 前置: [营业执照], 当: 客房 ≥ 10 或 泳池, 环节: [审查, 勘验, 决定]",
    );
    odd.item(
        "消防安全检查",
        4,
        ", 时限: 7工作日, 前置: [营业执照], 当: 装修 且 (餐饮 或 客房 > 50), 环节: [审查, 勘验, 决定]",
    );
    odd.item("店招备案", 5, ", 时限: 即办, 可选: 是, 当: 装修");
    odd.tail =
        "改革举措:\n  - 联合勘验: {事项: [特种行业许可, 食品经营许可, 公共场所卫生许可, 消防安全检查]}\n".to_owned();
    odd.plan()
}

fn small_shop() -> Plan {
    let pages = root().join("tests/pages");
    let mut texts = Vec::new();
    read(&pages, &pages, &mut texts);
    texts.push(Source::new("小店.yaml".to_owned(), include_str!("emit/小店.yaml").to_owned()));
    plan(texts, "我要开小店")
}

/// The twelve flows by name.
fn flows() -> Vec<(&'static str, Plan)> {
    vec![
        ("01-小餐馆", shipped("岳阳", "我要开小餐馆")),
        ("02-工程建设", shipped("新建区", "企业工程建设项目审批")),
        ("03-企业开办", shipped("新建区", "企业开办")),
        ("04-小店", small_shop()),
        ("05-一个事项", one_item()),
        ("06-一条链", chain()),
        ("07-全部并联", full_fan()),
        ("08-四十个事项", forty_items()),
        ("09-十五个单位", fifteen_agencies()),
        ("10-几处联合", nested_joint()),
        ("11-很长的名称", long_names()),
        ("12-很多条件", many_conditions()),
    ]
}

#[test]
fn the_gallery_is_as_it_was_looked_at() {
    let folder = root().join("tests/gallery");
    let bless = std::env::var_os("BLESS").is_some();
    let emitters = EMITTERS.iter().filter(|emitter| ["charts", "questionnaire"].contains(&emitter.name));
    let emitters: Vec<_> = emitters.collect();
    let mut expected: Vec<String> = Vec::new();
    let mut faults = Vec::new();
    for (name, plan) in flows() {
        let mut files = Files::new();
        for emitter in &emitters {
            (emitter.emit)(&plan, &|_| None, &mut files);
        }
        for (file, bytes) in files.into_iter().filter(|(file, _)| file.ends_with(".svg")) {
            // Sheets of some are enough.
            let sheet = file.contains('-');
            if sheet && !["01", "08", "09"].contains(&&name[..2]) {
                continue;
            }
            let file = format!("{name}-{file}");
            let path = folder.join(&file);
            if bless {
                fs::create_dir_all(&folder).unwrap();
                fs::write(&path, &bytes).unwrap();
            } else if fs::read(&path).ok().as_deref() != Some(&bytes[..]) {
                faults.push(format!("{file} is not what it was"));
            }
            expected.push(file);
        }
    }
    for entry in fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if name.ends_with(".svg") && !expected.contains(&name) {
            match bless {
                true => fs::remove_file(&path).unwrap(),
                false => faults.push(format!("{name} is not made any more")),
            }
        }
    }
    assert!(faults.is_empty(), "{}\nlook at them, then BLESS=1", faults.join("\n"));
}

#[test]
#[ignore = "makes pictures to look at"]
fn pictures() {
    use resvg::tiny_skia::{Pixmap, Transform};
    use resvg::usvg::{Options, Tree};
    let out = PathBuf::from(std::env::var_os("PNG").expect("PNG=folder"));
    fs::create_dir_all(&out).unwrap();
    let mut options = Options::default();
    options.fontdb_mut().load_system_fonts();
    for entry in fs::read_dir(root().join("tests/gallery")).unwrap() {
        let path = entry.unwrap().path();
        let only = std::env::var("ONLY").unwrap_or_default();
        if path.extension().is_none_or(|own| own != "svg") || !path.to_string_lossy().contains(&only) {
            continue;
        }
        let tree = Tree::from_data(&fs::read(&path).unwrap(), &options).unwrap();
        let size = tree.size().to_int_size();
        let mut picture = Pixmap::new(size.width(), size.height()).unwrap();
        resvg::render(&tree, Transform::identity(), &mut picture.as_mut());
        picture.save_png(out.join(path.with_extension("png").file_name().unwrap())).unwrap();
    }
}
