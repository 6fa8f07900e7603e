// Bind group 1 of the passes that move cells: the parts of the world that they read. See field.wgsl for the other view.
#include "run.wgsl"

@group(1) @binding(0) var<storage, read> treatments: array<Treatment>;
@group(1) @binding(1) var<storage, read> myokines: array<MyokineRules>;
@group(1) @binding(2) var<storage, read> wells: array<Well>;
@group(1) @binding(3) var<storage, read> concentrations: array<f32>;
