//! Graphics adapters: those of this machine, and the choice among them.

use crate::engine::{ComputesOn, EngineError, EngineInfo};
use std::sync::OnceLock;
use wgpu::{Adapter, Backend, Backends, DeviceType, Instance, InstanceDescriptor};

/// The adapter that is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted<'a> {
    /// Any adapter, hardware before software.
    Any,
    /// Any hardware.
    Hardware,
    /// A software driver, such as Mesa's llvmpipe.
    Software,
    /// One whose name contains this, in upper or lower case.
    Named(&'a str),
    /// The one at this place of the PCI bus, such as `0000:17:00.0`.
    Pci(&'a str),
    /// The one with this number in the list, from 0.
    Index(usize),
    /// Hardware at one of these places of the PCI bus: what a job was granted.
    Granted(&'a [String]),
}

impl<'a> Wanted<'a> {
    /// The adapter that a user names: `pci:0000:17:00.0`, `index:2`, or a part of its name.
    pub fn named(text: &'a str) -> Self {
        match text.split_once(':') {
            Some(("pci", place)) => Self::Pci(place),
            Some(("index", number)) => number.trim().parse().map_or(Self::Named(text), Self::Index),
            _ => Self::Named(text),
        }
    }

    fn fits(self, index: usize, adapter: &Adapter) -> bool {
        let info = adapter.get_info();
        match self {
            Wanted::Any => true,
            Wanted::Hardware => is_hardware(adapter),
            Wanted::Software => !is_hardware(adapter),
            Wanted::Named(name) => info.name.to_lowercase().contains(&name.to_lowercase()),
            Wanted::Pci(place) => same_place(&info.device_pci_bus_id, place),
            Wanted::Index(wanted) => index == wanted,
            Wanted::Granted(places) => {
                is_hardware(adapter) && places.iter().any(|place| same_place(&info.device_pci_bus_id, place))
            }
        }
    }

    /// How a message says what was asked for.
    fn words(self) -> String {
        match self {
            Wanted::Any => "graphics adapter".to_owned(),
            Wanted::Hardware => "graphics hardware".to_owned(),
            Wanted::Software => "software graphics driver".to_owned(),
            Wanted::Named(name) => format!("adapter whose name contains {name:?}"),
            Wanted::Pci(place) => format!("adapter at the PCI address {place}"),
            Wanted::Index(index) => format!("adapter number {index}"),
            Wanted::Granted(places) => format!("granted graphics device ({})", places.join(", ")),
        }
    }
}

/// Whether two PCI addresses are one: `00000000:17:00.0`, `0000:17:00.0` and `17:00.0` are, in whatever letters.
pub fn same_place(one: &str, other: &str) -> bool {
    let parts = |text: &str| -> Option<(u32, u32, u32)> {
        let mut parts = text.trim().rsplit([':', '.']);
        let number = |part: Option<&str>| u32::from_str_radix(part?, 16).ok();
        let (function, device, bus) = (number(parts.next())?, number(parts.next())?, number(parts.next())?);
        let domain = parts
            .next()
            .map_or(Some(0), |part| u32::from_str_radix(part, 16).ok())?;
        parts.next().is_none().then_some((domain << 8 | bus, device, function))
    };
    parts(one).is_some() && parts(one) == parts(other)
}

/// An adapter, as `outgrowth engines` lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its name.
    pub name: String,
    /// The graphics interface.
    pub backend: String,
    /// The driver and its version.
    pub driver: String,
    /// Its place on the PCI bus, such as `0000:17:00.0`; empty where it has none or the driver does not say.
    pub pci: String,
    /// Discrete, integrated, virtual or software.
    pub kind: &'static str,
    /// Whether it is hardware, and so may be taken without being asked for.
    pub hardware: bool,
    /// Whether it is the one taken without being asked for.
    pub automatic: bool,
}

/// Every adapter, best first.
pub async fn list() -> Vec<Listed> {
    let mut listed: Vec<Listed> = available(instance()).await.iter().map(describe).collect();
    if let Some(first) = listed.first_mut() {
        first.automatic = first.hardware;
    }
    listed
}

/// The best adapter of the kind that is wanted.
///
/// # Errors
/// When there is none; the reason names what there is instead.
pub async fn choose(wanted: Wanted<'_>) -> Result<Adapter, EngineError> {
    among(available(instance()).await, wanted).await
}

/// The best adapter that can draw on `surface`, or the one among them whose name contains `name`.
///
/// # Errors
/// When there is none; the reason names what there is instead.
pub async fn for_surface(
    instance: &Instance,
    surface: &wgpu::Surface<'_>,
    name: Option<&str>,
) -> Result<Adapter, EngineError> {
    let mut adapters = available(instance).await;
    adapters.retain(|adapter| adapter.is_surface_supported(surface));
    among(adapters, name.map_or(Wanted::Any, Wanted::named)).await
}

async fn among(adapters: Vec<Adapter>, wanted: Wanted<'_>) -> Result<Adapter, EngineError> {
    let names: Vec<String> = adapters.iter().map(named).collect();
    let fitting = adapters
        .iter()
        .enumerate()
        .position(|(index, adapter)| wanted.fits(index, adapter));
    if let Some(adapter) = fitting.and_then(|index| adapters.into_iter().nth(index)) {
        return Ok(adapter);
    }
    let reason = if names.is_empty() {
        why_none().await
    } else if wanted == Wanted::Hardware {
        format!("there is only the software driver {}", names.join(", "))
    } else {
        format!("there is {}", names.join(", "))
    };
    Err(EngineError::NoAdapter {
        asked: wanted.words(),
        reason,
    })
}

/// The name of an adapter with its place, for messages in which several bear one name.
fn named(adapter: &Adapter) -> String {
    let info = adapter.get_info();
    match info.device_pci_bus_id.as_str() {
        "" => info.name,
        place => format!("{} (pci:{place})", info.name),
    }
}

/// The description of an engine on `adapter`.
pub fn info(adapter: &Adapter, reason: &str) -> EngineInfo {
    let Listed {
        name,
        backend,
        driver,
        pci,
        ..
    } = describe(adapter);
    EngineInfo {
        kind: ComputesOn::Gpu,
        device: name,
        pci,
        driver,
        backend,
        reason: reason.to_owned(),
    }
}

/// The one instance of a process. A driver that is loaded and let go again and again is not free of traces: after some thirty
/// times NVIDIA's could not be loaded any more.
fn instance() -> &'static Instance {
    static INSTANCE: OnceLock<Instance> = OnceLock::new();
    INSTANCE.get_or_init(|| Instance::new(InstanceDescriptor::new_without_display_handle_from_env()))
}

/// Every adapter, best first. wgpu's stub that computes nothing is not one.
async fn available(instance: &Instance) -> Vec<Adapter> {
    let mut adapters = instance.enumerate_adapters(Backends::all()).await;
    adapters.retain(|adapter| adapter.get_info().backend != Backend::Noop);
    adapters.sort_by_key(|adapter| {
        let info = adapter.get_info();
        // Equal cards in the order of the bus, so that a number is the same card each time.
        (rank(info.device_type), info.name, info.device_pci_bus_id)
    });
    adapters
}

/// The reason why there is no adapter at all, in the drivers' words.
async fn why_none() -> String {
    match instance()
        .request_adapter(&wgpu::RequestAdapterOptions::default())
        .await
    {
        Ok(_) => "the drivers changed their mind".to_owned(),
        Err(error) => error.to_string(),
    }
}

fn describe(adapter: &Adapter) -> Listed {
    let info = adapter.get_info();
    Listed {
        driver: [info.driver.as_str(), info.driver_info.as_str()]
            .join(" ")
            .trim()
            .to_owned(),
        backend: info.backend.to_str().to_owned(),
        kind: kind(info.device_type),
        hardware: is_hardware(adapter),
        automatic: false,
        pci: info.device_pci_bus_id,
        name: info.name,
    }
}

/// Whether an adapter is hardware.
pub fn is_hardware(adapter: &Adapter) -> bool {
    adapter.get_info().device_type != DeviceType::Cpu
}

fn rank(device_type: DeviceType) -> u32 {
    match device_type {
        DeviceType::DiscreteGpu => 0,
        DeviceType::IntegratedGpu => 1,
        DeviceType::VirtualGpu => 2,
        DeviceType::Other => 3,
        DeviceType::Cpu => 4,
    }
}

fn kind(device_type: DeviceType) -> &'static str {
    match device_type {
        DeviceType::DiscreteGpu => "discrete",
        DeviceType::IntegratedGpu => "integrated",
        DeviceType::VirtualGpu => "virtual",
        DeviceType::Other => "other",
        DeviceType::Cpu => "software",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_place_of_the_bus_is_known_however_it_is_written() {
        for (one, other) in [
            ("0000:17:00.0", "00000000:17:00.0"),
            ("0000:C1:00.0", "c1:00.0"),
            ("0001:17:00.0", "00000001:17:00.0"),
        ] {
            assert!(same_place(one, other), "{one} and {other}");
        }
        for (one, other) in [
            ("0000:17:00.0", "0000:18:00.0"),
            ("0000:17:00.0", "0000:17:00.1"),
            ("0001:17:00.0", "0000:17:00.0"),
            ("", ""),
            ("0000:17", "0000:17"),
        ] {
            assert!(!same_place(one, other), "{one} and {other}");
        }
    }

    #[test]
    fn an_adapter_is_named_by_its_place_its_number_or_its_name() {
        assert_eq!(Wanted::named("pci:0000:17:00.0"), Wanted::Pci("0000:17:00.0"));
        assert_eq!(Wanted::named("index:2"), Wanted::Index(2));
        assert_eq!(Wanted::named("H100"), Wanted::Named("H100"));
        assert_eq!(Wanted::named("index:two"), Wanted::Named("index:two"));
    }
}
