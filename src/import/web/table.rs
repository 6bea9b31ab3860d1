//! Tables that hold data, told from those that only arrange a page.

use std::collections::HashMap;

use dom_query::{NodeId, NodeRef};

use super::dom;

/// The longest cell of a table of data, in bytes: beyond, it is text in columns.
const CELL: usize = 800;

#[derive(Debug, Default)]
struct Shape {
    rows: usize,
    cells: usize,
    columns: usize,
    in_row: usize,
    longest: usize,
    in_cell: usize,
    heads: bool,
    arranges: bool,
}

impl Shape {
    fn end_row(&mut self) {
        self.columns = self.columns.max(self.in_row);
        self.in_row = 0;
    }

    fn end_cell(&mut self) {
        self.longest = self.longest.max(self.in_cell);
        self.in_cell = 0;
    }

    fn holds_data(mut self) -> bool {
        self.end_row();
        self.end_cell();
        let is_grid = self.rows > 1 && self.columns > 1 || self.heads && self.cells > 1;
        is_grid && !self.arranges && self.longest <= CELL
    }
}

/// The tables below `root` that hold data. One pass, however they nest.
pub fn of_data(root: NodeRef<'_>) -> Vec<NodeId> {
    let mut open: Vec<(NodeId, Shape)> = Vec::new();
    let mut done: HashMap<NodeId, Shape> = HashMap::new();
    // Depth first; a table is closed when a node comes that is not below it.
    let mut stack = vec![(root, 0usize)];
    while let Some((node, depth)) = stack.pop() {
        while open.len() > depth {
            done.extend(open.pop());
        }
        let mut below = depth;
        if node.is_text() {
            if let Some((_, shape)) = open.last_mut() {
                shape.in_cell += node.text().trim().len();
            }
        } else if let Some(element) = dom::element(&node) {
            let name = dom::name(&element);
            if name == "table" {
                if let Some((_, outer)) = open.last_mut() {
                    outer.arranges = true;
                }
                let plain = dom::has_word(&element, "role", &["presentation", "none"]);
                let shape = Shape {
                    arranges: plain,
                    ..Shape::default()
                };
                open.push((node.id, shape));
                below = open.len();
            } else if let Some((_, shape)) = open.last_mut() {
                match name {
                    "tr" => {
                        shape.end_row();
                        shape.rows += 1;
                    }
                    "td" | "th" => {
                        shape.end_cell();
                        shape.cells += 1;
                        shape.in_row += 1;
                        shape.heads |= name == "th";
                    }
                    "h1" | "h2" | "h3" | "blockquote" | "article" | "section" => {
                        shape.arranges = true;
                    }
                    _ => {}
                }
            }
        }
        stack.extend(node.children_it(true).map(|c| (c, below)));
    }
    done.extend(open);
    done.into_iter()
        .filter_map(|(id, shape)| shape.holds_data().then_some(id))
        .collect()
}
