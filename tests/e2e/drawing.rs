//! Step «Draw»: strokes by mouse and by touch, verdicts, undo and clear.

use std::time::Duration;

use fantoccini::actions::{InputSource, MOUSE_BUTTON_LEFT, MouseActions, PointerAction, TouchActions};

use crate::{
    page::Page,
    setup::{self, Setup},
};

/// A trouser's outline on a pad of the unit square's size, from its centre.
const TROUSERS: [(f64, f64); 9] = [
    (-0.2, -0.4),
    (0.2, -0.4),
    (0.25, 0.4),
    (0.08, 0.4),
    (0.0, -0.1),
    (-0.08, 0.4),
    (-0.25, 0.4),
    (-0.22, 0.0),
    (-0.2, -0.4),
];

/// How a stroke is made.
#[derive(Clone, Copy)]
enum Pointer {
    Mouse,
    Touch,
}

async fn draw(page: &Page, pointer: Pointer) {
    page.read("draw-canvas", "part.scrollIntoView({ block: 'center' })").await;
    let pad = page.part("draw-canvas").await;
    let (_, _, width, height) = pad.rectangle().await.expect("the pad has a size");
    let at = |(x, y): (f64, f64), millis| PointerAction::MoveToElement {
        element: pad.clone(),
        duration: Some(Duration::from_millis(millis)),
        x: (x * width).round(),
        y: (y * height).round(),
    };
    let mut actions = vec![at(TROUSERS[0], 0), PointerAction::Down { button: MOUSE_BUTTON_LEFT }];
    actions.extend(TROUSERS[1..].iter().map(|point| at(*point, 60)));
    actions.push(PointerAction::Up { button: MOUSE_BUTTON_LEFT });
    let performed = match pointer {
        Pointer::Mouse => {
            let all = actions.into_iter().fold(MouseActions::new("mouse".into()), MouseActions::then);
            page.client.perform_actions(all).await
        }
        Pointer::Touch => {
            let all = actions.into_iter().fold(TouchActions::new("finger".into()), TouchActions::then);
            page.client.perform_actions(all).await
        }
    };
    performed.expect("the pointer can be moved");
}

/// The shipped classifier's ten probabilities; empty where it gives no verdict.
async fn probabilities(page: &Page) -> Vec<f64> {
    let text = page.attribute("draw-verdict-shipped", "data-probabilities").await;
    text.split([',', ' ']).filter_map(|number| number.trim().parse().ok()).collect()
}

async fn drawn_seen_and_taken_back(page: Page, pointer: Pointer) {
    page.click("step-draw").await;
    let loaded = async || page.read("draw-blank", "!part.hidden").await == true;
    page.until("the shipped classifier", 60, loaded).await;
    assert!(probabilities(&page).await.is_empty(), "no verdict on a blank pad");

    draw(&page, pointer).await;
    page.until("a verdict", 30, async || probabilities(&page).await.len() == 10).await;
    let verdict = probabilities(&page).await;
    assert!((verdict.iter().sum::<f64>() - 1.0).abs() < 0.02, "{verdict:?}");
    let top = page.count("draw-verdict-shipped", "data-top").await as usize;
    assert!(verdict.iter().all(|probability| *probability <= verdict[top] + 1e-9), "{top} of {verdict:?}");
    assert!(page.canvas("draw-seen").await.1, "what the network sees is shown");

    page.click("draw-undo").await;
    page.until("no verdict after undo", 20, async || probabilities(&page).await.is_empty()).await;
    draw(&page, pointer).await;
    page.until("a verdict again", 30, async || probabilities(&page).await.len() == 10).await;
    page.click("draw-clear").await;
    page.until("no verdict after clear", 20, async || probabilities(&page).await.is_empty()).await;
    assert!(!page.has("error").await, "no error is shown: {}", page.text("error").await);
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn a_drawing_by_mouse_is_judged() {
    setup::run(Setup::new("draw-mouse"), async |page: Page| {
        drawn_seen_and_taken_back(page, Pointer::Mouse).await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn a_drawing_by_touch_is_judged() {
    let phone = Setup { width: 360, height: 740, mobile: true, ..Setup::new("draw-touch") };
    setup::run(phone, async |page: Page| drawn_seen_and_taken_back(page, Pointer::Touch).await).await;
}
