//! Where settings, data and state of this person lie, by the conventions of the system (XDG on Linux).

use std::path::{Path, PathBuf};

use directories::ProjectDirs;

/// The folders and the file.
pub struct Places {
    /// The store, when nobody says where.
    pub store: String,
    /// What may be lost: the demonstration, the log.
    pub state: PathBuf,
    /// The file of settings.
    pub file: Option<PathBuf>,
}

impl Places {
    /// As the system names them; without a home, folders below the current one.
    pub fn find() -> Places {
        let dirs = ProjectDirs::from("id", "", "santun");
        let data = dirs.as_ref().map_or_else(|| PathBuf::from(".santun"), |dirs| dirs.data_dir().to_owned());
        let state = dirs.as_ref().and_then(|dirs| dirs.state_dir().map(Path::to_owned));
        Places {
            store: data.join("store").display().to_string(),
            state: state.unwrap_or_else(|| data.clone()),
            file: dirs.map(|dirs| dirs.config_dir().join("config.toml")),
        }
    }
}
