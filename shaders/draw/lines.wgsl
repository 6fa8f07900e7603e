// Lines as a microscope shows them: a quad around each segment with the profile of a thin tube behind the core of a point-spread
// function. Two segments that meet cover the points between them once together.

struct Line {
    @builtin(position) clip: vec4<f32>,
    // Along the segment and across it, in points.
    @location(0) @interpolate(linear) place: vec2<f32>,
    // Length, and half the width at half the brightness, in points.
    @location(1) @interpolate(flat) size: vec2<f32>,
    // Colour, and intensity beside it.
    @location(2) @interpolate(flat) light: vec4<f32>,
}

// A corner of the quad around a segment from one point of clip space to another.
fn line_corner(corner: u32, from_clip: vec4<f32>, to_clip: vec4<f32>, size_px: vec2<f32>, half_width_px: f32,
               light: vec4<f32>) -> Line {
    var line: Line;
    line.clip = vec4<f32>(2.0, 2.0, 2.0, 1.0);
    line.light = light;
    if from_clip.w <= 0.0 || to_clip.w <= 0.0 { return line; }
    let from_px = from_clip.xy / from_clip.w * 0.5 * size_px;
    let to_px = to_clip.xy / to_clip.w * 0.5 * size_px;
    let way = to_px - from_px;
    let length_px = length(way);
    let along = select(vec2<f32>(1.0, 0.0), way / length_px, length_px > 1e-4);
    let across = vec2<f32>(-along.y, along.x);
    let at_end = (corner & 1u) == 1u;
    let side = select(-1.0, 1.0, (corner & 2u) == 2u);
    let reach = line_reach(half_width_px);
    let offset = side * reach * across + select(-0.5, 0.5, at_end) * along;
    let end = select(from_clip, to_clip, at_end);
    line.clip = vec4<f32>(end.xy + offset / (0.5 * size_px) * end.w, end.zw);
    line.place = vec2<f32>(select(-0.5, length_px + 0.5, at_end), side * reach);
    line.size = vec2<f32>(length_px, half_width_px);
    return line;
}

// The profile ends here: a core as good as Gaussian, which has half its brightness at 0.5412 of its reach.
fn line_reach(half_width_px: f32) -> f32 {
    return max(half_width_px, 0.6) / 0.5412;
}

// Brightness at a place of the quad; a line thinner than a point is faint, not thin.
fn line_cover(place: vec2<f32>, size: vec2<f32>) -> f32 {
    let off = place.y / line_reach(size.y);
    let core = max(1.0 - off * off, 0.0);
    let across = core * core * min(size.y / 0.6, 1.0);
    let along = clamp(place.x + 0.5, 0.0, 1.0) * clamp(size.x - place.x + 0.5, 0.0, 1.0);
    return across * along;
}
