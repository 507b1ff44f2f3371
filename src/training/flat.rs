//! Weights and gradients as one row of numbers, in the order in which a module's parameters are
//! visited: the form in which they travel to helpers and back. Only for devices that can be read
//! without waiting, as flex.

use burn::{
    module::{Module, ModuleMapper, ModuleVisitor, Param},
    optim::GradientsParams,
    tensor::{Device, Tensor, TensorData},
};

use super::TrainingError;

/// All weights of `model`.
///
/// # Errors
/// [`TrainingError::Device`] where they cannot be read.
pub(crate) fn weights<M: Module>(model: &M) -> Result<Vec<f32>, TrainingError> {
    let mut reader = Reader { gradients: None, values: Vec::with_capacity(model.num_params()), error: None };
    model.visit(&mut reader);
    reader.finish()
}

/// All gradients of `model`'s weights; zeros where a weight has none.
///
/// # Errors
/// [`TrainingError::Device`] where they cannot be read.
pub(crate) fn gradients<M: Module>(
    model: &M,
    gradients: &GradientsParams,
) -> Result<Vec<f32>, TrainingError> {
    let values = Vec::with_capacity(model.num_params());
    let mut reader = Reader { gradients: Some(gradients), values, error: None };
    model.visit(&mut reader);
    reader.finish()
}

/// `model` with other weights, as many as it has.
///
/// # Errors
/// [`TrainingError::Device`] where there are more or fewer.
pub(crate) fn with_weights<M: Module>(model: M, values: &[f32]) -> Result<M, TrainingError> {
    fits(&model, values)?;
    Ok(model.map(&mut Filler { rest: values }))
}

/// `values` as the gradients of `model`'s weights, for its optimiser.
///
/// # Errors
/// [`TrainingError::Device`] where there are more or fewer than weights.
pub(crate) fn into_gradients<M: Module>(model: &M, values: &[f32]) -> Result<GradientsParams, TrainingError> {
    fits(model, values)?;
    let mut giver = Giver { rest: values, gradients: GradientsParams::new() };
    model.visit(&mut giver);
    Ok(giver.gradients)
}

fn fits<M: Module>(model: &M, values: &[f32]) -> Result<(), TrainingError> {
    let expected = model.num_params();
    let found = values.len();
    let wrong = || TrainingError::Device(format!("{found} numbers for {expected} weights"));
    (found == expected).then_some(()).ok_or_else(wrong)
}

/// The first numbers of `rest`, in the shape of `like`, on `device`.
fn next<const D: usize>(rest: &mut &[f32], like: &Tensor<D>, device: &Device) -> Tensor<D> {
    let dims = like.dims();
    let (values, left) = rest.split_at(dims.iter().product());
    *rest = left;
    Tensor::from_data(TensorData::new(values.to_vec(), dims), device)
}

struct Reader<'a> {
    /// Read instead of the weights.
    gradients: Option<&'a GradientsParams>,
    values: Vec<f32>,
    error: Option<TrainingError>,
}

impl Reader<'_> {
    fn add<const D: usize>(&mut self, tensor: Tensor<D>) {
        match tensor.into_data().as_slice::<f32>() {
            Ok(values) => self.values.extend_from_slice(values),
            Err(error) => self.error = Some(TrainingError::Device(format!("{error:?}"))),
        }
    }

    fn finish(self) -> Result<Vec<f32>, TrainingError> {
        self.error.map_or(Ok(self.values), Err)
    }
}

impl ModuleVisitor for Reader<'_> {
    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        let weights = param.val().inner();
        match self.gradients.map(|gradients| gradients.get::<D>(param.id)) {
            None => self.add(weights),
            Some(Some(gradient)) => self.add(gradient),
            Some(None) => {
                self.values.resize(self.values.len() + weights.dims().iter().product::<usize>(), 0.0)
            }
        }
    }
}

struct Filler<'a> {
    rest: &'a [f32],
}

impl ModuleMapper for Filler<'_> {
    fn map_float<const D: usize>(&mut self, param: Param<Tensor<D>>) -> Param<Tensor<D>> {
        let (id, current) = (param.id, param.val());
        let tensor = next(&mut self.rest, &current, &current.device());
        Param::initialized(id, tensor).set_require_grad(true)
    }
}

struct Giver<'a> {
    rest: &'a [f32],
    gradients: GradientsParams,
}

impl ModuleVisitor for Giver<'_> {
    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        let current = param.val().inner();
        let gradient = next(&mut self.rest, &current, &current.device());
        self.gradients.register(param.id, gradient);
    }
}
