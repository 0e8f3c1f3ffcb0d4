//! Where the store lies: names that everybody may write, a folder of another user. What is refused when a store is opened
//! for work is named here.

use crate::store::ballast::{Ballast, ballast};
use crate::store::disk::{Disk, Owner};
use crate::store::error::{Doing, StoreError};
use crate::store::format::Layout;
use crate::store::place::misplaced;

use super::{Fsck, LISTED_MAX, Trouble};

/// Looks at owners and modes; a disk that knows no users has none.
pub(super) fn look(disk: &dyn Disk, layout: &Layout, found: &mut Fsck) -> Result<(), StoreError> {
    let root = layout.root();
    let Some(facts) = disk.facts(root).doing("look at", root)? else { return Ok(()) };
    match facts.owner {
        Owner::Other(uid) | Owner::Trusted(uid) => {
            found.add(Trouble::ForeignOwner.at(".", vec![("uid", uid.to_string())]));
        }
        Owner::OpenGroup(gid) => found.add(Trouble::OpenGroup.at(".", vec![("gid", gid.to_string())])),
        Owner::Us | Owner::Group(_) => {}
    }
    if ballast(disk, layout).doing("look at", root)? == Ballast::Missing {
        found.add(Trouble::NoBallast.at("reserve.bin", Vec::new()));
    }
    let misplaced = misplaced(disk, layout).doing("look at", root)?;
    for (trouble, paths) in
        [(Trouble::OpenToAll, misplaced.open_to_all), (Trouble::ClosedToGroup, misplaced.closed_to_group)]
    {
        for path in paths.into_iter().take(LISTED_MAX) {
            let name = path.strip_prefix(root).unwrap_or(&path).display().to_string();
            let name = if name.is_empty() { ".".to_owned() } else { name };
            found.add(trouble.at(name, Vec::new()));
        }
    }
    Ok(())
}
