//! What follows a pointer without being pressed, or along a track, under several pointers at once: the chart's
//! line, the map's tip, the morph's slider. One pointer at a time, a pen before a palm.

use crate::{
    autoencoder,
    hands::{MOUSE, PALM, PEN, PHONE},
    input::{Fingers, Pointer, made_up},
    latent,
    page::Page,
    setup::{self, Setup},
};

const OTHER: Pointer = Pointer { id: 13, kind: "touch" };

/// Where the chart's line stands; nothing while there is none.
async fn line(page: &Page) -> Option<f64> {
    let at = page.run("return parseFloat(document.querySelector('.hover-line')?.style.left);").await;
    at.as_f64()
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn the_charts_line_follows_one_pointer_and_a_pen_before_a_palm() {
    setup::run(Setup::new("hover-chart"), async |page: Page| {
        autoencoder::data_loaded(&page).await;
        page.click("step-autoencoder").await;
        // Long enough for points from left to right.
        for (id, value) in [("ae-limit", "1600"), ("ae-batch", "32"), ("ae-epochs", "6")] {
            page.fill(id, value).await;
        }
        page.click("ae-start").await;
        page.until("the test loss", 120, async || page.number("ae-test-loss").await.is_some()).await;
        let chart = "ae-chart-hover";
        let moved =
            async |pointer, across| made_up(&page, chart, "pointermove", pointer, (across, 0.5)).await;
        moved(PALM, 0.9).await;
        page.until("the line", 10, async || line(&page).await.is_some()).await;
        let right = line(&page).await;
        moved(OTHER, 0.2).await;
        assert_eq!(line(&page).await, right, "a second finger pulled the line to itself");
        made_up(&page, chart, "pointercancel", OTHER, (0.2, 0.5)).await;
        assert_eq!(line(&page).await, right, "its going took the line away");
        moved(PEN, 0.3).await;
        page.until("the pen's place", 10, async || line(&page).await < right).await;
        let left = line(&page).await;
        moved(PALM, 0.9).await;
        made_up(&page, chart, "pointerleave", PALM, (0.9, 0.5)).await;
        assert_eq!(line(&page).await, left, "the palm pulled the line from the pen, or took it away");
        made_up(&page, chart, "pointerleave", PEN, (0.3, 0.5)).await;
        page.until("no line", 10, async || line(&page).await.is_none()).await;
    })
    .await;
}

/// Whether a garment's tip is shown on the map.
async fn tip(page: &Page) -> bool {
    page.run("const tip = document.querySelector('.map-tip'); return !!tip && !tip.hidden;").await == true
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn the_maps_tip_is_the_mouses_and_no_palms() {
    setup::run(Setup::new("hover-map"), async |page: Page| {
        latent::open_step(&page).await;
        page.until("the map", 60, async || page.canvas("latent-map").await.1).await;
        latent::settled(&page, "latent-decoded").await;
        let map = "latent-map";
        let places = (1..10)
            .flat_map(|row| (1..10).map(move |column| (f64::from(column) / 10.0, f64::from(row) / 10.0)));
        let mut found = None;
        for place in places {
            made_up(&page, map, "pointermove", MOUSE, place).await;
            tokio::time::sleep(std::time::Duration::from_millis(60)).await;
            if tip(&page).await {
                found = Some(place);
                break;
            }
        }
        let place = found.expect("a garment lies under one of 81 places");
        made_up(&page, map, "pointermove", PALM, (0.02, 0.02)).await;
        made_up(&page, map, "pointerleave", PALM, (0.02, 0.02)).await;
        assert!(tip(&page).await, "a palm took the mouse's tip away");
        made_up(&page, map, "pointerleave", MOUSE, place).await;
        page.until("no tip", 10, async || !tip(&page).await).await;
        made_up(&page, map, "pointermove", PALM, place).await;
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        assert!(!tip(&page).await, "a finger does not hover");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn the_morph_follows_the_first_finger_alone() {
    setup::run(Setup { name: "hover-morph", ..PHONE }, async |page: Page| {
        latent::open_step(&page).await;
        page.until("a morph", 20, async || page.canvas("latent-morph-decoded").await.1).await;
        let share = async || {
            page.read("latent-morph", "part.value / part.max").await.as_f64().expect("a slider has a value")
        };
        let fingers = Fingers::over(&page, "latent-morph").await;
        fingers.are("touchStart", &[(1, (0.5, 0.5))]).await;
        fingers.are("touchMove", &[(1, (0.7, 0.5))]).await;
        page.until("the finger's place", 10, async || (share().await - 0.7).abs() < 0.08).await;
        fingers.are("touchStart", &[(1, (0.7, 0.5)), (2, (0.1, 0.5))]).await;
        fingers.are("touchMove", &[(1, (0.7, 0.5)), (2, (0.15, 0.5))]).await;
        assert!((share().await - 0.7).abs() < 0.08, "the second finger pulled the slider: {}", share().await);
        fingers.are("touchMove", &[(1, (0.9, 0.5)), (2, (0.15, 0.5))]).await;
        page.until("the first finger's place", 10, async || share().await > 0.8).await;
        fingers.are("touchEnd", &[]).await;
        assert!(share().await > 0.8);
    })
    .await;
}
