//! Short lists of the trade: published case counts, industries, banks, places of accidents, diagnoses by body part.

use crate::domain::{BodyPart, Programme, RiskGroup};

/// Cases of two branches that published all five programmes, added (docs/sample.md names them): the proportions of a
/// branch, with old age savings on top.
pub const PROGRAMMES: &[(Programme, u64)] = &[
    (Programme::Jkk, 12_546),
    (Programme::Jht, 41_669),
    (Programme::Jp, 21_849),
    (Programme::Jkp, 7_433),
    (Programme::Jkm, 1_928),
];

/// Banks with the length of their account numbers.
pub const BANKS: &[(&str, usize)] =
    &[("BRI", 15), ("MANDIRI", 13), ("BNI", 10), ("BTN", 16), ("BSI", 10), ("BJB", 13), ("BCA", 10)];

/// A branch of trade.
pub struct Industry {
    /// The word in a company's name.
    pub word: &'static str,
    /// The regulator's business group, 1–9.
    pub business_group: u8,
    /// KBLI with its version.
    pub kbli: &'static str,
    /// Its usual risk group.
    pub risk: RiskGroup,
    /// Companies of it among a thousand.
    pub weight: u32,
}

const fn industry(
    word: &'static str,
    business_group: u8,
    kbli: &'static str,
    risk: RiskGroup,
    weight: u32,
) -> Industry {
    Industry { word, business_group, kbli, risk, weight }
}

/// Industries of a branch in a manufacturing district.
pub const INDUSTRIES: &[Industry] = &[
    industry("Perkebunan", 1, "2020:01262", RiskGroup::Medium, 20),
    industry("Tambang Batu", 2, "2020:08103", RiskGroup::VeryHigh, 12),
    industry("Pangan", 3, "2020:10710", RiskGroup::Low, 60),
    industry("Tekstil", 3, "2020:13121", RiskGroup::Medium, 70),
    industry("Garmen", 3, "2020:14111", RiskGroup::Low, 75),
    industry("Alas Kaki", 3, "2020:15201", RiskGroup::Low, 40),
    industry("Kayu Olahan", 3, "2020:16101", RiskGroup::High, 35),
    industry("Kertas", 3, "2020:17011", RiskGroup::Medium, 25),
    industry("Kimia", 3, "2020:20115", RiskGroup::High, 30),
    industry("Plastik", 3, "2020:22220", RiskGroup::Medium, 40),
    industry("Semen", 3, "2020:23941", RiskGroup::High, 10),
    industry("Baja", 3, "2020:24102", RiskGroup::High, 25),
    industry("Logam Presisi", 3, "2020:25920", RiskGroup::High, 45),
    industry("Komponen Otomotif", 3, "2020:29300", RiskGroup::Medium, 45),
    industry("Mebel", 3, "2020:31001", RiskGroup::Medium, 35),
    industry("Energi", 4, "2020:35111", RiskGroup::High, 10),
    industry("Konstruksi", 5, "2020:41011", RiskGroup::VeryHigh, 60),
    industry("Niaga", 6, "2020:46900", RiskGroup::VeryLow, 110),
    industry("Swalayan", 6, "2020:47111", RiskGroup::VeryLow, 60),
    industry("Boga", 6, "2020:56101", RiskGroup::Low, 45),
    industry("Logistik", 7, "2020:49431", RiskGroup::High, 60),
    industry("Pergudangan", 7, "2020:52101", RiskGroup::Medium, 30),
    industry("Artha", 8, "2020:64190", RiskGroup::VeryLow, 35),
    industry("Hotel", 9, "2020:55110", RiskGroup::Low, 30),
    industry("Jasa Kebersihan", 9, "2020:81210", RiskGroup::Medium, 40),
    industry("Pendidikan", 9, "2020:85300", RiskGroup::VeryLow, 33),
];

/// Claims for one year of a worker, relative, by risk group.
pub fn relative_rate(risk: RiskGroup) -> f64 {
    match risk {
        RiskGroup::VeryLow => 0.35,
        RiskGroup::Low => 0.7,
        RiskGroup::Medium => 1.1,
        RiskGroup::High => 1.7,
        RiskGroup::VeryHigh => 2.2,
    }
}

/// First six digits of identity numbers: districts and the kecamatan counted on.
pub const AREAS: &[u32] =
    &[327300, 320400, 321700, 327700, 321200, 320300, 321400, 321500, 327500, 321600, 327100, 320500];

/// Body part, how often, and the injuries (ICD-10) it is diagnosed with.
pub const INJURIES: &[(BodyPart, u32, &[&str])] = &[
    (BodyPart::Head, 13, &["S00.0", "S01.0", "S02.0", "S06.0"]),
    (BodyPart::Eye, 6, &["S05.0", "T15.0", "S05.1"]),
    (BodyPart::Ear, 1, &["S08.1", "T16", "S09.2"]),
    (BodyPart::Trunk, 9, &["S20.2", "S22.3", "S30.0", "S32.0"]),
    (BodyPart::Arm, 12, &["S42.3", "S52.5", "S51.8", "S40.0"]),
    (BodyPart::Hand, 12, &["S60.2", "S61.7", "S62.3", "S67.8"]),
    (BodyPart::Finger, 21, &["S61.0", "S62.6", "S67.0", "S68.1"]),
    (BodyPart::Thigh, 4, &["S70.1", "S71.1", "S72.3"]),
    (BodyPart::Leg, 15, &["S80.1", "S81.8", "S82.2", "S93.4"]),
    (BodyPart::Toe, 6, &["S90.1", "S91.1", "S92.5", "S98.1"]),
    (BodyPart::Organ, 1, &["S27.0", "S36.0", "S37.0"]),
];

/// Occupational diseases: body part and diagnosis.
pub const DISEASES: &[(BodyPart, &str)] = &[
    (BodyPart::Ear, "H83.3"),
    (BodyPart::Hand, "L23.5"),
    (BodyPart::Trunk, "M54.5"),
    (BodyPart::Organ, "J45.0"),
    (BodyPart::Organ, "J68.0"),
];

/// What a clerk notes on some cases.
pub const NOTES: &[&str] = &[
    "Menunggu surat dokter tahap II",
    "Absensi sudah dilegalisir perusahaan",
    "Kontrol ulang poli bedah",
    "Fotokopi KTP kurang jelas",
    "Dihubungi lewat telepon, berkas menyusul",
    "Rujukan dari klinik perusahaan",
];
