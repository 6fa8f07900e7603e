//! `outgrowth validate [CASE...]`: the validation book on a chosen engine, and the page that shows it.

use super::input::read_at_most;
use super::one_file::NewFile;
use super::say::say;
use super::source::MOST_TEXT_BYTES;
use super::{Common, Failure, Outcome, engine, print};
use crate::export::ExportError;
use crate::export::terminal::aligned;
use crate::scenario::mistake::nearest;
use crate::session::results::calendar;
use crate::validation::book::BOOK;
use crate::validation::case::read;
use crate::validation::page::{Heading, expected_words, found_words, page_html};
use crate::validation::{Bench, Case, CaseOutcome, Extent, try_case};
use serde_json::json;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// The page, where no other name is given.
const PAGE: &str = "validation.html";

/// Measures the cases and writes the page; done only if every case stands and every control fails.
pub fn run(names: &[String], quick: bool, list: bool, common: &Common) -> Result<Outcome, Failure> {
    let cases = match find_all(names) {
        Ok(cases) => cases,
        Err(problem) => {
            say(problem);
            return Ok(Outcome::WrongInput);
        }
    };
    if list {
        return print_list(&cases, common);
    }
    let path = destination(common.out.as_deref());
    let file = match NewFile::begin(&path, PAGE, common.force) {
        Ok(file) => file,
        Err(problem) => {
            say(problem);
            return Ok(Outcome::WrongInput);
        }
    };
    let extent = if quick { Extent::Quick } else { Extent::Full };
    let bench = Bench::new(engine::choice(common), common.seed.unwrap_or(1));
    let outcomes = measure(&cases, extent, !names.is_empty(), &bench, common)?;

    let heading = Heading {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        engine: bench.engine(),
        seed: bench.seed,
        extent,
        date: calendar(SystemTime::now()),
    };
    let page = page_html(&heading, &outcomes)?;
    file.write(page.as_bytes()).map_err(|reason| ExportError::Io {
        what: "written",
        path: path.clone(),
        reason,
    })?;
    report(&outcomes, &bench, &path, common)?;
    let good = outcomes.iter().all(CaseOutcome::passed);
    Ok(if good { Outcome::Done } else { Outcome::Failed })
}

/// Measures one case after the other. The quick book leaves out the cases that say so, unless they were asked for by name.
fn measure(
    cases: &[Case],
    extent: Extent,
    by_name: bool,
    bench: &Bench,
    common: &Common,
) -> Result<Vec<CaseOutcome>, Failure> {
    let mut outcomes = Vec::new();
    for (number, case) in cases.iter().enumerate() {
        let place = format!("{:>2}/{} {}", number + 1, cases.len(), case.name);
        if extent == Extent::Quick && !by_name && !case.quick_leaves_out.is_empty() {
            if !common.quiet {
                say(format_args!("{place}: left out, {}", case.quick_leaves_out));
            }
            continue;
        }
        let outcome = try_case(case, extent, bench)?;
        if !common.quiet {
            let verdict = verdict(&outcome);
            say(format_args!("{place}: {verdict}, {:.1} s", outcome.seconds));
        }
        outcomes.push(outcome);
    }
    Ok(outcomes)
}

fn verdict(outcome: &CaseOutcome) -> &'static str {
    match (outcome.inside(), outcome.controlled()) {
        (true, true) => "stands",
        (false, _) => "OUT OF ITS BAND",
        (true, false) => "ITS CONTROL DOES NOT FAIL",
    }
}

/// The cases of those names; the whole book of none.
fn find_all(names: &[String]) -> Result<Vec<Case>, String> {
    if names.is_empty() {
        return BOOK
            .iter()
            .map(|page| page.case().map_err(|mistakes| mistakes.to_string()))
            .collect();
    }
    names.iter().map(|name| find(name)).collect()
}

/// A case of the book, or one in a file.
fn find(name: &str) -> Result<Case, String> {
    let bare = name.strip_suffix(".toml").unwrap_or(name);
    if let Some(page) = BOOK.iter().find(|page| page.name == bare) {
        return page.case().map_err(|mistakes| mistakes.to_string());
    }
    let path = Path::new(name);
    let text = read_at_most(path, MOST_TEXT_BYTES)
        .and_then(|bytes| String::from_utf8(bytes).map_err(|_| std::io::Error::other("it is no text in UTF-8")));
    match text {
        Ok(text) => {
            let stem = path
                .file_stem()
                .map(|stem| stem.to_string_lossy().into_owned())
                .unwrap_or_default();
            read(&text, &stem, name).map_err(|mistakes| mistakes.to_string())
        }
        Err(problem) => {
            let known = BOOK.iter().map(|page| page.name);
            let near = nearest(name, known)
                .map(|near| format!(" (did you mean \"{near}\"?)"))
                .unwrap_or_default();
            Err(format!(
                "{name}: {problem}; expected a case of the book (outgrowth validate --list) or a file with one{near}"
            ))
        }
    }
}

/// The file that is asked for, or the page in the folder that is asked for.
fn destination(out: Option<&Path>) -> PathBuf {
    match out {
        None => PathBuf::from(PAGE),
        Some(out) if out.is_dir() => out.join(PAGE),
        Some(out) => out.to_owned(),
    }
}

fn print_list(cases: &[Case], common: &Common) -> Result<Outcome, Failure> {
    if common.json {
        let cases = cases.iter().map(|case| {
            json!({
                "case": case.name,
                "chapter": case.chapter,
                "kind": case.kind.words(),
                "title": case.title,
                "claim": case.claim,
                "expects": case.expects,
                "source": case.source,
                "in_quick": case.quick_leaves_out.is_empty(),
            })
        });
        print(&format!("{:#}\n", json!(cases.collect::<Vec<_>>())))?;
        return Ok(Outcome::Done);
    }
    let width = |of: fn(&Case) -> &str| cases.iter().map(|case| of(case).len()).max().unwrap_or(0);
    let (names, kinds) = (width(|case| &case.name), width(|case| case.kind.words()));
    for case in cases {
        print(&format!(
            "{:names$}  {:kinds$}  {}\n",
            case.name,
            case.kind.words(),
            case.title
        ))?;
    }
    Ok(Outcome::Done)
}

fn report(outcomes: &[CaseOutcome], bench: &Bench, path: &Path, common: &Common) -> Result<(), Failure> {
    if common.json {
        let cases: Vec<_> = outcomes.iter().map(to_json).collect();
        let all = outcomes.iter().all(CaseOutcome::passed);
        return print(&format!(
            "{:#}\n",
            json!({ "page": path, "engine": bench.engine(), "passed": all, "cases": cases })
        ));
    }
    if common.quiet {
        return Ok(());
    }
    let heading = [
        "case",
        "nearest to its edge",
        "expected",
        "found",
        "band",
        "",
        "control",
    ]
    .map(str::to_owned);
    let mut lines = vec![heading.to_vec()];
    for outcome in outcomes {
        let mut line = vec![outcome.case.name.clone()];
        if let Some(judged) = outcome.tightest() {
            line.extend([
                shortened(&judged.figure.what),
                expected_words(judged),
                found_words(judged),
                judged.band.words(),
            ]);
        }
        line.push(if outcome.inside() { "inside" } else { "OUTSIDE" }.to_owned());
        line.push(if outcome.controlled() { "fails" } else { "DOES NOT FAIL" }.to_owned());
        lines.push(line);
    }
    let stand = outcomes.iter().filter(|outcome| outcome.passed()).count();
    let seconds: f64 = outcomes.iter().map(|outcome| outcome.seconds).sum();
    print(&format!(
        "{}\n{stand} of {} cases stand on {}; {seconds:.0} s; page: {}\n",
        aligned(&lines),
        outcomes.len(),
        bench.engine(),
        path.display()
    ))
}

/// The first words of a long name.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 40;
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    text.chars().take(LONGEST - 1).chain(['…']).collect()
}

fn to_json(outcome: &CaseOutcome) -> serde_json::Value {
    let figures = |judged: &[crate::validation::outcome::Judged]| {
        let figures = judged.iter().map(|judged| {
            let figure = &judged.figure;
            json!({
                "band": figure.band,
                "figure": figure.what,
                "unit": figure.unit,
                "expected": figure.expected,
                "found": figure.found,
                "half_width_95": figure.half_width,
                "accepted": judged.band.words(),
                "inside": judged.inside(),
            })
        });
        figures.collect::<Vec<_>>()
    };
    let controls = outcome.controls.iter().map(|control| {
        json!({
            "changed": control.control.says,
            "fails_as_it_must": control.failed_as_it_must(),
            "figures": figures(&control.judged),
        })
    });
    json!({
        "case": outcome.case.name,
        "kind": outcome.case.kind.words(),
        "claim": outcome.case.claim,
        "source": outcome.case.source,
        "expects": outcome.case.expects,
        "engine": outcome.engine,
        "seconds": outcome.seconds,
        "passed": outcome.passed(),
        "figures": figures(&outcome.judged),
        "controls": controls.collect::<Vec<_>>(),
    })
}
