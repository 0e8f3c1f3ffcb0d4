#!/usr/bin/env python3
"""Clustering by santun and by others, on the same files, in one go.

    cargo bench --bench cluster --no-run                      # says where the bench is
    python3 -m venv VENV && VENV/bin/pip install numpy scikit-learn scikit-learn-intelex kmodes FasterKModes
    VENV/bin/python benches/peers/cluster.py BENCH [FOLDER] [--once] [--only WORD]

makes the files in FOLDER (default: a temporary one): 100 k and 1 M rows of eight numbers around eight centres, the same numbers
in bands, 100 k and 1 M rows of ten categories after eight patterns, 10 k and 100 k rows of five numbers and five categories.
Every program is a whole process of its own that reads the file, groups it into eight and says its cost. Runs of a job follow each other
and the best of two counts; kmodes runs once, with --once all do. Time is the clock's, `cpu` what the processors spent on it (which a busy
machine changes less), memory the most the process held. A ratio is the other's figure by santun's, beside the other's cost by
santun's: 1.000 or more means that santun's answer is as good or better. What cannot be installed is said and left out.
"""
import importlib.util
import json
import os
import resource
import subprocess
import sys
import tempfile
import time

K = 8


def make(folder):
    """The files, made once."""
    import numpy as np

    def save(name, values, kind):
        values.astype(kind).tofile(os.path.join(folder, name))

    random = np.random.default_rng(1)
    for n in (100_000, 1_000_000):
        at = np.arange(n) % K
        centres = random.uniform(-2, 2, (K, 8))
        numbers = centres[at] + random.uniform(-1, 1, (n, 8, 4)).sum(2)
        save(f"numbers-{n}", numbers, "<f8")
        if n == 1_000_000:
            save("banded", np.round(numbers[:, :4]), "<f8")
        patterns = random.integers(0, 12, (K, 10))
        codes = np.where(random.random((n, 10)) < 0.6, patterns[at], random.integers(0, 12, (n, 10)))
        save(f"codes-{n}", codes, "u1")
    for n in (10_000, 100_000):
        at = np.arange(n) % K
        numbers = random.uniform(-2, 2, (K, 5))[at] + random.uniform(-1, 1, (n, 5, 4)).sum(2)
        patterns = random.integers(0, 6, (K, 5))
        codes = np.where(random.random((n, 5)) < 0.6, patterns[at], random.integers(0, 6, (n, 5)))
        save(f"mixed-{n}-numbers", (numbers - numbers.mean(0)) / numbers.std(0), "<f8")
        save(f"mixed-{n}-codes", codes, "u1")


def child(name, job):
    """One run of another program, in a process of its own."""
    import numpy as np

    n, runs = job["rows"], job["runs"]
    if job["numbers"]:
        x = np.fromfile(job["files"][0], "<f8").reshape(n, job["numbers"])
    if job["categories"]:
        c = np.fromfile(job["files"][-1], "u1").reshape(n, job["categories"])
    if name == "sklearnex":
        from sklearnex import patch_sklearn
        patch_sklearn(verbose=False)
    if name in ("sklearn", "sklearnex"):
        from sklearn.cluster import KMeans
        cost = KMeans(K, n_init=runs, random_state=0).fit(x).inertia_
    elif name == "kmodes" and job["method"] == "k-modes":
        from kmodes.kmodes import KModes
        cost = KModes(K, init=job["start"], n_init=runs, random_state=0).fit(c).cost_
    elif name == "kmodes":
        from kmodes.kprototypes import KPrototypes
        both = np.concatenate([x.astype(object), c.astype(object)], 1)
        categorical = list(range(x.shape[1], both.shape[1]))
        model = KPrototypes(K, gamma=job["gamma"], init="Huang", n_init=runs, random_state=0)
        cost = model.fit(both, categorical=categorical).cost_
    else:
        from FasterKModes import FasterKModes
        model = FasterKModes(n_clusters=K, init=job["start"].lower(), n_init=runs, random_state=0, print_log=False,
                             use_simd=True)
        model.fit(c)
        cost = model.best_cost
    print(float(cost))


def measured(command):
    """(cost, seconds, processor seconds, most bytes) of one process."""
    before = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    out, error = process.stdout.read(), process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(error.strip().splitlines()[-1] if error.strip() else f"exit {process.returncode}")
    seconds = time.monotonic() - before
    return float(out.split()[0]), seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024


def jobs(folder):
    def job(title, method, n, numbers, categories, runs, files, peers, start=None, gamma=None):
        files = [os.path.join(folder, name) for name in files]
        return dict(title=title, method=method, rows=n, numbers=numbers, categories=categories, runs=runs,
                    files=files, peers=peers, start=start, gamma=gamma)

    means, modes = ["sklearn", "sklearnex"], ["FasterKModes", "kmodes"]
    yield job("k-means, 100 k x 8, 10 starts", "k-means", 100_000, 8, 0, 10, ["numbers-100000"], means)
    yield job("k-means, 1 M x 8, 10 starts", "k-means", 1_000_000, 8, 0, 10, ["numbers-1000000"], means)
    yield job("k-means, 1 M x 4 in bands, 10 starts", "k-means", 1_000_000, 4, 0, 10, ["banded"], means)
    yield job("k-modes, 100 k x 10, 5 starts", "k-modes", 100_000, 0, 10, 5, ["codes-100000"], modes, "Huang")
    yield job("k-modes, 1 M x 10, Cao", "k-modes", 1_000_000, 0, 10, 1, ["codes-1000000"], modes, "Cao")
    for n, runs in ((10_000, 5), (100_000, 1)):
        files = [f"mixed-{n}-numbers", f"mixed-{n}-codes"]
        title = f"k-prototypes, {n // 1000} k x 5 + 5, {runs} start{'s' if runs > 1 else ''}"
        yield job(title, "k-prototypes", n, 5, 5, runs, files, ["kmodes"], gamma=0.5)


def best(command, n):
    runs = [measured(command) for _ in range(n)]
    return [min(run[at] for run in runs) for at in range(4)]


def compare(bench, job, n_runs):
    own = [bench, "--peer", job["method"], str(job["rows"]), str(job["numbers"]), str(job["categories"]), str(job["runs"])]
    cost, seconds, cpu, memory = best(own + job["files"], n_runs)
    coded = job["rows"] * (8 * job["numbers"] + job["categories"])
    print(f"\n{job['title']}: the coded matrix has {coded / 1e6:.0f} MB")
    print(f"  {'santun':14} {seconds:8.2f} s {cpu:8.2f} s cpu {memory / 1e6:7.0f} MB   cost {cost:.6g}")
    for peer in job["peers"]:
        command = [sys.executable, os.path.abspath(__file__), "--child", peer, json.dumps(job)]
        try:
            slow = peer == "kmodes"
            other, their_seconds, their_cpu, their_memory = best(command, 1 if slow else n_runs)
        except RuntimeError as error:
            print(f"  {peer:14} did not run: {error}")
            continue
        print(f"  {peer:14} {their_seconds:8.2f} s {their_cpu:8.2f} s cpu {their_memory / 1e6:7.0f} MB   cost {other:.6g}"
              f"   = {their_seconds / seconds:.1f} x time, {their_cpu / cpu:.1f} x cpu, "
              f"{their_memory / memory:.1f} x memory, {other / cost:.4f} x cost", flush=True)


def main():
    if sys.argv[1:2] == ["--child"]:
        return child(sys.argv[2], json.loads(sys.argv[3]))
    if sys.argv[1:2] == ["--make"]:
        return make(sys.argv[2])
    n_runs = 1 if "--once" in sys.argv else 2
    arguments = [argument for argument in sys.argv[1:] if argument not in ("--only", "--once")]
    only = arguments.pop() if "--only" in sys.argv else ""
    if not arguments:
        sys.exit(__doc__)
    for module in ("sklearn", "sklearnex", "kmodes", "FasterKModes"):
        if importlib.util.find_spec(module) is None:
            print(f"{module} is not installed and stays out")
    load = os.getloadavg()[0]
    print(f"{os.cpu_count()} processors, load {load:.1f}" + (" (BUSY: compare ratios, not times)" if load > 0.5 else ""))
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments[1] if len(arguments) > 1 else temporary
        os.makedirs(folder, exist_ok=True)
        if not os.path.exists(os.path.join(folder, "mixed-100000-codes")):
            # In a process of its own: a child is said to have held what its parent held when it began.
            subprocess.run([sys.executable, os.path.abspath(__file__), "--make", folder], check=True)
        for job in jobs(folder):
            if only in job["title"]:
                compare(os.path.abspath(arguments[0]), job, n_runs)


if __name__ == "__main__":
    main()
