//! The pages as a PDF file, by krilla.

use crate::layout::{HEIGHT, Ink, Mark, WIDTH};
use crate::typeface::{Weight, file};
use crate::{Document, ReportError};
use krilla::color::rgb;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::Metadata;
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule};
use krilla::surface::Surface;
use krilla::text::{Font, TextDirection};

/// A hairline.
const THIN: f32 = 0.5;

struct Fonts {
    regular: Font,
    bold: Font,
}

/// Writes the file.
pub fn write(document: &Document, pages: &[Vec<Mark>]) -> Result<Vec<u8>, ReportError> {
    let font = |weight| Font::new(file(weight).to_vec().into(), 0).ok_or(ReportError::Typeface);
    let fonts = Fonts { regular: font(Weight::Regular)?, bold: font(Weight::Bold)? };
    let mut file = krilla::Document::new();
    let title = format!("{}: {}", document.kind, document.title);
    file.set_metadata(
        Metadata::new().title(title).language(document.language.clone()).creator("Channelbook".to_owned()),
    );
    for marks in pages {
        let size = PageSettings::from_wh(WIDTH, HEIGHT).ok_or_else(|| ReportError::Pdf("page size".to_owned()))?;
        let mut page = file.start_page_with(size);
        let mut surface = page.surface();
        for mark in marks {
            draw(&mut surface, mark, &fonts);
        }
        surface.finish();
        page.finish();
    }
    file.finish().map_err(|error| ReportError::Pdf(format!("{error:?}")))
}

fn draw(surface: &mut Surface<'_>, mark: &Mark, fonts: &Fonts) {
    match mark {
        Mark::Text { x, y, size, weight, ink, text } => {
            surface.set_fill(Some(fill(*ink)));
            let font = match weight {
                Weight::Regular => &fonts.regular,
                Weight::Bold => &fonts.bold,
            };
            surface.draw_text(Point::from_xy(*x, *y), font.clone(), *size, text, false, TextDirection::Auto);
        }
        Mark::Rule { x, y, width } => {
            surface.set_fill(Some(Fill { opacity: light(), ..fill(Ink::Grey) }));
            let mut path = PathBuilder::new();
            if let Some(rect) = Rect::from_xywh(*x, *y, *width, THIN) {
                path.push_rect(rect);
            }
            if let Some(path) = path.finish() {
                surface.draw_path(&path);
            }
        }
    }
}

fn light() -> NormalizedF32 {
    NormalizedF32::new(0.6).unwrap_or(NormalizedF32::ONE)
}

fn fill(ink: Ink) -> Fill {
    let colour = match ink {
        Ink::Black => rgb::Color::new(0x1b, 0x1b, 0x1b),
        // 4.5:1 on white, and still there on a poor printer.
        Ink::Grey => rgb::Color::new(0x5c, 0x5c, 0x5c),
    };
    Fill { paint: colour.into(), opacity: NormalizedF32::ONE, rule: FillRule::NonZero }
}
