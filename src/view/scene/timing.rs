//! The time that each pass takes on the device, where it can tell: two time stamps a pass, read when they are there and
//! never waited for.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use wgpu::{
    Buffer, BufferDescriptor, BufferUsages, CommandEncoder, ComputePassTimestampWrites, Device, Features, MapMode,
    QuerySet, QuerySetDescriptor, QueryType, Queue, RenderPassTimestampWrites,
};

/// Passes that can be timed in one frame.
const MOST: u32 = 16;
const BYTES: u64 = 2 * MOST as u64 * 8;

/// Times passes, a frame at a time; while one frame's stamps are on their way back others are not timed.
pub struct Timing {
    queries: Option<Queries>,
    /// Names of the passes of the frame that is being timed.
    names: Vec<&'static str>,
    timed: bool,
    times: Vec<(&'static str, f32)>,
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
    /// Times nothing where the device has no time stamps.
    pub fn new(device: &Device, queue: &Queue) -> Self {
        let queries = device.features().contains(Features::TIMESTAMP_QUERY).then(|| {
            let buffer = |label, usage| {
                device.create_buffer(&BufferDescriptor {
                    label: Some(label),
                    size: BYTES,
                    usage,
                    mapped_at_creation: false,
                })
            };
            Queries {
                set: device.create_query_set(&QuerySetDescriptor {
                    label: Some("time stamps"),
                    ty: QueryType::Timestamp,
                    count: 2 * MOST,
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
            names: Vec::new(),
            timed: false,
            times: Vec::new(),
        }
    }

    /// Begins a frame, reading the stamps of an earlier one if they have arrived.
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
        if index >= MOST {
            return None;
        }
        self.names.push(name);
        Some((&queries.set, 2 * index))
    }

    /// Ends a frame: its stamps are on their way once `encoder` is submitted.
    pub fn end(&mut self, encoder: &mut CommandEncoder) {
        let Some(queries) = self.queries.as_mut().filter(|_| self.timed && !self.names.is_empty()) else {
            return;
        };
        let count = 2 * self.names.len() as u32;
        encoder.resolve_query_set(&queries.set, 0..count, &queries.resolved, 0);
        encoder.copy_buffer_to_buffer(&queries.resolved, 0, &queries.readable, 0, BYTES);
        let arrived = queries.arrived.clone();
        arrived.store(false, Ordering::Release);
        encoder.map_buffer_on_submit(&queries.readable, MapMode::Read, .., move |result| {
            arrived.store(result.is_ok(), Ordering::Release);
        });
        queries.waiting = true;
        self.times = self.names.iter().map(|&name| (name, f32::NAN)).collect();
    }

    /// Milliseconds by pass of the last frame whose stamps have arrived, those of one name together.
    pub fn times(&mut self) -> Option<Vec<(&'static str, f32)>> {
        let queries = self.queries.as_mut()?;
        if !queries.waiting || !queries.arrived.swap(false, Ordering::AcqRel) {
            return None;
        }
        queries.waiting = false;
        let mut found: Vec<(&'static str, f32)> = Vec::new();
        if let Ok(view) = queries.readable.get_mapped_range(..) {
            let stamps: Vec<u64> = bytemuck::pod_collect_to_vec(&view);
            for ((name, _), ends) in self.times.iter().zip(stamps.chunks_exact(2)) {
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
