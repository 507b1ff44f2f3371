//! Own operations among Burn's: out of a tensor on flex into plain slices and back, with a step of
//! their own in the graph of gradients where there is one.

use std::{fmt::Debug, marker::PhantomData};

use burn::{
    backend::{
        Autodiff, BackendTensor, DispatchAutodiffContext, DispatchTensor, DispatchTensorKind, Flex,
        TensorMetadata,
        autodiff::{
            checkpoint::{base::Checkpointer, strategy::NoCheckpointing},
            grads::Gradients as Graph,
            ops::{Backward, Ops, OpsKind},
        },
        flex::FlexTensor,
        tensor::FloatTensor,
    },
    tensor::{DType, GradientCheckpointingStrategy, Shape, Tensor, TensorData},
};
use telar_kernels::Gradients;

/// A layer of weights and bias on plain slices.
pub(super) trait Operation: Copy + Debug + Send + 'static {
    /// What the way back needs besides input, weights and output.
    type Kept: Clone + Debug + Send + 'static;

    /// The output's shape.
    fn output(&self) -> [usize; 4];

    /// The output, row by row.
    fn forward(&self, input: &[f32], weights: &[f32], bias: &[f32]) -> (Vec<f32>, Self::Kept);

    /// Gradients from input, weights, output and the output's gradient.
    fn backward(&self, slices: [&[f32]; 4], kept: &Self::Kept, wants_input: bool) -> Gradients;
}

/// A tensor of flex, with a graph of gradients or without.
type Tracked = FloatTensor<Autodiff<Flex>>;

enum Operand {
    Plain(FlexTensor),
    Tracked(Tracked),
}

/// The operation's result, where all tensors are of flex in single precision, and their graph keeps
/// what it needs instead of calculating it again.
pub(super) fn apply<O: Operation>(
    operation: O,
    pictures: Tensor<4>,
    weights: Tensor<4>,
    bias: Tensor<1>,
) -> Option<Tensor<4>> {
    Some(match (operand(pictures)?, operand(weights)?, operand(bias)?) {
        (Operand::Plain(input), Operand::Plain(weights), Operand::Plain(bias)) => {
            let (output, _) = forward(&operation, &input, &weights, &bias);
            Tensor::from_primitive::<Flex>(output)
        }
        (input, weights, bias) => {
            let output = tracked(operation, [input, weights, bias].map(Operand::tracked));
            Tensor::from_primitive::<Autodiff<Flex>>(output)
        }
    })
}

impl Operand {
    /// A constant for the graph where there was none.
    fn tracked(self) -> Tracked {
        match self {
            Self::Plain(tensor) => Tracked::new(tensor),
            Self::Tracked(tensor) => tensor,
        }
    }
}

fn operand<const D: usize>(tensor: Tensor<D>) -> Option<Operand> {
    let DispatchTensor { kind, autodiff } = tensor.into_dispatch();
    let operand = match kind {
        DispatchTensorKind::Flex(BackendTensor::Float(tensor)) => Operand::Plain(tensor),
        DispatchTensorKind::Autodiff(inner) => match *inner {
            DispatchTensorKind::Flex(BackendTensor::Autodiff(tensor)) => Operand::Tracked(tensor),
            _ => return None,
        },
        _ => return None,
    };
    let keeps = autodiff == DispatchAutodiffContext::Enabled(GradientCheckpointingStrategy::Disabled);
    match &operand {
        Operand::Plain(tensor) => tensor.dtype() == DType::F32,
        Operand::Tracked(tensor) => keeps && tensor.dtype() == DType::F32,
    }
    .then_some(operand)
}

fn forward<O: Operation>(
    operation: &O,
    input: &FlexTensor,
    weights: &FlexTensor,
    bias: &FlexTensor,
) -> (FlexTensor, O::Kept) {
    let [input, weights, bias] = [input, weights, bias].map(FlexTensor::to_contiguous);
    let (output, kept) = operation.forward(numbers(&input), numbers(&weights), numbers(&bias));
    (tensor(output, Shape::from(operation.output())), kept)
}

/// The operation as a step of a graph.
fn tracked<O: Operation>(operation: O, [input, weights, bias]: [Tracked; 3]) -> Tracked {
    let nodes = [input.node(), weights.node(), bias.node()];
    let [input, weights, bias] = [input, weights, bias].map(Tracked::into_primitive);
    let (output, kept) = forward(&operation, &input, &weights, &bias);
    match Step(PhantomData).prepare::<NoCheckpointing>(nodes).compute_bound().stateful() {
        OpsKind::Tracked(step) => {
            let state = State { operation, input, weights, output: output.clone(), kept };
            step.finish(state, output)
        }
        OpsKind::UnTracked(step) => step.finish(output),
    }
}

/// What the way back needs.
#[derive(Clone, Debug)]
struct State<O: Operation> {
    operation: O,
    input: FlexTensor,
    weights: FlexTensor,
    output: FlexTensor,
    kept: O::Kept,
}

#[derive(Debug)]
struct Step<O>(PhantomData<O>);

impl<O: Operation> Backward<Flex, 3> for Step<O> {
    type State = State<O>;

    fn backward(self, step: Ops<State<O>, 3>, graph: &mut Graph, _: &mut Checkpointer) {
        let State { operation, input, weights, output, kept } = step.state;
        let [to_input, to_weights, to_bias] = step.parents;
        let gradient = graph.consume::<Flex>(&step.node);
        let whole = [&input, &weights, &output, &gradient].map(FlexTensor::to_contiguous);
        let found = operation.backward(whole.each_ref().map(numbers), &kept, to_input.is_some());
        let channels = found.bias.len();
        if let (Some(node), Some(values)) = (to_input, found.input) {
            graph.register::<Flex>(node.id, tensor(values, input.shape()));
        }
        if let Some(node) = to_weights {
            graph.register::<Flex>(node.id, tensor(found.weights, weights.shape()));
        }
        if let Some(node) = to_bias {
            graph.register::<Flex>(node.id, tensor(found.bias, Shape::from([channels])));
        }
    }
}

fn numbers(tensor: &FlexTensor) -> &[f32] {
    tensor.as_slice().expect("the tensor was made contiguous and is of single precision")
}

fn tensor(values: Vec<f32>, shape: Shape) -> FlexTensor {
    FlexTensor::from_data(TensorData::new(values, shape))
}
