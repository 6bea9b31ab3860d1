//! The bar at the top: the project's menu, undo and redo, import and export.

use egui::{Align, Button, Layout, RichText, Ui};

use super::{App, Command, View, action::Action, theme};

/// Shows the bar.
pub fn show(app: &mut App, ui: &mut Ui) {
    let palette = theme::palette(ui.ctx());
    // In a narrow window what has a key gives way: Ctrl+H and Ctrl+K first, then Ctrl+Z.
    let width = ui.available_width();
    let wide = width > 1180.0;
    ui.horizontal_centered(|ui| {
        project_menu(app, ui);
        ui.add_space(6.0);
        views(app, ui);
        ui.add_space(6.0);
        if width > 780.0 {
            small(app, ui, Action::Undo, "Undo");
            small(app, ui, Action::Redo, "Redo");
        }
        if wide {
            small(app, ui, Action::History, "History");
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let enabled = (Action::Export.info().enabled)(app);
            let text = RichText::new("Export")
                .font(theme::sans_bold(13.5))
                .color(palette.on_accent);
            let button = Button::new(text)
                .fill(palette.accent)
                .stroke(egui::Stroke::NONE);
            if hinted(ui.add_enabled(enabled, button), Action::Export).clicked() {
                app.commands.push(Command::Do(Action::Export));
            }
            let enabled = (Action::Import.info().enabled)(app);
            let text = RichText::new("Import").font(theme::sans_bold(13.5));
            if hinted(ui.add_enabled(enabled, Button::new(text)), Action::Import).clicked() {
                app.commands.push(Command::Do(Action::Import));
            }
            if wide {
                small(app, ui, Action::Palette, "Commands");
            }
            find_field(app, ui);
        });
    });
}

/// What looks like a field for finding in all readings, where there is room; the field itself is in the panel that it opens.
fn find_field(app: &mut App, ui: &mut Ui) {
    let width = (ui.available_width() - 16.0).min(230.0);
    if app.session().is_none() || width < 140.0 {
        return;
    }
    let palette = theme::palette(ui.ctx());
    let key = Action::FindAll.info().keys.first();
    let key = key.map(|k| ui.ctx().format_shortcut(k)).unwrap_or_default();
    let dim = |text: &str| RichText::new(text).size(13.0).color(palette.dim);
    let mut button = Button::new(dim("Find in all readings…")).min_size(egui::vec2(width, 26.0));
    if width > 220.0 {
        button = button.right_text(dim(&key));
    }
    let enabled = (Action::FindAll.info().enabled)(app);
    let response = hinted(ui.add_enabled(enabled, button), Action::FindAll);
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::Role::Button, enabled, "Find in all readings")
    });
    if response.clicked() {
        app.commands.push(Command::Do(Action::FindAll));
    }
}

/// The views as segments, the one that shows raised.
fn views(app: &mut App, ui: &mut Ui) {
    let Some(shown) = app.session().map(|s| s.view) else {
        return;
    };
    let palette = theme::palette(ui.ctx());
    let all = [
        (View::Read, Action::ViewRead),
        (View::Excerpts, Action::ViewExcerpts),
        (View::Compare, Action::ViewCompare),
        (View::Packet, Action::ViewPacket),
    ];
    let frame = egui::Frame::new()
        .fill(palette.line)
        .corner_radius(7)
        .inner_margin(2);
    let row = egui::vec2(0.0, 28.0);
    ui.allocate_ui_with_layout(row, Layout::left_to_right(Align::Center), |ui| {
        frame.show(ui, |ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            ui.spacing_mut().interact_size.y = 24.0;
            ui.spacing_mut().button_padding.y = 2.0;
            for (view, action) in all {
                let chosen = view == shown;
                let (fill, color) = match chosen {
                    true => (palette.paper, palette.ink),
                    false => (egui::Color32::TRANSPARENT, palette.dim),
                };
                let font = if chosen {
                    theme::sans_bold(13.0)
                } else {
                    theme::sans(13.0)
                };
                let text = RichText::new(action.info().name).font(font).color(color);
                let button = Button::new(text)
                    .fill(fill)
                    .stroke(egui::Stroke::NONE)
                    .corner_radius(6)
                    .selected(false);
                let response = hinted(ui.add(button), action);
                let name = action.info().name;
                response.widget_info(|| {
                    egui::WidgetInfo::selected(egui::Role::Button, true, chosen, name)
                });
                if response.clicked() {
                    app.commands.push(Command::Do(action));
                }
            }
        })
    });
}

fn small(app: &mut App, ui: &mut Ui, action: Action, name: &str) {
    let enabled = (action.info().enabled)(app);
    let button = Button::new(name).frame_when_inactive(false);
    if hinted(ui.add_enabled(enabled, button), action).clicked() {
        app.commands.push(Command::Do(action));
    }
}

/// Tells on hovering what an action does and its key.
fn hinted(response: egui::Response, action: Action) -> egui::Response {
    let info = action.info();
    let key = info.keys.first().map(|k| response.ctx.format_shortcut(k));
    let text = match key {
        Some(key) => format!("{} ({key})", info.help),
        None => info.help.to_owned(),
    };
    response.on_hover_text(&text).on_disabled_hover_text(text)
}

fn project_menu(app: &mut App, ui: &mut Ui) {
    let name = app
        .session()
        .map_or("Glossator", |s| s.project().name())
        .to_owned();
    // A mark that the shipped fonts have: looking for others waits until the system's fonts are listed.
    let room = (ui.available_width() / 16.0) as usize;
    let mut shown: String = name.chars().take(room.max(12)).collect();
    if shown.len() < name.len() {
        shown.push('…');
    }
    let title = RichText::new(format!("{shown}  ▼")).font(theme::sans_bold(13.5));
    let button = Button::new(title).frame_when_inactive(false);
    let (response, _) = egui::containers::menu::MenuButton::from_button(button).ui(ui, |ui| {
        ui.set_min_width(240.0);
        for action in [Action::NewProject, Action::OpenProject] {
            entry(app, ui, action);
        }
        recent(app, ui);
        ui.separator();
        for action in [
            Action::OpenSample,
            Action::ResetSample,
            Action::CloseProject,
        ] {
            entry(app, ui, action);
        }
        ui.separator();
        for action in [Action::RestoreReadings, Action::Problems, Action::ShowAll] {
            entry(app, ui, action);
        }
        ui.separator();
        let rest = [
            Action::LargerText,
            Action::SmallerText,
            Action::Theme,
            Action::CitationStyle,
            Action::Coder,
            Action::Shortcuts,
            Action::Quit,
        ];
        for action in rest {
            entry(app, ui, action);
        }
    });
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::Role::Button, true, format!("Project menu: {name}"))
    });
}

fn recent(app: &mut App, ui: &mut Ui) {
    let here = app.session().map(|s| s.folder().to_owned());
    let recent: Vec<_> = app
        .settings
        .recent
        .iter()
        .filter(|p| Some(*p) != here.as_ref() && p.is_dir())
        .take(6)
        .cloned()
        .collect();
    if recent.is_empty() {
        return;
    }
    ui.menu_button("Open recent", |ui| {
        for path in recent {
            let name = path
                .file_name()
                .unwrap_or(path.as_os_str())
                .to_string_lossy()
                .into_owned();
            if ui
                .button(name)
                .on_hover_text(path.display().to_string())
                .clicked()
            {
                app.commands.push(Command::Open(path));
            }
        }
    });
}

/// A menu entry for an action of the table.
pub fn entry(app: &mut App, ui: &mut Ui, action: Action) {
    let info = action.info();
    let mut button = Button::new(info.name);
    if let Some(key) = info.keys.first() {
        button = button.shortcut_text(ui.ctx().format_shortcut(key));
    }
    let enabled = (info.enabled)(app);
    if ui
        .add_enabled(enabled, button)
        .on_hover_text(info.help)
        .clicked()
    {
        app.commands.push(Command::Do(action));
        ui.close();
    }
}
