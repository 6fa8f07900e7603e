//! Every rule in shaders/rules gives what its Rust twin gives, over 10,000 random inputs.
//!
//! naga lists the functions of the shaders and their types; a function without an entry in the table below is an error.
//! A compute shader is generated for each, which reads the arguments as words, calls the rule and writes the result as words.

use crate::twins::inputs::{Inputs, Words};
use crate::twins::table::{self, Tolerance, Twin};
use naga::{ScalarKind, TypeInner};
use outgrowth::engine::gpu::device::Device;
use outgrowth::engine::gpu::sources::{SOURCES, resolve, stitched};
use outgrowth::model::rules::relaxation::{LEVEL_UNITS, relax};
use std::fmt::Write;

const SAMPLES: usize = 10_000;

/// How a word of a result is read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reading {
    Number,
    /// A signed whole number: in a rule's result a state in fixed point.
    Level,
    Whole,
}

impl Reading {
    fn number(self, word: u32) -> f32 {
        match self {
            Reading::Number => f32::from_bits(word),
            Reading::Level => word as i32 as f32 / LEVEL_UNITS,
            Reading::Whole => word as f32,
        }
    }
}

/// A function of the shaders: its file, name and types.
struct Rule {
    file: &'static str,
    name: String,
    module: naga::Module,
    arguments: Vec<naga::Handle<naga::Type>>,
    result: naga::Handle<naga::Type>,
}

/// Every function that a file in shaders/rules itself defines.
fn rules() -> Vec<Rule> {
    let mut rules = Vec::new();
    for (file, text) in SOURCES.iter().filter(|(path, _)| path.starts_with("rules/")) {
        let module = naga::front::wgsl::parse_str(&stitched(file).expect("includes")).expect("parses");
        for (_, function) in module.functions.iter() {
            let name = function.name.clone().expect("named");
            if text.contains(&format!("fn {name}(")) {
                rules.push(Rule {
                    file,
                    name,
                    module: module.clone(),
                    arguments: function.arguments.iter().map(|argument| argument.ty).collect(),
                    result: function.result.as_ref().expect("a rule has a result").ty,
                });
            }
        }
    }
    rules
}

/// The kind of each word of a type, in order, with the expression that reads or names it.
impl Rule {
    /// An expression that makes a value of a type from the words from `next` on.
    fn read(&self, ty: naga::Handle<naga::Type>, next: &mut usize) -> String {
        let mut word = |kind: ScalarKind| {
            let word = format!("given[base + {next}u]");
            *next += 1;
            match kind {
                ScalarKind::Float => format!("bitcast<f32>({word})"),
                ScalarKind::Sint => format!("bitcast<i32>({word})"),
                ScalarKind::Bool => format!("({word} != 0u)"),
                _ => word,
            }
        };
        match &self.module.types[ty].inner {
            TypeInner::Scalar(scalar) => word(scalar.kind),
            TypeInner::Vector { size, scalar } => {
                let words: Vec<String> = (0..*size as usize).map(|_| word(scalar.kind)).collect();
                format!("vec{}({})", *size as usize, words.join(", "))
            }
            // Padding.
            &TypeInner::Array {
                base,
                size: naga::ArraySize::Constant(size),
                ..
            } => {
                let items: Vec<String> = (0..size.get()).map(|_| self.read(base, next)).collect();
                format!("array({})", items.join(", "))
            }
            TypeInner::Struct { members, .. } => {
                let members: Vec<String> = members.iter().map(|member| self.read(member.ty, next)).collect();
                format!(
                    "{}({})",
                    self.module.types[ty].name.as_deref().expect("named"),
                    members.join(", ")
                )
            }
            other => panic!("{}: no words for {other:?}", self.name),
        }
    }

    /// Expressions for the words of `value`, a value of a type, and how each is read.
    fn write(&self, ty: naga::Handle<naga::Type>, value: &str, words: &mut Vec<(String, Reading)>) {
        let word = |kind: ScalarKind, value: String| match kind {
            ScalarKind::Float => (format!("bitcast<u32>({value})"), Reading::Number),
            ScalarKind::Sint => (format!("bitcast<u32>({value})"), Reading::Level),
            ScalarKind::Bool => (format!("u32({value})"), Reading::Whole),
            _ => (value, Reading::Whole),
        };
        match &self.module.types[ty].inner {
            TypeInner::Scalar(scalar) => words.push(word(scalar.kind, value.to_owned())),
            TypeInner::Vector { size, scalar } => {
                words.extend((0..*size as usize).map(|i| word(scalar.kind, format!("{value}[{i}]"))));
            }
            TypeInner::Struct { members, .. } => {
                for member in members {
                    self.write(
                        member.ty,
                        &format!("{value}.{}", member.name.as_deref().expect("named")),
                        words,
                    );
                }
            }
            other => panic!("{}: no words for {other:?}", self.name),
        }
    }

    /// A shader that calls the rule, the words of its arguments, and how the words of its result are read.
    fn shader(&self) -> (String, usize, Vec<Reading>) {
        let mut next = 0;
        let arguments: Vec<String> = self.arguments.iter().map(|&ty| self.read(ty, &mut next)).collect();
        let mut words = Vec::new();
        self.write(self.result, "result", &mut words);
        let mut text = format!(
            "#include \"{}\"
@group(0) @binding(0) var<storage, read> given: array<u32>;
@group(0) @binding(1) var<storage, read_write> found: array<u32>;
@compute @workgroup_size(64)
fn call_rule(@builtin(global_invocation_id) thread: vec3<u32>) {{
    if thread.x >= {SAMPLES}u {{ return; }}
    let base = thread.x * {next}u;
    let result = {}({});
",
            self.file.trim_start_matches("rules/"),
            self.name,
            arguments.join(", ")
        );
        for (i, (word, _)) in words.iter().enumerate() {
            writeln!(text, "    found[thread.x * {}u + {i}u] = {word};", words.len()).expect("writes to memory");
        }
        text.push_str("}\n");
        (text, next, words.iter().map(|(_, reading)| *reading).collect())
    }

    /// Where the shader and the twin differ, over all samples.
    fn differences(&self, twin: &Twin, device: &Device) -> Vec<String> {
        let mut inputs = Inputs::new(&self.name);
        let expected: Vec<Vec<u32>> = (0..SAMPLES).map(|_| (twin.sample)(&mut inputs)).collect();
        let (text, arguments, readings) = self.shader();
        assert_eq!(
            inputs.words.len(),
            SAMPLES * arguments,
            "{}: the table gives other arguments",
            self.name
        );
        let source = resolve("tests/rule.wgsl", &text).expect("includes");
        let found = run(device, &self.name, &source, &inputs.words, SAMPLES * readings.len());
        let mut wrong = Vec::new();
        let mut worst = 0.0_f32;
        for (sample, (expected, found)) in expected.iter().zip(found.chunks(readings.len())).enumerate() {
            assert_eq!(
                expected.len(),
                readings.len(),
                "{}: the twin gives another type",
                self.name
            );
            let agree =
                expected
                    .iter()
                    .zip(found)
                    .zip(&readings)
                    .all(|((&expected, &found), &reading)| match reading {
                        Reading::Whole => found == expected,
                        _ => twin.tolerance.admits(reading.number(found), reading.number(expected)),
                    });
            for ((&expected, &found), &reading) in expected.iter().zip(found).zip(&readings) {
                let share = twin.tolerance.share(reading.number(found), reading.number(expected));
                worst = worst.max(if share.is_nan() { 0.0 } else { share });
            }
            if !agree {
                let shown = |words: &[u32]| {
                    let words = words.iter().zip(&readings);
                    words
                        .map(|(&word, &reading)| match reading {
                            Reading::Whole => word.to_string(),
                            _ => reading.number(word).to_string(),
                        })
                        .collect::<Vec<_>>()
                };
                wrong.push(format!(
                    "{} sample {sample}: {:?} instead of {:?}",
                    self.name,
                    shown(found),
                    shown(expected)
                ));
            }
        }
        println!("{}: at most {worst:.3} of what may differ", self.name);
        wrong
    }
}

/// Runs a generated shader.
fn run(device: &Device, name: &str, source: &str, given: &[u32], found: usize) -> Vec<u32> {
    let handle = &device.handle;
    let module = handle.create_shader_module(wgpu::ShaderModuleDescriptor {
        label: Some(name),
        source: wgpu::ShaderSource::Wgsl(source.into()),
    });
    let pipeline = handle.create_compute_pipeline(&wgpu::ComputePipelineDescriptor {
        label: Some(name),
        layout: None,
        module: &module,
        entry_point: None,
        compilation_options: wgpu::PipelineCompilationOptions::default(),
        cache: None,
    });
    device.check(name).unwrap_or_else(|error| panic!("{error}\n{source}"));
    let given = device.storage("given", given).expect("small");
    let result = device.empty_storage("found", 4 * found as u64).expect("small");
    let layout = pipeline.get_bind_group_layout(0);
    let group = outgrowth::engine::gpu::bindings::group(handle, name, &layout, &[&given, &result]);
    let mut encoder = device.encoder(name);
    {
        let mut pass = encoder.begin_compute_pass(&wgpu::ComputePassDescriptor::default());
        pass.set_pipeline(&pipeline);
        pass.set_bind_group(0, &group, &[]);
        pass.dispatch_workgroups(SAMPLES.div_ceil(64) as u32, 1, 1);
    }
    device
        .submit_and_read(encoder, &result, found, "trying a rule")
        .unwrap_or_else(|error| panic!("{error}"))
}

fn device(test: &str) -> Option<Device> {
    let adapter = crate::gpu::adapter(test)?;
    Some(pollster::block_on(Device::open(&adapter)).expect("opens"))
}

#[test]
fn every_rule_has_a_twin_in_the_table() {
    let table = table::twins();
    let rules = rules();
    assert!(rules.len() > 30, "only {} rules found", rules.len());
    let missing: Vec<_> = rules
        .iter()
        .filter(|rule| table.iter().all(|twin| twin.name != rule.name))
        .collect();
    let missing: Vec<_> = missing
        .iter()
        .map(|rule| format!("{} in shaders/{}", rule.name, rule.file))
        .collect();
    assert!(
        missing.is_empty(),
        "no twin for {missing:?}: add it to tests/engines/twins/table.rs"
    );
    let stale: Vec<_> = table
        .iter()
        .filter(|twin| rules.iter().all(|rule| rule.name != twin.name))
        .collect();
    assert!(
        stale.is_empty(),
        "no such rule: {:?}",
        stale.iter().map(|twin| twin.name).collect::<Vec<_>>()
    );
}

#[test]
fn every_rule_gives_what_its_twin_gives() {
    let Some(device) = device("twin rules") else {
        return;
    };
    let table = table::twins();
    let mut wrong = Vec::new();
    for rule in rules() {
        if let Some(twin) = table.iter().find(|twin| twin.name == rule.name) {
            let differences = rule.differences(twin, &device);
            if !differences.is_empty() {
                let (count, tolerance) = (differences.len(), &twin.tolerance);
                wrong.push(format!(
                    "{}: {count} of {SAMPLES} beyond {tolerance:?}: {}",
                    rule.name, differences[0]
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_wrong_twin_is_reported() {
    let Some(device) = device("negative control") else {
        return;
    };
    let rules = rules();
    let differences = |name: &str, twin: &Twin| {
        rules
            .iter()
            .find(|rule| rule.name == name)
            .expect("there")
            .differences(twin, &device)
            .len()
    };
    let slower = Twin {
        name: "relax",
        tolerance: Tolerance::ARITHMETIC,
        sample: Box::new(|i| {
            let (state, goal, loss) = (i.level(), i.unit(), i.unit());
            i.give(&[&state, &goal, &loss]);
            relax(state, goal, 1.001 * loss).words()
        }),
    };
    assert!(differences("relax", &slower) > SAMPLES / 2);
    let draw = table::twins()
        .into_iter()
        .find(|twin| twin.name == "draw")
        .expect("there")
        .sample;
    let off_by_one = Twin {
        name: "draw",
        tolerance: Tolerance::EXACT,
        sample: Box::new(move |i| draw(i).iter().map(|word| word ^ 1).collect()),
    };
    assert_eq!(differences("draw", &off_by_one), SAMPLES);
}
