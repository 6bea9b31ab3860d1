//! An export to the clipboard: as text, or as rich text where it would be a page.

use egui::Context;

use super::{ExportDialog, around};
use crate::{
    app::{App, clipboard, exporting::Exporting},
    export::order::{self, Format, Order, What},
};

impl ExportDialog {
    /// Whether what comes out can be pasted somewhere.
    pub(super) fn copies(&self) -> bool {
        !self.choice.format().is_binary() && !self.chosen().is_folder()
    }

    /// Copies what was chosen on a thread.
    pub(super) fn copy(&self, app: &App, ctx: &Context) -> Exporting {
        let (chosen, ctx) = (self.chosen(), ctx.clone());
        Exporting::start(&app.workers, move |progress| {
            let files = chosen.files()?;
            if let [file] = files.as_slice()
                && is_rich(&file.order)
            {
                let clip = order::clip(&chosen.project, &file.order, progress);
                let clip = clip.map_err(|why| format!("Nothing was copied: {why}."))?;
                clipboard::copy(&ctx, clip);
                return Ok("Copied.".to_owned().into());
            }
            let mut out = std::io::Cursor::new(Vec::new());
            for file in &files {
                let written =
                    order::write(&chosen.project, &file.order, around(progress), &mut out);
                written.map_err(|why| format!("Nothing was copied: {why}."))?;
            }
            ctx.copy_text(String::from_utf8_lossy(out.get_ref()).into_owned());
            Ok("Copied.".to_owned().into())
        })
    }
}

/// Whether it is pasted as rich text: what is made for a browser, but for annotated readings, whose margins no clipboard holds.
fn is_rich(order: &Order) -> bool {
    order.format == Format::Html && !matches!(order.what, What::Annotated(_))
}
