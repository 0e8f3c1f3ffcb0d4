//! Who is at the keyboard, as the system knows them: by number, for a name can be typed.

/// A person by the ids that the kernel gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PersonId {
    /// The user id of the process.
    pub uid: u32,
    /// The id someone logged in with, which `su` does not change; none where the system does not say.
    pub loginuid: Option<u32>,
}

impl PersonId {
    /// Whether both are the same person as far as the system can tell: one user id, or one known login id.
    pub fn is_same(self, other: PersonId) -> bool {
        let same_login = self.loginuid.is_some() && self.loginuid == other.loginuid;
        self.uid == other.uid || same_login
    }
}
