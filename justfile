# What developers type. `just` alone lists it.

default:
    @just --list

# Everything the checks want, as the build server does it.
ci:
    bash .ci/run

# A quick look while writing.
check:
    cargo check --locked --all-targets

# Format, then lint as strictly as the build server.
lint:
    cargo fmt --all
    cargo clippy --locked --all-targets -- -D warnings

# All tests, or those of one module: just test base::
test filter="":
    cargo test --locked --test it {{ filter }}

# Take over changed snapshots after reading them (needs cargo-insta).
review:
    cargo insta review

# A day at the desk on the believable branch.
demo:
    cargo run --release -- demo

# The floors, the heavy names, the habits and the licences only.
tidy:
    cargo test --locked --test it tidy::
