//! Running other programs: a builder that remembers how to say which program failed, and how.

use std::ffi::OsStr;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::Outcome;
use crate::machine;

/// A program to run, in the repository's root unless told otherwise.
pub(crate) struct Program {
    command: Command,
    words: String,
}

impl Program {
    /// A program by name or path.
    pub(crate) fn new(program: impl AsRef<OsStr>) -> Self {
        let mut command = Command::new(program.as_ref());
        command.current_dir(machine::root());
        Self {
            command,
            words: Path::new(program.as_ref())
                .file_name()
                .map_or_else(String::new, words_of),
        }
    }

    /// npm, which is a script with another name on Windows.
    pub(crate) fn npm() -> Self {
        Self::new(if cfg!(windows) { "npm.cmd" } else { "npm" })
    }

    /// Adds one argument.
    pub(crate) fn arg(mut self, argument: impl AsRef<OsStr>) -> Self {
        self.words = format!("{} {}", self.words, words_of(argument.as_ref()));
        self.command.arg(argument);
        self
    }

    /// Adds arguments.
    pub(crate) fn args<A: AsRef<OsStr>>(self, arguments: impl IntoIterator<Item = A>) -> Self {
        arguments.into_iter().fold(self, Self::arg)
    }

    /// Runs it in another folder.
    pub(crate) fn dir(mut self, folder: &Path) -> Self {
        self.command.current_dir(folder);
        self
    }

    /// Sets an environment variable for it.
    pub(crate) fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// Takes an environment variable from it.
    pub(crate) fn without_env(mut self, name: &str) -> Self {
        self.command.env_remove(name);
        self
    }

    /// Runs it to its end with our own input and output.
    pub(crate) fn run(mut self) -> Outcome {
        let status = self
            .command
            .status()
            .map_err(|error| format!("cannot start `{}`: {error}", self.words))?;
        if status.success() {
            Ok(())
        } else {
            Err(format!("`{}` ended with {status}", self.words))
        }
    }

    /// Runs it to its end and gives what it printed, without the white space around it.
    pub(crate) fn text(mut self) -> Outcome<String> {
        let output = self.command.stdin(Stdio::null()).output();
        let output = output.map_err(|error| format!("cannot start `{}`: {error}", self.words))?;
        if !output.status.success() {
            let complaint = String::from_utf8_lossy(&output.stderr);
            return Err(format!(
                "`{}` ended with {}: {}",
                self.words,
                output.status,
                complaint.trim()
            ));
        }
        Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }

    /// Starts it and leaves it running on its own.
    pub(crate) fn leave(mut self) -> Outcome {
        let child = self.command.stdin(Stdio::null()).spawn();
        child
            .map(drop)
            .map_err(|error| format!("cannot start `{}`: {error}", self.words))
    }

    /// Becomes the program, so that Ctrl-C and signals meant for us reach it. Returns only if that failed.
    #[cfg(unix)]
    pub(crate) fn become_it(mut self) -> Outcome {
        let error = std::os::unix::process::CommandExt::exec(&mut self.command);
        Err(format!("cannot start `{}`: {error}", self.words))
    }

    /// Runs the program to its end; the console sends Ctrl-C to both.
    #[cfg(not(unix))]
    pub(crate) fn become_it(self) -> Outcome {
        self.run()
    }
}

fn words_of(text: &OsStr) -> String {
    text.to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_names_the_command_line() {
        let sentence = Program::new("cargo").arg("no-such-command-here").text().unwrap_err();
        assert!(
            sentence.starts_with("`cargo no-such-command-here` ended with exit status: 101"),
            "{sentence}"
        );
    }

    #[test]
    fn a_missing_program_is_said_by_name() {
        let sentence = Program::new("no-such-program-here").run().unwrap_err();
        assert!(
            sentence.starts_with("cannot start `no-such-program-here`"),
            "{sentence}"
        );
    }
}
