//! `outgrowth` is a simulator of motor neurons that grow axons towards exercised muscle: plates of culture wells in which
//! growth cones answer a diffusing myokine field and a periodically strained gel, advanced by WGSL compute shaders on a
//! graphics device or by the processor. It is the experiment of Bu, Raman and co-workers (2024) on a computer.
//!
//! A scenario (TOML) becomes a plate, an engine advances it, readouts are taken on the way:
//!
//! ```
//! use outgrowth::prelude::*;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let scenario: Scenario = r#"
//!     name = "two media"
//!     duration = "12 h"
//!     record_every = "6 h"
//!     well = { size = ["1 mm", "1 mm"] }
//!     explant = [{ at = ["0.5 mm", "0.5 mm"], radius = "100 um", neurons = 50 }]
//!     myokine = [{ name = "myokines" }]
//!     condition = [
//!         { name = "control", wells = 2 },
//!         { name = "exercised medium", wells = 2, medium = { from = "exercised muscle", every = "24 h" } },
//!     ]
//! "#
//! .parse()?;
//!
//! let mut engine = open(scenario.plate, &EngineChoice::default())?;
//! let readouts = run(engine.as_mut())?;
//!
//! let radius_um = |condition| -> f64 {
//!     let wells = readouts.values_at(Readout::OutgrowthRadiusMean, condition, 12.0);
//!     wells.iter().sum::<f64>() / wells.len() as f64
//! };
//! println!("control: {:.0} µm, exercised medium: {:.0} µm", radius_um(0), radius_um(1));
//! assert!(radius_um(1) > 2.0 * radius_um(0), "myokines make axons grow");
//! # Ok(())
//! # }
//! ```
//!
//! # Where to go on
//!
//! * [`scenario`] reads scenarios and explains every number; [`scenario::BUILTIN`] are good starting points.
//! * [`model`] is what is on the plate: [`model::plate::Plate`], its state [`model::world::World`], the growth cone's step
//!   [`model::growth_cone`], and the biology as pure functions in [`model::rules`].
//! * [`engine`] advances a plate: the same engine with the same seed gives the same bits.
//! * [`readout`] measures, [`export`] writes files.
//! * [`link`] makes an experiment a piece of text that opens as the same experiment elsewhere.
//! * [`session`] is a plate that runs on a thread of its own, with acts, going back and saving.
//!
//! `ARCHITECTURE.md` in the repository shows how these rooms hang together, `docs/model.md` what is computed.
//!
//! # Features
//!
//! All are on by default. `threads`: work is shared over the processor's cores. `draw`: the plate as a graphics adapter
//! draws it. `window`: the desktop window, pictures and movies. `cli`: the program's command line. Without `threads`, `window` and `cli`
//! the library builds for the browser.

pub mod checkpoint;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;
pub mod engine;
pub mod experiment;
pub mod export;
pub mod lesson;
pub mod link;
pub mod model;
mod parallel;
pub mod prelude;
pub mod readout;
pub mod scenario;
pub mod session;
// It locks files, and waits for the device as validation does.
#[cfg(not(target_arch = "wasm32"))]
pub mod sweep;
// Its measures wait for the device, which a browser does not allow.
#[cfg(not(target_arch = "wasm32"))]
pub mod validation;
#[cfg(feature = "draw")]
pub mod view;
