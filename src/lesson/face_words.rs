//! The words that every face of a lesson has around its texts: buttons, headings, judgements. They stand once, so that the window
//! and the page say the same.

use super::judgement::Judgement;
use super::language::Language;
use super::readout_words::brief;

/// Declares the words once, in all languages side by side.
macro_rules! face_words {
    ($($(#[$meaning:meta])* $name:ident: $english:literal, $chinese:literal;)*) => {
        /// The words of a face in one language.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub struct FaceWords { $($(#[$meaning])* pub $name: &'static str,)* }

        const ENGLISH: FaceWords = FaceWords { $($name: $english,)* };
        const CHINESE: FaceWords = FaceWords { $($name: $chinese,)* };
    };
}

face_words! {
    /// The heading of a list of lessons.
    lessons: "Lessons", "课程";
    /// One of them.
    lesson: "Lesson", "课程";
    /// The button that leaves the lesson.
    leave: "Leave the lesson", "离开课程";
    /// The button that goes to the step before.
    back: "Back", "上一步";
    /// The button that goes to the next step.
    next: "Next", "下一步";
    /// The words above a prediction.
    your_prediction: "Your prediction", "你的预测";
    /// The button that fixes a prediction and lets the plate run.
    predict_and_run: "I think so: let it grow", "我这样认为：开始生长";
    /// The words before what came out.
    outcome: "It came out", "实际结果";
    /// The sentence about a prediction that the run bears out.
    agrees: "As you predicted.", "与你的预测一致。";
    /// The sentence about one that it does not.
    differs: "Not as you predicted: a surprise worth thinking about.", "与你的预测不同：值得想一想。";
    /// The words before the answer that the run gives.
    run_says: "The dish shows", "培养皿显示";
    /// The sentence where the run gives none of the answers.
    neither: "The dish shows none of these clearly.", "培养皿里的结果与这些都不完全相符。";
    /// The button that lets time go on.
    run: "Let it grow", "开始生长";
    /// The button that stops it.
    pause: "Pause", "暂停";
    /// The button that lets the plate grow again.
    again: "Watch again", "再看一次";
    /// The words above a question.
    question: "Question", "问题";
    /// The button that gives an answer.
    answer: "Answer", "作答";
    /// The sentence about an answer that agrees with the run.
    right: "Yes, that is what the dish shows.", "对，培养皿里正是这样。";
    /// The sentence about one that does not; the right one is told after a second try.
    not_yet: "Not yet: look at the dish and at the curve once more.", "还不对：请再看看培养皿和曲线。";
    /// The heading of the runs that were tried.
    tried: "What you tried", "你试过的";
    /// The heading of the tools.
    by_hand: "Do something by hand", "动手试试";
    /// The heading of the terms that a step uses.
    glossary: "Words of this step", "本步骤的术语";
    /// The sentence at the end of the last step.
    finished: "This was the last step. Your answers are kept.", "这是最后一步。你的回答已保存。";
    /// The button that begins the lesson anew.
    start_over: "Start over", "重新开始";
    /// The words before the title of the lesson that comes next.
    next_lesson: "Next lesson", "下一课";
    /// The word at a lesson whose steps are all done.
    done: "done", "已完成";
    /// The request where nothing is chosen.
    choose_first: "Choose one first.", "请先选择一个答案。";
    /// The request where no number was typed.
    number_first: "Type a number first, such as 2.5.", "请先输入一个数字，例如 2.5。";
    /// The sentence where the plate is to run ahead of the prediction.
    predict_first: "Say first what you think will happen.", "请先说说你认为会发生什么。";
    /// The words before the field for a number.
    your_answer: "Your answer", "你的答案";
    /// The words behind a number that is a ratio.
    times: "times", "倍";
}

impl FaceWords {
    /// Those of a language.
    pub fn of(language: Language) -> &'static Self {
        match language {
            Language::English => &ENGLISH,
            Language::Chinese => &CHINESE,
        }
    }
}

impl FaceWords {
    /// The sentence about a prediction.
    pub fn of_prediction(&self, judgement: &Judgement) -> &'static str {
        self.of_judgement(judgement, self.agrees, self.differs)
    }

    /// The sentence about an answer.
    pub fn of_answer(&self, judgement: &Judgement) -> &'static str {
        self.of_judgement(judgement, self.right, self.not_yet)
    }

    fn of_judgement(&self, judgement: &Judgement, agrees: &'static str, differs: &'static str) -> &'static str {
        match (judgement.is_right, &judgement.right) {
            (true, _) => agrees,
            (false, Some(_)) => differs,
            (false, None) => self.neither,
        }
    }
}

/// The sentence about a number that cannot be the answer.
pub fn out_of_range((low, high): (f64, f64), unit: &str, language: Language) -> String {
    let (low, high) = (brief(low), brief(high));
    match language {
        Language::English => format!("The answer lies between {low} and {high} {unit}."),
        Language::Chinese => format!("答案在 {low} 到 {high} {unit}之间。"),
    }
}

/// The place among the steps, such as "Step 2 of 5".
pub fn step_of(place: usize, count: usize, language: Language) -> String {
    let place = place + 1;
    match language {
        Language::English => format!("Step {place} of {count}"),
        Language::Chinese => format!("第 {place} 步，共 {count} 步"),
    }
}

/// The time of the plate, h, such as "Day 1.5 of 5".
pub fn day_of(time_h: f64, until_h: f64, language: Language) -> String {
    let (day, until) = (time_h / 24.0, brief(until_h / 24.0));
    match language {
        Language::English => format!("Day {day:.1} of {until}"),
        Language::Chinese => format!("第 {day:.1} 天，共 {until} 天"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_and_times_are_told_in_both_languages() {
        let told = |language| [step_of(1, 5, language), day_of(36.0, 120.0, language)];
        assert_eq!(told(Language::English), ["Step 2 of 5", "Day 1.5 of 5"]);
        assert_eq!(told(Language::Chinese), ["第 2 步，共 5 步", "第 1.5 天，共 5 天"]);
    }
}
