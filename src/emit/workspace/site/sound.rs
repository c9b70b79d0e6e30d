//! How names sound, for the search: full pinyin and its initials. Characters with several readings give several.

use pinyin::ToPinyinMulti;

/// So many readings of one name are kept.
const MOST: usize = 6;

/// The readings of a name, each as its initials and as full pinyin: `wykxcg woyaokaixiaocanguan`. Letters and digits stand for
/// themselves, what cannot be heard is left out.
pub(super) fn sound(name: &str) -> String {
    let mut readings: Vec<(String, String)> = vec![Default::default()];
    for c in name.chars() {
        let sounds = sounds(c);
        let Some(first) = sounds.first() else { continue };
        let mut next = Vec::with_capacity(readings.len());
        for (initials, whole) in &readings {
            let spoken = |sound: &String| (format!("{initials}{}", &sound[..1]), format!("{whole}{sound}"));
            // The usual reading comes first; others only while there are few.
            let several = readings.len() * sounds.len() <= MOST;
            let chosen = if several { &sounds[..] } else { std::slice::from_ref(first) };
            next.extend(chosen.iter().map(spoken));
        }
        readings = next;
    }
    let mut words: Vec<String> = Vec::new();
    for word in readings.into_iter().flat_map(|(initials, whole)| [initials, whole]) {
        if !word.is_empty() && !words.contains(&word) {
            words.push(word);
        }
    }
    words.join(" ")
}

/// The readings of a character in ASCII, each once.
fn sounds(c: char) -> Vec<String> {
    if c.is_ascii_alphanumeric() {
        return vec![c.to_ascii_lowercase().to_string()];
    }
    let mut sounds: Vec<String> = Vec::new();
    for pinyin in c.to_pinyin_multi().into_iter().flatten() {
        let sound: String = pinyin.plain().chars().map(|c| if c == 'ü' { 'v' } else { c }).collect();
        let plain = !sound.is_empty() && sound.chars().all(|c| c.is_ascii_lowercase());
        if plain && !sounds.contains(&sound) {
            sounds.push(sound);
        }
    }
    sounds
}

#[cfg(test)]
mod tests {
    use super::sound;

    #[test]
    fn names_are_found_by_their_sound() {
        // 餐 can be heard in two ways; the usual one comes first.
        assert!(sound("开小餐馆").starts_with("kxcg kaixiaocanguan"));
        assert_eq!(sound("开小馆"), "kxg kaixiaoguan");
        assert!(sound("银行").split(' ').any(|word| word == "yh") && sound("银行").split(' ').any(|word| word == "yx"));
        assert_eq!(sound("《A4》"), "a4");
        assert_eq!(sound("😀"), "");
        assert!(sound(&"行".repeat(500)).split(' ').count() <= 12);
        assert!(sound("女").contains("nv"));
    }
}
