//! `glossator packet`: packets for seminars, put together from what was coded.

mod show;

use clap::{Args, Subcommand, ValueEnum};
use jiff::Timestamp;
use serde::Serialize;

use super::{
    DONE,
    coder::ByCoder,
    failure::Failure,
    output::{self, Format},
    project::{self, Folder},
    scope::Where,
};
use crate::{
    analysis::Corpus,
    edit::{Edit, packets},
    export::packet::{Template, Wanted, left_out, resolve},
    model::{Excerpts, LabelId, Packet, Paper, Pick, Project, ReadingId, Section, SectionId, Side},
    text::counted,
};

/// Make, list, show and delete packets: sections with excerpts, claims and questions, to be printed for a seminar
#[derive(Args, Debug)]
#[command(
    subcommand_required = true,
    after_help = "\
A packet lies in packets/<name>.ron, which can be edited by hand. Its excerpts stay live: what is corrected in the project is corrected in the \
packet. It is printed by `glossator export`.

Examples:
  glossator packet seminar new \"Week 6\" --template guide --line \"Thursday, 26 November\"
  glossator packet seminar new \"Who fears what\" --template debate --theory \"Balance of threat\" --theory Entrapment
  glossator packet seminar add week-6 entrapment --where 'label:Entrapment stance:contests' --side second
  glossator packet seminar show week-6
  glossator packet seminar list --format json"
)]
pub struct PacketCommand {
    #[command(flatten)]
    folder: Folder,
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// List the packets
    List {
        /// How to write the result
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Make a packet, empty or from a template
    New(New),
    /// Show the sections of a packet, and what is left out of them
    Show {
        /// The packet, by the name of its file or by its title
        packet: String,
        /// How to write the result
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Add the excerpts that a query lets through to a section; a section that is not there is made
    Add(Add),
    /// Delete a packet with its sections
    Delete {
        /// The packet, by the name of its file or by its title
        packet: String,
        #[command(flatten)]
        coder: ByCoder,
    },
}

#[derive(Args, Debug)]
struct New {
    /// Its title
    title: String,
    /// What to begin with
    #[arg(long, value_enum)]
    template: Option<TemplateName>,
    /// A theory to make sections of, by the name of its label; several may be given
    #[arg(long = "theory", value_name = "NAME", requires = "template")]
    theories: Vec<String>,
    /// A reading to take excerpts from, by its slug, its title, an author's surname, or a part that fits no other; several may be given
    #[arg(long = "reading", value_name = "SLUG", requires = "template")]
    readings: Vec<String>,
    /// A line beside the title, such as the day
    #[arg(long, value_name = "TEXT", default_value = "")]
    line: String,
    /// How it cites
    #[arg(long, value_enum, default_value_t)]
    style: super::export::Cite,
    /// The paper it is printed on
    #[arg(long, value_enum, default_value_t)]
    paper: PaperName,
    #[command(flatten)]
    coder: ByCoder,
}

#[derive(Args, Debug)]
struct Add {
    /// The packet, by the name of its file or by its title
    packet: String,
    /// The section, by its name or by its title
    section: String,
    #[command(flatten)]
    which: Where,
    /// The side on which they stand in two columns
    #[arg(long, value_enum, default_value_t)]
    side: SideName,
    #[command(flatten)]
    coder: ByCoder,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum TemplateName {
    /// A section for each theory, author by author
    Guide,
    /// What speaks for each theory and against it, side by side
    Debate,
    /// Each theory as a table across authors
    Map,
    /// Every label with definition, counts and examples
    Appendix,
}

impl From<TemplateName> for Template {
    fn from(name: TemplateName) -> Self {
        match name {
            TemplateName::Guide => Self::Guide,
            TemplateName::Debate => Self::Debate,
            TemplateName::Map => Self::Map,
            TemplateName::Appendix => Self::Appendix,
        }
    }
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum PaperName {
    #[default]
    A4,
    Letter,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum SideName {
    #[default]
    First,
    Second,
}

impl PacketCommand {
    pub fn run(self) -> Result<u8, Failure> {
        match &self.action {
            Action::List { format } => self.list(*format),
            Action::New(new) => self.new_packet(new),
            Action::Show { packet, format } => {
                let snapshot = project::read(&self.folder.project)?;
                let packet = project::packet(&snapshot.project, Some(packet))?;
                show::show(&snapshot.project, packet, *format)
            }
            Action::Add(add) => self.add(add),
            Action::Delete { packet, coder } => self.delete(packet, coder),
        }
    }

    fn list(&self, format: Format) -> Result<u8, Failure> {
        let snapshot = project::read(&self.folder.project)?;
        let project = &snapshot.project;
        let all: Vec<Listed> = (project.packets().values())
            .map(|packet| Listed::of(project, packet))
            .collect();
        output::print(format, &all, |all| table(all))?;
        Ok(DONE)
    }

    fn new_packet(&self, new: &New) -> Result<u8, Failure> {
        let title = new.title.trim();
        if title.is_empty() {
            return Err(Failure::usage("a packet has a title"));
        }
        let mut workspace = project::open(&self.folder.project, new.coder.id()?)?;
        let here = workspace.project();
        let id = packets::new_id(here, title)
            .ok_or_else(|| Failure::new(format!("no name is free for “{title}”")))?;
        let mut packet = match new.template {
            Some(template) => Template::from(template).packet(here, &new.wanted(here)?, id),
            None => Packet::new(id, title),
        };
        packet.head.title = title.to_owned();
        packet.head.line = new.line.trim().to_owned();
        packet.head.cite = new.style.into();
        packet.head.paper = match new.paper {
            PaperName::A4 => Paper::A4,
            PaperName::Letter => Paper::Letter,
        };
        let told = Listed::of(here, &packet);
        if let Some(edit) = packets::put(here, &packet) {
            project::perform(&mut workspace, edit, Timestamp::now())?;
        }
        project::finish(workspace)?;
        output::write_out(&format!(
            "Made the packet {}: {}, {}.",
            told.id,
            counted(told.sections, "section"),
            counted(told.excerpts, "excerpt"),
        ))?;
        Ok(DONE)
    }

    fn add(&self, add: &Add) -> Result<u8, Failure> {
        let mut workspace = project::open(&self.folder.project, add.coder.id()?)?;
        let here = workspace.project();
        let packet = project::packet(here, Some(&add.packet))?;
        let query = add.which.query(here)?;
        if query.is_all() {
            return Err(Failure::usage("say which excerpts")
                .hint("by --where QUERY, or --query NAME for a saved one"));
        }
        let corpus = Corpus::new(here);
        let places = query.select(&corpus);
        let places = places.map_err(|error| add.which.failure(&query, error))?;
        let side = match add.side {
            SideName::First => Side::First,
            SideName::Second => Side::Second,
        };
        let codings = places.iter().filter_map(|place| corpus.coding(*place));
        let picks: Vec<Pick> = codings
            .map(|(source, coding)| Pick {
                reading: source.reading.id.clone(),
                highlight: coding.highlight.id,
                side,
            })
            .collect();
        let (title, edit) = added(here, packet, &add.section, &picks)?;
        let changed = edit.is_some();
        if let Some(edit) = edit {
            project::perform(&mut workspace, edit, Timestamp::now())?;
        }
        project::finish(workspace)?;
        let n = counted(picks.len(), "excerpt");
        output::write_out(&match changed {
            true => format!("Placed {n} in “{title}”."),
            false => format!("“{title}” holds {n} of these already."),
        })?;
        Ok(DONE)
    }

    fn delete(&self, packet: &str, coder: &ByCoder) -> Result<u8, Failure> {
        let mut workspace = project::open(&self.folder.project, coder.id()?)?;
        let here = workspace.project();
        let packet = project::packet(here, Some(packet))?;
        let title = packet.head.title.clone();
        if let Some(edit) = packets::delete(here, &packet.id) {
            project::perform(&mut workspace, edit, Timestamp::now())?;
        }
        project::finish(workspace)?;
        output::write_out(&format!("Deleted the packet “{title}”."))?;
        Ok(DONE)
    }
}

impl New {
    fn wanted(&self, project: &Project) -> Result<Wanted, Failure> {
        let theories = self.theories.iter();
        let theories = theories.map(|name| Ok(project::label(project, name)?.id.clone()));
        let readings = self.readings.iter();
        let readings = readings.map(|name| Ok(project::reading(project, name)?.id.clone()));
        Ok(Wanted {
            theories: theories.collect::<Result<Vec<LabelId>, Failure>>()?,
            readings: readings.collect::<Result<Vec<ReadingId>, Failure>>()?,
        })
    }
}

/// The title of the section in which `picks` are placed, and the edit.
fn added(
    project: &Project,
    packet: &Packet,
    name: &str,
    picks: &[Pick],
) -> Result<(String, Option<Edit>), Failure> {
    let Some((id, section)) = section(packet, name) else {
        let new = Section {
            title: name.trim().to_owned(),
            excerpts: Excerpts::Chosen(picks.to_vec()),
            ..Section::default()
        };
        let made = packets::add_section(project, &packet.id, new, usize::MAX);
        let (_, edit) = made.ok_or_else(|| Failure::usage("a section has a title"))?;
        return Ok((name.trim().to_owned(), Some(edit)));
    };
    if matches!(section.excerpts, Excerpts::Ruled(_)) {
        let title = &section.title;
        return Err(
            Failure::new(format!("the excerpts of “{title}” are chosen by a rule"))
                .hint("choose them by hand in the window first, or add a section of another title"),
        );
    }
    let edit = packets::place_picks(project, &packet.id, id, picks, None);
    Ok((section.title.clone(), edit))
}

fn section<'a>(packet: &'a Packet, name: &str) -> Option<(&'a SectionId, &'a Section)> {
    let named = packet.in_order().into_iter();
    let wanted = name.trim().to_lowercase();
    let fits = |id: &SectionId, section: &Section| {
        id.as_str() == name || section.title.trim().to_lowercase() == wanted
    };
    named.into_iter().find(|(id, section)| fits(id, section))
}

#[derive(Debug, Serialize)]
struct Listed {
    id: String,
    title: String,
    line: String,
    sections: usize,
    excerpts: usize,
    questions: usize,
    left_out: usize,
}

impl Listed {
    fn of(project: &Project, packet: &Packet) -> Self {
        let sections = resolve(project, packet);
        Self {
            id: packet.id.to_string(),
            title: packet.head.title.clone(),
            line: packet.head.line.clone(),
            excerpts: sections.iter().map(|s| s.excerpts.len()).sum(),
            questions: sections.iter().map(|s| s.questions.len()).sum(),
            sections: sections.len(),
            left_out: left_out(project, packet).len(),
        }
    }
}

fn table(all: &[Listed]) -> String {
    if all.is_empty() {
        return "There is no packet yet.".to_owned();
    }
    let row = |p: &Listed| {
        let numbers = [p.sections, p.excerpts, p.questions, p.left_out];
        let mut row = vec![p.id.clone(), p.title.clone()];
        row.extend(numbers.map(|n| n.to_string()));
        row
    };
    let rows: Vec<Vec<String>> = all.iter().map(row).collect();
    let right = [false, false, true, true, true, true];
    let head = [
        "packet",
        "title",
        "sections",
        "excerpts",
        "questions",
        "left out",
    ];
    output::table(&head, &right, &rows)
}
