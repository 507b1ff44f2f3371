//! How much memory the browser takes, all its processes together.

use std::{collections::BTreeMap, fs, process};

/// Megabytes (10⁶ bytes) of all processes that this test started, each page counted by the share that
/// falls to a process (proportional set size). `None` where the system does not tell.
pub fn of_browser() -> Option<f64> {
    let parents = parents()?;
    let is_ours = |&id: &u32| {
        let mut above = parents.get(&id);
        while let Some(id) = above.filter(|id| **id != process::id()) {
            above = parents.get(id);
        }
        above.is_some()
    };
    let kilobytes: u64 = parents.keys().copied().filter(is_ours).filter_map(proportional_set).sum();
    Some(kilobytes as f64 * 1024.0 / 1e6)
}

/// Every process with the one that started it.
fn parents() -> Option<BTreeMap<u32, u32>> {
    let processes = fs::read_dir("/proc").ok()?.filter_map(Result::ok);
    let of = |name: String| {
        let status = fs::read_to_string(format!("/proc/{name}/status")).ok()?;
        let parent = status.lines().find_map(|line| line.strip_prefix("PPid:"))?;
        Some((name.parse().ok()?, parent.trim().parse().ok()?))
    };
    Some(processes.filter_map(|entry| of(entry.file_name().into_string().ok()?)).collect())
}

/// Kilobytes.
fn proportional_set(id: u32) -> Option<u64> {
    let rollup = fs::read_to_string(format!("/proc/{id}/smaps_rollup")).ok()?;
    let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:"))?;
    line.trim().trim_end_matches(" kB").parse().ok()
}
