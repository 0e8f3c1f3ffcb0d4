//! Headings: ours, other names, slips of the pen, and what must not be taken for another.

use santun::intake::fields::{Field, Table};
use santun::intake::heads::{map, normalise, recognise};

fn heads(text: &str) -> Vec<String> {
    text.split(',').map(str::to_owned).collect()
}

/// `field<column` pairs, guesses with `?`.
fn taken(table: Table, text: &str) -> String {
    let mapping = map(table, &heads(text));
    let shown = mapping
        .heads
        .iter()
        .map(|head| format!("{}{}", head.field.name(), if head.score.is_guess() { "?" } else { "" }));
    shown
        .chain(mapping.unknown.iter().map(|(_, heading)| format!("[{heading}]")))
        .collect::<Vec<_>>()
        .join(",")
}

#[test]
fn headings_of_one_table() {
    let table: &[(Table, &str, &str)] = &[
        (Table::Payments, "voucher,date,amount,reference,status", "voucher,date,amount,reference,status"),
        (
            Table::Payments,
            "Kode Voucher,Tgl Bayar,Jumlah (Rp),No. Referensi",
            "voucher,date,amount,reference",
        ),
        (Table::Payments, "Kode Voucer,Tanggal Bayar,Nominal", "voucher?,date,amount"),
        (
            Table::Vouchers,
            "No Voucher,Tgl. Voucher,Penerima,Bruto,PPh 21,Netto",
            "code,date,payee,gross,pph,net",
        ),
        (Table::Claims, "No Klaim,Program,Nama TK,Tgl Kejadian", "claim_no,programme,worker,event_date"),
        (Table::Claims, "tanggal lapor,tanggal lahir", "reported_date,birth_date"),
        (Table::Claims, "tanggal lapr,tanggal lhir", "reported_date?,birth_date?"),
        (Table::Vouchers, "tanggal batal,tanggal bayar", "void_date,date"),
        (Table::Claims, "status,status klaim", "status,[status klaim]"),
        (Table::Claims, "worker,worker", "worker,[worker]"),
        (Table::Claims, "ditutup,ditolak,warna", "[ditutup],[ditolak],[warna]"),
        (Table::Benefits, "diajukan,ditetapkan,Tgl Penetapan", "asked,determined,determined_date"),
    ];
    for (kind, text, expected) in table {
        assert_eq!(taken(*kind, text), *expected, "{text}");
    }
}

#[test]
fn tables_by_their_headings() {
    let table: &[(&str, Option<Table>)] = &[
        (
            "claim_no,programme,segment,case_kind,worker,id_kind,id_no,npp,company,event_date",
            Some(Table::Claims),
        ),
        (
            "claim_no,line,component,from,to,payee_kind,payee,bank,account,asked,determined,determined_date,voucher",
            Some(Table::Benefits),
        ),
        ("code,kind,date,payee,gross,pph,rounding,net,status,void_date,void_reason", Some(Table::Vouchers)),
        ("voucher,date,amount,reference,status", Some(Table::Payments)),
        ("npp,company,segment,risk_group,workers,from,to", Some(Table::Companies)),
        ("facility,kind,partner_from,partner_to,bank,account", Some(Table::Facilities)),
        ("Kode Voucher,Tanggal,Jumlah", Some(Table::Payments)),
        ("No,Nama,Jumlah", None),
        ("No,Kode Voucher,Nama,Perusahaan,Rekening,Jumlah (Rp),Tgl", None),
        ("", None),
    ];
    for (text, expected) in table {
        assert_eq!(recognise(&heads(text)).map(|mapping| mapping.table), *expected, "{text}");
    }
}

#[test]
fn every_heading_of_ours_means_its_own_field() {
    for table in Table::ALL {
        let names: Vec<String> = table.fields().map(|field| field.name().to_owned()).collect();
        let mapping = map(*table, &names);
        let found: Vec<Field> = mapping.heads.iter().map(|head| head.field).collect();
        assert_eq!(found, table.fields().collect::<Vec<_>>(), "{table:?}");
    }
}

#[test]
fn headings_without_their_clothes() {
    let table: &[(&str, &str)] = &[
        ("Jumlah (Rp)", "jumlah"),
        ("Tgl. Kejadian (dd/mm/yyyy)", "tanggal kejadian"),
        ("NO_KLAIM", "nomor klaim"),
        ("  Nama   RS ", "nama rumah sakit"),
    ];
    for (heading, expected) in table {
        assert_eq!(normalise(heading), *expected);
    }
}
