//! The attributes among a reading's details: a field for each that any reading has, and one for a new one.

use std::collections::{BTreeMap, BTreeSet};

use egui::{RichText, TextEdit, Ui};

use super::dim;
use crate::{
    app::{access, theme},
    import::attributes::Column,
    model::{ReadingMeta, Value},
};

/// The fields while they are edited.
pub struct AttributeRows {
    /// Name and value, as typed.
    rows: Vec<(String, String)>,
    new: (String, String),
}

impl AttributeRows {
    /// What a reading says under the names that the project has.
    pub fn new(meta: &ReadingMeta, mut names: BTreeSet<String>) -> Self {
        names.extend(meta.attributes.keys().cloned());
        let typed = |name: &String| meta.attributes.get(name).map(Value::typed);
        let rows = names.into_iter();
        Self {
            rows: rows
                .map(|name| (name.clone(), typed(&name).unwrap_or_default()))
                .collect(),
            new: (String::new(), String::new()),
        }
    }

    /// The fields; each is told to `took`, which looks whether Enter was pressed in it.
    pub fn show(&mut self, ui: &mut Ui, mut took: impl FnMut(&Ui, &egui::Response)) {
        let width = (ui.available_width() * 0.32).floor();
        for (name, value) in &mut self.rows {
            ui.horizontal(|ui| {
                let size = egui::vec2(width, ui.spacing().interact_size.y);
                let text = RichText::new(name.as_str()).size(12.5);
                let label = egui::Label::new(text).truncate();
                let layout = egui::Layout::left_to_right(egui::Align::Center);
                let label = ui.allocate_ui_with_layout(size, layout, |ui| {
                    ui.set_min_width(size.x);
                    ui.add(label)
                });
                let field = TextEdit::singleline(value).desired_width(f32::INFINITY);
                let response = ui.add(field).labelled_by(label.inner.id);
                took(ui, &response);
            });
        }
        ui.horizontal(|ui| {
            for (value, hint, name, room) in [
                (&mut self.new.0, "country, genre…", "New attribute", width),
                (
                    &mut self.new.1,
                    "its value",
                    "Value of the new attribute",
                    f32::INFINITY,
                ),
            ] {
                let room = room.min(ui.available_width());
                let field = TextEdit::singleline(value)
                    .hint_text(hint)
                    .desired_width(room);
                let response = ui.add(field);
                access::name(&response, name);
                took(ui, &response);
            }
        });
        dim(
            ui,
            "Yes or no, a number, a day (2026-11-22) or text. All readings have them in a table under Compare.",
        );
    }

    /// What was typed.
    ///
    /// # Errors
    /// Says what is wrong with the name of the new one.
    pub fn take(&self) -> Result<BTreeMap<String, Value>, String> {
        let typed = |(name, value): &(String, String)| Some((name.clone(), Value::parse(value)?));
        let mut all: BTreeMap<String, Value> = self.rows.iter().filter_map(typed).collect();
        let (name, value) = &self.new;
        let Some(value) = Value::parse(value) else {
            return Ok(all);
        };
        let known = self.rows.iter().map(|(name, _)| name.clone()).collect();
        let name = Column::attribute(name, &known)
            .map_err(|why| format!("The new attribute can't be called so: {why}."))?;
        all.insert(name, value);
        Ok(all)
    }
}

/// The heading over them.
pub fn heading(ui: &mut Ui) {
    ui.add_space(6.0);
    ui.label(RichText::new("What you compare it by").font(theme::sans_bold(12.5)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_taken_and_emptied_goes() {
        let mut meta = ReadingMeta::default();
        let old = Value::Text("7".to_owned());
        meta.attributes.insert("rank".to_owned(), old.clone());
        let names = BTreeSet::from(["country".to_owned()]);
        let mut rows = AttributeRows::new(&meta, names);
        assert_eq!(rows.take(), Ok(meta.attributes.clone()));
        rows.rows[0].1 = "China".to_owned();
        rows.rows[1].1.clear();
        rows.new = ("COUNTRY".to_owned(), "Russia".to_owned());
        let all = rows.take().unwrap();
        assert_eq!(all.len(), 1);
        assert_eq!(all["country"].typed(), "Russia");
        rows.new = ("year".to_owned(), "1".to_owned());
        assert!(rows.take().is_err());
        rows.new.1.clear();
        assert!(rows.take().is_ok());
    }
}
