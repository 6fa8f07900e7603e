// Bind group 2 of the passes that touch paths: the cones, and the trail of each cone of one page.
//
// A trail is one word of marks and a ring of the cone's last recorded points: point n lies in slot n mod ring. The host
// keeps the whole path. Marks say what the ring still owes it and how far back the ring reaches.
#include "run.wgsl"

@group(2) @binding(0) var<storage, read_write> cones: array<Cone>;
// Words, not floats: a device may flush small whole numbers to zero when it handles them as floats.
@group(2) @binding(1) var<storage, read_write> trails: array<vec4<u32>>;
@group(2) @binding(2) var<uniform> page: Page;

// The cone of a thread in a dispatch over the page; NONE beyond it.
fn cone_of(thread: Thread) -> u32 {
    let place = index_of(thread);
    return select(NONE, page.first + place, place < page.cones);
}

fn is_on_page(cone: u32) -> bool {
    return cone >= page.first && cone - page.first < page.cones;
}

fn trail_of(cone: u32) -> u32 {
    return (cone - page.first) * (room.ring + 1u);
}

fn load_marks(cone: u32) -> Marks {
    let words = trails[trail_of(cone)];
    return Marks(words.x, words.y);
}

fn store_marks(cone: u32, marks: Marks) {
    trails[trail_of(cone)] = vec4<u32>(marks.low, marks.tail, 0u, 0u);
}

// Begins the trail of a branch at its first point.
fn begin_trail(cone: u32, origin: vec4<f32>) {
    store_marks(cone, Marks(0u, 0u));
    store_point(cone, 0u, origin);
}

fn load_point(cone: u32, node: u32) -> vec4<f32> {
    return bitcast<vec4<f32>>(trails[trail_of(cone) + 1u + (node & (room.ring - 1u))]);
}

fn store_point(cone: u32, node: u32, point: vec4<f32>) {
    trails[trail_of(cone) + 1u + (node & (room.ring - 1u))] = bitcast<vec4<u32>>(point);
}
