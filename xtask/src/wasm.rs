//! Strips custom sections (names, producers, debug information) from finished wasm files.
//!
//! `strip = true` in Cargo's profile would also remove the target-features section, which
//! wasm-bindgen reads; so the stripping comes after it.

use anyhow::{Context, Result, bail};

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

    #[test]
    fn broken_modules_are_refused() {
        assert!(strip(b"\0asm").is_err());
        assert!(strip(&[&HEADER[..], &[1, 200]].concat()).is_err());
        assert!(strip(&[&HEADER[..], &[1, 5, 0]].concat()).is_err());
    }
}
