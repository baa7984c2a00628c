//! Places: ranks with gaps, in the order of (name_key, number). A new row takes the middle of a gap; where there is none
//! left, its neighbours move apart.

use super::customer_parts::{Facets, parts};
use crate::value::Id;
use crate::{Result, Tx};
use cb_domain::ids::{CustomerId, ResellerId, TenantId};
use rusqlite::Row;

/// Places lie between 0 and this. Wide enough that rows in any order hardly ever meet: names in random order halve a gap
/// about 28 times in a book of a million.
const END: i64 = 1 << 44;

/// Neighbours on either side that move apart first; four times as many when that is not enough.
const NEAREST: u32 = 32;

/// Room that neighbours leave between them when they move apart.
const ROOM: i64 = 1 << 8;

const BEFORE: &str = "SELECT name_key, number, place FROM customers
    WHERE (name_key, number) < (?1, ?2) AND place IS NOT NULL ORDER BY name_key DESC, number DESC LIMIT ?3";
const AFTER: &str = "SELECT name_key, number, place FROM customers
    WHERE (name_key, number) > (?1, ?2) AND place IS NOT NULL ORDER BY name_key, number LIMIT ?3";

impl Tx {
    /// A free place for a row that has none yet.
    pub(super) fn free_place(&self, name_key: &str, number: i64) -> Result<i64> {
        let neighbour = |sql: &str| self.row(sql, (name_key, number, 1), place);
        let (before, after) = (neighbour(BEFORE)?, neighbour(AFTER)?);
        // At either end the share of the room that is left is taken which one of so many rows would take: sorted rows
        // do not run out of room, and rows in any order do not crowd together.
        let share = || self.known_customers().map(|known| known + 2);
        let found = match (before, after) {
            (None, None) => END / 2,
            (Some(before), None) => before + (END - before) / share()?,
            (None, Some(after)) => after - after / share()?,
            (Some(before), Some(after)) => i64::midpoint(before, after),
        };
        if found > before.unwrap_or(0) && found < after.unwrap_or(END) {
            return Ok(found);
        }
        self.move_apart(name_key, number)
    }

    fn known_customers(&self) -> Result<i64> {
        self.number("SELECT customers FROM customer_figures WHERE what = 'all' AND value = ''", [])
    }

    /// Spreads the neighbours evenly, as many of them as that takes, and answers with the place left free among them.
    fn move_apart(&self, name_key: &str, number: i64) -> Result<i64> {
        let mut reach = NEAREST;
        loop {
            let mut rows = self.rows(BEFORE, (name_key, number, reach + 1), numbered)?;
            let low = beyond(&mut rows, reach, 0);
            rows.reverse();
            let gap = rows.len();
            let mut after = self.rows(AFTER, (name_key, number, reach + 1), numbered)?;
            let high = beyond(&mut after, reach, END);
            rows.append(&mut after);
            let count = i64::try_from(rows.len()).unwrap_or(i64::MAX);
            let step = (high - low) / (count + 2);
            if step < ROOM && low > 0 && high < END {
                reach = reach.saturating_mul(4);
                continue;
            }
            self.spread(&rows, gap, low, step.max(1))?;
            return Ok(low + step.max(1) * (i64::try_from(gap).unwrap_or(i64::MAX) + 1));
        }
    }

    /// Gives these rows new places, one step apart, leaving out the one at `gap`.
    fn spread(&self, rows: &[(i64, i64)], gap: usize, low: i64, step: i64) -> Result<()> {
        for (number, place) in rows {
            self.execute("DELETE FROM customers_parts WHERE rowid = ?1", [place])?;
            // Two rows never have one place, not even for a moment.
            self.execute("UPDATE customers SET place = NULL WHERE number = ?1", [number])?;
        }
        let mut place = low;
        for (at, (number, _)) in rows.iter().enumerate() {
            place += if at == gap { 2 * step } else { step };
            self.execute("UPDATE customers SET place = ?2 WHERE number = ?1", (number, place))?;
            let text = self.text_of_row(*number)?;
            self.put_parts(place, &text)?;
        }
        Ok(())
    }

    fn text_of_row(&self, number: i64) -> Result<String> {
        let sql = "SELECT id, folded, country, reseller_id, tenant_id, name, alias FROM customers WHERE number = ?1";
        let found = self.row(sql, [number], |row| {
            let id = row.get::<_, Id<CustomerId>>(0)?.0;
            let (folded, country): (String, String) = (row.get(1)?, row.get(2)?);
            let reseller_id = row.get::<_, Option<Id<ResellerId>>>(3)?.map(|id| id.0);
            let called: [String; 2] = [row.get(5)?, row.get(6)?];
            Ok((id, folded, country, reseller_id, row.get::<_, Option<Id<TenantId>>>(4)?.map(|id| id.0), called))
        })?;
        let Some((id, folded, country, reseller_id, tenant_id, called)) = found else { return Ok(String::new()) };
        let tags = self.customer_book().tags(id)?;
        let called = [called[0].as_str(), called[1].as_str()];
        Ok(parts(&folded, &Facets { called, country: &country, reseller_id, tenant_id, tags: &tags }))
    }
}

/// Takes off the row beyond the reach, if there is one: it stays where it is and bounds the others.
fn beyond(rows: &mut Vec<(i64, i64)>, reach: u32, otherwise: i64) -> i64 {
    let reach = usize::try_from(reach).unwrap_or(usize::MAX);
    if rows.len() <= reach {
        return otherwise;
    }
    rows.pop().map_or(otherwise, |(_, place)| place)
}

fn place(row: &Row<'_>) -> rusqlite::Result<i64> {
    row.get(2)
}

fn numbered(row: &Row<'_>) -> rusqlite::Result<(i64, i64)> {
    Ok((row.get(1)?, row.get(2)?))
}
