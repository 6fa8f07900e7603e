//! Graphics adapters: those of this machine, and the choice among them.

use crate::engine::{ComputesOn, EngineError, EngineInfo};
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
    /// Discrete, integrated, virtual or software.
    pub kind: &'static str,
    /// Whether it is hardware, and so may be taken without being asked for.
    pub hardware: bool,
    /// Whether it is the one taken without being asked for.
    pub automatic: bool,
}

/// Every adapter, best first.
pub async fn list() -> Vec<Listed> {
    let mut listed: Vec<Listed> = available(&instance()).await.iter().map(describe).collect();
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
    among(available(&instance()).await, wanted).await
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
    among(adapters, name.map_or(Wanted::Any, Wanted::Named)).await
}

async fn among(adapters: Vec<Adapter>, wanted: Wanted<'_>) -> Result<Adapter, EngineError> {
    let fits = |adapter: &Adapter| match wanted {
        Wanted::Any => true,
        Wanted::Hardware => is_hardware(adapter),
        Wanted::Software => !is_hardware(adapter),
        Wanted::Named(name) => adapter.get_info().name.to_lowercase().contains(&name.to_lowercase()),
    };
    let names: Vec<String> = adapters.iter().map(|adapter| adapter.get_info().name).collect();
    if let Some(adapter) = adapters.into_iter().find(fits) {
        return Ok(adapter);
    }
    let reason = if names.is_empty() {
        why_none().await
    } else if wanted == Wanted::Hardware {
        format!("there is only the software driver {}", names.join(", "))
    } else {
        format!("there is {}", names.join(", "))
    };
    let asked = match wanted {
        Wanted::Any => "graphics adapter".to_owned(),
        Wanted::Hardware => "graphics hardware".to_owned(),
        Wanted::Software => "software graphics driver".to_owned(),
        Wanted::Named(name) => format!("adapter whose name contains {name:?}"),
    };
    Err(EngineError::NoAdapter { asked, reason })
}

/// The description of an engine on `adapter`.
pub fn info(adapter: &Adapter, reason: &str) -> EngineInfo {
    let Listed {
        name, backend, driver, ..
    } = describe(adapter);
    EngineInfo {
        kind: ComputesOn::Gpu,
        device: name,
        driver,
        backend,
        reason: reason.to_owned(),
    }
}

fn instance() -> Instance {
    Instance::new(InstanceDescriptor::new_without_display_handle_from_env())
}

/// Every adapter, best first. wgpu's stub that computes nothing is not one.
async fn available(instance: &Instance) -> Vec<Adapter> {
    let mut adapters = instance.enumerate_adapters(Backends::all()).await;
    adapters.retain(|adapter| adapter.get_info().backend != Backend::Noop);
    adapters.sort_by_key(|adapter| {
        let info = adapter.get_info();
        (rank(info.device_type), info.name)
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
