//! The time that each pass takes on the device, where it can tell: two time stamps a pass, read when they are there and
//! never waited for.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use wgpu::{
    Buffer, BufferDescriptor, BufferUsages, CommandEncoder, ComputePassTimestampWrites, Device, Features, MapMode,
    QuerySet, QuerySetDescriptor, QueryType, Queue, RenderPassTimestampWrites,
};

/// Passes of a step that are timed, at most: more than there are while the trails fit into twenty pages.
const MOST_OF_A_STEP: u32 = 256;

/// Times the passes of a submission, such as a frame; while the stamps of one are on their way back others are not timed.
/// Each pass has the name of its shader's file.
pub struct Timing {
    queries: Option<Queries>,
    /// Passes that can be timed in one submission.
    most: u32,
    /// Names of the passes of the submission that is being timed.
    names: Vec<&'static str>,
    timed: bool,
    /// Names of the passes whose stamps are on their way.
    sent: Vec<&'static str>,
}

struct Queries {
    set: QuerySet,
    resolved: Buffer,
    readable: Buffer,
    /// Set by the device when the stamps can be read.
    arrived: Arc<AtomicBool>,
    waiting: bool,
    ns_per_tick: f32,
}

impl Timing {
    /// Times up to `most` passes of a submission, and nothing where the device has no time stamps.
    pub fn new(device: &Device, queue: &Queue, most: u32) -> Self {
        let queries = device.features().contains(Features::TIMESTAMP_QUERY).then(|| {
            let buffer = |label, usage| {
                device.create_buffer(&BufferDescriptor {
                    label: Some(label),
                    size: bytes(most),
                    usage,
                    mapped_at_creation: false,
                })
            };
            Queries {
                set: device.create_query_set(&QuerySetDescriptor {
                    label: Some("time stamps"),
                    ty: QueryType::Timestamp,
                    count: 2 * most,
                }),
                resolved: buffer("time stamps", BufferUsages::QUERY_RESOLVE | BufferUsages::COPY_SRC),
                readable: buffer("readable time stamps", BufferUsages::COPY_DST | BufferUsages::MAP_READ),
                arrived: Arc::default(),
                waiting: false,
                ns_per_tick: queue.get_timestamp_period(),
            }
        });
        Timing {
            queries,
            most,
            names: Vec::new(),
            timed: false,
            sent: Vec::new(),
        }
    }

    /// Begins a submission.
    pub fn begin(&mut self) {
        self.names.clear();
        self.timed = false;
        let Some(queries) = &mut self.queries else { return };
        self.timed = !queries.waiting;
    }

    /// The stamps of a render pass, to be given to it.
    pub fn render_pass(&mut self, name: &'static str) -> Option<RenderPassTimestampWrites<'_>> {
        let (query_set, begins) = self.stamps(name)?;
        Some(RenderPassTimestampWrites {
            query_set,
            beginning_of_pass_write_index: Some(begins),
            end_of_pass_write_index: Some(begins + 1),
        })
    }

    /// The stamps of a compute pass, to be given to it.
    pub fn compute_pass(&mut self, name: &'static str) -> Option<ComputePassTimestampWrites<'_>> {
        let (query_set, begins) = self.stamps(name)?;
        Some(ComputePassTimestampWrites {
            query_set,
            beginning_of_pass_write_index: Some(begins),
            end_of_pass_write_index: Some(begins + 1),
        })
    }

    /// The place of the next pass's first stamp.
    fn stamps(&mut self, name: &'static str) -> Option<(&QuerySet, u32)> {
        let queries = self.queries.as_ref().filter(|_| self.timed)?;
        let index = self.names.len() as u32;
        if index >= self.most {
            return None;
        }
        self.names.push(name);
        Some((&queries.set, 2 * index))
    }

    /// Ends a submission: its stamps are on their way once `encoder` is submitted.
    pub fn end(&mut self, encoder: &mut CommandEncoder) {
        let Some(queries) = self.queries.as_mut().filter(|_| self.timed && !self.names.is_empty()) else {
            return;
        };
        let count = 2 * self.names.len() as u32;
        encoder.resolve_query_set(&queries.set, 0..count, &queries.resolved, 0);
        encoder.copy_buffer_to_buffer(&queries.resolved, 0, &queries.readable, 0, bytes(self.most));
        let arrived = queries.arrived.clone();
        arrived.store(false, Ordering::Release);
        encoder.map_buffer_on_submit(&queries.readable, MapMode::Read, .., move |result| {
            arrived.store(result.is_ok(), Ordering::Release);
        });
        queries.waiting = true;
        self.sent.clone_from(&self.names);
    }

    /// Milliseconds by pass of the last submission whose stamps have arrived, those of one name together.
    pub fn times(&mut self) -> Option<Vec<(&'static str, f32)>> {
        let queries = self.queries.as_mut()?;
        if !queries.waiting || !queries.arrived.swap(false, Ordering::AcqRel) {
            return None;
        }
        queries.waiting = false;
        let mut found: Vec<(&'static str, f32)> = Vec::new();
        if let Ok(view) = queries.readable.get_mapped_range(..) {
            let stamps: Vec<u64> = bytemuck::pod_collect_to_vec(&view);
            for (name, ends) in self.sent.iter().zip(stamps.chunks_exact(2)) {
                let ms = ends[1].saturating_sub(ends[0]) as f32 * queries.ns_per_tick * 1e-6;
                match found.iter_mut().find(|(other, _)| other == name) {
                    Some((_, sum)) => *sum += ms,
                    None => found.push((name, ms)),
                }
            }
        }
        queries.readable.unmap();
        Some(found)
    }
}

fn bytes(most: u32) -> u64 {
    2 * u64::from(most) * size_of::<u64>() as u64
}

/// The mean time of each pass of a step, over an engine's life. It is logged when the engine is closed.
pub struct StepTimes {
    timing: Timing,
    steps: u32,
    /// Milliseconds by pass, of all steps that were timed.
    sums: Vec<(&'static str, f64)>,
}

impl StepTimes {
    /// Times steps where the log tells such details (`-vv`): each pass of a step that is timed stands alone then.
    pub fn new(device: &Device, queue: &Queue) -> Option<Self> {
        tracing::enabled!(tracing::Level::DEBUG).then(|| StepTimes {
            timing: Timing::new(device, queue, MOST_OF_A_STEP),
            steps: 0,
            sums: Vec::new(),
        })
    }

    /// Begins a submission; its first step is to be timed with the result.
    pub fn begin(&mut self) -> &mut Timing {
        self.timing.begin();
        &mut self.timing
    }

    /// Ends a submission.
    pub fn end(&mut self, encoder: &mut CommandEncoder) {
        self.timing.end(encoder);
    }

    /// Adds the times that have arrived.
    pub fn collect(&mut self) {
        let Some(times) = self.timing.times() else { return };
        self.steps += 1;
        for (name, ms) in times {
            match self.sums.iter_mut().find(|(other, _)| *other == name) {
                Some((_, sum)) => *sum += f64::from(ms),
                None => self.sums.push((name, f64::from(ms))),
            }
        }
    }
}

impl Drop for StepTimes {
    fn drop(&mut self) {
        let mean_us = |sum: f64| 1e3 * sum / f64::from(self.steps);
        for (name, sum) in &self.sums {
            tracing::debug!("{name}: {:.1} µs a step, over {} steps", mean_us(*sum), self.steps);
        }
    }
}
