//! Comparing: grids of tiles, theory against theory, along the text, words.

use egui::{Key, accesskit::Role};
use glossator::{
    app::{Command, View, action::Action},
    edit::Edit,
    model::{About, ClaimPlace, CoderId, LabelId, ReadingId, Stance},
};

use crate::desk::{ALT, CTRL, Desk, Home};

/// The sample in the view that compares.
fn compare(home: &Home) -> Desk {
    let mut desk = home.sample();
    desk.run(Action::ViewCompare);
    desk.settle();
    desk
}

/// The sample in a tab.
fn tab(home: &Home, name: &str) -> Desk {
    let mut desk = compare(home);
    go(&mut desk, name);
    desk
}

fn go(desk: &mut Desk, tab: &str) {
    desk.press(tab);
    desk.settle();
    desk.settle();
}

fn click(desk: &mut Desk, name: &str) {
    let at = desk.beginning(name).rect.center();
    desk.click(at);
    desk.settle();
}

fn label(id: &str) -> LabelId {
    LabelId::new(id).unwrap()
}

/// The number at the end of a tile's name; 0 for none.
fn count(desk: &Desk, tile: &str) -> usize {
    let name = desk.beginning(&format!("{tile}: ")).name;
    name.rsplit(": ")
        .next()
        .unwrap()
        .parse()
        .unwrap_or_default()
}

const THREAT: &str = "Balance of threat in Harcourt 2024";

#[test]
fn a_tile_says_how_many_and_shows_its_excerpts() {
    let home = Home::new();
    let mut desk = compare(&home);
    let n = count(&desk, THREAT);
    let shelves = desk.project().shelves();
    let harcourt = shelves
        .iter()
        .find(|s| s.reading.meta.citation() == "Harcourt 2024")
        .unwrap();
    let threat = label("balance-of-threat");
    let tagged = harcourt
        .highlights
        .iter()
        .filter(|h| h.labels.contains(&threat))
        .count();
    assert_eq!(n, tagged);
    assert!(n > 0);
    desk.must_say("Choose a tile");
    click(&mut desk, THREAT);
    desk.must_say("BALANCE OF THREAT IN HARCOURT 2024");
    let excerpts = desk.things(|t| t.name.starts_with("Open ¶"));
    assert!(!excerpts.is_empty() && excerpts.len() <= n);
    // One of them opens in the reader.
    desk.click(excerpts[0].rect.center());
    assert_eq!(desk.session().view, View::Read);
    assert_eq!(desk.session().came_from, Some(View::Compare));
    let focused = desk.focused();
    assert!(focused.labels.contains(&threat));
}

#[test]
fn the_keyboard_walks_from_tile_to_tile() {
    let home = Home::new();
    let mut desk = compare(&home);
    desk.focus(THREAT);
    desk.key(Key::ArrowDown);
    desk.settle();
    let now = |desk: &Desk| desk.things(|t| t.focused).pop().unwrap().name;
    assert!(
        now(&desk).starts_with("Aggregate power in Harcourt 2024"),
        "{}",
        now(&desk)
    );
    desk.key(Key::ArrowRight);
    assert!(now(&desk).starts_with("Aggregate power in Okoye"));
    desk.key(Key::End);
    assert!(now(&desk).starts_with("Aggregate power in Ferr"));
    desk.key(Key::Home);
    desk.key(Key::ArrowUp);
    desk.key(Key::Enter);
    desk.settle();
    assert_eq!(desk.session().view, View::Excerpts);
}

#[test]
fn parents_fold_and_unfold() {
    let home = Home::new();
    let mut desk = compare(&home);
    let alone = count(&desk, THREAT);
    desk.focus(THREAT);
    // Left of the first tile stands the heading of the row.
    desk.key(Key::ArrowLeft);
    let heading = desk.things(|t| t.focused).pop().unwrap();
    assert_eq!(heading.name, "Row Balance of threat, unfolded");
    desk.key(Key::ArrowLeft);
    desk.settle();
    desk.must_find("Row Balance of threat, folded");
    assert!(
        desk.pressable(|n| n.starts_with("Aggregate power in"))
            .is_none()
    );
    assert!(count(&desk, THREAT) > alone);
    desk.key(Key::ArrowRight);
    desk.settle();
    assert_eq!(count(&desk, THREAT), alone);
    desk.press("Fold all");
    desk.settle();
    assert!(
        desk.pressable(|n| n.starts_with("Internal balancing in"))
            .is_none()
    );
    desk.press("Unfold all");
    desk.settle();
    desk.beginning("Internal balancing in");
}

#[test]
fn rows_and_columns_are_moved_and_stay_there() {
    let home = Home::new();
    let mut desk = compare(&home);
    let top = |desk: &Desk, row: &str| desk.beginning(row).rect.top();
    assert!(top(&desk, "Row Balance of threat") < top(&desk, "Row Aggregate power"));
    desk.focus(THREAT);
    desk.key_with(ALT, Key::ArrowDown);
    desk.settle();
    assert!(top(&desk, "Row Balance of threat") > top(&desk, "Row Aggregate power"));
    // The cursor went along.
    assert!(
        desk.things(|t| t.focused)
            .pop()
            .unwrap()
            .name
            .starts_with(THREAT)
    );
    let left = |desk: &Desk, column: &str| desk.must_find(column).rect.left();
    desk.key_with(ALT, Key::ArrowRight);
    desk.settle();
    assert!(left(&desk, "Column Harcourt 2024") > left(&desk, "Column Okoye and Santerre 2024"));
    // A heading can be dragged, too.
    let from = desk.must_find("Column Weidmann 2022").rect.center();
    let to = desk
        .must_find("Column Okoye and Santerre 2024")
        .rect
        .center();
    desk.drag(from, to);
    desk.settle();
    assert!(left(&desk, "Column Weidmann 2022") < left(&desk, "Column Okoye and Santerre 2024"));
    desk.close();
    let mut desk = home.sample();
    desk.run(Action::ViewCompare);
    desk.settle();
    assert!(top(&desk, "Row Balance of threat") > top(&desk, "Row Aggregate power"));
    assert!(left(&desk, "Column Weidmann 2022") < left(&desk, "Column Okoye and Santerre 2024"));
}

#[test]
fn a_query_says_what_counts() {
    let home = Home::new();
    let mut desk = compare(&home);
    let all = count(&desk, THREAT);
    desk.fill("Only highlights that", "coder:AL");
    desk.settle();
    let some = count(&desk, THREAT);
    assert!(some < all, "{some} of {all}");
    desk.fill("Only highlights that", "coder:(");
    desk.settle();
    desk.must_say("Not understood");
    assert_eq!(
        count(&desk, THREAT),
        some,
        "the last that was understood holds"
    );
}

#[test]
fn labels_that_stand_together_open_their_pairs() {
    let home = Home::new();
    let mut desk = compare(&home);
    let chip = desk
        .pressable(|n| n.ends_with(" pairs") && n.contains(" with "))
        .unwrap();
    desk.click(chip.rect.center());
    desk.settle();
    desk.must_say(" ∩ ");
    assert!(!desk.things(|t| t.name.starts_with("Open ¶")).is_empty());
    go(&mut desk, "Labels × labels");
    let tile = desk.pressable(|n| n.starts_with("Balance of threat with ") && n.contains(" pair"));
    desk.click(tile.unwrap().rect.center());
    desk.settle();
    desk.must_say("BALANCE OF THREAT ∩ ");
    desk.press("Show all in Excerpts");
    desk.settle();
    assert_eq!(desk.session().view, View::Excerpts);
}

#[test]
fn esc_lets_go_of_what_is_chosen() {
    let home = Home::new();
    let mut desk = compare(&home);
    click(&mut desk, THREAT);
    assert!(desk.says("BALANCE OF THREAT IN HARCOURT 2024"));
    desk.key(Key::Escape);
    assert!(!desk.says("BALANCE OF THREAT IN HARCOURT 2024"));
    assert_eq!(desk.session().view, View::Compare);
}

#[test]
fn the_table_is_copied() {
    let home = Home::new();
    let mut desk = compare(&home);
    desk.press("Save or copy");
    let at = desk.must_find("Copy table").rect.center();
    let copied = desk.click_and_copy(at);
    let mut lines = copied.lines();
    assert!(lines.next().unwrap().contains("Harcourt 2024"));
    assert!(copied.lines().any(|l| l.contains("Balance of threat\t")));
}

// --- theory against theory ------------------------------------------------------------------------------------------

const THEORY: &str = "Theory against theory";

fn place(stance: Option<Stance>) -> ClaimPlace {
    ClaimPlace {
        label: label("asymmetry"),
        reading: ReadingId::new("the-case-for-a-pact").unwrap(),
        stance,
    }
}

fn claim_of(desk: &Desk, coder: &str, stance: Option<Stance>) -> Option<String> {
    let notebook = desk
        .project()
        .notebooks()
        .get(&CoderId::new(coder).unwrap())?;
    notebook
        .get(&About::Claim(place(stance)))
        .map(str::to_owned)
}

#[test]
fn readings_stand_against_stances_with_their_quotes() {
    let home = Home::new();
    let mut desk = tab(&home, THEORY);
    // It begins with the theory of which most was said.
    desk.must_say("Asymmetry");
    let quote = desk.beginning("Contests: “Yet inequality may be mortar");
    desk.click(quote.rect.center());
    assert_eq!(desk.session().view, View::Read);
    assert_eq!(desk.focused().stance, Some(Stance::Contests));
}

#[test]
fn a_claim_is_typed_in_place_and_kept() {
    let home = Home::new();
    let mut desk = tab(&home, THEORY);
    let field = "Your claim: Harcourt 2024 contests Asymmetry";
    let at = desk.things(|t| t.name == field)[0].rect.center();
    desk.click(at);
    desk.type_keys("Pride is not the point.");
    assert_eq!(claim_of(&desk, "SN", Some(Stance::Contests)), None);
    desk.must_say("Saving the claim…");
    desk.pass(2.0);
    desk.settle();
    let kept = || Some("Pride is not the point.".to_owned());
    assert_eq!(claim_of(&desk, "SN", Some(Stance::Contests)), kept());
    desk.key(Key::Escape);
    desk.run(Action::Undo);
    assert_eq!(claim_of(&desk, "SN", Some(Stance::Contests)), None);
    desk.run(Action::Redo);
    desk.until_saved();
    desk.close();
    let mut desk = home.sample();
    desk.run(Action::ViewCompare);
    go(&mut desk, THEORY);
    let field = desk.things(|t| t.name == field);
    assert_eq!(field[0].value, "Pride is not the point.");
}

#[test]
fn a_claim_is_saved_before_the_view_is_left() {
    let home = Home::new();
    let mut desk = tab(&home, THEORY);
    let field = "Your claim: Harcourt 2024 on Asymmetry";
    let at = desk.things(|t| t.name == field)[0].rect.center();
    desk.click(at);
    desk.type_keys("Odd.");
    desk.key_with(CTRL, Key::Num1);
    assert_eq!(claim_of(&desk, "SN", None).as_deref(), Some("Odd."));
}

#[test]
fn colleagues_claims_stand_with_their_names() {
    let home = Home::new();
    let mut desk = tab(&home, THEORY);
    let about = About::Claim(place(Some(Stance::Contests)));
    let coder = CoderId::new("AL").unwrap();
    let edit = Edit::Jot(coder, about, Some("A merry claim".into()));
    desk.app_mut().session_mut().unwrap().perform(edit).unwrap();
    desk.settle();
    desk.settle();
    desk.must_say("AL: A merry claim");
}

#[test]
fn a_quote_gets_its_stance_in_the_table() {
    let home = Home::new();
    let mut desk = tab(&home, THEORY);
    // The sample's coders are others.
    desk.app_mut().send(Command::SetCoder("MK".to_owned()));
    desk.settle();
    desk.settle();
    let quote = desk.beginning("Contests: “Yet inequality may be mortar");
    let to = desk.things(|t| t.name == "Your claim: Harcourt 2024 supports Asymmetry")[0].clone();
    desk.drag(quote.rect.center(), to.rect.center());
    desk.settle();
    desk.settle();
    desk.focus("Supports: “Yet inequality may be mortar");
    desk.key(Key::Num4);
    desk.settle();
    desk.settle();
    desk.beginning("Defines: “Yet inequality may be mortar");
    desk.run(Action::Undo);
    desk.settle();
    desk.settle();
    desk.beginning("Supports: “Yet inequality may be mortar");
}

#[test]
fn a_colleagues_quote_keeps_its_stance() {
    let home = Home::new();
    let mut desk = tab(&home, THEORY);
    desk.focus("Contests: “Yet inequality may be mortar");
    desk.key(Key::Num1);
    desk.settle();
    assert!(desk.notice().contains("highlight"), "{}", desk.notice());
    desk.beginning("Contests: “Yet inequality may be mortar");
}

#[test]
fn the_other_theory_is_offered() {
    let home = Home::new();
    let mut desk = tab(&home, THEORY);
    desk.press("Theory");
    desk.fill("Find a label", "Internal bal");
    desk.key(Key::Enter);
    desk.settle();
    desk.press("Against External balancing");
    desk.settle();
    desk.settle();
    assert!(
        !desk
            .things(|t| t.name.contains("supports External balancing"))
            .is_empty()
    );
    assert!(
        !desk
            .things(|t| t.name.contains("supports Internal balancing"))
            .is_empty()
    );
}

// --- along the text -------------------------------------------------------------------------------------------------

#[test]
fn strips_are_walked_and_opened() {
    let home = Home::new();
    let mut desk = tab(&home, "Along the text");
    desk.focus("Strip of Harcourt 2024");
    desk.key(Key::ArrowRight);
    desk.key(Key::ArrowRight);
    let strip = desk.things(|t| t.focused).pop().unwrap();
    assert!(strip.name.contains("marks, "), "{}", strip.name);
    desk.key(Key::Enter);
    assert_eq!(desk.session().view, View::Read);
    assert!(desk.session().reader.focus().is_some());
}

#[test]
fn labels_of_the_strips_are_chosen() {
    let home = Home::new();
    let mut desk = tab(&home, "Along the text");
    let marks = |desk: &Desk| desk.beginning("Strip of Harcourt 2024").name;
    let all = marks(&desk);
    desk.press("none");
    desk.must_say("No label is chosen");
    desk.press("Show Balance of threat");
    desk.settle();
    assert!(marks(&desk).ends_with(": 8 marks"), "{}", marks(&desk));
    desk.press("all");
    desk.settle();
    assert_eq!(marks(&desk), all);
    desk.press("Side by side");
    desk.settle();
    let strip = desk.beginning("Strip of Harcourt 2024").rect;
    assert!(strip.height() > strip.width());
}

// --- words ----------------------------------------------------------------------------------------------------------

#[test]
fn words_stand_out_and_become_cues() {
    let home = Home::new();
    let mut desk = tab(&home, "Words");
    desk.must_say("Choose a label");
    desk.press("Words of");
    desk.fill("Find a label", "Abandonment");
    desk.key(Key::Enter);
    desk.settle();
    desk.settle();
    let words = desk.things(|t| t.name.starts_with("Find “"));
    assert!(words.len() > 3);
    let cue = desk.things(|t| t.name.starts_with("Add “") && t.enabled)[0].clone();
    let word = cue
        .name
        .trim_start_matches("Add “")
        .split('”')
        .next()
        .unwrap()
        .to_owned();
    desk.click(cue.rect.center());
    desk.settle();
    let cues = |desk: &Desk| {
        desk.project()
            .label(&label("abandonment"))
            .unwrap()
            .cues
            .clone()
    };
    assert_eq!(cues(&desk).last(), Some(&word));
    desk.run(Action::Undo);
    assert_ne!(cues(&desk).last(), Some(&word));
    let first = desk.things(|t| t.name.starts_with("Find “"))[0]
        .rect
        .center();
    desk.click(first);
    desk.settle();
    assert_eq!(desk.session().view, View::Excerpts);
}

// --- nothing there --------------------------------------------------------------------------------------------------

#[test]
fn an_empty_project_says_what_to_do() {
    let home = Home::new();
    let project = home.project("Empty");
    let mut desk = home.start(Some(&project), crate::desk::USUAL);
    desk.run(Action::ViewCompare);
    desk.settle();
    desk.must_say("Nothing to compare yet");
    for (tab, told) in [
        ("Labels × labels", "No highlights yet"),
        ("Along the text", "Nothing falls anywhere yet"),
        (THEORY, "No readings yet"),
        ("Words", "Choose a label"),
    ] {
        go(&mut desk, tab);
        desk.must_say(told);
    }
    assert!(desk.things(|t| t.role == Role::Unknown).is_empty());
}
