//! The one place that asks the processor what it can do.
//!
//! The compiler makes each hot loop twice from the same source: with the instructions every x86-64 has, and with AVX2, whose
//! registers hold twice as many numbers. Both compute lane by lane in the same order, and AVX2 alone has no fused
//! multiply-add, so both give the same bits. A test holds them against each other.

/// Which instructions a fit may use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Instructions {
    /// The widest this processor has.
    #[default]
    Widest,
    /// Those every processor of the architecture has.
    Plain,
}

/// Work that gains from wide registers. `run` must be `#[inline(always)]`, or it is made for plain ones only.
pub(crate) trait Work {
    /// What comes of it.
    type Answer;

    /// Does it.
    fn run(self) -> Self::Answer;
}

impl Instructions {
    /// Does the work.
    #[inline]
    pub(crate) fn run<W: Work>(self, work: W) -> W::Answer {
        #[cfg(target_arch = "x86_64")]
        if self == Self::Widest && std::arch::is_x86_feature_detected!("avx2") {
            #[allow(
                unsafe_code,
                reason = "the processor was asked in the line above; see docs/decisions.md"
            )]
            // SAFETY: the one requirement of the call is that the processor has AVX2.
            return unsafe { with_avx2(work) };
        }
        work.run()
    }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn with_avx2<W: Work>(work: W) -> W::Answer {
    work.run()
}
