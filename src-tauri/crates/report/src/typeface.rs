//! The typeface that is built in, and how wide a text is in it.

use crate::ReportError;
use ttf_parser::Face;

/// Weights used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    Regular,
    Bold,
}

/// Both weights, ready to measure.
pub struct Typeface {
    regular: Face<'static>,
    bold: Face<'static>,
}

/// The file of a weight.
pub fn file(weight: Weight) -> &'static [u8] {
    match weight {
        Weight::Regular => ttf_noto_sans::REGULAR,
        Weight::Bold => ttf_noto_sans::BOLD,
    }
}

impl Typeface {
    /// Reads it.
    pub fn load() -> Result<Self, ReportError> {
        let face = |weight| Face::parse(file(weight), 0).map_err(|_| ReportError::Typeface);
        Ok(Self { regular: face(Weight::Regular)?, bold: face(Weight::Bold)? })
    }

    fn face(&self, weight: Weight) -> &Face<'static> {
        match weight {
            Weight::Regular => &self.regular,
            Weight::Bold => &self.bold,
        }
    }

    /// Width of a text in points. Kerning would make it narrower at most.
    pub fn width(&self, text: &str, weight: Weight, size: f32) -> f32 {
        let face = self.face(weight);
        let units: u32 = text
            .chars()
            .map(|letter| {
                let glyph = face.glyph_index(letter).unwrap_or_default();
                u32::from(face.glyph_hor_advance(glyph).unwrap_or_default())
            })
            .sum();
        #[allow(clippy::cast_precision_loss, reason = "a line of text is far below 2^24 units")]
        let units = units as f32;
        units * size / f32::from(face.units_per_em())
    }

    /// The text in lines no wider than `width` points: broken between words, and inside a word that is wider alone.
    pub fn wrap(&self, text: &str, weight: Weight, size: f32, width: f32) -> Vec<String> {
        let fits = |line: &str| self.width(line, weight, size) <= width;
        let mut lines = Vec::new();
        let mut line = String::new();
        for word in text.split_whitespace() {
            let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
            if fits(&longer) {
                line = longer;
                continue;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            for letter in word.chars() {
                let mut longer = line.clone();
                longer.push(letter);
                if !fits(&longer) && !line.is_empty() {
                    lines.push(std::mem::take(&mut line));
                }
                line.push(letter);
            }
        }
        if !line.is_empty() || lines.is_empty() {
            lines.push(line);
        }
        lines
    }
}
