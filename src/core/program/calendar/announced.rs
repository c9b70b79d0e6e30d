//! What the General Office of the State Council has announced: days off that are not weekends, and weekends that are worked (调休).
//! A new year is one more entry here; the notices appear in October or November of the year before.

/// A year's arrangement.
#[derive(Debug)]
pub struct Announced {
    /// The year.
    pub year: u16,
    /// The notice: 国务院办公厅关于某年部分节假日安排的通知.
    pub notice: &'static str,
    /// Holidays, in order.
    pub holidays: &'static [Holiday],
    /// Saturdays and Sundays that are worked.
    pub worked: &'static [(u8, u8)],
}

/// Days off in a row.
#[derive(Debug)]
pub struct Holiday {
    /// The occasion.
    pub name: &'static str,
    /// Month and day of the first.
    pub first: (u8, u8),
    /// Month and day of the last.
    pub last: (u8, u8),
}

/// From month and day to month and day.
const fn off(name: &'static str, first: (u8, u8), last: (u8, u8)) -> Holiday {
    Holiday { name, first, last }
}

/// The years announced, ascending.
pub static ANNOUNCED: [Announced; 3] = [
    Announced {
        year: 2024,
        notice: "国办发明电〔2023〕7号",
        holidays: &[
            off("元旦", (1, 1), (1, 1)),
            off("春节", (2, 10), (2, 17)),
            off("清明节", (4, 4), (4, 6)),
            off("劳动节", (5, 1), (5, 5)),
            off("端午节", (6, 10), (6, 10)),
            off("中秋节", (9, 15), (9, 17)),
            off("国庆节", (10, 1), (10, 7)),
        ],
        worked: &[(2, 4), (2, 18), (4, 7), (4, 28), (5, 11), (9, 14), (9, 29), (10, 12)],
    },
    Announced {
        year: 2025,
        notice: "国办发明电〔2024〕12号",
        holidays: &[
            off("元旦", (1, 1), (1, 1)),
            off("春节", (1, 28), (2, 4)),
            off("清明节", (4, 4), (4, 6)),
            off("劳动节", (5, 1), (5, 5)),
            off("端午节", (5, 31), (6, 2)),
            off("国庆节、中秋节", (10, 1), (10, 8)),
        ],
        worked: &[(1, 26), (2, 8), (4, 27), (9, 28), (10, 11)],
    },
    Announced {
        year: 2026,
        notice: "国办发明电〔2025〕7号",
        holidays: &[
            off("元旦", (1, 1), (1, 3)),
            off("春节", (2, 15), (2, 23)),
            off("清明节", (4, 4), (4, 6)),
            off("劳动节", (5, 1), (5, 5)),
            off("端午节", (6, 19), (6, 21)),
            off("中秋节", (9, 25), (9, 27)),
            off("国庆节", (10, 1), (10, 7)),
        ],
        worked: &[(1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10)],
    },
];
