//! The form of a claim in the order of form 3 KK1: for a new one, and for amending.

use jiff::civil::Date;

use super::basis::Basis;
use super::fields;
use super::form::{Codes, FormScreen};
use crate::base::calendar::slashed;
use crate::desk::form::{CLAIM_FIELDS, FieldKind as Kind, FieldSpec, Kept};
use crate::desk::sentence_of_refusal;
use crate::domain::{Identity, Kpj, Refusal};
use crate::tui::effect::{ClaimCard, Seen};
use crate::tui::forms::{Choice, Field, FieldKind, Form};
use crate::words::{Value, Words};

/// A change of one of these asks the desk: who is the company, does the case look like another.
const ASKS: &[&str] =
    &["npp", "company", "worker", "id_no", "kpj", "birth_date", "event_date", "event_time", "claim_no"];

/// The form of a new claim. What most papers have stands there already and does not count as typed.
pub fn new_claim(words: &Words, today: Date) -> FormScreen {
    let mut fields: Vec<Field> = CLAIM_FIELDS.iter().map(|spec| field(*spec, words)).collect();
    fields.push(fields::text("despite_duplicate", words).helped_by(words.text("panes-claims-help-despite")));
    let title = words.text("panes-claims-form-new");
    let mut form = Form::new("claim-add".to_owned(), title, fields, today).checked_by(identity_holds);
    form.prefill(&usual(today));
    form.focus_on("claim_no");
    FormScreen::new(form, "claim-add", Vec::new(), Codes::Large).advised_on(ASKS)
}

/// The form that corrects what the paper said.
pub fn amend_claim(card: &ClaimCard, words: &Words) -> FormScreen {
    let mut fields: Vec<Field> = CLAIM_FIELDS.iter().map(|spec| field(*spec, words)).collect();
    fields.push(fields::text("despite_duplicate", words).helped_by(words.text("panes-claims-help-despite")));
    let title = words.format("panes-claims-form-amend", &[("no", Value::Text(card.claim_no.clone()))]);
    let mut form = Form::new(format!("claim-amend {}", card.claim_no), title, fields, card.today)
        .checked_by(identity_holds);
    // Hours as this form writes them: what was not typed is not to look as if it had been.
    let in_order = |(name, value): &(String, String)| match name.as_str() {
        "event_time" | "reported_time" => (name.clone(), value.replace(':', ".")),
        _ => (name.clone(), value.clone()),
    };
    form.prefill(&card.values.iter().map(in_order).collect::<Vec<_>>());
    // The number stands first but is the last thing to change: whoever types at once means what the paper says.
    form.focus_on("worker");
    FormScreen::new(form, "claim-amend", vec![card.claim_no.clone()], Codes::Quiet)
        .based_on(Basis::Amend)
        .advised_on(ASKS)
        .seeing(Seen::Claim(card.revision))
        .once()
        .asking_before("claim_no", &card.claim_no)
}

/// The number is one of its kind. It is told as soon as the field is left, like every other.
fn identity_holds(form: &Form, words: &Words) -> Option<(&'static str, String)> {
    let wrong = |refusal: Refusal| sentence_of_refusal(&refusal, words);
    let identity = Identity::parse(&form.value("id_kind"), &form.value("id_no"));
    let kpj = || (!form.value("kpj").is_empty()).then(|| Kpj::parse(&form.value("kpj")).err()).flatten();
    let identity = identity.err().map(|refusal| ("id_no", wrong(refusal)));
    identity.or_else(|| kpj().map(|refusal| ("kpj", wrong(refusal))))
}

fn usual(today: Date) -> Vec<(String, String)> {
    let values = [
        ("programme", "JKK".to_owned()),
        ("segment", "PU".to_owned()),
        ("id_kind", "NIK".to_owned()),
        ("wage_unit", "BULAN".to_owned()),
        ("reported_date", slashed(today)),
    ];
    values.map(|(name, value)| (name.to_owned(), value)).to_vec()
}

fn field(spec: FieldSpec, words: &Words) -> Field {
    let made = match spec.kind {
        Kind::Text => match spec.name {
            "notes" => Field::new(spec.name, fields::label(spec.name, words), FieldKind::Memo),
            "npp" => fields::npp(spec.name, words),
            "company" | "facility" => {
                Field::new(spec.name, fields::label(spec.name, words), FieldKind::Lookup)
            }
            "id_kind" => Field::choice(spec.name, fields::label(spec.name, words), identity_kinds(words)),
            name => fields::text(name, words),
        },
        Kind::Date => fields::date(spec.name, words),
        Kind::Time => fields::hour(spec.name, words),
        Kind::Money => fields::amount(spec.name, words),
        Kind::Number => fields::text(spec.name, words),
        Kind::Code(list) => fields::code(spec.name, list, words),
    };
    let made = fields::of_person(made);
    let made = if spec.kept == Kept::Stays || spec.name == "id_kind" { made.staying() } else { made };
    let made = if matches!(spec.name, "worker" | "event_date") { made.required() } else { made };
    let help = format!("panes-claims-help-{}", spec.name.replace('_', "-"));
    if words.has(&help) { made.helped_by(words.text(&help)) } else { made }
}

fn identity_kinds(words: &Words) -> Vec<Choice> {
    ["NIK", "PASPOR", "LAIN"]
        .iter()
        .map(|kind| Choice::new(*kind, &words.text(&format!("panes-claims-id-{}", kind.to_lowercase()))))
        .collect()
}
