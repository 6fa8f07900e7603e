//! Statistics that the validation book and the exact tests share: means with their confidence, goodness of fit, circular
//! statistics, Bessel functions.

/// A mean with its confidence interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// Arithmetic mean.
    pub mean: f64,
    /// Half the width of its 95 % confidence interval (Student's t); `None` of fewer than two values.
    pub half_width: Option<f64>,
}

/// Mean of independent values, with its 95 % confidence interval.
pub fn estimate(values: &[f64]) -> Estimate {
    let n = values.len() as f64;
    let middle = mean(values.iter().copied());
    let squares: f64 = values.iter().map(|value| (value - middle).powi(2)).sum();
    let half_width = (values.len() > 1).then(|| student_t_95(values.len() - 1) * (squares / (n - 1.0) / n).sqrt());
    Estimate {
        mean: middle,
        half_width,
    }
}

/// The 97.5 % quantile of Student's t, from tables up to 10 degrees of freedom and by its expansion beyond (Abramowitz
/// and Stegun 26.7.5, error below 1e-3).
pub fn student_t_95(degrees: usize) -> f64 {
    const FEW: [f64; 10] = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228];
    const NORMAL: f64 = 1.959_964;
    let nu = degrees as f64;
    match FEW.get(degrees.wrapping_sub(1)) {
        Some(&quantile) => quantile,
        None => {
            let (z3, z5) = (NORMAL.powi(3), NORMAL.powi(5));
            NORMAL + (z3 + NORMAL) / (4.0 * nu) + (5.0 * z5 + 16.0 * z3 + 3.0 * NORMAL) / (96.0 * nu * nu)
        }
    }
}

/// Arithmetic mean.
pub fn mean(values: impl IntoIterator<Item = f64>) -> f64 {
    let (sum, count) = values
        .into_iter()
        .fold((0.0, 0.0), |(sum, count), value| (sum + value, count + 1.0));
    sum / count
}

/// Largest distance between the empirical distribution of `samples` and `cumulative`, and its Kolmogorov–Smirnov
/// p value (asymptotic).
pub fn kolmogorov_smirnov(samples: &mut [f64], cumulative: impl Fn(f64) -> f64) -> f64 {
    samples.sort_by(f64::total_cmp);
    let n = samples.len() as f64;
    let mut distance: f64 = 0.0;
    for (i, &sample) in samples.iter().enumerate() {
        let expected = cumulative(sample);
        distance = distance
            .max((expected - i as f64 / n).abs())
            .max(((i + 1) as f64 / n - expected).abs());
    }
    let lambda = (n.sqrt() + 0.12 + 0.11 / n.sqrt()) * distance;
    let terms = (1..100).map(|k| {
        let k = f64::from(k);
        (if k as i32 % 2 == 1 { 1.0 } else { -1.0 }) * (-2.0 * k * k * lambda * lambda).exp()
    });
    (2.0 * terms.sum::<f64>()).clamp(0.0, 1.0)
}

/// Cumulative standard normal distribution (Abramowitz and Stegun 7.1.26, error below 2e-7).
pub fn normal_cumulative(x: f64) -> f64 {
    let z = x.abs() / std::f64::consts::SQRT_2;
    let t = 1.0 / (1.0 + 0.327_591_1 * z);
    let poly =
        ((((1.061_405_429 * t - 1.453_152_027) * t + 1.421_413_741) * t - 0.284_496_736) * t + 0.254_829_592) * t;
    let error = 1.0 - poly * (-z * z).exp();
    if x >= 0.0 {
        0.5 * (1.0 + error)
    } else {
        0.5 * (1.0 - error)
    }
}

/// p value of Rayleigh's test of uniformity, from angles.
pub fn rayleigh(angles: &[f64]) -> f64 {
    let n = angles.len() as f64;
    let (c, s) = angles
        .iter()
        .fold((0.0, 0.0), |(c, s), angle| (c + angle.cos(), s + angle.sin()));
    let z = (c * c + s * s) / n;
    (-z).exp() * (1.0 + (2.0 * z - z * z) / (4.0 * n))
}

/// I1(x)/I0(x), modified Bessel functions by their series.
pub fn bessel_ratio(x: f64) -> f64 {
    let (mut i0, mut i1, mut term) = (0.0, 0.0, 1.0);
    for k in 0..60 {
        let k = f64::from(k);
        i0 += term;
        i1 += term * (x / 2.0) / (k + 1.0);
        term *= (x / 2.0).powi(2) / ((k + 1.0) * (k + 1.0));
    }
    i1 / i0
}

/// Density of the standard normal distribution.
pub fn normal_density(x: f64) -> f64 {
    (-0.5 * x * x).exp() / (2.0 * std::f64::consts::PI).sqrt()
}

/// Middles of `bins` bins from `low` to `high`, densities of the samples there, and half their 95 % intervals (from the
/// standard error of a count).
pub fn histogram(samples: &[f64], (low, high): (f64, f64), bins: usize) -> Vec<(f64, f64, f64)> {
    let width = (high - low) / bins as f64;
    let mut counts = vec![0.0; bins];
    for &sample in samples {
        let bin = ((sample - low) / width).floor();
        if bin >= 0.0 && (bin as usize) < bins {
            counts[bin as usize] += 1.0;
        }
    }
    let whole = samples.len() as f64 * width;
    let bar = |(bin, count): (usize, f64)| {
        let middle = low + (bin as f64 + 0.5) * width;
        (middle, count / whole, 1.96 * f64::sqrt(count) / whole)
    };
    counts.into_iter().enumerate().map(bar).collect()
}
