//! The devices that the work of a sweep is done on: where several are named, or granted to the job, each has workers of its own.

use crate::engine::gpu::adapters::{Wanted, same_place};
use crate::engine::{EngineChoice, EngineError, EngineKind, adapters};

/// Workers of a graphics card: while one reads and records, the others compute. On an H100 beside 16 cores 4,000 small cultures took
/// 22.4 s with one, and 12.9, 10.4 and 8.9 s with two, three and four.
const WORKERS_OF_A_CARD: usize = 4;

/// The engine of a worker.
pub struct Post {
    /// The engine that it computes on.
    pub engine: EngineChoice,
    /// Whether it is the first on its device, and so tells of it.
    pub first: bool,
}

/// The posts of all workers: one for the processor or a software driver, several for each graphics card.
pub fn posts(usual: EngineChoice) -> Vec<Post> {
    let of_engine = |engine: EngineChoice| {
        let workers = if engine.finds_hardware() { WORKERS_OF_A_CARD } else { 1 };
        (0..workers).map(move |worker| Post {
            engine: engine.clone(),
            first: worker == 0,
        })
    };
    engines(usual).into_iter().flat_map(of_engine).collect()
}

/// Looks for the devices of some work, opening none.
///
/// # Errors
/// One of them is not here.
pub fn look(usual: EngineChoice) -> Result<(), EngineError> {
    engines(usual).iter().try_for_each(EngineChoice::look)
}

/// The engine of each device: `usual`, or one for each that it names or is granted.
fn engines(usual: EngineChoice) -> Vec<EngineChoice> {
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
