//! An export to the clipboard: documents as rich text, tables as cells, everything else as the text of its file.

use std::io::Cursor;

use egui::Context;

use super::{ExportDialog, around};
use crate::{
    app::{App, clipboard, exporting::Exporting},
    export::{
        clip::Clip,
        document::Stop,
        order::{self, Format, Order, Progress},
    },
    model::Project,
};

impl ExportDialog {
    /// Whether what comes out can be pasted somewhere.
    pub(super) fn copies(&self) -> bool {
        self.choice.format() != Format::Brat && !self.chosen().is_folder()
    }

    /// Copies what was chosen on a thread.
    pub(super) fn copy(&self, app: &App, ctx: &Context) -> Exporting {
        let (chosen, ctx) = (self.chosen(), ctx.clone());
        Exporting::start(&app.workers, move |progress| {
            let files = chosen.files()?;
            let project = &chosen.project;
            for file in files.iter().take(1) {
                let copied = match file.order.format {
                    Format::Html | Format::Docx | Format::Pdf => {
                        order::clip(project, &file.order, progress)
                    }
                    _ => text(project, &file.order, progress),
                };
                let clip = copied.map_err(|why| format!("Nothing was copied: {why}."))?;
                match clip.html.is_empty() {
                    true => ctx.copy_text(clip.plain),
                    false => clipboard::copy(&ctx, clip),
                }
            }
            Ok("Copied.".to_owned().into())
        })
    }
}

/// The text of a file; of a workbook its first sheet, to be pasted into another.
fn text(project: &Project, order: &Order, progress: &Progress) -> Result<Clip, Stop> {
    let mut order = order.clone();
    if order.format == Format::Xlsx {
        order.format = Format::Tsv;
    }
    let mut out = Cursor::new(Vec::new());
    order::write(project, &order, around(progress), &mut out)?;
    Ok(Clip {
        plain: String::from_utf8_lossy(out.get_ref()).into_owned(),
        html: String::new(),
    })
}
