//! Scenario texts: what is read from them, what is refused and how, and the commands that tell about them.

mod lesson_mistakes;
mod links;
mod measured_maps;
mod scenario_commands;
mod scenario_limits;
mod scenario_mistakes;
mod scenario_properties;
mod scenario_reference;
mod scenario_walls;
mod suggestions;
mod sweep_cluster;
mod sweep_plans;
