//! The ground drawn into a picture without a window, developed as the scene does it, and pictures compared.

use glam::{DVec2, Mat4, Vec2, Vec3};
use outgrowth::engine::gpu::device::Device;
use outgrowth::model::plate::Plate;
use outgrowth::view::arrangement::Arrangement;
use outgrowth::view::look::{Channel, Look, Theme};
use outgrowth::view::movement::{contents, motions};
use outgrowth::view::scene::ground::{Ground, surroundings};
use outgrowth::view::scene::layout::{Frame, Pose};
use std::path::PathBuf;
use std::time::Instant;

/// A picture, sRGB, row by row.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    pub width: u32,
    pub height: u32,
    pub rgb: Vec<u8>,
}

/// What is looked at.
#[derive(Clone, Copy, Debug)]
pub struct Sight {
    pub width: u32,
    pub height: u32,
    /// Lowest and highest corner of what is seen, µm on the plate; `None` for all of it.
    pub part_um: Option<(DVec2, DVec2)>,
    /// Seen from aside by this much, rad.
    pub tilt: f32,
}

impl Sight {
    pub fn all(width: u32, height: u32) -> Self {
        Sight {
            width,
            height,
            part_um: None,
            tilt: 0.0,
        }
    }

    /// A well with a little of its surroundings.
    pub fn well(arrangement: &Arrangement, well: usize, edge: u32) -> Self {
        let low = arrangement.corners_um[well].truncate();
        let size = arrangement.well_um.truncate();
        Sight {
            part_um: Some((low - 0.04 * size, low + 1.04 * size)),
            ..Sight::all(edge, edge)
        }
    }
}

/// The device of the tests' adapter; `None` where there is none and none is required.
pub fn device_of_tests() -> Option<Device> {
    let adapter = crate::gpu::adapter("drawn")?;
    Some(pollster::block_on(Device::open(&adapter)).expect("opens"))
}

/// The facts of a frame that shows `sight`.
pub fn frame(plate: &Plate, arrangement: &Arrangement, look: &Look, sight: &Sight, brightest_dose: f32) -> Frame {
    let (low, high) = sight.part_um.unwrap_or((DVec2::ZERO, arrangement.size_um));
    let (centre, size) = (0.5 * (low + high), high - low);
    let (width, height) = (f64::from(sight.width), f64::from(sight.height));
    let px_per_um = (width / size.x).min(height / size.y);
    let (half_x, half_y) = ((0.5 * width / px_per_um) as f32, (0.5 * height / px_per_um) as f32);
    let depth = 40.0 * half_x.max(half_y);
    let flat = Vec3::new(1.0 / half_x, 1.0 / half_y, -0.5 / depth);
    let clip_from_plate = Mat4::from_translation(Vec3::new(0.0, 0.0, 0.5))
        * Mat4::from_scale(flat)
        * Mat4::from_rotation_x(-sight.tilt)
        * Mat4::from_translation(-centre.as_vec2().extend(0.0));
    let layers = look.layers;
    let bits = [
        layers.field,
        layers.gel,
        layers.muscle,
        layers.axons,
        layers.somata,
        layers.cones,
    ];
    Frame {
        scale: 1.0,
        axon_gain: look.gains.of(Channel::Axons),
        nuclei_gain: look.gains.of(Channel::Nuclei),
        myokine_gain: look.gains.of(Channel::Myokine),
        clip_from_plate,
        size_px: Vec2::new(width as f32, height as f32),
        px_per_um: px_per_um as f32,
        paper: u32::from(look.theme == Theme::Light),
        well_um: arrangement.well_um.as_vec3(),
        voxel_um: plate.domain.voxel_um as f32,
        voxels: plate.domain.voxels.into(),
        species: look.species as u32,
        species_count: plate.myokines.len() as u32,
        brightest_dose,
        slice: look.slice,
        axon_width_px: look.axon_width_px,
        colour_by: 0,
        step: 0,
        step_h: plate.step_h as f32,
        highlighted: u32::MAX,
        layers: (0..).zip(bits).map(|(bit, on)| u32::from(on) << bit).sum(),
        wall_s: 0.0,
        fibre_spacing_um: plate.muscle.fibre_spacing_um as f32,
        planar: u32::from(plate.domain.planar()),
        ..bytemuck::Zeroable::zeroed()
    }
}

/// The ground of a plate, and how long one drawing of it took, ms.
pub fn draw_ground(
    device: &Device,
    plate: &Plate,
    frame: &Frame,
    poses: &[Pose],
    concentrations: &[f32],
) -> (Picture, f64) {
    let (width, height) = (frame.size_px.x as u32, frame.size_px.y as u32);
    let handle = &device.handle;
    let entry = |binding, ty| wgpu::BindGroupLayoutEntry {
        binding,
        visibility: wgpu::ShaderStages::VERTEX_FRAGMENT,
        ty: wgpu::BindingType::Buffer {
            ty,
            has_dynamic_offset: false,
            min_binding_size: None,
        },
        count: None,
    };
    let layout = handle.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor {
        label: None,
        entries: &[
            entry(0, wgpu::BufferBindingType::Uniform),
            entry(1, wgpu::BufferBindingType::Storage { read_only: true }),
            entry(2, wgpu::BufferBindingType::Storage { read_only: true }),
        ],
    });
    let (facts, places) = (
        device.uniform("frame", frame),
        device.storage("poses", poses).expect("fits"),
    );
    let movements = contents(motions(plate), &plate.domain);
    let movements = device.storage("movements", &movements).expect("fits");
    let group = handle.create_bind_group(&wgpu::BindGroupDescriptor {
        label: None,
        layout: &layout,
        entries: &[
            wgpu::BindGroupEntry {
                binding: 0,
                resource: facts.as_entire_binding(),
            },
            wgpu::BindGroupEntry {
                binding: 1,
                resource: places.as_entire_binding(),
            },
            wgpu::BindGroupEntry {
                binding: 2,
                resource: movements.as_entire_binding(),
            },
        ],
    });
    let format = wgpu::TextureFormat::Rgba16Float;
    let ground = Ground::new(handle, &layout, format, &plate.domain).expect("its shaders are there");
    let field = device.storage("concentrations", concentrations).expect("fits");
    let bound = ground.bind(handle, &field);
    let texture = handle.create_texture(&wgpu::TextureDescriptor {
        label: None,
        size: wgpu::Extent3d {
            width,
            height,
            depth_or_array_layers: 1,
        },
        mip_level_count: 1,
        sample_count: 1,
        dimension: wgpu::TextureDimension::D2,
        format,
        usage: wgpu::TextureUsages::RENDER_ATTACHMENT | wgpu::TextureUsages::COPY_SRC,
        view_formats: &[],
    });
    let view = texture.create_view(&wgpu::TextureViewDescriptor::default());
    let theme = if frame.paper == 1 { Theme::Light } else { Theme::Dark };
    let [r, g, b] = surroundings(theme).map(f64::from);
    let draw = || {
        let mut encoder = device.encoder("ground");
        {
            let mut pass = encoder.begin_render_pass(&wgpu::RenderPassDescriptor {
                label: None,
                color_attachments: &[Some(wgpu::RenderPassColorAttachment {
                    view: &view,
                    depth_slice: None,
                    resolve_target: None,
                    ops: wgpu::Operations {
                        load: wgpu::LoadOp::Clear(wgpu::Color { r, g, b, a: 1.0 }),
                        store: wgpu::StoreOp::Store,
                    },
                })],
                depth_stencil_attachment: None,
                timestamp_writes: None,
                occlusion_query_set: None,
                multiview_mask: None,
            });
            ground.draw(&mut pass, &group, &bound, frame, poses);
        }
        encoder
    };
    let row = (width * 8).next_multiple_of(256);
    let pixels = device.empty_storage("pixels", u64::from(row * height)).expect("fits");
    let mut encoder = draw();
    encoder.copy_texture_to_buffer(
        texture.as_image_copy(),
        wgpu::TexelCopyBufferInfo {
            buffer: &pixels,
            layout: wgpu::TexelCopyBufferLayout {
                offset: 0,
                bytes_per_row: Some(row),
                rows_per_image: None,
            },
        },
        wgpu::Extent3d {
            width,
            height,
            depth_or_array_layers: 1,
        },
    );
    let halves: Vec<u16> = device
        .submit_and_read(encoder, &pixels, (row * height / 2) as usize, "drawing")
        .expect("draws");
    // Eight more, for the time that one takes.
    let begun = Instant::now();
    for _ in 0..8 {
        device.queue.submit([draw().finish()]);
    }
    let _: Vec<u8> = device.read(&facts_copy(device), 4, "waiting").expect("waits");
    let ms = begun.elapsed().as_secs_f64() * 1000.0 / 8.0;
    let rgb = (0..height as usize)
        .flat_map(|y| halves[y * row as usize / 2..].chunks_exact(4).take(width as usize))
        .flat_map(|pixel| [pixel[0], pixel[1], pixel[2]].map(|half| developed(float(half))))
        .collect();
    (Picture { width, height, rgb }, ms)
}

/// Something to read, so that what was submitted before it is over.
fn facts_copy(device: &Device) -> wgpu::Buffer {
    device.storage("nothing", &[0_u32]).expect("fits")
}

/// A half-precision number.
fn float(half: u16) -> f32 {
    let sign = if half >> 15 == 1 { -1.0 } else { 1.0 };
    let (exponent, share) = (i32::from(half >> 10 & 31), f32::from(half & 1023) / 1024.0);
    match exponent {
        0 => sign * share * 2.0_f32.powi(-14),
        31 => f32::INFINITY,
        _ => sign * (1.0 + share) * 2.0_f32.powi(exponent - 15),
    }
}

fn developed(light: f32) -> u8 {
    let light = light.clamp(0.0, 1.0);
    let encoded = if light <= 0.003_130_8 {
        light * 12.92
    } else {
        1.055 * light.powf(1.0 / 2.4) - 0.055
    };
    (255.0 * encoded).round() as u8
}

impl Picture {
    /// Mean difference of two pictures, in steps of 255.
    pub fn unlike(&self, other: &Picture) -> f64 {
        assert_eq!((self.width, self.height), (other.width, other.height));
        let sum: u64 = self
            .rgb
            .iter()
            .zip(&other.rgb)
            .map(|(a, b)| u64::from(a.abs_diff(*b)))
            .sum();
        sum as f64 / self.rgb.len() as f64
    }

    /// The point at a share of the width and of the height, from the upper left.
    pub fn at(&self, x: f64, y: f64) -> [u8; 3] {
        let (x, y) = (
            (x * f64::from(self.width)) as usize,
            (y * f64::from(self.height)) as usize,
        );
        let first = 3 * (y * self.width as usize + x);
        [self.rgb[first], self.rgb[first + 1], self.rgb[first + 2]]
    }

    pub fn write(&self, file: &std::path::Path) {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, self.width, self.height);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        encoder
            .write_header()
            .and_then(|mut writer| writer.write_image_data(&self.rgb))
            .expect("encodes");
        std::fs::write(file, bytes).expect("the folder is there");
    }

    fn read(file: &std::path::Path) -> Option<Picture> {
        let file = std::fs::File::open(file).ok()?;
        let mut reader = png::Decoder::new(std::io::BufReader::new(file)).read_info().ok()?;
        let mut rgb = vec![0; reader.output_buffer_size()?];
        let info = reader.next_frame(&mut rgb).ok()?;
        Some(Picture {
            width: info.width,
            height: info.height,
            rgb,
        })
    }

    /// Compares with the picture that is kept under this name: the mean difference may be 1.5 of 255, for another driver
    /// rounds otherwise. With `UPDATE_SNAPSHOTS=1` it is kept instead.
    pub fn assert_as_kept(&self, name: &str) {
        self.assert_as_kept_within(name, TOLERANCE);
    }

    /// As [`Picture::assert_as_kept`], with another mean difference.
    pub fn assert_as_kept_within(&self, name: &str, tolerance: f64) {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/view/snapshots");
        let file = folder.join(format!("{name}.png"));
        if std::env::var("UPDATE_SNAPSHOTS").is_ok_and(|value| value == "1") {
            self.write(&file);
            return;
        }
        let kept = Picture::read(&file).unwrap_or_else(|| panic!("{name} is not kept; run with UPDATE_SNAPSHOTS=1"));
        let unlike = self.unlike(&kept);
        if unlike > tolerance {
            self.write(&folder.join(format!("{name}.new.png")));
        }
        assert!(unlike <= tolerance, "{name}: {unlike:.2} of 255 off on average");
    }
}

/// Mean difference that two drivers may show, of 255.
pub const TOLERANCE: f64 = 1.5;
