//! Statistics that the exact checks need.

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
