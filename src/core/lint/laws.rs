//! What names a law.

/// How the names of laws, regulations and rules end; opinions, plans and notices have no articles.
pub const LAW_ENDINGS: &[&str] = &["法", "条例", "规定", "办法", "细则", "规则"];

/// Whether this names a law, regulation or rule.
pub fn is_law(name: &str) -> bool {
    let name = name.trim_end_matches(['》', '”']);
    // （2018年修正） and the like may follow the name.
    let name = name.split(['（', '(']).next().unwrap_or(name).trim_end_matches('》');
    let other = ["方法", "做法", "用法", "看法"].iter().any(|word| name.ends_with(word));
    LAW_ENDINGS.iter().any(|ending| name.ends_with(ending)) && !other && !is_vague(name)
}

/// Whether this only pretends to name a law.
pub fn is_vague(name: &str) -> bool {
    const WORDS: [&str; 9] = [
        "相关规定",
        "有关规定",
        "相关法律",
        "有关法律",
        "相关文件",
        "有关文件",
        "真实有效",
        "申报所需",
        "法律法规规定",
    ];
    !name.contains('《') && WORDS.iter().any(|word| name.contains(word))
}
