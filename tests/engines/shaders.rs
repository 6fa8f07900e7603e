//! Every shader is put together as in production, parsed and validated; every pipeline and bind group is made on wgpu's
//! backend that computes nothing, so no driver is needed.

use crate::twins;
use naga::valid::{Capabilities, ValidationFlags, Validator};
use outgrowth::engine::gpu::GpuEngine;
use outgrowth::engine::gpu::device::Device;
use outgrowth::engine::gpu::layout::GROUP;
use outgrowth::engine::gpu::sources::{IncludeError, SOURCES, resolve, stitched};
use outgrowth::engine::gpu::tuning::Tuning;
use outgrowth::engine::{ComputesOn, Engine, EngineError, EngineInfo};

fn validated(path: &str) -> Result<naga::Module, String> {
    let source = stitched(path).map_err(|error| error.to_string())?;
    let module =
        naga::front::wgsl::parse_str(&source).map_err(|error| format!("{path}:\n{}", error.emit_to_string(&source)))?;
    Validator::new(ValidationFlags::all(), Capabilities::empty())
        .validate(&module)
        .map_err(|error| format!("{path}:\n{}", error.emit_to_string(&source)))?;
    Ok(module)
}

fn in_folder(folder: &str) -> Vec<&'static str> {
    SOURCES
        .iter()
        .map(|(path, _)| *path)
        .filter(|path| path.starts_with(folder))
        .collect()
}

#[test]
fn every_pass_is_valid_and_has_one_entry_point_of_its_own_name() {
    let passes = in_folder("passes/");
    assert!(!passes.is_empty(), "no passes found");
    for path in &passes {
        let module = validated(path).unwrap_or_else(|error| panic!("{error}"));
        let names: Vec<&str> = module.entry_points.iter().map(|entry| entry.name.as_str()).collect();
        let name = path.trim_start_matches("passes/").trim_end_matches(".wgsl");
        assert_eq!(names, [name], "{path}");
        let single = ["advance_clock", "next_round", "scan_branches"].contains(&name);
        assert!(
            single || module.entry_points[0].workgroup_size == [GROUP, 1, 1],
            "{path}: threads of a workgroup"
        );
        let storage = module.global_variables.iter();
        let storage = storage
            .filter(|(_, global)| matches!(global.space, naga::AddressSpace::Storage { .. }))
            .count();
        assert!(
            storage <= 8,
            "{path}: {storage} storage buffers; WebGPU grants 8 a stage"
        );
    }
    println!("{} passes are valid", passes.len());
}

#[test]
fn the_ground_is_valid() {
    let module = validated("draw/ground.wgsl").unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(module.entry_points.len(), 14);
}

#[test]
fn rules_have_no_bindings_and_no_entry_points() {
    let rules = in_folder("rules/");
    assert!(!rules.is_empty(), "no rules found");
    for path in rules {
        let module = validated(path).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(module.entry_points.len(), 0, "{path} has an entry point");
        assert_eq!(module.global_variables.len(), 0, "{path} has a binding or a global");
    }
}

#[test]
fn includes_come_once_and_unknown_ones_are_named() {
    let text = "#include \"heading.wgsl\"\n#include \"layout.wgsl\"\n";
    let stitched = resolve("passes/test.wgsl", text).expect("resolves");
    assert_eq!(stitched.matches("struct Cone {").count(), 1);
    let wanted = "nowhere.wgsl".to_owned();
    let unknown = resolve("passes/test.wgsl", "\n#include \"nowhere.wgsl\"\n");
    assert_eq!(
        unknown,
        Err(IncludeError::NoSuchInclude {
            file: "passes/test.wgsl".into(),
            line: 2,
            wanted
        })
    );
    let malformed = resolve("passes/test.wgsl", "#include <heading.wgsl>\n");
    assert_eq!(
        malformed,
        Err(IncludeError::Malformed {
            file: "passes/test.wgsl".into(),
            line: 1
        })
    );
}

/// An engine on the backend that computes nothing.
fn on_nothing(limits: wgpu::Limits, tuning: Tuning) -> Result<GpuEngine, EngineError> {
    let (device, queue) = wgpu::Device::noop(&wgpu::DeviceDescriptor {
        required_limits: limits,
        ..Default::default()
    });
    let info = EngineInfo {
        kind: ComputesOn::Gpu,
        device: "noop".into(),
        pci: String::new(),
        driver: String::new(),
        backend: "noop".into(),
        reason: "test".into(),
    };
    GpuEngine::on(twins::full_plate(true), Device::of(device, queue), info, tuning)
}

#[test]
fn every_pipeline_and_bind_group_fits_without_a_driver() {
    let tuning = Tuning {
        page: Some(64),
        spare_cones: Some(200),
        ..Tuning::default()
    };
    let mut engine = on_nothing(wgpu::Limits::default(), tuning).unwrap_or_else(|error| panic!("{error}"));
    // Encoding and submitting checks every binding against every pipeline. The clock stands still, for nothing computes.
    let error = engine.advance(1).expect_err("nothing computes here").to_string();
    assert!(error.contains("stands still"), "{error}");
}

#[test]
fn a_plate_that_does_not_fit_is_refused_with_what_is_too_large() {
    let limits = wgpu::Limits {
        max_storage_buffer_binding_size: 4096,
        ..wgpu::Limits::default()
    };
    match on_nothing(limits, Tuning::default()) {
        Err(EngineError::TooLarge {
            what,
            needed,
            allowed: 4096,
        }) => println!("{what}: {needed} bytes"),
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("nothing was too large"),
    }
}

#[test]
fn a_shader_that_does_not_fit_its_layout_is_reported() {
    let (handle, queue) = wgpu::Device::noop(&wgpu::DeviceDescriptor::default());
    let device = Device::of(handle, queue);
    let layout = outgrowth::engine::gpu::bindings::layout(
        &device.handle,
        "wrong",
        &[outgrowth::engine::gpu::bindings::Access::Uniform],
    );
    let module = device.handle.create_shader_module(wgpu::ShaderModuleDescriptor {
        label: None,
        source: wgpu::ShaderSource::Wgsl(
            "@group(0) @binding(0) var<storage, read_write> a: array<u32>;
             @compute @workgroup_size(1) fn main() { a[0] = 1u; }"
                .into(),
        ),
    });
    let layout = device.handle.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
        label: None,
        bind_group_layouts: &[Some(&layout)],
        immediate_size: 0,
    });
    let _wrong = device.handle.create_compute_pipeline(&wgpu::ComputePipelineDescriptor {
        label: None,
        layout: Some(&layout),
        module: &module,
        entry_point: None,
        compilation_options: wgpu::PipelineCompilationOptions::default(),
        cache: None,
    });
    assert!(device.check("testing").is_err());
}
