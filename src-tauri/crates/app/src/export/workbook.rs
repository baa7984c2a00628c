//! A workbook of Excel. Texts are cells of text, which no spreadsheet runs, so nothing is put before them.

use crate::error::AppError;
use cb_domain::export::Cell;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

/// Most rows of a sheet, its head among them (Excel's limit).
const SHEET_ROWS: u32 = 1_048_576;
/// Most characters of a cell (Excel's limit).
const CELL_LETTERS: usize = 32_767;
/// Width of a column in letters, which the head may widen.
const WIDTH: f64 = 18.0;

/// The sheets of one table; a table that is longer than a sheet goes on in the next.
pub(super) struct Sheets {
    book: Workbook,
    head: Vec<String>,
    /// The next row of the last sheet.
    row: u32,
    sheets: usize,
    day: Format,
    amount: Format,
}

impl Sheets {
    /// Begins the first sheet. Rows lie in a nameless file in `folder` until the workbook is whole.
    pub(super) fn begin(folder: &Path, head: &[String]) -> Result<Self, XlsxError> {
        let mut book = Workbook::new();
        book.set_tempdir(folder)?;
        let mut sheets = Self {
            book,
            head: head.to_vec(),
            row: 0,
            sheets: 0,
            day: Format::new().set_num_format("yyyy-mm-dd"),
            amount: Format::new().set_num_format("#,##0.00"),
        };
        sheets.next()?;
        Ok(sheets)
    }

    pub(super) fn row(&mut self, cells: &[Cell]) -> Result<(), XlsxError> {
        if self.row == SHEET_ROWS {
            self.next()?;
        }
        let (row, last) = (self.row, self.sheets - 1);
        let sheet = self.book.worksheet_from_index(last)?;
        for (column, cell) in (0_u16..).zip(cells) {
            write(sheet, row, column, cell, &self.day, &self.amount)?;
        }
        self.row += 1;
        Ok(())
    }

    pub(super) fn finish(mut self, file: &mut BufWriter<File>) -> Result<(), XlsxError> {
        self.close()?;
        self.book.save_to_writer(file)
    }

    /// Another sheet with the same head.
    fn next(&mut self) -> Result<(), XlsxError> {
        self.close()?;
        let bold = Format::new().set_bold();
        let sheet = self.book.add_worksheet_with_constant_memory()?;
        for (column, text) in (0_u16..).zip(&self.head) {
            sheet.set_column_width(column, WIDTH.max(f64::from(letters(text)) + 4.0))?;
            sheet.write_string_with_format(0, column, text, &bold)?;
        }
        sheet.set_freeze_panes(1, 0)?;
        self.sheets += 1;
        self.row = 1;
        Ok(())
    }

    /// What the last sheet can have only when its end is known: the arrows to filter by.
    fn close(&mut self) -> Result<(), XlsxError> {
        if self.sheets == 0 || self.head.is_empty() {
            return Ok(());
        }
        let (end, last) = (self.row - 1, u16::try_from(self.head.len() - 1).unwrap_or(u16::MAX));
        self.book.worksheet_from_index(self.sheets - 1)?.autofilter(0, 0, end, last)?;
        Ok(())
    }
}

fn letters(text: &str) -> u16 {
    u16::try_from(text.chars().count()).unwrap_or(u16::MAX)
}

fn write(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &Cell,
    day: &Format,
    amount: &Format,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Text(text) if text.is_empty() => {}
        Cell::Text(text) => {
            let kept: String = text.chars().filter(|letter| *letter != '\0').take(CELL_LETTERS).collect();
            sheet.write_string(row, column, kept)?;
        }
        Cell::Number(number) => {
            // Exact up to 2^53, far above any count of a book.
            #[expect(clippy::cast_precision_loss)]
            sheet.write_number(row, column, *number as f64)?;
        }
        Cell::Amount(money) => {
            #[expect(clippy::cast_precision_loss)]
            sheet.write_number_with_format(row, column, money.minor as f64 / 100.0, amount)?;
        }
        Cell::Day(date) => {
            let (year, month, of_month) =
                (date.year().unsigned_abs(), date.month().unsigned_abs(), date.day().unsigned_abs());
            sheet.write_datetime_with_format(row, column, ExcelDateTime::from_ymd(year, month, of_month)?, day)?;
        }
    }
    Ok(())
}

impl From<XlsxError> for AppError {
    fn from(error: XlsxError) -> Self {
        // The library's list of errors is long and grows; the screen acts on those of the disk alone.
        if let XlsxError::IoError(error) = error { Self::Io(error) } else { Self::Io(std::io::Error::other(error)) }
    }
}
