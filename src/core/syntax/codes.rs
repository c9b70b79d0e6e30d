//! What can be said about YAML text.

use crate::code;
use crate::diagnostic::Code;

code! {
    /// # 文件编码不是 UTF-8
    ///
    /// 文件要用 UTF-8 编码保存。用 GBK（记事本里叫“ANSI”）或 UTF-16（“Unicode”）保存的文件没有读：按猜测读，名称里会混进错字，
    /// 谁也看不出来。
    ///
    /// 用 Windows 记事本打开，点“文件”→“另存为”，编码选“UTF-8”后保存。用 WPS 时另存为“纯文本（*.txt）”，编码选“Unicode（UTF-8）”，
    /// 再把扩展名改回 `.yaml`。
    pub static BROKEN_ENCODINGS = "broken-encodings", Yaml, Error;

    /// # 文件读不懂
    ///
    /// 这一处不合 YAML 的写法，计算机不知道它是什么意思：缺了冒号，一行里有两个“键: 值”，引号或括号后面还有文字，等等。
    /// 读不懂的部分跳过去，其余照常检查。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// 一件事: 我要开小餐馆
    /// 联办事项
    ///   营业执照: {单位: 市场监管部门}
    /// ```
    ///
    /// ## 正例
    ///
    /// ```yaml
    /// 一件事: 我要开小餐馆
    /// 联办事项:
    ///   营业执照: {单位: 市场监管部门}
    /// ```
    pub static BROKEN_YAML = "broken-yaml", Yaml, Error;

    /// # 文件开头有字节顺序标记
    ///
    /// 有的 Windows 程序保存 UTF-8 时在文件开头加一个看不见的标记（BOM）。本工具照样能读，别的程序可能读成乱字。
    /// 保存时编码请选“UTF-8”，不选“带有 BOM 的 UTF-8”。
    pub static BYTE_ORDER_MARKS = "byte-order-marks", Yaml, Warning;

    /// # 换行符不统一
    ///
    /// 文件用了 Windows 的换行（CRLF）。内容读得出来，但多人用不同的系统修改时，比较版本会显示全文都改了。
    /// 编辑器右下角把“CRLF”改为“LF”再保存，或用 `check --fix` 一次改好。
    pub static CARRIAGE_RETURNS = "carriage-returns", Yaml, Warning;

    /// # 同一个键写了两次
    ///
    /// 一组“键: 值”里每个键只写一次。写了两次，就不知道哪一个作数；多半是复制以后忘了改名称。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// 营业执照:
    ///   单位: 市场监管部门
    ///   单位: 行政审批部门
    /// ```
    ///
    /// ## 正例
    ///
    /// ```yaml
    /// 营业执照:
    ///   单位: 市场监管部门
    /// ```
    pub static DUPLICATE_KEYS = "duplicate-keys", Yaml, Error;

    /// # 文件是空的
    ///
    /// 文件没有内容，或者只有注释。空文件不算检查通过：它多半是没有保存好。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// # 待补充
    /// ```
    ///
    /// ## 正例
    ///
    /// ```yaml
    /// 一件事: 我要开小餐馆
    /// ```
    pub static EMPTY_FILES = "empty-files", Yaml, Error;

    /// # 用了全角标点
    ///
    /// 中文输入法打出来的冒号、逗号、括号、空格、“－”和“＃”是文字，不是 YAML 的标点。键后面的冒号、列表的横线、`[ ]` 和 `{ }`
    /// 里的逗号都要用半角的。引号里的、值里成句的中文标点不受影响。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// 标识: small-restaurant
    /// 名称：我要开小餐馆
    /// ```
    ///
    /// ## 正例
    ///
    /// ```yaml
    /// 标识: small-restaurant
    /// 名称: 我要开小餐馆
    /// ```
    pub static FULL_WIDTH_PUNCTUATION = "full-width-punctuation", Yaml, Error;

    /// # 有看不见的字符
    ///
    /// 键或标点旁边有看不见的字符（零宽空格、控制字符等），多半是从网页或文档里粘贴带来的。看起来一样的两个名称，计算机认为不同。
    pub static INVISIBLE_CHARACTERS = "invisible-characters", Yaml, Error;

    /// # 缺空格
    ///
    /// “键: 值”的冒号后面、列表的“-”后面都要空一格；不空，YAML 就把它当成文字的一部分。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// 标识: small-restaurant
    /// 名称:我要开小餐馆
    /// ```
    ///
    /// ## 正例
    ///
    /// ```yaml
    /// 标识: small-restaurant
    /// 名称: 我要开小餐馆
    /// ```
    pub static MISSING_SPACES = "missing-spaces", Yaml, Error;

    /// # 文件太大
    ///
    /// 超过 16 MB 的文件不读。一件事一个文件，几百 KB 就很大了；这么大的文件多半是误存的。
    pub static OVERSIZED_FILES = "oversized-files", Yaml, Error;

    /// # 用制表符缩进
    ///
    /// YAML 的缩进只能用空格，不能用制表符（Tab 键）：制表符有多宽，各个编辑器不一样。每一层缩进用两个空格。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// 联办事项:
    /// 	营业执照: {单位: 市场监管部门}
    /// ```
    ///
    /// ## 正例
    ///
    /// ```yaml
    /// 联办事项:
    ///   营业执照: {单位: 市场监管部门}
    /// ```
    pub static TABS = "tabs", Yaml, Error;

    /// # 括号没有配对
    ///
    /// `[` 要有 `]`，`{` 要有 `}`。少了一个，后面的各行都会被当成括号里的内容；多了一个也读不懂。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// 前置: [营业执照
    /// 时限: 6工作日
    /// ```
    ///
    /// ## 正例
    ///
    /// ```yaml
    /// 前置: [营业执照]
    /// 时限: 6工作日
    /// ```
    pub static UNCLOSED_BRACKETS = "unclosed-brackets", Yaml, Error;

    /// # 引号没有配对
    ///
    /// 以引号开头的文字要以同样的引号结束。少了后一个，后面的各行都会被当成这段文字。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// 名称: "我要开小餐馆
    /// 标识: small-restaurant
    /// ```
    ///
    /// ## 正例
    ///
    /// ```yaml
    /// 名称: "我要开小餐馆"
    /// 标识: small-restaurant
    /// ```
    pub static UNCLOSED_QUOTES = "unclosed-quotes", Yaml, Error;

    /// # 用了这里不用的 YAML 写法
    ///
    /// 锚点（`&`）、引用（`*`）、合并键（`<<`）、类型标记（`!`）、指令（`%`）、一个文件多份内容（`---`）这里都不用，层数也不能太深：
    /// 读的人要能一眼看到内容，不必到别处去找。几处要用的同一内容写进目录；上级文件的内容用“继承”。
    /// 以这些符号开头的文字，请放进英文引号。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// 营业执照: &共用
    ///   单位: 市场监管部门
    /// ```
    ///
    /// ## 正例
    ///
    /// ```yaml
    /// 营业执照:
    ///   单位: 市场监管部门
    /// ```
    pub static UNSUPPORTED_YAML = "unsupported-yaml", Yaml, Error;

    /// # 缩进不对
    ///
    /// 同一层的各行要上下对齐，下一层比上一层多缩进两格。多一格或少一格，就不知道这一行属于谁。
    ///
    /// ## 反例
    ///
    /// ```yaml
    /// 营业执照:
    ///   单位: 市场监管部门
    ///    时限: 6工作日
    /// ```
    ///
    /// ## 正例
    ///
    /// ```yaml
    /// 营业执照:
    ///   单位: 市场监管部门
    ///   时限: 6工作日
    /// ```
    pub static WRONG_INDENTATION = "wrong-indentation", Yaml, Error;
}

/// All codes of this stage, by name.
pub static CODES: &[&Code] = &[
    &BROKEN_ENCODINGS,
    &BROKEN_YAML,
    &BYTE_ORDER_MARKS,
    &CARRIAGE_RETURNS,
    &DUPLICATE_KEYS,
    &EMPTY_FILES,
    &FULL_WIDTH_PUNCTUATION,
    &INVISIBLE_CHARACTERS,
    &MISSING_SPACES,
    &OVERSIZED_FILES,
    &TABS,
    &UNCLOSED_BRACKETS,
    &UNCLOSED_QUOTES,
    &UNSUPPORTED_YAML,
    &WRONG_INDENTATION,
];
