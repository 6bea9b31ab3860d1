//! Eyes: what is to be seen, by the names that a screen reader gets.

use egui::{
    Modifiers, PointerButton, Theme,
    accesskit::{Role, Toggled},
};
use egui_kittest::kittest::NodeT;

use super::{Desk, Thing};
use crate::picture::Picture;

impl Desk {
    /// Everything in the window that fits, in the order of the tree: what opened last comes last.
    pub fn things(&self, fits: impl Fn(&Thing) -> bool) -> Vec<Thing> {
        let all = self.harness.root().children_recursive();
        all.filter_map(|node| {
            let n = node.accesskit_node();
            let value = n.value().unwrap_or_default();
            let name = match n.role() {
                Role::Label => value.clone(),
                _ => n.label().unwrap_or_default(),
            };
            n.bounding_box()?;
            Some(Thing {
                role: n.role(),
                name,
                value,
                rect: node.rect(),
                enabled: !n.is_disabled(),
                chosen: n.toggled() == Some(Toggled::True) || n.is_selected() == Some(true),
                focused: n.is_focused(),
            })
        })
        .filter(fits)
        .collect()
    }

    /// Whether the window says this somewhere.
    pub fn says(&self, text: &str) -> bool {
        !self
            .things(|t| t.name.contains(text) || t.value.contains(text))
            .is_empty()
    }

    #[track_caller]
    pub fn must_say(&self, text: &str) {
        assert!(
            self.says(text),
            "the window does not say “{text}” but:\n{}",
            self.everything()
        );
    }

    /// What the window says, line by line, for messages.
    pub fn everything(&self) -> String {
        let things = self.things(|t| !t.name.is_empty() && t.role != Role::TextRun);
        let lines = things.iter().map(|t| format!("{:?} {}", t.role, t.name));
        lines.collect::<Vec<_>>().join("\n")
    }

    /// What can be pressed and has a name of which `fits` is true; the last one when there are several.
    pub fn pressable(&self, fits: impl Fn(&str) -> bool) -> Option<Thing> {
        let quiet = |r: Role| {
            matches!(
                r,
                Role::Label
                    | Role::TextRun
                    | Role::Paragraph
                    | Role::Heading
                    | Role::TextInput
                    | Role::MultilineTextInput
            )
        };
        self.things(|t| !quiet(t.role) && fits(&t.name)).pop()
    }

    #[track_caller]
    pub fn must_find(&self, name: &str) -> Thing {
        self.pressable(|n| n == name)
            .unwrap_or_else(|| panic!("nothing is called “{name}” among:\n{}", self.everything()))
    }

    /// Clicks the button (entry, box, link…) of that name.
    #[track_caller]
    pub fn press(&mut self, name: &str) {
        self.pass(1.0);
        let thing = self.must_find(name);
        assert!(thing.enabled, "“{name}” is disabled");
        self.click_by(thing.rect.center(), PointerButton::Primary, Modifiers::NONE);
        self.rest();
    }

    /// As [`Self::press`], while something in the window does not come to rest.
    #[track_caller]
    pub fn press_meanwhile(&mut self, name: &str) {
        let thing = self.must_find(name);
        assert!(thing.enabled, "“{name}” is disabled");
        self.click_by(thing.rect.center(), PointerButton::Primary, Modifiers::NONE);
        self.frame();
    }

    /// As [`Self::press`], of buttons only.
    #[track_caller]
    pub fn press_button(&mut self, name: &str) {
        let at = (self
            .things(|t| t.role == Role::Button && t.name == name)
            .pop())
        .unwrap_or_else(|| panic!("no button is called “{name}”"));
        self.click(at.rect.center());
    }

    /// The thing whose name begins so.
    #[track_caller]
    pub fn beginning(&self, name: &str) -> Thing {
        self.pressable(|n| n.starts_with(name))
            .unwrap_or_else(|| panic!("nothing begins “{name}” among:\n{}", self.everything()))
    }

    /// The row of a label in the codebook; the list is scrolled until it shows.
    #[track_caller]
    pub fn label_row(&mut self, label: &str) -> Thing {
        let name = format!("Label {label}, ");
        let mut last = String::new();
        for turn in 0..60 {
            let rows = self.things(|t| t.name.starts_with("Label ") && t.role == Role::Button);
            // A row of which a part is cut off by the list's edge can't be pressed in the middle for sure.
            let heading = self.things(|t| t.name == "CODEBOOK")[0].rect.bottom();
            let ends = format!("{rows:?}") == last;
            let whole = |i: usize| {
                ends || (i + 1 < rows.len() && (i > 0 || rows[0].rect.top() > heading - 2.0))
            };
            let found = (rows.iter().enumerate())
                .find(|(i, t)| whole(*i) && t.name.starts_with(&name))
                .map(|(_, t)| t);
            if let Some(row) = found {
                return row.clone();
            }
            let at = rows[rows.len() / 2].rect.center();
            let up = turn < 30;
            last = format!("{rows:?}");
            self.wheel(at, if up { -150.0 } else { 150.0 });
        }
        panic!("no row is called {name} among:\n{}", self.everything());
    }

    /// The selection in the text, as screen readers are told.
    pub fn told_selection(&self) -> Option<String> {
        let mut all = self.harness.root().children_recursive();
        let document = all.find(|n| n.accesskit_node().role() == Role::Document)?;
        let told = document.accesskit_node().text_selection()?.text();
        Some(told).filter(|t| !t.is_empty())
    }

    /// The texts of the things of a role, as screen readers put them together.
    pub fn told_texts(&self, role: Role) -> Vec<String> {
        let all = self.harness.root().children_recursive();
        let those = all.filter(|n| n.accesskit_node().role() == role);
        let text = |n: egui_kittest::Node<'_>| {
            let runs = n.children_recursive();
            runs.filter_map(|r| r.accesskit_node().value()).collect()
        };
        those.map(text).collect()
    }

    pub fn theme(&self) -> Theme {
        self.harness.ctx.theme()
    }

    /// The window as it looks.
    pub fn picture(&mut self) -> Picture {
        let output = self.harness.output();
        let ctx = &self.harness.ctx;
        let meshes = ctx.tessellate(output.shapes.clone(), ctx.pixels_per_point());
        let size = ctx.content_rect().size() * ctx.pixels_per_point();
        self.canvas
            .borrow()
            .paint(&meshes, size, ctx.pixels_per_point())
    }
}

#[track_caller]
pub(super) fn only<'a>(things: &'a [Thing], name: &str) -> &'a Thing {
    assert_eq!(things.len(), 1, "things called {name}: {things:?}");
    &things[0]
}
