//! Help texts and usage errors.

use snapbox::str;

use crate::support::run;

fn help(args: &[&str], code: i32) -> snapbox::cmd::OutputAssert {
    run(std::env::temp_dir(), args).code(code)
}

#[test]
fn top() {
    help(&["--help"], 0).stderr_eq(str![]).stdout_eq(str![[r#"
检查和编译“一件事一次办”文件：写错的、自相矛盾的全部指出来，没有错误就生成办事指南等成果

用法：yijianshi <命令> [选项]

命令：
  check        检查，指出全部问题
  build        检查并生成成果；有一个错误就什么都不写
  draw         画一张图：外部流程图、内部流程图、改革前后对比、情形问卷
  explain      说明一种问题是什么意思、怎样改
  rules        列出会检查的全部问题
  schema       输出 JSON Schema，供编辑器提示和其他程序使用
  new          生成一个能通过检查的新工作区
  show         显示一个文件编译到某一步的样子，供排查问题
  scenario     算一种情形：适用什么、为什么、要多久
  completions  输出命令行自动补全脚本

选项：
      --color <何时>  是否用颜色：auto（在终端里用，缺省）、always、never
  -h, --help          显示帮助
  -V, --version       显示版本

退出码：0 没有错误，1 文件里有错误，2 文件读写不了或命令写错，101 程序自身出错

"#]]);
    help(&["-h"], 0).stderr_eq(str![]).stdout_eq(str![[r#"
检查和编译“一件事一次办”文件：写错的、自相矛盾的全部指出来，没有错误就生成办事指南等成果

用法：yijianshi <命令> [选项]

命令：
  check        检查，指出全部问题
  build        检查并生成成果；有一个错误就什么都不写
  draw         画一张图：外部流程图、内部流程图、改革前后对比、情形问卷
  explain      说明一种问题是什么意思、怎样改
  rules        列出会检查的全部问题
  schema       输出 JSON Schema，供编辑器提示和其他程序使用
  new          生成一个能通过检查的新工作区
  show         显示一个文件编译到某一步的样子，供排查问题
  scenario     算一种情形：适用什么、为什么、要多久
  completions  输出命令行自动补全脚本

选项：
      --color <何时>  是否用颜色：auto（在终端里用，缺省）、always、never
  -h, --help          显示帮助
  -V, --version       显示版本

退出码：0 没有错误，1 文件里有错误，2 文件读写不了或命令写错，101 程序自身出错

"#]]);
    help(&[], 2).stdout_eq(str![]).stderr_eq(str![[r#"
检查和编译“一件事一次办”文件：写错的、自相矛盾的全部指出来，没有错误就生成办事指南等成果

用法：yijianshi <命令> [选项]

命令：
  check        检查，指出全部问题
  build        检查并生成成果；有一个错误就什么都不写
  draw         画一张图：外部流程图、内部流程图、改革前后对比、情形问卷
  explain      说明一种问题是什么意思、怎样改
  rules        列出会检查的全部问题
  schema       输出 JSON Schema，供编辑器提示和其他程序使用
  new          生成一个能通过检查的新工作区
  show         显示一个文件编译到某一步的样子，供排查问题
  scenario     算一种情形：适用什么、为什么、要多久
  completions  输出命令行自动补全脚本

选项：
      --color <何时>  是否用颜色：auto（在终端里用，缺省）、always、never
  -h, --help          显示帮助
  -V, --version       显示版本

退出码：0 没有错误，1 文件里有错误，2 文件读写不了或命令写错，101 程序自身出错

"#]]);
    help(&["--version"], 0).stderr_eq(str![]).stdout_eq(str!["yijianshi [..]\n"]);
}

#[test]
fn commands() {
    help(&["check", "--help"], 0).stdout_eq(str![[r#"
检查，指出全部问题

用法：yijianshi check [选项] [路径]...

参数：
  [路径]...  文件或文件夹；不写就是当前文件夹

选项：
      --format <格式>  输出的格式：human（给人看，缺省）、json（给程序读）
      --fix            先自动修改有把握的问题，再报告剩下的
      --deny-warnings  有警告也算不通过（退出码为 1）
      --color <何时>   是否用颜色：auto（在终端里用，缺省）、always、never
  -h, --help           显示帮助

"#]]);
    help(&["build", "--help"], 0).stdout_eq(str![[r#"
检查并生成成果；有一个错误就什么都不写

用法：yijianshi build [选项] [路径]...

参数：
  [路径]...  文件或文件夹；不写就是当前文件夹

选项：
      --out <文件夹>     成果写到哪个文件夹；不写就是 out
      --only <名称>      只生成这些成果，用逗号分开，上次生成的其他成果会清除；不写就按清单的“输出”，清单也没有写就生成全部
      --font <字体>      Word 文件里的图用的中文字体：字体的名称或字体文件；不写就自动找
      --pdf-with <程序>  用哪个程序生成 PDF：LibreOffice 或 Chromium 的名称或路径；不写就自动找
      --force            生成以后被人改过的成果也覆盖
      --color <何时>     是否用颜色：auto（在终端里用，缺省）、always、never
  -h, --help             显示帮助

"#]]);
    help(&["explain", "--help"], 0).stdout_eq(str![[r#"
说明一种问题是什么意思、怎样改

用法：yijianshi explain <名称>

参数：
  <名称>  问题的名称，例如 circular-preconditions

选项：
      --color <何时>  是否用颜色：auto（在终端里用，缺省）、always、never
  -h, --help          显示帮助

"#]]);
    help(&["scenario", "--help"], 0).stdout_eq(str![[r#"
算一种情形：适用什么、为什么、要多久

用法：yijianshi scenario <文件> [选项]

参数：
  <文件>  一件事的 .yaml 文件

选项：
      --answers <问题=回答>...  对情形问题的回答，可以写几个，也可以不答全；多选的用顿号隔开
      --without <事项>...       申请人不办的事项
      --from <日期>             哪天申请；写了就算出办结的日期
      --count                   数一数有多少种情形
      --worst                   找出用时最长的情形
      --best                    找出用时最短的情形（适用的都办）
      --batch <文件>            一次算多组：文件里一行一组 JSON（answers、without、from），-
                                是标准输入；结果也是一行一组
      --json                    输出 JSON，供其他程序使用
      --color <何时>            是否用颜色：auto（在终端里用，缺省）、always、never
  -h, --help                    显示帮助

"#]]);
    help(&["rules", "--help"], 0).stdout_eq(str![[r#"
列出会检查的全部问题

用法：yijianshi rules [选项]

选项：
      --format <格式>  输出的格式：human（给人看，缺省）、json（给程序读）
      --color <何时>   是否用颜色：auto（在终端里用，缺省）、always、never
  -h, --help           显示帮助

"#]]);
    help(&["schema", "--help"], 0).stdout_eq(str![[r#"
输出 JSON Schema，供编辑器提示和其他程序使用

用法：yijianshi schema [选项] [种类]

参数：
  [种类]  哪一种文件的；不写就列出有哪些

选项：
      --out <文件夹>  全部写到这个文件夹
      --color <何时>  是否用颜色：auto（在终端里用，缺省）、always、never
  -h, --help          显示帮助

"#]]);
    help(&["new", "--help"], 0).stdout_eq(str![[r#"
生成一个能通过检查的新工作区

用法：yijianshi new [选项] <文件夹>

参数：
  <文件夹>  放在哪里；已有的话必须是空的

选项：
      --title <名称>  工作区的名称；不写就用文件夹的名称
      --color <何时>  是否用颜色：auto（在终端里用，缺省）、always、never
  -h, --help          显示帮助

"#]]);
    help(&["show", "--help"], 0).stdout_eq(str![[r#"
显示一个文件编译到某一步的样子，供排查问题

用法：yijianshi show <步骤> <文件>

参数：
  <步骤>  syntax（文字的结构）、model（写了什么）、program（指的是什么）、plan（编译成果）
  <文件>  一个 .yaml 文件

选项：
      --color <何时>  是否用颜色：auto（在终端里用，缺省）、always、never
  -h, --help          显示帮助

"#]]);
    help(&["completions", "--help"], 0).stdout_eq(str![[r#"
输出命令行自动补全脚本

用法：yijianshi completions <终端>

参数：
  <终端>  哪一种终端：bash、zsh、fish、powershell、elvish

选项：
      --color <何时>  是否用颜色：auto（在终端里用，缺省）、always、never
  -h, --help          显示帮助

"#]]);
}

#[test]
fn no_english_is_left() {
    let all = ["check", "build", "explain", "rules", "schema", "new", "show", "scenario", "completions"];
    for command in all {
        let (_, text, _) = crate::support::output(std::env::temp_dir(), &[command, "--help"]);
        for word in ["Usage", "Options", "Arguments", "Print", "possible", "default:"] {
            assert!(!text.contains(word), "{command}: {text}");
        }
    }
}

#[test]
fn mistakes() {
    help(&["chekc"], 2).stdout_eq(str![]).stderr_eq(str![[r#"
错误：没有“chekc”这个命令
  是不是“check”？

用法：yijianshi <命令> [选项]
更多说明：加上 --help 再运行一次

"#]]);
    help(&["check", "--formt", "json"], 2).stderr_eq(str![[r#"
错误：没有“--formt”这个选项
  是不是“--format”？

用法：yijianshi check [选项] [路径]...
更多说明：加上 --help 再运行一次

"#]]);
    help(&["check", "--format", "jsn"], 2).stderr_eq(str![[r#"
错误：“--format”不能写“jsn”
  是不是“json”？
  可以写：human、json
更多说明：加上 --help 再运行一次

"#]]);
    help(&["check", "--format"], 2).stderr_eq(str![[r#"
错误：“--format”后面没有写内容
  可以写：human、json
更多说明：加上 --help 再运行一次

"#]]);
    help(&["check", "--fix", "--fix"], 2).stderr_eq(str![[r#"
错误：“--fix”写了两次

用法：yijianshi check [选项] [路径]...
更多说明：加上 --help 再运行一次

"#]]);
    help(&["explain"], 2).stderr_eq(str![[r#"
错误：缺少名称

用法：yijianshi explain <名称>
更多说明：加上 --help 再运行一次

"#]]);
    help(&["explain", "a", "b"], 2).stderr_eq(str![[r#"
错误：多写了“b”

用法：yijianshi explain <名称>
更多说明：加上 --help 再运行一次

"#]]);
    help(&["show", "syntx", "a.yaml"], 2).stderr_eq(str![[r#"
错误：“步骤”不能写“syntx”
  是不是“syntax”？
  可以写：syntax、model、program、plan
更多说明：加上 --help 再运行一次

"#]]);
    help(&["show", "syntax"], 2).stderr_eq(str![[r#"
错误：缺少文件

用法：yijianshi show <步骤> <文件>
更多说明：加上 --help 再运行一次

"#]]);
    help(&["schema", "bundle", "--out", "x"], 2).stderr_eq(str![[r#"
错误：“种类”和“--out”不能一起用

用法：yijianshi schema [选项] [种类]
更多说明：加上 --help 再运行一次

"#]]);
    help(&["check", "--color", "blue"], 2).stderr_eq(str![[r#"
错误：“--color”不能写“blue”
  可以写：auto、always、never
更多说明：加上 --help 再运行一次

"#]]);
    help(&["--check"], 2).stderr_eq(str![[r#"
错误：没有“--check”这个选项

用法：yijianshi <命令> [选项]
更多说明：加上 --help 再运行一次

"#]]);
}
