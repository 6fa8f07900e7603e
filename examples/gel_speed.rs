//! How long the gel with magnet bars takes to be solved, and what a finer lattice changes: four bars in a well of 6 mm by
//! 6 mm with voxels of 20 µm, and two in a slab, each pulled by the same force.
//!
//! `cargo run --release --example gel_speed`

use glam::DVec3;
use outgrowth::model::domain::{Domain, Region};
use outgrowth::model::gel::bars::{MagnetBars, MagnetTrack, Pull, lattice_of};
use outgrowth::model::gel::lattice::Lattice;
use outgrowth::model::gel::motion::{Motion, Size};
use std::time::Instant;

fn bars(places_um: &[f64], y_um: [f64; 2], height_um: f64) -> MagnetBars {
    let bar = |&x: &f64| Region {
        low_um: DVec3::new(x, y_um[0], 0.0),
        high_um: DVec3::new(x + 400.0, y_um[1], height_um),
    };
    MagnetBars {
        bars: places_um.iter().map(bar).collect(),
        clamped: true,
        poisson: 0.45,
    }
}

/// The lattice of a domain with so many times the elements along each axis.
fn refined(domain: &Domain, times: f64) -> Lattice {
    let mut lattice = lattice_of(domain);
    for axis in 0..lattice.axes() {
        let count = lattice.elements[axis] as f64 * times;
        lattice.edge_um[axis] *= lattice.elements[axis] as f64 / count.round();
        lattice.elements[axis] = count.round() as usize;
    }
    lattice
}

fn table(title: &str, gel: &MagnetBars, domain: &Domain, times: &[f64]) {
    println!("\n{title}, {} bars, two solutions a bar", gel.bars.len());
    for &times in times {
        let lattice = refined(domain, times);
        let elements = lattice.elements;
        let start = Instant::now();
        let answers = match gel.answers_on(domain, lattice) {
            Ok(answers) => answers,
            Err(problem) => {
                println!("  {elements:?}: {problem}");
                continue;
            }
        };
        let solved = start.elapsed();
        let start = Instant::now();
        let motion = Motion::of_bars(
            gel,
            Pull::Alike(0.0),
            &answers,
            domain,
            Size::ForceOverStiffness(20.0),
            None,
        );
        let alike = start.elapsed();
        let track = Pull::Magnet(MagnetTrack {
            from_um: DVec3::new(0.2, 0.5, 0.0) * domain.size_um(),
            to_um: DVec3::new(0.8, 0.5, 0.0) * domain.size_um(),
            height_um: 0.5 * domain.size_um().x,
        });
        let start = Instant::now();
        let _ = Motion::of_bars(gel, track, &answers, domain, Size::Strain(0.05), None);
        let (mean, above_half) = motion.spread(domain);
        println!(
            "  {elements:?}: solved in {:.2} s; strain at most {:.4} %, mean {:.4} %, above half in {:.2} %; voxels {:.2} s, \
             under a magnet {:.2} s",
            solved.as_secs_f64(),
            100.0 * motion.largest_strain(domain),
            100.0 * mean,
            100.0 * above_half,
            alike.as_secs_f64(),
            start.elapsed().as_secs_f64()
        );
    }
}

fn main() {
    let layer = Domain {
        voxels: [300, 300, 1],
        voxel_um: 20.0,
        layer_um: 20.0,
        walls: vec![],
    };
    let four = bars(&[900.0, 2100.0, 3500.0, 4700.0], [1500.0, 4500.0], 20.0);
    table("6 mm by 6 mm", &four, &layer, &[0.25, 0.5, 1.0, 2.0]);
    let slab = Domain {
        voxels: [50, 50, 10],
        voxel_um: 40.0,
        layer_um: 20.0,
        walls: vec![],
    };
    let two = bars(&[400.0, 1200.0], [600.0, 1400.0], 200.0);
    table("2 mm by 2 mm by 0.4 mm", &two, &slab, &[0.5, 1.0, 2.0]);
}
