//! The page without a browser: what wishes do to it.

use super::*;
use crate::html;
use crate::plate::to_link;
use outgrowth::lesson::LessonPhase;
use outgrowth::link::SharedView;

/// The plate that is tried: every mechanism is in it.
const TRIED: &str = "quick";
/// A frame of a slow machine.
const FRAME: Duration = Duration::from_millis(50);

fn page(search: &str, fragment: &str) -> Page {
    let address = Address::read(search, fragment);
    let mut page = Page::open(&address, "en-GB", BTreeMap::new()).expect("a page");
    page.begin_on(Engines::processor());
    page.fulfil(Wish::Speed(SPEEDS.len() - 1));
    page
}

/// Goes on until nothing does so by itself any more.
fn finish(page: &mut Page) {
    page.turn(FRAME);
    while page.is_busy() {
        page.turn(FRAME);
    }
}

fn form(page: &mut Page, name: &str, fields: &[(&str, &str)]) {
    let fields = fields
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    let (name, fields) = (name.to_owned(), fields.collect());
    page.fulfil(Wish::Form { name, fields });
}

#[test]
fn the_table_is_that_of_a_headless_run() {
    let mut page = page("?plate=quick", "");
    finish(&mut page);
    let scenario = read_builtin(scenario::builtin(TRIED).expect("built in")).expect("a scenario");
    let mut engine = outgrowth::engine::cpu::CpuEngine::new(scenario.plate.clone(), Some(1), "").expect("an engine");
    let readouts = outgrowth::experiment::run(&mut engine).expect("a run");
    let labels = run_labels(&scenario, &run_id(&scenario, "cpu"));
    let headless = rows_table(&readouts, &readouts.rows).labelled(&labels).to_csv();
    assert_eq!(page.csv(), headless);
}

#[test]
fn a_link_opens_the_same_experiment_with_what_was_done_to_it() {
    let mut page = page("?plate=quick", "");
    form(
        &mut page,
        "cut",
        &[("from_x", "750"), ("from_y", "0"), ("to_x", "750"), ("to_y", "1200")],
    );
    assert_eq!(page.notice, "");
    finish(&mut page);
    let cut = page.csv();
    let Some(Effect::Share(link)) = page.fulfil(Wish::Link) else {
        panic!("no link: {}", page.notice)
    };
    let mut opened = self::page("", &link);
    assert_eq!(opened.notice, "");
    finish(&mut opened);
    assert_eq!(opened.csv(), cut);
    let mut untouched = self::page("?plate=quick", "");
    finish(&mut untouched);
    assert_ne!(untouched.csv(), cut, "a cut makes a difference");
    let newer = Page::open(&Address::read("", "#v9.abc"), "en", BTreeMap::new()).expect("the front page");
    assert!(newer.notice.contains("version \"9\""), "{}", newer.notice);
}

/// That plate by a link that is looked at in a way.
fn shared(view: SharedView) -> Page {
    let text = scenario::builtin(TRIED).expect("built in").text;
    page("", &to_link(text, &[], view).expect("a link"))
}

#[test]
fn a_quiz_tells_no_treatment_until_it_is_revealed() {
    let mut page = shared(SharedView {
        hides_names: true,
        ..SharedView::default()
    });
    finish(&mut page);
    let said = |page: &Page| -> String {
        let regions = [html::still_regions(page), html::live_regions(page)].concat();
        let of_plate = regions.into_iter().filter(|(region, _)| *region != "gallery");
        of_plate.map(|(_, html)| html).collect()
    };
    let tells = |page: &Page| said(page).contains("medium and movement") || said(page).contains("beside them");
    assert!(!tells(&page), "{}", said(&page));
    assert!(
        page.spoken().contains("“A”") || page.spoken().contains("“B”"),
        "{}",
        page.spoken()
    );
    for wish in [Wish::Csv, Wish::ScenarioFile] {
        assert_eq!(page.fulfil(wish), None);
        assert_eq!(page.notice, page.words().files_tell);
    }
    let Some(Effect::Share(passed_on)) = page.fulfil(Wish::Link) else {
        panic!("no link: {}", page.notice)
    };
    assert!(self::page("", &passed_on).hides_names);
    page.fulfil(Wish::Reveal);
    assert!(tells(&page) && page.fulfil(Wish::Csv).is_some());
}

#[test]
fn a_link_opens_at_its_moment_and_plays_from_there_if_it_says_so() {
    for plays in [false, true] {
        let mut page = shared(SharedView {
            at_h: Some(2.0),
            plays,
            ..SharedView::default()
        });
        let step = (2.0 / page.scenario.plate.step_h).round() as u32;
        while page.status().step < step || page.status().travelling_to.is_some() {
            page.turn(FRAME);
        }
        page.turn(FRAME);
        assert_eq!((page.status().playing, page.status().step > step), (plays, plays));
    }
}

#[test]
fn a_plate_that_cannot_be_read_says_why_and_the_old_one_stays() {
    let mut page = page("?plate=quick", "");
    let begun = page.begun;
    let (name, text) = ("mine.toml".to_owned(), "name = 3\n".to_owned());
    page.fulfil(Wish::Take { name, text });
    assert!(page.notice.contains("mine.toml:1"), "{}", page.notice);
    assert_eq!((page.begun, page.file.as_str()), (begun, TRIED));
    page.fulfil(Wish::Open("gradient".to_owned()));
    assert_eq!(
        (page.begun, page.file.as_str(), page.notice.as_str()),
        (begun + 1, "gradient", "")
    );
    page.fulfil(Wish::Open("nowhere".to_owned()));
    assert!(
        page.notice.contains("nowhere") && page.notice.contains("gradient"),
        "{}",
        page.notice
    );
}

#[test]
fn a_step_goes_to_the_next_record_and_rests() {
    let mut page = page("?plate=quick", "");
    page.fulfil(Wish::Pause);
    page.turn(FRAME);
    page.fulfil(Wish::Restart);
    page.fulfil(Wish::Pause);
    page.turn(FRAME);
    let before = page.status().step / page.scenario.plate.record_every;
    page.fulfil(Wish::Step);
    finish(&mut page);
    assert_eq!(page.status().step, (before + 1) * page.scenario.plate.record_every);
    assert!(!page.status().playing);
}

#[test]
fn a_lesson_asks_before_it_runs_and_is_taken_up_where_it_was_left() {
    let mut page = page("?lesson=finding-the-way", "");
    finish(&mut page);
    let teaching = |page: &Page| {
        page.teaching
            .as_ref()
            .map(|teaching| (teaching.run.place(), teaching.run.phase()))
    };
    assert_eq!(teaching(&page), Some((0, LessonPhase::Answer)), "{}", page.notice);
    assert!(page.is_over());
    assert_eq!(page.spoken(), "", "the question asks for it");
    form(&mut page, "answer", &[("guess", "7 mm")]);
    assert!(page.notice.contains("between 0 and 2 mm"), "{}", page.notice);
    let beside = html::still_regions(&page)
        .into_iter()
        .find(|(region, _)| *region == "lesson");
    let (_, beside) = beside.expect("a lesson");
    assert!(
        beside.contains(&page.notice) && beside.contains("value=\"7 mm\""),
        "{beside}"
    );
    form(&mut page, "answer", &[("guess", "0,2")]);
    assert_eq!(
        (page.notice.as_str(), teaching(&page)),
        ("", Some((0, LessonPhase::Done)))
    );
    assert!(page.spoken().contains("mm"), "{}", page.spoken());
    page.fulfil(Wish::Next);
    page.fulfil(Wish::Play);
    page.turn(FRAME);
    assert_eq!(page.status().step, 0, "nothing runs ahead of the prediction");
    form(&mut page, "predict", &[("guess", "nonsense")]);
    assert_eq!(teaching(&page), Some((1, LessonPhase::Predict)));
    assert!(page.notice.contains("nonsense"), "{}", page.notice);
    form(&mut page, "predict", &[("guess", "more")]);
    finish(&mut page);
    assert_eq!(teaching(&page), Some((1, LessonPhase::Answer)), "{}", page.notice);
    let again = Page::open(&Address::read("?lesson=finding-the-way", ""), "zh", page.kept.clone()).expect("a page");
    assert_eq!(teaching(&again), Some((1, LessonPhase::Answer)));
}
