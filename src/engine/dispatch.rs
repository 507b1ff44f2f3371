//! Commands to their answers: one arm for each group.

use super::{Engine, browse, drawing, latent};
use crate::protocol::{Command, DataCommand, Event, Fault, RunCommand};

impl Engine {
    /// Answers one command; a fault is posted, and what was there before stays.
    pub async fn handle(&mut self, command: Command) {
        let answered = match command {
            Command::Data(command) => self.handle_data(command),
            Command::Run(command) => self.handle_run(command).await,
            Command::Latent(command) => latent::answer(self, command).await,
            Command::Drawing(command) => drawing::answer(self, command).await,
            Command::Weights(command) => self.handle_weights(command).await,
        };
        if let Err(fault) = answered {
            self.outbox.fault(None, fault);
        }
    }

    fn handle_data(&mut self, command: DataCommand) -> Result<(), Fault> {
        match command {
            DataCommand::Browse { split, class, offset, count } => {
                let page = browse::page(&self.data, split, class, offset, count);
                self.outbox.post(Event::Data(page));
            }
            load => self.load = Some(load),
        }
        Ok(())
    }

    async fn handle_run(&mut self, command: RunCommand) -> Result<(), Fault> {
        match command {
            RunCommand::Start { run, config, paused } => self.start_run(run, config, paused).await,
            RunCommand::GoOn { run, bytes, paused } => self.go_on_run(run, &bytes, paused).await,
            RunCommand::Pause => self.pause_run(true).await,
            RunCommand::Resume => self.pause_run(false).await,
            RunCommand::Step => self.step_run(),
            RunCommand::Stop => self.stop_run().await,
            RunCommand::Measure { config } => return self.measure(&config),
            RunCommand::SelfTest => return self.start_self_test(),
        }
        Ok(())
    }
}
