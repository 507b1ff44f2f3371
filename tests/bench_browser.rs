//! The reference work R in a browser, on the engines that this is compiled for; run by
//! `cargo xtask bench`, which reads the lines that begin with `bench: `.
#![cfg(all(target_arch = "wasm32", any(feature = "engine-cpu", feature = "engine-gpu")))]

use wasm_bindgen_test::{console_log, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_dedicated_worker);

fn report(engine: &str, unit: usize, workers: usize, speed: f64) {
    console_log!(
        "bench: {{\"engine\":\"{engine}\",\"unit\":{unit},\"workers\":{workers},\"images_per_second\":{speed:.1}}}"
    );
    assert!(speed.is_finite() && speed > 0.0);
}

#[cfg(feature = "engine-cpu")]
mod cpu {
    use burn::tensor::Device;
    use telar::{
        engine::helpers::{self, Pool},
        training::{
            crew::Crew,
            reference::{self, Setting},
        },
    };
    use wasm_bindgen::{JsCast, prelude::wasm_bindgen};
    use wasm_bindgen_test::wasm_bindgen_test;
    use web_sys::WorkerGlobalScope;

    /// Images a unit: as the page cuts its batches, and half of that.
    const UNITS: [usize; 2] = [32, 16];
    /// Seconds of training that are timed at once.
    const SECONDS: f64 = 1.5;
    /// How often each is timed, by turns, so that a machine's moods meet all alike; the middle one counts.
    const ROUNDS: usize = 5;
    /// Seconds that helpers may take to start.
    const START: f64 = 60.0;

    /// Where a helper begins that knows R.
    #[wasm_bindgen]
    pub fn help_with_reference() {
        helpers::serve(|| reference::desk(&Device::flex()));
    }

    /// Crews of one, of two, and of as many workers as there are cores, at most four.
    async fn crews() -> Vec<(usize, Option<Crew>)> {
        let scope: WorkerGlobalScope = js_sys::global().unchecked_into();
        let cores = scope.navigator().hardware_concurrency() as usize;
        let mut crews = vec![(1, None)];
        for workers in [2, cores.min(4)].into_iter().filter(|workers| *workers <= cores.max(2)) {
            if workers > crews[crews.len() - 1].0 {
                let crew = Crew::new(Pool::new(workers - 1, "help_with_reference"));
                crew.fill(START).await;
                assert_eq!(crew.size(), workers - 1, "helpers start");
                crews.push((workers, Some(crew)));
            }
        }
        crews
    }

    #[wasm_bindgen_test]
    async fn reference_work() {
        let (device, crews) = (Device::flex(), crews().await);
        let mut speeds = vec![[0.0; ROUNDS]; UNITS.len() * crews.len()];
        for round in 0..ROUNDS {
            let settings = UNITS.iter().flat_map(|&unit| crews.iter().map(move |(_, crew)| (unit, crew)));
            for ((unit, crew), speeds) in settings.zip(&mut speeds) {
                let setting = Setting { device: &device, unit, crew: crew.as_ref() };
                let speed = reference::images_per_second(&setting, SECONDS).await;
                speeds[round] = speed.expect("flex can be read");
            }
        }
        let settings = UNITS.iter().flat_map(|&unit| crews.iter().map(move |(workers, _)| (unit, *workers)));
        for ((unit, workers), mut speeds) in settings.zip(speeds) {
            speeds.sort_by(f64::total_cmp);
            super::report("cpu", unit, workers, speeds[ROUNDS / 2]);
        }
    }
}

#[cfg(feature = "engine-gpu")]
mod gpu {
    use burn::tensor::Device;
    use telar::training::reference::{self, Setting};
    use wasm_bindgen_test::wasm_bindgen_test;

    /// Seconds of training that are timed.
    const SECONDS: f64 = 5.0;

    #[wasm_bindgen_test]
    async fn reference_work() {
        let device = Device::wgpu_options().init_async().await.expect("the browser gives a WebGPU device");
        let setting = Setting { device: &device, unit: reference::BATCH, crew: None };
        let speed = reference::images_per_second(&setting, SECONDS).await.expect("the device can be read");
        super::report("gpu", reference::BATCH, 1, speed);
    }
}
