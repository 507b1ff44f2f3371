//! The device that an engine works on, and what is known of it.

use burn::tensor::Device;

#[cfg(feature = "engine-gpu")]
use super::turn::{describe, scope, within};
use crate::protocol::{Adapter, EngineKind, Fault};
#[cfg(feature = "engine-gpu")]
use crate::protocol::{Event, FaultReport};

/// Seconds that the browser may take to answer for an adapter; some never do.
#[cfg(feature = "engine-gpu")]
const ADAPTER_LIMIT: u32 = 10;
/// Seconds that a device may take to open.
#[cfg(feature = "engine-gpu")]
const DEVICE_LIMIT: u32 = 20;

/// Opens the device of an engine of `kind`; the loss of a GPU is posted to the page.
///
/// # Errors
/// [`Fault::NoGpu`] where there is no WebGPU, no adapter or no device, or where this worker was
/// built without it.
pub async fn open(kind: EngineKind) -> Result<(Device, Option<Adapter>), Fault> {
    match kind {
        EngineKind::Cpu => cpu(),
        EngineKind::Gpu => gpu().await,
    }
}

#[cfg(feature = "engine-cpu")]
fn cpu() -> Result<(Device, Option<Adapter>), Fault> {
    Ok((Device::flex(), None))
}

#[cfg(not(feature = "engine-cpu"))]
fn cpu() -> Result<(Device, Option<Adapter>), Fault> {
    Err(Fault::Other("this worker was built without the CPU engine".to_owned()))
}

#[cfg(feature = "engine-gpu")]
async fn gpu() -> Result<(Device, Option<Adapter>), Fault> {
    let adapter = identify().await?;
    let opened = within(DEVICE_LIMIT, Device::wgpu_options().init_with_setup_async()).await;
    let opened = opened.ok_or_else(|| Fault::NoGpu("the device does not come".to_owned()))?;
    let (device, setup) = opened.map_err(|error| Fault::NoGpu(error.to_string()))?;
    // Browsers report the loss by a promise, so this callback stands beside Burn's own.
    setup.device.set_device_lost_callback(|reason, message| {
        let fault = Fault::DeviceLost(format!("{reason:?}: {message}"));
        super::post::post(&Event::Fault(FaultReport { run: None, fault }));
    });
    Ok((device, Some(adapter)))
}

/// The adapter that Burn will ask for as well.
#[cfg(feature = "engine-gpu")]
async fn identify() -> Result<Adapter, Fault> {
    let asked = within(ADAPTER_LIMIT, Adapter::find(&scope().navigator())).await;
    let found = asked.ok_or_else(|| Fault::NoGpu("the browser does not answer".to_owned()))?;
    let found = found.map_err(|error| Fault::NoGpu(describe(&error)))?;
    found.ok_or_else(|| Fault::NoGpu("this browser offers no WebGPU adapter here".to_owned()))
}

#[cfg(not(feature = "engine-gpu"))]
async fn gpu() -> Result<(Device, Option<Adapter>), Fault> {
    Err(Fault::NoGpu("this worker was built without the GPU engine".to_owned()))
}
