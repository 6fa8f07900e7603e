//! The camera over the plate: straight above it or around it, and the travel between two views.

use glam::{DMat4, DVec2, DVec3, DVec4, Mat4};
use std::f64::consts::{FRAC_PI_2, TAU};

/// Opening of the lens from top to bottom when the plate is looked at from the side, rad.
const LENS_RAD: f64 = 0.6;
/// Time in which a travel has covered most of its way, s.
const TRAVEL_S: f64 = 0.11;
/// Share of the view's height below which a rest of a travel is not worth going.
const ARRIVED: f64 = 2e-4;
/// Closest and farthest view: µm from the top of the picture to its bottom.
const NEAREST_UM: f64 = 20.0;
const FARTHEST_UM: f64 = 1e7;
/// Size of the view to that of the box fitted into it.
const ROOM: f64 = 1.04;

/// A view of the plate, in plate coordinates (see [`super::arrangement::Arrangement`]).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Viewpoint {
    /// The point in the middle of the picture, µm.
    pub centre_um: DVec3,
    /// Height of the picture at that point, from its top to its bottom, µm.
    pub height_um: f64,
    /// From above (0) down to the side (π/2), rad.
    pub tilt_rad: f64,
    /// Around the upright, rad.
    pub turn_rad: f64,
}

/// A camera over the plate, which may be on its way to another view.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Camera {
    now: Viewpoint,
    goal: Viewpoint,
    size_px: DVec2,
    scale: f64,
}

impl Viewpoint {
    /// From straight above, so that a box between two points just fits a picture of this shape (width over height).
    pub fn above(low_um: DVec2, high_um: DVec2, shape: f64) -> Self {
        let size = (high_um - low_um).max(DVec2::splat(1.0));
        Viewpoint {
            centre_um: (0.5 * (low_um + high_um)).extend(0.0),
            height_um: ROOM * size.y.max(size.x / shape),
            tilt_rad: 0.0,
            turn_rad: 0.0,
        }
    }

    fn bounded(self) -> Self {
        Viewpoint {
            height_um: self.height_um.clamp(NEAREST_UM, FARTHEST_UM),
            tilt_rad: self.tilt_rad.clamp(0.0, FRAC_PI_2 - 0.02),
            turn_rad: self.turn_rad.rem_euclid(TAU),
            ..self
        }
    }

    /// Part of the way to another view; zooming goes in steps of equal ratio.
    fn towards(self, goal: Viewpoint, share: f64) -> Viewpoint {
        let turn = (goal.turn_rad - self.turn_rad + 0.5 * TAU).rem_euclid(TAU) - 0.5 * TAU;
        Viewpoint {
            centre_um: self.centre_um.lerp(goal.centre_um, share),
            height_um: self.height_um * (goal.height_um / self.height_um).powf(share),
            tilt_rad: self.tilt_rad + share * (goal.tilt_rad - self.tilt_rad),
            turn_rad: self.turn_rad + share * turn,
        }
        .bounded()
    }

    fn is_near(&self, other: &Viewpoint) -> bool {
        let moved = self.centre_um.distance(other.centre_um) / other.height_um;
        let zoomed = (self.height_um / other.height_um).ln().abs();
        let turned = (self.tilt_rad - other.tilt_rad).abs() + (self.turn_rad - other.turn_rad).abs();
        moved + zoomed + turned < ARRIVED
    }
}

impl Camera {
    /// A camera that stands at `view`, with a picture of `size_px` points.
    pub fn new(view: Viewpoint, size_px: DVec2) -> Self {
        let view = view.bounded();
        Camera {
            now: view,
            goal: view,
            size_px: size_px.max(DVec2::ONE),
            scale: 1.0,
        }
    }

    /// The same for a picture on which `scale` points make one of a usual screen.
    pub fn with_scale(mut self, scale: f64) -> Self {
        self.set_scale(scale);
        self
    }

    /// So many points of the picture make one of a usual screen now.
    pub fn set_scale(&mut self, scale: f64) {
        self.scale = scale.max(0.1);
    }

    /// Points of the picture for each point of a usual screen.
    pub fn scale(&self) -> f64 {
        self.scale
    }

    /// The view it has now.
    pub fn view(&self) -> Viewpoint {
        self.now
    }

    /// The view it is going to.
    pub fn goal(&self) -> Viewpoint {
        self.goal
    }

    /// Size of the picture, in points.
    pub fn size_px(&self) -> DVec2 {
        self.size_px
    }

    /// Width of the picture over its height.
    pub fn shape(&self) -> f64 {
        self.size_px.x / self.size_px.y
    }

    /// The picture has another size now.
    pub fn resize(&mut self, size_px: DVec2) {
        self.size_px = size_px.max(DVec2::ONE);
    }

    /// Begins to travel to another view.
    pub fn go_to(&mut self, view: Viewpoint) {
        self.goal = view.bounded();
    }

    /// Is at another view at once.
    pub fn jump_to(&mut self, view: Viewpoint) {
        self.go_to(view);
        self.now = self.goal;
    }

    /// Goes on with the travel for `seconds`. Returns whether it is still under way.
    pub fn travel(&mut self, seconds: f64) -> bool {
        if self.now == self.goal {
            return false;
        }
        self.now = self.now.towards(self.goal, 1.0 - (-seconds / TRAVEL_S).exp());
        if self.now.is_near(&self.goal) {
            self.now = self.goal;
        }
        true
    }

    /// Moves the plate along with the pointer, in points; ends a travel.
    pub fn drag(&mut self, by_px: DVec2) {
        let middle = 0.5 * self.size_px;
        if let (Some(from), Some(to)) = (self.plate_at(middle), self.plate_at(middle + by_px)) {
            self.now.centre_um += from - to;
            self.goal = self.now;
        }
    }

    /// Turns around the middle of the picture, in points of the pointer's way; ends a travel.
    pub fn orbit(&mut self, by_px: DVec2) {
        self.now.turn_rad += by_px.x * 0.008;
        self.now.tilt_rad -= by_px.y * 0.006;
        self.now = self.now.bounded();
        self.goal = self.now;
    }

    /// Comes closer by a ratio above 1, or goes back by one below, keeping the point under the pointer there.
    pub fn zoom(&mut self, ratio: f64, at_px: DVec2) {
        let before = self.plate_at(at_px);
        self.now.height_um /= ratio;
        self.now = self.now.bounded();
        if let (Some(before), Some(after)) = (before, self.plate_at(at_px)) {
            self.now.centre_um += before - after;
        }
        self.goal = self.now;
    }

    /// Points for each µm at the middle of the picture.
    pub fn px_per_um(&self) -> f64 {
        self.size_px.y / self.now.height_um
    }

    /// From plate coordinates to clip space.
    pub fn clip_from_plate(&self) -> Mat4 {
        self.exact_clip_from_plate().as_mat4()
    }

    fn exact_clip_from_plate(&self) -> DMat4 {
        let Viewpoint {
            centre_um, height_um, ..
        } = self.now;
        if self.is_above() {
            let (x, y) = (2.0 / (height_um * self.shape()), 2.0 / height_um);
            return DMat4::from_cols(
                DVec4::new(x, 0.0, 0.0, 0.0),
                DVec4::new(0.0, y, 0.0, 0.0),
                // Nothing is cut off: depth plays no part when all is seen from above.
                DVec4::new(0.0, 0.0, 0.0, 0.0),
                DVec4::new(-centre_um.x * x, -centre_um.y * y, 0.5, 1.0),
            );
        }
        let distance = 0.5 * height_um / (0.5 * LENS_RAD).tan();
        let lens =
            glam::dcamera::rh::proj::directx::perspective(LENS_RAD, self.shape(), 0.01 * distance, 100.0 * distance);
        lens * glam::dcamera::rh::view::look_at_mat4(self.eye_um(), centre_um, self.upwards())
    }

    /// Whether it looks straight down, without perspective.
    pub fn is_above(&self) -> bool {
        self.now.tilt_rad < 1e-3
    }

    fn outwards(&self) -> DVec3 {
        let Viewpoint { tilt_rad, turn_rad, .. } = self.now;
        DVec3::new(
            -turn_rad.sin() * tilt_rad.sin(),
            -turn_rad.cos() * tilt_rad.sin(),
            tilt_rad.cos(),
        )
    }

    fn upwards(&self) -> DVec3 {
        let Viewpoint { tilt_rad, turn_rad, .. } = self.now;
        DVec3::new(
            turn_rad.sin() * tilt_rad.cos(),
            turn_rad.cos() * tilt_rad.cos(),
            tilt_rad.sin(),
        )
    }

    fn eye_um(&self) -> DVec3 {
        let distance = 0.5 * self.now.height_um / (0.5 * LENS_RAD).tan();
        self.now.centre_um + self.outwards() * distance
    }

    /// The point of the picture at which a point of the plate lies, from the top left; `None` behind the camera.
    pub fn px(&self, at_um: DVec3) -> Option<DVec2> {
        let clip = self.exact_clip_from_plate() * at_um.extend(1.0);
        (clip.w > 0.0).then(|| {
            let ndc = clip.truncate().truncate() / clip.w;
            DVec2::new(0.5 + 0.5 * ndc.x, 0.5 - 0.5 * ndc.y) * self.size_px
        })
    }

    /// The point at the height of the camera's centre that is seen at a point of the picture; `None` above the horizon.
    pub fn plate_at(&self, px: DVec2) -> Option<DVec3> {
        let ndc = DVec2::new(2.0 * px.x / self.size_px.x - 1.0, 1.0 - 2.0 * px.y / self.size_px.y);
        let Viewpoint {
            centre_um, height_um, ..
        } = self.now;
        if self.is_above() {
            let half = 0.5 * height_um * DVec2::new(self.shape(), 1.0);
            return Some((centre_um.truncate() + ndc * half).extend(centre_um.z));
        }
        let back = self.exact_clip_from_plate().inverse();
        let far = back.project_point3(ndc.extend(0.9));
        let eye = self.eye_um();
        let ray = far - eye;
        let along = (centre_um.z - eye.z) / ray.z;
        (along.is_finite() && along > 0.0).then(|| eye + ray * along)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn camera(tilt_rad: f64, turn_rad: f64) -> Camera {
        let view = Viewpoint {
            centre_um: DVec3::new(3000.0, 2000.0, 100.0),
            height_um: 5000.0,
            tilt_rad,
            turn_rad,
        };
        Camera::new(view, DVec2::new(900.0, 600.0))
    }

    #[test]
    fn a_point_of_the_picture_and_of_the_plate_lead_to_each_other() {
        for camera in [camera(0.0, 0.0), camera(0.9, 0.7), camera(1.2, 4.0)] {
            for px in [
                DVec2::new(450.0, 300.0),
                DVec2::new(700.0, 420.0),
                DVec2::new(20.0, 590.0),
            ] {
                let at = camera.plate_at(px).expect("below the horizon");
                let back = camera.px(at).expect("before the camera");
                assert!(back.distance(px) < 1e-6, "{px} came back as {back}");
                let other = camera.px(at + DVec3::X * 50.0).expect("before the camera");
                assert!(other.distance(px) > 1.0, "another point lies elsewhere");
            }
        }
    }

    #[test]
    fn both_lenses_agree_in_the_middle() {
        let (above, tilted) = (camera(0.0, 0.0), camera(2e-3, 0.0));
        let at = DVec3::new(3400.0, 2300.0, 100.0);
        let (a, b) = (above.px(at).expect("seen"), tilted.px(at).expect("seen"));
        assert!(a.distance(b) < 1.0, "{a} and {b}");
        assert!((above.px_per_um() - 0.12).abs() < 1e-12);
    }

    #[test]
    fn zooming_keeps_what_is_under_the_pointer() {
        for mut camera in [camera(0.0, 0.0), camera(1.0, 0.3)] {
            let px = DVec2::new(700.0, 400.0);
            let before = camera.plate_at(px).expect("seen");
            camera.zoom(1.7, px);
            let after = camera.plate_at(px).expect("seen");
            assert!(before.distance(after) < 2.0, "{before} moved to {after}");
            assert!((camera.view().height_um - 5000.0 / 1.7).abs() < 1e-9);
        }
    }

    #[test]
    fn a_travel_ends_exactly_at_its_goal() {
        let mut camera = camera(0.0, 0.0);
        let goal = Viewpoint::above(DVec2::ZERO, DVec2::new(600.0, 600.0), 1.5);
        camera.go_to(goal);
        let frames = (0..200).take_while(|_| camera.travel(1.0 / 60.0)).count();
        assert!((5..150).contains(&frames), "{frames} frames");
        assert_eq!(camera.view(), goal);
        assert!(!camera.travel(1.0));
    }
}
