//! 统一社会信用代码 (GB 32100—2015).

use std::fmt;

const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

/// Why a text is not a credit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CreditCodeFault {
    /// Not 18 characters, but this many.
    Length(usize),
    /// A character that never occurs in one, with its position from 1.
    Character(char, usize),
    /// The last character should be this one.
    CheckCharacter(char),
}

impl fmt::Display for CreditCodeFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CreditCodeFault::Length(length) => write!(f, "应当是18位，写了{length}位"),
            CreditCodeFault::Character(c, position) => write!(f, "第{position}位不能是“{c}”"),
            CreditCodeFault::CheckCharacter(right) => write!(f, "校验位不对，按前17位算应当是“{right}”"),
        }
    }
}

/// Checks shape, alphabet and check character.
pub fn check_credit_code(text: &str) -> Result<(), CreditCodeFault> {
    let mut values = Vec::with_capacity(18);
    for (index, c) in text.chars().enumerate() {
        match u8::try_from(c).ok().and_then(|byte| ALPHABET.iter().position(|known| *known == byte)) {
            Some(value) => values.push(value as u32),
            None => return Err(CreditCodeFault::Character(c, index + 1)),
        }
    }
    if values.len() != 18 {
        return Err(CreditCodeFault::Length(values.len()));
    }
    let mut weight = 1;
    let mut sum = 0;
    for value in &values[..17] {
        sum += value * weight;
        weight = weight * 3 % 31;
    }
    let check = (31 - sum % 31) % 31;
    if values[17] == check {
        Ok(())
    } else {
        Err(CreditCodeFault::CheckCharacter(char::from(ALPHABET[check as usize])))
    }
}

#[cfg(test)]
mod tests {
    use super::{CreditCodeFault, check_credit_code};

    #[test]
    fn published_codes_are_right() {
        for code in [
            "11511301008778183N",
            "115113010833722043",
            "12441500196720244T",
            "1137018100420588XX",
            "11500222009311999A",
        ] {
            assert_eq!(check_credit_code(code), Ok(()), "{code}");
        }
    }

    #[test]
    fn faults_are_named() {
        use CreditCodeFault::{Character, CheckCharacter, Length};
        assert_eq!(check_credit_code("12441500196720244S"), Err(Character('S', 18)));
        assert_eq!(check_credit_code("12441500196720244X"), Err(CheckCharacter('T')));
        assert_eq!(check_credit_code("12441500196720244"), Err(Length(17)));
        assert_eq!(check_credit_code("12441500196720244TT"), Err(Length(19)));
        assert_eq!(check_credit_code("12441500196720244t"), Err(Character('t', 18)));
        assert_eq!(check_credit_code("1244150019672024４T"), Err(Character('４', 17)));
        assert_eq!(check_credit_code("I2441500196720244T"), Err(Character('I', 1)));
        assert_eq!(check_credit_code(""), Err(Length(0)));
    }

    #[test]
    fn any_changed_character_is_noticed() {
        let code = "12441500196720244T";
        for at in 0..18 {
            for c in "0123456789ABCDEFGHJKLMNPQRTUWXY".chars().filter(|c| !code[at..].starts_with(*c)) {
                let mut wrong = code.to_owned();
                wrong.replace_range(at..=at, &c.to_string());
                assert!(check_credit_code(&wrong).is_err(), "{wrong}");
            }
        }
    }
}
