//! The process's memory holds keys: no core dump takes them to a disk, and no other program of the same user reads them.

/// Forbids core dumps, and on Linux debuggers and readers of `/proc/<pid>/mem` as well.
///
/// The limit alone would not do: where cores are piped to a program, the system does not look at it.
/// Source: <https://man7.org/linux/man-pages/man5/core.5.html>, seen 2026-11.
///
/// # Errors
/// What the system refused.
#[cfg(unix)]
pub fn keep_memory_to_ourselves() -> Result<(), String> {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let none = Rlimit {
        current: Some(0),
        maximum: Some(0),
    };
    setrlimit(Resource::Core, none).map_err(|error| format!("expected to forbid core dumps: {error}"))?;
    #[cfg(any(target_os = "linux", target_os = "android"))]
    rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable)
        .map_err(|error| format!("expected to forbid reading the memory: {error}"))?;
    Ok(())
}

/// Forbids nothing: this system writes no core by itself.
///
/// # Errors
/// None.
#[cfg(not(unix))]
pub fn keep_memory_to_ourselves() -> Result<(), String> {
    Ok(())
}
