// Lines drawn in the gel, which show how it is strained.

// The stretch of the plate that a point of the picture shows, from its place, µm.
fn px_of(at_um: vec2<f32>) -> f32 {
    return max(0.5 * (length(dpdx(at_um)) + length(dpdy(at_um))), 1e-6);
}

// Spacing of the finer lines, µm, 500 or a fifth or five times as much and so on; and their strength: they fade before
// they crowd. Five times coarser lines are always there.
fn grid_spacing() -> vec2<f32> {
    let finest = log2(14.0 * frame.scale / (500.0 * frame.px_per_um)) / log2(5.0);
    let level = clamp(ceil(finest), -2.0, 4.0);
    return vec2(500.0 * pow(5.0, level), smoothstep(0.0, 0.45, level - finest));
}

// The share of a point that lines of that spacing cover, µm; the first goes through the middle. Lines are as wide as a point of a
// usual screen, of which there are px_per_um.
fn lines(material_um: vec2<f32>, spacing_um: f32, px_per_um: f32) -> f32 {
    let place = material_um / spacing_um;
    let away = abs(place - round(place)) * (spacing_um * px_per_um);
    return clamp(1.0 - min(away.x, away.y), 0.0, 1.0);
}

fn grid_line(material_um: vec2<f32>, grid: vec2<f32>, px_per_um: f32) -> f32 {
    return max(0.55 * grid.y * lines(material_um, grid.x, px_per_um), lines(material_um, 5.0 * grid.x, px_per_um));
}
