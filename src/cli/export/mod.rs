//! `glossator export`: what was coded, in the formats that others read.

mod choices;
mod filter;
mod send;
mod watch;

use std::path::{Path, PathBuf};

use clap::Args;

pub use choices::Cite;
use choices::{By, Margin, Sheet, What};
use filter::Filters;

use super::{
    failure::Failure,
    project::{self, Folder},
};
use crate::{
    export::{
        order::{self, Format, Kind, Options, Order},
        rows::Field,
    },
    model::Project,
    store::is_own_file,
};

/// Export excerpts, annotated readings, packets or the codebook
#[derive(Args, Debug)]
#[command(after_help = "\
The filters --label, --reading and --coder may each be given several times; a highlight must pass every kind that is given, and \
--where or --query as well. A \
file is written whole or not at all.

Which format holds what:
  excerpts   markdown html docx pdf xlsx csv tsv ron jsonld jsonl brat
  annotated  markdown html docx pdf
  packet     markdown html docx pdf ron
  codebook   markdown html docx pdf xlsx csv tsv ron qdc

Examples:
  # everything, to be imported again or read by programs
  glossator export seminar --format ron -o seminar.ron
  # the excerpts of a label and those under it
  glossator export seminar --format markdown --label \"Balance of threat\"
  # one coder's excerpts, reading by reading, for Word: the file's ending says the format
  glossator export seminar --group reading --coder MK -o excerpts.docx
  # a row for each coding, for Excel; some columns in an order of one's own
  glossator export seminar -o codings.xlsx
  glossator export seminar -o codings.csv --fields citation,quote,label,stance,note
  # what a query lets through: `glossator query --help` explains the language
  glossator export seminar --format markdown --where 'label:Entrapment near(paragraph) label:Multipolarity not coder:AL'
  # Thursday's packet, to be printed
  glossator export seminar --packet thursday -o thursday.pdf
  # the codebook, for NVivo, ATLAS.ti or MAXQDA
  glossator export seminar -o codebook.qdc
  # one annotated reading; all of them, a file each
  glossator export seminar --format html --what annotated --reading walt -o walt.html
  glossator export seminar --format docx --what annotated -o annotated/")]
pub struct Export {
    #[command(flatten)]
    folder: Folder,
    /// The format [default: what the ending of the file says]
    #[arg(long, value_parser = choices::formats())]
    format: Option<Format>,
    /// What to export [default: excerpts]
    #[arg(long, value_enum)]
    what: Option<What>,
    /// The packet to export, by its name, its title or a part of it
    #[arg(long, value_name = "NAME")]
    packet: Option<String>,
    /// What excerpts are put under
    #[arg(long, value_enum, default_value_t)]
    group: By,
    /// Write the labels' definitions with the excerpts
    #[arg(long)]
    definitions: bool,
    /// The columns of a table of excerpts, in their order, parted by commas [default: those that are needed most]
    #[arg(long, value_delimiter = ',', value_parser = choices::field, value_name = "NAMES")]
    fields: Vec<Field>,
    /// Begin CSV with a byte order mark, for Excel
    #[arg(long)]
    bom: bool,
    /// How the readings are cited, and listed at the end; packets have a style of their own
    #[arg(long, value_enum, default_value_t)]
    cite: Cite,
    /// How DOCX writes the labels and notes of an annotated reading
    #[arg(long, value_enum, default_value_t)]
    glosses: Margin,
    /// The paper of DOCX and PDF; packets have a paper of their own
    #[arg(long, value_enum, default_value_t)]
    paper: Sheet,
    /// Leave the texts of the readings out of RON
    #[arg(long)]
    no_text: bool,
    #[command(flatten)]
    filters: Filters,
    /// The file to write, or a folder for several annotated readings [default: standard output]
    #[arg(short, long, value_name = "PATH")]
    output: Option<PathBuf>,
}

impl Export {
    pub fn run(self) -> Result<u8, Failure> {
        self.refuse_own_files()?;
        let format = self.format()?;
        let kind = self.kind(format);
        if self.packet.is_some() && kind != Kind::Packet {
            let what = format!("--packet is for packets, not for {}", kind.name());
            return Err(Failure::usage(what).hint("leave --what out, or --packet"));
        }
        if !format.fits(kind) {
            return Err(Failure::usage(kind.refusal(format).trim_end_matches('.'))
                .hint("see `glossator export --help`"));
        }
        let snapshot = project::read(&self.folder.project)?;
        let project = &snapshot.project;
        let order = Order {
            what: order::What::Excerpts,
            format,
            filter: self.filters.filter(project)?,
            options: self.options(),
        };
        let what = match kind {
            Kind::Annotated => return self.annotated(project, &order),
            Kind::Excerpts => order::What::Excerpts,
            Kind::Codebook => order::What::Codebook,
            Kind::Packet => {
                let name = self.packet.as_deref();
                order::What::Packet(project::packet(project, name)?.id.clone())
            }
        };
        send::one(project, &Order { what, ..order }, self.output.as_deref())
    }

    /// The format that was asked for, or the one that the file's ending says.
    fn format(&self) -> Result<Format, Failure> {
        let ending = self.output.as_deref().and_then(Path::extension);
        let guessed = ending.and_then(|e| Format::of_ending(&e.to_string_lossy()));
        self.format.or(guessed).ok_or_else(|| {
            let words = Format::ALL.map(Format::word).join(", ");
            let what = match ending {
                Some(ending) => format!("no format ends in .{}", ending.to_string_lossy()),
                None => "it is not said in which format".to_owned(),
            };
            Failure::usage(what).hint(format!("give --format with one of {words}"))
        })
    }

    /// What was asked for; without a word about it, what the other arguments are about.
    fn kind(&self, format: Format) -> Kind {
        match self.what {
            Some(what) => what.into(),
            None if self.packet.is_some() => Kind::Packet,
            None if format == Format::Qdc => Kind::Codebook,
            None => Kind::Excerpts,
        }
    }

    /// An export never takes the place of a file that the project consists of.
    fn refuse_own_files(&self) -> Result<(), Failure> {
        match self.output.as_deref() {
            Some(path) if is_own_file(&self.folder.project, path) => Err(Failure::new(format!(
                "{} is part of the project itself: an export there would destroy it",
                path.display()
            ))
            .hint("choose another place, such as a file outside the project's folder")),
            _ => Ok(()),
        }
    }

    fn options(&self) -> Options {
        Options {
            cite: self.cite.into(),
            group: self.group.into(),
            definitions: self.definitions,
            texts: !self.no_text,
            glosses: self.glosses.into(),
            paper: self.paper.into(),
            fields: match self.fields.as_slice() {
                [] => Field::USUAL.to_vec(),
                fields => fields.to_vec(),
            },
            mark: self.bom,
        }
    }

    /// One reading to where the output goes, several to a file each in a folder.
    fn annotated(&self, project: &Project, order: &Order) -> Result<u8, Failure> {
        let mut files = order::annotated(project, order);
        let folder = self.output.as_deref().filter(|path| is_folder(path));
        match (files.len(), folder) {
            (0, _) => {
                Err(Failure::new("the project has no readings yet").hint("import some first"))
            }
            (_, Some(folder)) => send::several(project, &files, folder),
            (1, None) => send::one(project, &files.remove(0).order, self.output.as_deref()),
            (several, None) => Err(Failure::usage(format!(
                "{} would be written, each a document of its own",
                crate::text::counted(several, "annotated reading")
            ))
            .hint("choose one with --reading, or give a folder: -o annotated/")),
        }
    }
}

/// Whether a path is a folder or says by its slash that it is to be one.
fn is_folder(path: &Path) -> bool {
    path.is_dir()
        || path
            .to_string_lossy()
            .ends_with(['/', std::path::MAIN_SEPARATOR])
}
