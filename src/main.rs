//! The command `yijianshi`.

fn main() {}
