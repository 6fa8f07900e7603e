//! Frames that the device still works at. Where the canvas is out of sight no screen holds frames back, and a weak device would get
//! ever more of them than it can draw: the engine's work would wait behind them for good.

use eframe::wgpu::Queue;
use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use web_time::Instant;

/// A device that takes longer for a frame is behind.
const PATIENCE: Duration = Duration::from_millis(500);
/// The pause until the next frame of a device that is behind.
pub const BREATH: Duration = Duration::from_millis(100);

/// The frames that were handed to a device.
#[derive(Default)]
pub struct Frames {
    /// When each was that is not done yet, the oldest first.
    begun: VecDeque<Instant>,
    /// Frames that were done since they were last looked at.
    done: Arc<AtomicUsize>,
}

impl Frames {
    /// Takes note of a frame, the work of which is in the queue.
    pub fn hand_over(&mut self, queue: &Queue) {
        self.begun.push_back(Instant::now());
        let done = self.done.clone();
        queue.on_submitted_work_done(move || {
            done.fetch_add(1, Ordering::Relaxed);
        });
    }

    /// Whether the device is behind.
    pub fn are_late(&mut self) -> bool {
        let done = self.done.swap(0, Ordering::Relaxed).min(self.begun.len());
        self.begun.drain(..done);
        self.begun.front().is_some_and(|begun| begun.elapsed() > PATIENCE)
    }
}
