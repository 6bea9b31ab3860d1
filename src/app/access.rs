//! Names that screen readers (and tests) know widgets by.

use egui::Response;

/// Names a field that has no label beside it. What else egui says of it stays.
pub fn name(response: &Response, name: &str) {
    (response.ctx).accesskit_node_builder(response.id, |node| node.set_label(name));
}

/// Gives a widget the text that it shows as a picture.
pub fn value(response: &Response, text: &str) {
    (response.ctx).accesskit_node_builder(response.id, |node| node.set_value(text));
}
