//! Hands that WebDriver does not have: several fingers at once, pens, palms.

use serde_json::{Value, json};

use crate::{browser::devtools, page::Page};

/// A made-up pointer for [`made_up`].
#[derive(Clone, Copy)]
pub struct Pointer {
    /// Its `pointerId`.
    pub id: i32,
    /// Its `pointerType`.
    pub kind: &'static str,
}

/// Sends a pointer event that a script makes up to a part, at shares of its width and height.
pub async fn made_up(page: &Page, id: &str, event: &str, pointer: Pointer, (x, y): (f64, f64)) {
    let Pointer { id: pointer, kind } = pointer;
    let (button, buttons) = match event {
        "pointermove" => (-1, 1),
        "pointerup" | "pointercancel" => (0, 0),
        _ => (0, 1),
    };
    let script = format!(
        "(() => {{
            const box = part.getBoundingClientRect();
            part.dispatchEvent(new PointerEvent('{event}', {{
                pointerId: {pointer}, pointerType: '{kind}', isPrimary: true, bubbles: true, cancelable: true,
                button: {button}, buttons: {buttons},
                clientX: box.left + {x} * box.width, clientY: box.top + {y} * box.height,
            }}));
        }})()"
    );
    page.read(id, &script).await;
}

/// A whole stroke of a made-up pointer.
pub async fn stroke(page: &Page, id: &str, pointer: Pointer, places: &[(f64, f64)]) {
    made_up(page, id, "pointerdown", pointer, places[0]).await;
    for place in &places[1..] {
        made_up(page, id, "pointermove", pointer, *place).await;
    }
    made_up(page, id, "pointerup", pointer, places[places.len() - 1]).await;
}

/// Real fingers on a part, at shares of its width and height, scrolled to the middle of the screen.
pub struct Fingers<'a> {
    page: &'a Page,
    box_of: [f64; 4],
}

impl<'a> Fingers<'a> {
    /// Fingers over a part.
    pub async fn over(page: &'a Page, id: &str) -> Self {
        page.read(id, "part.scrollIntoView({ block: 'center' })").await;
        let found = page
            .read(id, "(() => { const b = part.getBoundingClientRect(); return [b.left, b.top, b.width, b.height]; })()")
            .await;
        let number = |index: usize| found[index].as_f64().expect("the part has a size");
        Self { page, box_of: [number(0), number(1), number(2), number(3)] }
    }

    /// All fingers that are down, by number and place; those that came, went or moved are told apart by
    /// the browser. None: all are lifted.
    pub async fn are(&self, event: &'static str, fingers: &[(i32, (f64, f64))]) {
        let [left, top, width, height] = self.box_of;
        let point = |(id, (x, y)): &(i32, (f64, f64))| json!({ "id": id, "x": left + x * width, "y": top + y * height });
        let points: Vec<Value> = fingers.iter().map(point).collect();
        let parameters = json!({ "type": event, "touchPoints": points });
        devtools(&self.page.client, "Input.dispatchTouchEvent", parameters).await;
    }
}
