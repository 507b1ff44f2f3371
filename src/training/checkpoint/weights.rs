//! Weights out of models and into them, by name. Burn keeps linear weights as `[in, out]`, PyTorch
//! as `[out, in]`; all other layouts agree.

use std::collections::{BTreeMap, BTreeSet};

use burn::{
    module::{Module, ModuleMapper, ModuleVisitor, Param},
    tensor::{Tensor, TensorData, Transaction},
};

use super::{CheckpointError, Stored};
use crate::training::TrainingError;

/// Names, shapes and values of all parameters of `model`; names begin with `prefix`.
pub(super) async fn collect<M: Module>(
    model: &M,
    prefix: &str,
) -> Result<BTreeMap<String, Stored>, TrainingError> {
    let mut collector = Collector::new(prefix);
    model.visit(&mut collector);
    read(collector).await
}

/// What is the same for every model.
async fn read(collector: Collector) -> Result<BTreeMap<String, Stored>, TrainingError> {
    let values = collector.transaction.execute_async().await?;
    let mut tensors = BTreeMap::new();
    for ((name, shape), data) in collector.found.into_iter().zip(values) {
        let values = data.try_into_vec().map_err(|error| TrainingError::Device(format!("{error:?}")))?;
        tensors.insert(name, transposed_if_matrix(Stored { shape, values }));
    }
    Ok(tensors)
}

/// `model` with the weights of `tensors`, which must be exactly its own.
pub(super) fn fill<M: Module>(
    model: M,
    prefix: &str,
    tensors: &BTreeMap<String, Stored>,
) -> Result<M, CheckpointError> {
    let mut filler = Filler { path: path(prefix), tensors, used: BTreeSet::new(), error: None };
    let model = model.map(&mut filler);
    if let Some(error) = filler.error {
        return Err(error);
    }
    match tensors.keys().find(|name| !filler.used.contains(*name)) {
        Some(unknown) => Err(CheckpointError::Unknown(unknown.clone())),
        None => Ok(model),
    }
}

fn path(prefix: &str) -> Vec<String> {
    if prefix.is_empty() { Vec::new() } else { vec![prefix.to_owned()] }
}

struct Collector {
    path: Vec<String>,
    found: Vec<(String, Vec<usize>)>,
    transaction: Transaction,
}

impl Collector {
    fn new(prefix: &str) -> Self {
        Self { path: path(prefix), found: Vec::new(), transaction: Transaction::default() }
    }
}

impl ModuleVisitor for Collector {
    fn enter_module(&mut self, name: &str, _container: &str) {
        self.path.push(name.to_owned());
    }

    fn exit_module(&mut self, _name: &str, _container: &str) {
        self.path.pop();
    }

    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        let tensor = param.val().inner();
        self.found.push((self.path.join("."), tensor.dims().to_vec()));
        let transaction = std::mem::take(&mut self.transaction);
        self.transaction = transaction.register(tensor);
    }
}

struct Filler<'a> {
    path: Vec<String>,
    tensors: &'a BTreeMap<String, Stored>,
    used: BTreeSet<String>,
    error: Option<CheckpointError>,
}

impl Filler<'_> {
    /// The stored values for the parameter that the walk is at, in Burn's layout.
    fn values<const D: usize>(&mut self, current: &Tensor<D>) -> Result<Tensor<D>, CheckpointError> {
        let name = self.path.join(".");
        let stored = self.tensors.get(&name).ok_or_else(|| CheckpointError::Missing(name.clone()))?;
        let stored = transposed_if_matrix(stored.clone());
        let dims = current.dims();
        if stored.shape != dims {
            return Err(shape_error(name, dims.to_vec(), stored.shape));
        }
        self.used.insert(name);
        Ok(Tensor::from_data(TensorData::new(stored.values, dims), &current.device()))
    }
}

impl ModuleMapper for Filler<'_> {
    fn enter_module(&mut self, name: &str, _container: &str) {
        self.path.push(name.to_owned());
    }

    fn exit_module(&mut self, _name: &str, _container: &str) {
        self.path.pop();
    }

    fn map_float<const D: usize>(&mut self, param: Param<Tensor<D>>) -> Param<Tensor<D>> {
        match self.values(&param.val()) {
            Ok(tensor) => {
                let id = param.id;
                Param::initialized(id, tensor).set_require_grad(true)
            }
            Err(error) => {
                self.error.get_or_insert(error);
                param
            }
        }
    }
}

/// Turns matrices, which are the weights of linear layers and nothing else, into the other layout.
/// This is done on the host: a transposed view on the device would be multiplied by another kernel,
/// whose sums are rounded differently.
fn transposed_if_matrix(stored: Stored) -> Stored {
    let [rows, columns] = stored.shape[..] else { return stored };
    let cell = |index: usize| stored.values[index % rows * columns + index / rows];
    Stored { shape: vec![columns, rows], values: (0..rows * columns).map(cell).collect() }
}

/// Both shapes in PyTorch's layout, as the file has them.
fn shape_error(name: String, mut expected: Vec<usize>, mut found: Vec<usize>) -> CheckpointError {
    for shape in [&mut expected, &mut found] {
        if shape.len() == 2 {
            shape.reverse();
        }
    }
    CheckpointError::Shape { name, expected: format!("{expected:?}"), found: format!("{found:?}") }
}
