//! Finding in a reading and in all, tagging what was found, and suggestions from cues.

use egui::{Key, accesskit::Role};
use glossator::{app::View, model::Label};

use crate::{
    desk::{ALT, CTRL, CTRL_SHIFT, Desk, Home, SHIFT},
    tagging::{NEITHER, price},
};

const FIELD: &str = "Find in this reading";
const ALL: &str = "Find in all readings";

impl Desk {
    /// Waits for searches, too.
    #[track_caller]
    fn look_for(&mut self, text: &str) {
        self.type_keys(text);
        self.settle();
    }

    /// The value of a field.
    #[track_caller]
    fn field(&self, name: &str) -> (String, bool) {
        let fields = self.things(|t| t.role == Role::TextInput && t.name == name);
        assert_eq!(fields.len(), 1, "{}", self.everything());
        (fields[0].value.clone(), fields[0].focused)
    }

    /// The hits or suggestions that are listed, as they are spoken.
    fn listed(&self) -> Vec<String> {
        let rows = self.things(|t| t.role == Role::ListItem);
        rows.into_iter().map(|t| t.name).collect()
    }

    /// How many hits there are in the list.
    #[track_caller]
    fn total(&self) -> usize {
        let lists = self.things(|t| t.role == Role::List && t.name.starts_with("Hits: "));
        lists[0].name["Hits: ".len()..].parse().unwrap()
    }

    /// How many highlights there are in all readings.
    fn all_highlights(&self) -> usize {
        self.project().highlights().count()
    }
}

#[test]
fn the_bar_finds_as_one_types_and_steps_around() {
    let home = Home::new();
    let mut desk = price(&home);
    desk.key_with(CTRL, Key::F);
    assert_eq!(desk.field(FIELD), (String::new(), true));
    desk.look_for("pledge");
    let total = desk.text().to_lowercase().matches("pledge").count();
    assert!(total > 2);
    desk.must_say(&format!("1 of {total}"));
    desk.key(Key::Enter);
    desk.must_say(&format!("2 of {total}"));
    desk.key_with(SHIFT, Key::Enter);
    desk.key_with(SHIFT, Key::F3);
    desk.must_say(&format!("{total} of {total}"));
    desk.key(Key::F3);
    desk.must_say(&format!("1 of {total}"));
    // More letters, fewer hits; none is told too.
    desk.look_for("xyz");
    desk.must_say("No hits");
    desk.key(Key::Escape);
    assert!(!desk.says(FIELD));
}

#[test]
fn esc_gives_the_hit_to_the_reader() {
    let home = Home::new();
    let mut desk = price(&home);
    desk.key_with(CTRL, Key::F);
    desk.look_for("brief argues");
    desk.key(Key::Escape);
    assert_eq!(desk.selected(), Some("brief argues"));
    desk.type_keys("4");
    assert_eq!(desk.focused_passage(), ("brief argues", vec!["Entrapment"]));
}

#[test]
fn what_is_selected_is_offered() {
    let home = Home::new();
    let mut desk = price(&home);
    desk.select("argues that they");
    desk.key_with(CTRL, Key::F);
    desk.settle();
    assert_eq!(desk.field(FIELD), ("argues that they".to_owned(), true));
    desk.must_say("1 of 1");
    // It is selected in the field: typing puts another in its place.
    desk.look_for("scarce");
    assert_eq!(desk.field(FIELD).0, "scarce");
}

#[test]
fn toggles_say_how_a_pattern_is_meant() {
    let home = Home::new();
    let mut desk = price(&home);
    desk.key_with(CTRL, Key::F);
    desk.look_for("PLEDGE");
    assert!(!desk.says("No hits"));
    desk.key_with(ALT, Key::C);
    desk.settle();
    assert!(desk.must_find("Match case").chosen);
    desk.must_say("No hits");
    desk.press("Match case");
    desk.settle();
    assert!(!desk.says("No hits"));
    desk.key_with(CTRL, Key::F);
    desk.key_with(ALT, Key::W);
    desk.settle();
    assert!(desk.must_find("Whole words").chosen);
    desk.key_with(ALT, Key::R);
    desk.settle();
    assert!(!desk.must_find("Whole words").chosen);
    assert!(desk.must_find("Regular expression").chosen);
}

#[test]
fn a_faulty_expression_is_told_and_the_hits_stay() {
    let home = Home::new();
    let mut desk = price(&home);
    desk.key_with(CTRL_SHIFT, Key::F);
    desk.key_with(ALT, Key::R);
    desk.look_for("pledg(e|es)");
    let before = desk.listed();
    assert!(!before.is_empty());
    desk.look_for("(");
    assert_eq!(desk.listed(), before);
    let told = desk.things(|t| t.role == Role::Label && t.name.contains("closes"));
    assert!(!told.is_empty(), "{}", desk.everything());
}

#[test]
fn all_readings_are_looked_through_and_hits_stepped_through() {
    let home = Home::new();
    let mut desk = price(&home);
    desk.press("Find in all readings");
    assert_eq!(desk.field(ALL), (String::new(), true));
    desk.look_for("allianc*");
    let total = desk.total();
    assert!(total > 1);
    desk.must_say(" of 6 readings");
    assert!(
        !desk
            .things(|t| t.name.starts_with("Tick all of "))
            .is_empty()
    );
    // Down goes into the list and shows the hit in the reader, which does not get the keyboard.
    desk.key(Key::ArrowDown);
    desk.settle();
    let first = desk.session().reading.clone();
    for _ in 1..total {
        desk.key(Key::ArrowDown);
    }
    assert_ne!(desk.session().reading, first);
    assert_eq!(desk.selected(), None);
    // The list has the keyboard; screen readers are told of the hit that one is at.
    let at = desk.things(|t| t.role == Role::ListItem && t.focused);
    assert_eq!(at.len(), 1, "{}", desk.everything());
    // Up from the first one leads back into the field.
    desk.key(Key::Home);
    assert_eq!(desk.session().reading, first);
    desk.key(Key::ArrowUp);
    assert!(desk.field(ALL).1);
    desk.key(Key::ArrowDown);
    desk.key(Key::Enter);
    let selected = desk.selected().unwrap().to_lowercase();
    assert!(selected.starts_with("alliance"), "{selected}");
    // The reader has the keyboard; Esc drops the selection, then closes the list.
    desk.key(Key::Escape);
    assert!(desk.says("Hits: "));
    desk.key(Key::Escape);
    assert!(!desk.says("Hits: "));
}

#[test]
fn ticked_hits_are_tagged_as_sentences_with_one_undo() {
    let home = Home::new();
    let mut desk = price(&home);
    let before = desk.all_highlights();
    desk.key_with(CTRL_SHIFT, Key::F);
    desk.look_for("neither is scarce");
    desk.key(Key::ArrowDown);
    desk.key(Key::Space);
    desk.must_say("Tag 1 hit…");
    desk.press("Tag 1 hit…");
    desk.type_keys("hedg");
    desk.key(Key::Enter);
    assert_eq!(desk.all_highlights(), before + 1);
    assert_eq!(
        desk.notice(),
        "1 passage tagged with “Hedging”. Ctrl+Z takes it back."
    );
    let passages: Vec<_> = desk
        .project()
        .highlights()
        .filter(|h| h.coder.as_str() == "SN")
        .collect();
    assert_eq!(desk.project().passage(passages[0]), Some(NEITHER));
    // The list has the keyboard again; what is tagged already is told.
    desk.key_with(CTRL, Key::Enter);
    desk.type_keys("hedg");
    desk.key(Key::Enter);
    assert_eq!(
        desk.notice(),
        "Nothing to tag with “Hedging”. One had it already."
    );
    desk.key_with(CTRL, Key::Z);
    assert_eq!(desk.all_highlights(), before);
}

#[test]
fn all_hits_are_tagged_at_once_and_undone_at_once() {
    let home = Home::new();
    let mut desk = price(&home);
    let before = desk.all_highlights();
    desk.key_with(CTRL_SHIFT, Key::F);
    desk.look_for("alliance");
    desk.key(Key::ArrowDown);
    desk.press("Tick all");
    desk.press("Tag as");
    desk.press("the hit");
    let total = desk.total();
    assert!(total > 3, "{total}");
    desk.press(&format!("Tag {total} hits…"));
    desk.type_keys("brandnew");
    desk.key_with(CTRL, Key::Enter);
    let label = desk.project().label_named("brandnew").unwrap().id.clone();
    let tagged = desk
        .project()
        .highlights()
        .filter(|h| h.labels.contains(&label))
        .count();
    assert_eq!(tagged, total);
    assert!(
        desk.notice()
            .starts_with(&format!("{total} passages tagged"))
    );
    // Coded hits say so.
    assert!(desk.listed()[0].contains("brandnew"), "{:?}", desk.listed());
    desk.key_with(CTRL, Key::Z);
    assert_eq!(desk.all_highlights(), before);
    assert!(desk.project().label_named("brandnew").is_none());
}

#[test]
fn digits_and_names_tag_in_the_list() {
    let home = Home::new();
    let mut desk = price(&home);
    let before = desk.all_highlights();
    desk.key_with(CTRL_SHIFT, Key::F);
    desk.look_for("neither is scarce");
    desk.key(Key::ArrowDown);
    desk.type_keys("4");
    assert_eq!(desk.all_highlights(), before + 1);
    assert!(desk.listed()[0].contains("coded Entrapment"));
    desk.type_keys("hedg");
    assert_eq!(desk.field("Label to tag with").0, "hedg");
    desk.key(Key::Enter);
    assert!(desk.listed()[0].contains("coded Entrapment, Hedging"));
    // A whole reading is ticked by Shift+Space or its heading.
    desk.key_with(SHIFT, Key::Space);
    desk.must_say("Tag 1 hit…");
    let head = desk.beginning("Tick all of ").name;
    desk.press(&head);
    desk.must_say("Tag this hit…");
}

#[test]
fn the_bar_tags_all_paragraphs() {
    let home = Home::new();
    let mut desk = price(&home);
    let before = desk.count();
    desk.key_with(CTRL, Key::F);
    desk.look_for("pledge");
    desk.press("Tag…");
    desk.press("The paragraphs of all hits");
    desk.type_keys("hedg");
    desk.key(Key::Enter);
    let text = desk.text().to_owned();
    let paragraphs = text
        .lines()
        .filter(|l| l.to_lowercase().contains("pledge"))
        .count();
    assert_eq!(desk.count(), before + paragraphs);
    // The field has the keyboard again.
    assert!(desk.field(FIELD).1);
    desk.key(Key::Escape);
    desk.key_with(CTRL, Key::Z);
    assert_eq!(desk.count(), before);
}

#[test]
fn chinese_is_found() {
    let home = Home::new();
    let folder = home.project("Poles");
    let file = home.file(
        "poles.txt",
        "国际格局正在改变。世界多极化不可逆转。\n\n多极化是趋势。\n",
    );
    let mut desk = home.start(Some(&folder), crate::desk::USUAL);
    desk.drop_files(&[file]);
    desk.press("Close");
    desk.key_with(CTRL_SHIFT, Key::F);
    desk.look_for("多极化");
    assert_eq!(desk.listed().len(), 2, "{}", desk.everything());
    desk.must_say("2 hits in 1 of 1 reading");
}

#[test]
fn patterns_are_remembered() {
    let home = Home::new();
    let mut desk = price(&home);
    desk.key_with(CTRL, Key::F);
    desk.look_for("pledge");
    desk.key(Key::Escape);
    desk.key_with(CTRL_SHIFT, Key::F);
    desk.press("pledge");
    desk.settle();
    assert_eq!(desk.field(ALL), ("pledge".to_owned(), true));
    desk.must_say(" hits in ");
}

#[test]
fn the_list_works_beside_the_other_views() {
    let home = Home::new();
    let mut desk = price(&home);
    desk.press("Excerpts");
    desk.key_with(CTRL_SHIFT, Key::F);
    desk.look_for("neither is scarce");
    assert_eq!(desk.session().view, View::Excerpts);
    desk.key(Key::ArrowDown);
    desk.key(Key::Enter);
    assert_eq!(desk.session().view, View::Read);
    assert_eq!(desk.selected(), Some("Neither is scarce"));
}

// --- suggestions ----------------------------------------------------------------------------------------------------

/// A project with two readings and a label with a cue.
fn coded(home: &Home) -> std::path::PathBuf {
    let id = glossator::model::LabelId::new("fear").unwrap();
    let color = glossator::model::PALETTE[0];
    let fear = Label {
        cues: vec!["fear*".to_owned(), "dread".to_owned()],
        ..Label::new(id, "Fear", color)
    };
    let plain = glossator::model::LabelId::new("plain").unwrap();
    let plain = Label::new(plain, "Plain", color);
    home.project_with("Fears", vec![fear, plain])
}

const ONE: &str = "They feared the coast.";
const TWO: &str = "Fear and dread made them sign.";
const THREE: &str = "Others had no fear at all.";

fn suggesting(home: &Home) -> Desk {
    let folder = coded(home);
    let a = home.file(
        "a.txt",
        format!("A beginning. {ONE} An end.\n\nNothing here.\n"),
    );
    let b = home.file("b.txt", format!("{TWO} It was long ago.\n\n{THREE}\n"));
    let mut desk = home.start(Some(&folder), crate::desk::USUAL);
    desk.drop_files(&[a, b]);
    desk.press("Close");
    desk.key_with(CTRL_SHIFT, Key::S);
    desk.type_keys("fear");
    assert!(desk.must_find("Suggest for Fear").chosen);
    desk.key(Key::Enter);
    desk.settle();
    desk
}

#[test]
fn suggestions_are_accepted_rejected_skipped_and_undone() {
    let home = Home::new();
    let mut desk = suggesting(&home);
    desk.must_say("1 of 3");
    assert_eq!(desk.listed().len(), 3);
    // The best comes first: it has both cues.
    assert!(desk.listed()[0].contains(TWO), "{:?}", desk.listed());
    desk.must_say("It was long ago.");
    desk.key(Key::Enter);
    desk.settle();
    assert_eq!(desk.all_highlights(), 1);
    desk.must_say("2 of 3 · 1 tagged");
    desk.key(Key::Space);
    desk.settle();
    desk.must_say("3 of 3 · 1 tagged");
    desk.key(Key::Delete);
    desk.settle();
    // Back to the one that was skipped.
    desk.must_say("2 of 3 · 1 tagged · 1 rejected");
    assert!(
        desk.listed()[2].starts_with("rejected"),
        "{:?}",
        desk.listed()
    );
    desk.key_with(CTRL, Key::Z);
    desk.settle();
    desk.must_say("3 of 3 · 1 tagged");
    assert!(!desk.says("rejected"));
    desk.key_with(CTRL, Key::Z);
    desk.settle();
    desk.must_say("1 of 3");
    assert_eq!(desk.all_highlights(), 0);
    desk.key(Key::ArrowDown);
    desk.key(Key::ArrowUp);
    desk.key_with(SHIFT, Key::Enter);
    desk.settle();
    let h = desk.project().highlights().next().unwrap();
    let both = format!("{TWO} It was long ago.");
    assert_eq!(desk.project().passage(h), Some(both.as_str()));
    desk.press("Text order");
    desk.settle();
    assert!(desk.listed()[0].contains(ONE), "{:?}", desk.listed());
    desk.key(Key::Escape);
    assert!(!desk.says("SUGGESTIONS"));
}

#[test]
fn what_was_rejected_stays_rejected_and_can_be_offered_again() {
    let home = Home::new();
    let folder = {
        let mut desk = suggesting(&home);
        desk.key(Key::Delete);
        desk.settle();
        desk.until_saved();
        let folder = desk.session().folder().to_owned();
        desk.close();
        folder
    };
    let mut desk = home.start(Some(&folder), crate::desk::USUAL);
    desk.key_with(CTRL_SHIFT, Key::S);
    desk.type_keys("fear");
    desk.key(Key::Enter);
    desk.settle();
    assert_eq!(desk.listed().len(), 2, "{}", desk.everything());
    desk.press("Show rejected (1)");
    desk.must_say("1 of 1 that you rejected");
    assert!(desk.listed()[0].contains(TWO));
    desk.key(Key::Enter);
    desk.settle();
    assert!(desk.listed().is_empty());
    desk.press("Back to the suggestions");
    desk.settle();
    assert_eq!(desk.listed().len(), 3);
}

#[test]
fn a_label_without_cues_says_where_to_add_them() {
    let home = Home::new();
    let mut desk = suggesting(&home);
    desk.key_with(CTRL_SHIFT, Key::S);
    desk.type_keys("plain");
    desk.key(Key::Enter);
    desk.settle();
    desk.must_say("has no cues yet");
    desk.press("Add cues…");
    desk.must_say("Cues, with commas between them");
}

#[test]
fn a_labels_menu_says_how_many_suggestions_there_are() {
    let home = Home::new();
    let mut desk = suggesting(&home);
    desk.key(Key::Escape);
    let row = desk.label_row("Fear").rect.center();
    desk.right_click(row);
    desk.settle();
    desk.press("Suggest passages… (3)");
    desk.settle();
    desk.must_say("1 of 3");
}
