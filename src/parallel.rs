//! Work shared over the processor's cores, where the `threads` feature is on; the same results where it is off.
//! Everything here hands out disjoint pieces and returns results in the order of the pieces, so that no number
//! depends on how many threads there are.

#[cfg(feature = "threads")]
use rayon::prelude::*;

/// More threads than this are not started, whoever asks for them.
#[cfg(any(feature = "cli", feature = "threads"))]
pub const MOST_THREADS: usize = 1024;

/// The number of threads for `wanted`, every core where nothing is wanted. A variable of the environment has no say in it.
#[cfg(any(feature = "cli", feature = "threads"))]
pub fn thread_count(wanted: Option<usize>) -> usize {
    let all = || std::thread::available_parallelism().map_or(1, usize::from);
    wanted.unwrap_or_else(all).clamp(1, MOST_THREADS)
}

/// Calls `work(first index, piece)` for each piece of `size` items and returns the results in order.
pub fn map_pieces<A: Send, R: Send>(
    items: &mut [A],
    size: usize,
    work: impl Fn(usize, &mut [A]) -> R + Sync,
) -> Vec<R> {
    if items.len() <= size {
        return items.chunks_mut(size).map(|items| work(0, items)).collect();
    }
    #[cfg(feature = "threads")]
    let pieces = items.par_chunks_mut(size);
    #[cfg(not(feature = "threads"))]
    let pieces = items.chunks_mut(size);
    pieces
        .enumerate()
        .map(|(piece, items)| work(piece * size, items))
        .collect()
}

/// As [`map_pieces`], over two slices of the same length side by side.
pub fn map_pairs<A: Send, B: Send, R: Send>(
    left: &mut [A],
    right: &mut [B],
    size: usize,
    work: impl Fn(usize, &mut [A], &mut [B]) -> R + Sync,
) -> Vec<R> {
    if left.len() <= size {
        let pairs = left.chunks_mut(size).zip(right.chunks_mut(size));
        return pairs.map(|(left, right)| work(0, left, right)).collect();
    }
    #[cfg(feature = "threads")]
    let pairs = left.par_chunks_mut(size).zip(right.par_chunks_mut(size));
    #[cfg(not(feature = "threads"))]
    let pairs = left.chunks_mut(size).zip(right.chunks_mut(size));
    pairs
        .enumerate()
        .map(|(piece, (left, right))| work(piece * size, left, right))
        .collect()
}

/// Calls `work` for each task, at least `together` of them on a thread at a time.
pub fn for_each<T: Send>(tasks: Vec<T>, together: usize, work: impl Fn(T) + Sync + Send) {
    if tasks.len() <= together {
        tasks.into_iter().for_each(work);
        return;
    }
    #[cfg(feature = "threads")]
    tasks.into_par_iter().with_min_len(together).for_each(work);
    #[cfg(not(feature = "threads"))]
    tasks.into_iter().for_each(work);
}

/// Calls `work` for each index below `count` and returns the results in order.
pub fn map_indices<R: Send>(count: usize, work: impl Fn(usize) -> R + Sync + Send) -> Vec<R> {
    #[cfg(feature = "threads")]
    let indices = (0..count).into_par_iter();
    #[cfg(not(feature = "threads"))]
    let indices = 0..count;
    indices.map(work).collect()
}

/// Calls `work` so that all loops of this file within it stay on one thread.
///
/// # Errors
/// The thread cannot be started.
#[cfg(not(target_arch = "wasm32"))]
pub fn on_one_thread<R: Send>(work: impl FnOnce() -> R + Send) -> Result<R, String> {
    #[cfg(feature = "threads")]
    {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build();
        pool.map(|pool| pool.install(work))
            .map_err(|problem| problem.to_string())
    }
    #[cfg(not(feature = "threads"))]
    Ok(work())
}
