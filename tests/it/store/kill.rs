//! Writers that are killed with SIGKILL at any moment. The writers are processes of their own: the test program runs
//! itself again in the role of one.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;
use santun::store::disk::{Disk, RealDisk};
use santun::store::error::{CommitError, StoreError};
use santun::store::ledger::{Committed, Ledger};
use santun::store::record::{Actor, Entry, Stamp, Transaction};

use super::crash::examine_real;
use super::desk::{key, moment, new_store, open, read_all, settle};
use super::disks::{Dribble, Mutant, twisted};

const ROOT: &str = "SANTUN_TEST_WORKER_ROOT";
const NAME: &str = "SANTUN_TEST_WORKER_NAME";
const MUTANT: &str = "SANTUN_TEST_WORKER_MUTANT";

/// A run of killed writers.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    pub n_writers: usize,
    pub n_kills: usize,
    pub seed: u64,
    /// What stands between the writers and their disk.
    pub mutant: Option<Mutant>,
    /// The longest pause between two kills.
    pub pause: Duration,
    pub longest: Duration,
}

/// What a run showed.
#[derive(Debug)]
pub struct Shown {
    pub n_kills: usize,
    pub n_acknowledged: usize,
    pub n_healed: usize,
}

#[test]
#[ignore = "not a test: the role of a writer, taken by the processes of the kill test"]
fn the_role_of_a_writer() {
    if let (Ok(root), Ok(name)) = (std::env::var(ROOT), std::env::var(NAME)) {
        write_until_killed(Path::new(&root), &name);
    }
}

/// Where the test keeps the watermark of the new store.
fn fresh_mark(root: &Path) -> PathBuf {
    root.with_extension("fresh-mark")
}

/// Issues one number after the other and says each only when it is acknowledged.
fn write_until_killed(root: &Path, name: &str) {
    let mut disk: Arc<dyn Disk> = Arc::new(RealDisk::new());
    if let Ok(name) = std::env::var(MUTANT) {
        let fresh_mark = std::fs::read(fresh_mark(root)).expect("kept by the test");
        disk = Mutant::of(&name).expect("a mutant").disk(disk, &fresh_mark);
    }
    let pause = Duration::from_micros(300);
    let disk = twisted(disk, Arc::new(Dribble { bytes: 90, pause }));
    let mut ledger = open(&disk, root);
    let by = Actor { user: name.into(), uid: 1001, loginuid: 1001, tty: String::new() };
    let mut last = 0;
    for n in 0.. {
        let key = key(&format!("{name}-{n}"));
        let stamp = Stamp { key: &key, by: &by, at: moment(n), secret: [3; 32] };
        match issue(&mut ledger, &stamp, &mut last) {
            Ok(Committed::Fresh(transaction)) => {
                println!("ACK {} {} {}", key.as_str(), number_of(&transaction), transaction.first_seq());
            }
            Err(CommitError::Store(StoreError::Busy { .. })) => {}
            other => {
                println!("ERR {other:?}");
                return;
            }
        }
    }
}

/// The next number of the series is known only under the lock, from all that came before.
pub fn issue(ledger: &mut Ledger, stamp: &Stamp<'_>, last: &mut u64) -> Result<Committed, CommitError<()>> {
    ledger.commit(stamp, |news| {
        *last = news.iter().map(number_of).max().unwrap_or(0).max(*last);
        let issued = |op: &str| Entry {
            op: op.into(),
            reference: format!("V-{}", *last + 1),
            data: format!(r#"{{"number":{}}}"#, *last + 1),
            pii: r#"{"payee":"Budi Santoso"}"#.into(),
        };
        Ok(vec![issued("voucher.issued"), issued("voucher.line")])
    })
}

/// The number a transaction issued; 0 if none.
pub fn number_of(transaction: &Transaction) -> u64 {
    let first = &transaction.records[0];
    first.reference.strip_prefix("V-").map_or(0, |digits| digits.parse().expect("a number"))
}

/// What was acknowledged: key → (number, seq).
pub type Acknowledged = BTreeMap<String, (u64, u64)>;

/// A writer's process, and what it said: its acknowledged commits, or its error.
struct Writer {
    child: Child,
    said: JoinHandle<(Acknowledged, Option<String>)>,
}

impl Writer {
    fn start(root: &Path, name: &str, mutant: Option<Mutant>) -> Self {
        let mut command = Command::new(std::env::current_exe().expect("this program"));
        command.args(["--ignored", "--exact", "store::kill::the_role_of_a_writer", "--nocapture"]);
        command.env(ROOT, root).env(NAME, name).stdout(Stdio::piped()).stderr(Stdio::null());
        if let Some(mutant) = mutant {
            command.env(MUTANT, mutant.name());
        }
        let mut child = command.spawn().expect("started");
        let lines = BufReader::new(child.stdout.take().expect("piped"));
        let said = std::thread::spawn(move || {
            let (mut acknowledged, mut error) = (BTreeMap::new(), None);
            for line in lines.lines().map_while(Result::ok) {
                let words: Vec<&str> = line.split(' ').collect();
                match words[..] {
                    ["ACK", key, number, seq] => {
                        let pair = (number.parse().expect("a number"), seq.parse().expect("a number"));
                        acknowledged.insert(key.to_owned(), pair);
                    }
                    ["ERR", ..] => error = Some(line),
                    _ => {}
                }
            }
            (acknowledged, error)
        });
        Self { child, said }
    }

    fn kill(mut self, all: &mut Acknowledged) -> Result<(), String> {
        self.child.kill().expect("killed");
        self.child.wait().expect("gone");
        let (acknowledged, error) = self.said.join().expect("read to its end");
        all.extend(acknowledged);
        error.map_or(Ok(()), Err)
    }
}

/// Kills writers until the plan is done, then looks: nothing acknowledged lost, no number skipped or given twice.
pub fn kill_writers(plan: Plan) -> Result<Shown, String> {
    let dir = tempfile::tempdir().expect("a folder");
    let root = dir.path().join("store");
    let disk: Arc<dyn Disk> = Arc::new(RealDisk::new());
    drop(new_store(&disk, &root));
    std::fs::copy(root.join("lock/committed"), fresh_mark(&root)).expect("copied");
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(plan.seed);
    let longest_pause = u64::try_from(plan.pause.as_micros()).expect("short");
    let mut acknowledged = BTreeMap::new();
    let mut n_started = 0;
    let mut start = || {
        n_started += 1;
        Writer::start(&root, &format!("w{n_started}"), plan.mutant)
    };
    let mut writers: Vec<Writer> = (0..plan.n_writers).map(|_| start()).collect();
    let (began, mut n_kills, mut wrong) = (Instant::now(), 0, None);
    while n_kills < plan.n_kills && began.elapsed() < plan.longest && wrong.is_none() {
        std::thread::sleep(Duration::from_micros(rng.gen_range(longest_pause / 24..longest_pause)));
        let victim = writers.swap_remove(rng.gen_range(0..writers.len()));
        wrong = victim.kill(&mut acknowledged).err();
        writers.push(start());
        n_kills += 1;
    }
    for writer in writers {
        n_kills += 1;
        wrong = writer.kill(&mut acknowledged).err().or(wrong);
    }
    wrong.map_or(Ok(()), Err)?;
    let n_healed = look(&disk, &root, &acknowledged)?;
    Ok(Shown { n_kills, n_acknowledged: acknowledged.len(), n_healed })
}

/// What a store holds after its writers are gone, against what they said; how often a torn tail was taken off.
pub fn look(disk: &Arc<dyn Disk>, root: &Path, acknowledged: &Acknowledged) -> Result<usize, String> {
    settle(&mut open(disk, root)).map_err(|e| format!("settle: {e}"))?;
    examine_real(&**disk, root)?;
    let all = read_all(disk, root);
    let issued: Vec<&Transaction> = all.iter().filter(|t| number_of(t) > 0).collect();
    let numbers: Vec<u64> = issued.iter().map(|t| number_of(t)).collect();
    let expected: Vec<u64> = (1..=numbers.len() as u64).collect();
    if numbers != expected {
        return Err(format!("the series has gaps or twins: {numbers:?}"));
    }
    let kept: BTreeMap<&str, (u64, u64)> =
        issued.iter().map(|t| (t.key.as_str(), (number_of(t), t.first_seq()))).collect();
    for (key, pair) in acknowledged {
        if kept.get(key.as_str()) != Some(pair) {
            return Err(format!("{key} was acknowledged as {pair:?} and is {:?}", kept.get(key.as_str())));
        }
    }
    Ok(all.len() - issued.len())
}

/// Three writers and some kills.
pub fn a_few_kills(n_kills: usize, mutant: Option<Mutant>) -> Result<Shown, String> {
    let (longest, pause) = (Duration::from_secs(20), Duration::from_millis(120));
    kill_writers(Plan { n_writers: 3, n_kills, seed: 1, mutant, pause, longest })
}

#[test]
fn a_killed_writer_loses_no_acknowledged_number() {
    let shown = a_few_kills(12, None).expect("nothing lost");
    assert!(shown.n_acknowledged > 0, "{shown:?}");
}
