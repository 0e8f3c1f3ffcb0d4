//! Bytes of a terminal become keys, however they are torn.

use std::time::Duration;

use santun::tui::decode::{Decoder, Heard};
use santun::tui::key::{Input, Mouse, MouseAct};

const WAIT: Duration = Duration::from_millis(25);

fn name(heard: &Heard) -> String {
    match heard {
        Heard::Input(Input::Key(key)) => key.to_string(),
        Heard::Input(Input::Paste(text)) => format!("paste{text:?}"),
        Heard::Mouse(Mouse { what, column, row }) => {
            let what = match what {
                MouseAct::Click => "click",
                MouseAct::WheelUp => "wheel-up",
                MouseAct::WheelDown => "wheel-down",
            };
            format!("{what}@{column},{row}")
        }
    }
}

/// What these reads give, with the wait over after the last one.
fn decode(reads: &[&[u8]]) -> String {
    let mut decoder = Decoder::new(WAIT);
    let mut inputs: Vec<Heard> = reads.iter().flat_map(|bytes| decoder.feed(bytes)).collect();
    inputs.extend(decoder.expire());
    inputs.iter().map(name).collect::<Vec<_>>().join(" ")
}

#[test]
fn sequences() {
    let table: &[(&[u8], &str)] = &[
        (b"j", "j"),
        (b"jk", "j k"),
        (b"\x1b", "esc"),
        (b"\x1b\x1b", "esc esc"),
        (b"\x1b[A", "up"),
        (b"\x1bOA", "up"),
        (b"\x1b[1;5C", "ctrl-right"),
        (b"\x1b[1;2D", "shift-left"),
        (b"\x1b[1;3B", "down"),
        (b"\x1b[Z", "shift-tab"),
        (b"\x1b[5~\x1b[6~", "pgup pgdn"),
        (b"\x1b[1~\x1b[4~\x1b[7~\x1b[8~", "home end home end"),
        (b"\x1bOP", "f1"),
        (b"\x1b[[A", "f1"),
        (b"\x1b[11~\x1b[15~\x1b[24~", "f1 f5 f12"),
        (b"\x1b[3~", "del"),
        (b"\r\t\x7f\x08", "enter tab backspace backspace"),
        (b"\x13\x1a\x00", "ctrl-s ctrl-z ctrl-space"),
        ("é漢".as_bytes(), "é 漢"),
        (b"\x1bj", "esc j"),
        (b"\xff\xfea", "a"),
        (b"\xc3(", "("),
        (b"\x1b[?1;2c", ""),
        (b"\x1b[I\x1b[O", ""),
        (b"\x1b[999~j", "j"),
        (b"\x1b[1;5\x1b[A", "up"),
        (b"\x1b[12", ""),
        (b"\x1b[<0;12;5M\x1b[<0;12;5m", "click@11,4"),
        (b"\x1b[<64;1;1Mj\x1b[<69;200;50M", "wheel-up@0,0 j wheel-down@199,49"),
        (b"\x1b[<2;3;4M\x1b[<0;0;0M\x1b[<;;M\x1b[<M\x1b[<0;99999;1M", ""),
    ];
    for (bytes, expected) in table {
        assert_eq!(decode(&[bytes]), *expected, "{bytes:?} in one read");
        let torn: Vec<&[u8]> = bytes.chunks(1).collect();
        assert_eq!(decode(&torn), *expected, "{bytes:?} byte by byte");
    }
}

#[test]
fn a_paste_is_text_however_it_is_torn() {
    let bytes = b"\x1b[200~q\x1b[A ctrl\rx\ty\x07\x1b[201~j";
    let expected = "paste\"q[A ctrl\\nx y\" j";
    for size in 1..bytes.len() {
        let reads: Vec<&[u8]> = bytes.chunks(size).collect();
        assert_eq!(decode(&reads), expected, "in reads of {size}");
    }
}

#[test]
fn a_paste_whose_end_is_lost_comes_after_a_long_silence() {
    let mut decoder = Decoder::new(WAIT);
    assert!(decoder.feed(b"\x1b[200~abc").is_empty());
    assert!(decoder.patience().expect("a paste is open") > WAIT);
    assert_eq!(decoder.expire(), [Heard::Input(Input::Paste("abc".into()))]);
    assert_eq!(decoder.feed(b"j").len(), 1, "the keyboard works again");
}

#[test]
fn only_what_is_half_read_is_waited_for() {
    let mut decoder = Decoder::new(WAIT);
    assert_eq!(decoder.patience(), None);
    decoder.feed(b"\x1b");
    assert_eq!(decoder.patience(), Some(WAIT));
    decoder.feed(b"[A");
    assert_eq!(decoder.patience(), None);
}

proptest::proptest! {
    #[test]
    fn no_bytes_hang_or_break_it(bytes in proptest::collection::vec(0_u8.., 0..200), cut in 1_usize..9) {
        let mut decoder = Decoder::new(WAIT);
        let mut torn: Vec<Heard> = bytes.chunks(cut).flat_map(|read| decoder.feed(read)).collect();
        torn.extend(decoder.expire());
        proptest::prop_assert_eq!(decoder.patience(), None);
        let mut decoder = Decoder::new(WAIT);
        let mut whole = decoder.feed(&bytes);
        whole.extend(decoder.expire());
        proptest::prop_assert_eq!(torn, whole);
    }
}
