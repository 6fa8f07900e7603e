//! Readouts of worlds made by hand, and the files that a run leaves.

mod checkpoints;
mod export_axons;
mod export_results;
mod export_tables;
#[path = "../shared/gpu.rs"]
mod gpu;
mod hand_made;
mod lessons;
mod needs;
mod plates;
mod readout_acceptance;
mod readout_measures;
mod readout_topology;
mod report_figures;
mod results_version;
mod run_files;
mod shared_links;
mod small_sweep;
mod sweep_devices;
mod sweep_hard_times;
mod sweep_indices;
mod sweep_power;
mod sweep_report;
mod sweep_shares;
mod sweeps;
