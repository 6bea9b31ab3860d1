//! `glossator new`: a new project folder.

use std::{fs, path::PathBuf};

use clap::Args;
use jiff::Timestamp;

use super::{DONE, coder::ByCoder, failure::Failure, output, project};
use crate::{import::codebook, model::Label, seeds, store::Workspace};

/// Make a new project folder
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  # with the starter codebook for alliance theory
  glossator new seminar --codebook alliance
  # with the labels of a colleague's export
  glossator new seminar --codebook theirs.ron")]
pub struct New {
    /// The folder to make; it must not exist or be empty
    #[arg(value_name = "PROJECT")]
    project: PathBuf,
    /// The labels to begin with: alliance (the starter codebook), none, or a RON file with labels, such as an export
    #[arg(long, value_name = "alliance|none|FILE.ron", default_value = "none")]
    codebook: String,
    /// The project's name [default: the folder's]
    #[arg(long)]
    name: Option<String>,
    #[command(flatten)]
    coder: ByCoder,
}

impl New {
    pub fn run(self) -> Result<u8, Failure> {
        let coder = self.coder.id()?;
        let labels = labels(&self.codebook)?;
        let count = labels.len();
        let name = match self.name {
            Some(name) if !name.trim().is_empty() => name.trim().to_owned(),
            _ => self.folder_name(),
        };
        let workspace = Workspace::create(&self.project, &name, labels, coder, Timestamp::now())?;
        project::finish(workspace)?;
        let labels = match count {
            0 => "no labels yet".to_owned(),
            n => crate::text::counted(n, "label"),
        };
        output::write_out(&format!("Made {} with {labels}.", self.project.display()))?;
        Ok(DONE)
    }

    fn folder_name(&self) -> String {
        let whole = std::path::absolute(&self.project).unwrap_or_else(|_| self.project.clone());
        let name = whole.file_name().unwrap_or_default();
        match name.to_string_lossy() {
            name if name.is_empty() => "Project".to_owned(),
            name => name.into_owned(),
        }
    }
}

fn labels(codebook: &str) -> Result<Vec<Label>, Failure> {
    match codebook {
        "none" => Ok(Vec::new()),
        "alliance" => seeds::starter_codebook().map_err(Failure::new),
        path => {
            let path = PathBuf::from(path);
            if path.extension().is_none_or(|e| e != "ron") {
                return Err(Failure::usage(format!("there is no codebook “{codebook}”"))
                    .hint("say alliance, none, or the name of a .ron file"));
            }
            let ron = fs::read_to_string(&path).map_err(|e| Failure::io("read", &path, &e))?;
            codebook::parse(&ron).map_err(|error| {
                Failure::new(format!("{} is no codebook: {error}", path.display()))
                    .hint("a codebook looks like (version: 1, labels: [(name: \"Trust\")])")
            })
        }
    }
}
