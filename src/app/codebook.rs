//! The codebook at the right: labels with colour, digit and count; below it the definition and the passage in focus.

use std::collections::BTreeSet;

use egui::{Align2, Rect, Response, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::{
    App, Command, Screen, Session, View,
    action::Action,
    find, keys, passage,
    readings::{heading, reach},
    theme, words,
    worker::Workers,
};
use crate::model::{Label, LabelId};

const ROW: f32 = 26.0;

/// Shows the panel.
pub fn show(app: &mut App, ui: &mut Ui) {
    let App {
        screen: Screen::Open(session),
        commands,
        time,
        workers,
        ..
    } = app
    else {
        return;
    };
    let filtered = match &session.only {
        _ if session.view == View::Excerpts => None,
        Some(label) => Some(format!(
            "Only “{}” shows.",
            session.project().label_name(label)
        )),
        None if session.hidden.is_empty() => None,
        None => Some(format!(
            "{} hidden.",
            words::counted(session.hidden.len(), "label")
        )),
    };
    heading(ui, "Codebook", "New label", |ui, pressed| {
        if pressed {
            commands.push(Command::EditLabel(None, None));
        }
        if let Some(why) = &filtered
            && ui.link("Show all").on_hover_text(why).clicked()
        {
            commands.push(Command::Do(Action::ShowAll));
        }
    });
    let room = ui.available_height();
    // Without a passage in focus only a definition has to find room below.
    let share = if session.focused().is_some() {
        0.5
    } else {
        0.66
    };
    labels(session, workers, commands, ui, (room * share).max(120.0));
    ui.add_space(4.0);
    ScrollArea::vertical()
        .id_salt("cards")
        .auto_shrink(false)
        .show(ui, |ui| {
            // Other views show what is in focus in a place of its own.
            if session.view == View::Read {
                passage::card(session, commands, ui, *time);
            }
            definition(session, commands, ui);
        });
}

fn labels(
    session: &mut Session,
    workers: &Workers,
    commands: &mut Vec<Command>,
    ui: &mut Ui,
    height: f32,
) {
    let project = session.project();
    let rows: Vec<(usize, LabelId)> = project
        .codebook()
        .iter()
        .map(|(d, l)| (*d, l.id.clone()))
        .collect();
    if rows.is_empty() {
        let palette = theme::palette(ui.ctx());
        ui.label(
            egui::RichText::new(
                "No labels yet. Select a passage and type the name of one, or press +.",
            )
            .color(palette.dim),
        );
        return;
    }
    let mut pointed = None;
    ui.spacing_mut().item_spacing.y = 0.0;
    ScrollArea::vertical()
        .id_salt("labels")
        .max_height(height)
        .auto_shrink([false, true])
        .show(ui, |ui| {
            let reach = reach(ui);
            for (depth, id) in &rows {
                let size = vec2(ui.available_width(), ROW);
                if !reach.intersects(Rect::from_min_size(ui.cursor().min, size)) {
                    ui.allocate_space(size);
                    continue;
                }
                let Some(label) = session.project().label(id) else {
                    continue;
                };
                let response = row(ui, session, label, *depth, commands);
                if response.hovered() || response.has_focus() {
                    pointed = Some(id.clone());
                }
                if response.gained_focus() {
                    response.scroll_to_me(None);
                }
                if response.double_clicked() {
                    // The first of the two clicks chose the label's highlights.
                    commands.push(Command::Filter(None));
                    commands.push(Command::EditLabel(Some(id.clone()), None));
                } else if response.clicked() {
                    let more = keys::of_click(ui).command;
                    commands.push(session.choosing(id, more));
                }
                drag_and_drop(&response, id, session, commands);
                response.context_menu(|ui| {
                    suggest(session, workers, ui, id, commands);
                    menu(session, ui, id, commands);
                });
            }
        });
    ui.spacing_mut().item_spacing.y = 6.0;
    if let Some(label) = pointed {
        session.point_at(label);
    }
}

/// Dragging a label onto another puts it under that one; dropping it back on its parent takes it to the top level.
fn drag_and_drop(
    response: &Response,
    id: &LabelId,
    session: &Session,
    commands: &mut Vec<Command>,
) {
    response.dnd_set_drag_payload(id.clone());
    if let Some(dragged) = response.dnd_release_payload::<LabelId>()
        && *dragged != *id
    {
        let parent = session
            .project()
            .label(&dragged)
            .and_then(|l| l.parent.clone());
        let target = (parent.as_ref() != Some(id)).then(|| id.clone());
        commands.push(Command::MoveLabel((*dragged).clone(), target, None));
    }
}

fn row(
    ui: &mut Ui,
    session: &Session,
    label: &Label,
    depth: usize,
    commands: &mut Vec<Command>,
) -> Response {
    let palette = theme::palette(ui.ctx());
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click_and_drag());
    let count = || session.project().label_count(&label.id) as usize;
    let hidden = session.hidden.contains(&label.id);
    let chosen = session.chooses(label);
    let on_focus = session.is_on_focus(&label.id);
    response.widget_info(|| {
        let hidden = if hidden { ", hidden" } else { "" };
        let name = format!(
            "Label {}, {}{hidden}",
            label.name,
            words::counted(count(), "highlight")
        );
        WidgetInfo::selected(Role::Button, true, chosen, name)
    });
    if !ui.is_rect_visible(rect) {
        return response;
    }
    let painter = ui.painter_at(rect);
    let dropping = response.dnd_hover_payload::<LabelId>().is_some();
    if chosen || dropping {
        painter.rect_filled(rect, 6.0, palette.chosen);
    } else if response.hovered() || on_focus {
        painter.rect_filled(rect, 6.0, palette.line.gamma_multiply(0.55));
    }
    if response.has_focus() {
        painter.rect_stroke(
            rect,
            6.0,
            egui::Stroke::new(1.5, palette.accent),
            egui::StrokeKind::Inside,
        );
    }
    let mid = rect.center().y;
    let left = rect.left() + 8.0 + 15.0 * depth as f32;
    let square = Rect::from_center_size(pos2(left + 5.5, mid), vec2(11.0, 11.0));
    if hidden {
        painter.rect_stroke(
            square,
            3.0,
            egui::Stroke::new(1.5, palette.label_mark(label.color)),
            egui::StrokeKind::Inside,
        );
    } else {
        painter.rect_filled(square, 3.0, palette.label_mark(label.color));
    }
    let count = count();
    let number = if count > 0 {
        words::grouped(count)
    } else {
        String::new()
    };
    let number = painter.text(
        pos2(rect.right() - 8.0, mid),
        Align2::RIGHT_CENTER,
        number,
        theme::sans(12.0),
        palette.dim,
    );
    let mut right = number.left().min(rect.right() - 24.0) - 8.0;
    if let Some(digit) = label.digit {
        let key = Rect::from_min_size(pos2(right - 17.0, mid - 8.0), vec2(17.0, 16.0));
        painter.rect(
            key,
            4.0,
            palette.card,
            egui::Stroke::new(1.0, palette.line),
            egui::StrokeKind::Inside,
        );
        painter.text(
            key.center(),
            Align2::CENTER_CENTER,
            digit.to_string(),
            theme::sans(11.0),
            palette.dim,
        );
        right = key.left() - 6.0;
    }
    if response.hovered() || response.has_focus() || hidden {
        let eye = Rect::from_min_size(pos2(right - 36.0, mid - 9.0), vec2(36.0, 18.0));
        let pointer = ui.input(|i| i.pointer.interact_pos());
        let over = pointer.is_some_and(|p| eye.contains(p));
        let color = if over { palette.accent } else { palette.dim };
        painter.text(
            eye.center(),
            Align2::CENTER_CENTER,
            if hidden { "show" } else { "hide" },
            theme::sans(11.0),
            color,
        );
        right = eye.left() - 4.0;
        let eye_response = ui.interact(eye, response.id.with("hide"), Sense::click());
        eye_response.widget_info(|| {
            WidgetInfo::labeled(
                Role::Button,
                true,
                format!("{} {}", if hidden { "Show" } else { "Hide" }, label.name),
            )
        });
        if eye_response.clicked() {
            commands.push(Command::Hide(label.id.clone()));
        }
    }
    let color = if hidden { palette.dim } else { palette.ink };
    let mut job =
        egui::text::LayoutJob::simple_singleline(label.name.clone(), theme::sans(13.0), color);
    job.wrap = egui::text::TextWrapping::truncate_at_width(right - left - 20.0);
    let name = ui.fonts_mut(|f| f.layout_job(job));
    painter.galley(pos2(left + 19.0, mid - name.size().y / 2.0), name, color);
    response
}

/// The entry of a label's menu that suggests passages for it.
fn suggest(
    session: &mut Session,
    workers: &Workers,
    ui: &mut Ui,
    id: &LabelId,
    commands: &mut Vec<Command>,
) {
    ui.set_min_width(190.0);
    let name = match find::suggestions(session, workers, id) {
        Some(count) => format!("Suggest passages… ({})", words::grouped(count)),
        None => "Suggest passages…".to_owned(),
    };
    let help = Action::Suggest.info().help;
    if ui.button(name).on_hover_text(help).clicked() {
        commands.push(Command::Find(find::Request::Suggest(id.clone())));
    }
    ui.separator();
}

fn menu(session: &Session, ui: &mut Ui, id: &LabelId, commands: &mut Vec<Command>) {
    let project = session.project();
    ui.set_min_width(190.0);
    if ui.button("Edit…").clicked() {
        commands.push(Command::EditLabel(Some(id.clone()), None));
    }
    if ui.button("New label under it…").clicked() {
        commands.push(Command::EditLabel(None, Some(id.clone())));
    }
    let hidden = session.hidden.contains(id);
    if ui
        .button(if hidden {
            "Show its highlights"
        } else {
            "Hide its highlights"
        })
        .clicked()
    {
        commands.push(Command::Hide(id.clone()));
    }
    ui.menu_button("Digit key", |ui| {
        let now = project.label(id).and_then(|l| l.digit);
        for digit in 1..=9 {
            let holder = project.labels().find(|l| l.digit == Some(digit));
            let name =
                holder.map_or_else(|| digit.to_string(), |l| format!("{digit}  ({})", l.name));
            if ui.selectable_label(now == Some(digit), name).clicked() {
                commands.push(Command::SetDigit(id.clone(), Some(digit)));
                ui.close();
            }
        }
        if ui.button("None").clicked() {
            commands.push(Command::SetDigit(id.clone(), None));
        }
    });
    ui.separator();
    let (up, down) = neighbours(session, id);
    if ui
        .add_enabled(up.is_some(), egui::Button::new("Move up"))
        .clicked()
    {
        let parent = project.label(id).and_then(|l| l.parent.clone());
        commands.push(Command::MoveLabel(id.clone(), parent, up));
    }
    if ui
        .add_enabled(down.is_some(), egui::Button::new("Move down"))
        .clicked()
    {
        let parent = project.label(id).and_then(|l| l.parent.clone());
        commands.push(Command::MoveLabel(id.clone(), parent, down.flatten()));
    }
    let below = project.with_descendants(id);
    chooser(session, ui, "Move under", &below, true, |target| {
        commands.push(Command::MoveLabel(id.clone(), target, None));
    });
    let itself = BTreeSet::from([id.clone()]);
    chooser(session, ui, "Merge into", &itself, false, |target| {
        if let Some(target) = target {
            commands.push(Command::MergeLabels(id.clone(), target));
        }
    });
    ui.separator();
    if ui.button("Delete").on_hover_text("Its highlights keep their other labels; those without another go. Undo brings all back.").clicked() {
        commands.push(Command::DeleteLabel(id.clone()));
    }
}

/// The sibling to move before to go up, and for going down the one to move before (`None`: the end).
fn neighbours(session: &Session, id: &LabelId) -> (Option<LabelId>, Option<Option<LabelId>>) {
    let project = session.project();
    let parent = project.label(id).and_then(|l| l.parent.clone());
    let book = project.codebook();
    let siblings: Vec<&LabelId> = book
        .iter()
        .map(|(_, l)| l)
        .filter(|l| l.parent == parent)
        .map(|l| &l.id)
        .collect();
    let Some(at) = siblings.iter().position(|s| *s == id) else {
        return (None, None);
    };
    let up = at.checked_sub(1).map(|i| siblings[i].clone());
    let down = (at + 1 < siblings.len()).then(|| siblings.get(at + 2).map(|s| (*s).clone()));
    (up, down)
}

/// A submenu of all labels but `without`.
fn chooser(
    session: &Session,
    ui: &mut Ui,
    name: &str,
    without: &BTreeSet<LabelId>,
    top: bool,
    mut choose: impl FnMut(Option<LabelId>),
) {
    ui.menu_button(name, |ui| {
        ScrollArea::vertical().max_height(360.0).show(ui, |ui| {
            if top && ui.button("(top level)").clicked() {
                choose(None);
                ui.close();
            }
            for (depth, label) in session.project().codebook() {
                if without.contains(&label.id) {
                    continue;
                }
                if ui
                    .button(format!("{}{}", "    ".repeat(depth), label.name))
                    .clicked()
                {
                    choose(Some(label.id.clone()));
                    ui.close();
                }
            }
        });
    });
}

/// The card that says what a label means: the one pointed at, else the filter's, else the first of the highlight in focus.
fn definition(session: &mut Session, commands: &mut Vec<Command>, ui: &mut Ui) {
    let palette = theme::palette(ui.ctx());
    let of_focus = match session.view {
        View::Excerpts => session.excerpts.focused_label(),
        _ => session.focused().and_then(|h| h.labels.first().cloned()),
    };
    let scene = session.scene();
    let pointed = session.pointed.as_ref().filter(|(_, then)| *then == scene);
    let id = pointed
        .map(|(label, _)| label.clone())
        .or_else(|| {
            session
                .only
                .clone()
                .filter(|_| session.view != View::Excerpts)
        })
        .or(of_focus);
    let Some(label) = id.and_then(|id| session.project().label(&id).cloned()) else {
        return;
    };
    passage::card_frame(&palette).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal(|ui| {
            let name = egui::RichText::new(&label.name).font(theme::sans_bold(13.0));
            ui.label(name.color(palette.label_text(label.color)));
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                if ui.small_button("Edit…").clicked() {
                    commands.push(Command::EditLabel(Some(label.id.clone()), None));
                }
            });
        });
        let dim = |text: String| egui::RichText::new(text).size(12.0).color(palette.dim);
        if label.definition.is_empty() {
            ui.label(dim("No definition yet.".to_owned()));
        } else {
            ui.label(&label.definition);
        }
        if !label.when.is_empty() {
            ui.label(dim(format!("Use: {}", label.when)));
        }
        if !label.when_not.is_empty() {
            ui.label(dim(format!("Not: {}", label.when_not)));
        }
        if let Some(other) = label
            .contrast
            .as_ref()
            .and_then(|c| session.project().label(c).cloned())
        {
            ui.horizontal_wrapped(|ui| {
                ui.label(dim("Contrast:".to_owned()));
                if ui.link(&other.name).clicked() {
                    session.point_at(other.id.clone());
                }
            });
        }
        let cues = (!label.cues.is_empty()).then(|| format!("cues: {}", label.cues.join(", ")));
        let source = (!label.source.is_empty()).then(|| format!("After {}", label.source));
        let last: Vec<_> = [source, cues].into_iter().flatten().collect();
        if !last.is_empty() {
            ui.label(dim(last.join(" · ")));
        }
    });
    ui.add_space(6.0);
}
