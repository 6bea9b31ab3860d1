//! Who is coding.

use clap::Args;

use super::failure::Failure;
use crate::model::CoderId;

/// Who the command's edits are by.
#[derive(Args, Debug)]
pub struct ByCoder {
    /// Your short name as a coder, such as MK [default: $GLOSSATOR_CODER, else made of your user name]
    #[arg(long, value_name = "NAME")]
    coder: Option<String>,
}

impl ByCoder {
    /// The coder, if one was named on the command line.
    pub fn given(&self) -> Result<Option<CoderId>, Failure> {
        self.coder.as_deref().map(parse).transpose()
    }

    /// The coder.
    pub fn id(&self) -> Result<CoderId, Failure> {
        match &self.coder {
            Some(name) => parse(name),
            None => match named_by_environment() {
                Some(name) => parse(&name),
                None => Ok(default_coder()),
            },
        }
    }
}

fn named_by_environment() -> Option<String> {
    std::env::var("GLOSSATOR_CODER")
        .ok()
        .filter(|name| !name.is_empty())
}

/// Who codes when nobody says: who the environment variable `GLOSSATOR_CODER` names, else a name made of the user's.
pub fn usual_coder() -> CoderId {
    named_by_environment()
        .and_then(|name| CoderId::new(name.trim()).ok())
        .unwrap_or_else(default_coder)
}

/// A coder's name as someone typed it.
pub fn parse(name: &str) -> Result<CoderId, Failure> {
    CoderId::new(name.trim()).map_err(|_| {
        Failure::usage(format!("“{name}” can't be a coder's name"))
            .hint("use 1 to 80 letters, digits, - or _, such as MK: it names a file")
    })
}

/// A coder's name made of the user's: initials where that has several parts (`michael.k` gives `MK`), else the name itself.
fn default_coder() -> CoderId {
    let variables = ["USER", "LOGNAME", "USERNAME"];
    let user = variables
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|v| !v.is_empty()));
    of_user(&user.unwrap_or_default())
}

/// # Panics
/// Never: `coder` is a good name.
fn of_user(user: &str) -> CoderId {
    let parts: Vec<&str> = user
        .split(|c: char| !c.is_alphanumeric())
        .filter(|p| p.starts_with(char::is_alphabetic))
        .collect();
    let name: String = match parts.as_slice() {
        [one] => one.chars().take(40).collect(),
        several => several
            .iter()
            .filter_map(|p| p.chars().next())
            .flat_map(char::to_uppercase)
            .take(4)
            .collect(),
    };
    CoderId::new(&name)
        .or_else(|_| CoderId::new("coder"))
        .unwrap_or_else(|_| unreachable!("a constant name is good"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn user_names_become_coders() {
        let name = |user| of_user(user).to_string();
        assert_eq!(name("michael"), "michael");
        assert_eq!(name("michael.kuhn"), "MK");
        assert_eq!(name("Ann B. Lee"), "ABL");
        assert_eq!(name("EXAMPLE\\ann"), "EA");
        assert_eq!(name(""), "coder");
        assert_eq!(name("con"), "coder");
        assert_eq!(name("42"), "coder");
    }

    #[test]
    fn names_that_leave_their_folder_are_refused() {
        assert!(parse("../x").is_err());
        assert_eq!(
            parse(" MK ").map(|c| c.to_string()).ok().as_deref(),
            Some("MK")
        );
    }
}
