//! The words of the page, in every language that lessons are written in.

use outgrowth::export::figures::days;
use outgrowth::lesson::Language;

/// The tag of a language, for the page's `lang`.
pub fn tag(language: Language) -> &'static str {
    match language {
        Language::English => "en",
        Language::Chinese => "zh-Hans",
    }
}

/// A time of the culture in words: days, or hours, or minutes.
pub fn duration(hours: f64, language: Language) -> String {
    const UNITS: [(&str, &str); 4] = [(" days", " 天"), (" day", " 天"), (" min", " 分钟"), (" h", " 小时")];
    let english = days(hours);
    let translated = UNITS.iter().find_map(|(english_unit, unit)| {
        let number = english.strip_suffix(english_unit)?;
        Some(format!("{number}{unit}"))
    });
    match language {
        Language::English => english,
        Language::Chinese => translated.unwrap_or(english),
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
    dish_help: "Drag moves the view, Ctrl and the wheel or two fingers zoom; arrow keys, + and − do the same, 0 shows all.", "拖动可移动视图，Ctrl 加滚轮或双指可缩放；方向键、+ 和 − 作用相同，0 显示全部。";
    view: "View", "视图";
    nearer: "Zoom in", "放大";
    farther: "Zoom out", "缩小";
    show_all: "Show all", "显示全部";
    invitation: "Does exercise make nerve cells grow? Watch dishes of them, or take a lesson: it asks what you expect, and lets you see.", "运动能让神经细胞生长吗？观察这些培养皿，或者学一课：先预测，再看结果。";
    first_lesson: "Begin with", "从这里开始";
    play: "Play", "播放";
    pause: "Pause", "暂停";
    step: "A step on", "前进一步";
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
    curve: "Over time", "变化过程";
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
    magnet: "Move the gel with a magnet", "用磁铁移动凝胶";
    frequency: "times a second", "次/秒";
    minutes: "for so many minutes", "持续分钟数";
    probe: "Read the signal and the gel at a point", "读取一点的信号与凝胶";
    ruler: "Measure a length", "测量长度";
    read_it: "Read", "读取";
    measure_it: "Measure", "测量";
    measures: "Measured", "测量结果";
    well: "Well", "孔";
    codap: "Each finished run goes to CODAP, a case a well.", "每次运行结束后，数据按孔送入 CODAP。";
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
    nothing_to_plot: "There is nothing to plot: this cannot be measured here.", "没有可绘制的内容：此处无法测量该读数。";
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
    fn times_are_told_in_both_languages() {
        let told = |hours| (duration(hours, Language::English), duration(hours, Language::Chinese));
        assert_eq!(told(48.0), ("2 days".to_owned(), "2 天".to_owned()));
        assert_eq!(told(24.0), ("1 day".to_owned(), "1 天".to_owned()));
        assert_eq!(told(6.5), ("6.5 h".to_owned(), "6.5 小时".to_owned()));
        assert_eq!(told(0.5), ("30 min".to_owned(), "30 分钟".to_owned()));
    }

    #[test]
    fn no_word_is_missing() {
        for (name, english, chinese) in PAIRS {
            assert!(!english.is_empty() && !chinese.is_empty(), "{name}");
        }
    }
}
