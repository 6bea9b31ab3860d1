//! Rich text on the system's clipboard. egui's own clipboard takes text only, so the library under it (arboard) is asked directly.

use std::sync::{Arc, Mutex};

use egui::{Context, Id};

use crate::export::clip::Clip;

/// What stands before rich text, as browsers write it: without it some programs take UTF-8 for Latin letters.
const CHARSET: &str = "<meta http-equiv=\"content-type\" content=\"text/html; charset=utf-8\">";

/// The system's clipboard.
#[derive(Clone)]
struct Board(Arc<Mutex<arboard::Clipboard>>);

fn id() -> Id {
    Id::unique("rich clipboard")
}

/// Whether the clipboard can't be had but by the window in focus, which arboard is not: GNOME under Wayland. It would take what it is
/// given, and nobody would get it.
fn is_deaf() -> bool {
    let var = |name| std::env::var(name).unwrap_or_default();
    !var("WAYLAND_DISPLAY").is_empty() && var("XDG_CURRENT_DESKTOP").contains("GNOME")
}

/// Connects to the system's clipboard for as long as the window is open. Where there is none, text is copied without its manner.
pub fn connect(ctx: &Context) {
    if is_deaf() {
        return;
    }
    if let Ok(board) = arboard::Clipboard::new() {
        let board = Board(Arc::new(Mutex::new(board)));
        ctx.data_mut(|data| data.insert_temp(id(), board));
    }
}

/// Puts something on the clipboard: as rich text with plain text beside it, or as plain text alone.
pub fn copy(ctx: &Context, clip: Clip) {
    let board: Option<Board> = ctx.data(|data| data.get_temp(id()));
    let html = format!("{CHARSET}{}", clip.html);
    let is_there = board.is_some_and(|board| {
        let board = board.0.lock();
        board.is_ok_and(|mut board| board.set_html(&html, Some(&clip.plain)).is_ok())
    });
    if !is_there {
        ctx.copy_text(clip.plain);
    }
}
