//! A learner as plain bytes and back: weights, Adam's moments, the losses not yet told. Exact to the last
//! bit, read from any device without holding it up; what comes back is checked before it is used.

use std::any::Any;

use burn::{
    module::{Module, ModuleMapper, ModuleVisitor, Param},
    optim::AdaptiveMomentumState,
    tensor::{Tensor, TensorData, Transaction},
};
use serde::{Deserialize, Serialize};

use super::{Learner, TrainingError, adam::Adam, learner::KeptLoss};

/// A learner between two batches.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeptLearner {
    weights: KeptWeights,
    /// Steps of each parameter, in the order of a walk.
    times: Vec<u32>,
    /// First and second moments of the parameters that have taken a step, row by row.
    first: KeptWeights,
    second: KeptWeights,
    loss: KeptLoss,
}

/// Numbers in single precision, in the order in which a module's parameters are visited.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct KeptWeights(#[serde(with = "serde_bytes")] Vec<u8>);

impl KeptWeights {
    /// All weights of `model`.
    ///
    /// # Errors
    /// [`TrainingError::Device`] where the device fails.
    pub async fn of<M: Module>(model: &M) -> Result<Self, TrainingError> {
        let mut reader =
            Reader { adam: None, found: Vec::new(), times: Vec::new(), all: Transaction::default() };
        model.visit(&mut reader);
        let mut kept = Self::default();
        for data in reader.all.execute_async().await? {
            kept.append(data)?;
        }
        Ok(kept)
    }

    /// `model` with these weights.
    ///
    /// # Errors
    /// [`TrainingError::Kept`] where they are not as many as the model's.
    pub fn into_model<M: Module>(&self, model: M) -> Result<M, TrainingError> {
        if self.0.len() != model.num_params() * size_of::<f32>() {
            return Err(TrainingError::Kept);
        }
        Ok(model.map(&mut Filler { rest: &self.0 }))
    }

    fn append(&mut self, data: TensorData) -> Result<(), TrainingError> {
        let values = data.as_slice::<f32>().map_err(|error| TrainingError::Device(format!("{error:?}")))?;
        self.0.extend(values.iter().flat_map(|value| value.to_le_bytes()));
        Ok(())
    }
}

impl<M: Module> Learner<M> {
    /// The learner as it is between two batches.
    ///
    /// # Errors
    /// [`TrainingError::Device`] where the device fails.
    pub async fn keep(&self) -> Result<KeptLearner, TrainingError> {
        let adam = Some(self.adam());
        let mut reader = Reader { adam, found: Vec::new(), times: Vec::new(), all: Transaction::default() };
        self.model().visit(&mut reader);
        let Reader { found, times, all, .. } = reader;
        let mut parts = [KeptWeights::default(), KeptWeights::default(), KeptWeights::default()];
        for (part, data) in found.into_iter().zip(all.execute_async().await?) {
            parts[part].append(data)?;
        }
        let [weights, first, second] = parts;
        Ok(KeptLearner { weights, times, first, second, loss: self.keep_loss().await? })
    }

    /// Goes on from what was kept of a learner with a model of the same shape.
    ///
    /// # Errors
    /// [`TrainingError::Kept`] where it is of another shape; the learner is of no further use then.
    pub fn resume(&mut self, kept: &KeptLearner) -> Result<(), TrainingError> {
        let model = kept.weights.into_model(self.take_model())?;
        let mut walk =
            Moments { kept, first: &kept.first.0, second: &kept.second.0, made: Vec::new(), ok: true };
        model.visit(&mut walk);
        let whole = walk.ok && walk.first.is_empty() && walk.second.is_empty();
        if !whole || (kept.times.len() != walk.made.len() && !kept.times.is_empty()) {
            return Err(TrainingError::Kept);
        }
        let made = walk.made;
        self.put(model, made, kept.loss.clone());
        Ok(())
    }
}

/// Registers weights (0) and moments (1 and 2).
struct Reader<'a> {
    adam: Option<&'a Adam>,
    found: Vec<usize>,
    times: Vec<u32>,
    all: Transaction,
}

impl Reader<'_> {
    fn add<const D: usize>(&mut self, part: usize, tensor: Tensor<D>) {
        self.found.push(part);
        self.all = std::mem::take(&mut self.all).register(tensor);
    }
}

impl ModuleVisitor for Reader<'_> {
    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        self.add(0, param.val().inner());
        let Some(adam) = self.adam else { return };
        let Some(AdaptiveMomentumState { time, moment_1, moment_2, .. }) =
            adam.moments_of::<D>(self.times.len())
        else {
            return self.times.push(0);
        };
        let (first, second) = (moment_1.clone(), moment_2.clone());
        self.times.push(*time as u32);
        self.add(1, first);
        self.add(2, second);
    }
}

/// The first numbers of `rest` in the shape and on the device of `like`; nothing where there are too few.
fn next<const D: usize>(rest: &mut &[u8], like: &Tensor<D>) -> Option<Tensor<D>> {
    let dims = like.dims();
    let (bytes, left) = rest.split_at_checked(dims.iter().product::<usize>() * size_of::<f32>())?;
    *rest = left;
    let values: Vec<f32> = bytes.as_chunks().0.iter().map(|&chunk| f32::from_le_bytes(chunk)).collect();
    Some(Tensor::from_data(TensorData::new(values, dims), &like.device()))
}

struct Filler<'a> {
    rest: &'a [u8],
}

impl ModuleMapper for Filler<'_> {
    fn map_float<const D: usize>(&mut self, param: Param<Tensor<D>>) -> Param<Tensor<D>> {
        let (id, current) = (param.id, param.val());
        match next(&mut self.rest, &current) {
            Some(tensor) => Param::initialized(id, tensor).set_require_grad(true),
            None => param,
        }
    }
}

/// Makes the moments of each parameter.
struct Moments<'a> {
    kept: &'a KeptLearner,
    first: &'a [u8],
    second: &'a [u8],
    made: Vec<Option<Box<dyn Any + Send>>>,
    ok: bool,
}

impl ModuleVisitor for Moments<'_> {
    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        let time = self.kept.times.get(self.made.len()).copied().unwrap_or(0);
        let weights = param.val().inner();
        let moments = (time > 0 && time < i32::MAX as u32)
            .then(|| Some((next(&mut self.first, &weights)?, next(&mut self.second, &weights)?)));
        self.ok &= !matches!(moments, Some(None));
        let state = moments
            .flatten()
            .map(|(first, second)| AdaptiveMomentumState::<D>::new(time as usize, first, second));
        self.made.push(state.map(|state| Box::new(state) as Box<dyn Any + Send>));
    }
}
