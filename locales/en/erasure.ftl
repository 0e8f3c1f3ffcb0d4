# Retention: erasing the personal data of years whose time is over.

erase-year = year
erase-what = what
erase-date = date
erase-by = by
erase-claims = claims
erase-reason = reason
erase-what-asked = proposed
erase-what-approved = approved
erase-what-finished = erased
erase-plan = { $year } and earlier: personal data of { $claims } claims and { $vouchers } vouchers.
erase-ready = Nothing has changed. Propose it with --reason REASON; another person approves it with --approve. What is erased does not come back.
erase-not-ready = Nothing has changed: the personal data of { $year } cannot be erased yet.
erase-asked = The proposal to erase the personal data of { $year } is recorded. Another person approves it with: santun store erase { $year } --approve
erase-busy = Approved, but somebody else is tidying the store. Run this again; opening the store for work carries it on, too.
erase-was-done = The personal data of { $year } has been erased.
erase-done = The personal data of { $year } and earlier is erased: { $records } records, { $documents } attached files. Figures, numbers and the journal's chain stay. Make a new backup now; older ones still hold that data.
erased-person = (erased)

refusal-erase-too-young = The personal data of { $year } is kept for { $years } years from the end of that year; it can be erased from { $from } on.
refusal-erase-months-open = The books of { $year } are not all closed; the first open month is { $first }.
refusal-erase-claims-open = { $n } claims whose last event lies in { $year } or before are not ended; the first is { $claim_no }.
refusal-erase-vouchers-unpaid = { $n } vouchers up to { $year } are neither paid nor void; the first is { $code }.
refusal-erase-nothing = There is no personal data up to { $year } that can be erased.
refusal-erase-asked = Erasing { $year } was proposed by { $by }; another person approves it.
refusal-erase-not-asked = Nobody has proposed to erase { $year }; begin with --reason REASON.
refusal-erase-two-people = Erasing { $year } was proposed by { $by }; who approves must be another person.
refusal-erase-under-way = The erasure of { $year } is under way; finish it first with: santun store erase { $year } --approve
refusal-erase-moved = What belongs to { $year } changed while it was looked at. Nothing was erased; run it again.
refusal-claim-erased = The personal data of this claim was erased, since its legal time is over; nothing more can be done to it.
refusal-voucher-erased = The personal data of this voucher was erased, since its legal time is over; nothing more can be done to it.
refusal-retention-years = Personal data is kept for at least { $least } and at most { $most } years.

fsck-erasing = Erasing the personal data of { $year } ({ $n } claims) was approved and is not finished; run: santun store erase { $year } --approve
fsck-erased-unasked = Record { $place } ({ $reference }) has lost its personal data without the decision of two people; { $count } records in all.

cli-help-store-erase = Erase the personal data of years whose legal time is over: one person proposes it, another approves
cli-arg-store-erase-year = Year, such as 2015: it and all before it; without one the list of what was done
cli-arg-store-erase-reason = Propose it, and why
cli-arg-store-erase-approve = Approve what somebody else proposed, and carry it out; also carries on what was interrupted
cli-arg-store-erase-format = How the list is written
