//! Drawings from a file: one JSON object a line, in the simplified form of the Quick, Draw! data
//! set (`{"category": "pants", "strokes": [[[x, …], [y, …]], …]}`).
//!
//! The few fields needed are read by serde; anything else in a line is ignored.

use serde::Deserialize;
use thiserror::Error;

use super::{Drawing, Point, Stroke};

/// Side of the pad that the format's coordinates, 0 to 255, lie on.
pub const SIDE: f32 = 256.0;
/// Most points that a drawing may have.
pub const MAX_POINTS: usize = 1_000_000;

/// A drawing with the word that it was drawn for.
#[derive(Clone, Debug, PartialEq)]
pub struct Named {
    /// The word.
    pub category: String,
    /// The drawing.
    pub drawing: Drawing,
}

/// Why a line is no drawing.
#[derive(Debug, Error)]
pub enum LineError {
    /// Not such a JSON object.
    #[error("line {line}: {source}")]
    Json {
        /// Counted from 1.
        line: usize,
        /// What the parser says.
        source: serde_json::Error,
    },
    /// A stroke is not a list of x and a list of as many y.
    #[error("line {line}: stroke {stroke} has not as many x as y")]
    Axes {
        /// Counted from 1.
        line: usize,
        /// Counted from 1.
        stroke: usize,
    },
    /// More than [`MAX_POINTS`].
    #[error("line {line}: {points} points, at most {MAX_POINTS} are read")]
    TooMany {
        /// Counted from 1.
        line: usize,
        /// Points found.
        points: usize,
    },
}

#[derive(Deserialize)]
struct Line {
    #[serde(alias = "word")]
    category: String,
    /// `[[x, …], [y, …]]` a stroke; the raw form adds the times.
    #[serde(alias = "drawing")]
    strokes: Vec<Vec<Vec<f32>>>,
}

/// Reads every line that is not empty.
///
/// # Errors
/// [`LineError`] with the number of the first line that is no drawing.
pub fn parse(text: &str) -> Result<Vec<Named>, LineError> {
    let lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
    lines.map(|(number, line)| parse_line(number, line)).collect()
}

fn parse_line(number: usize, text: &str) -> Result<Named, LineError> {
    let parsed: Line =
        serde_json::from_str(text).map_err(|source| LineError::Json { line: number, source })?;
    let mut strokes = Vec::with_capacity(parsed.strokes.len());
    let mut points = 0;
    for (index, axes) in (1..).zip(&parsed.strokes) {
        let (x, y) = match axes.as_slice() {
            [x, y] | [x, y, _] if x.len() == y.len() => (x, y),
            _ => return Err(LineError::Axes { line: number, stroke: index }),
        };
        points += x.len();
        strokes.push(Stroke::line(x.iter().zip(y).map(|(&x, &y)| Point::new(x, y)).collect()));
    }
    if points > MAX_POINTS {
        return Err(LineError::TooMany { line: number, points });
    }
    Ok(Named { category: parsed.category, drawing: Drawing { side: SIDE, strokes } })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_line_becomes_strokes() {
        let text = r#"{"label":1,"category":"pants","strokes":[[[0,255],[3,4]],[[9],[8]]],"key_id":"1"}"#;
        let named = parse(&format!("{text}\n\n{text}\n")).unwrap();
        assert_eq!(named.len(), 2);
        assert_eq!(named[0].category, "pants");
        let first = &named[0].drawing.strokes[0].points;
        assert_eq!(first, &[Point::new(0.0, 3.0), Point::new(255.0, 4.0)]);
    }

    #[test]
    fn what_is_no_drawing_names_its_line() {
        for bad in [
            "nonsense",
            r#"{"category":"pants"}"#,
            r#"{"category":"pants","strokes":[[[1,2],[3]]]}"#,
            r#"{"category":"pants","strokes":[[[1,2]]]}"#,
            r#"{"category":"pants","strokes":[[["a"],["b"]]]}"#,
        ] {
            let text = format!("{{\"category\":\"pants\",\"strokes\":[]}}\n{bad}");
            assert!(parse(&text).unwrap_err().to_string().contains("line 2"), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn no_text_panics(text in r#"[\[\]{}",:0-9a-z\n.eE+-]{0,200}"#) {
            let _ = parse(&text);
        }

        #[test]
        fn every_drawing_is_read(strokes in prop::collection::vec(
            prop::collection::vec((any::<i16>(), any::<i16>()), 0..20), 0..10)) {
            let axes: Vec<[Vec<i16>; 2]> =
                strokes.iter().map(|s| [s.iter().map(|p| p.0).collect(), s.iter().map(|p| p.1).collect()]).collect();
            let line = serde_json::json!({"category": "x", "strokes": axes}).to_string();
            let read = parse(&line).unwrap();
            prop_assert_eq!(read[0].drawing.strokes.len(), strokes.len());
        }
    }
}
