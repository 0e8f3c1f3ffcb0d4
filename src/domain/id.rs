//! Inside, everything has its own id: a number the store gives once and never again. What stands on paper is an
//! attribute that may change.

/// Makes an id type: a number with a name.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident($inner:ty);)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name($inner);

        impl $name {
            /// The id with this number.
            pub const fn new(number: $inner) -> Self {
                $name(number)
            }

            /// The bare number, as the store writes it.
            pub const fn get(self) -> $inner {
                self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    )*};
}

ids! {
    /// A claim, for good, whatever number stands on its paper.
    ClaimId(u64);
    /// A voucher, for good.
    VoucherId(u64);
    /// A benefit line within its claim, from 1.
    LineNo(u16);
    /// A payment within its voucher, from 1.
    PaymentNo(u16);
}
