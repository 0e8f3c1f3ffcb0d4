//! Days as small integers: a table from 1940 to 2027 with working days, so that a million cases cost no calendar
//! arithmetic.

use jiff::civil::{Date, date};

use crate::base::calendar::{Holidays, days_between, is_working_day};

/// The branch's today: a working day in an open month. Nothing is dated after it.
pub const TODAY: Date = date(2026, 10, 30);
/// First day of the 24 months that are there in full.
pub const FIRST_DAY: Date = date(2024, 11, 1);
/// First day on which a case that is still open may have happened.
pub const OLDEST_DAY: Date = date(2019, 6, 3);

/// A day by its number in the table.
pub type Day = i32;
/// No day.
pub const NONE: Day = -1;
/// A day past the table: later than anything the branch has seen.
pub const FAR: Day = i32::MAX / 2;

const TABLE_FROM: Date = date(1940, 1, 1);
const TABLE_TO: Date = date(2027, 12, 31);

/// Holidays with a fixed date: enough for a believable calendar; the moving ones are left out.
const FIXED_HOLIDAYS: &[(i8, i8)] = &[(1, 1), (5, 1), (6, 1), (8, 17), (12, 25)];

/// The table.
pub struct Days {
    dates: Vec<Date>,
    /// Working days in order.
    working: Vec<Day>,
    /// For each day, how many working days there are up to and including it.
    rank: Vec<usize>,
    /// The number of [`TODAY`].
    pub today: Day,
    /// The number of [`FIRST_DAY`].
    pub first: Day,
    /// The number of [`OLDEST_DAY`].
    pub oldest: Day,
}

impl Days {
    /// Builds the table.
    pub fn build() -> Days {
        let years = TABLE_FROM.year()..=TABLE_TO.year();
        let holidays = Holidays::new(
            years.flat_map(|year| FIXED_HOLIDAYS.iter().map(move |(month, day)| date(year, *month, *day))),
        );
        let (mut dates, mut working, mut rank) = (Vec::new(), Vec::new(), Vec::new());
        let mut day = TABLE_FROM;
        while day <= TABLE_TO {
            if is_working_day(day, &holidays) {
                working.push(Day::try_from(dates.len()).expect("a table of some thousand days"));
            }
            dates.push(day);
            rank.push(working.len());
            day = day.tomorrow().expect("far from the end of time");
        }
        let mut table = Days { dates, working, rank, today: 0, first: 0, oldest: 0 };
        table.today = table.number(TODAY);
        table.first = table.number(FIRST_DAY);
        table.oldest = table.number(OLDEST_DAY);
        table
    }

    /// The number of a date; [`FAR`] past the table.
    pub fn number(&self, date: Date) -> Day {
        if date > TABLE_TO {
            return FAR;
        }
        Day::try_from(days_between(TABLE_FROM, date)).expect("a date after 1940")
    }

    /// The date of a number inside the table.
    pub fn date(&self, day: Day) -> Date {
        self.dates[usize::try_from(day).expect("a day, not NONE")]
    }

    /// The date, or none for [`NONE`].
    pub fn maybe(&self, day: Day) -> Option<Date> {
        (day != NONE).then(|| self.date(day))
    }

    /// This day if it is a working day, else the next.
    pub fn on_working(&self, day: Day) -> Day {
        self.working_at(self.rank_of(day - 1))
    }

    /// The `n`-th working day after.
    pub fn after(&self, day: Day, n: u32) -> Day {
        if n == 0 {
            return day;
        }
        self.working_at(self.rank_of(day) + usize::try_from(n).expect("few days") - 1)
    }

    /// The `n`-th working day before.
    pub fn before(&self, day: Day, n: u32) -> Day {
        let place = self.rank_of(day - 1).saturating_sub(usize::try_from(n).expect("few days"));
        if n == 0 { day } else { self.working[place] }
    }

    /// The month, counted from year 0.
    pub fn month(&self, day: Day) -> i32 {
        let date = self.date(day);
        i32::from(date.year()) * 12 + i32::from(date.month()) - 1
    }

    /// The working day on or after day `day_of_month` of the month `months` after the month of `day`.
    pub fn day_in_month(&self, day: Day, months: i32, day_of_month: i8) -> Day {
        if day >= FAR {
            return FAR;
        }
        let month = self.month(day) + months;
        let year = i16::try_from(month.div_euclid(12)).expect("a year of the table");
        let of_year = i8::try_from(month.rem_euclid(12) + 1).expect("1 to 12");
        if year > TABLE_TO.year() {
            return FAR;
        }
        self.on_working(self.number(date(year, of_year, day_of_month)))
    }

    /// The same day some months later (the last day of a shorter month).
    pub fn plus_months(&self, day: Day, months: i32) -> Day {
        self.number(self.date(day).saturating_add(jiff::Span::new().months(months)))
    }

    fn rank_of(&self, day: Day) -> usize {
        match usize::try_from(day) {
            Ok(place) => self.rank.get(place).copied().unwrap_or(self.working.len()),
            Err(_) => 0,
        }
    }

    fn working_at(&self, place: usize) -> Day {
        self.working.get(place).copied().unwrap_or(FAR)
    }
}
