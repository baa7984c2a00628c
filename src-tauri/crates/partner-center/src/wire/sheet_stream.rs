//! A price sheet read while it comes in: only the rows that are wanted are kept, so a sheet of 50 MB never lies in
//! memory, packed or not.

use crate::wire::PriceRow;
use flate2::{Decompress, FlushDecompress, Status};
use std::io::Read;

/// Longest line of a sheet; anything longer is no sheet.
const LONGEST_LINE: usize = 1024 * 1024;
/// Largest unpacked sheet; anything larger is a bomb.
const LARGEST: u64 = 1024 * 1024 * 1024;
/// Fixed part of the head of a file in a ZIP archive.
const ZIP_HEAD: usize = 30;

/// What came is no price sheet that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoSheet {
    /// An archive packed in a way that is not known, or damaged.
    #[error("the archive can't be read")]
    Archive,
    /// Larger than any sheet, or with endless lines.
    #[error("it is too large for a price sheet")]
    TooLarge,
}

/// Takes a sheet in pieces, as CSV or as an archive with one CSV in it.
pub struct SheetReader<K> {
    keep: K,
    source: Source,
    /// The first line, with its end.
    names: Vec<u8>,
    /// What came of a line that is not whole yet.
    rest: Vec<u8>,
    /// Inside quotes at the end of `rest`.
    quoted: bool,
    rows: Vec<PriceRow>,
    unpacked: u64,
}

enum Source {
    /// Too little came to tell.
    Unknown(Vec<u8>),
    Plain,
    Packed(Box<Decompress>),
    /// The packed file has ended; what follows in the archive says nothing new.
    Over,
}

impl<K: FnMut(&PriceRow) -> bool> SheetReader<K> {
    /// Keeps the rows that `keep` wants.
    pub fn new(keep: K) -> Self {
        Self {
            keep,
            source: Source::Unknown(Vec::new()),
            names: Vec::new(),
            rest: Vec::new(),
            quoted: false,
            rows: Vec::new(),
            unpacked: 0,
        }
    }

    /// Takes the next piece.
    ///
    /// # Errors
    /// When this can't be a sheet.
    pub fn push(&mut self, piece: &[u8]) -> Result<(), NoSheet> {
        match &mut self.source {
            Source::Unknown(first) => {
                first.extend_from_slice(piece);
                self.tell()
            }
            Source::Plain => self.text(piece),
            Source::Packed(_) => self.unpack(piece),
            Source::Over => Ok(()),
        }
    }

    /// The rows that were wanted.
    ///
    /// # Errors
    /// When what came was no sheet.
    pub fn finish(mut self) -> Result<Vec<PriceRow>, NoSheet> {
        match std::mem::replace(&mut self.source, Source::Over) {
            Source::Unknown(first) => self.text(&first)?,
            Source::Packed(_) => return Err(NoSheet::Archive),
            Source::Plain | Source::Over => {}
        }
        let last = std::mem::take(&mut self.rest);
        self.lines(&last);
        Ok(self.rows)
    }

    /// Decides what it is once enough came.
    fn tell(&mut self) -> Result<(), NoSheet> {
        let Source::Unknown(first) = &mut self.source else { return Ok(()) };
        if first.len() < 4 {
            return Ok(());
        }
        if !first.starts_with(b"PK\x03\x04") {
            let first = std::mem::take(first);
            self.source = Source::Plain;
            return self.text(&first);
        }
        let number = |at: usize| first.get(at..at + 2).map(|two| usize::from(u16::from_le_bytes([two[0], two[1]])));
        let (Some(method), Some(name), Some(extra)) = (number(8), number(26), number(28)) else { return Ok(()) };
        let begins = ZIP_HEAD + name + extra;
        if first.len() < begins {
            return Ok(());
        }
        let packed = first.split_off(begins);
        match method {
            8 => {
                self.source = Source::Packed(Box::new(Decompress::new(false)));
                self.unpack(&packed)
            }
            _ => Err(NoSheet::Archive),
        }
    }

    fn unpack(&mut self, mut packed: &[u8]) -> Result<(), NoSheet> {
        let Source::Packed(mut inflater) = std::mem::replace(&mut self.source, Source::Over) else { return Ok(()) };
        let mut text = vec![0; 64 * 1024];
        loop {
            let (read, written) = (inflater.total_in(), inflater.total_out());
            let status = inflater.decompress(packed, &mut text, FlushDecompress::None);
            let status = status.map_err(|_| NoSheet::Archive)?;
            let read = usize::try_from(inflater.total_in() - read).unwrap_or(usize::MAX);
            let written = usize::try_from(inflater.total_out() - written).unwrap_or(usize::MAX);
            self.text(text.get(..written).unwrap_or_default())?;
            packed = packed.get(read..).unwrap_or_default();
            if status == Status::StreamEnd {
                return Ok(());
            }
            if written == 0 && (read == 0 || packed.is_empty()) {
                self.source = Source::Packed(inflater);
                return Ok(());
            }
        }
    }

    fn text(&mut self, piece: &[u8]) -> Result<(), NoSheet> {
        self.unpacked = self.unpacked.saturating_add(piece.len() as u64);
        if self.unpacked > LARGEST {
            return Err(NoSheet::TooLarge);
        }
        // Lines end outside quotes only; a doubled quote opens and closes at once, which comes to the same.
        let mut end = None;
        for (at, byte) in piece.iter().enumerate() {
            match byte {
                b'"' => self.quoted = !self.quoted,
                b'\n' if !self.quoted => end = Some(at + 1),
                _ => {}
            }
        }
        let Some(end) = end else {
            self.rest.extend_from_slice(piece);
            return if self.rest.len() > LONGEST_LINE { Err(NoSheet::TooLarge) } else { Ok(()) };
        };
        let (whole, open) = piece.split_at(end);
        let mut lines = std::mem::take(&mut self.rest);
        lines.extend_from_slice(whole);
        self.rest = open.to_vec();
        self.lines(&lines);
        Ok(())
    }

    /// Reads whole lines; rows that can't be read are left out: one bad row must not cost the list.
    fn lines(&mut self, lines: &[u8]) {
        let mut lines = lines;
        if self.names.is_empty() {
            let bare = super::without_bom(lines);
            let end = bare.iter().position(|byte| *byte == b'\n').map_or(bare.len(), |at| at + 1);
            self.names = bare.get(..end).unwrap_or_default().to_vec();
            lines = bare.get(end..).unwrap_or_default();
        }
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .trim(csv::Trim::All)
            .from_reader(self.names.as_slice().chain(lines));
        for row in reader.deserialize::<PriceRow>().filter_map(Result::ok) {
            if (self.keep)(&row) {
                self.rows.push(row);
            }
        }
    }
}

#[cfg(test)]
#[allow(clippy::expect_used)]
mod tests {
    use super::*;
    use crate::wire::write_price_sheet;
    use std::io::Write;

    fn row(number: usize) -> PriceRow {
        PriceRow {
            product_id: format!("P{number}"),
            sku_id: "0001".to_owned(),
            product_title: "Suite, \"large\"\nin two lines".to_owned(),
            unit_price: "12.5".to_owned(),
            ..PriceRow::default()
        }
    }

    fn zip(text: &[u8]) -> Vec<u8> {
        let mut packer = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::default());
        packer.write_all(text).expect("packs");
        let packed = packer.finish().expect("packs");
        let mut archive = b"PK\x03\x04\x14\x00\x08\x00\x08\x00".to_vec();
        archive.extend([0; 16]);
        archive.extend([9, 0, 3, 0]);
        archive.extend(b"sheet.csv\x01\x02\x03");
        archive.extend(packed);
        archive.extend(b"PK\x07\x08 and a directory");
        archive
    }

    fn read(bytes: &[u8], size: usize) -> Result<Vec<PriceRow>, NoSheet> {
        let mut reader = SheetReader::new(|row: &PriceRow| row.product_id != "P1");
        for piece in bytes.chunks(size) {
            reader.push(piece)?;
        }
        reader.finish()
    }

    #[test]
    fn a_sheet_is_read_in_pieces_of_any_size_packed_or_not() {
        let rows: Vec<PriceRow> = (0..40).map(row).collect();
        let wanted: Vec<PriceRow> = rows.iter().filter(|row| row.product_id != "P1").cloned().collect();
        let sheet = [crate::wire::BOM, &write_price_sheet(&rows)].concat();
        for size in [1, 2, 7, 100, 4096, usize::MAX] {
            assert_eq!(read(&sheet, size), Ok(wanted.clone()), "plain, pieces of {size}");
            assert_eq!(read(&zip(&sheet), size), Ok(wanted.clone()), "packed, pieces of {size}");
        }
        assert_eq!(read(b"", 1), Ok(Vec::new()));
        assert_eq!(read(b"Pr", 1), Ok(Vec::new()));
    }

    #[test]
    fn an_archive_that_breaks_off_or_is_packed_otherwise_is_no_sheet() {
        let archive = zip(&write_price_sheet(&[row(2)]));
        assert_eq!(read(&archive[..archive.len() / 2], 10), Err(NoSheet::Archive));
        let mut stored = archive;
        stored[8] = 12;
        assert_eq!(read(&stored, 10), Err(NoSheet::Archive));
    }

    #[test]
    fn memory_is_bounded_by_what_is_wanted() {
        let line = vec![b'x'; 64 * 1024];
        let mut reader = SheetReader::new(|_: &PriceRow| false);
        let pushed = (0..64).try_for_each(|_| reader.push(&line));
        assert_eq!(pushed, Err(NoSheet::TooLarge), "a line without an end");
        let mut reader = SheetReader::new(|_: &PriceRow| false);
        reader.push(&write_price_sheet(&[row(0)])).expect("the head");
        for _ in 0..2000 {
            reader.push(b"P9,0001,some,more,fields,that,nobody,wants\n").expect("a row");
        }
        assert!(reader.rest.capacity() < 1024 && reader.rows.is_empty());
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..400), size in 1_usize..50) {
            let _ = read(&bytes, size);
            let _ = read(&[b"PK\x03\x04", &bytes[..]].concat(), size);
            let _ = read(&zip(&bytes), size);
        }
    }
}
