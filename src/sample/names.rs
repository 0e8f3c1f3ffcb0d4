//! Invented names. Persons are composed of common first and last parts; companies and facilities of coined stems.

use crate::domain::Sex;
use crate::sample::dice::mix;

const MALE: &[&str] = &[
    "Adi", "Agung", "Agus", "Ahmad", "Andi", "Anton", "Arif", "Asep", "Bambang", "Bayu", "Budi", "Cecep",
    "Dadang", "Danu", "Dede", "Dedi", "Deni", "Dimas", "Dodi", "Eko", "Endang", "Fajar", "Ferry", "Galih",
    "Gunawan", "Hadi", "Hendra", "Heri", "Imam", "Indra", "Irfan", "Iwan", "Jajang", "Joko", "Koko",
    "Lukman", "Maman", "Muhamad", "Nana", "Nur", "Oki", "Pandu", "Rahmat", "Rian", "Rizki", "Rudi", "Sandi",
    "Slamet", "Sugeng", "Supri", "Tatang", "Tono", "Ujang", "Wahyu", "Wawan", "Yadi", "Yanto", "Yusuf",
    "Zaenal", "Zulfi",
];
const FEMALE: &[&str] = &[
    "Ai", "Ani", "Anisa", "Ayu", "Citra", "Dewi", "Dian", "Dina", "Elis", "Endah", "Eni", "Erna", "Euis",
    "Fitri", "Hana", "Ika", "Ike", "Imas", "Indah", "Ira", "Iis", "Kartika", "Lia", "Lilis", "Lina", "Maya",
    "Mega", "Mira", "Neneng", "Nia", "Nina", "Nurul", "Putri", "Rani", "Ratna", "Reni", "Rina", "Rini",
    "Rosi", "Sari", "Siti", "Sri", "Tati", "Tika", "Tini", "Titin", "Tuti", "Wati", "Wulan", "Yani", "Yanti",
    "Yuli", "Yuni", "Zahra",
];
const LAST: &[&str] = &[
    "Abdurahman",
    "Adiputra",
    "Anggara",
    "Ardiansyah",
    "Aryanto",
    "Budiman",
    "Darmawan",
    "Efendi",
    "Fauzi",
    "Firmansyah",
    "Gumilar",
    "Gunadi",
    "Hakim",
    "Handoko",
    "Hardiman",
    "Hermawan",
    "Hidayat",
    "Irawan",
    "Iskandar",
    "Juhana",
    "Kosasih",
    "Kurnia",
    "Kusnadi",
    "Kusuma",
    "Lesmana",
    "Mahendra",
    "Maulana",
    "Mulyadi",
    "Mulyana",
    "Nugraha",
    "Nugroho",
    "Nurdin",
    "Pamungkas",
    "Permana",
    "Prasetyo",
    "Pratama",
    "Purnama",
    "Rahardja",
    "Ramdani",
    "Rosadi",
    "Rukmana",
    "Saefudin",
    "Saputra",
    "Setiawan",
    "Sobari",
    "Sopandi",
    "Suganda",
    "Suhendar",
    "Sukmana",
    "Supriatna",
    "Suryana",
    "Sutisna",
    "Syahputra",
    "Taryana",
    "Wardana",
    "Wibowo",
    "Wicaksono",
    "Widodo",
    "Wijaya",
    "Yulianto",
    "Yusup",
    "Zakaria",
];

const STEM_HEAD: &[&str] = &[
    "Arka", "Banyu", "Cakra", "Darpa", "Ekara", "Gantha", "Giri", "Harsa", "Indra", "Jala", "Kala", "Kresna",
    "Laksa", "Lintang", "Mandra", "Naga", "Nawa", "Panca", "Pradha", "Raksa", "Rimba", "Sagara", "Sanga",
    "Swara", "Tantra", "Telaga", "Tirta", "Udaya", "Wira", "Yudha",
];
const STEM_TAIL: &[&str] = &[
    "badra", "dipa", "drana", "garin", "gusti", "jati", "karsa", "kencana", "lingga", "loka", "luhung",
    "madya", "mukti", "nirmala", "pangestu", "pati", "praja", "rajasa", "rasmi", "sembada", "sentana",
    "taruna", "upaya", "wana", "wasesa", "winata", "yasa",
];
const FORMS: &[&str] = &["PT", "PT", "PT", "CV"];

/// A person's full name from a number; the same number gives the same name.
pub fn person(number: u64, sex: Sex) -> String {
    let first = match sex {
        Sex::Male => MALE,
        Sex::Female => FEMALE,
    };
    let chance = mix(number ^ 0x006e_616d_6500);
    let mut parts = vec![nth(first, chance)];
    if (chance >> 16) % 10 < 3 {
        let middle = nth(first, chance >> 20);
        if middle != parts[0] {
            parts.push(middle);
        }
    }
    parts.push(nth(LAST, chance >> 40));
    parts.join(" ")
}

/// A coined company name, different for every number: after the last stem a letter is added.
pub fn company(number: u64, industry_word: &str) -> String {
    let number_of_stems = len(STEM_HEAD) * len(STEM_TAIL);
    // A step without a common divisor visits every stem once before it repeats.
    let place = number * 367 % number_of_stems;
    let round = number / number_of_stems;
    let form = nth(FORMS, mix(number) >> 8);
    let stem = format!("{}{}", nth(STEM_HEAD, place), nth(STEM_TAIL, place / len(STEM_HEAD)));
    match round {
        0 => format!("{form} {stem} {industry_word}"),
        _ => format!("{form} {stem} {industry_word} {}", letters(round)),
    }
}

/// A coined facility name, different for every number below the number of stems.
pub fn facility(number: u64, kind: &str) -> String {
    let place = (number + 1) * 211 % (len(STEM_HEAD) * len(STEM_TAIL));
    let stem = format!("{}{}", nth(STEM_HEAD, place), nth(STEM_TAIL, place / len(STEM_HEAD)));
    match kind {
        "RS" => format!("RS {stem} Medika"),
        "KLINIK" => format!("Klinik {stem} Sehat"),
        _ => format!("Puskesmas {stem}"),
    }
}

/// The group under which several registrations of one company stand.
pub fn group(number: u64) -> String {
    let place = number * 131 + 17;
    format!("Grup {}{} {}", nth(STEM_HEAD, place), nth(STEM_TAIL, place / 5), letters(number + 1))
}

/// A, B, …, Z, AA, AB, …
fn letters(number: u64) -> String {
    let mut left = number;
    let mut out = Vec::new();
    while left > 0 {
        left -= 1;
        out.push(char::from(b'A' + u8::try_from(left % 26).expect("below 26")));
        left /= 26;
    }
    out.iter().rev().collect()
}

fn nth(list: &[&'static str], number: u64) -> &'static str {
    list[usize::try_from(number % len(list)).expect("below the length")]
}

fn len(list: &[&str]) -> u64 {
    u64::try_from(list.len()).expect("a short list")
}
