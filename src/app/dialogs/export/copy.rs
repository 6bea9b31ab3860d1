//! An export to the clipboard.

use egui::Context;

use super::{ExportDialog, around};
use crate::{
    app::{App, exporting::Exporting},
    export::order,
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
