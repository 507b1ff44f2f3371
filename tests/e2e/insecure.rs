//! At an insecure origin, as in a class-room where one machine serves all others over plain http:
//! what browsers withhold there is missed nowhere.

use serde_json::json;

use crate::{
    drawing,
    page::Page,
    setup::{self, Setup},
};

/// What a browser has in secure contexts alone; present here, the test would test nothing.
const WITHHELD: &str = "return [
    isSecureContext, 'getCoalescedEvents' in PointerEvent.prototype, 'gpu' in navigator, 'caches' in window,
    'subtle' in crypto, 'wakeLock' in navigator, 'clipboard' in navigator, 'serviceWorker' in navigator,
    'storage' in navigator, 'mediaDevices' in navigator];";

#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn a_drawing_is_judged_over_plain_http() {
    let class_room = Setup { host: Some("telar.test"), ..Setup::new("insecure-draw") };
    setup::run(class_room, async |page: Page| {
        assert_eq!(page.run(WITHHELD).await, json!(vec![false; 10]));
        page.until("the reason", 60, async || page.text("status-reason").await.contains("localhost")).await;
        drawing::drawn_seen_and_taken_back(page, drawing::Pointer::Mouse).await;
    })
    .await;
}
