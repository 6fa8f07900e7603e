//! The words of the page, in every language that lessons are written in.

use outgrowth::lesson::Language;

/// The tag of a language, for the page's `lang`.
pub fn tag(language: Language) -> &'static str {
    match language {
        Language::English => "en",
        Language::Chinese => "zh-Hans",
    }
}

/// Declares the words once, in all languages side by side.
macro_rules! words {
    ($($name:ident: $english:literal, $chinese:literal;)*) => {
        /// The words of the page in one language.
        #[derive(Debug)]
        #[allow(missing_docs)]
        pub struct Words { $(pub $name: &'static str,)* }

        const ENGLISH: Words = Words { $($name: $english,)* };
        const CHINESE: Words = Words { $($name: $chinese,)* };

        #[cfg(test)]
        const PAIRS: &[(&str, &str, &str)] = &[$((stringify!($name), $english, $chinese),)*];
    };
}

words! {
    title: "Outgrowth: axons in culture wells", "Outgrowth：培养孔中的轴突";
    dish: "Dish", "培养皿";
    dish_help: "Drag moves the view, the wheel or two fingers zoom; arrow keys, + and − do the same, 0 shows all.", "拖动可移动视图，滚轮或双指可缩放；方向键、+ 和 − 作用相同，0 显示全部。";
    play: "Play", "播放";
    pause: "Pause", "暂停";
    step: "One record on", "前进一次记录";
    restart: "From the beginning", "从头开始";
    speed: "Speed", "速度";
    fastest: "as fast as it goes", "尽可能快";
    hours_a_second: "h a second", "小时/秒";
    time: "Time", "时间";
    treatments: "Treatments", "处理";
    readouts: "Readouts", "读数";
    treatment: "Treatment", "处理";
    wells: "Wells", "孔数";
    shown_readout: "Plotted", "绘图读数";
    curve: "Course", "变化过程";
    times_control: "× control", "× 对照";
    mean_and_spread: "mean ± standard deviation over wells", "各孔均值 ± 标准差";
    question: "Question", "问题";
    answer: "What comes out", "结果";
    csv: "Download CSV", "下载 CSV";
    scenario_file: "Download scenario", "下载情景文件";
    open_file: "Open a scenario file", "打开情景文件";
    drop_here: "or drop it on the page", "或将其拖放到页面上";
    link: "Link to share", "分享链接";
    link_ready: "The link stands in the address bar and was copied.", "链接已在地址栏中并已复制。";
    link_long: "Too long for a link: share the scenario file instead.", "内容过长，无法生成链接：请分享情景文件。";
    gallery: "Plates", "培养板";
    contrast: "Large, high contrast", "大字高对比";
    language: "Language", "语言";
    tools: "Do something", "动手操作";
    cut: "Cut axons", "切断轴突";
    drop: "Add a drop of myokine", "加一滴肌因子";
    at_all: "all treatments", "所有处理";
    where_done: "In", "对象";
    from_x: "from x, µm", "起点 x，µm";
    from_y: "from y, µm", "起点 y，µm";
    to_x: "to x, µm", "终点 x，µm";
    to_y: "to y, µm", "终点 y，µm";
    at_x: "x, µm", "x，µm";
    at_y: "y, µm", "y，µm";
    radius: "radius, µm", "半径，µm";
    dose: "dose", "剂量";
    undo: "Undo", "撤销";
    engine: "Computed by", "计算";
    drawn: "drawn by", "绘制";
    this_processor: "this computer's processor", "本机处理器";
    processor_in_webgl: "the processor, shown by WebGL", "处理器，经 WebGL 显示";
    run_it: "Run", "运行";
    runs_until: "It runs until", "运行至";
    lost: "The graphics device was lost; the processor goes on.", "图形设备丢失；由处理器继续计算。";
    loading: "Loading …", "加载中……";
    no_dish: "The dish cannot be drawn in this browser; numbers and curves go on.", "此浏览器无法绘制培养皿；读数和曲线照常更新。";
    quiz: "Which treatment is which?", "哪种处理是哪种？";
    quiz_help: "Letters stand for their names. Say what you think, and why, before you look.", "字母代替了它们的名称。先说出你的想法和理由，再看答案。";
    reveal: "Reveal", "揭晓";
    files_tell: "Files name the treatments: reveal them first.", "文件中有处理的名称：请先揭晓。";
    mistakes: "This is no scenario that can be run", "此情景无法运行";
    front: "Front page", "首页";
    skip: "Skip to the controls", "跳到控件";
    longest: "Longest neurite", "最长神经突";
    nothing_yet: "Nothing is measured yet.", "尚无测量结果。";
}

impl Words {
    /// Those of a language.
    pub fn of(language: Language) -> &'static Words {
        match language {
            Language::English => &ENGLISH,
            Language::Chinese => &CHINESE,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_is_missing() {
        for (name, english, chinese) in PAIRS {
            assert!(!english.is_empty() && !chinese.is_empty(), "{name}");
        }
    }
}
