//! The graphics devices that a job was granted on a cluster. A scheduler says so in variables of the environment, which Vulkan does
//! not heed: without a look at them every process of a node would take its first card.

use std::process::Command;

/// The variables that name granted devices, the one that goes by what the process itself can see first: numbers from 0 or UUIDs
/// (CUDA C++ Programming Guide, "CUDA Environment Variables"; Slurm's `srun` and `sbatch` manuals).
const VARIABLES: [&str; 3] = ["CUDA_VISIBLE_DEVICES", "SLURM_STEP_GPUS", "SLURM_JOB_GPUS"];

/// Places on the PCI bus of the granted devices; empty where nothing was said, or where it cannot be found out.
pub fn granted() -> Vec<String> {
    let said = VARIABLES.into_iter().find_map(|name| {
        let value = std::env::var(name).ok()?;
        (!value.trim().is_empty()).then_some(value)
    });
    let Some(said) = said else { return Vec::new() };
    let asked = Command::new("nvidia-smi")
        .args(["--query-gpu=index,uuid,pci.bus_id", "--format=csv,noheader"])
        .output();
    match asked {
        Ok(answer) if answer.status.success() => places(&said, &String::from_utf8_lossy(&answer.stdout)),
        _ => Vec::new(),
    }
}

/// The places of the devices that `said` names, in its order, by a table with a line `index, UUID, place` for each.
fn places(said: &str, table: &str) -> Vec<String> {
    let devices: Vec<[&str; 3]> = table
        .lines()
        .filter_map(|line| {
            let mut fields = line.split(',').map(str::trim);
            Some([fields.next()?, fields.next()?, fields.next()?])
        })
        .collect();
    let place = |token: &str| {
        let named = |&&[index, uuid, _]: &&[&str; 3]| {
            // A UUID may be cut short as long as it is the only one that begins so.
            index == token || (token.starts_with("GPU-") && uuid.starts_with(token))
        };
        devices.iter().find(named).map(|[_, _, place]| (*place).to_owned())
    };
    said.split(',').map(str::trim).filter_map(place).collect()
}

/// The advice where the system has graphics devices that no Vulkan driver shows; `None` where it has none, or one is shown.
pub fn cure(has_hardware: bool) -> Option<&'static str> {
    let has_device = std::fs::read_dir("/dev").is_ok_and(|entries| {
        entries
            .flatten()
            .any(|entry| is_nvidia_device(&entry.file_name().to_string_lossy()))
    });
    (has_device && !has_hardware).then_some(CURE)
}

/// Whether a name in `/dev` is that of a graphics card: `nvidia0`, not `nvidiactl`.
fn is_nvidia_device(name: &str) -> bool {
    let number = name.strip_prefix("nvidia");
    number.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

const CURE: &str = "There are NVIDIA devices (/dev/nvidia*), but no Vulkan driver shows them. In a container or on a compute node \
it lacks one of these:\n  * the driver's ICD file, /usr/share/vulkan/icd.d/nvidia_icd.json or /etc/vulkan/icd.d/nvidia_icd.json\n  \
* the libraries that it names: libGLX_nvidia.so.0, and libegl1 and libvulkan1 from the distribution\n  * the container's \
capability \"graphics\": NVIDIA_DRIVER_CAPABILITIES=compute,utility,graphics (Docker), --nv (Apptainer)\n";

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "0, GPU-1f0a6c1e-7a36, 00000000:17:00.0\n1, GPU-9b1d44f2-0001, 00000000:65:00.0\n2, GPU-9b1e0000-0002, 00000000:CA:00.0\n";

    #[test]
    fn numbers_and_uuids_become_places_in_their_order() {
        assert_eq!(places("2,0", TABLE), ["00000000:CA:00.0", "00000000:17:00.0"]);
        assert_eq!(places("GPU-9b1d", TABLE), ["00000000:65:00.0"]);
        assert_eq!(
            places(" GPU-9b1e0000-0002 , 1", TABLE),
            ["00000000:CA:00.0", "00000000:65:00.0"]
        );
        // What is not there is not granted, and a part of an index is none.
        assert!(places("7, MIG-55, NoDevFiles, GPU-ff", TABLE).is_empty());
        assert!(places("0", "").is_empty());
    }

    #[test]
    fn cards_are_told_from_the_other_files_of_their_driver() {
        assert!(is_nvidia_device("nvidia0") && is_nvidia_device("nvidia15"));
        assert!(!is_nvidia_device("nvidiactl") && !is_nvidia_device("nvidia-uvm") && !is_nvidia_device("nvidia"));
    }
}
