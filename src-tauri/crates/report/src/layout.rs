//! Where everything stands: marks on pages, in points from the upper left corner.

use crate::typeface::{Typeface, Weight};
use crate::{Block, Column, Document, Fact, Table};

/// A4 in points.
pub const WIDTH: f32 = 595.28;
/// A4 in points.
pub const HEIGHT: f32 = 841.89;
/// White around the text.
const MARGIN: f32 = 51.0;
/// The foot of a page takes so much of its height.
const FOOT: f32 = 22.0;
/// The type may become so small, and no smaller, for a report to fit on one page.
const SMALLER: [f32; 3] = [1.0, 0.92, 0.85];
/// Between two columns.
const GAP: f32 = 10.0;

/// How dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    Black,
    Grey,
}

/// Something on a page.
#[derive(Debug, Clone, PartialEq)]
pub enum Mark {
    /// One line of text; `y` is its base line.
    Text { x: f32, y: f32, size: f32, weight: Weight, ink: Ink, text: String },
    /// A hairline from `x` on.
    Rule { x: f32, y: f32, width: f32 },
}

/// The pages of a report: in the largest type that fits on one page, else in the normal one on as many as it takes.
pub fn pages(document: &Document, typeface: &Typeface) -> Vec<Vec<Mark>> {
    for scale in SMALLER {
        let pages = Pen::new(typeface, scale).write(document);
        if pages.len() == 1 {
            return pages;
        }
    }
    Pen::new(typeface, 1.0).write(document)
}

struct Pen<'t> {
    typeface: &'t Typeface,
    scale: f32,
    pages: Vec<Vec<Mark>>,
    page: Vec<Mark>,
    y: f32,
}

impl<'t> Pen<'t> {
    fn new(typeface: &'t Typeface, scale: f32) -> Self {
        Self { typeface, scale, pages: Vec::new(), page: Vec::new(), y: MARGIN }
    }

    fn write(mut self, document: &Document) -> Vec<Vec<Mark>> {
        self.lines(&document.kind, MARGIN, line_width(), 9.0, Weight::Regular, Ink::Grey);
        self.lines(&document.title, MARGIN, line_width(), 19.0, Weight::Bold, Ink::Black);
        self.skip(5.0);
        self.columns_of_facts(&document.facts);
        for (at, block) in document.blocks.iter().enumerate() {
            self.block(block, &document.blocks[at + 1..]);
        }
        self.turn();
        let count = self.pages.len();
        for (at, page) in self.pages.iter_mut().enumerate() {
            foot(page, &document.footer, at + 1, count, self.typeface);
        }
        self.pages
    }

    fn block(&mut self, block: &Block, rest: &[Block]) {
        match block {
            Block::Section { text } => {
                self.need(60.0 + self.following(rest));
                self.skip(14.0);
                self.lines(text, MARGIN, line_width(), 13.0, Weight::Bold, Ink::Black);
                self.skip(2.0);
            }
            Block::Heading { text, note } => {
                self.need(30.0 + self.following(rest));
                self.skip(9.0);
                self.rule();
                self.skip(3.0);
                let side = if note.is_empty() { 0.0 } else { self.width(note, Weight::Regular, 9.0).min(240.0) + GAP };
                let top = self.y;
                self.lines(text, MARGIN, line_width() - side, 10.5, Weight::Bold, Ink::Black);
                if !note.is_empty() {
                    let below = std::mem::replace(&mut self.y, top);
                    self.right(note, MARGIN + line_width(), 9.0, Weight::Regular, Ink::Black);
                    self.y = self.y.max(below);
                }
            }
            Block::Facts(facts) => self.columns_of_facts(facts),
            Block::Table(table) => self.table(table),
            Block::List(items) => {
                for item in items {
                    let lines = self.typeface.wrap(item, Weight::Regular, self.size(9.0), line_width() - 12.0);
                    self.need(self.step(9.0) * count(lines.len()));
                    self.put("•", MARGIN, 9.0, Weight::Regular, Ink::Grey);
                    self.lines(item, MARGIN + 12.0, line_width() - 12.0, 9.0, Weight::Regular, Ink::Black);
                }
            }
            Block::Text(text) => self.lines(text, MARGIN, line_width(), 9.0, Weight::Regular, Ink::Grey),
        }
    }

    /// What must stay with a heading: the head and first row of a table, or a line.
    fn following(&self, rest: &[Block]) -> f32 {
        match rest.first() {
            Some(Block::Facts(facts)) => self.step(9.0) * count(facts.len().div_ceil(2)) + self.following(&rest[1..]),
            Some(Block::Table(_)) => self.step(9.0) * 2.0,
            Some(Block::Heading { .. }) => 30.0,
            Some(Block::List(_) | Block::Text(_)) => self.step(9.0),
            Some(Block::Section { .. }) | None => 0.0,
        }
    }

    /// Facts in two columns, as wide as half a line each.
    fn columns_of_facts(&mut self, facts: &[Fact]) {
        let half = (line_width() - 2.0 * GAP) / 2.0;
        for pair in facts.chunks(2) {
            let top = self.y;
            let mut below = top;
            let heights = pair.iter().map(|fact| self.fact_lines(fact, half).len()).max().unwrap_or(1);
            self.need(self.step(9.0) * count(heights));
            let top = if self.y < top { self.y } else { top };
            for (at, fact) in pair.iter().enumerate() {
                self.y = top;
                let x = MARGIN + if at == 0 { 0.0 } else { half + 2.0 * GAP };
                self.put(&fact.label, x, 9.0, Weight::Regular, Ink::Grey);
                let lines = self.fact_lines(fact, half);
                for line in lines {
                    self.put(&line, x + label_width(), 9.0, Weight::Regular, Ink::Black);
                    self.y += self.step(9.0);
                }
                below = if at == 0 { self.y } else { below.max(self.y) };
            }
            self.y = below;
        }
    }

    fn fact_lines(&self, fact: &Fact, half: f32) -> Vec<String> {
        self.typeface.wrap(&fact.value, Weight::Regular, self.size(9.0), half - label_width())
    }

    fn table(&mut self, table: &Table) {
        let shares: f32 = table.columns.iter().map(|column| column.share).sum();
        let gaps = GAP * count(table.columns.len().saturating_sub(1));
        let widths: Vec<f32> = table
            .columns
            .iter()
            .map(|column| (line_width() - gaps) * column.share / shares.max(f32::EPSILON))
            .collect();
        self.skip(2.0);
        self.need(self.step(9.0) * 3.0);
        let heads: Vec<String> = table.columns.iter().map(|column| column.head.clone()).collect();
        self.row(&heads, &table.columns, &widths, 8.0, Ink::Grey);
        for row in &table.rows {
            let before = self.pages.len();
            self.need(self.height_of(row, &widths));
            if self.pages.len() > before {
                self.row(&heads, &table.columns, &widths, 8.0, Ink::Grey);
            }
            self.row(row, &table.columns, &widths, 9.0, Ink::Black);
        }
    }

    fn height_of(&self, row: &[String], widths: &[f32]) -> f32 {
        let cells = row.iter().zip(widths);
        let lines = cells.map(|(cell, width)| self.typeface.wrap(cell, Weight::Regular, self.size(9.0), *width).len());
        self.step(9.0) * count(lines.max().unwrap_or(1))
    }

    fn row(&mut self, row: &[String], columns: &[Column], widths: &[f32], size: f32, ink: Ink) {
        let top = self.y;
        let mut below = top;
        let mut x = MARGIN;
        for ((cell, column), width) in row.iter().zip(columns).zip(widths) {
            self.y = top;
            for line in self.typeface.wrap(cell, Weight::Regular, self.size(size), *width) {
                if column.right {
                    self.right(&line, x + width, size, Weight::Regular, ink);
                } else {
                    self.put(&line, x, size, Weight::Regular, ink);
                    self.y += self.step(size);
                }
            }
            below = below.max(self.y);
            x += width + GAP;
        }
        self.y = below;
    }

    fn lines(&mut self, text: &str, x: f32, width: f32, size: f32, weight: Weight, ink: Ink) {
        for line in self.typeface.wrap(text, weight, self.size(size), width) {
            self.need(self.step(size));
            self.put(&line, x, size, weight, ink);
            self.y += self.step(size);
        }
    }

    /// A line that ends at `edge`.
    fn right(&mut self, text: &str, edge: f32, size: f32, weight: Weight, ink: Ink) {
        let width = self.width(text, weight, size);
        self.put(text, edge - width, size, weight, ink);
        self.y += self.step(size);
    }

    /// A line at the present height, which stays.
    fn put(&mut self, text: &str, x: f32, size: f32, weight: Weight, ink: Ink) {
        let size = self.size(size);
        if !text.is_empty() {
            self.page.push(Mark::Text { x, y: self.y + size * 1.05, size, weight, ink, text: text.to_owned() });
        }
    }

    fn rule(&mut self) {
        self.page.push(Mark::Rule { x: MARGIN, y: self.y, width: line_width() });
    }

    fn width(&self, text: &str, weight: Weight, size: f32) -> f32 {
        self.typeface.width(text, weight, self.size(size))
    }

    fn size(&self, size: f32) -> f32 {
        size * self.scale
    }

    /// From one line to the next.
    fn step(&self, size: f32) -> f32 {
        size * self.scale * 1.42
    }

    fn skip(&mut self, points: f32) {
        // Nothing is left free at the top of a page.
        if self.y > MARGIN {
            self.y += points * self.scale;
        }
    }

    /// Turns the page when less than this is left of it.
    fn need(&mut self, points: f32) {
        if self.y + points > HEIGHT - MARGIN - FOOT && !self.page.is_empty() {
            self.turn();
        }
    }

    fn turn(&mut self) {
        self.pages.push(std::mem::take(&mut self.page));
        self.y = MARGIN;
    }
}

fn foot(page: &mut Vec<Mark>, text: &str, number: usize, of: usize, typeface: &Typeface) {
    let (size, y) = (8.0, HEIGHT - MARGIN + 6.0);
    page.push(Mark::Rule { x: MARGIN, y: y - 13.0, width: line_width() });
    let mark = |x, text: String| Mark::Text { x, y, size, weight: Weight::Regular, ink: Ink::Grey, text };
    let numbers = format!("{number}/{of}");
    let edge = MARGIN + line_width() - typeface.width(&numbers, Weight::Regular, size);
    let room = edge - MARGIN - GAP;
    page.push(mark(MARGIN, typeface.wrap(text, Weight::Regular, size, room).swap_remove(0)));
    page.push(mark(edge, numbers));
}

fn line_width() -> f32 {
    WIDTH - 2.0 * MARGIN
}

fn label_width() -> f32 {
    92.0
}

#[allow(clippy::cast_precision_loss, reason = "a handful of lines")]
fn count(lines: usize) -> f32 {
    lines as f32
}
