//! Readbacks: copies of a device's buffers on their way to the host. Nothing waits for them unless it is told to, so that a
//! browser's frame loop can drive an engine as a thread does.

use super::device::{Device, failed};
use crate::engine::EngineError;
use bytemuck::Pod;
use std::sync::{Arc, Mutex, PoisonError};
use wgpu::{Buffer, BufferAsyncError, BufferUsages, CommandEncoder, MapMode, SubmissionIndex};

/// The parts of buffers that are read together: each from its beginning on, so many bytes.
pub type Parts<'a> = &'a [(&'a Buffer, u64)];

/// Copies that a submission leaves for the host.
pub struct Readback {
    copies: Vec<Copied>,
    submission: SubmissionIndex,
    doing: &'static str,
}

/// The copy of one part.
struct Copied {
    /// Nothing where the part is empty.
    staging: Option<Buffer>,
    bytes: u64,
    arrived: Arrival,
}

/// What the device said of a copy, once it has.
type Arrival = Arc<Mutex<Option<Result<(), BufferAsyncError>>>>;

/// Buffers that copies were read from, to be written to again.
#[derive(Default)]
pub struct StagingPool {
    idle: Vec<Buffer>,
}

/// Buffers that are kept: those of the clocks that are on their way, and of the parts of a state.
const MOST_IDLE: usize = 8;

impl StagingPool {
    /// A buffer of at least so many bytes, and not many times as many.
    fn take(&mut self, device: &Device, bytes: u64) -> Buffer {
        let fits = |buffer: &Buffer| buffer.size() >= bytes && buffer.size() / 4 <= bytes;
        match self.idle.iter().position(fits) {
            Some(place) => self.idle.swap_remove(place),
            None => device.buffer("readback", bytes, BufferUsages::MAP_READ | BufferUsages::COPY_DST),
        }
    }

    /// Takes back the buffers of a readback that was read, or whose state nobody wants any more.
    pub fn put_back(&mut self, readback: Readback) {
        for copied in readback.copies {
            // One that is not mapped yet would be mapped after it was taken again.
            let mapped = matches!(*lock(&copied.arrived), Some(Ok(())));
            if let Some(staging) = copied.staging.filter(|_| mapped) {
                staging.unmap();
                self.idle.push(staging);
            }
        }
        let many = self.idle.len().saturating_sub(MOST_IDLE);
        self.idle.drain(..many);
    }
}

impl Readback {
    /// Submits `encoder`, followed by copies of `parts`.
    pub fn submit(
        device: &Device,
        pool: &mut StagingPool,
        mut encoder: CommandEncoder,
        parts: Parts<'_>,
        doing: &'static str,
    ) -> Self {
        let copies: Vec<Copied> = parts
            .iter()
            .map(|&(buffer, bytes)| {
                let staging = (bytes > 0).then(|| pool.take(device, bytes));
                if let Some(staging) = &staging {
                    encoder.copy_buffer_to_buffer(buffer, 0, staging, 0, bytes);
                }
                Copied {
                    arrived: Arc::new(Mutex::new(staging.is_none().then_some(Ok(())))),
                    staging,
                    bytes,
                }
            })
            .collect();
        let submission = device.queue.submit([encoder.finish()]);
        for copied in &copies {
            let told = Arc::clone(&copied.arrived);
            if let Some(staging) = &copied.staging {
                staging.map_async(MapMode::Read, ..copied.bytes, move |result| *lock(&told) = Some(result));
            }
        }
        Readback {
            copies,
            submission,
            doing,
        }
    }

    /// Whether everything has arrived; waits for it where `waits`, which a browser does not allow.
    ///
    /// # Errors
    /// When the device fails or does not answer in time.
    pub fn has_arrived(&self, device: &Device, waits: bool) -> Result<bool, EngineError> {
        let polled = device.poll(waits.then(|| self.submission.clone()));
        device.check(self.doing)?;
        polled.map_err(|error| failed(self.doing, &error))?;
        for copied in &self.copies {
            match &*lock(&copied.arrived) {
                Some(result) => result.clone().map_err(|error| failed(self.doing, &error))?,
                None if waits => return Err(failed(self.doing, &"the device did not hand over its data")),
                None => return Ok(false),
            }
        }
        Ok(true)
    }

    /// The items of a part that has arrived.
    ///
    /// # Errors
    /// When it has not, or there is no such part.
    pub fn part<T: Pod>(&self, number: usize) -> Result<Vec<T>, EngineError> {
        let missing = || failed(self.doing, &"a part of the data is missing");
        let copied = self.copies.get(number).ok_or_else(missing)?;
        let Some(staging) = &copied.staging else {
            return Ok(Vec::new());
        };
        let view = staging
            .get_mapped_range(..copied.bytes)
            .map_err(|error| failed(self.doing, &error))?;
        Ok(bytemuck::pod_collect_to_vec(&view))
    }
}

impl Device {
    /// Submits `encoder`, followed by a copy of the first `count` items of `buffer`, and waits for it.
    ///
    /// # Errors
    /// When the device fails or does not answer in time.
    pub fn submit_and_read<T: Pod>(
        &self,
        encoder: CommandEncoder,
        buffer: &Buffer,
        count: usize,
        doing: &'static str,
    ) -> Result<Vec<T>, EngineError> {
        let bytes = (size_of::<T>() * count) as u64;
        let readback = Readback::submit(self, &mut StagingPool::default(), encoder, &[(buffer, bytes)], doing);
        readback.has_arrived(self, true)?;
        readback.part(0)
    }

    /// The first `count` items of `buffer`, waited for.
    ///
    /// # Errors
    /// When the device fails or does not answer in time.
    pub fn read<T: Pod>(&self, buffer: &Buffer, count: usize, doing: &'static str) -> Result<Vec<T>, EngineError> {
        self.submit_and_read(self.encoder(doing), buffer, count, doing)
    }
}

fn lock<T>(what: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    what.lock().unwrap_or_else(PoisonError::into_inner)
}
