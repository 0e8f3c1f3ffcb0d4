//! What stands behind the watermark, for who only looks: after a power cut, work that was acknowledged may stand there
//! until somebody opens the store for work.

use crate::store::disk::Access;
use crate::store::error::{Doing, Standing, StoreError};
use crate::store::journal::{Form, Stop, Until, segments};
use crate::store::record::Transaction;

use super::Ledger;

impl Ledger {
    /// Reads on behind the watermark when nobody is writing: the watermark is not synced, so that a power cut may take it
    /// back, and a writer may die before it moves it. The journal is synced first, so that nothing is shown which could
    /// still be lost; no byte is changed. A writer who lives publishes by himself. Who may not try the lock sees what is
    /// published.
    pub fn catch_up_behind(&mut self) -> Result<Vec<Transaction>, StoreError> {
        if self.standing != Standing::Sound || !self.has_rest()? {
            return Ok(Vec::new());
        }
        let Ok(Some(_held)) = self.disk.try_lock(&self.layout.writer_lock()) else { return Ok(Vec::new()) };
        // The one who wrote a moment ago has published, or has found what stops all.
        let mut news = self.catch_up()?;
        if self.standing != Standing::Sound {
            return Ok(news);
        }
        for segment in segments(&*self.disk, &self.layout)? {
            if segment.first_seq >= self.cursor.position.segment && segment.form == Form::Plain {
                let path = &segment.path;
                let file = self.disk.open(path, Access::Read).doing("open", path)?;
                file.sync_data().doing("sync", path)?;
            }
        }
        match self.walk(Until::End, &mut |transaction| news.push(transaction))? {
            Stop::Reached | Stop::Tail(_) => {}
            Stop::Damage(damage) => self.standing = Standing::Damaged(damage),
            Stop::Newer(version) => self.standing = Standing::Newer(version),
        }
        Ok(news)
    }
}
