//! What screen readers get: a document with the paragraphs that show, their text and the selection.

use egui::{
    Galley, Id, Rect, Sense, Ui, UiBuilder,
    accesskit::{self, Action, Role, TextPosition, TextSelection},
    emath::TSTransform,
    pos2,
    text::CCursor,
    text_selection::accesskit_text::update_accesskit_for_text_widget,
};

use super::{
    blocks::Kind,
    layout::Columns,
    page::{Reader, Source},
};
use crate::text::Span;

/// Describes what shows. Costs nothing when no screen reader listens.
pub(super) fn describe(
    reader: &Reader,
    ui: &mut Ui,
    id: Id,
    full: Rect,
    columns: &Columns,
    source: &Source<'_>,
) {
    let ctx = ui.ctx().clone();
    let (total, top) = reader.extent();
    let listens = ctx.accesskit_node_builder(id, |node| {
        node.set_role(Role::Document);
        node.set_label(format!("Reading: {}", source.reading.meta.title));
        node.set_scroll_y(top);
        node.set_scroll_y_min(0.0);
        node.set_scroll_y_max(total);
        node.add_action(Action::ScrollDown);
        node.add_action(Action::ScrollUp);
        node.set_clips_children();
    });
    if listens.is_none() {
        return;
    }
    let selection = reader.selected();
    let (mut anchor, mut focus) = (None, None);
    ui.scope_builder(
        UiBuilder::new().max_rect(full).accessibility_parent(id),
        |ui| {
            for visible in &reader.visible_blocks {
                let Some(block) = reader.block(visible.slot) else {
                    continue;
                };
                let paragraph = id.with(("block", visible.slot));
                let at = pos2(columns.text.left(), visible.top);
                let rect = visible.galley.rect.translate(at.to_vec2());
                let shown = rect.intersect(full);
                ui.interact(shown, paragraph, Sense::hover());
                ctx.accesskit_node_builder(paragraph, |node| {
                    // egui tells the place of what can be pressed only.
                    node.set_bounds(accesskit::Rect {
                        x0: shown.left().into(),
                        y0: shown.top().into(),
                        x1: shown.right().into(),
                        y1: shown.bottom().into(),
                    });
                    match block.kind {
                        Kind::Heading(level) => {
                            node.set_role(Role::Heading);
                            node.set_level(level.into());
                        }
                        Kind::Item(_) => node.set_role(Role::ListItem),
                        Kind::Quote => node.set_role(Role::Blockquote),
                        Kind::Code => node.set_role(Role::Code),
                        Kind::Note => node.set_role(Role::Note),
                        Kind::Body | Kind::Row => node.set_role(Role::Paragraph),
                    }
                });
                let place = TSTransform::from_translation(at.to_vec2());
                update_accesskit_for_text_widget(&ctx, paragraph, None, place, &visible.galley);
                let selected = selection
                    .map(|s| s.intersect(block.span))
                    .filter(|s| !s.is_empty());
                if let Some(part) = selected {
                    let at = |offset: u32| {
                        let before = Span::new(block.span.start, offset);
                        let chars = reader.text.slice(before).chars().count();
                        position(paragraph, &visible.galley, chars)
                    };
                    anchor.get_or_insert_with(|| at(part.start));
                    focus = Some(at(part.end));
                }
            }
        },
    );
    // It may reach over paragraphs, so it is the document's. Of what is selected, that which shows is told.
    if let (Some(anchor), Some(focus)) = (anchor, focus) {
        ctx.accesskit_node_builder(id, |node| {
            node.set_text_selection(TextSelection { anchor, focus });
        });
    }
}

/// The place of a character in the text runs that egui makes of a galley: one a row, the long ones cut.
fn position(paragraph: Id, galley: &Galley, chars: usize) -> TextPosition {
    const LONGEST: usize = 255;
    let at = galley.layout_from_cursor(CCursor::new(chars));
    let run = at.column.0.saturating_sub(1) / LONGEST;
    TextPosition {
        node: paragraph.with(at.row).with(run).accesskit_id(),
        character_index: at.column.0 - run * LONGEST,
    }
}
