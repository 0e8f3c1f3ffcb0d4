//! The step between a table and a model: prepare the matrix, run the engine asked for, turn its centres back.

use super::clustering::{ClusterError, Engine, Method, Request, SecondOpinion};
use super::k_means::{KMeans, linfa_k_means};
use super::k_modes::KModes;
use super::notes::Note;
use super::prepare::{PreparedCategory, PreparedNumber, prepare_codes, prepare_numbers};
use super::quality::Matrix;
use super::summary::{Centre, CentreValue};
use super::table::Table;
use super::watch::Watch;
use linfa::{DatasetBase, ParamGuard};
use ndarray::{Array1, ArrayView2};

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
}

impl Ready {
    pub(super) fn new(table: &Table, request: Request) -> Self {
        match request.method {
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
        }
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
    let centre = |values: ndarray::ArrayView1<'_, f64>| {
        let value = |(at, &value): (usize, &f64)| {
            let column = &columns[at];
            (
                column.name.clone(),
                CentreValue::Number { value: column.original(value), missing: column.transform },
            )
        };
        Centre(values.iter().enumerate().map(value).collect())
    };
    let squares = |(row, &label): (usize, &usize)| {
        let pairs = dataset.records().row(row).into_iter().zip(model.centroids().row(label));
        pairs.map(|(x, c)| (x - c).powi(2)).sum()
    };
    Ok(Raw {
        distances: model.labels().iter().enumerate().map(squares).collect(),
        labels: model.labels().to_vec(),
        centres: model.centroids().rows().into_iter().map(centre).collect(),
        cost: model.cost(),
        n_iterations: model.n_iterations(),
        n_reseeded: model.n_reseeded(),
        second_cost,
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
    let centre = |codes: ndarray::ArrayView1<'_, u8>| {
        let value = |(at, &code): (usize, &u8)| {
            let column = &columns[at];
            (column.name.clone(), CentreValue::Category(column.labels[usize::from(code)].clone()))
        };
        Centre(codes.iter().enumerate().map(value).collect())
    };
    let differ = |(row, &label): (usize, &usize)| {
        let pairs = dataset.records().row(row).into_iter().zip(model.modes().row(label));
        pairs.filter(|(code, mode)| code != mode).count() as f64
    };
    Ok(Raw {
        distances: model.labels().iter().enumerate().map(differ).collect(),
        labels: model.labels().to_vec(),
        centres: model.modes().rows().into_iter().map(centre).collect(),
        cost: model.cost(),
        n_iterations: model.n_iterations(),
        n_reseeded: model.n_reseeded(),
        second_cost: None,
    })
}
