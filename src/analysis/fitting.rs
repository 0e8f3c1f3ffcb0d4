//! The step between a table and a model: prepare the matrix, run the engine asked for, turn its centres back.

use super::clustering::{ClusterError, Engine, Method, Parts, Request, SecondOpinion};
use super::k_means::{KMeans, linfa_k_means};
use super::k_modes::KModes;
use super::k_prototypes::{Gamma, KPrototypes, KPrototypesError, Mixed, balanced_gamma};
use super::notes::Note;
use super::prepare::{
    PreparedCategory, PreparedNumber, prepare_categories, prepare_codes, prepare_numbers,
    prepare_only_numbers,
};
use super::quality::Matrix;
use super::summary::{Centre, CentreValue};
use super::table::Table;
use super::watch::Watch;
use linfa::{DatasetBase, ParamGuard};
use ndarray::{Array1, ArrayView1, ArrayView2};

/// The prepared matrix, whichever it is, and what its columns mean.
pub(super) struct Ready {
    pub(super) matrix: Matrix,
    pub(super) columns: Vec<String>,
    pub(super) notes: Vec<Note>,
    meaning: Meaning,
}

enum Meaning {
    Numbers(Vec<PreparedNumber>),
    Codes(Vec<PreparedCategory>),
    Mixed(Vec<PreparedNumber>, Vec<PreparedCategory>),
}

/// A fit before its clusters are put in order.
pub(super) struct Raw {
    pub(super) labels: Vec<usize>,
    /// Distance (squared, or values that differ) of each row from its centre.
    pub(super) distances: Vec<f64>,
    pub(super) centres: Vec<Centre>,
    pub(super) cost: f64,
    pub(super) n_iterations: usize,
    pub(super) n_reseeded: usize,
    pub(super) second_cost: Option<f64>,
    pub(super) parts: Option<Parts>,
}

impl Ready {
    pub(super) fn new(table: &Table, request: Request) -> Result<Self, ClusterError> {
        Ok(match request.method {
            Method::KMeans => {
                let prepared = prepare_numbers(table, request.scale);
                Self {
                    matrix: Matrix::Numbers(prepared.values),
                    columns: prepared.columns.iter().map(|column| column.name.clone()).collect(),
                    notes: prepared.notes,
                    meaning: Meaning::Numbers(prepared.columns),
                }
            }
            Method::KModes => {
                let prepared = prepare_codes(table, request.coding);
                Self {
                    matrix: Matrix::Codes(prepared.codes),
                    columns: prepared.columns.iter().map(|column| column.name.clone()).collect(),
                    notes: prepared.notes,
                    meaning: Meaning::Codes(prepared.columns),
                }
            }
            Method::KPrototypes => Self::mixed(table, request)?,
        })
    }

    fn mixed(table: &Table, request: Request) -> Result<Self, ClusterError> {
        if table.n_rows() == 0 {
            return Err(ClusterError::Nothing);
        }
        let numbers = prepare_only_numbers(table, request.scale);
        let codes = prepare_categories(table, request.coding);
        if numbers.columns.is_empty() || codes.columns.is_empty() {
            return Err(KPrototypesError::OneKind.into());
        }
        let data = Mixed { numbers: numbers.values.view(), codes: codes.codes.view() };
        let gamma = request.gamma.unwrap_or_else(|| balanced_gamma(data, table.weights()));
        let names = codes.columns.iter().map(|column| &column.name);
        let columns = names.chain(numbers.columns.iter().map(|column| &column.name)).cloned().collect();
        let notes = numbers.notes.into_iter().chain(codes.notes).collect();
        let matrix = Matrix::Mixed { numbers: numbers.values, codes: codes.codes, gamma };
        Ok(Self { matrix, columns, notes, meaning: Meaning::Mixed(numbers.columns, codes.columns) })
    }

    pub(super) fn fit(
        &self,
        k: usize,
        weights: Option<&[f32]>,
        request: Request,
        watch: Watch<'_>,
    ) -> Result<Raw, ClusterError> {
        let weights: Array1<f32> = weights.map(<[f32]>::to_vec).unwrap_or_default().into();
        match (&self.matrix, &self.meaning) {
            (Matrix::Numbers(values), Meaning::Numbers(columns)) => {
                let dataset = DatasetBase::from(values.view()).with_weights(weights);
                fit_numbers(&dataset, columns, k, request, watch)
            }
            (Matrix::Codes(codes), Meaning::Codes(columns)) => {
                let dataset = DatasetBase::from(codes.view()).with_weights(weights);
                fit_codes(&dataset, columns, k, request, watch)
            }
            (Matrix::Mixed { numbers, codes, gamma }, Meaning::Mixed(of_numbers, of_codes)) => {
                let records = Mixed { numbers: numbers.view(), codes: codes.view() };
                let dataset = DatasetBase::new(records, ()).with_weights(weights);
                fit_mixed(&dataset, *gamma, (of_numbers, of_codes), k, request, watch)
            }
            _ => unreachable!("the matrix and its meaning are made together"),
        }
    }
}

/// Rows up to which a second opinion is worth its time.
const SECOND_OPINION_ROWS: usize = 50_000;

/// How near, relative to the cost, two programs must come to agree.
const AGREEMENT: f64 = 1e-3;

/// What the second opinion says: another program's best cost beside ours.
pub(super) fn second_note(own: f64, second: Option<f64>) -> Option<Note> {
    let second = second?;
    let slack = AGREEMENT * second.abs();
    Some(Note::new(match () {
        () if own > second + slack => "analysis-note-second-better",
        () if own < second - slack => "analysis-note-second-worse",
        () => "analysis-note-second-agrees",
    }))
}

fn fit_numbers(
    dataset: &DatasetBase<ArrayView2<'_, f64>, Array1<()>>,
    columns: &[PreparedNumber],
    k: usize,
    request: Request,
    watch: Watch<'_>,
) -> Result<Raw, ClusterError> {
    let params =
        KMeans::params(k).seed(request.seed).n_runs(request.n_runs).n_threads(request.n_threads).check()?;
    let second = match (request.engine, request.second_opinion) {
        (Engine::Own, SecondOpinion::Skip) => None,
        // linfa's restarts on a million rows would take a minute; its word is about the arithmetic, not the data.
        (Engine::Own, SecondOpinion::Ask) if dataset.records().nrows() > SECOND_OPINION_ROWS => None,
        _ => Some(linfa_k_means(&params, dataset)?),
    };
    let second_cost = second.as_ref().filter(|_| request.engine == Engine::Own).map(KMeans::cost);
    let model = match (request.engine, second) {
        (Engine::Linfa, Some(model)) => model,
        _ => params.fit_watched(dataset, watch)?,
    };
    let centre = |values: ArrayView1<'_, f64>| Centre(numbers_of(values, columns).collect());
    let squares =
        |(row, &label): (usize, &usize)| square(dataset.records().row(row), model.centroids().row(label));
    Ok(Raw {
        distances: model.labels().iter().enumerate().map(squares).collect(),
        labels: model.labels().to_vec(),
        centres: model.centroids().rows().into_iter().map(centre).collect(),
        cost: model.cost(),
        n_iterations: model.n_iterations(),
        n_reseeded: model.n_reseeded(),
        second_cost,
        parts: None,
    })
}

fn fit_codes(
    dataset: &DatasetBase<ArrayView2<'_, u8>, Array1<()>>,
    columns: &[PreparedCategory],
    k: usize,
    request: Request,
    watch: Watch<'_>,
) -> Result<Raw, ClusterError> {
    let params =
        KModes::params(k).seed(request.seed).n_runs(request.n_runs).n_threads(request.n_threads).check()?;
    let model = params.fit_watched(dataset, watch)?;
    let centre = |codes: ArrayView1<'_, u8>| Centre(categories_of(codes, columns).collect());
    let differ =
        |(row, &label): (usize, &usize)| n_differ(dataset.records().row(row), model.modes().row(label));
    Ok(Raw {
        distances: model.labels().iter().enumerate().map(differ).collect(),
        labels: model.labels().to_vec(),
        centres: model.modes().rows().into_iter().map(centre).collect(),
        cost: model.cost(),
        n_iterations: model.n_iterations(),
        n_reseeded: model.n_reseeded(),
        second_cost: None,
        parts: None,
    })
}

fn fit_mixed(
    dataset: &DatasetBase<Mixed<'_>, ()>,
    gamma: f64,
    (numbers, categories): (&[PreparedNumber], &[PreparedCategory]),
    k: usize,
    request: Request,
    watch: Watch<'_>,
) -> Result<Raw, ClusterError> {
    let params = KPrototypes::params(k)
        .gamma(Gamma::Given(gamma))
        .seed(request.seed)
        .n_runs(request.n_runs)
        .n_threads(request.n_threads)
        .check()?;
    let model = params.fit_watched(dataset, watch)?;
    let Mixed { numbers: values, codes } = *dataset.records();
    let distance = |(row, &label): (usize, &usize)| {
        square(values.row(row), model.means().row(label))
            + gamma * n_differ(codes.row(row), model.modes().row(label))
    };
    let centre =
        |(means, modes)| Centre(categories_of(modes, categories).chain(numbers_of(means, numbers)).collect());
    let share = if model.cost() > 0.0 { model.cost_of_numbers() / model.cost() } else { 0.0 };
    Ok(Raw {
        distances: model.labels().iter().enumerate().map(distance).collect(),
        labels: model.labels().to_vec(),
        centres: model.means().rows().into_iter().zip(model.modes().rows()).map(centre).collect(),
        cost: model.cost(),
        n_iterations: model.n_iterations(),
        n_reseeded: model.n_reseeded(),
        second_cost: None,
        parts: Some(Parts { gamma, numbers: share }),
    })
}

fn square(row: ArrayView1<'_, f64>, centre: ArrayView1<'_, f64>) -> f64 {
    row.iter().zip(centre).map(|(x, c)| (x - c).powi(2)).sum()
}

fn n_differ(row: ArrayView1<'_, u8>, mode: ArrayView1<'_, u8>) -> f64 {
    row.iter().zip(mode).filter(|(code, mode)| code != mode).count() as f64
}

fn numbers_of(
    values: ArrayView1<'_, f64>,
    columns: &[PreparedNumber],
) -> impl Iterator<Item = (String, CentreValue)> {
    columns.iter().zip(values).map(|(column, &value)| {
        let value = CentreValue::Number { value: column.original(value), missing: column.transform };
        (column.name.clone(), value)
    })
}

fn categories_of(
    codes: ArrayView1<'_, u8>,
    columns: &[PreparedCategory],
) -> impl Iterator<Item = (String, CentreValue)> {
    columns.iter().zip(codes).map(|(column, &code)| {
        (column.name.clone(), CentreValue::Category(column.labels[usize::from(code)].clone()))
    })
}
