//! A graphics device: buffers made with their size checked, and errors that become ours.

use crate::engine::EngineError;
use bytemuck::Pod;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use wgpu::{Buffer, BufferUsages};

/// An open device, its queue and the first thing that went wrong on it. A clone is the same device, and equal to it.
#[derive(Clone, Debug)]
pub struct Device {
    /// The device.
    pub handle: wgpu::Device,
    /// Its queue.
    pub queue: wgpu::Queue,
    limits: wgpu::Limits,
    fault: Fault,
    patience: Duration,
}

/// The first error that a device reported outside of any call.
#[derive(Clone, Debug, Default)]
struct Fault(Arc<Mutex<Option<String>>>);

impl Fault {
    fn report(&self, what: String) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get_or_insert(what);
    }

    fn get(&self) -> Option<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// wgpu numbers devices within an instance: those of two instances may have one number, so handles do not tell them apart.
impl PartialEq for Device {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.fault.0, &other.fault.0)
    }
}

impl Device {
    /// Opens `adapter` with all that it allows.
    ///
    /// # Errors
    /// When the driver refuses.
    pub async fn open(adapter: &wgpu::Adapter) -> Result<Self, EngineError> {
        Device::open_within(adapter, adapter.limits()).await
    }

    /// Opens `adapter` with limits that it allows, such as those that every browser grants.
    ///
    /// # Errors
    /// When the driver refuses.
    pub async fn open_within(adapter: &wgpu::Adapter, limits: wgpu::Limits) -> Result<Self, EngineError> {
        let description = wgpu::DeviceDescriptor {
            label: Some("outgrowth"),
            required_limits: limits,
            // The scene tells how long each layer takes and blends in single precision where the device can.
            required_features: adapter.features()
                & (wgpu::Features::TIMESTAMP_QUERY | wgpu::Features::FLOAT32_BLENDABLE),
            ..Default::default()
        };
        let (handle, queue) = adapter
            .request_device(&description)
            .await
            .map_err(|error| failed(&format!("opening {}", adapter.get_info().name), &error))?;
        Ok(Device::of(handle, queue))
    }

    /// A device that is already open, such as a window's. Its error handlers are replaced.
    pub fn of(handle: wgpu::Device, queue: wgpu::Queue) -> Self {
        let fault = Fault::default();
        let seen = fault.clone();
        handle.on_uncaptured_error(Arc::new(move |error: wgpu::Error| seen.report(error.to_string())));
        let seen = fault.clone();
        handle.set_device_lost_callback(move |reason, message| {
            // Dropping a device on purpose is reported as a loss, too.
            if reason != wgpu::DeviceLostReason::Destroyed {
                seen.report(format!("device lost: {message}"));
            }
        });
        let limits = handle.limits();
        Device {
            handle,
            queue,
            limits,
            fault,
            patience: Duration::from_secs(120),
        }
    }

    /// Fails if the device has reported an error so far.
    ///
    /// # Errors
    /// The first error reported.
    pub fn check(&self, doing: &str) -> Result<(), EngineError> {
        match self.fault.get() {
            Some(reason) => Err(EngineError::Device {
                doing: doing.to_owned(),
                reason,
            }),
            None => Ok(()),
        }
    }

    /// Bytes that one storage buffer may have.
    pub fn storage_limit(&self) -> u64 {
        self.limits
            .max_storage_buffer_binding_size
            .min(self.limits.max_buffer_size)
    }

    /// Workgroups along one dimension of a dispatch.
    pub fn groups_per_dimension(&self) -> u64 {
        u64::from(self.limits.max_compute_workgroups_per_dimension)
    }

    /// A storage buffer holding `items`; one empty item where there are none, for a binding may not be empty.
    ///
    /// # Errors
    /// When it is larger than the device allows.
    pub fn storage<T: Pod>(&self, label: &str, items: &[T]) -> Result<Buffer, EngineError> {
        let buffer = self.empty_storage(label, size_of::<T>() as u64 * items.len().max(1) as u64)?;
        self.write(&buffer, 0, items);
        Ok(buffer)
    }

    /// A storage buffer of zeros.
    ///
    /// # Errors
    /// When it is larger than the device allows.
    pub fn empty_storage(&self, label: &str, bytes: u64) -> Result<Buffer, EngineError> {
        if bytes > self.storage_limit() {
            return Err(EngineError::TooLarge {
                what: label.to_owned(),
                needed: bytes,
                allowed: self.storage_limit(),
            });
        }
        Ok(self.buffer(
            label,
            bytes,
            BufferUsages::STORAGE | BufferUsages::COPY_SRC | BufferUsages::COPY_DST,
        ))
    }

    /// A uniform buffer holding `item`.
    pub fn uniform<T: Pod>(&self, label: &str, item: &T) -> Buffer {
        let buffer = self.buffer(
            label,
            size_of::<T>() as u64,
            BufferUsages::UNIFORM | BufferUsages::COPY_DST,
        );
        self.write(&buffer, 0, std::slice::from_ref(item));
        buffer
    }

    pub(super) fn buffer(&self, label: &str, size: u64, usage: BufferUsages) -> Buffer {
        self.handle.create_buffer(&wgpu::BufferDescriptor {
            label: Some(label),
            size,
            usage,
            mapped_at_creation: false,
        })
    }

    /// Writes `items` into `buffer` from byte `offset` on, before the next submission.
    pub fn write<T: Pod>(&self, buffer: &Buffer, offset: u64, items: &[T]) {
        if !items.is_empty() {
            self.queue.write_buffer(buffer, offset, bytemuck::cast_slice(items));
        }
    }

    /// A command encoder.
    pub fn encoder(&self, label: &str) -> wgpu::CommandEncoder {
        self.handle
            .create_command_encoder(&wgpu::CommandEncoderDescriptor { label: Some(label) })
    }

    /// Lets the device say what it has done, and waits for a submission where one is given.
    ///
    /// # Errors
    /// When it is not done in time.
    pub(super) fn poll(&self, submission: Option<wgpu::SubmissionIndex>) -> Result<wgpu::PollStatus, wgpu::PollError> {
        self.handle.poll(match submission {
            Some(_) => wgpu::PollType::Wait {
                submission_index: submission,
                timeout: Some(self.patience),
            },
            None => wgpu::PollType::Poll,
        })
    }
}

/// The error of a device that failed while `doing` something.
pub fn failed(doing: &str, reason: &dyn std::fmt::Display) -> EngineError {
    EngineError::Device {
        doing: doing.to_owned(),
        reason: reason.to_string(),
    }
}
