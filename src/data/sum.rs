//! SHA-256 of files, computed while they arrive.

use sha2::{Digest, Sha256};

use super::DataError;

/// A sum in the making.
#[derive(Clone, Default)]
pub struct Sum(Sha256);

impl Sum {
    /// Takes the next bytes in.
    pub fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The sum in hexadecimal.
    pub fn hex(self) -> String {
        self.0.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Compares with `expected`, in hexadecimal.
    ///
    /// # Errors
    /// [`DataError::Sum`] where they differ.
    pub fn check(self, expected: &str) -> Result<(), DataError> {
        let found = self.hex();
        match found == expected {
            true => Ok(()),
            false => Err(DataError::Sum { expected: expected.to_owned(), found }),
        }
    }
}

/// The sum of `bytes`, in hexadecimal.
pub fn sum(bytes: &[u8]) -> String {
    let mut sum = Sum::default();
    sum.update(bytes);
    sum.hex()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of FIPS 180-2, appendix B.1.
    #[test]
    fn agrees_with_the_standard() {
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        let mut parts = Sum::default();
        parts.update(b"a");
        parts.update(b"bc");
        assert_eq!(parts.check(expected), Ok(()));
        assert!(matches!(Sum::default().check(expected), Err(DataError::Sum { .. })));
    }
}
