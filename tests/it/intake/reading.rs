//! Rows out of bytes: delimiters, encodings, quotes, limits.

use santun::intake::read::{FileKind, Limits, Sheet, from_bytes, kind_of};

/// Every cell, rows by `/`, cells by `|`; the headings first.
fn grid(sheet: &Sheet) -> String {
    let mut cells = sheet.cells();
    let mut lines = vec![sheet.headings.join("|")];
    for row in 0..sheet.rows.len() {
        cells.go(row);
        lines.push(cells.iter().collect::<Vec<_>>().join("|"));
    }
    lines.join(" / ")
}

fn read(bytes: &[u8]) -> Sheet {
    from_bytes("t.csv", bytes.to_vec(), &Limits::default()).unwrap_or_else(|problem| panic!("{problem:?}"))
}

#[test]
fn delimiters_and_quotes() {
    let table: &[(&str, &str)] = &[
        ("a,b\n1,2\n", "a|b / 1|2"),
        ("a;b\n1,5;2\n", "a|b / 1,5|2"),
        ("a\tb\r\n1\t2\r\n", "a|b / 1|2"),
        ("a|b\n1|2", "a|b / 1|2"),
        ("sep=;\na;b,c\n1;2,5\n", "a|b,c / 1|2,5"),
        ("a,b\r1,2\r", "a|b / 1|2"),
        ("a,b\n\"x, y\",2\n", "a|b / x, y|2"),
        ("a,b\n\"x \"\"y\"\"\",2\n", "a|b / x \"y\"|2"),
        ("a,b\n\"two\nlines\",2\n3,4\n", "a|b / two\nlines|2 / 3|4"),
        ("a,b\npipe 5\" wide,2\n3,4\n", "a|b / pipe 5\" wide|2 / 3|4"),
        ("a,b\n1,pipe 5\" wide", "a|b / 1|pipe 5\" wide"),
        ("a,b\n1,\"last\"", "a|b / 1|last"),
        ("a,b\n 1 , 2 \n", "a|b / 1|2"),
        ("a,b\n1\n2,3,4\n", "a|b / 1 / 2|3|4"),
        ("REKAP OKTOBER,,\n\nNo,Kode,Nama\n1,X1,Budi\n", "No|Kode|Nama / 1|X1|Budi"),
        ("kode\nX1\nX2\n", "kode / X1 / X2"),
    ];
    for (text, expected) in table {
        assert_eq!(grid(&read(text.as_bytes())), *expected, "{text:?}");
    }
}

#[test]
fn encodings() {
    let name = "Jos\u{e9}";
    let utf16 = |order: fn(u16) -> [u8; 2], mark: &[u8]| -> Vec<u8> {
        let text = format!("nama,kota\n{name},Bandung\nAni,Cimahi\n");
        mark.iter().copied().chain(text.encode_utf16().flat_map(order)).collect()
    };
    let table: &[(Vec<u8>, &str)] = &[
        ("nama,kota\nJosé,Bandung\nAni,Cimahi\n".into(), "UTF-8"),
        ("\u{feff}nama,kota\nJosé,Bandung\nAni,Cimahi\n".into(), "UTF-8"),
        (b"nama,kota\nJos\xe9,Bandung\nAni,Cimahi\n".to_vec(), "windows-1252"),
        (utf16(u16::to_le_bytes, b"\xff\xfe"), "UTF-16LE"),
        (utf16(u16::to_be_bytes, b"\xfe\xff"), "UTF-16BE"),
        (utf16(u16::to_le_bytes, b""), "UTF-16LE"),
    ];
    for (bytes, encoding) in table {
        let sheet = read(bytes);
        assert_eq!(sheet.encoding, *encoding);
        assert_eq!(grid(&sheet), format!("nama|kota / {name}|Bandung / Ani|Cimahi"), "{encoding}");
    }
}

#[test]
fn rows_are_numbered_as_a_spreadsheet_does() {
    let sheet = read(b"judul,,\n\na,b,c\n1,2,3\n\n\"x\ny\",2,3\n4,5,6\n");
    assert_eq!(sheet.heading_row, 3);
    let numbers: Vec<u32> = sheet.rows.iter().map(|row| row.number).collect();
    assert_eq!(numbers, [4, 6, 7]);
}

#[test]
fn an_open_quote_costs_its_own_line() {
    let sheet = read(b"a,b\n1,\"x\n2,y\n3,z\n");
    assert_eq!(grid(&sheet), "a|b / 2|y / 3|z");
    assert_eq!(sheet.broken.iter().map(|row| row.number).collect::<Vec<_>>(), [2]);
    assert_eq!(*sheet.raw(sheet.broken[0]), *b"1,\"x");
}

#[test]
fn a_cell_of_ten_megabytes_costs_its_own_row() {
    let mut bytes = b"a,b\n1,".to_vec();
    bytes.extend(std::iter::repeat_n(b'x', 10_000_000));
    bytes.extend(b"\n2,y\n");
    let mut quoted = b"a,b\n1,\"".to_vec();
    quoted.extend(std::iter::repeat_n(b'x', 10_000_000));
    quoted.extend(b"\"\n2,y\n");
    for bytes in [bytes, quoted] {
        let sheet = read(&bytes);
        assert_eq!(grid(&sheet), "a|b / 2|y");
        assert_eq!(sheet.problems.iter().map(|problem| problem.code).collect::<Vec<_>>(), ["row-long"]);
    }
}

#[test]
fn kinds_by_content() {
    let table: &[(&[u8], FileKind)] = &[
        (b"a,b\n", FileKind::Text),
        (b"PK\x03\x04rest", FileKind::Workbook),
        (b"<TABLE border=1>", FileKind::WebPage),
        (b"\xef\xbb\xbf <!DOCTYPE html>", FileKind::WebPage),
        (b"<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?>", FileKind::WebPage),
        (b"a < b,c > d\n1,2\n", FileKind::Text),
        (b"   \n", FileKind::Empty),
    ];
    for (bytes, kind) in table {
        assert_eq!(kind_of(bytes), *kind, "{}", String::from_utf8_lossy(bytes));
    }
}
