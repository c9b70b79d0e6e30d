//! The QR code that leads to what is published about a bundle.

use crate::write::qr::Code;
use yijianshi_core::plan::Plan;

/// The bundle's code; nothing if the workspace is not published anywhere.
pub fn of(plan: &Plan) -> Option<Code> {
    let address = plan.bundle.address.clone()?;
    let title = &plan.bundle.title;
    let description = format!("二维码，用手机扫描打开 {address}");
    Code::new(address, format!("扫码看“{title}”办事指南"), format!("一码：{title}"), description)
}
