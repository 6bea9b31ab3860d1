//! The table of what people can do: one entry feeds menus, keys, the palette and the list of shortcuts in the README.

use egui::{Key, KeyboardShortcut, Modifiers};

use super::{App, Session, View};

/// Something people do that needs no further word.
#[allow(missing_docs, reason = "each is told by its entry in the table")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    NewProject,
    OpenProject,
    OpenSample,
    ResetSample,
    CloseProject,
    Import,
    Bibliography,
    Export,
    Undo,
    Redo,
    History,
    ViewRead,
    ViewExcerpts,
    ViewCompare,
    ViewPacket,
    NewPacket,
    NewSection,
    AddToPacket,
    Palette,
    Find,
    FindNext,
    FindPrevious,
    FindAll,
    Suggest,
    Tag,
    NewLabel,
    EditNote,
    RemoveHighlight,
    CopyQuote,
    NextHighlight,
    PreviousHighlight,
    GoTo,
    FollowNote,
    Back,
    BackToView,
    NextReading,
    PreviousReading,
    ReadingDetails,
    ReplaceReading,
    Lost,
    RemoveReading,
    RestoreReadings,
    ShowAll,
    LargerText,
    SmallerText,
    UsualText,
    Theme,
    CitationStyle,
    Coder,
    Problems,
    Shortcuts,
    Quit,
}

/// What the table says of an action.
pub struct Info {
    /// Its name: a verb, sentence case; "…" when more input follows.
    pub name: &'static str,
    /// One sentence of help.
    pub help: &'static str,
    /// Its keys, the first shown in menus.
    pub keys: &'static [KeyboardShortcut],
    /// Whether it can be done now.
    pub enabled: fn(&App) -> bool,
}

const fn ctrl(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND, key)
}

const fn ctrl_shift(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND.plus(Modifiers::SHIFT), key)
}

const fn alt(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::ALT, key)
}

const fn shift(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::SHIFT, key)
}

const fn plain(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::NONE, key)
}

fn always(_: &App) -> bool {
    true
}

fn open(app: &App) -> bool {
    app.session().is_some()
}

fn ready(app: &App) -> bool {
    app.session().is_some_and(|s| s.workspace().is_some())
}

fn reading(app: &App) -> bool {
    ready(app)
        && app
            .session()
            .is_some_and(|s| s.view == View::Read && s.reading.is_some())
}

fn passage(app: &App) -> bool {
    let selected = app.session().is_some_and(|s| s.reader.selected().is_some());
    focused(app) || (reading(app) && selected)
}

fn focused(app: &App) -> bool {
    let in_focus = |s: &Session| match s.view {
        View::Read => s.reader.focus().is_some(),
        View::Excerpts => s.excerpts.focused().is_some(),
        View::Compare | View::Packet => false,
    };
    ready(app) && app.session().is_some_and(in_focus)
}

impl Action {
    /// All, in the order in which menus and the palette list them.
    pub const ALL: [Self; 52] = [
        Self::NewProject,
        Self::OpenProject,
        Self::OpenSample,
        Self::ResetSample,
        Self::CloseProject,
        Self::Import,
        Self::Bibliography,
        Self::Export,
        Self::Undo,
        Self::Redo,
        Self::History,
        Self::ViewRead,
        Self::ViewExcerpts,
        Self::ViewCompare,
        Self::ViewPacket,
        Self::NewPacket,
        Self::NewSection,
        Self::AddToPacket,
        Self::Palette,
        Self::Find,
        Self::FindNext,
        Self::FindPrevious,
        Self::FindAll,
        Self::Suggest,
        Self::Tag,
        Self::NewLabel,
        Self::EditNote,
        Self::RemoveHighlight,
        Self::CopyQuote,
        Self::NextHighlight,
        Self::PreviousHighlight,
        Self::GoTo,
        Self::FollowNote,
        Self::Back,
        Self::BackToView,
        Self::NextReading,
        Self::PreviousReading,
        Self::ReadingDetails,
        Self::ReplaceReading,
        Self::Lost,
        Self::RemoveReading,
        Self::RestoreReadings,
        Self::ShowAll,
        Self::LargerText,
        Self::SmallerText,
        Self::UsualText,
        Self::Theme,
        Self::CitationStyle,
        Self::Coder,
        Self::Problems,
        Self::Shortcuts,
        Self::Quit,
    ];

    /// The action's entry.
    pub fn info(self) -> Info {
        let info = |name, help, keys, enabled| Info {
            name,
            help,
            keys,
            enabled,
        };
        match self {
            Self::NewProject => info(
                "New project…",
                "Start a project in a folder of its own.",
                const { &[ctrl(Key::N)] },
                always,
            ),
            Self::OpenProject => info(
                "Open project…",
                "Open a project folder.",
                const { &[ctrl(Key::O)] },
                always,
            ),
            Self::OpenSample => info(
                "Open the sample seminar",
                "Six short readings on China and Russia, coded by two people, to try things on.",
                &[],
                always,
            ),
            Self::ResetSample => info(
                "Reset the sample seminar",
                "Put the sample back to what it was; the used one is kept beside it.",
                &[],
                always,
            ),
            Self::CloseProject => info(
                "Close project",
                "Go back to the welcome page.",
                const { &[ctrl(Key::W)] },
                open,
            ),
            Self::Import => info(
                "Import readings…",
                "Bring in text and Markdown files, or an annotated RON file.",
                const { &[ctrl(Key::I)] },
                ready,
            ),
            Self::Bibliography => info(
                "Attach a bibliography…",
                "Take authors, years and the like of the readings from a .bib, .json or .ris file.",
                &[],
                ready,
            ),
            Self::Export => info(
                "Export…",
                "Take excerpts or the annotated text away as Markdown or RON.",
                const { &[ctrl(Key::E)] },
                ready,
            ),
            Self::Undo => info(
                "Undo",
                "Take your last edit back, in any reading, also from before the last start.",
                const { &[ctrl(Key::Z)] },
                |app| app.can_undo(),
            ),
            Self::Redo => info(
                "Redo",
                "Do again what was undone.",
                const { &[ctrl_shift(Key::Z), ctrl(Key::Y)] },
                |app| app.can_redo(),
            ),
            Self::History => info(
                "Show the history",
                "Every edit: who, when, what; go back to any point.",
                const { &[ctrl(Key::H)] },
                ready,
            ),
            Self::ViewRead => info(
                "Read",
                "Show the reading.",
                const { &[ctrl(Key::Num1)] },
                open,
            ),
            Self::ViewExcerpts => info(
                "Excerpts",
                "Show everything that was coded, as a list to filter, group and edit.",
                const { &[ctrl(Key::Num2)] },
                open,
            ),
            Self::ViewCompare => info(
                "Compare",
                "Show labels by readings, which labels stand together, and theory against theory.",
                const { &[ctrl(Key::Num3)] },
                open,
            ),
            Self::ViewPacket => info(
                "Packet",
                "Put together what is handed out in the seminar, as it will print.",
                const { &[ctrl(Key::Num4)] },
                open,
            ),
            Self::NewPacket => info(
                "New packet…",
                "Begin a packet for a seminar, from a template or empty.",
                &[],
                ready,
            ),
            Self::NewSection => info(
                "New section",
                "Add a section to the packet that shows.",
                const { &[ctrl_shift(Key::N)] },
                |app| ready(app) && app.session().is_some_and(super::packet::shows_one),
            ),
            Self::AddToPacket => info(
                "Add to packet…",
                "Put the selected excerpts, or the highlight in focus, into a section of a packet.",
                const { &[ctrl_shift(Key::P)] },
                |app| {
                    let some = |s: &Session| s.excerpts.any_selected();
                    focused(app) || (ready(app) && app.session().is_some_and(some))
                },
            ),
            Self::Palette => info(
                "Find anything…",
                "Commands, labels, readings, notes and saved queries by name.",
                const { &[ctrl(Key::K)] },
                always,
            ),
            Self::Find => info(
                "Find in this reading…",
                "Find words in the reading as you type; what is selected is offered.",
                const { &[ctrl(Key::F)] },
                reading,
            ),
            Self::FindNext => info(
                "Next hit",
                "Go to the next place that was found.",
                const { &[plain(Key::F3)] },
                reading,
            ),
            Self::FindPrevious => info(
                "Previous hit",
                "Go to the one before.",
                const { &[shift(Key::F3)] },
                reading,
            ),
            Self::FindAll => info(
                "Find in all readings…",
                "List every place where something stands, with its context; tag one, the ticked ones or all.",
                const { &[ctrl_shift(Key::F)] },
                ready,
            ),
            Self::Suggest => info(
                "Suggest passages for a label…",
                "Go through the sentences in which a label’s cues stand and that you have not tagged with it.",
                const { &[ctrl_shift(Key::S)] },
                ready,
            ),
            Self::Tag => info(
                "Tag the passage…",
                "Choose a label for the selected passage; just typing its name does the same.",
                const { &[plain(Key::Enter)] },
                passage,
            ),
            Self::NewLabel => info(
                "New label…",
                "Add a label to the codebook.",
                const { &[ctrl(Key::L)] },
                ready,
            ),
            Self::EditNote => info(
                "Write a note",
                "Write a note on the highlight in focus.",
                const { &[ctrl(Key::M)] },
                focused,
            ),
            Self::RemoveHighlight => info(
                "Remove the highlight",
                "Take the highlight in focus away.",
                const { &[plain(Key::Delete), plain(Key::Backspace)] },
                focused,
            ),
            Self::CopyQuote => info(
                "Copy with citation",
                "Copy the passage as a quote with author, year, page and paragraph.",
                const { &[ctrl_shift(Key::C)] },
                passage,
            ),
            Self::NextHighlight => info(
                "Next highlight",
                "Go to the next highlight that shows.",
                const { &[alt(Key::ArrowDown)] },
                reading,
            ),
            Self::PreviousHighlight => info(
                "Previous highlight",
                "Go to the one before.",
                const { &[alt(Key::ArrowUp)] },
                reading,
            ),
            Self::GoTo => info(
                "Go to page or paragraph…",
                "Show a page or a paragraph by its number.",
                const { &[ctrl(Key::G)] },
                reading,
            ),
            Self::FollowNote => info(
                "Go to the footnote",
                "Go from the passage to the next footnote, and from a footnote to where it belongs.",
                const { &[ctrl(Key::J)] },
                |app| {
                    reading(app)
                        && app
                            .session()
                            .and_then(|s| s.shelf())
                            .is_some_and(|s| !s.reading.structure.notes.is_empty())
                },
            ),
            Self::Back => info(
                "Go back",
                "Return to where a footnote, a page or a paragraph was gone to from.",
                const { &[ctrl(Key::B)] },
                |app| app.session().is_some_and(|s| s.reader.can_go_back()),
            ),
            Self::BackToView => info(
                "Back to where the passage was opened",
                "Return to the excerpts or the comparison, at the same place.",
                const { &[alt(Key::Backspace)] },
                |app| app.session().is_some_and(|s| s.came_from.is_some()),
            ),
            Self::NextReading => info(
                "Next reading",
                "Open the next reading of the list.",
                const { &[alt(Key::ArrowRight), ctrl(Key::Tab)] },
                reading,
            ),
            Self::PreviousReading => info(
                "Previous reading",
                "Open the one before.",
                const { &[alt(Key::ArrowLeft), ctrl_shift(Key::Tab)] },
                reading,
            ),
            Self::ReadingDetails => info(
                "Details of the reading…",
                "Correct title, authors, year, page numbers; see how the file was read.",
                const { &[ctrl(Key::D)] },
                reading,
            ),
            Self::ReplaceReading => info(
                "Replace by a new version…",
                "Put a revised version in the reading's place; its highlights go along.",
                &[],
                reading,
            ),
            Self::Lost => info(
                "Place lost highlights…",
                "List the highlights that had no place when the reading was replaced.",
                &[],
                |app| {
                    reading(app)
                        && app.session().is_some_and(|s| {
                            let lost = |r| super::review::lost_count(s.project(), r) > 0;
                            s.shelf().is_some_and(|shelf| lost(&shelf.reading))
                        })
                },
            ),
            Self::RemoveReading => info(
                "Remove the reading",
                "Take the reading and its highlights out of the project; undo brings both back.",
                &[],
                reading,
            ),
            Self::RestoreReadings => info(
                "Restore removed readings",
                "Bring back every reading that was removed, with its highlights.",
                &[],
                |app| {
                    app.session()
                        .is_some_and(|s| s.project().restorable().next().is_some())
                },
            ),
            Self::ShowAll => info(
                "Show all highlights",
                "Clear the filter and show hidden labels.",
                const { &[ctrl_shift(Key::A)] },
                |app| {
                    app.session().is_some_and(|s| match s.view {
                        View::Excerpts => s.excerpts.is_filtered(),
                        _ => s.only.is_some() || !s.hidden.is_empty(),
                    })
                },
            ),
            Self::LargerText => info(
                "Larger text",
                "Set the reading larger.",
                const { &[ctrl(Key::Plus), ctrl(Key::Equals)] },
                always,
            ),
            Self::SmallerText => info(
                "Smaller text",
                "Set the reading smaller.",
                const { &[ctrl(Key::Minus)] },
                always,
            ),
            Self::UsualText => info(
                "Usual text size",
                "Set the reading as at first.",
                const { &[ctrl(Key::Num0)] },
                always,
            ),
            Self::Theme => info(
                "Light, dark or as the system",
                "Go to the next of the three.",
                const { &[ctrl_shift(Key::L)] },
                always,
            ),
            Self::CitationStyle => info(
                "Cite by author and year, footnotes or numbers",
                "Go to the next of the three, for copied passages and exports.",
                &[],
                always,
            ),
            Self::Coder => info(
                "Change the coder…",
                "Say under whose name edits are made.",
                &[],
                always,
            ),
            Self::Problems => info(
                "Show problems",
                "What could not be read when the project was opened.",
                &[],
                |app| app.session().is_some_and(|s| !s.problems.is_empty()),
            ),
            Self::Shortcuts => info(
                "Keyboard shortcuts",
                "All of them.",
                const { &[plain(Key::F1)] },
                always,
            ),
            Self::Quit => info(
                "Quit",
                "Close the window; everything is saved.",
                const { &[ctrl(Key::Q)] },
                always,
            ),
        }
    }
}

/// The keys of the reader, which are not commands: what, and how.
pub const READER_KEYS: &[(&str, &str)] = &[
    ("↓ ↑", "Select the next or previous sentence"),
    ("Shift+↓ ↑", "Extend the selection by a sentence"),
    ("[ ]", "Move the start or end outward by a word"),
    ("Shift+[ ]", "Move the start or end inward by a word"),
    (
        "1 … 9",
        "Tag with the label of that digit; again to take it off",
    ),
    ("any letter", "Open the label picker with it"),
    ("Enter", "Open the label picker"),
    ("In the picker: Enter", "Tag"),
    ("In the picker: Shift+Enter", "Tag and write a note"),
    (
        "In the picker: Ctrl+Enter",
        "Tag with a new label of the typed name",
    ),
    ("Esc", "Back out one step"),
    ("Page Up, Page Down, Space, Home, End", "Scroll"),
    (
        "Double, triple, quadruple click",
        "Select word, sentence, paragraph",
    ),
    ("Click a highlight again", "Go to the next one under it"),
    (
        "Click the mark of a footnote",
        "Go to the note; its number leads back",
    ),
];

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    #[test]
    fn no_two_actions_share_a_key() {
        let mut seen = HashMap::new();
        for action in Action::ALL {
            for key in action.info().keys {
                let other = seen.insert(format!("{key:?}"), action);
                assert_eq!(other, None, "{key:?} of {action:?}");
            }
        }
    }

    /// The README's table of keys, made from the two tables above.
    fn readme_table() -> String {
        let row = |keys: &str, what: &str| format!("| {keys} | {what} |\n");
        let mut table: String = READER_KEYS.iter().map(|(k, w)| row(k, w)).collect();
        for action in Action::ALL {
            let info = action.info();
            let names = egui::ModifierNames::NAMES;
            let keys: Vec<_> = info.keys.iter().map(|k| k.format(&names, false)).collect();
            if !keys.is_empty() {
                table += &row(&keys.join(", "), info.name.trim_end_matches('…'));
            }
        }
        table
    }

    #[test]
    fn the_readme_lists_the_keys() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
        let readme = std::fs::read_to_string(file).unwrap();
        let head = "| keys | what |\n|---|---|\n";
        let (before, rest) = readme.split_once(head).expect("the table of keys is there");
        let (table, after) = rest.split_once("\n\n").expect("the table ends");
        if std::env::var_os("GLOSSATOR_BLESS").is_some() {
            let new = format!("{before}{head}{}\n{after}", readme_table());
            std::fs::write(file, new).unwrap();
        } else {
            let hint = "GLOSSATOR_BLESS=1 cargo test rewrites it";
            assert_eq!(format!("{table}\n"), readme_table(), "{hint}");
        }
    }

    #[test]
    fn names_and_help_are_written_as_agreed() {
        for action in Action::ALL {
            let info = action.info();
            assert!(
                info.help.ends_with('.') && !info.help.contains('!'),
                "{action:?}"
            );
            assert!(
                info.name.chars().next().is_some_and(char::is_uppercase),
                "{action:?}"
            );
        }
    }
}
