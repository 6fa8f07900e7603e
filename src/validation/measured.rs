//! The result of a measure: figures beside the expected ones, with plots and a table of them.

/// A figure beside the one that was expected.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// The name of its band in the case.
    pub band: &'static str,
    /// Its subject, such as `after 5 h`.
    pub what: String,
    /// The figure of the closed form or the publication; `None` where the band alone says what is accepted.
    pub expected: Option<f64>,
    /// The figure that was found.
    pub found: f64,
    /// Half the width of the 95 % confidence interval of the figure found, where it is a mean.
    pub half_width: Option<f64>,
    /// Its unit; empty for plain numbers.
    pub unit: &'static str,
}

impl Figure {
    /// A figure that is held against an expected one.
    pub fn against(band: &'static str, what: impl Into<String>, expected: f64, found: f64, unit: &'static str) -> Self {
        Self {
            band,
            what: what.into(),
            expected: Some(expected),
            found,
            half_width: None,
            unit,
        }
    }

    /// A figure that has nothing to be held against but its band.
    pub fn alone(band: &'static str, what: impl Into<String>, found: f64, unit: &'static str) -> Self {
        Self {
            expected: None,
            ..Self::against(band, what, f64::NAN, found, unit)
        }
    }

    /// The figure with the confidence interval of what was found.
    pub fn trusted(self, half_width: Option<f64>) -> Self {
        Self { half_width, ..self }
    }
}

/// The division of an axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// Evenly.
    Linear,
    /// By powers of ten.
    Logarithmic,
}

/// Points of one kind on a plot.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// Their name in the legend.
    pub name: String,
    /// Abscissa, ordinate, half width of the confidence interval (0 where there is none).
    pub points: Vec<(f64, f64, f64)>,
}

/// A plot of found points on expected lines.
#[derive(Clone, Debug, PartialEq)]
pub struct Plot {
    /// The name of the abscissa.
    pub x: String,
    /// The name of the ordinate.
    pub y: String,
    /// The division of both axes.
    pub scale: Scale,
    /// The expected curves, drawn as lines.
    pub lines: Vec<Series>,
    /// The values found, drawn as points.
    pub points: Vec<Series>,
}

/// A table, such as that of a convergence.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// Names of the columns.
    pub heading: Vec<String>,
    /// The rows; as many cells as the heading.
    pub rows: Vec<Vec<String>>,
}

/// The result of a measure.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Measured {
    /// The figures; at least one for each band of the case.
    pub figures: Vec<Figure>,
    /// Plots of the figures.
    pub plots: Vec<Plot>,
    /// Rows behind the figures.
    pub table: Option<Table>,
}

impl Series {
    /// A line through `points`.
    pub fn line(name: impl Into<String>, points: impl IntoIterator<Item = (f64, f64)>) -> Self {
        Self {
            name: name.into(),
            points: points.into_iter().map(|(x, y)| (x, y, 0.0)).collect(),
        }
    }

    /// `count` points of a function, evenly from `low` to `high`.
    pub fn of(name: impl Into<String>, (low, high): (f64, f64), count: u32, value: impl Fn(f64) -> f64) -> Self {
        let at = |i: u32| low + (high - low) * f64::from(i) / f64::from(count - 1);
        Self::line(name, (0..count).map(|i| (at(i), value(at(i)))))
    }
}
