//! The preview as it shows: text, a table or pages.

use std::sync::Arc;

use egui::{
    Align, Color32, Frame, Label, Layout, RichText, Role, ScrollArea, Sense, TextEdit,
    TextureHandle, TextureOptions, Ui, WidgetInfo, vec2,
};

use super::preview::{Body, Preview, Sheet};
use crate::app::{access, dialogs::dim, theme, words};

/// How wide a column of a table is, and how high a row, in points.
const COLUMN: f32 = 132.0;
const ROW: f32 = 20.0;

/// The pictures of the pages that show.
#[derive(Default)]
pub struct Textures(Option<(Arc<Body>, Vec<TextureHandle>)>);

impl Textures {
    /// The pages of `body`, handed to the graphics card once.
    fn of(&mut self, ui: &Ui, body: &Arc<Body>, sheets: &[Sheet]) -> &[TextureHandle] {
        let is_there = self.0.as_ref().is_some_and(|(b, _)| Arc::ptr_eq(b, body));
        if !is_there {
            let load = |sheet: &Sheet| {
                let name = "export preview";
                ui.ctx()
                    .load_texture(name, sheet.image.clone(), TextureOptions::LINEAR)
            };
            self.0 = Some((Arc::clone(body), sheets.iter().map(load).collect()));
        }
        self.0.as_ref().map_or(&[], |(_, textures)| textures)
    }
}

/// Shows the preview and what is said under it.
pub fn show(ui: &mut Ui, preview: &Preview, textures: &mut Textures, height: f32) {
    let palette = theme::palette(ui.ctx());
    let (body, told) = {
        let shown = preview.shown();
        let told = told(&shown.summary, shown.bytes, &shown.body);
        (shown.body.clone(), told)
    };
    let is_paper = matches!(body.as_ref(), Some(Ok(b)) if matches!(**b, Body::Pages(..)));
    Frame::new()
        .fill(if is_paper {
            palette.line
        } else {
            palette.paper
        })
        .inner_margin(10)
        .corner_radius(6)
        .show(ui, |ui| {
            ui.set_min_height(height - 46.0);
            match &body {
                None => {
                    ui.spinner();
                }
                Some(Err(error)) => {
                    let text = RichText::new(error).color(palette.error);
                    access::name(&ui.label(text), "Preview");
                }
                Some(Ok(body)) => beginning(ui, body, textures, height - 46.0),
            }
        });
    dim(ui, told);
}

fn beginning(ui: &mut Ui, body: &Arc<Body>, textures: &mut Textures, height: f32) {
    let scroll = ScrollArea::both()
        .id_salt("export preview")
        .max_height(height)
        .auto_shrink(false);
    match &**body {
        Body::Text(text, _) => {
            scroll.show(ui, |ui| as_text(ui, text));
        }
        Body::Table(table) => as_table(ui, table, height),
        Body::Pages(sheets, _) => {
            let textures = textures.of(ui, body, sheets);
            scroll.show(ui, |ui| as_pages(ui, sheets, textures));
        }
    }
}

fn as_text(ui: &mut Ui, text: &str) {
    let palette = theme::palette(ui.ctx());
    let mut text = text;
    let shown = TextEdit::multiline(&mut text)
        .frame(Frame::NONE)
        .font(theme::sans(12.0))
        .text_color(palette.ink)
        .background_color(Color32::TRANSPARENT)
        .desired_width(f32::INFINITY);
    access::name(&ui.add(shown), "Preview");
}

fn as_pages(ui: &mut Ui, sheets: &[Sheet], textures: &[TextureHandle]) {
    let pixels = ui.ctx().pixels_per_point();
    ui.with_layout(Layout::top_down(Align::Center), |ui| {
        for (number, (sheet, texture)) in sheets.iter().zip(textures).enumerate() {
            let [width, height] = texture.size().map(|side| side as f32 / pixels);
            let response = ui.image((texture.id(), vec2(width, height)));
            let name = match number {
                0 => "Preview".to_owned(),
                n => format!("Preview, page {}", n + 1),
            };
            access::name(&response, &name);
            access::value(&response, &sheet.text);
            ui.add_space(10.0);
        }
    });
}

fn as_table(ui: &mut Ui, table: &[Vec<String>], height: f32) {
    let palette = theme::palette(ui.ctx());
    let columns = table.first().map_or(0, Vec::len);
    ScrollArea::both()
        .id_salt("export preview")
        .max_height(height)
        .auto_shrink(false)
        .show_rows(ui, ROW, table.len(), |ui, rows| {
            ui.set_min_width(COLUMN * columns as f32);
            ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
            for row in rows {
                let cells = table.get(row).map_or(&[][..], Vec::as_slice);
                ui.horizontal(|ui| {
                    cells
                        .iter()
                        .for_each(|cell| as_cell(ui, cell, row == 0, palette.ink))
                });
            }
        });
    let all = ui.interact(ui.min_rect(), ui.scope_id().with("table"), Sense::hover());
    all.widget_info(|| WidgetInfo::labeled(Role::Table, true, "Preview"));
    let text: Vec<String> = table.iter().map(|row| row.join("\t")).collect();
    access::value(&all, &text.join("\n"));
}

fn as_cell(ui: &mut Ui, cell: &str, is_heading: bool, ink: Color32) {
    let (rect, _) = ui.allocate_exact_size(vec2(COLUMN, ROW), Sense::hover());
    if !ui.is_rect_visible(rect) {
        return;
    }
    let text = match is_heading {
        true => RichText::new(cell).font(theme::sans_bold(12.0)),
        false => RichText::new(cell).size(12.0),
    };
    let inner = rect.with_max_x(rect.right() - 8.0);
    ui.put(
        inner,
        Label::new(text.color(ink)).truncate().halign(Align::Min),
    );
}

/// How much comes out, and how much of it shows.
fn told(summary: &str, bytes: Option<u64>, body: &Option<Result<Arc<Body>, String>>) -> String {
    let size = bytes.map(size);
    let part = match body.as_ref().and_then(|b| b.as_ref().ok()).map(|b| &**b) {
        Some(Body::Text(_, true)) => Some("the preview shows the beginning".to_owned()),
        Some(Body::Table(table)) if table.len() > 1 => Some(format!(
            "the first {}",
            words::counted(table.len() - 1, "row")
        )),
        Some(Body::Pages(sheets, Some(all))) if sheets.len() == *all => {
            Some(words::counted(*all, "page"))
        }
        Some(Body::Pages(sheets, Some(all))) => {
            Some(format!("the first {} of {all} pages", sheets.len()))
        }
        Some(Body::Pages(sheets, None)) => Some(format!("the first {} pages", sheets.len())),
        _ => None,
    };
    let parts = [Some(summary.to_owned()), size, part];
    let parts = parts.into_iter().flatten().filter(|p| !p.is_empty());
    parts.collect::<Vec<_>>().join(" · ")
}

/// A length for people.
fn size(bytes: u64) -> String {
    match bytes {
        0..10_000 => format!("{} bytes", words::grouped(bytes as usize)),
        10_000..10_000_000 => format!("{} KB", words::grouped(bytes as usize / 1_000)),
        _ => format!("{} MB", words::grouped(bytes as usize / 1_000_000)),
    }
}
