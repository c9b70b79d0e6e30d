//! Where a workspace's results are published.

/// The longest address, in bytes: with the ids behind it, its QR code can still be read from a sheet of paper.
const LONGEST: usize = 200;

/// The address `text` as machines write it: percent-encoded, without a slash at its end.
///
/// # Errors
///
/// What is wrong with it, in words.
pub fn base(text: &str) -> Result<String, String> {
    let text = text.trim();
    let scheme = ["https://", "http://"].into_iter().find(|scheme| text.starts_with(scheme));
    let Some(scheme) = scheme else {
        return Err("网址要以 https:// 或 http:// 开头".to_owned());
    };
    let rest = &text[scheme.len()..];
    let (host, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let (name, port) = host.split_once(':').unwrap_or((host, "443"));
    let plain = |part: &str| {
        let inner = part.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
        !part.is_empty() && inner && !part.starts_with('-') && !part.ends_with('-')
    };
    if !name.split('.').all(plain) {
        return Err(format!("网址里的域名“{name}”不能用，只能写英文字母、数字、点和连字符"));
    }
    if port.parse::<u16>().is_err() {
        return Err(format!("网址里的端口“{port}”不对"));
    }
    if path.contains(['?', '#']) {
        return Err("网址里不能有“?”和“#”：后面要接上各件事的文件夹".to_owned());
    }
    let mut out = format!("{scheme}{host}");
    for byte in path.trim_end_matches('/').bytes() {
        match byte {
            b' ' | b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}' => {
                out.push_str(&format!("%{byte:02X}"))
            }
            b'!'..=b'~' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    let escaped = |at: usize| out.get(at + 1..at + 3).is_some_and(|code| code.chars().all(|c| c.is_ascii_hexdigit()));
    if !out.match_indices('%').all(|(at, _)| escaped(at)) {
        return Err("网址里的“%”后面要有两位十六进制数".to_owned());
    }
    if out.len() > LONGEST {
        return Err(format!("网址太长，最多{LONGEST}个字符（一个汉字算9个），否则二维码太密，扫不出来"));
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::base;

    #[test]
    fn addresses_are_of_the_web_and_written_for_machines() {
        let good = [
            ("https://zwfw.a.gov.cn", "https://zwfw.a.gov.cn"),
            (" http://10.0.0.1:8080/办/ ", "http://10.0.0.1:8080/%E5%8A%9E"),
            ("https://a.cn/x//", "https://a.cn/x"),
            ("https://a.cn/a b%20c", "https://a.cn/a%20b%20c"),
        ];
        for (text, address) in good {
            assert_eq!(base(text).as_deref(), Ok(address), "{text}");
        }
        let bad = [
            "",
            "a.cn",
            "ftp://a.cn",
            "https://",
            "https://政务.cn",
            "https://a.cn:99999/",
            "https://a.cn/?x",
            "https://a.cn/#x",
            "https://a..cn",
            "https://a@b.cn",
            "https://a.cn/%zz",
            "javascript:alert(1)",
        ];
        for text in bad {
            assert!(base(text).is_err(), "{text}");
        }
        assert!(base(&format!("https://a.cn/{}", "x".repeat(300))).is_err());
    }
}
