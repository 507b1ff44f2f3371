//! Adam over a whole module, by Burn's own arithmetic, with its moments in reach: an interrupted run is kept
//! with them and goes on with them, on any device, read without holding it up.

use std::any::Any;

use burn::{
    module::{Module, ModuleMapper, Param},
    optim::{
        Adam as PlainAdam, AdamConfig, AdamState, AdamW, AdamWConfig, AdamWState, AdaptiveMomentumState,
        GradientsParams, Optimizer,
    },
    tensor::Tensor,
};

/// By which rule weights are corrected.
enum Rule {
    /// Adam (Kingma and Ba, 2015).
    Plain(PlainAdam),
    /// The same with decoupled weight decay (Loshchilov and Hutter, 2019).
    Decaying(AdamW),
}

/// An optimiser with its state.
pub struct Adam {
    rule: Rule,
    /// [`AdaptiveMomentumState`] of each parameter, in the order of a walk; nothing before its first step.
    pub(super) moments: Vec<Option<Box<dyn Any + Send>>>,
}

impl Adam {
    /// Adam that keeps from dividing by nothing by `epsilon`.
    pub fn plain(epsilon: f32) -> Self {
        let rule = Rule::Plain(AdamConfig::new().with_epsilon(epsilon).build());
        Self { rule, moments: Vec::new() }
    }

    /// Adam with decoupled weight decay.
    pub fn decaying(epsilon: f32, decay: f32) -> Self {
        let config = AdamWConfig::new().with_epsilon(epsilon).with_weight_decay(decay);
        Self { rule: Rule::Decaying(config.build()), moments: Vec::new() }
    }

    /// One step of every parameter that has a gradient; `rate` by the name of the module's first level.
    pub(super) fn step<M: Module>(
        &mut self,
        rate: &dyn Fn(&str) -> f64,
        module: M,
        gradients: GradientsParams,
    ) -> M {
        module.map(&mut Step { adam: self, rate, gradients, path: Vec::new(), place: 0 })
    }

    /// The moments of parameter number `place`.
    pub(super) fn moments_of<const D: usize>(&self, place: usize) -> Option<&AdaptiveMomentumState<D>> {
        self.moments.get(place)?.as_ref()?.downcast_ref()
    }
}

impl Rule {
    fn step<const D: usize>(
        &self,
        rate: f64,
        weights: Tensor<D>,
        gradient: Tensor<D>,
        moments: Option<AdaptiveMomentumState<D>>,
    ) -> (Tensor<D>, Option<AdaptiveMomentumState<D>>) {
        match self {
            Rule::Plain(adam) => {
                let (weights, state) = adam.step(rate, weights, gradient, moments.map(AdamState::new));
                (weights, state.map(|state| state.momentum))
            }
            Rule::Decaying(adam) => {
                let (weights, state) = adam.step(rate, weights, gradient, moments.map(AdamWState::new));
                (weights, state.map(|state| state.momentum))
            }
        }
    }
}

struct Step<'a> {
    adam: &'a mut Adam,
    rate: &'a dyn Fn(&str) -> f64,
    gradients: GradientsParams,
    path: Vec<String>,
    place: usize,
}

impl ModuleMapper for Step<'_> {
    fn enter_module(&mut self, name: &str, _container: &str) {
        self.path.push(name.to_owned());
    }

    fn exit_module(&mut self, _name: &str, _container: &str) {
        self.path.pop();
    }

    fn map_float<const D: usize>(&mut self, param: Param<Tensor<D>>) -> Param<Tensor<D>> {
        let place = self.place;
        self.place += 1;
        let Some(gradient) = self.gradients.remove::<D>(param.id) else { return param };
        if self.adam.moments.len() <= place {
            self.adam.moments.resize_with(place + 1, || None);
        }
        let before = self.adam.moments[place].take().and_then(|any| any.downcast().ok()).map(|state| *state);
        let rate = (self.rate)(self.path.first().map_or("", String::as_str));
        let (id, weights, mapper) = param.consume();
        let (weights, after) = self.adam.rule.step(rate, weights.inner(), gradient, before);
        self.adam.moments[place] = after.map(|state| Box::new(state) as Box<dyn Any + Send>);
        Param::from_mapped_value(id, Tensor::from_inner(weights).require_grad(), mapper)
    }
}
