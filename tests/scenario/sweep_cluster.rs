//! Sweeps on clusters: the share of a task by the variables of its array, and the script of a Slurm job array.

use outgrowth::cli::Outcome;
use outgrowth::sweep::Share;
use outgrowth::sweep::array_share::{
    ArrayVariables, Bound, Extent, NoShare, SYSTEMS, ShareChoice, share_of_task, systems_in_markdown,
};
use outgrowth::sweep::slurm::{
    ArrayJob, Queue, RESUMABLE, Resources, SbatchWord, TimeLimit, max_array_size, most_tasks, shares_for,
};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;

type Variables = BTreeMap<&'static str, String>;

fn share(variables: &Variables, planned: u32) -> Result<(Share, &'static str), NoShare> {
    share_of_task(|name| variables.get(name).cloned(), planned)
}

/// The variables of the task `ahead`, from 0, of four, the first of which has the number `first` where that is free to choose.
fn variables(system: &ArrayVariables, first: u64, step: u64, ahead: u64) -> Variables {
    let mut variables = Variables::new();
    let first = match system.first {
        Bound::Fixed(first) => first,
        Bound::Variable(name) => {
            variables.insert(name, first.to_string());
            first
        }
    };
    let step = match system.step {
        Some(name) => {
            variables.insert(name, step.to_string());
            step
        }
        None => 1,
    };
    match system.extent {
        Extent::Count(name) => variables.insert(name, "4".to_owned()),
        Extent::Last(name) => variables.insert(name, (first + 3 * step).to_string()),
        Extent::Planned => None,
    };
    variables.insert(system.number, (first + ahead * step).to_string());
    variables
}

#[test]
fn every_system_numbers_four_shares() {
    for system in &SYSTEMS {
        for (first, step) in [(1, 1), (0, 1), (5, 10)] {
            for ahead in 0..4 {
                let found = share(&variables(system, first, step, ahead), 4);
                let expected = Share {
                    number: ahead as u32 + 1,
                    of: 4,
                };
                assert_eq!(found, Ok((expected, system.number)), "{}", system.system);
            }
            // A fifth is none of four.
            let beyond = share(&variables(system, first, step, 4), 4)
                .expect_err("none of four")
                .to_string();
            assert!(
                beyond.contains(system.number) && beyond.contains("expected"),
                "{beyond}"
            );
        }
        if let Some(none) = system.none {
            let mut none_of_array = variables(system, 1, 1, 0);
            none_of_array.insert(system.number, none.to_owned());
            assert_eq!(share(&none_of_array, 4), Err(NoShare::NoArray), "{}", system.system);
        }
        let mut word = variables(system, 1, 1, 0);
        word.insert(system.number, "first".to_owned());
        assert!(
            matches!(share(&word, 4), Err(NoShare::Wrong { .. })),
            "{}",
            system.system
        );
    }
}

#[test]
fn numbers_begin_where_the_systems_say() {
    // Written out, not by the table: AWS Batch and Kubernetes count from 0, the others from 1.
    let first = [
        (
            "SLURM_ARRAY_TASK_ID=3 SLURM_ARRAY_TASK_MIN=3 SLURM_ARRAY_TASK_COUNT=4",
            "1/4",
        ),
        ("HQ_TASK_ID=1", "1/4"),
        ("PBS_ARRAY_INDEX=1", "1/4"),
        ("PBS_ARRAYID=1", "1/4"),
        ("SGE_TASK_ID=1 SGE_TASK_FIRST=1 SGE_TASK_LAST=9", "1/9"),
        ("LSB_JOBINDEX=1", "1/4"),
        ("JOB_COMPLETION_INDEX=0", "1/4"),
        ("AWS_BATCH_JOB_ARRAY_INDEX=0 AWS_BATCH_JOB_ARRAY_SIZE=7", "1/7"),
        ("PARALLEL_SEQ=1", "1/4"),
    ];
    assert_eq!(first.len(), SYSTEMS.len());
    for (text, expected) in first {
        let pairs: Vec<(&str, &str)> = text.split(' ').filter_map(|pair| pair.split_once('=')).collect();
        let look_up = |name: &str| {
            pairs
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, value)| (*value).to_owned())
        };
        let (found, _) = share_of_task(look_up, 4).expect("a share");
        assert_eq!(found.to_string(), expected, "{text}");
    }
}

#[test]
fn where_no_array_or_several_are_found_nothing_is_guessed() {
    let told = share(&Variables::new(), 4).expect_err("no array").to_string();
    for system in &SYSTEMS {
        assert!(told.contains(system.number), "{} is not in: {told}", system.number);
    }
    let of = |text: &[(&'static str, &str)]| -> Variables {
        text.iter().map(|(name, value)| (*name, (*value).to_owned())).collect()
    };
    let both = share(&of(&[("HQ_TASK_ID", "2"), ("PARALLEL_SEQ", "3")]), 4);
    let told = both.expect_err("two shares").to_string();
    assert!(
        told.contains("2/4 of HQ_TASK_ID") && told.contains("3/4 of PARALLEL_SEQ"),
        "{told}"
    );
    let agreed = share(&of(&[("HQ_TASK_ID", "2"), ("PARALLEL_SEQ", "2")]), 4);
    assert!(agreed.is_ok(), "{agreed:?}");
    // The tasks 3, 7 and 8 of an array: which of three shares the second has is not known.
    let gaps = of(&[
        ("SLURM_ARRAY_TASK_ID", "7"),
        ("SLURM_ARRAY_TASK_MIN", "3"),
        ("SLURM_ARRAY_TASK_COUNT", "3"),
    ]);
    assert!(matches!(share(&gaps, 10), Err(NoShare::Wrong { .. })));
}

#[test]
fn a_share_is_read_from_the_command_line() {
    assert_eq!("auto".parse(), Ok(ShareChoice::Auto));
    assert_eq!("2/4".parse(), Ok(ShareChoice::Given(Share { number: 2, of: 4 })));
    assert!("automatic".parse::<ShareChoice>().is_err());
}

#[test]
fn the_document_has_the_table_of_systems() {
    let document = include_str!("../../docs/batch.md");
    assert!(
        document.contains(&systems_in_markdown()),
        "docs/batch.md is stale: expected\n{}",
        systems_in_markdown()
    );
}

fn word(text: &str) -> SbatchWord {
    text.parse().expect("a word")
}

fn example() -> ArrayJob {
    ArrayJob {
        program: PathBuf::from("/opt/outgrowth/bin/outgrowth"),
        folder: PathBuf::from("/scratch/a lab/doses, 50 %"),
        shares: 12,
        tasks: vec![1, 2, 3, 7, 9, 10],
        task_s: 1800.0,
        resources: Resources {
            options: vec![("partition", word("gpu")), ("gpus", word("a100:1"))],
            time: None,
            cpus: Some(4),
            at_once: Some(3),
            modules: vec!["vulkan/1.3".to_owned(), "it's".to_owned()],
        },
    }
}

/// The script for a job array of one's own waits for its worker as the one that is submitted does.
#[test]
fn a_script_of_ones_own_waits_like_the_submitted_one() {
    let (own, submitted) = (include_str!("../../docs/batch/slurm.sh"), include_str!("slurm_job.sh"));
    let waits = |script: &'static str| {
        let (_, rest) = script.split_once("\nworker=$!\n").expect("a worker");
        let (waits, _) = rest.split_once("\ndone\n").expect("a loop");
        waits
    };
    assert!(waits(own).contains("wait \"$worker\""));
    assert_eq!(waits(own), waits(submitted));
}

#[test]
fn the_script_is_as_it_was_when_slurm_ran_it() {
    let golden = include_str!("slurm_job.sh");
    let script = example().script().expect("a script");
    assert_eq!(script, golden);
    // What is asked for otherwise stands in it otherwise, in its line alone.
    let mut other = example();
    other.resources.time = "90:00".parse().ok();
    let other = other.script().expect("a script");
    let changed: Vec<(&str, &str)> = script.lines().zip(other.lines()).filter(|(a, b)| a != b).collect();
    assert_eq!(changed, [("#SBATCH --time=02:00:00", "#SBATCH --time=01:30:00")]);
}

#[test]
#[cfg(unix)]
fn the_shell_takes_the_script() {
    let scratch = tempfile::tempdir().expect("a folder");
    let checks = |script: &str| {
        let path = scratch.path().join("job.sh");
        std::fs::write(&path, script).expect("written");
        Command::new("bash")
            .arg("-n")
            .arg(&path)
            .output()
            .expect("bash")
            .status
            .success()
    };
    let script = example().script().expect("a script");
    assert!(checks(&script));
    assert!(!checks(&script.replace("\ndone\n", "\n")), "the control");
    for path in ["/a\"b", "/a'b", "/a\\b", "/a\nb"] {
        let job = ArrayJob {
            folder: PathBuf::from(path),
            ..example()
        };
        assert!(job.script().is_err(), "{path}");
    }
    for text in ["", "a b", "a\n#SBATCH --x", "\"", "#"] {
        assert!(text.parse::<SbatchWord>().is_err(), "{text}");
    }
}

#[test]
fn the_status_of_work_left_is_the_one_that_the_script_waits_for() {
    assert_eq!(Outcome::Suspended as i32, RESUMABLE);
}

#[test]
fn time_limits_are_read_as_sbatch_reads_them() {
    let seconds = |text: &str| text.parse().map(|limit: TimeLimit| limit.seconds).ok();
    let good = [
        ("30", 1800),
        ("10:30", 630),
        ("1:00:00", 3600),
        ("2-0", 172_800),
        ("1-12:30", 131_400),
        ("1-0:0:5", 86_405),
    ];
    for (text, expected) in good {
        assert_eq!(seconds(text), Some(expected), "{text}");
        let limit = TimeLimit { seconds: expected };
        assert_eq!(seconds(&limit.to_string()), Some(expected), "{limit}");
    }
    for text in ["", "2", "1:30", "-1", "1-", "1:2:3:4", "1h", "99999999999999999999"] {
        assert_eq!(seconds(text), None, "{text}");
    }
}

#[test]
fn tasks_take_half_an_hour_and_no_more_than_slurm_counts() {
    let limit = |text: &str| text.parse().ok();
    assert_eq!(shares_for(36_000.0, 10_000, None, 1001), 20);
    assert_eq!(shares_for(10.0, 10_000, None, 1001), 1);
    assert_eq!(shares_for(36_000.0, 7, None, 1001), 7, "a share has a part at least");
    assert_eq!(shares_for(1e9, 1_000_000, None, 1001), 1000);
    assert_eq!(shares_for(36_000.0, 10_000, limit("22"), 1001), 60, "half of 20 min");
    assert_eq!((most_tasks(1001), most_tasks(0)), (1000, 1));
    let config = "Configuration data\nMaxArraySize            = 4001\nMaxJobCount             = 10000\n";
    assert_eq!((max_array_size(config), max_array_size("")), (Some(4001), None));
}

#[test]
fn the_queue_is_what_waits_and_what_runs() {
    let queue = Queue::read("1 RUNNING\n2 COMPLETED\n3 PENDING\n4 FAILED\n7 COMPLETING\nN/A PENDING\n\n");
    assert_eq!(queue.running.into_iter().collect::<Vec<u32>>(), [1, 7]);
    assert_eq!(queue.queued.into_iter().collect::<Vec<u32>>(), [3]);
}
