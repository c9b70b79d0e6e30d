//! “Did you mean”: the closest of a list of names, as people mistype Chinese.

use pinyin::ToPinyin;
use strsim::osa_distance;

/// The name in `known` that `written` most likely stands for: one that sounds the same (账户 for 帐户), differs in a
/// character or two, or contains it (居民身份证 for 身份证). `None` if nothing is close. Earlier names win ties.
pub fn closest<'n>(written: &str, known: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let sound = sound(written);
    known
        .into_iter()
        .filter(|name| *name != written)
        .filter_map(|name| Some((cost(written, &sound, name)?, name)))
        .reduce(|best, next| if next.0 < best.0 { next } else { best })
        .map(|(_, name)| name)
}

/// Lower is closer; `None` is not close at all.
fn cost(written: &str, sound_written: &str, name: &str) -> Option<usize> {
    let longest = written.chars().count().max(name.chars().count());
    let shortest = written.chars().count().min(name.chars().count());
    let distance = osa_distance(written, name);
    if sound_written == sound(name) {
        return Some(distance);
    }
    let allowed = match longest {
        0 | 1 => 0,
        2..=5 => 1,
        6..=8 => 2,
        more => more / 3,
    };
    if distance <= allowed && distance < longest {
        return Some(10 * distance);
    }
    let contained = shortest >= 2 && (written.contains(name) || name.contains(written));
    // A short word inside a very long name says little.
    (contained && longest <= 4 * shortest).then_some(10 * distance + 5)
}

/// How a name sounds, without tones; equal for names that people take for each other.
pub fn sound(text: &str) -> String {
    text.chars()
        .map(|c| c.to_pinyin().map_or_else(|| c.to_lowercase().to_string(), |p| format!("{} ", p.plain())))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::closest;

    #[test]
    fn typical_slips() {
        let known = ["营业执照", "居民身份证", "账户开立证明", "登记表"];
        assert_eq!(closest("营业执招", known), Some("营业执照"));
        assert_eq!(closest("身份证", known), Some("居民身份证"));
        assert_eq!(closest("帐户开立证明", known), Some("账户开立证明"));
        assert_eq!(closest("等级表", known), Some("登记表"));
        assert_eq!(closest("完全无关的东西", known), None);
    }
}
