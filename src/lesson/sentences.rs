//! What was measured, in sentences.

use super::judgement::{Guess, Means};
use super::language::Language;
use super::lesson::{Ask, LessonOutcome, LessonStep};
use super::readout_words::{ReadoutWords, brief, brief_ratio};
use super::texts::{AskTexts, LessonTexts};
use crate::readout::Comparison;

/// Hours of a day.
const DAY_H: f64 = 24.0;

/// A time since the beginning, such as "After 2 days" and "2 天后".
fn after(time_h: f64, language: Language) -> String {
    let halves = 2.0 * time_h / DAY_H;
    let is_days = time_h >= DAY_H && (halves - halves.round()).abs() < 1e-9;
    let number = if is_days { time_h / DAY_H } else { time_h };
    let figure = brief(number);
    match (language, is_days) {
        (Language::English, true) if figure == "1" => "After 1 day".to_owned(),
        (Language::English, true) => format!("After {figure} days"),
        (Language::English, false) if figure == "1" => "After 1 hour".to_owned(),
        (Language::English, false) => format!("After {figure} hours"),
        (Language::Chinese, true) => format!("{figure} 天后"),
        (Language::Chinese, false) => format!("{figure} 小时后"),
    }
}

/// What a condition of a step is called.
fn condition<'a>(step: &'a LessonStep, place: usize, texts: &'a LessonTexts) -> &'a str {
    let condition = step.scenario.plate.conditions.get(place);
    condition.map_or("", |condition| texts.condition(&condition.name))
}

/// An outcome, such as "After 2 days the mean axon length is 0.9 mm in exercised medium, 2.1 times that in the control."
pub(super) fn outcome(
    outcome: &LessonOutcome,
    means: &Means,
    at_h: f64,
    step: &LessonStep,
    texts: &LessonTexts,
) -> String {
    let (language, words) = (texts.language, &outcome.words);
    let of = condition(step, outcome.statistic.of, texts);
    let first = told(words, at_h, &[(of, means.of)], language);
    let figure = means.figure(outcome.statistic.comparison);
    let compared = match (outcome.statistic.comparison, figure) {
        (Comparison::Over(other), Some(figure)) => {
            let (other, figure) = (condition(step, other, texts), brief_ratio(figure));
            Some(match language {
                Language::English => format!(", {figure} times that in {other}"),
                Language::Chinese => format!("，是{}的 {figure} 倍", spaced(other)),
            })
        }
        (Comparison::Less(other), Some(figure)) => {
            let other = condition(step, other, texts);
            let by = words.value(figure.abs(), language);
            Some(match (language, figure < 0.0) {
                (Language::English, false) => format!(", {by} more than in {other}"),
                (Language::English, true) => format!(", {by} less than in {other}"),
                (Language::Chinese, false) => format!("，比{}多 {by}", spaced(other)),
                (Language::Chinese, true) => format!("，比{}少 {by}", spaced(other)),
            })
        }
        _ => None,
    };
    end(first + &compared.unwrap_or_default(), language)
}

/// A readout in several conditions, such as "After 2 days the mean axon length is 0.9 mm in A and 0.4 mm in B."
pub(super) fn conditions(
    words: &ReadoutWords,
    at_h: f64,
    means: &[(usize, f64)],
    step: &LessonStep,
    texts: &LessonTexts,
) -> String {
    let named: Vec<(&str, f64)> = means
        .iter()
        .map(|&(place, mean)| (condition(step, place, texts), mean))
        .collect();
    end(told(words, at_h, &named, texts.language), texts.language)
}

/// The figures that decide what is right.
pub(super) fn deciding(ask: &Ask, measured: &[Means], step: &LessonStep, texts: &LessonTexts) -> Option<String> {
    let at_h = ask.about.statistic.at_h;
    let first = measured.first()?;
    Some(match ask.conditions() {
        None => outcome(&ask.about, first, at_h, step, texts),
        Some(places) => {
            let means: Vec<(usize, f64)> = places
                .iter()
                .copied()
                .zip(measured.iter().map(|means| means.of))
                .collect();
            conditions(&ask.about.words, at_h, &means, step, texts)
        }
    })
}

/// What an answer is called: the text of a choice, the name of a condition, a number with its unit.
pub(super) fn answer(guess: &Guess, ask: &Ask, asked: Option<&AskTexts>, texts: &LessonTexts) -> String {
    match guess {
        Guess::Choice(id) => match asked.and_then(|asked| asked.choices.get(id)) {
            Some(text) => text.clone(),
            None => texts.condition(id).to_owned(),
        },
        Guess::Number(number) => match (ask.about.statistic.comparison, texts.language) {
            // A ratio has no unit.
            (Comparison::Over(_), Language::English) => format!("{} times", brief_ratio(*number)),
            (Comparison::Over(_), Language::Chinese) => format!("{} 倍", brief_ratio(*number)),
            (_, language) => ask.about.words.value(*number, language),
        },
    }
}

/// A sentence without its end.
fn told(words: &ReadoutWords, at_h: f64, means: &[(&str, f64)], language: Language) -> String {
    let (after, name) = (after(at_h, language), words.name(language));
    let values = means
        .iter()
        .map(|(condition, mean)| (condition, words.value(*mean, language)));
    match language {
        Language::English => {
            let values: Vec<String> = values
                .map(|(condition, value)| format!("{value} in {condition}"))
                .collect();
            format!("{after} {name} is {}", listed(&values, ", ", " and "))
        }
        Language::Chinese => {
            let values: Vec<String> = values
                .map(|(condition, value)| format!("{condition}中{name}是 {value}"))
                .collect();
            format!("{after}，{}", listed(&values, "，", "，"))
        }
    }
}

/// A name behind Chinese words: with a space ahead of it where it begins with another script.
fn spaced(name: &str) -> String {
    let space = if name.starts_with(|c: char| c.is_ascii()) {
        " "
    } else {
        ""
    };
    format!("{space}{name}")
}

fn end(sentence: String, language: Language) -> String {
    match language {
        Language::English => sentence + ".",
        Language::Chinese => sentence + "。",
    }
}

fn listed(parts: &[String], comma: &str, and: &str) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{}{and}{last}", first.join(comma)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_in_hours_up_to_a_day() {
        let english = [1.0, 12.0, 24.0, 36.0, 48.0].map(|time_h| after(time_h, Language::English));
        assert_eq!(
            english,
            [
                "After 1 hour",
                "After 12 hours",
                "After 1 day",
                "After 1.5 days",
                "After 2 days"
            ]
        );
        assert_eq!(after(36.0, Language::Chinese), "1.5 天后");
        assert_eq!(after(51.0, Language::English), "After 51 hours");
    }
}
