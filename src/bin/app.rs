//! The page: everything is in [`telar::ui`].

fn main() {
    #[cfg(target_arch = "wasm32")]
    telar::ui::start();
}
