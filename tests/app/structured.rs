//! Readings with headings, lists, tables, footnotes and pages.

use egui::{Key, Vec2, accesskit::Role};
use glossator::app::action::Action;

use crate::desk::{CTRL, CTRL_SHIFT, Desk, Home};

/// The article in a window that shows all of it.
fn article(home: &Home) -> Desk {
    home.start(Some(&home.article()), Vec2::new(1280.0, 1900.0))
}

/// The article in a window that shows a part.
fn part(home: &Home) -> Desk {
    home.start(Some(&home.article()), Vec2::new(1280.0, 500.0))
}

fn left(desk: &Desk, quote: &str) -> f32 {
    desk.place(quote).x
}

#[test]
fn lists_and_quotes_stand_in_and_their_lines_below_their_words() {
    let home = Home::new();
    let desk = article(&home);
    let body = left(&desk, "A pledge is given");
    let words = left(&desk, "a threat that both");
    assert!(words > body + 20.0);
    assert_eq!(words, left(&desk, "means that add up"));
    assert_eq!(words, left(&desk, "a public that forgives"));
    assert!(left(&desk, "1. a threat") < words);
    let deeper = left(&desk, "one has ships");
    assert!(deeper > words + 20.0);
    let second_line = desk.find("where to look for it").end;
    let at = desk.session().reader.screen_position(second_line).unwrap();
    assert!(at.y > desk.place("1. a threat").y + 20.0 && at.x > words);
    assert!(left(&desk, "It is not the oath") > body + 20.0);
}

#[test]
fn the_cells_of_a_table_stand_in_columns_and_are_selected_like_any_text() {
    let home = Home::new();
    let mut desk = article(&home);
    for (head, cells) in [
        ("Years", ["1949–1966", "1971", "1922–1935"]),
        ("What was promised", ["To come to", "Nothing", "To consult"]),
    ] {
        for cell in cells {
            assert_eq!(left(&desk, head), left(&desk, cell), "{cell}");
        }
    }
    // A cell of two lines, and the next one beside its first line.
    let (long, next) = (desk.place("every case, whoever"), desk.place("yes\n"));
    assert!(long.y > next.y + 10.0 && long.x < next.x);
    desk.clicks(long, 2);
    assert_eq!(desk.selected(), Some("every"));
    let (from, to) = (desk.place("1922–1935"), desk.end_place("To consult before"));
    desk.drag(from, to);
    assert_eq!(desk.selected(), Some("1922–1935\tTo consult before"));
    desk.type_keys("1");
    assert_eq!(desk.focused_passage().0, "1922–1935\tTo consult before");
    let (from, to) = (desk.place("in part"), desk.end_place("in part"));
    desk.drag(from, to);
    assert_eq!(desk.selected(), Some("in part"));
}

#[test]
fn screen_readers_are_told_what_paragraphs_are() {
    let home = Home::new();
    let desk = article(&home);
    assert_eq!(desk.told_texts(Role::Heading).len(), 2);
    assert_eq!(desk.told_texts(Role::ListItem).len(), 5);
    assert_eq!(desk.told_texts(Role::Blockquote).len(), 1);
    assert_eq!(desk.told_texts(Role::Code).len(), 2);
    let notes = desk.told_texts(Role::Note);
    assert_eq!(notes[1], "2 Pace the historians.");
    let row = "Gulf League\t1971\tNothing\tno";
    assert!(desk.told_texts(Role::Paragraph).iter().any(|t| t == row));
}

#[test]
fn the_selection_is_told_across_the_cells_of_a_table() {
    let home = Home::new();
    let mut desk = article(&home);
    desk.select("Gulf League\t1971\tNothing");
    assert_eq!(
        desk.told_selection().as_deref(),
        Some("Gulf League\t1971\tNothing")
    );
}

#[test]
fn the_mark_of_a_footnote_shows_it_and_leads_to_it_and_back() {
    let home = Home::new();
    let mut desk = part(&home);
    assert!(
        desk.session()
            .reader
            .screen_position(desk.find("So already").start)
            .is_none()
    );
    let mark = desk.place("1 What the commentary");
    desk.hover(mark);
    desk.must_say("So already the dialogue");
    desk.click(mark);
    let note = desk.place("So already");
    // Its number leads back.
    let number = desk.place("1 So already");
    assert!(number.x < note.x);
    desk.click(number);
    desk.place("1 What the commentary");
    // So does the key, twice: for the number was one step more.
    desk.key_with(CTRL, Key::B);
    desk.place("So already");
    desk.key_with(CTRL, Key::B);
    assert_eq!(desk.session().reader.position(), 0);
}

#[test]
fn footnotes_are_gone_to_by_key() {
    let home = Home::new();
    let mut desk = part(&home);
    desk.select("sufficient together");
    desk.key_with(CTRL, Key::J);
    desk.place("Pace the historians");
    desk.key_with(CTRL, Key::J);
    desk.place("sufficient together");
    desk.run(Action::Back);
    desk.place("Pace the historians");
}

#[test]
fn a_drag_over_a_mark_selects_and_a_click_beside_it_does_not_lead_away() {
    let home = Home::new();
    let mut desk = part(&home);
    let (from, to) = (desk.place("commentary."), desk.end_place("1 What the"));
    desk.drag(from, to);
    assert_eq!(desk.selected(), Some("commentary.1 What the"));
    desk.key(Key::Escape);
    let beside = desk.place("What the commentary");
    desk.click(beside);
    assert_eq!(desk.session().reader.position(), 0);
}

#[test]
fn pages_and_paragraphs_are_gone_to_by_number() {
    let home = Home::new();
    let mut desk = part(&home);
    desk.key_with(CTRL, Key::G);
    desk.must_say("Pages 117 to 120; paragraphs ¶1 to ¶24.");
    assert!(!desk.must_find("Go").enabled);
    desk.fill("Page or paragraph", "p. 99");
    desk.must_say("There is no page 99.");
    desk.fill("Page or paragraph", "p. 119");
    desk.key(Key::Enter);
    desk.place("More cannot be said");
    desk.key_with(CTRL, Key::B);
    assert_eq!(desk.session().reader.position(), 0);
    desk.key_with(CTRL, Key::G);
    desk.type_keys("¶10");
    desk.key(Key::Enter);
    desk.place("The oldest statement");
    // The arrows go on from there.
    desk.key(Key::ArrowDown);
    assert_eq!(
        desk.selected(),
        Some("The oldest statement of it says so in fewer words:")
    );
}

#[test]
fn passages_are_cited_with_their_pages() {
    let home = Home::new();
    let mut desk = article(&home);
    desk.must_say("Page 117 · ¶1 of 24");
    desk.select("None of the three");
    desk.must_say("118, ¶2 · 4 words selected");
    desk.strike_once(CTRL_SHIFT, Key::C);
    desk.wait_for("the copy", |desk| !desk.notice().is_empty());
    assert_eq!(
        desk.notice(),
        "Copied with its citation: Vale 1987, 118, ¶2."
    );
    desk.select("at what price. The answer");
    desk.type_keys("1");
    desk.pass(9.0);
    desk.must_say("117, ¶2 · 5 words in the highlight");
    assert!(
        desk.things(|t| t.name == "117, ¶2").len() == 1,
        "the card says so too"
    );
}

#[test]
fn the_style_of_citations_is_chosen_once_for_copies_and_exports() {
    let home = Home::new();
    let mut desk = article(&home);
    desk.select("everything else is commentary.1");
    desk.strike_once(CTRL_SHIFT, Key::C);
    assert_eq!(
        desk.copied().as_deref(),
        Some("“everything else is commentary.” (Vale 1987, 117, ¶2)")
    );
    desk.run(Action::CitationStyle);
    assert_eq!(desk.notice(), "Citations: footnotes.");
    desk.strike_once(CTRL_SHIFT, Key::C);
    let copied = desk.copied().unwrap();
    assert_eq!(
        copied,
        "“everything else is commentary.” Ruth Vale, “The Wages of Caution,” 1987, 117, ¶2."
    );
    desk.rest();
    desk.key_with(CTRL, Key::E);
    let named = |desk: &Desk| desk.things(|t| t.name == "Citations").pop().unwrap().value;
    assert_eq!(named(&desk), "Footnotes");
    let at = desk.must_find("Citations").rect.center();
    desk.click(at);
    desk.press("Numbers");
    desk.key(Key::Escape);
    desk.close();
    let mut desk = home.start(None, Vec2::new(1280.0, 1900.0));
    desk.key_with(CTRL, Key::E);
    assert_eq!(named(&desk), "Numbers");
}

#[test]
fn details_of_publication_and_page_numbers_are_typed_by_keyboard() {
    let home = Home::new();
    let mut desk = part(&home);
    desk.resize(Vec2::new(1280.0, 900.0));
    desk.key_with(CTRL, Key::D);
    desk.must_say("they are cited as the file calls them: 117 to 120.");
    desk.must_say("From vale.pdf");
    desk.must_say("346 words, 24 paragraphs, 4 pages, 3 footnotes.");
    desk.must_say("Two pages hold no text.");
    // Tab goes from field to field, and Enter saves.
    desk.fill("Journal, book or site", "Review of Pacts");
    for text in ["9", "4", "115–118"] {
        desk.key(Key::Tab);
        desk.type_keys(text);
    }
    desk.must_say("Vale, Ruth. 1987.");
    desk.must_say("Review of Pacts 9");
    desk.fill("Page of the file", "9");
    desk.must_say("Say which page of the file you mean: a number from 1 to 4.");
    assert!(!desk.must_find("Save").enabled);
    desk.fill("Page of the file", "2");
    desk.fill("Its number", "21");
    desk.must_say("They are cited as 20 to 23.");
    desk.key(Key::Enter);
    assert!(!desk.says("Details of the reading"));
    let meta = &desk.session().shelf().unwrap().reading.meta;
    assert_eq!(meta.imprint.container, "Review of Pacts");
    assert_eq!(meta.imprint.volume, "9");
    assert_eq!(meta.imprint.issue, "4");
    assert_eq!(meta.imprint.pages, "115–118");
    assert_eq!(meta.page_shift, Some(19));
    desk.select("None of the three");
    desk.must_say("21, ¶2 · 4 words selected");
    // Esc leaves everything as it was; one undo takes the form back.
    desk.key_with(CTRL, Key::D);
    desk.fill("Title", "Another");
    desk.key(Key::Escape);
    desk.key(Key::Escape);
    assert!(!desk.says("Details of the reading"));
    desk.key_with(CTRL, Key::Z);
    let meta = &desk.session().shelf().unwrap().reading.meta;
    assert_eq!(
        (meta.title.as_str(), meta.page_shift),
        ("The Wages of Caution", None)
    );
    // Authors stand one a line, or with semicolons between them.
    desk.key_with(CTRL, Key::D);
    desk.fill("Authors, one a line", "Vale, Ruth; Okoye, Ada");
    desk.must_say("Cited as (Vale and Okoye 1987)");
    desk.press("Attach a bibliography…");
    let authors = &desk.session().shelf().unwrap().reading.meta.authors;
    assert_eq!(authors.len(), 2);
    desk.must_say("Attach a bibliography");
    assert!(!desk.must_find("Attach").enabled);
}
