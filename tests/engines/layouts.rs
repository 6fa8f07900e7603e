//! Structs and constants shared by host and shaders are the same on both sides. The `layout.wgsl` files are written from here (see
//! scripts/layouts.sh); naga then says where the fields of their structs stand.

use naga::{Literal, TypeInner};
use outgrowth::engine::gpu::layout as device;
use outgrowth::engine::gpu::sources::{SOURCES, stitched};
use outgrowth::model::rules::{fasciculation, field, guidance, heading, kymograph, path, random, relaxation};
use outgrowth::model::shared::{Constant, Declaration};
use outgrowth::model::{growth_cone, layout, seeding, soma, way};
#[cfg(feature = "window")]
use outgrowth::{export::micrograph, view::scene::layout as scene};
use std::path::Path;

const REMEDY: &str = "is stale: scripts/layouts.sh writes it anew";

/// Each generated file below `shaders/`, a shader that includes it, and the declarations that it has, with their sources.
type File = (&'static str, &'static str, Vec<(&'static str, &'static [Declaration])>);

fn files() -> Vec<File> {
    vec![
        (
            "rules/layout.wgsl",
            "rules/layout.wgsl",
            vec![
                ("model/layout.rs", layout::SHARED),
                ("model/growth_cone.rs", growth_cone::SHARED),
                ("model/seeding.rs", seeding::SHARED),
                ("model/rules/fasciculation.rs", fasciculation::SHARED),
                ("model/rules/field.rs", field::SHARED),
                ("model/rules/guidance.rs", guidance::SHARED),
                ("model/rules/heading.rs", heading::SHARED),
                ("model/rules/kymograph.rs", kymograph::SHARED),
                ("model/rules/path.rs", path::SHARED),
                ("model/rules/random.rs", random::SHARED),
                ("model/rules/relaxation.rs", relaxation::SHARED),
                ("model/soma.rs", soma::SHARED),
                ("model/way.rs", way::SHARED),
            ],
        ),
        (
            "world/layout.wgsl",
            "world/trails.wgsl",
            vec![("engine/gpu/layout.rs", device::SHARED)],
        ),
        #[cfg(feature = "window")]
        (
            "draw/layout.wgsl",
            "draw/layout.wgsl",
            vec![
                ("view/scene/layout.rs", scene::SHARED),
                ("export/micrograph.rs", micrograph::SHARED),
            ],
        ),
    ]
}

/// The text of a generated file.
fn text(sources: &[(&str, &[Declaration])]) -> String {
    let mut text = String::from("// Written by scripts/layouts.sh from the files named here; do not edit.\n");
    for (source, declarations) in sources {
        text += &format!("\n// From src/{source}.\n");
        for declaration in *declarations {
            text += "\n";
            text += &wgsl(declaration);
        }
    }
    text
}

/// A declaration in WGSL.
fn wgsl(declaration: &Declaration) -> String {
    match declaration {
        Declaration::Struct { name, fields, docs, .. } => {
            let mut text = format!("{}struct {name} {{\n", comment("", docs));
            for field in *fields {
                text += &comment("    ", field.docs);
                text += &format!("    {}: {},\n", field.name, (field.wgsl)());
            }
            text + "}\n"
        }
        Declaration::Constants {
            module,
            constants,
            docs,
        } => {
            let mut text = comment("", docs);
            if !docs.is_empty() {
                text += "\n";
            }
            for constant in *constants {
                let name = name_in_wgsl(module, constant);
                text += &comment("", constant.docs);
                text += &format!("const {name}: {} = {};\n", constant.ty, (constant.value)());
            }
            text
        }
    }
}

/// A constant's name in WGSL, where there are no modules.
fn name_in_wgsl(module: &str, constant: &Constant) -> String {
    if module.is_empty() {
        return constant.name.to_owned();
    }
    format!("{module}_{}", constant.name).to_uppercase()
}

/// Doc comments as plain ones, links as code.
fn comment(indent: &str, docs: &[&str]) -> String {
    let line = |line: &&str| format!("{indent}//{}\n", line.replace("[`", "`").replace("`]", "`"));
    docs.iter().map(line).collect()
}

/// A module of the shaders, and the declarations of the host that it must have.
fn sides() -> Vec<(naga::Module, Vec<Declaration>)> {
    let mut sides = Vec::new();
    for (_, shader, sources) in files() {
        let module = naga::front::wgsl::parse_str(&stitched(shader).expect("includes")).expect("parses");
        sides.push((
            module,
            sources.iter().flat_map(|(_, shared)| *shared).copied().collect(),
        ));
    }
    sides
}

/// Where a declaration of the host and the shader's of that name differ.
fn differences(host: &Declaration, module: &naga::Module) -> Vec<String> {
    let mut wrong = Vec::new();
    match *host {
        Declaration::Struct { name, fields, size, .. } => {
            let found = module.types.iter().find(|(_, ty)| ty.name.as_deref() == Some(name));
            let Some((
                _,
                naga::Type {
                    inner: TypeInner::Struct { members, span },
                    ..
                },
            )) = found
            else {
                return vec![format!("{name}: no such struct in the shaders")];
            };
            let here: Vec<(&str, usize)> = fields.iter().map(|field| (field.name, field.offset)).collect();
            let there = members.iter();
            let there: Vec<(&str, usize)> = there
                .map(|member| (member.name.as_deref().unwrap_or(""), member.offset as usize))
                .collect();
            if here.len() != there.len() {
                wrong.push(format!(
                    "{name}: {} fields on the host, {} in the shader",
                    here.len(),
                    there.len()
                ));
            }
            for (here, there) in here.iter().zip(&there).filter(|(here, there)| here != there) {
                wrong.push(format!("{name}: {here:?} on the host, {there:?} in the shader"));
            }
            if size != *span as usize {
                wrong.push(format!("{name}: {size} bytes on the host, {span} in the shader"));
            }
        }
        Declaration::Constants {
            module: group,
            constants,
            ..
        } => {
            for constant in constants {
                let name = name_in_wgsl(group, constant);
                let found = module.constants.iter();
                let found = found
                    .map(|(_, found)| found)
                    .find(|found| found.name.as_ref() == Some(&name));
                let value = found.map(|found| &module.global_expressions[found.init]);
                let there = match value {
                    Some(naga::Expression::Literal(Literal::U32(there))) => format!("{there:?}"),
                    Some(naga::Expression::Literal(Literal::F32(there))) => format!("{there:?}"),
                    other => format!("{other:?}"),
                };
                let here = (constant.value)();
                if here != there {
                    wrong.push(format!("{name}: {here} on the host, {there} in the shader"));
                }
            }
        }
    }
    wrong
}

#[test]
fn layouts_of_the_shaders_are_written_from_the_host() {
    for (file, _, sources) in files() {
        let text = text(&sources);
        if std::env::var_os("WRITE_LAYOUTS").is_some() {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("shaders").join(file);
            std::fs::write(path, text).expect("writes");
            continue;
        }
        let (_, embedded) = SOURCES.iter().find(|(path, _)| *path == file).expect("embedded");
        assert!(*embedded == text, "shaders/{file} {REMEDY}");
    }
}

#[test]
fn structs_stand_byte_for_byte_where_naga_puts_them_and_constants_have_the_same_bits() {
    let mut structs = 0;
    let mut wrong = Vec::new();
    for (module, declarations) in sides() {
        for host in &declarations {
            structs += usize::from(matches!(host, Declaration::Struct { .. }));
            wrong.extend(differences(host, &module));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(structs > 12, "only {structs} structs found");
}

#[test]
fn swapped_fields_a_wrong_size_and_a_wrong_number_are_reported() {
    let (module, declarations) = sides().remove(0);
    let run = declarations
        .iter()
        .find(|shared| matches!(shared, Declaration::Struct { name: "Run", .. }));
    let Some(&Declaration::Struct {
        name,
        fields,
        size,
        docs,
    }) = run
    else {
        panic!("Run is not shared");
    };
    let mut swapped = fields.to_vec();
    swapped.swap(0, 1);
    let host = Declaration::Struct {
        name,
        fields: swapped.leak(),
        size: size + 4,
        docs,
    };
    let wrong = differences(&host, &module);
    assert_eq!(wrong.len(), 3, "{wrong:#?}");
    let mut off: Vec<_> = guidance::SHARED.to_vec();
    if let Declaration::Constants { constants, .. } = &mut off[0] {
        let mut constant = constants[0];
        constant.value = || "1.1e-6".to_owned();
        *constants = vec![constant].leak();
    }
    assert_eq!(differences(&off[0], &module).len(), 1);
}

#[test]
fn numbers_of_rules_stand_in_the_layouts_alone() {
    let of_the_engine = |path: &str| path.starts_with("rules/") || path.starts_with("world/");
    let others = SOURCES
        .iter()
        .filter(|(path, _)| of_the_engine(path) && !path.ends_with("/layout.wgsl"));
    for (path, text) in others {
        let constant = text.lines().find(|line| line.starts_with("const "));
        assert_eq!(constant, None, "shaders/{path}: declare it with shared! on the host");
    }
}
