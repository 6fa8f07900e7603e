//! The words that every face of a lesson has around its texts: buttons, headings, judgements. They stand once, so that the window
//! and the page say the same.

use super::language::Language;

/// The words of a face in one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FaceWords {
    /// The heading of a list of lessons.
    pub lessons: &'static str,
    /// The button that leaves the lesson.
    pub leave: &'static str,
    /// The buttons that go to the step before and to the next.
    pub back: &'static str,
    /// See [`FaceWords::back`].
    pub next: &'static str,
    /// What stands above a prediction.
    pub predict: &'static str,
    /// The button that fixes it and lets the plate run.
    pub predict_and_run: &'static str,
    /// What is said of a prediction that was made.
    pub you_predicted: &'static str,
    /// What is said of a run.
    pub it_came_out: &'static str,
    /// The buttons that let time go on, stop it, and let the plate grow again.
    pub run: &'static str,
    /// See [`FaceWords::run`].
    pub pause: &'static str,
    /// See [`FaceWords::run`].
    pub again: &'static str,
    /// What stands above a question.
    pub question: &'static str,
    /// The button that gives an answer.
    pub answer: &'static str,
    /// What is said of an answer that agrees with the run.
    pub right: &'static str,
    /// What is said of one that does not.
    pub not_so: &'static str,
    /// What is said of one where the run gave none of the answers.
    pub neither: &'static str,
    /// What is said where a prediction was not borne out.
    pub surprised: &'static str,
    /// The heading of the runs that were tried.
    pub tried: &'static str,
    /// The heading of the tools.
    pub by_hand: &'static str,
    /// What is said at the end of the last step.
    pub finished: &'static str,
    /// What is asked for where nothing is chosen.
    pub choose_first: &'static str,
    step: [&'static str; 3],
    day: [&'static str; 3],
}

const ENGLISH: FaceWords = FaceWords {
    lessons: "Lessons",
    leave: "Leave the lesson",
    back: "Back",
    next: "Next",
    predict: "Your prediction",
    predict_and_run: "I think so: let it grow",
    you_predicted: "You predicted:",
    it_came_out: "It came out:",
    run: "Let it grow",
    pause: "Pause",
    again: "Watch again",
    question: "Question",
    answer: "Answer",
    right: "Yes, that is what the dish shows.",
    not_so: "The dish shows something else.",
    neither: "The dish shows none of these clearly.",
    surprised: "That is a surprise worth thinking about.",
    tried: "What you tried",
    by_hand: "Do something by hand",
    finished: "This was the last step. Your answers are kept.",
    choose_first: "Choose one first.",
    step: ["Step ", " of ", ""],
    day: ["Day ", " of ", ""],
};

const CHINESE: FaceWords = FaceWords {
    lessons: "课程",
    leave: "离开课程",
    back: "上一步",
    next: "下一步",
    predict: "你的预测",
    predict_and_run: "我这样认为：开始生长",
    you_predicted: "你的预测：",
    it_came_out: "实际结果：",
    run: "开始生长",
    pause: "暂停",
    again: "再看一次",
    question: "问题",
    answer: "回答",
    right: "对，培养皿里正是这样。",
    not_so: "培养皿里显示的不是这样。",
    neither: "培养皿里的结果与这些都不完全相符。",
    surprised: "结果出乎意料，值得想一想。",
    tried: "你试过的",
    by_hand: "动手试试",
    finished: "这是最后一步。你的回答已保存。",
    choose_first: "请先选择一个答案。",
    step: ["第 ", " 步，共 ", " 步"],
    day: ["第 ", " 天，共 ", " 天"],
};

impl FaceWords {
    /// Those of a language.
    pub fn of(language: Language) -> &'static Self {
        match language {
            Language::English => &ENGLISH,
            Language::Chinese => &CHINESE,
        }
    }

    /// The place among the steps, such as "Step 2 of 5".
    pub fn step_of(&self, place: usize, count: usize) -> String {
        let [before, between, behind] = self.step;
        format!("{before}{}{between}{count}{behind}", place + 1)
    }

    /// The time of the plate, such as "Day 1.5 of 5".
    pub fn day_of(&self, time_h: f64, until_h: f64) -> String {
        let [before, between, behind] = self.day;
        format!(
            "{before}{:.1}{between}{}{behind}",
            time_h / 24.0,
            super::readout_words::brief(until_h / 24.0)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_and_times_are_told_in_both_languages() {
        let told = |language| {
            (
                FaceWords::of(language).step_of(1, 5),
                FaceWords::of(language).day_of(36.0, 120.0),
            )
        };
        assert_eq!(
            told(Language::English),
            ("Step 2 of 5".to_owned(), "Day 1.5 of 5".to_owned())
        );
        assert_eq!(
            told(Language::Chinese),
            ("第 2 步，共 5 步".to_owned(), "第 1.5 天，共 5 天".to_owned())
        );
    }
}
