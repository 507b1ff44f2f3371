//! The Web Worker's life: panic hook, device, handshake, then commands and work in turns.

use futures::future::select;
use web_time::{Duration, Instant};

use super::{
    Engine, Next, Outbox, device, kept,
    loader::Loader,
    mailbox::{Mail, Mailbox},
    post::{post, scope},
    turn,
};
use crate::{
    protocol::{EngineKind, Event, Fault, FaultReport, PROTOCOL_VERSION, Ready},
    training::crew::Crew,
};

/// How long work waits after an answer to a moving hand (a slider, a pen): the next question comes
/// with the next frame, and should not wait for a batch.
const COURTESY: Duration = Duration::from_millis(60);

/// Runs the engine of `kind` in this worker, for good; a helper of one begins otherwise.
pub fn serve(kind: EngineKind) {
    #[cfg(feature = "engine-cpu")]
    if super::helpers::is_helper() {
        return;
    }
    std::panic::set_hook(Box::new(|panic| {
        console_error_panic_hook::hook(panic);
        let fault = Fault::Panic(panic.to_string());
        post(&Event::Fault(FaultReport { run: None, fault }));
    }));
    wasm_bindgen_futures::spawn_local(live(kind));
}

async fn live(kind: EngineKind) {
    let mailbox = Mailbox::default();
    mailbox.listen(&scope());
    let outbox = Outbox::new(|event| post(&event));
    let (device, adapter) = match device::open(kind).await {
        Ok(opened) => opened,
        Err(fault) => return outbox.fault(None, fault),
    };
    let loader = Loader::new(mailbox.clone(), outbox.clone());
    let mut engine = Engine::new(kind, device, outbox.clone());
    engine.crew = crew(kind);
    outbox.post(Event::Ready(Ready { protocol: PROTOCOL_VERSION, engine: kind, adapter }));
    let mut hand = None;
    loop {
        while let Some(mail) = mailbox.next() {
            if mail.is_by_hand() {
                hand = Some(Instant::now());
            }
            take(&mut engine, &loader, mail).await;
        }
        if let Some(left) = hand.and_then(courtesy_left) {
            select(Box::pin(mailbox.wait()), Box::pin(turn::sleep(left))).await;
        } else if engine.advance().await {
            turn::give().await;
        } else {
            mailbox.wait().await;
        }
    }
}

/// Who calculates beside this engine: nobody beside a GPU.
fn crew(kind: EngineKind) -> Option<Crew> {
    match kind {
        #[cfg(feature = "engine-cpu")]
        EngineKind::Cpu => super::helpers::crew(),
        _ => None,
    }
}

/// Milliseconds that work still waits for the hand that moved at `since`.
fn courtesy_left(since: Instant) -> Option<i32> {
    let left = COURTESY.checked_sub(since.elapsed())?;
    Some(left.as_millis() as i32 + 1)
}

async fn take(engine: &mut Engine, loader: &Loader, mail: Mail) {
    match mail {
        Mail::Command(command) => {
            engine.handle(command).await;
            if let Some(load) = engine.take_load() {
                loader.start(load);
            }
        }
        Mail::Arrival(arrival) => match engine.receive(arrival) {
            Next::KeepAndTell => {
                kept::keep(engine);
                engine.tell_data();
            }
            Next::Tell => engine.tell_data(),
            Next::StandIn => loader.stand_in(),
            Next::Done => {}
        },
        Mail::Unreadable(fault) => engine.outbox.fault(None, fault),
    }
}
