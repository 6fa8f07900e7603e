// Heading: the turns of a growth cone. A turn is a vector across the heading whose length is the angle.
// Twin of src/model/rules/heading.rs.
#include "layout.wgsl"
#include "random.wgsl"

fn left_of(heading: vec3<f32>, planar: u32) -> vec3<f32> {
    if planar == 1u {
        return vec3<f32>(-heading.y, heading.x, 0.0);
    }
    // Frisvad's frame in the form of Duff et al., JCGT 6(1), 2017: no singular direction.
    let sign_z = select(-1.0, 1.0, heading.z >= 0.0);
    let a = -1.0 / (sign_z + heading.z);
    let b = heading.x * heading.y * a;
    return vec3<f32>(b, sign_z + heading.y * heading.y * a, -heading.y);
}

fn wander(heading: vec3<f32>, travelled: f32, persistence_length: f32, planar: u32, xi: vec2<f32>) -> vec3<f32> {
    let left = left_of(heading, planar);
    if planar == 1u {
        return left * (sqrt(2.0 * travelled / persistence_length) * xi.x);
    }
    let above = cross(heading, left);
    return (left * xi.x + above * xi.y) * sqrt(travelled / persistence_length);
}

fn persistence_length(u: f32, rules: Rules) -> f32 {
    if rules.persistence_tail <= 0.0 {
        return rules.persistence_length_um;
    }
    return min(rules.persistence_length_um * exp(-log(u) / rules.persistence_tail), STRAIGHT);
}

fn persistence_of(id: u32, key: vec2<u32>, rules: Rules) -> f32 {
    if rules.persistence_tail == 0.0 {
        return rules.persistence_length_um;
    }
    return persistence_length(uniform_number(draw(id, 0u, key, PURPOSE_PERSISTENCE).x), rules);
}

fn axis_of_line(line: vec2<f32>) -> vec3<f32> {
    let size = length(line);
    if size < 1e-12 {
        return vec3<f32>(1.0, 0.0, 0.0);
    }
    // Half the angle without an angle, by the sum that does not cancel.
    var axis = vec2<f32>(size + line.x, line.y);
    if line.x < 0.0 {
        axis = vec2<f32>(abs(line.y), select(size - line.x, line.x - size, line.y < 0.0));
    }
    return vec3<f32>(axis / length(axis), 0.0);
}

fn turn_to_strain(heading: vec3<f32>, axis: vec3<f32>, rate: f32) -> vec3<f32> {
    let along = dot(heading, axis);
    return (axis - heading * along) * (2.0 * rate * along);
}

fn turn(heading: vec3<f32>, across: vec3<f32>) -> vec3<f32> {
    let angle = length(across);
    if angle < 1e-12 {
        return heading;
    }
    let turned = heading * cos(angle) + across * (sin(angle) / angle);
    return turned / length(turned);
}
