//! Parts that several steps share: sheets of 28×28 pictures, charts, fields of forms.

mod chart;
mod field;
pub mod layers;
mod save;
mod sheet;
mod size;
mod start;
mod weights;

pub use chart::{Chart, colour};
pub use field::NumberField;
pub use save::{SavePicture, save_file};
pub use sheet::{Sheet, paint};
pub use size::width_of;
pub use start::StartRow;
pub use weights::{ModelFiles, OpenedLine, speak_of_files};
