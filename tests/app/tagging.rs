//! Selecting and tagging by keyboard.

use egui::{Key, accesskit::Role};
use glossator::model::Stance;

use crate::desk::{ALT, CTRL, CTRL_SHIFT, Desk, Home, SHIFT};

/// The sample's reading with the most overlaps.
pub const PRICE: &str = "The Price of a Promise";
/// Its third sentence, which MK and nobody else has tagged as a whole.
pub const BRIEF: &str = "This brief argues that they will not, because a pledge would cost each of them more than it would bring.";
/// A sentence without highlights.
pub const NEITHER: &str = "Neither is scarce here.";

/// The sample with that reading open.
pub fn price(home: &Home) -> Desk {
    let mut desk = home.sample();
    desk.open_reading(PRICE);
    desk
}

impl Desk {
    /// Selects a quote of the reading that shows.
    #[track_caller]
    pub fn select(&mut self, quote: &str) {
        let span = self.find(quote);
        let session = self.app_mut().session_mut().unwrap();
        session.reader.set_focus(None);
        session.reader.select(span);
        self.rest();
        assert_eq!(self.selected(), Some(quote));
    }

    /// Selects a quote and tags it with the label of a digit.
    #[track_caller]
    pub fn tag(&mut self, quote: &str, digit: &str) {
        self.select(quote);
        self.type_keys(digit);
        assert_eq!(self.focused_passage().0, quote, "{}", self.notice());
    }
}

#[test]
fn a_sentence_chosen_by_arrows_is_tagged_by_a_digit() {
    let home = Home::new();
    let mut desk = price(&home);
    let before = desk.count();
    desk.key(Key::ArrowDown);
    assert_eq!(desk.selected(), Some("Summary"));
    desk.key(Key::ArrowDown);
    desk.key(Key::ArrowDown);
    assert_eq!(desk.selected(), Some(BRIEF));
    desk.key(Key::ArrowUp);
    desk.key_with(SHIFT, Key::ArrowDown);
    let two = desk.selected().unwrap().to_owned();
    assert!(two.starts_with("China and Russia may ally") && two.ends_with(BRIEF));
    desk.must_say("¶2 · ");
    desk.type_keys("4");
    assert_eq!(desk.count(), before + 1);
    assert_eq!(desk.focused_passage(), (two.as_str(), vec!["Entrapment"]));
    assert_eq!(desk.focused().coder.as_str(), "SN");
    assert_eq!(desk.selected(), None);
    desk.must_say("Take off Entrapment");
}

#[test]
fn undo_and_redo_take_an_edit_back_and_bring_it_again() {
    let home = Home::new();
    let mut desk = price(&home);
    let before = desk.count();
    assert!(!desk.must_find("Undo").enabled && !desk.must_find("Redo").enabled);
    desk.tag(NEITHER, "4");
    desk.type_keys("5");
    assert_eq!(desk.focused().labels.len(), 2);
    desk.key_with(CTRL, Key::Z);
    assert_eq!(desk.focused_passage().1, ["Entrapment"]);
    desk.key_with(CTRL, Key::Z);
    assert_eq!(desk.count(), before);
    assert!(desk.session().focused().is_none());
    assert!(
        desk.notice().starts_with("Undone: Tag “Neither"),
        "{}",
        desk.notice()
    );
    desk.key_with(CTRL_SHIFT, Key::Z);
    assert_eq!(desk.count(), before + 1);
    desk.press("Redo");
    desk.key_with(ALT, Key::ArrowDown);
    let h = desk.session().shelf().unwrap().highlights.iter();
    let ours: Vec<_> = h.filter(|h| h.coder.as_str() == "SN").collect();
    assert_eq!(ours[0].labels.len(), 2);
    assert!(!desk.must_find("Redo").enabled);
    desk.press("Undo");
    desk.press("Undo");
    assert_eq!(desk.count(), before);
    assert!(!desk.must_find("Undo").enabled);
}

#[test]
fn typing_a_name_opens_the_picker_and_enter_tags() {
    let home = Home::new();
    let mut desk = price(&home);
    desk.select(NEITHER);
    desk.type_keys("hedg");
    let field = desk.things(|t| t.name == "Label to tag with");
    assert_eq!((field[0].value.as_str(), field[0].focused), ("hedg", true));
    assert!(desk.must_find("Tag with Hedging").chosen);
    desk.key(Key::Enter);
    assert_eq!(desk.focused_passage(), (NEITHER, vec!["Hedging"]));
    assert!(!desk.says("Label to tag with"));
    // The reader has the keyboard again.
    desk.type_keys("5");
    assert_eq!(desk.focused_passage().1, ["Hedging", "Abandonment"]);
}

#[test]
fn the_picker_is_walked_by_arrows_and_pressed_by_mouse() {
    let home = Home::new();
    let mut desk = price(&home);
    desk.select(NEITHER);
    desk.key(Key::Enter);
    let offers = |desk: &Desk| desk.things(|t| t.name.starts_with("Tag with "));
    let all = offers(&desk);
    assert!(all[0].chosen);
    desk.key(Key::ArrowDown);
    desk.key(Key::ArrowDown);
    desk.key(Key::ArrowUp);
    assert!(offers(&desk)[1].chosen && !offers(&desk)[0].chosen);
    desk.key(Key::Escape);
    assert!(offers(&desk).is_empty());
    assert_eq!(desk.selected(), Some(NEITHER));
    desk.key(Key::Enter);
    desk.fill("Label to tag with", "military");
    let first = offers(&desk)[0].clone();
    assert!(
        first.name.ends_with("Military-political alliance"),
        "{}",
        first.name
    );
    desk.click(first.rect.center());
    assert_eq!(desk.focused_passage().1, ["Military-political alliance"]);
}

#[test]
fn shift_enter_tags_and_starts_a_note() {
    let home = Home::new();
    let mut desk = price(&home);
    desk.select(NEITHER);
    desk.type_keys("aband");
    desk.key_with(SHIFT, Key::Enter);
    assert_eq!(desk.focused_passage(), (NEITHER, vec!["Abandonment"]));
    desk.type_keys("so it says");
    let note = desk.things(|t| t.role == Role::MultilineTextInput && t.name == "Note");
    assert_eq!(
        (note[0].value.as_str(), note[0].focused),
        ("so it says", true)
    );
    desk.key(Key::Escape);
    assert_eq!(desk.focused().note, "so it says");
    // Digits go to the reader again.
    desk.type_keys("4");
    assert_eq!(desk.focused_passage().1, ["Abandonment", "Entrapment"]);
    assert_eq!(desk.focused().note, "so it says");
}

#[test]
fn ctrl_enter_makes_a_label_of_what_was_typed() {
    let home = Home::new();
    let mut desk = price(&home);
    let (labels, highlights) = (desk.project().labels().count(), desk.count());
    desk.select(NEITHER);
    desk.type_keys("tru");
    desk.key_with(CTRL, Key::Enter);
    assert_eq!(desk.focused_passage(), (NEITHER, vec!["tru"]));
    assert_eq!(desk.project().labels().count(), labels + 1);
    desk.label_row("tru");
    // One thing was done, so one undo takes it back.
    desk.key_with(CTRL, Key::Z);
    assert_eq!(desk.count(), highlights);
    assert_eq!(desk.project().labels().count(), labels);
}

#[test]
fn a_name_that_no_label_has_makes_one_by_enter_alone() {
    let home = Home::new();
    let mut desk = price(&home);
    desk.select(NEITHER);
    desk.type_keys("zzq thing");
    desk.must_say("Enter: new label “zzq thing”");
    desk.key(Key::Enter);
    assert_eq!(desk.focused_passage().1, ["zzq thing"]);
}

#[test]
fn ctrl_enter_with_the_name_of_a_label_takes_that_label() {
    let home = Home::new();
    let mut desk = price(&home);
    let labels = desk.project().labels().count();
    desk.select(NEITHER);
    desk.type_keys("entrapment");
    desk.key_with(CTRL, Key::Enter);
    assert_eq!(desk.focused_passage(), (NEITHER, vec!["Entrapment"]));
    assert_eq!(desk.project().labels().count(), labels);
}

#[test]
fn a_stance_is_set_by_its_button_and_cleared_by_the_same() {
    let home = Home::new();
    let mut desk = price(&home);
    desk.tag(NEITHER, "4");
    desk.press("contests");
    assert_eq!(desk.focused().stance, Some(Stance::Contests));
    assert!(desk.must_find("contests").chosen);
    desk.press("supports");
    assert_eq!(desk.focused().stance, Some(Stance::Supports));
    desk.press("supports");
    assert_eq!(desk.focused().stance, None);
    desk.key_with(CTRL, Key::Z);
    assert_eq!(desk.focused().stance, Some(Stance::Supports));
}

#[test]
fn delete_takes_the_highlight_in_focus_away() {
    let home = Home::new();
    let mut desk = price(&home);
    let before = desk.count();
    desk.tag(NEITHER, "4");
    desk.type_keys("5");
    desk.key(Key::Delete);
    assert_eq!(desk.count(), before);
    assert!(desk.session().focused().is_none());
    desk.key_with(CTRL, Key::Z);
    assert_eq!(desk.count(), before + 1);
    // A colleague's is not taken away.
    desk.key(Key::Home);
    desk.key_with(ALT, Key::ArrowDown);
    assert_eq!(desk.focused().coder.as_str(), "MK");
    desk.key(Key::Backspace);
    assert_eq!(desk.count(), before + 1);
    assert!(
        desk.notice().starts_with("That is MK’s highlight."),
        "{}",
        desk.notice()
    );
    let ours = desk.beginning("Entrapment, Abandonment: “Neither").rect;
    desk.click(ours.center());
    desk.key(Key::Backspace);
    assert_eq!(desk.count(), before);
}

#[test]
fn no_key_is_lost_when_all_of_them_come_in_one_frame() {
    let home = Home::new();
    let mut desk = price(&home);
    desk.select(NEITHER);
    desk.type_at_once("hedg", Key::Enter);
    assert_eq!(desk.focused_passage(), (NEITHER, vec!["Hedging"]));
}

#[test]
fn several_labels_lie_on_one_passage() {
    let home = Home::new();
    let mut desk = price(&home);
    let before = desk.count();
    desk.tag(NEITHER, "4");
    // The same passage selected anew is the same highlight.
    desk.tag(NEITHER, "5");
    desk.type_keys("hedging");
    desk.key(Key::Enter);
    assert_eq!(desk.count(), before + 1);
    assert_eq!(
        desk.focused_passage().1,
        ["Entrapment", "Abandonment", "Hedging"]
    );
    desk.must_say("Entrapment, Abandonment, Hedging: “Neither is scarce here.” (SN)");
    desk.press("Take off Abandonment");
    assert_eq!(desk.focused_passage().1, ["Entrapment", "Hedging"]);
    // The digit of a label that is there takes it off; with the last one the highlight goes.
    desk.type_keys("4");
    assert_eq!(desk.focused_passage().1, ["Hedging"]);
    desk.press("Take off Hedging");
    assert_eq!(desk.count(), before);
    desk.key_with(CTRL, Key::Z);
    assert_eq!(desk.count(), before + 1);
}

#[test]
fn the_same_passage_is_coded_by_two() {
    let home = Home::new();
    let mut desk = price(&home);
    let span = desk.find(BRIEF);
    desk.tag(BRIEF, "4");
    let here: Vec<_> = desk
        .session()
        .shelf()
        .unwrap()
        .highlights
        .overlapping(span)
        .collect();
    let coders: Vec<_> = here
        .iter()
        .filter(|h| h.span == span)
        .map(|h| h.coder.as_str())
        .collect();
    assert!(
        coders.contains(&"MK") && coders.contains(&"SN"),
        "{coders:?}"
    );
    desk.must_say("Formal pledge, Claim, contests: “This brief argues");
    desk.must_say("Entrapment: “This brief argues");
}

#[test]
fn brackets_nudge_the_ends_of_a_selection() {
    let home = Home::new();
    let mut desk = price(&home);
    desk.select(NEITHER);
    desk.key(Key::OpenBracket);
    assert_eq!(desk.selected(), Some("friend. Neither is scarce here."));
    desk.key_with(SHIFT, Key::OpenBracket);
    desk.key_with(SHIFT, Key::OpenBracket);
    assert_eq!(desk.selected(), Some("is scarce here."));
    desk.key_with(SHIFT, Key::CloseBracket);
    desk.key_with(SHIFT, Key::CloseBracket);
    assert_eq!(desk.selected(), Some("is scarce"));
    desk.key(Key::CloseBracket);
    assert_eq!(desk.selected(), Some("is scarce here"));
    // A keyboard sends these for Shift and a bracket.
    desk.key_with(SHIFT, Key::OpenCurlyBracket);
    desk.key_with(SHIFT, Key::CloseCurlyBracket);
    assert_eq!(desk.selected(), Some("scarce"));
}

#[test]
fn brackets_nudge_the_ends_of_the_highlight_in_focus() {
    let home = Home::new();
    let mut desk = price(&home);
    desk.tag(NEITHER, "4");
    desk.key(Key::CloseBracket);
    assert_eq!(desk.focused_passage().0, "Neither is scarce here. Each");
    desk.key_with(SHIFT, Key::OpenBracket);
    assert_eq!(desk.focused_passage().0, "is scarce here. Each");
    desk.key_with(CTRL, Key::Z);
    desk.key_with(CTRL, Key::Z);
    assert_eq!(desk.focused_passage().0, NEITHER);
}

#[test]
fn esc_backs_out_step_by_step() {
    let home = Home::new();
    let mut desk = price(&home);
    let row = desk.label_row("Entrapment").rect.center();
    desk.click(row);
    assert!(desk.session().only.is_some());
    desk.tag(NEITHER, "4");
    let span = desk.find(BRIEF);
    desk.app_mut().session_mut().unwrap().reader.select(span);
    desk.type_keys("he");
    assert!(desk.says("Label to tag with"));
    desk.key(Key::Escape);
    assert!(!desk.says("Label to tag with"));
    assert_eq!(desk.selected(), Some(BRIEF));
    desk.key(Key::Escape);
    assert_eq!(desk.selected(), None);
    assert!(desk.session().focused().is_some());
    desk.key(Key::Escape);
    assert!(desk.session().focused().is_none());
    assert!(desk.session().only.is_some());
    desk.key(Key::Escape);
    assert!(desk.session().only.is_none());
    desk.type_keys("4");
    assert!(!desk.notice().is_empty());
    desk.key(Key::Escape);
    assert_eq!(desk.notice(), "");
}

#[test]
fn without_a_passage_one_is_told_what_to_do_first() {
    let home = Home::new();
    let mut desk = price(&home);
    let before = desk.count();
    desk.type_keys("4");
    assert!(
        desk.notice().starts_with("Select a passage first"),
        "{}",
        desk.notice()
    );
    desk.pass(20.0);
    assert_eq!(desk.notice(), "");
    desk.type_keys("e");
    assert!(
        desk.notice().starts_with("Select a passage first"),
        "{}",
        desk.notice()
    );
    assert!(!desk.says("Label to tag with"));
    assert_eq!(desk.count(), before);
}

#[test]
fn a_passage_is_copied_with_its_citation() {
    let home = Home::new();
    let mut desk = price(&home);
    desk.select(NEITHER);
    desk.strike_once(CTRL_SHIFT, Key::C);
    assert_eq!(
        desk.copied().as_deref(),
        Some("“Neither is scarce here.” (Okoye and Santerre 2024, ¶4)")
    );
}

#[test]
fn highlights_are_walked_in_text_order() {
    let home = Home::new();
    let mut desk = price(&home);
    let mut starts = Vec::new();
    for _ in 0..6 {
        desk.key_with(ALT, Key::ArrowDown);
        starts.push(desk.focused().span.start);
    }
    assert!(starts.is_sorted() && starts[0] < starts[5], "{starts:?}");
    desk.key_with(ALT, Key::ArrowUp);
    assert!(desk.focused().span.start < starts[5]);
}

#[test]
fn a_colleagues_highlight_is_left_alone_and_tagging_it_makes_ones_own() {
    let home = Home::new();
    let mut desk = price(&home);
    let before = desk.count();
    desk.key_with(ALT, Key::ArrowDown);
    let theirs = desk.focused().clone();
    assert_ne!(theirs.coder.as_str(), "SN");
    desk.key(Key::Backspace);
    desk.must_say(&format!("That is {}’s highlight.", theirs.coder));
    desk.key(Key::CloseBracket);
    assert_eq!(desk.focused(), &theirs);
    desk.type_keys("9");
    let own = desk.focused().clone();
    assert_eq!((own.coder.as_str(), own.span), ("SN", theirs.span));
    assert_eq!(desk.count(), before + 1);
    let there = desk.project().highlight(&theirs.reading, theirs.id);
    assert_eq!(there.map(|h| &**h), Some(&theirs));
}
