//! The command line of the server.

use super::fault::FaultRule;
use crate::choices::NotAChoice;
use crate::{Options, choices};
use std::path::{Path, PathBuf};

/// How to call it.
pub const HELP: &str = "\
cargo xtask sandbox [OPTIONS]        prints {\"api\":\"…\",\"authority\":\"…\"} and serves until ended

  --port N              port of the API; 0, the usual: any free one
  --authority-port N    port of the sign-in authority; 0, the usual: any free one
  --data FOLDER         keep the state there; otherwise it is forgotten at the end
  --no-auth             any bearer token will do
  --faults FILE         troubles to begin with, a JSON list; more can be sent to /sandbox/faults
  --bom on|off          byte order mark before good answers
  --choice NAME=VALUE   what Partner Center publishes nowhere; can be given several times
  --choices             print the table of choices and end
  --openapi             print the description of the API and end
  --empty               begin without the sample customers
  --customers N         begin with N more customers, each with a subscription

Troubles, for example (skip: so many calls go well first; times: 1 unless said, 0 for ever):
[{\"operation\":\"create_customer\",\"fault\":{\"kind\":\"lost_after\"}},
 {\"method\":\"GET\",\"path\":\"/v1/customers\",\"skip\":2,\"times\":0,\"fault\":{\"kind\":\"delay\",\"ms\":400}}]
kinds: lost_before, lost_after, cut {after}, delay {ms}, throttled {retry_after}, html {status, carried_out},
answer {status, code, data, newer, carried_out, retry_after}, token_expired, mfa, account_review, stale_availability,
partial_checkout, half_created, forgotten_request_id, order_lag {seconds}, without_bom, doubled_headers";

/// What the command line asks for.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Arguments {
    /// Port of the API.
    pub port: u16,
    /// Port of the authority.
    pub authority_port: u16,
    /// Folder of the state.
    pub data: Option<PathBuf>,
    /// Any token will do.
    pub no_auth: bool,
    /// Troubles to begin with.
    pub faults: Vec<FaultRule>,
    /// Choices by name.
    pub choices: Vec<(String, String)>,
    /// No sample.
    pub empty: bool,
    /// More customers.
    pub customers: u32,
    /// Print this and end.
    pub print: Option<String>,
}

/// A command line that can't be read.
#[derive(Debug, thiserror::Error)]
pub enum Misread {
    /// An option that there is not.
    #[error("no such option: {0}")]
    Option(String),
    /// An option without its value, or with one that makes no sense.
    #[error("{0} wants another value")]
    Value(&'static str),
    /// The file with the troubles.
    #[error("the file with the faults can't be read")]
    Faults(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// A choice that there is not.
    #[error(transparent)]
    Choice(#[from] NotAChoice),
}

impl Arguments {
    /// Reads them.
    ///
    /// # Errors
    /// When one of them makes no sense.
    pub fn read(given: impl IntoIterator<Item = String>) -> Result<Self, Misread> {
        let mut read = Self::default();
        let mut given = given.into_iter();
        while let Some(option) = given.next() {
            let mut value = |name: &'static str| given.next().ok_or(Misread::Value(name));
            match option.as_str() {
                "--port" => read.port = number(&value("--port")?, "--port")?,
                "--authority-port" => read.authority_port = number(&value("--authority-port")?, "--authority-port")?,
                "--data" => read.data = Some(PathBuf::from(value("--data")?)),
                "--no-auth" => read.no_auth = true,
                "--faults" => read.faults.extend(rules(Path::new(&value("--faults")?))?),
                "--bom" => read.choices.push(("bom".to_owned(), value("--bom")?)),
                "--choice" => {
                    let text = value("--choice")?;
                    let (name, chosen) = text.split_once('=').ok_or(Misread::Value("--choice"))?;
                    read.choices.push((name.to_owned(), chosen.to_owned()));
                }
                "--choices" => read.print = Some(choices::table()),
                "--openapi" => read.print = Some(super::openapi().to_string()),
                "--help" => read.print = Some(HELP.to_owned()),
                "--empty" => read.empty = true,
                "--customers" => read.customers = number(&value("--customers")?, "--customers")?,
                _ => return Err(Misread::Option(option)),
            }
        }
        read.options()?;
        Ok(read)
    }

    /// How the sandbox is to be opened.
    ///
    /// # Errors
    /// When a choice is none.
    pub fn options(&self) -> Result<Options, Misread> {
        let mut options = Options { sample: !self.empty, ..Options::default() };
        for (name, value) in &self.choices {
            options.choose(name, value)?;
        }
        Ok(options)
    }
}

fn number<T: std::str::FromStr>(text: &str, name: &'static str) -> Result<T, Misread> {
    text.parse().map_err(|_| Misread::Value(name))
}

fn rules(file: &Path) -> Result<Vec<FaultRule>, Misread> {
    let text = std::fs::read(file).map_err(|error| Misread::Faults(error.into()))?;
    serde_json::from_slice(&text).map_err(|error| Misread::Faults(error.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Arguments, Misread> {
        Arguments::read(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn the_help_has_troubles_that_are_taken_and_names_every_kind() {
        let example = HELP.split("for ever):\n").nth(1).unwrap().split("\nkinds:").next().unwrap();
        let rules: Vec<FaultRule> = serde_json::from_str(example).expect("reads");
        assert_eq!(rules.len(), 2);
        // A kind that is not known is answered with the list of those that are.
        let refused = serde_json::from_str::<FaultRule>(r#"{"fault":{"kind":"none"}}"#).unwrap_err().to_string();
        let known: Vec<&str> = refused.split('`').skip(3).step_by(2).collect();
        assert!(known.len() >= 17, "{refused}");
        let told = HELP.split("\nkinds:").nth(1).unwrap();
        for kind in known {
            assert!(told.split([' ', ',', '\n']).any(|word| word == kind), "{kind} is missing");
        }
    }

    #[test]
    fn everything_that_is_documented_is_read() {
        let read_all =
            read("--port 8080 --no-auth --bom off --choice total-count=whole --empty --customers 5000").expect("reads");
        assert_eq!((read_all.port, read_all.no_auth, read_all.empty, read_all.customers), (8080, true, true, 5000));
        let options = read_all.options().expect("choices");
        assert!(!options.bom && options.choices.total_of_whole && !options.sample);
        for option in HELP.split_whitespace().filter(|word| word.starts_with("--")) {
            let known = read(option);
            assert!(!matches!(known, Err(Misread::Option(_))), "{option} is documented");
        }
    }

    #[test]
    fn slips_are_told() {
        for line in ["--prot 1", "--port", "--port x", "--bom maybe", "--choice x=1", "--choice bom", "--faults /none"]
        {
            assert!(read(line).is_err(), "{line}");
        }
    }
}
