//! A buffer on the device that grows with its contents.

use bytemuck::Pod;
use wgpu::{Buffer, BufferDescriptor, BufferUsages, CommandEncoder, Device, Queue};

/// A growing buffer. A binding may not be empty, so there is always room for one item.
#[derive(Debug)]
pub struct GrowingBuffer {
    label: &'static str,
    usage: BufferUsages,
    buffer: Buffer,
}

impl GrowingBuffer {
    /// Room for a few bytes.
    pub fn new(device: &Device, label: &'static str, usage: BufferUsages) -> Self {
        let usage = usage | BufferUsages::COPY_DST | BufferUsages::COPY_SRC;
        GrowingBuffer {
            label,
            usage,
            buffer: made(device, label, usage, 512),
        }
    }

    /// The buffer; another one after it grew.
    pub fn buffer(&self) -> &Buffer {
        &self.buffer
    }

    /// Makes room for `bytes`, half as much again where it has to grow, and keeps what is there. Returns whether
    /// the buffer is another one now.
    pub fn reserve(&mut self, device: &Device, encoder: Option<&mut CommandEncoder>, bytes: u64) -> bool {
        if bytes <= self.buffer.size() {
            return false;
        }
        let larger = made(device, self.label, self.usage, bytes + bytes / 2);
        if let Some(encoder) = encoder {
            encoder.copy_buffer_to_buffer(&self.buffer, 0, &larger, 0, self.buffer.size());
        }
        self.buffer = larger;
        true
    }

    /// Puts `items` in place of all that was there. Returns whether the buffer is another one now.
    pub fn replace<T: Pod>(&mut self, device: &Device, queue: &Queue, items: &[T]) -> bool {
        let grown = self.reserve(device, None, size_of_val(items) as u64);
        if !items.is_empty() {
            queue.write_buffer(&self.buffer, 0, bytemuck::cast_slice(items));
        }
        grown
    }
}

fn made(device: &Device, label: &str, usage: BufferUsages, bytes: u64) -> Buffer {
    device.create_buffer(&BufferDescriptor {
        label: Some(label),
        size: bytes.next_multiple_of(16),
        usage,
        mapped_at_creation: false,
    })
}
