//! The facilities: hospitals, clinics and puskesmas, partners for some stretch of time or never.

use crate::domain::Npwp;
use crate::sample::days::{Day, Days, FAR};
use crate::sample::dice::{Dice, exp, ln, mix, whole};
use crate::sample::names;
use crate::sample::person::tax_number;

/// A facility.
#[derive(Debug, Clone)]
pub struct Clinic {
    /// Name.
    pub name: String,
    /// `RS`, `KLINIK` or `PUSKESMAS`.
    pub kind: &'static str,
    /// When it was a partner: from, to ([`FAR`]: still).
    pub partner: Vec<(Day, Day)>,
    /// Tax number; puskesmas have none.
    pub tax_number: Option<Npwp>,
    /// How often it is chosen, relative.
    pub weight: f64,
    /// Its bills against the others'.
    pub cost: f64,
    /// Planted: on top of it.
    pub cost_multiple: f64,
    /// Day of the month on which its bundle of bills is complete.
    pub billing_day: i8,
}

impl Clinic {
    /// Whether it is a partner on a day.
    pub fn is_partner(&self, day: Day) -> bool {
        self.partner.iter().any(|(from, to)| *from <= day && day <= *to)
    }

    /// Working days from the complete bundle to the determination, and from there to the voucher: the same for all
    /// bills of a month, so that they meet on one voucher.
    pub fn pace(&self, month: i32) -> (u32, u32) {
        let chance =
            mix(u64::from(month.unsigned_abs()) << 8 ^ u64::try_from(self.billing_day).expect("a day"));
        (1 + u32::try_from(chance % 3).expect("small"), u32::try_from((chance >> 8) % 2).expect("small"))
    }
}

/// So many facilities as these claims need: about one for a hundred cases, and fewer of them as a branch grows.
pub fn build(seed: u64, days: &Days, n_jkk: u64) -> Vec<Clinic> {
    let mut dice = Dice::new(seed, "clinics");
    let claims = f64::from(u32::try_from(n_jkk.max(1)).expect("fewer than four billion claims"));
    let n_clinics = whole(exp(ln(claims) * 0.42)).clamp(12, 400);
    (0..u64::try_from(n_clinics).expect("positive")).map(|number| clinic(&mut dice, days, number)).collect()
}

fn clinic(dice: &mut Dice, days: &Days, number: u64) -> Clinic {
    let kind = match number % 5 {
        0 | 2 => "RS",
        4 => "PUSKESMAS",
        _ => "KLINIK",
    };
    let rank = f64::from(u32::try_from(number).expect("a few hundred")) + 1.0;
    // The ten largest are partners throughout: where they are not, the reimbursed bills would drown the rest.
    let partner = match if number < 6 { 9 } else { dice.between(0, 9) } {
        0 => Vec::new(),
        1 => vec![(days.oldest - 400, days.first + dice.between(60, 500))],
        2 => vec![
            (days.oldest - 400, days.first - dice.between(40, 300)),
            (days.first + dice.between(30, 400), FAR),
        ],
        _ => vec![(days.oldest - dice.between(200, 1_200), FAR)],
    };
    Clinic {
        name: names::facility(number, kind),
        kind,
        partner,
        tax_number: (kind != "PUSKESMAS").then(|| tax_number(number)),
        weight: 1.0 / rank,
        cost: dice.log_normal(1.0, 0.18),
        cost_multiple: 1.0,
        billing_day: i8::try_from(dice.between(3, 20)).expect("a day of the month"),
    }
}
