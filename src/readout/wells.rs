//! The one place where readouts share work over the processor's cores: a well each, results in order of the
//! wells, so that no bit depends on the number of threads.

#[cfg(feature = "threads")]
use rayon::prelude::*;

/// The result of `measure` for each well.
pub(super) fn each_well<T: Send>(wells: usize, measure: impl Fn(usize) -> T + Sync + Send) -> Vec<T> {
    #[cfg(feature = "threads")]
    return (0..wells).into_par_iter().map(measure).collect();
    #[cfg(not(feature = "threads"))]
    (0..wells).map(measure).collect()
}
