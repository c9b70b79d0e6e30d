//! The command line: the edge between files and the compiler. Holds no rule, no message about a bundle, no format. One file a
//! command; results go to standard output, messages to standard error.

mod build;
mod check;
mod completions;
mod draw;
mod explain;
mod failure;
mod fix;
mod load;
mod new;
mod output;
mod pdf;
mod png;
mod report;
mod rules;
mod scenario;
mod schema;
mod select;
mod show;
mod templates;
mod terminal;
mod usage;
mod whole;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use terminal::{Color, Ui};

/// The command line.
#[derive(Debug, Parser)]
#[command(
    name = "yijianshi",
    version,
    about = "检查和编译“一件事一次办”文件：写错的、自相矛盾的全部指出来，没有错误就生成办事指南等成果",
    override_usage = "yijianshi <命令> [选项]",
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true,
    arg_required_else_help = true,
    subcommand_value_name = "命令",
    after_help = "退出码：0 没有错误，1 文件里有错误，2 文件读写不了或命令写错，101 程序自身出错"
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    #[arg(
        long,
        global = true,
        value_name = "何时",
        value_enum,
        default_value = "auto",
        hide_default_value = true,
        hide_possible_values = true,
        help = "是否用颜色：auto（在终端里用，缺省）、always、never"
    )]
    color: Color,
    #[arg(short, long, global = true, action = clap::ArgAction::Help, help = "显示帮助")]
    help: Option<bool>,
    #[arg(short = 'V', long, action = clap::ArgAction::Version, help = "显示版本")]
    version: Option<bool>,
}

#[derive(Debug, Subcommand)]
enum Command {
    #[command(about = "检查，指出全部问题", override_usage = "yijianshi check [选项] [路径]...")]
    Check(check::Args),
    #[command(about = "检查并生成成果；有一个错误就什么都不写", override_usage = "yijianshi build [选项] [路径]...")]
    Build(build::Args),
    #[command(
        about = "画一张图：外部流程图、内部流程图、改革前后对比、情形问卷",
        override_usage = "yijianshi draw --chart <图> [选项] <文件>"
    )]
    Draw(draw::Args),
    #[command(about = "说明一种问题是什么意思、怎样改", override_usage = "yijianshi explain <名称>")]
    Explain(explain::Args),
    #[command(about = "列出会检查的全部问题", override_usage = "yijianshi rules [选项]")]
    Rules(rules::Args),
    #[command(
        about = "输出 JSON Schema，供编辑器提示和其他程序使用",
        override_usage = "yijianshi schema [选项] [种类]"
    )]
    Schema(schema::Args),
    #[command(about = "生成一个能通过检查的新工作区", override_usage = "yijianshi new [选项] <文件夹>")]
    New(new::Args),
    #[command(about = "显示一个文件编译到某一步的样子，供排查问题", override_usage = "yijianshi show <步骤> <文件>")]
    Show(show::Args),
    #[command(about = "算一种情形：适用什么、为什么、要多久", override_usage = "yijianshi scenario <文件> [选项]")]
    Scenario(scenario::Args),
    #[command(about = "输出命令行自动补全脚本", override_usage = "yijianshi completions <终端>")]
    Completions(completions::Args),
}

/// Runs the command with the process's arguments.
pub fn run() -> ExitCode {
    terminal::apologise_for_panics();
    let cli = match usage::parse(std::env::args_os()) {
        Ok(cli) => cli,
        Err(code) => return code,
    };
    let ui = Ui::new(cli.color);
    let done = match cli.command {
        Command::Check(args) => check::run(&args, &ui),
        Command::Build(args) => build::run(&args, &ui),
        Command::Draw(args) => draw::run(&args, &ui),
        Command::Explain(args) => explain::run(&args, &ui),
        Command::Rules(args) => rules::run(&args, &ui),
        Command::Schema(args) => schema::run(&args),
        Command::New(args) => new::run(&args),
        Command::Show(args) => show::run(&args, &ui),
        Command::Scenario(args) => scenario::run(&args, &ui),
        Command::Completions(args) => completions::run(&args),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(failure) => {
            ui.message(&format!("错误：{failure}"));
            ExitCode::from(2)
        }
    }
}
