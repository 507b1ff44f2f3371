//! From samples of an engine's call stack to shares of the time by operation.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use serde_json::Value;

/// What a function's name tells: the first row of which a part occurs in the name of any function of
/// the call stack names the operation. The more telling rows come first.
const OPERATIONS: [(&str, &[&str]); 22] = [
    ("waiting", &["(idle)"]),
    ("messages", &["postcard", "post_message", "postMessage", "serde"]),
    ("PCA to compare with", &["training::pca", "latent::principal"]),
    ("Adam, sums of gradients", &["burn_optim", "GradientsAccumulator", "ModuleOptimizer"]),
    ("own convolution and pool: forward", &["conv_pool::forward"]),
    ("own convolution and pool: for the input", &["conv_pool::Backward::for_input"]),
    ("own convolution and pool: for the weights", &["conv_pool::Backward", "conv_pool::backward"]),
    ("own transposed convolution: forward", &["doubling::Forward", "doubling::forward", "doubling::phase"]),
    ("own transposed convolution: for the input", &["doubling::Backward::for_input", "doubling::taps_back"]),
    ("own transposed convolution: for the weights", &["doubling::Backward::add_for_weights"]),
    ("own transposed convolution: layout", &["doubling::Backward", "doubling::backward"]),
    ("transposed convolution: for the weights", &["conv_transpose2d_weight"]),
    ("transposed convolution: for the input", &["conv_transpose2d_x_backward"]),
    ("convolution: for the weights", &["conv2d_weight"]),
    ("convolution: for the input", &["conv2d_x_backward"]),
    ("bias gradients", &["bias_backward"]),
    ("pool", &["max_pool"]),
    ("transposed convolution: forward", &["conv_transpose"]),
    ("convolution: forward", &["conv2d", "conv3d", "ops::conv::"]),
    ("linear layers", &["matmul", "gemm"]),
    ("ReLU, sigmoid, loss", &["ops::activation", "unary", "binary", "reduce", "float_", "sigmoid", "expf"]),
    ("browser: compiling, collecting", &["(garbage collector)", "(program)"]),
];
/// What no row explains, by its innermost function.
const REST: [(&str, &[&str]); 3] = [
    ("copies", &["copy", "memcpy", "memmove", "memset", "contiguous", "permute"]),
    ("memory", &["alloc", "free", "dispose", "drop"]),
    ("graph, parameters, pictures", &["burn", "telar", "hashbrown", "core::", "alloc::"]),
];
/// What is left.
const UNKNOWN: &str = "not explained";

/// Microseconds by operation.
#[derive(Default)]
pub(super) struct Shares(BTreeMap<&'static str, f64>);

impl Shares {
    /// Reads a profile of the developer tools (`Profiler.stop`).
    pub(super) fn of(profile: &Value) -> Result<Self> {
        let nodes = profile["nodes"].as_array().context("a profile without nodes")?;
        let names: BTreeMap<u64, &str> =
            nodes.iter().filter_map(|node| Some((id(node)?, name(node)?))).collect();
        let mut parents = BTreeMap::new();
        for node in nodes {
            for child in node["children"].as_array().into_iter().flatten().filter_map(Value::as_u64) {
                parents.insert(child, id(node).context("a node without id")?);
            }
        }
        let mut shares = Self::default();
        let samples = profile["samples"].as_array().context("a profile without samples")?;
        let deltas = profile["timeDeltas"].as_array().context("a profile without times")?;
        for (sample, delta) in samples.iter().zip(deltas) {
            let leaf = sample.as_u64().context("a sample that is no node")?;
            let stack = std::iter::successors(Some(leaf), |node| parents.get(node).copied());
            let stack: Vec<&str> = stack.filter_map(|node| names.get(&node).copied()).collect();
            *shares.0.entry(operation(&stack)).or_default() += delta.as_f64().unwrap_or(0.0);
        }
        shares.0.remove("waiting");
        Ok(shares)
    }

    /// Per cent by operation, the largest first.
    pub(super) fn per_cent(&self) -> Vec<(&'static str, f64)> {
        let total: f64 = self.0.values().sum();
        let mut rows: Vec<_> = self.0.iter().map(|(what, time)| (*what, 100.0 * time / total)).collect();
        rows.sort_by(|a, b| b.1.total_cmp(&a.1));
        rows
    }

    /// Per cent that an operation is known for.
    pub(super) fn explained(&self) -> f64 {
        100.0 - self.per_cent().iter().find(|(what, _)| *what == UNKNOWN).map_or(0.0, |(_, share)| *share)
    }
}

fn id(node: &Value) -> Option<u64> {
    node["id"].as_u64()
}

fn name(node: &Value) -> Option<&str> {
    node["callFrame"]["functionName"].as_str()
}

/// The operation of a stack, innermost function first.
fn operation(stack: &[&str]) -> &'static str {
    let tells = |names: &[&str], parts: &[&str]| {
        names.iter().any(|name| parts.iter().any(|part| name.contains(part)))
    };
    let of_stack = OPERATIONS.iter().find(|(_, parts)| tells(stack, parts));
    let of_leaf = || REST.iter().find(|(_, parts)| tells(&stack[..stack.len().min(1)], parts));
    of_stack.or_else(of_leaf).map_or(UNKNOWN, |(what, _)| what)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn samples_count_for_the_operation_that_called() -> Result<()> {
        let node = |id: u64, name: &str, children: &[u64]| json!({ "id": id, "callFrame": { "functionName": name }, "children": children });
        let nodes = [
            node(1, "(root)", &[2, 5]),
            node(2, "burn_backend::ops::conv2d_x_backward", &[3]),
            node(3, "burn_flex::ops::conv_transpose::impl", &[4]),
            node(4, "dlmalloc", &[]),
            node(5, "(idle)", &[]),
        ];
        let profile = json!({ "nodes": nodes, "samples": [4, 3, 5, 1], "timeDeltas": [20, 10, 500, 10] });
        let shares = Shares::of(&profile)?;
        assert_eq!(shares.per_cent(), [("convolution: for the input", 75.0), (UNKNOWN, 25.0)]);
        assert_eq!(shares.explained(), 75.0);
        Ok(())
    }
}
