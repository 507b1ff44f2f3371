//! Finished wasm files: strips custom sections (names, producers, debug information), and holds the
//! files to instructions that every browser of today knows.
//!
//! `strip = true` in Cargo's profile would also remove the target-features section, which
//! wasm-bindgen reads; so the stripping comes after it.

use anyhow::{Context, Result, bail};
use wasmparser::{Validator, WasmFeatures};

/// Magic number and version 1 (WebAssembly core specification, 5.5.16).
const HEADER: &[u8; 8] = b"\0asm\x01\0\0\0";
/// Identifier of custom sections (5.5.2).
const CUSTOM: u8 = 0;

/// The module without its custom sections.
///
/// # Errors
/// Where the bytes are no WebAssembly module.
pub fn strip(module: &[u8]) -> Result<Vec<u8>> {
    let mut rest = module.strip_prefix(HEADER).context("not a WebAssembly module")?;
    let mut stripped = HEADER.to_vec();
    while let Some((&id, after)) = rest.split_first() {
        let (size, body) = unsigned_leb128(after)?;
        let Some(end) = body.get(size..) else { bail!("a section ends beyond the module's end") };
        if id != CUSTOM {
            stripped.extend_from_slice(&rest[..rest.len() - end.len()]);
        }
        rest = end;
    }
    Ok(stripped)
}

/// Whether a browser without relaxed SIMD would take the module; one such instruction makes it refuse the
/// whole file, and released versions of Safari do.
///
/// # Errors
/// Where the module has such an instruction, or is none.
pub fn check_instructions(module: &[u8]) -> Result<()> {
    let features = WasmFeatures::default().difference(WasmFeatures::RELAXED_SIMD);
    Validator::new_with_features(features).validate_all(module).context("not every browser can load it")?;
    Ok(())
}

/// An unsigned LEB128 number of at most 32 bits (5.2.2) and what follows it.
fn unsigned_leb128(bytes: &[u8]) -> Result<(usize, &[u8])> {
    let mut value = 0usize;
    for (index, byte) in bytes.iter().take(5).enumerate() {
        value |= usize::from(byte & 0x7f) << (7 * index);
        if byte & 0x80 == 0 {
            return Ok((value, &bytes[index + 1..]));
        }
    }
    bail!("a section's size is no 32-bit number")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_custom_sections_go() {
        let custom = [0, 5, 4, b'n', b'a', b'm', b'e'];
        let types = [1, 0x83, 0x00, 9, 9, 9];
        let module = [&HEADER[..], &custom, &types, &custom].concat();
        assert_eq!(strip(&module).unwrap(), [&HEADER[..], &types].concat());
    }

    /// A module of one function of vectors.
    fn function(parameters: u8, body: &[u8]) -> Vec<u8> {
        let vectors = vec![0x7b; usize::from(parameters)];
        let signature = [&[0x01, parameters + 5, 1, 0x60, parameters], &vectors[..], &[1, 0x7b]].concat();
        let length = body.len() as u8;
        let code = [&[0x0a, length + 4, 1, length + 2, 0], body, &[0x0b]].concat();
        [&HEADER[..], &signature, &[0x03, 2, 1, 0], &code].concat()
    }

    #[test]
    fn relaxed_instructions_are_found() {
        let add = function(2, &[0x20, 0, 0x20, 1, 0xfd, 0xe4, 0x01]);
        assert!(check_instructions(&add).is_ok());
        let relaxed_madd = function(3, &[0x20, 0, 0x20, 1, 0x20, 2, 0xfd, 0x85, 0x02]);
        let error = format!("{:#}", check_instructions(&relaxed_madd).unwrap_err());
        assert!(error.contains("relaxed"), "{error}");
    }

    #[test]
    fn broken_modules_are_refused() {
        assert!(strip(b"\0asm").is_err());
        assert!(strip(&[&HEADER[..], &[1, 200]].concat()).is_err());
        assert!(strip(&[&HEADER[..], &[1, 5, 0]].concat()).is_err());
    }
}
