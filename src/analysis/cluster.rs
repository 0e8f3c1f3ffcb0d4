//! From a table to groups: prepare, choose k, fit, judge, describe.

use super::cases::Prepared;
use super::clustering::{Checks, ClusterError, Clustering, Engine, Groups, Method, Request, Scores};
use super::fitting::{Raw, Ready, second_note};
use super::notes::{Argument, Note};
use super::quality::{KChoice, Matrix, STABLE, Verdict, choose_k, counting_rows, gap_prefers_one, stability};
use super::summary::{Centre, Description, summarise};
use super::table::Table;
use super::watch::{Stage, Watch};
use std::borrow::Cow;

/// Groups the rows of a table and describes the groups.
///
/// # Errors
/// Nothing to group, parameters that make no sense, or a stop.
pub fn cluster(prepared: &Prepared, request: Request, watch: Watch<'_>) -> Result<Clustering, ClusterError> {
    watch.step(Stage::Prepare, 0, 1)?;
    if request.engine == Engine::Linfa && request.method != Method::KMeans {
        return Err(ClusterError::NoSuchEngine);
    }
    let table = &prepared.table;
    let ready = Ready::new(table, request)?;
    if table.n_rows() == 0 || ready.columns.is_empty() {
        return Err(ClusterError::Nothing);
    }
    let weights = relative_weights(table);
    let mut notes = prepared.notes.clone();
    notes.extend(ready.notes.iter().cloned());
    let choice = match request.groups {
        Groups::Fixed(_) => None,
        Groups::Auto => {
            Some(choose_k(&ready.matrix, weights.as_deref(), request.limits, request.seed, watch)?)
        }
    };
    let asked = match (request.groups, &choice) {
        (Groups::Fixed(k), _) => k,
        (Groups::Auto, choice) => choice.as_ref().map_or(1, |choice| choice.k),
    };
    // More groups than rows there cannot be; how many fewer there are is said.
    let k = asked.min(table.n_rows());
    let raw = ready.fit(k, weights.as_deref(), request, watch)?;
    let judged = judge(&ready.matrix, weights.as_deref(), &raw.labels, choice.as_ref(), request, watch)?;
    notes.extend(fit_notes(&raw, request, weights.is_some()));
    // Whether there are groups at all is the first thing to say.
    notes.splice(0..0, judged_notes(&judged, choice.as_ref()));
    watch.step(Stage::Summary, 0, 1)?;
    let order = order(&raw.labels, raw.centres.len());
    if order.len() < asked {
        notes.push(
            Note::new("analysis-note-fewer")
                .with("asked", Argument::Count(asked))
                .with("found", Argument::Count(order.len())),
        );
    }
    notes.push(Note::new("analysis-note-no-cause"));
    let labels = renumbered(&raw.labels, &order);
    let zero_based: Vec<usize> = labels.iter().map(|id| id - 1).collect();
    let (silhouette, silhouettes) = silhouettes(&ready.matrix, weights.as_deref(), &zero_based, order.len());
    let centres: Vec<Centre> = order.iter().map(|&old| raw.centres[old].clone()).collect();
    let overlaps: Vec<Option<f64>> = order.iter().map(|&old| judged.overlaps.get(old).copied()).collect();
    let description = Description {
        prepared,
        labels: &zero_based,
        distances: &raw.distances,
        silhouettes: &silhouettes,
        overlaps: &overlaps,
    };
    let clusters = summarise(&description, centres);
    Ok(Clustering {
        method: request.method,
        engine: request.engine,
        k: order.len(),
        seed: request.seed,
        runs: request.n_runs,
        rows: table.n_rows(),
        columns: ready.columns.clone(),
        cost: raw.cost,
        parts: raw.parts,
        iterations: raw.n_iterations,
        scores: Scores { silhouette, stability: judged.stability, second_cost: raw.second_cost },
        verdict: judged.verdict,
        choice,
        clusters,
        labels,
        notes,
    })
}

/// The mean silhouette of the rows that count, and that of each of the `k` groups; 0 for one of which none counts.
fn silhouettes(matrix: &Matrix, weights: Option<&[f32]>, labels: &[usize], k: usize) -> (f64, Vec<f64>) {
    let (values, labels) = match counting_rows(weights) {
        None => (matrix.silhouettes(labels), Cow::Borrowed(labels)),
        Some(rows) => {
            let labels: Vec<usize> = rows.iter().map(|&row| labels[row]).collect();
            (matrix.select(&rows).silhouettes(&labels), Cow::Owned(labels))
        }
    };
    let mut means = vec![(0.0, 0_usize); k];
    for (value, &label) in values.iter().zip(labels.iter()) {
        means[label].0 += value;
        means[label].1 += 1;
    }
    let means = means.into_iter().map(|(sum, n_rows)| sum / n_rows.max(1) as f64).collect();
    (values.iter().sum::<f64>() / values.len() as f64, means)
}

/// What is worth knowing about the fit itself. linfa knows no weights, so that its cost says nothing about ours then.
fn fit_notes(raw: &Raw, request: Request, has_weights: bool) -> Vec<Note> {
    let mut notes = Vec::new();
    if let Some(parts) = raw.parts {
        notes.push(
            Note::new("analysis-note-parts")
                .with("gamma", Argument::Decimal(parts.gamma))
                .with("numbers", Argument::Count((100.0 * parts.numbers).round() as usize))
                .with("categories", Argument::Count(100 - (100.0 * parts.numbers).round() as usize)),
        );
    }
    if raw.n_reseeded > 0 {
        notes.push(Note::new("analysis-note-reseeded").with("times", Argument::Count(raw.n_reseeded)));
    }
    if has_weights {
        notes.extend((request.engine == Engine::Linfa).then(|| Note::new("analysis-note-linfa-weights")));
    } else {
        notes.extend(second_note(raw.cost, raw.second_cost));
    }
    notes
}

/// Weights around 1, as linfa's data sets carry them.
fn relative_weights(table: &Table) -> Option<Vec<f32>> {
    let weights = table.weights()?;
    let mean = weights.iter().sum::<f64>() / weights.len() as f64;
    (mean > 0.0).then(|| weights.iter().map(|weight| (weight / mean) as f32).collect())
}

struct Judged {
    stability: Option<f64>,
    /// By the numbers of the fit; empty where it was not asked.
    overlaps: Vec<f64>,
    verdict: Option<Verdict>,
}

fn judge(
    matrix: &Matrix,
    weights: Option<&[f32]>,
    labels: &[usize],
    choice: Option<&KChoice>,
    request: Request,
    watch: Watch<'_>,
) -> Result<Judged, ClusterError> {
    let is_one = labels.iter().all(|label| *label == labels[0]);
    if request.checks == Checks::Few || is_one {
        let stability = choice.and_then(|choice| choice.rows.iter().find(|row| row.k == choice.k)?.stability);
        return Ok(Judged { stability, overlaps: Vec::new(), verdict: choice.map(|choice| choice.verdict) });
    }
    watch.step(Stage::Stability, 0, 1)?;
    let found = stability(matrix, weights, labels, request.limits, request.seed, watch)?;
    let n_clusters = labels.iter().max().map_or(1, |largest| largest + 1);
    let verdict = match choice {
        Some(choice) => choice.verdict,
        None if found.agreement < STABLE => Verdict::NothingStable,
        None if gap_prefers_one(matrix, weights, n_clusters, request.limits, request.seed, watch)? => {
            Verdict::GapPrefersOne
        }
        None => Verdict::Groups,
    };
    // What chose k is what is shown, so that the head and the curve of all k say the same.
    let chosen = choice.and_then(|choice| choice.rows.iter().find(|row| row.k == choice.k)?.stability);
    let stability = Some(chosen.unwrap_or(found.agreement));
    Ok(Judged { stability, overlaps: found.overlaps, verdict: Some(verdict) })
}

/// What the checks found; "no clear groups" is the first line of every rendering.
fn judged_notes(judged: &Judged, choice: Option<&KChoice>) -> Vec<Note> {
    let mut notes = Vec::new();
    match judged.verdict {
        Some(Verdict::GapPrefersOne) => notes.push(Note::new("analysis-verdict-gap")),
        Some(Verdict::NothingStable) => notes.push(Note::new("analysis-verdict-unstable")),
        Some(Verdict::Groups) | None => {}
    }
    if let Some(choice) = choice {
        if choice.verdict == Verdict::Groups && choice.gap_k != choice.k {
            notes.push(
                Note::new("analysis-note-gap-differs")
                    .with("k", Argument::Count(choice.k))
                    .with("gap", Argument::Count(choice.gap_k)),
            );
        }
        notes.push(Note::new("analysis-note-sample").with("rows", Argument::Count(choice.n_rows)));
    }
    notes
}

/// Old numbers of the clusters that have rows: the largest first, then the one whose first row comes first.
fn order(labels: &[usize], n_clusters: usize) -> Vec<usize> {
    let mut sizes = vec![(0_usize, usize::MAX); n_clusters];
    for (row, &label) in labels.iter().enumerate() {
        sizes[label].0 += 1;
        sizes[label].1 = sizes[label].1.min(row);
    }
    let mut order: Vec<usize> = (0..n_clusters).filter(|&cluster| sizes[cluster].0 > 0).collect();
    order.sort_by(|&a, &b| sizes[b].0.cmp(&sizes[a].0).then(sizes[a].1.cmp(&sizes[b].1)));
    order
}

/// Ids from 1 in the new order.
fn renumbered(labels: &[usize], order: &[usize]) -> Vec<usize> {
    let largest = order.iter().max().map_or(0, |largest| largest + 1);
    let mut ids = vec![0; largest];
    for (at, &old) in order.iter().enumerate() {
        ids[old] = at + 1;
    }
    labels.iter().map(|&label| ids[label]).collect()
}
