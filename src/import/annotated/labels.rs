//! The labels of a file among those of a project.

use std::collections::{HashMap, HashSet};

use crate::{
    edit::Edit,
    export::ron::LabelRecord,
    model::{Label, LabelId, PALETTE, Project, unique_slug},
};

/// Finds the project's label for what a file calls one, and plans those that are missing.
pub(super) struct Labels<'a> {
    project: &'a Project,
    /// The file's ids.
    by_id: HashMap<String, LabelId>,
    /// The names in project and file, in lower case.
    by_name: HashMap<String, LabelId>,
    /// The labels to add, in the order of the file.
    new: Vec<Label>,
    /// The project's labels in which something is filled in.
    filled: Vec<Label>,
    taken: HashSet<String>,
}

impl<'a> Labels<'a> {
    pub fn plan(project: &'a Project, records: &[LabelRecord], remarks: &mut Vec<String>) -> Self {
        let mut labels = Self {
            project,
            by_id: HashMap::new(),
            by_name: project
                .labels()
                .map(|l| (folded(&l.name), l.id.clone()))
                .collect(),
            new: Vec::new(),
            filled: Vec::new(),
            taken: project
                .labels()
                .map(|l| l.id.as_str().to_lowercase())
                .collect(),
        };
        let matched: Vec<(LabelId, &LabelRecord)> = records
            .iter()
            .filter_map(|record| Some((labels.match_record(record, remarks)?, record)))
            .collect();
        for (id, record) in matched {
            labels.link(&id, record, remarks);
        }
        labels.cut_circles(remarks);
        labels
    }

    /// Finds or makes the label of a record. `None` when the file has said it before or says nothing.
    fn match_record(&mut self, record: &LabelRecord, remarks: &mut Vec<String>) -> Option<LabelId> {
        let name = match record.name.trim() {
            "" => record.id.trim(),
            name => name,
        };
        if name.is_empty() {
            remarks.push("A label without id and name was left out".to_owned());
            return None;
        }
        if !record.id.is_empty() && self.by_id.contains_key(&record.id) {
            remarks.push(format!(
                "The id “{}” stands for two labels; “{name}”, the second, was left out",
                record.id
            ));
            return None;
        }
        let old = LabelId::new(&record.id)
            .ok()
            .filter(|id| self.project.label(id).is_some());
        let id = match old.or_else(|| self.by_name.get(&folded(name)).cloned()) {
            Some(id) => {
                if self.new.iter().any(|l| l.id == id) {
                    remarks.push(format!(
                        "Label “{name}” is in the file twice; what was said first stands"
                    ));
                }
                id
            }
            None => self.add(name, record, remarks)?,
        };
        if !record.id.is_empty() {
            self.by_id.insert(record.id.clone(), id.clone());
        }
        self.by_name
            .entry(folded(name))
            .or_insert_with(|| id.clone());
        Some(id)
    }

    fn add(
        &mut self,
        name: &str,
        record: &LabelRecord,
        remarks: &mut Vec<String>,
    ) -> Option<LabelId> {
        let id = self.free_id(&record.id, name)?;
        let n = self.project.labels().count() + self.new.len();
        let mut label = Label::new(id.clone(), name, PALETTE[n % PALETTE.len()]);
        match record.color.as_deref().map(str::parse) {
            Some(Ok(color)) => label.color = color,
            Some(Err(_)) => remarks.push(format!(
                "The colour of label “{name}” is not like #2F6DB5; it got another"
            )),
            None => {}
        }
        label.definition.clone_from(&record.definition);
        label.when.clone_from(&record.when);
        label.when_not.clone_from(&record.when_not);
        label.source.clone_from(&record.source);
        label.cues.clone_from(&record.cues);
        label.position = record
            .position
            .filter(|p| p.is_finite())
            .unwrap_or(n as f64);
        label.digit = record
            .digit
            .filter(|digit| self.is_free(*digit, name, remarks));
        self.new.push(label);
        Some(id)
    }

    /// `id` when it can be one and is free, else one made from the name (which always can be one).
    fn free_id(&mut self, id: &str, name: &str) -> Option<LabelId> {
        let is_taken = |id: &str| self.taken.contains(&id.to_lowercase());
        let own = LabelId::new(id).ok().filter(|id| !is_taken(id.as_str()));
        let id = own.or_else(|| LabelId::new(&unique_slug(name, is_taken)).ok())?;
        self.taken.insert(id.as_str().to_lowercase());
        Some(id)
    }

    fn is_free(&self, digit: u8, name: &str, remarks: &mut Vec<String>) -> bool {
        let mut all = self.project.labels().chain(&self.new);
        let taken = all.find(|l| l.digit == Some(digit));
        match taken {
            None if (1..=9).contains(&digit) => return true,
            None => remarks.push(format!(
                "Label “{name}” can't have the key {digit}: keys are 1 to 9"
            )),
            Some(other) => remarks.push(format!(
                "Label “{name}” has no key: {digit} belongs to “{}”",
                other.name
            )),
        }
        false
    }

    /// Sets parent and contrast, or fills in what the project leaves open.
    fn link(&mut self, id: &LabelId, record: &LabelRecord, remarks: &mut Vec<String>) {
        let parent = self.other(id, record.parent.as_deref(), "parent", remarks);
        let contrast = self.other(id, record.contrast.as_deref(), "contrast", remarks);
        if let Some(label) = self.new.iter_mut().find(|l| l.id == *id) {
            label.parent = label.parent.take().or(parent);
            label.contrast = label.contrast.take().or(contrast);
        } else if let Some(old) = self.project.label(id) {
            self.fill(old, record, contrast, remarks);
        }
    }

    fn other(
        &self,
        id: &LabelId,
        other: Option<&str>,
        what: &str,
        remarks: &mut Vec<String>,
    ) -> Option<LabelId> {
        let other = other.filter(|o| !o.trim().is_empty())?;
        let found = self.find(other).filter(|found| found != id);
        if found.is_none() {
            remarks.push(format!(
                "The {what} of label “{id}”, “{other}”, is not there or is itself; it got none"
            ));
        }
        found
    }

    fn fill(
        &mut self,
        old: &Label,
        record: &LabelRecord,
        contrast: Option<LabelId>,
        remarks: &mut Vec<String>,
    ) {
        let filled = self.filled.iter().position(|l| l.id == old.id);
        let mut new = filled.map_or_else(|| old.clone(), |i| self.filled.remove(i));
        let mut differs = false;
        let texts = [
            (&mut new.definition, &record.definition),
            (&mut new.when, &record.when),
            (&mut new.when_not, &record.when_not),
            (&mut new.source, &record.source),
        ];
        for (ours, theirs) in texts {
            if ours.trim().is_empty() {
                ours.clone_from(theirs);
            }
            differs |= ours != theirs && !theirs.trim().is_empty();
        }
        if new.cues.is_empty() {
            new.cues.clone_from(&record.cues);
        }
        new.contrast = new.contrast.take().or(contrast);
        differs |= !record.name.trim().is_empty() && folded(&record.name) != folded(&old.name);
        if differs {
            remarks.push(format!(
                "Label “{}” is said otherwise in the file; the project's words stay",
                old.name
            ));
        }
        if new != *old {
            self.filled.push(new);
        }
    }

    /// Takes the parent from every new label that would come to lie under itself.
    fn cut_circles(&mut self, remarks: &mut Vec<String>) {
        for i in 0..self.new.len() {
            if self.depth(i).is_none() {
                remarks.push(format!(
                    "Label “{}” would lie under itself; it has no parent now",
                    self.new[i].name
                ));
                self.new[i].parent = None;
            }
        }
    }

    /// How many new labels lie above the new label with this index; `None` when they go in a circle.
    fn depth(&self, index: usize) -> Option<usize> {
        let mut depth = 0;
        let mut above = self.new[index].parent.as_ref();
        while let Some(label) = above.and_then(|id| self.new.iter().find(|l| l.id == *id)) {
            depth += 1;
            if depth > self.new.len() {
                return None;
            }
            above = label.parent.as_ref();
        }
        Some(depth)
    }

    /// The label that a file means by an id or a name.
    pub fn find(&self, called: &str) -> Option<LabelId> {
        let own = || {
            LabelId::new(called)
                .ok()
                .filter(|id| self.project.label(id).is_some())
        };
        let found = self.by_id.get(called).cloned();
        found
            .or_else(own)
            .or_else(|| self.by_name.get(&folded(called)).cloned())
    }

    /// Like [`Self::find`]; makes a label when there is none.
    pub fn find_or_add(&mut self, called: &str, remarks: &mut Vec<String>) -> Option<LabelId> {
        let found = self.find(called);
        if found.is_some() || called.trim().is_empty() {
            return found;
        }
        let record = LabelRecord {
            id: called.to_owned(),
            ..LabelRecord::default()
        };
        remarks.push(format!(
            "Label “{called}” is on highlights but not in the file's list; it was added"
        ));
        self.match_record(&record, remarks)
    }

    /// The edits that add and fill in labels, and how many are added. Parents come before children, contrasts last, since they
    /// may go both ways.
    pub fn edits(self) -> (Vec<Edit>, usize) {
        let mut order: Vec<usize> = (0..self.new.len()).collect();
        order.sort_by_key(|&i| self.depth(i));
        let mut edits: Vec<Edit> = order
            .iter()
            .map(|&i| {
                Edit::AddLabel(Label {
                    contrast: None,
                    ..self.new[i].clone()
                })
            })
            .collect();
        let count = edits.len();
        let contrasted = self.new.into_iter().filter(|l| l.contrast.is_some());
        edits.extend(contrasted.chain(self.filled).map(Edit::ChangeLabel));
        (edits, count)
    }
}

fn folded(name: &str) -> String {
    name.trim().to_lowercase()
}
