//! `telar evaluate`: a file's network on the test images.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::{CliError, Common, data, model::Model, report};
use crate::{
    data::{CLASS_COUNT, Labelled},
    training::strongest,
};

/// Arguments of `evaluate`.
#[derive(clap::Args, Debug)]
pub(super) struct Arguments {
    /// A safetensors file [default: the shipped classifier]
    #[arg(value_name = "FILE")]
    model: Option<PathBuf>,
}

/// Prints the test MSE of an autoencoder, or accuracy, macro F1 and confusion of a classifier.
pub(super) fn run(common: &Common, arguments: &Arguments) -> Result<(), CliError> {
    let device = common.device()?;
    let path = arguments.model.clone().unwrap_or_else(|| super::model::shipped("classifier"));
    let model = Model::load(&path, &device)?;
    let test = &data::load(common)?.test;
    let mut result = match &model {
        Model::Autoencoder(_) => {
            json!({ "kind": "autoencoder", "test_mse": error(&model.outputs(&test.pixels, &device)?, test) })
        }
        Model::Encoder(_) => {
            return Err(CliError::Input("an encoder alone has nothing to be measured by".to_owned()));
        }
        Model::Classifier(_) | Model::Sketch(_) => {
            let answers = model.classify(&test.pixels, &device)?;
            let predictions: Vec<u8> =
                answers.iter().map(|answer| strongest(&answer.probabilities)).collect();
            let flagged = answers.iter().filter(|answer| answer.novelty.is_some_and(|n| n > 1.0)).count();
            let mut result = classification(&test.labels, &predictions);
            result["flagged"] = json!(flagged as f64 / answers.len().max(1) as f64);
            result
        }
    };
    result["parameters"] = json!(model.parameters());
    report::print(common.json, &result);
    Ok(())
}

/// Mean squared error a pixel, pixels 0 to 1.
fn error(outputs: &[f32], set: &Labelled) -> f64 {
    let pairs = outputs.iter().zip(&set.pixels);
    let sum: f64 = pairs.map(|(output, &pixel)| f64::from(output - f32::from(pixel) / 255.0).powi(2)).sum();
    sum / outputs.len().max(1) as f64
}

/// Accuracy, macro F1 and the confusion matrix (row the true class, column the predicted one).
fn classification(labels: &[u8], predictions: &[u8]) -> Value {
    let mut confusion = vec![vec![0u32; CLASS_COUNT]; CLASS_COUNT];
    for (&label, &prediction) in labels.iter().zip(predictions) {
        confusion[usize::from(label)][usize::from(prediction)] += 1;
    }
    let right: u32 = (0..CLASS_COUNT).map(|class| confusion[class][class]).sum();
    let f1 = |class: usize| {
        let row: u32 = confusion[class].iter().sum();
        let column: u32 = confusion.iter().map(|row| row[class]).sum();
        2.0 * f64::from(confusion[class][class]) / f64::from((row + column).max(1))
    };
    json!({
        "kind": "classifier",
        "test_accuracy": f64::from(right) / labels.len().max(1) as f64,
        "macro_f1": (0..CLASS_COUNT).map(f1).sum::<f64>() / CLASS_COUNT as f64,
        "confusion": confusion,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_agree_with_hand_worked_ones() {
        let result = classification(&[0, 0, 1, 1], &[0, 1, 1, 1]);
        assert_eq!(result["test_accuracy"], 0.75);
        // F1 of class 0 is 2·1/(2+1), of class 1 is 2·2/(2+3), of the other eight 0.
        let expected = (2.0 / 3.0 + 0.8) / 10.0;
        assert!((result["macro_f1"].as_f64().unwrap() - expected).abs() < 1e-12);
        assert_eq!(result["confusion"][0][1], 1);
    }

    #[test]
    fn the_error_is_a_mean_over_pixels() {
        let set = Labelled { pixels: vec![0, 255], labels: vec![0] };
        assert_eq!(error(&[0.5, 0.5], &set), 0.25);
    }
}
