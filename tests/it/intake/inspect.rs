//! A look at the sheets that desks have today.

use jiff::civil::date;
use santun::domain::amount::NumberDialect;
use santun::intake::dialect::Said;
use santun::intake::inspect::{Inspection, Who, inspect, render};
use santun::intake::read::{Limits, from_bytes};
use santun::words::{Lang, Words};

const RECAP: &str = "\
REKAP VOUCHER OKTOBER 2026;;;;;;\r\n\
;;;;;;\r\n\
No;Kode Voucher;Nama;Perusahaan;Rekening;Jumlah (Rp);Tgl\r\n\
1;RB10030001;Siti Aminah;PT Semen;1234567890;1.250.000;05/10/2026\r\n\
2;RB10030002;Budi;PT Semen;2234567890;333.333;06/10/2026\r\n\
3;RB10030002;Cici;CV Maju;3234567890;500.000;06/10/2026\r\n\
4;RB10030005;Siti Aminah;PT Semen;1234567890;1.250.000;19/10/2026\r\n\
5;;Dedi;CV Maju;4234567890;dua juta;31/09/2026\r\n\
6;RB10030006;Eka;PT Semen;5234567890;2.000.000;15/11/2026\r\n\
7;rb 1003 0007;Fani;UD Baru;;75.000;20/09/2026\r\n\
;;TOTAL;;;5.408.333;\r\n";

fn look(text: &str) -> Inspection {
    let sheet = from_bytes("rekap.csv", text.as_bytes().to_vec(), &Limits::default());
    inspect(&sheet.expect("a sheet"), Said::default(), date(2026, 10, 30))
}

#[test]
fn a_voucher_recap() {
    let found = look(RECAP);
    assert_eq!((found.heading_row, found.n_rows, found.total_rows.as_slice()), (3, 7, &[11][..]));
    assert_eq!(found.roles.code.as_deref(), Some("Kode Voucher"));
    assert_eq!(found.roles.person.as_deref(), Some("Nama"));
    assert_eq!(found.roles.amount.as_deref(), Some("Jumlah (Rp)"));
    assert_eq!(found.unknown, ["No"]);
    assert_eq!(
        found.twins.iter().map(|twin| (twin.code.as_str(), twin.rows.clone())).collect::<Vec<_>>(),
        [("RB10030002", vec![5, 6])]
    );
    assert_eq!(found.without_code, [8]);
    let gap = &found.gaps[0];
    assert_eq!((gap.prefix.as_str(), gap.missing.as_slice(), gap.n_missing), ("RB1003", &[(3, 4)][..], 2));
    let same = &found.same_amounts;
    assert_eq!(
        (same.len(), &same[0].who, &same[0].rows),
        (1, &Who::Account("1234567890".into()), &vec![4, 7])
    );
    let bad: Vec<(u32, &str)> =
        found.unreadable_amounts.iter().map(|cell| (cell.row, cell.text.as_str())).collect();
    assert_eq!(bad, [(8, "dua juta")]);
    assert_eq!(found.unreadable_dates.iter().map(|cell| cell.row).collect::<Vec<_>>(), [8]);
    assert_eq!(found.future, [9]);
    let months: Vec<(u32, usize, i64)> = found
        .months
        .iter()
        .map(|month| (month.month.number(), month.sum.n_rows, month.sum.amount.get()))
        .collect();
    assert_eq!(months, [(202_609, 1, 75_000), (202_610, 4, 3_333_333), (202_611, 1, 2_000_000)]);
    assert_eq!((found.total.n_rows, found.total.amount.get(), found.undated.n_rows), (7, 5_408_333, 1));
    let companies: Vec<(&str, usize)> =
        found.companies.iter().map(|company| (company.name.as_str(), company.sum.n_rows)).collect();
    assert_eq!(companies, [("PT Semen", 4), ("CV Maju", 2), ("UD Baru", 1)]);
    assert!(!found.is_clean());
}

#[test]
fn our_own_codes_with_check_characters() {
    use santun::domain::voucher::check_characters;
    let codes = [41, 42, 44].map(|number| {
        let body = format!("JKK-J03-2610-{number:05}-");
        format!("{body}{}", check_characters(&body))
    });
    let rows: Vec<String> = codes.iter().map(|code| format!("{code},2026-10-05,1000,Budi{code}")).collect();
    let found = look(&format!("kode voucher,tanggal,jumlah,nama\n{}\n", rows.join("\n")));
    assert_eq!(found.gaps.len(), 1);
    assert_eq!(
        (found.gaps[0].prefix.as_str(), found.gaps[0].missing.as_slice()),
        ("JKK-J03-2610-", &[(43, 43)][..])
    );
}

#[test]
fn a_clean_sheet_is_called_clean() {
    let found = look("kode voucher,tanggal,jumlah,nama\nA-1,2026-10-05,1000,Budi\nA-2,2026-10-06,2000,Ani\n");
    assert!(found.is_clean(), "{found:?}");
    assert!(render(&found, &Words::new(Lang::Id), 80).contains("Tidak ada yang perlu dilihat."));
}

#[test]
fn sheets_with_little_in_them() {
    for text in
        ["nama,kota\nBudi,Bandung\n", "kode\nA1\n", "tanggal,jumlah\n,\n-,-\n", "jumlah,jumlah\n1,2\n"]
    {
        let found = look(text);
        for lang in Lang::ALL {
            assert!(!render(&found, &Words::new(lang), 40).is_empty());
        }
    }
}

#[test]
fn a_dialect_that_was_said_counts() {
    let sheet =
        from_bytes("t.csv", b"kode,jumlah\nA1,1.000\n".to_vec(), &Limits::default()).expect("a sheet");
    let today = date(2026, 10, 30);
    assert_eq!(inspect(&sheet, Said::default(), today).unreadable_amounts.len(), 1);
    let said = Said { numbers: Some(NumberDialect::IndonesianDots), dates: None };
    let found = inspect(&sheet, said, today);
    assert_eq!((found.unreadable_amounts.len(), found.total.amount.get()), (0, 1_000));
}

#[test]
fn the_page_fits_and_is_safe() {
    let hostile =
        RECAP.replace("Siti Aminah", "Si\u{1b}[31mti \u{202e}Aminah").replace("PT Semen", "PT \u{7}Semen");
    for width in [40, 80, 120] {
        for lang in Lang::ALL {
            let page = render(&look(&hostile), &Words::new(lang), width);
            for line in page.lines() {
                assert!(santun::base::safe::width(line) <= width, "{width}: {line}");
                assert_eq!(santun::base::safe::terminal(line), line);
            }
            assert!(page.contains("RB10030002") && page.contains("••••7890"), "{page}");
            assert!(!page.contains("1234567890") && !page.contains('$'), "{page}");
        }
    }
}

#[test]
fn the_page_of_the_recap() {
    insta::assert_snapshot!(render(&look(RECAP), &Words::new(Lang::Id), 80));
}

#[test]
fn a_number_far_off_hides_no_gap() {
    let numbers = (0..30).filter(|number| *number != 7).chain([99]);
    let rows: String = numbers.map(|number| format!("V-{number:04},1000\n")).collect();
    let sheet = from_bytes("a.csv", format!("kode voucher,jumlah\n{rows}").into_bytes(), &Limits::default());
    let found = inspect(&sheet.expect("a sheet"), Said::default(), date(2026, 10, 30));
    let gaps: Vec<&[(u64, u64)]> = found.gaps.iter().map(|gap| gap.missing.as_slice()).collect();
    assert_eq!(gaps, [&[(7, 7)][..]]);
}
