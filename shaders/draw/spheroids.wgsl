// The light of a spheroid's depth: a ball of cells of which few are in focus, thickest and so brightest in its middle.
#include "colours.wgsl"

@group(0) @binding(0) var<uniform> frame: Frame;
@group(0) @binding(1) var<storage, read> poses: array<Pose>;
@group(2) @binding(0) var<storage, read> spheroids: array<Spheroid>;

const SMALLEST_PX: f32 = 1.5;

struct Ball {
    @builtin(position) clip: vec4<f32>,
    // From the middle, as a share of the reach.
    @location(0) @interpolate(linear) place: vec2<f32>,
    @location(1) @interpolate(flat) light: vec4<f32>,
}

@vertex
fn stand(@builtin(vertex_index) corner: u32, @builtin(instance_index) index: u32) -> Ball {
    let spheroid = spheroids[index];
    let pose = poses[spheroid.well];
    var ball: Ball;
    ball.place = vec2<f32>(select(-1.0, 1.0, (corner & 1u) == 1u), select(-1.0, 1.0, (corner & 2u) == 2u));
    let reach_um = max(BALL_REACH * spheroid.radius_um, SMALLEST_PX * frame.scale / frame.px_per_um);
    // A flat culture takes its spheroid along as it is strained; with height it is a ball from every side.
    let flat_um = select(vec2<f32>(0.0), ball.place * reach_um, frame.planar == 1u);
    let at_um = spheroid.centre_um + vec3<f32>(flat_um, 0.0);
    ball.clip = frame.clip_from_plate * vec4<f32>(drawn_at(pose, at_um, frame.well_um), 1.0);
    if frame.planar == 0u {
        ball.clip += vec4<f32>(ball.place * (reach_um * frame.px_per_um) / (0.5 * frame.size_px) * ball.clip.w, 0.0, 0.0);
    }
    // Where colours tell neurons apart, or say something of them, that of all together says nothing.
    let own = select(vec3<f32>(0.5), pose.colour.rgb, frame.colour_by == BY_CONDITION);
    let dimmed = select(DIMMED, 1.0, frame.highlighted == NONE);
    ball.light = vec4<f32>(BALL_AXONS * own, BALL_NUCLEI) * (spheroid.layers * dimmed);
    return ball;
}

@fragment
fn expose(ball: Ball) -> @location(0) vec4<f32> {
    let thick = max(1.0 - dot(ball.place, ball.place), 0.0);
    return ball.light * (thick * thick * thick);
}
