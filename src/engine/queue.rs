//! Commands that wait for the engine, in order, without those that a later one made pointless.

use std::collections::VecDeque;

use crate::protocol::{Command, DrawingCommand, LatentCommand};

/// Waiting commands, first come first served.
#[derive(Default)]
pub struct Queue(VecDeque<Command>);

impl Queue {
    /// Adds a command and drops the waiting ones that it supersedes: a slider moves faster than
    /// pictures can be decoded, and only its last place counts.
    pub fn push(&mut self, command: Command) {
        self.0.retain(|waiting| !supersedes(&command, waiting));
        self.0.push_back(command);
    }

    /// Whether none waits.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The next command.
    pub fn pop(&mut self) -> Option<Command> {
        self.0.pop_front()
    }
}

/// Whether `later` makes `earlier` pointless. Decoding for a slider leaves decoding for a morph alone.
fn supersedes(later: &Command, earlier: &Command) -> bool {
    match (later, earlier) {
        (
            Command::Latent(LatentCommand::Decode { channel: later, .. }),
            Command::Latent(LatentCommand::Decode { channel: earlier, .. }),
        ) => later == earlier,
        (
            Command::Drawing(DrawingCommand::Classify { .. }),
            Command::Drawing(DrawingCommand::Classify { .. }),
        ) => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::{RequestId, RunCommand};

    fn decode(request: RequestId, channel: u32) -> Command {
        Command::Latent(LatentCommand::Decode { request, channel, points: vec![0.0; 16] })
    }

    #[test]
    fn only_the_last_place_of_a_slider_is_decoded_and_the_rest_keeps_its_order() {
        let mut queue = Queue::default();
        queue.push(decode(1, 0));
        queue.push(decode(2, 7));
        queue.push(Command::Run(RunCommand::Pause));
        queue.push(decode(3, 0));
        let left: Vec<Command> = std::iter::from_fn(|| queue.pop()).collect();
        assert!(matches!(
            left.as_slice(),
            [
                Command::Latent(LatentCommand::Decode { request: 2, .. }),
                Command::Run(RunCommand::Pause),
                Command::Latent(LatentCommand::Decode { request: 3, .. }),
            ]
        ));
    }
}
