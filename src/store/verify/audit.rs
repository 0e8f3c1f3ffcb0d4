//! Reads every line, and goes on behind a bad one, so that all damage is named at once.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use crate::store::disk::{Disk, DiskFile};
use crate::store::error::{Doing, Fault, StoreError};
use crate::store::journal::{
    Assembler, Cursor, Form, LineReader, Piece, Position, Segment, is_bad_seal, line_ends_at,
};
use crate::store::record::{Actor, Hash, Head, Line, Personal, RawRecord, Transaction, parse_line};
use crate::store::recover::{Tail, judge_tail, read_tail};
use crate::store::watermark::Watermark;

use super::{Code, Finding, Progress, Verified, is_reached};

/// The state of the reading.
pub(super) struct Audit<'a> {
    disk: &'a dyn Disk,
    store_id: &'a str,
    mark: Option<Watermark>,
    findings: Vec<Finding>,
    assembler: Assembler,
    /// A bad line was met, and nothing since then closed a transaction: the chain cannot be checked here.
    is_lost: bool,
    end: Cursor,
    n_records: u64,
    n_erased: u64,
    n_login_unknown: u64,
    /// Whether the record the watermark names was met where it says.
    met_mark: bool,
    /// The years of the segments, by their first records.
    years: BTreeMap<u64, i16>,
    bytes_done: u64,
    bytes_total: u64,
    is_complete: bool,
}

impl<'a> Audit<'a> {
    pub(super) fn new(disk: &'a dyn Disk, store_id: &'a str, mark: Option<Watermark>, start: Head) -> Self {
        let end = Cursor { position: Position { segment: 1, offset: 0 }, head: start };
        Self {
            disk,
            store_id,
            mark,
            findings: Vec::new(),
            assembler: Assembler::new(start),
            is_lost: false,
            end,
            n_records: 0,
            n_erased: 0,
            n_login_unknown: 0,
            met_mark: false,
            years: BTreeMap::new(),
            bytes_done: 0,
            bytes_total: 0,
            is_complete: true,
        }
    }

    /// Every byte of every segment.
    pub(super) fn segments(&mut self, listed: &[Segment], progress: Progress<'_>) -> Result<(), StoreError> {
        self.years = years_of(listed);
        self.bytes_total = listed.iter().map(|segment| segment.stored).sum();
        if listed.is_empty() {
            self.findings.push(Finding::new(Code::Segment, "journal").with("seq", 1));
        }
        for (idx, segment) in listed.iter().enumerate() {
            self.segment(segment, idx + 1 == listed.len(), progress)?;
            if !self.is_complete {
                break;
            }
        }
        Ok(())
    }

    /// Of all segments but the last only the header, which must be the one the next header's chain needs; of the last
    /// every line.
    pub(super) fn borders_and_last(
        &mut self,
        listed: &[Segment],
        progress: Progress<'_>,
    ) -> Result<(), StoreError> {
        let Some((last, earlier)) = listed.split_last() else { return self.segments(listed, progress) };
        self.years = years_of(listed);
        self.bytes_total = last.stored;
        for (segment, next) in earlier.iter().zip(&listed[1..]) {
            let Some(after) = self.header_after(next)? else { continue };
            let head = Head { seq: next.first_seq - 1, hash: after };
            match self.is_border(segment, head) {
                Ok(true) => {}
                Ok(false) => self.find(Code::Chain, next, 0, |finding| finding.with("seq", next.first_seq)),
                Err(error) if is_bad_seal(&error) => self.find_fault(segment, 0, Fault::Sealed),
                Err(error) => return Err(error),
            }
        }
        if let Some(after) = self.header_after(last)?.filter(|_| last.first_seq > 1) {
            let head = Head { seq: last.first_seq - 1, hash: after };
            self.assembler = Assembler::new(head);
            self.end = Cursor { position: Position { segment: last.first_seq, offset: 0 }, head };
            // A watermark at the very end of the segment before is right as well.
            self.met_mark = self.mark.is_some_and(|mark| mark.names(&head));
        }
        self.segment(last, true, progress)
    }

    /// Whether a segment ends with this record.
    fn is_border(&self, segment: &Segment, head: Head) -> Result<bool, StoreError> {
        let offset = segment.length(&*segment.open(self.disk)?)?;
        let position = Position { segment: segment.first_seq, offset };
        line_ends_at(self.disk, segment, &Cursor { position, head })
    }

    /// The chain's state that a segment's header claims.
    fn header_after(&self, segment: &Segment) -> Result<Option<Hash>, StoreError> {
        let first_line = |file: &dyn DiskFile| -> Result<_, StoreError> {
            let end = segment.length(file)?.min(4096);
            let mut lines = LineReader::new(file, 0, end);
            match lines.next().doing("read", &segment.path)? {
                Piece::Line { bytes, .. } => Ok(Some(bytes.to_vec())),
                Piece::Unfinished { .. } | Piece::End => Ok(None),
            }
        };
        let line = match segment.open(self.disk).and_then(|file| first_line(&*file)) {
            // It is found where its lines are read.
            Err(error) if is_bad_seal(&error) => None,
            line => line?,
        };
        Ok(line.and_then(|bytes| match parse_line(&bytes) {
            Ok(Line::Header(header)) => Some(header.after),
            _ => None,
        }))
    }

    fn segment(
        &mut self,
        segment: &Segment,
        is_last: bool,
        progress: Progress<'_>,
    ) -> Result<(), StoreError> {
        let expected = self.assembler.head().seq + 1;
        if segment.first_seq != expected && !self.is_lost {
            self.find(Code::Segment, segment, 0, |f| {
                f.with("seq", expected).with("found", segment.first_seq)
            });
            self.lose();
        }
        if is_last && segment.form == Form::Sealed {
            // Only a segment that another one follows is sealed.
            self.find(Code::Segment, segment, 0, |f| f.with("seq", expected));
        }
        match self.open_and_read(segment, is_last, progress) {
            Err(error) if is_bad_seal(&error) => {
                self.find_fault(segment, self.end_in(segment), Fault::Sealed);
                Ok(())
            }
            read => read,
        }
    }

    /// Where the last whole transaction of a segment ends.
    fn end_in(&self, segment: &Segment) -> u64 {
        let end = self.end.position;
        if end.segment == segment.first_seq { end.offset } else { 0 }
    }

    fn open_and_read(
        &mut self,
        segment: &Segment,
        is_last: bool,
        progress: Progress<'_>,
    ) -> Result<(), StoreError> {
        let file = segment.open(self.disk)?;
        // The length as it was listed: what others write meanwhile is not looked at.
        let len = segment.length(&*file)?;
        if self.lines(segment, &*file, len, is_last, progress)?.is_break() {
            self.is_complete = false;
        }
        if !self.assembler.is_between_transactions() && !is_last {
            let seq = self.assembler.head().seq + 1;
            self.find(Code::Sequence, segment, len, |f| f.with("seq", seq));
            self.lose();
        }
        Ok(())
    }

    fn lines(
        &mut self,
        segment: &Segment,
        file: &dyn DiskFile,
        len: u64,
        is_last: bool,
        progress: Progress<'_>,
    ) -> Result<ControlFlow<()>, StoreError> {
        let mut lines = LineReader::new(file, 0, len);
        let start = self.bytes_done;
        let mut told = start;
        loop {
            let (offset, bytes) = match lines.next().doing("read", &segment.path)? {
                Piece::Line { offset, bytes } => (offset, bytes),
                Piece::Unfinished { offset } => {
                    if self.is_acknowledged(segment, offset, is_last) {
                        self.find_fault(segment, offset, Fault::Unfinished);
                    }
                    break;
                }
                Piece::End => break,
            };
            let line_end = offset + bytes.len() as u64 + 1;
            let (before, was_lost) = (self.findings.len(), self.is_lost);
            self.line(segment, offset, bytes, line_end);
            // Behind the watermark of the last segment the tail is judged as a whole, not line by line.
            if self.findings.len() > before && !self.is_acknowledged(segment, offset, is_last) {
                self.findings.truncate(before);
                self.is_lost = was_lost;
                break;
            }
            // Of a sealed one the packed bytes are told: a share of them as large as that of the lines read.
            self.bytes_done = start + share(segment, line_end, len);
            if self.bytes_done - told > 4 << 20 {
                told = self.bytes_done;
                if progress(self.bytes_done, self.bytes_total).is_break() {
                    return Ok(ControlFlow::Break(()));
                }
            }
        }
        self.bytes_done = start + segment.stored;
        if is_last && segment.form == Form::Plain {
            self.tail(segment)?;
        }
        Ok(progress(self.bytes_done, self.bytes_total))
    }

    /// Whether what stands at a place was acknowledged, so that anything wrong there is damage.
    fn is_acknowledged(&self, segment: &Segment, offset: u64, is_last: bool) -> bool {
        let here = Position { segment: segment.first_seq, offset };
        !is_last || offset == 0 || self.mark.is_some_and(|mark| here < mark.position)
    }

    fn line(&mut self, segment: &Segment, offset: u64, bytes: &[u8], line_end: u64) {
        match parse_line(bytes) {
            Err(fault) => self.find_fault(segment, offset, Fault::Line(fault)),
            Ok(Line::Newer(version)) => {
                self.find(Code::Newer, segment, offset, |f| f.with("version", version));
                self.is_lost = true;
            }
            Ok(Line::Header(header)) => {
                let head = self.assembler.head();
                let fits = offset == 0
                    && header.first_seq == segment.first_seq
                    && header.store_id == self.store_id
                    && (self.is_lost || (header.first_seq == head.seq + 1 && header.after == head.hash));
                if !fits {
                    self.find_fault(segment, offset, Fault::Header);
                } else {
                    if self.is_lost {
                        let seq = header.first_seq - 1;
                        self.assembler = Assembler::new(Head { seq, hash: header.after });
                        self.is_lost = false;
                    }
                    self.closed(segment, line_end);
                }
            }
            Ok(Line::Record(_)) if offset == 0 => self.find_fault(segment, offset, Fault::Header),
            Ok(Line::Record(raw)) => self.record(segment, offset, &raw, line_end),
        }
    }

    fn record(&mut self, segment: &Segment, offset: u64, raw: &RawRecord<'_>, line_end: u64) {
        if self.is_lost {
            // Found again: from the end of this transaction on the chain can be checked.
            if raw.i == raw.n {
                self.assembler = Assembler::new(Head { seq: raw.seq, hash: raw.hash });
                self.is_lost = false;
                self.closed(segment, line_end);
            }
            return;
        }
        match self.assembler.take(raw) {
            Err(fault) => {
                self.find_fault(segment, offset, fault);
                self.record(segment, offset, raw, line_end);
            }
            Ok(None) => {}
            Ok(Some(transaction)) => {
                self.count(&transaction);
                self.closed(segment, line_end);
            }
        }
    }

    fn count(&mut self, transaction: &Transaction) {
        let n = transaction.records.len() as u64;
        self.n_records += n;
        if transaction.by.loginuid == Actor::LOGINUID_UNSET {
            self.n_login_unknown += n;
        }
        self.n_erased += transaction.records.iter().filter(|r| r.pii == Personal::Erased).count() as u64;
    }

    /// A whole transaction, or a header, ends here.
    fn closed(&mut self, segment: &Segment, line_end: u64) {
        let position = Position { segment: segment.first_seq, offset: line_end };
        self.end = Cursor { position, head: self.assembler.head() };
        if let Some(mark) = self.mark {
            self.met_mark |= mark.position == position && mark.names(&self.end.head);
        }
    }

    /// What stands behind the last whole transaction of the last segment.
    fn tail(&mut self, segment: &Segment) -> Result<(), StoreError> {
        let is_here =
            self.end.position.segment == segment.first_seq && self.end.position.offset < segment.stored;
        if !is_here || self.is_lost {
            return Ok(());
        }
        let tail = read_tail(self.disk, segment, &self.end)?;
        let start = self.end.position.offset;
        match judge_tail(&tail, start, self.end.head) {
            Tail::Clean => {}
            Tail::Torn => self.find(Code::TornTail, segment, start, |f| f.with("bytes", tail.len())),
            Tail::Newer(version) => self.find(Code::Newer, segment, start, |f| f.with("version", version)),
            Tail::Damage { offset, fault } => {
                self.find(Code::Inside, segment, start + offset, |f| f.with("fault", fault.name()));
            }
        }
        Ok(())
    }

    fn find_fault(&mut self, segment: &Segment, offset: u64, fault: Fault) {
        let code = match fault {
            Fault::Chain => Code::Chain,
            Fault::Sequence => Code::Sequence,
            Fault::Header => Code::Header,
            Fault::Sealed => Code::Sealed,
            _ => Code::Line,
        };
        let seq = self.assembler.head().seq + 1;
        self.find(code, segment, offset, |f| f.with("fault", fault.name()).with("seq", seq));
        self.is_lost = true;
    }

    fn lose(&mut self) {
        self.is_lost = true;
    }

    fn find(&mut self, code: Code, segment: &Segment, offset: u64, with: impl FnOnce(Finding) -> Finding) {
        let place = format!("{}:{offset}", segment.name());
        self.findings.push(with(Finding::new(code, &place)));
    }

    /// Adds the findings about the whole, and gives the result without its findings.
    pub(super) fn finish(mut self, findings: &mut Vec<Finding>, mark: Option<&Watermark>) -> Verified {
        let end = self.end.position;
        let is_newer = self.findings.iter().any(|finding| finding.code == Code::Newer);
        let is_whole = self.is_complete && !is_newer;
        if is_whole && (!is_reached(mark, end) || (mark.is_some() && !self.met_mark)) {
            let mark = mark.expect("it was just looked at");
            let Position { segment, offset } = mark.position;
            // Where the segment is not even there, what names it is the only place.
            let place = self.years.get(&segment).map_or("lock/committed".to_owned(), |year| {
                format!("journal/{year:04}/{segment:012}.jsonl:{offset}")
            });
            self.findings.push(Finding::new(Code::Acknowledged, &place).with("seq", mark.seq));
        } else if is_whole && mark.is_some_and(|mark| mark.seq < self.end.head.seq) {
            let seq = self.end.head.seq;
            self.findings.push(Finding::new(Code::Unpublished, "lock/committed").with("seq", seq));
        }
        for (code, n) in [(Code::Erased, self.n_erased), (Code::LoginUnknown, self.n_login_unknown)] {
            if n > 0 {
                self.findings.push(Finding::new(code, "journal").with("n", n));
            }
        }
        findings.splice(..0, self.findings);
        let Self { n_records, end, is_complete, .. } = self;
        Verified { findings: Vec::new(), n_records, end, is_complete }
    }
}

fn share(segment: &Segment, done: u64, of: u64) -> u64 {
    match segment.form {
        Form::Plain => done,
        Form::Sealed => (u128::from(segment.stored) * u128::from(done) / u128::from(of.max(1)))
            .try_into()
            .unwrap_or(segment.stored),
    }
}

fn years_of(listed: &[Segment]) -> BTreeMap<u64, i16> {
    listed.iter().map(|segment| (segment.first_seq, segment.year)).collect()
}
