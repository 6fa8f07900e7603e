//! The devices that the work of a sweep is done on: where several are named, or granted to the job, each has a worker of its own.

use crate::engine::gpu::adapters::{Wanted, same_place};
use crate::engine::{EngineChoice, EngineKind, adapters};

/// The engine of each worker: `usual`, or one for each device that it names or is granted.
pub fn engines(usual: EngineChoice) -> Vec<EngineChoice> {
    let each: Vec<EngineChoice> = match (&usual.adapter, usual.kind) {
        (Some(named), _) => {
            let adapter = |name: &str| EngineChoice {
                adapter: Some(name.to_owned()),
                ..usual.clone()
            };
            places(named).into_iter().map(adapter).collect()
        }
        (None, EngineKind::Auto | EngineKind::Gpu) if usual.granted.len() > 1 => {
            let granted = |place: String| EngineChoice {
                granted: vec![place],
                ..usual.clone()
            };
            seen(&usual.granted).into_iter().map(granted).collect()
        }
        _ => Vec::new(),
    };
    if each.len() > 1 { each } else { vec![usual] }
}

/// The adapters in a list such as `index:0,index:1` or `pci:0000:17:00.0,pci:0000:65:00.0`. Names may have commas, and are one.
fn places(named: &str) -> Vec<&str> {
    let names: Vec<&str> = named.split(',').map(str::trim).collect();
    let is_place = |name: &&str| matches!(Wanted::named(name), Wanted::Pci(_) | Wanted::Index(_));
    if names.iter().all(is_place) { names } else { vec![named] }
}

/// The granted places at which there is a device.
fn seen(granted: &[String]) -> Vec<String> {
    let here = adapters();
    let is_here = |place: &&String| {
        here.iter()
            .any(|adapter| adapter.hardware && same_place(&adapter.pci, place))
    };
    granted.iter().filter(is_here).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_and_numbers_are_listed_and_a_name_is_one() {
        assert_eq!(places("index:0, index:2"), ["index:0", "index:2"]);
        assert_eq!(places("pci:0000:17:00.0,index:1"), ["pci:0000:17:00.0", "index:1"]);
        let name = "llvmpipe (LLVM 15.0.6, 256 bits)";
        assert_eq!(places(name), [name]);
        assert_eq!(places("index:0,H100"), ["index:0,H100"]);
    }
}
