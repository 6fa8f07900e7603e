//! The memory that a run may take: what the machine has to spare, but no more than what the container (control groups of
//! version 2 and 1) and the shell (`ulimit`) leave of it.

use std::fs;
use std::path::{Path, PathBuf};

/// Memory that this process may still take, bytes; `None` where the system does not tell.
pub fn memory_to_spare() -> Option<u64> {
    memory_below(Path::new("/"))
}

/// As [`memory_to_spare`], of the system whose `proc` and `sys` lie in `root`.
fn memory_below(root: &Path) -> Option<u64> {
    [of_machine(root), of_groups(root), of_shell(root)]
        .into_iter()
        .flatten()
        .min()
}

fn of_machine(root: &Path) -> Option<u64> {
    let facts = fs::read_to_string(root.join("proc/meminfo")).ok()?;
    kilobytes(&facts, "MemAvailable:")
}

/// The number behind `name` in a list of kilobytes, in bytes.
fn kilobytes(facts: &str, name: &str) -> Option<u64> {
    let line = facts.lines().find_map(|line| line.strip_prefix(name))?;
    let kilobytes: u64 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
    kilobytes.checked_mul(1024)
}

/// A hierarchy of control groups: where it is mounted, and the files that hold the limit, what is taken, and of that what
/// can be given back at once.
struct Hierarchy {
    mount: &'static str,
    limit: &'static str,
    taken: &'static str,
    cached: &'static str,
}

const VERSION_2: Hierarchy = Hierarchy {
    mount: "sys/fs/cgroup",
    limit: "memory.max",
    taken: "memory.current",
    cached: "inactive_file ",
};
const VERSION_1: Hierarchy = Hierarchy {
    mount: "sys/fs/cgroup/memory",
    limit: "memory.limit_in_bytes",
    taken: "memory.usage_in_bytes",
    cached: "total_inactive_file ",
};

/// The least that any control group around this process leaves.
fn of_groups(root: &Path) -> Option<u64> {
    let groups = fs::read_to_string(root.join("proc/self/cgroup")).ok()?;
    groups.lines().filter_map(|line| of_group(root, line)).min()
}

/// The memory that the group of a line of `/proc/self/cgroup` (number:controllers:path) and those around it leave.
fn of_group(root: &Path, line: &str) -> Option<u64> {
    let mut parts = line.splitn(3, ':').skip(1);
    let (controllers, path) = (parts.next()?, parts.next()?);
    let hierarchy = match controllers {
        "" => VERSION_2,
        several if several.split(',').any(|one| one == "memory") => VERSION_1,
        _ => return None,
    };
    let mount = root.join(hierarchy.mount);
    let group = mount.join(path.trim_start_matches('/'));
    // Within a container the path may be that of the host, which is not there: the mount itself is the group then.
    let around = group.ancestors().take_while(|folder| folder.starts_with(&mount));
    around.filter_map(|folder| left_in(folder, &hierarchy)).min()
}

fn left_in(folder: &Path, hierarchy: &Hierarchy) -> Option<u64> {
    let number = |name: &str| -> Option<u64> { fs::read_to_string(folder.join(name)).ok()?.trim().parse().ok() };
    // "max" is no number, and no limit.
    let limit = number(hierarchy.limit)?;
    let taken = number(hierarchy.taken).unwrap_or(0);
    let facts = fs::read_to_string(folder.join("memory.stat")).unwrap_or_default();
    let cached = facts.lines().find_map(|line| line.strip_prefix(hierarchy.cached));
    let cached = cached.and_then(|bytes| bytes.trim().parse().ok()).unwrap_or(0);
    Some(limit.saturating_sub(taken.saturating_sub(cached)))
}

/// The memory that the shell's limits on the address space and on data leave.
fn of_shell(root: &Path) -> Option<u64> {
    let process: PathBuf = root.join("proc/self");
    let limits = fs::read_to_string(process.join("limits")).ok()?;
    let status = fs::read_to_string(process.join("status")).ok()?;
    let left = |name: &str, taken: &str| {
        let limit = limits.lines().find_map(|line| line.strip_prefix(name))?;
        // The first number is the limit that holds; "unlimited" is none.
        let limit: u64 = limit.split_whitespace().next()?.parse().ok()?;
        Some(limit.saturating_sub(kilobytes(&status, taken).unwrap_or(0)))
    };
    let kinds = [("Max address space", "VmSize:"), ("Max data size", "VmData:")];
    kinds.into_iter().filter_map(|(name, taken)| left(name, taken)).min()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder with these files, in the place of the root of a system.
    fn system(files: &[(&str, &str)]) -> tempfile::TempDir {
        let root = tempfile::tempdir().expect("a folder");
        for (name, text) in files {
            let path = root.path().join(name);
            fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("made");
            fs::write(path, text).expect("written");
        }
        root
    }

    const MACHINE: (&str, &str) = (
        "proc/meminfo",
        "MemTotal: 9000000 kB\nMemFree: 10 kB\nMemAvailable:    8000000 kB\n",
    );

    #[test]
    fn a_container_leaves_its_limit_less_what_is_taken_and_cannot_be_given_back() {
        for (group, mount, limit, taken, cached) in [
            (
                "0::/",
                "sys/fs/cgroup",
                "memory.max",
                "memory.current",
                "inactive_file 300\n",
            ),
            (
                "4:memory:/box/7",
                "sys/fs/cgroup/memory/box/7",
                "memory.limit_in_bytes",
                "memory.usage_in_bytes",
                "inactive_file 1\ntotal_inactive_file 300\n",
            ),
            // The path of the host, which is not seen in the container.
            (
                "4:cpu,memory:/not/here",
                "sys/fs/cgroup/memory",
                "memory.limit_in_bytes",
                "memory.usage_in_bytes",
                "total_inactive_file 300\n",
            ),
        ] {
            let root = system(&[
                MACHINE,
                ("proc/self/cgroup", &format!("9:pids:/\n{group}\n")),
                (&format!("{mount}/{limit}"), "2000\n"),
                (&format!("{mount}/{taken}"), "500\n"),
                (&format!("{mount}/memory.stat"), cached),
            ]);
            assert_eq!(memory_below(root.path()), Some(1800), "{group}");
        }
    }

    #[test]
    fn the_tightest_of_groups_within_each_other_counts() {
        let root = system(&[
            MACHINE,
            ("proc/self/cgroup", "0::/outer/inner\n"),
            ("sys/fs/cgroup/outer/memory.max", "1000\n"),
            ("sys/fs/cgroup/outer/memory.current", "100\n"),
            ("sys/fs/cgroup/outer/inner/memory.max", "max\n"),
            ("sys/fs/cgroup/outer/inner/memory.current", "50\n"),
        ]);
        assert_eq!(memory_below(root.path()), Some(900));
    }

    #[test]
    fn the_limit_of_the_shell_counts_and_without_one_the_machine_does() {
        let status = ("proc/self/status", "VmSize:\t    1 kB\nVmData:\t 1 kB\n");
        let limits = |space: &str| {
            format!(
                "Limit Soft Limit Hard Limit Units\nMax data size unlimited unlimited bytes\nMax address space {space} unlimited bytes\n"
            )
        };
        let root = system(&[MACHINE, status, ("proc/self/limits", &limits("5024"))]);
        assert_eq!(memory_below(root.path()), Some(4000));
        let root = system(&[MACHINE, status, ("proc/self/limits", &limits("unlimited"))]);
        assert_eq!(memory_below(root.path()), Some(8_000_000 * 1024));
        assert_eq!(memory_below(system(&[]).path()), None);
    }
}
