//! Bytes of any encoding become UTF-8.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// A text in UTF-8 and where it came from.
pub(super) struct Decoded {
    /// The text; valid UTF-8 without a byte order mark, lines ended by `\n` or `\r\n`.
    pub bytes: Vec<u8>,
    /// What it was.
    pub encoding: &'static str,
    /// Lines that were in another encoding than the rest.
    pub n_mixed_lines: usize,
}

/// Bytes the detector looks at; desks write one alphabet, more tells it nothing new.
const N_BYTES_SNIFFED: usize = 1 << 20;

/// The bytes as UTF-8: by byte order mark, by being UTF-8 already, by a look at the zero bytes of UTF-16, by guess.
pub(super) fn decode(bytes: Vec<u8>) -> Decoded {
    let mut decoded = by_kind(bytes);
    // Files of old desks end their lines with a lone carriage return.
    if memchr::memchr(b'\n', &decoded.bytes).is_none() {
        for byte in decoded.bytes.iter_mut().filter(|byte| **byte == b'\r') {
            *byte = b'\n';
        }
    }
    decoded
}

fn by_kind(bytes: Vec<u8>) -> Decoded {
    if let Some((encoding, mark)) = Encoding::for_bom(&bytes) {
        if encoding == UTF_8 && std::str::from_utf8(&bytes[mark..]).is_ok() {
            return Decoded { bytes: bytes[mark..].to_vec(), encoding: "UTF-8", n_mixed_lines: 0 };
        }
        if encoding != UTF_8 {
            return whole(encoding, &bytes[mark..]);
        }
    }
    if let Some(encoding) = looks_like_utf16(&bytes) {
        return whole(encoding, &bytes);
    }
    if std::str::from_utf8(&bytes).is_ok() {
        return Decoded { bytes, encoding: "UTF-8", n_mixed_lines: 0 };
    }
    let n_foreign =
        bytes.split(|byte| *byte == b'\n').filter(|line| std::str::from_utf8(line).is_err()).count();
    let has_utf8 =
        bytes.split(|byte| *byte == b'\n').any(|line| !line.is_ascii() && std::str::from_utf8(line).is_ok());
    if has_utf8 { mixed(&bytes, n_foreign) } else { whole(guess(&bytes), &bytes) }
}

fn whole(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    Decoded { bytes: text.into_owned().into_bytes(), encoding: encoding.name(), n_mixed_lines: 0 }
}

/// Sheets pasted together from two programs: each line that is not UTF-8 is read as the old Western encoding.
fn mixed(bytes: &[u8], n_mixed_lines: usize) -> Decoded {
    let mut out = Vec::with_capacity(bytes.len() + bytes.len() / 50);
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        match std::str::from_utf8(line) {
            Ok(_) => out.extend_from_slice(line),
            Err(_) => {
                let (text, _) = WINDOWS_1252.decode_without_bom_handling(line);
                out.extend_from_slice(text.as_bytes());
            }
        }
    }
    let out = match out.strip_prefix(b"\xEF\xBB\xBF") {
        Some(rest) => rest.to_vec(),
        None => out,
    };
    Decoded { bytes: out, encoding: "UTF-8", n_mixed_lines }
}

/// UTF-16 without a mark: in Western text every second byte is zero.
fn looks_like_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(2000) / 2 * 2];
    let n_zero = |offset: usize| head.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd, half) = (n_zero(0), n_zero(1), head.len() / 2);
    if half < 4 {
        None
    } else if odd * 10 > half * 7 && even * 10 < half {
        Some(UTF_16LE)
    } else if even * 10 > half * 7 && odd * 10 < half {
        Some(UTF_16BE)
    } else {
        None
    }
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    let head = &bytes[..bytes.len().min(N_BYTES_SNIFFED)];
    detector.feed(head, head.len() == bytes.len());
    detector.guess(Some(b"id"), Utf8Detection::Deny)
}
