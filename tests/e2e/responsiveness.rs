//! Does the page stay responsive: long tasks on its thread, time until a pause takes effect.

use serde_json::Value;

use crate::page::Page;

/// The longest task allowed, in milliseconds. The aim is none over 50 ms (what the browser counts
/// as long); on a machine whose cores are all training, an ordinary task is at times held up.
const LONGEST_TASK: f64 = 200.0;
/// The share of training time that may lie in long tasks.
const LONG_TASK_SHARE: f64 = 0.02;

/// Starts the count of long tasks anew: what the start of a page does is not judged.
pub async fn forget_long_tasks(page: &Page) {
    page.run("window.telarLongTasks.length = 0; window.telarObservedFrom = performance.now();").await;
}

/// Fails where training was not smooth since [`forget_long_tasks`].
pub async fn assert_smooth(page: &Page) {
    let (durations, observed) = tell_long_tasks(page).await;
    let longest = durations.iter().copied().fold(0.0, f64::max);
    let share = durations.iter().sum::<f64>() / observed;
    assert!(
        longest <= LONGEST_TASK && share <= LONG_TASK_SHARE,
        "long tasks: {durations:?} ms in {observed} ms"
    );
}

/// Prints the long tasks since [`forget_long_tasks`]; their milliseconds, and those watched.
pub async fn tell_long_tasks(page: &Page) -> (Vec<f64>, f64) {
    let seen =
        page.run("return [window.telarLongTasks, performance.now() - window.telarObservedFrom];").await;
    let durations: Vec<f64> =
        seen[0].as_array().into_iter().flatten().filter_map(|task| task["duration"].as_f64()).collect();
    let observed = seen[1].as_f64().expect("the clock is a number");
    let longest = durations.iter().copied().fold(0.0, f64::max);
    println!("{} tasks over 50 ms in {observed:.0} ms, the longest {longest:.0} ms", durations.len());
    (durations, observed)
}

/// Pauses and resumes so many times; ends paused. Returns the milliseconds from click to paused
/// state, sorted, measured in the page itself.
pub async fn pause_latencies(page: &Page, times: usize) -> Vec<f64> {
    let mut latencies = Vec::new();
    for round in 0..times {
        if round > 0 {
            page.click("run-pause").await;
            page.until_engine("running", 20).await;
        }
        latencies.push(pause(page).await);
    }
    latencies.sort_by(f64::total_cmp);
    latencies
}

async fn pause(page: &Page) -> f64 {
    let script = "
        const status = document.querySelector(\"[data-testid='status-engine']\");
        const begin = performance.now();
        const observer = new MutationObserver(() => {
            if (status.dataset.state !== 'paused') return;
            observer.disconnect();
            done(performance.now() - begin);
        });
        observer.observe(status, { attributes: true });
        document.querySelector(\"[data-testid='run-pause']\").click();";
    let latency: Value = page.run_async(script).await;
    latency.as_f64().expect("the latency is a number")
}
