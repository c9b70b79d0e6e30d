//! `scenario`: what some answers come to.

use std::path::{Path, PathBuf};

use serde_json::Value;
use snapbox::str;
use yijianshi_core::schema::text as schema_text;

use crate::support::{bundle, output, run, workspace, wrong};

fn restaurant() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("bundles/岳阳")
}

const FILE: &str = "我要开小餐馆.yaml";

#[test]
fn everything_answered_with_dates() {
    let answers = ["办理方式=本人办理", "经营面积=40平方米", "门头装修=是", "办税=是", "电算化=是"];
    let more = ["开票=增值税专用发票", "首次核定=是", "--from", "2026-09-26"];
    let args: Vec<&str> = ["scenario", FILE, "--answers"].into_iter().chain(answers).chain(more).collect();
    run(restaurant(), &args).code(0).stderr_eq(str![]).stdout_eq(str![[r#"
我要开小餐馆

回答
  办理方式  本人办理
  经营面积  40平方米
  门头装修  是
  办税      是
  电算化    是
  开票      增值税专用发票
  首次核定  是

事项
  适用  营业执照    都要办
  适用  小餐饮许可  经营面积 ≤ 50（40平方米）
  适用  占道许可    门头装修（是）
  适用  涉税        办税（是）

营业执照的材料
  要填    个体工商户开业登记申请书  各部门的表合并成一张
  要交    居民身份证（经营者）
  要交    申请人照片
  要交    经营场所使用证明
  不适用  授权委托书                办理方式 = 委托办理（本人办理）
  不适用  居民身份证（代理人）      办理方式 = 委托办理（本人办理）

小餐饮许可的材料
  不用交  营业执照                前序结果免交：由“营业执照”办出，部门之间传递
  不用交  居民身份证（经营者）    同一材料只收一次：与“营业执照”的居民身份证（经营者）是同一份，只收
                                  一次
  不适用  授权委托书              办理方式 = 委托办理（本人办理）
  不适用  居民身份证（代理人）    办理方式 = 委托办理（本人办理）
  要交    设施布局和操作流程文件
  要交    健康证明
  不用交  经营场所使用证明        同一材料只收一次：与“营业执照”的住所使用证明是同一份，只收一次

占道许可的材料
  不用填  临时占用街道两侧和公共场地许可审批表  申请表合并：各部门的申请表合并为一张
  不用交  营业执照                              同一材料只收一次：与“小餐饮许可”的工商营业执照是同一
                                                份，只收一次
  要交    现状图
  要交    效果图
  要交    施工图

涉税的材料
  不用填  纳税人存款账户账号报告表          申请表合并：各部门的申请表合并为一张
  不用填  财务会计制度及核算软件备案报告书  申请表合并：各部门的申请表合并为一张
  不用填  纳税人领用发票票种核定表          申请表合并：各部门的申请表合并为一张
  不用交  居民身份证（经营者）              同一材料只收一次：与“营业执照”的居民身份证（经营者）是同
                                            一份，只收一次
  要交    账户、账号开立证明
  要交    财务会计制度或者核算办法
  要交    财务会计核算软件及使用说明书      电算化（是）
  要交    发票专用章印模                    首次核定（是）
  要交    准予税务行政许可决定书            开票 = 增值税专用发票（增值税专用发票）；改革后新增

数字
                    改革前      改革后
  材料（件次）      22件        14件
  材料（去重种类）  18种        14种
  办理时限          14.5工作日  8工作日
  申请表            5张         1张
  填写项            41项        31项
  办理环节          4个         1个
  跑动次数          4次         1次

时间安排（工作日）
  最长的一条链：营业执照2 → 占道许可6 = 8工作日
  承诺8工作日，兑现得了。
              用时  开始  结束  机动  办完
  营业执照    2     0     2     —     2026-09-30
  涉税        0     2     2     6     2026-09-30
  占道许可    6     2     8     —     2026-10-14
  小餐饮许可  6     2     8     0     2026-10-14

日期
  申请      2026-09-26
  受理      2026-09-28（申请那天不上班，顺延到下一个工作日），第二天起算
  办完      2026-10-14
  承诺办结  2026-10-14
  其间放假  国庆节
  不满一天的按一天算。

"#]]);
}

#[test]
fn some_answered() {
    let args = ["scenario", FILE, "--answers", "办税=否", "--answers", "办理方式＝本人办理"];
    run(restaurant(), &args).code(0).stderr_eq(str![]).stdout_eq(str![[r#"
我要开小餐馆
  可能不适用，还要回答：经营面积、门头装修

回答
  办理方式  本人办理
  经营面积  还没有回答：餐馆的经营面积是多少平方米？
  门头装修  还没有回答：是否装修门头，需要临时占用街道两侧或者公共场地？
  办税      否
  电算化    不会问到
  开票      不会问到
  首次核定  不会问到

可能不适用
  经营面积超过50平方米的：经营面积超过50平方米的不属于小餐饮，请到市场监管部门窗口办理营业执照和食品
  经营许可证。

事项
  适用      营业执照    都要办
  适用      小餐饮许可  经营面积 ≤ 50（没有回答，办得了的都是）
  还不确定  占道许可    门头装修（没有回答）
  不适用    涉税        办税（否）

营业执照的材料（哪些免交，问题答全了才能确定）
  适用    个体工商户开业登记申请书
  适用    居民身份证（经营者）
  适用    申请人照片
  适用    经营场所使用证明
  不适用  授权委托书                办理方式 = 委托办理（本人办理）
  不适用  居民身份证（代理人）      办理方式 = 委托办理（本人办理）

小餐饮许可的材料（哪些免交，问题答全了才能确定）
  适用    营业执照
  适用    居民身份证（经营者）
  不适用  授权委托书              办理方式 = 委托办理（本人办理）
  不适用  居民身份证（代理人）    办理方式 = 委托办理（本人办理）
  适用    设施布局和操作流程文件
  适用    健康证明
  适用    经营场所使用证明

占道许可的材料（哪些免交，问题答全了才能确定）
  还不确定  临时占用街道两侧和公共场地许可审批表
  还不确定  营业执照
  还不确定  现状图
  还不确定  效果图
  还不确定  施工图

数字
  申请表已确定要填12项，另有5项还不确定。
  材料份数、时限等问题答全了才能算。

"#]]);
}

#[test]
fn taken_alone_the_licence_is_asked_for_again() {
    let answers = ["--answers", "经营面积=40", "办理方式=本人办理"];
    let args: Vec<&str> =
        ["scenario", FILE, "--without", "营业执照", "占道许可", "涉税"].into_iter().chain(answers).collect();
    run(restaurant(), &args).code(0).stderr_eq(str![]).stdout_eq(str![[r#"
我要开小餐馆
  不办：营业执照、占道许可、涉税

回答
  办理方式  本人办理
  经营面积  40平方米
  门头装修  不用回答，不影响结果
  办税      不用回答，不影响结果
  电算化    不用回答，不影响结果
  开票      不用回答，不影响结果
  首次核定  不用回答，不影响结果

事项
  不办  营业执照    申请人不办
  适用  小餐饮许可  经营面积 ≤ 50（40平方米）
  不办  占道许可    申请人不办
  不办  涉税        申请人不办

小餐饮许可的材料
  要交    营业执照                由“营业执照”办出，这次不办它
  要交    居民身份证（经营者）
  不适用  授权委托书              办理方式 = 委托办理（本人办理）
  不适用  居民身份证（代理人）    办理方式 = 委托办理（本人办理）
  要交    设施布局和操作流程文件
  要交    健康证明
  要交    经营场所使用证明

数字
                    改革前   改革后
  材料（件次）      5件      5件
  材料（去重种类）  5种      5种
  办理时限          6工作日  6工作日
  申请表            0张      0张
  填写项            0项      0项
  办理环节          1个      1个
  跑动次数          1次      1次

时间安排（工作日）
  最长的一条链：小餐饮许可6 = 6工作日
  承诺8工作日，兑现得了。
              用时  开始  结束  机动
  小餐饮许可  6     0     6     —

"#]]);
    // Taken together with what produces it, it is not.
    let all: Vec<&str> = ["scenario", FILE].into_iter().chain(answers).chain(["--json"]).collect();
    let fate = |args: &[&str]| {
        let trial: Value = serde_json::from_str(&output(restaurant(), args).1).unwrap();
        let item = trial["items"].as_array().unwrap().iter().find(|item| item["name"] == "小餐饮许可").unwrap().clone();
        item["rows"].as_array().unwrap().iter().find(|row| row["name"] == "营业执照").unwrap()["fate"].clone()
    };
    let without: Vec<&str> = args.iter().copied().chain(["--json"]).collect();
    assert_eq!(fate(&without), "handed-in");
    let open: Value = serde_json::from_str(&output(restaurant(), &all).1).unwrap();
    assert!(open["after"].is_null() && !open["open"].as_array().unwrap().is_empty());
    let all: Vec<&str> = all.iter().copied().chain(["--without", "占道许可", "涉税"]).collect();
    assert_eq!(fate(&all), "not-needed");
}

#[test]
fn turned_away_and_impossible() {
    let args = ["scenario", FILE, "--answers", "经营面积=60"];
    run(restaurant(), &args).code(0).stderr_eq(str![]).stdout_eq(str![[r#"
我要开小餐馆
  不适用：经营面积超过50平方米的不属于小餐饮，请到市场监管部门窗口办理营业执照和食品经营许可证。

回答
  经营面积  60平方米

"#]]);
    let args = ["scenario", FILE, "--answers", "办税=否", "开票=普通发票"];
    run(restaurant(), &args).code(2).stdout_eq(str![]).stderr_eq(str![[r#"
错误：这些回答不会一起出现：
  只有同时办理涉税事项的才问“开票”

"#]]);
    let constraint =
        "情形: {甲: {问: 甲？}, 乙: {问: 乙？}}\n约束:\n  - {不会出现: 甲 且 乙, 说明: 甲的人没有乙。}\n联办";
    let text = bundle("stall").replace("联办", constraint).replace("[申请书]", "[{材料: 申请书, 当: 甲 或 乙}]");
    let folder = workspace(&[("摆摊.yaml", &text)]);
    let args = ["scenario", "摆摊.yaml", "--answers", "甲=是", "乙=是"];
    run(&folder, &args).code(2).stdout_eq(str![]).stderr_eq(str![[r#"
错误：这些回答不会一起出现：
  没有“甲”选“是”，且“乙”选“是”的申请人：甲的人没有乙。

"#]]);
}

#[test]
fn what_is_asked_wrongly() {
    let args = ["scenario", FILE, "--answers", "办税=不", "经营面级=3", "办理方式=委托", "办税", "--without", "涉税务"];
    run(restaurant(), &args).code(2).stdout_eq(str![]).stderr_eq(str![[r#"
错误：对“办税”不能这样回答：回答“是”或“否”
      “情形”里没有“经营面级”这个问题，是不是“经营面积”？
      “办理方式”没有“委托”这个选项，是不是“委托办理”？
      “办税”不是“问题=回答”
      “联办事项”里没有“涉税务”，是不是“涉税”？

"#]]);
    let args = ["scenario", FILE, "--from", "2026-12-30"];
    run(restaurant(), &args).code(2).stdout_eq(str![]).stderr_eq(str![[r#"
错误：算不出日期：国务院办公厅还没有公布2027年的放假安排（本程序收有2024至2026年），哪天上班不能猜

"#]]);
    let args = ["scenario", FILE, "--from", "2026-9-28"];
    run(restaurant(), &args).code(2).stdout_eq(str![]).stderr_eq(str![[r#"
错误：“--from”不能写“2026-9-28”：要写成 2026-09-28 这样的日期
更多说明：加上 --help 再运行一次

"#]]);
    let folder = workspace(&[("摆摊.yaml", &wrong("stall"))]);
    let (code, text, said) = output(&folder, &["scenario", "摆摊.yaml"]);
    assert_eq!((code, text.as_str()), (1, ""));
    assert!(said.contains("undefined-agencies") && said.contains("改正以后才能算"), "{said}");
    assert_eq!(output(&folder, &["scenario", "目录/机构.yaml"]).0, 2);
    assert_eq!(output(&folder, &["scenario", "没有.yaml"]).0, 2);
    assert_eq!(output(&folder, &["scenario", "."]).0, 2);
}

#[test]
fn a_mandatory_item_is_not_left_out() {
    let text = bundle("stall").replace("    结果", "    必办: {法规: 《摆摊条例》, 条款: 第三条}\n    结果");
    let folder = workspace(&[("摆摊.yaml", &text)]);
    run(&folder, &["scenario", "摆摊.yaml", "--without", "许可"]).code(2).stdout_eq(str![]).stderr_eq(str![[r#"
错误：“许可”是必办的，不能不办：《摆摊条例》

"#]]);
}

#[test]
fn several_answers_to_one_question() {
    let question = "情形:\n  食品: {问: 卖什么？, 选项: [冷食, 热食, 饮料、酒水], 多选: 是}\n联办";
    let text = bundle("stall").replace("联办", question).replace("[申请书]", "[{材料: 申请书, 当: 食品 包含 热食}]");
    let folder = workspace(&[("摆摊.yaml", &text)]);
    let verdict = |answer: &str| {
        let (code, text, said) = output(&folder, &["scenario", "摆摊.yaml", "--json", "--answers", answer]);
        assert_eq!(code, 0, "{said}");
        let trial: Value = serde_json::from_str(&text).unwrap();
        let given = trial["answers"][0]["answer"].as_str().unwrap().to_owned();
        (trial["items"][0]["rows"][0]["verdict"].as_str().unwrap().to_owned(), given)
    };
    let applies = |given: &str| ("applies".to_owned(), given.to_owned());
    let does_not = |given: &str| ("does-not-apply".to_owned(), given.to_owned());
    assert_eq!(verdict("食品=冷食、热食"), applies("冷食、热食"));
    assert_eq!(verdict("食品=饮料、酒水"), does_not("饮料、酒水"));
    assert_eq!(verdict("食品="), does_not("都不选"));
    assert_eq!(output(&folder, &["scenario", "摆摊.yaml", "--answers", "食品=热餐"]).0, 2);
}

#[test]
fn extremes_and_numbers() {
    run(restaurant(), &["scenario", FILE, "--count"]).code(0).stderr_eq(str![]).stdout_eq(str![[r#"
我要开小餐馆

  问题            7    个
  可能的回答      72   种，条件分不出来的数值、日期算一种，不会问到的不算
  其中办得了的    36   种
  连同事项的取舍  408  种
  办得了的结果    36   种，适用的事项、环节、材料、字段有一处不同就是一种
  不适用的去处    1    种

"#]]);
    let (code, worst, _) = output(restaurant(), &["scenario", FILE, "--worst"]);
    assert_eq!(code, 0);
    assert!(worst.contains("用时最长：8工作日，怎样回答都一样"), "{worst}");
    assert!(worst.contains("最长的一条链：营业执照2 → 小餐饮许可6 = 8工作日"), "{worst}");
    let (code, best, _) = output(restaurant(), &["scenario", FILE, "--best"]);
    assert_eq!(code, 0);
    assert!(best.contains("用时最短：8工作日"), "{best}");
    run(restaurant(), &["scenario", FILE, "--best", "--worst"]).code(2);
    let folder = workspace(&[("摆摊.yaml", &bundle("stall").replace("    时限: 3工作日\n", ""))]);
    run(&folder, &["scenario", "摆摊.yaml", "--best"]).code(2).stdout_eq(str![]).stderr_eq(str![[r#"
错误：算不出用时最短的情形：有的事项没有写时限，或者单位之间没有写换算，或者没有人办得了这件事

"#]]);
    assert_eq!(output(&folder, &["scenario", "摆摊.yaml", "--worst"]).0, 2);
}

#[test]
fn json_is_as_its_schema_says() {
    let schema: Value = serde_json::from_str(&schema_text("scenario")).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let calls: [&[&str]; 5] = [
        &[],
        &["--answers", "经营面积=60"],
        &["--answers", "经营面积=50", "办税=否", "办理方式=委托办理", "门头装修=是", "--from", "2026-02-13"],
        &["--worst"],
        &["--best", "--from", "2026-03-02"],
    ];
    for call in calls {
        let args: Vec<&str> = ["scenario", FILE, "--json"].into_iter().chain(call.iter().copied()).collect();
        let (code, text, said) = output(restaurant(), &args);
        assert_eq!(code, 0, "{said}");
        let value: Value = serde_json::from_str(&text).unwrap();
        let faults: Vec<_> = validator.iter_errors(&value).map(|error| error.to_string()).collect();
        assert!(faults.is_empty(), "{faults:?}");
    }
}

#[test]
fn many_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let lines = [
        r#"{"answers": {"经营面积": 40, "办理方式": "本人办理", "门头装修": false, "办税": "否"}, "from": "2026-09-26"}"#,
        "",
        r#"{"answers": {"经营面积": "60平方米"}}"#,
        r#"{"answers": {"经营面积": 40, "办理方式": "本人办理", "门头装修": "否", "办税": "否"}, "without": ["涉税"], "from": "2027-03-01"}"#,
        r#"{"answers": {"面积": 40}, "without": ["无"]}"#,
        r#"{"answer": {}}"#,
        "经营面积=40",
    ];
    let path = folder.path().join("回答.jsonl");
    std::fs::write(&path, lines.join("\n")).unwrap();
    let args = ["scenario", FILE, "--batch", path.to_str().unwrap(), "--json"];
    let (code, stdout, stderr) = output(restaurant(), &args);
    assert_eq!((code, stderr.as_str()), (0, ""));
    let replies: Vec<Value> = stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let found: Vec<(u64, Option<&str>, Option<&str>)> = replies
        .iter()
        .map(|reply| (reply["line"].as_u64().unwrap(), reply["trial"]["standing"].as_str(), reply["fault"].as_str()))
        .collect();
    assert_eq!(found[0], (1, Some("served"), None));
    assert_eq!(replies[0]["trial"]["dates"]["accepted"], "2026-09-28");
    assert_eq!(found[1], (3, Some("turned-away"), None));
    assert_eq!(found[2].1, Some("served"));
    assert!(found[2].2.unwrap().contains("2027年"), "{found:?}");
    assert_eq!((found[3].0, found[3].1), (5, None));
    assert!(found[3].2.unwrap().contains("“面积”") && found[3].2.unwrap().contains("“无”"), "{found:?}");
    assert!(found[4].2.unwrap().contains("answer"), "{found:?}");
    assert!(found[5].2.unwrap().contains("JSON"), "{found:?}");
    assert_eq!(found.len(), 6);
}

#[test]
fn none_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("空.jsonl");
    std::fs::write(&path, "\n").unwrap();
    let (code, _, stderr) = output(restaurant(), &["scenario", FILE, "--batch", path.to_str().unwrap(), "--json"]);
    assert_eq!(code, 2);
    assert!(stderr.contains("一组回答都没有"), "{stderr}");
}
