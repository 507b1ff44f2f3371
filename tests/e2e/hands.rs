//! Pad, map and sliders under several pointers at once: two fingers, a pen and the palm that holds it,
//! pointers that the browser takes away, strokes over the edge.

use serde_json::Value;

use crate::{
    input::{Fingers, Pointer, made_up, stroke},
    latent,
    page::Page,
    setup::{self, Setup},
};

pub const PALM: Pointer = Pointer { id: 11, kind: "touch" };
pub const FINGER: Pointer = Pointer { id: 12, kind: "touch" };
pub const PEN: Pointer = Pointer { id: 21, kind: "pen" };
pub const MOUSE: Pointer = Pointer { id: 1, kind: "mouse" };

pub const PHONE: Setup = Setup { width: 390, height: 844, mobile: true, ..Setup::new("hands") };

pub async fn open_pad(page: &Page) {
    page.click("step-draw").await;
    page.part("draw-canvas").await;
    page.until("the shipped classifier", 60, async || page.read("draw-blank", "!part.hidden").await == true)
        .await;
    page.read("draw-canvas", "part.scrollIntoView({ block: 'center' })").await;
}

/// The strokes that the page keeps: points as shares of the pad's side.
async fn strokes(page: &Page) -> Vec<Vec<(f64, f64)>> {
    let kept = page.run("return JSON.parse(localStorage.getItem('telar.drawing'));").await;
    let side = kept["side"].as_f64().unwrap_or(256.0);
    let point = |point: &Value| {
        let at = |axis: &str| point[axis].as_f64().expect("a coordinate is a number") / side;
        (at("x"), at("y"))
    };
    let points = |stroke: &Value| stroke["points"].as_array().into_iter().flatten().map(point).collect();
    kept["strokes"].as_array().into_iter().flatten().map(points).collect()
}

fn near(a: (f64, f64), b: (f64, f64)) -> bool {
    (a.0 - b.0).hypot(a.1 - b.1) < 0.03
}

async fn two_fingers(page: Page) {
    open_pad(&page).await;
    let fingers = Fingers::over(&page, "draw-canvas").await;
    fingers.are("touchStart", &[(1, (0.2, 0.2))]).await;
    fingers.are("touchMove", &[(1, (0.2, 0.4))]).await;
    fingers.are("touchStart", &[(1, (0.2, 0.4)), (2, (0.8, 0.2))]).await;
    fingers.are("touchMove", &[(1, (0.2, 0.6)), (2, (0.8, 0.4))]).await;
    fingers.are("touchMove", &[(1, (0.2, 0.8)), (2, (0.8, 0.8))]).await;
    fingers.are("touchEnd", &[]).await;
    page.until("the stroke to be kept", 20, async || !strokes(&page).await.is_empty()).await;
    let drawn = strokes(&page).await;
    assert_eq!(drawn.len(), 1, "{drawn:?}");
    assert!(drawn[0].iter().all(|point| (point.0 - 0.2).abs() < 0.03), "{drawn:?}");
    assert!(near(drawn[0][drawn[0].len() - 1], (0.2, 0.8)), "{drawn:?}");
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn the_first_finger_draws_alone() {
    setup::run(Setup { name: "hands-fingers", ..PHONE }, two_fingers).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn a_pen_goes_before_the_palm_and_lifting_the_palm_ends_nothing() {
    setup::run(Setup::new("hands-pen"), async |page: Page| {
        open_pad(&page).await;
        let pad = "draw-canvas";
        made_up(&page, pad, "pointerdown", PALM, (0.9, 0.9)).await;
        made_up(&page, pad, "pointermove", PALM, (0.7, 0.9)).await;
        made_up(&page, pad, "pointerdown", PEN, (0.2, 0.2)).await;
        made_up(&page, pad, "pointermove", PALM, (0.5, 0.9)).await;
        made_up(&page, pad, "pointermove", PEN, (0.4, 0.2)).await;
        made_up(&page, pad, "pointerup", PALM, (0.5, 0.9)).await;
        made_up(&page, pad, "pointermove", PEN, (0.6, 0.2)).await;
        made_up(&page, pad, "pointerdown", FINGER, (0.9, 0.1)).await;
        made_up(&page, pad, "pointercancel", FINGER, (0.9, 0.1)).await;
        made_up(&page, pad, "pointermove", PEN, (0.8, 0.2)).await;
        made_up(&page, pad, "pointerup", PEN, (0.8, 0.2)).await;
        let drawn = strokes(&page).await;
        assert_eq!(drawn.len(), 1, "{drawn:?}");
        assert!(drawn[0].iter().all(|point| (point.1 - 0.2).abs() < 0.01), "{drawn:?}");
        assert!(near(drawn[0][0], (0.2, 0.2)) && near(drawn[0][drawn[0].len() - 1], (0.8, 0.2)), "{drawn:?}");
        page.click("draw-undo").await;
        assert!(page.read("draw-undo", "part.disabled").await == true, "the palm's ink is no step back");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn what_a_browser_lacks_or_takes_away_leaves_the_pad_usable() {
    setup::run(Setup::new("hands-lost"), async |page: Page| {
        open_pad(&page).await;
        page.run(
            "PointerEvent.prototype.getCoalescedEvents = () => { throw new TypeError('made up'); };
            Element.prototype.setPointerCapture = () => { throw new TypeError('made up'); };",
        )
        .await;
        let pad = "draw-canvas";
        made_up(&page, pad, "pointerdown", FINGER, (0.1, 0.1)).await;
        made_up(&page, pad, "pointercancel", FINGER, (0.1, 0.1)).await;
        assert!(strokes(&page).await.is_empty(), "a blot that the browser took for a palm's goes");
        page.run("delete PointerEvent.prototype.getCoalescedEvents;").await;
        // A handler that fails outright is heard of, and the next event finds everything in place.
        page.run(
            "window.kind = Object.getOwnPropertyDescriptor(PointerEvent.prototype, 'pointerType');
            const broken = { get() { throw new TypeError('made up'); }, configurable: true };
            Object.defineProperty(PointerEvent.prototype, 'pointerType', broken);",
        )
        .await;
        made_up(&page, pad, "pointerdown", MOUSE, (0.2, 0.2)).await;
        made_up(&page, pad, "pointermove", MOUSE, (0.2, 0.2)).await;
        page.run("Object.defineProperty(PointerEvent.prototype, 'pointerType', window.kind);").await;
        assert!(page.console_errors().await.iter().any(|line| line.contains("made up")));
        stroke(&page, pad, MOUSE, &[(0.1, 0.3), (0.3, 0.3), (0.5, 0.3)]).await;
        made_up(&page, pad, "pointerdown", PEN, (0.1, 0.6)).await;
        made_up(&page, pad, "pointermove", PEN, (0.5, 0.6)).await;
        made_up(&page, pad, "pointercancel", PEN, (0.5, 0.6)).await;
        made_up(&page, pad, "pointermove", PEN, (0.9, 0.9)).await;
        let drawn = strokes(&page).await;
        assert_eq!(drawn.iter().map(Vec::len).collect::<Vec<_>>(), [3, 2], "{drawn:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn ink_beyond_the_edge_is_not_judged() {
    setup::run(Setup::new("hands-edge"), async |page: Page| {
        open_pad(&page).await;
        let (pad, outline) = ("draw-canvas", [(0.3, 0.2), (0.7, 0.2), (0.7, 0.8), (0.3, 0.8), (0.3, 0.2)]);
        stroke(&page, pad, MOUSE, &outline).await;
        stroke(&page, pad, MOUSE, &[(0.5, 0.9), (0.5, 1.0)]).await;
        let seen = settled(&page).await;
        page.click("draw-undo").await;
        stroke(&page, pad, MOUSE, &[(0.5, 0.9), (0.5, 1.6), (2.5, 1.6), (2.5, -3.0)]).await;
        assert_eq!(settled(&page).await, seen, "what left the pad was judged");
        let drawn = strokes(&page).await;
        let on = |share: f64| (0.0..=1.0).contains(&share);
        assert!(drawn.iter().flatten().all(|(x, y)| on(*x) && on(*y)), "{drawn:?}");
        // A hidden step back must not be needed for what was never seen.
        page.click("draw-undo").await;
        assert_eq!(strokes(&page).await.len(), 1);
    })
    .await;
}

/// The picture that the network sees, once it stands.
async fn settled(page: &Page) -> String {
    tokio::time::sleep(std::time::Duration::from_millis(400)).await;
    page.canvas("draw-seen").await.0
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn a_drag_on_the_map_is_one_step_back_whatever_a_palm_does() {
    setup::run(Setup::new("hands-map"), async |page: Page| {
        latent::open_step(&page).await;
        page.until("the map", 60, async || page.canvas("latent-map").await.1).await;
        latent::settled(&page, "latent-decoded").await;
        let (map, begin) = ("latent-map", (0.45, 0.5));
        stroke(&page, map, PEN, &[begin]).await;
        let before = latent::settled(&page, "latent-decoded").await;
        made_up(&page, map, "pointerdown", PEN, (0.5, 0.5)).await;
        for (pen, palm) in
            [(0.55, "pointerdown"), (0.6, "pointermove"), (0.65, "pointerup"), (0.7, "pointermove")]
        {
            made_up(&page, map, "pointermove", PEN, (pen, 0.4)).await;
            made_up(&page, map, palm, PALM, (0.9, 0.9)).await;
        }
        made_up(&page, map, "pointerup", PEN, (0.7, 0.4)).await;
        latent::changed(&page, "latent-decoded", &before).await;
        page.click("latent-undo").await;
        latent::becomes(&page, "latent-decoded", &before).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn the_first_finger_moves_its_slider_alone() {
    let phone = Setup { name: "hands-sliders", ..PHONE };
    setup::run(phone, async |page: Page| {
        latent::open_step(&page).await;
        let value = async |id: &str| page.read(id, "part.value").await;
        // Both sliders lie one below the other: the second is reached from the first's box.
        let apart = page
            .run(
                "const [a, b] = [0, 1].map((n) => document.querySelector(`[data-testid='latent-slider-${n}']`).getBoundingClientRect());
                return (b.top - a.top) / a.height;",
            )
            .await
            .as_f64()
            .expect("two sliders");
        let second = value("latent-slider-1").await;
        let fingers = Fingers::over(&page, "latent-slider-0").await;
        fingers.are("touchStart", &[(1, (0.5, 0.5))]).await;
        fingers.are("touchMove", &[(1, (0.6, 0.5))]).await;
        fingers.are("touchStart", &[(1, (0.6, 0.5)), (2, (0.2, apart + 0.5))]).await;
        fingers.are("touchMove", &[(1, (0.7, 0.5)), (2, (0.3, apart + 0.5))]).await;
        fingers.are("touchMove", &[(1, (0.9, 0.5)), (2, (0.3, apart + 0.5))]).await;
        fingers.are("touchEnd", &[]).await;
        assert_eq!(value("latent-slider-1").await, second, "the second finger moved its slider");
        page.click("latent-undo").await;
        assert!(page.read("latent-undo", "part.disabled").await == true, "a drag is one step back");
    })
    .await;
}
