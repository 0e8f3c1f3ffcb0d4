//! What the command line says of the screen's keys, which it does not know: rows made by the screen's own table.

/// One action of the screen in one place, with the keys in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyRow {
    /// The key of the place's words.
    pub place: &'static str,
    /// Texts of its keys, the one to show first; none when the action is switched off.
    pub keys: Vec<String>,
    /// The key of the action's words.
    pub action: &'static str,
    /// The action's name in the config file.
    pub name: &'static str,
}
