//! Where the shapes of a picture stand, and the picture as a file. Pure: the page and the file draw the same.

use super::{Chart, Mark};
use crate::format::{count_short, length};

/// Width of a picture, in its own units; the page makes it as wide as there is room.
pub const WIDTH: f64 = 360.0;
/// Height of a mark's place among marks that lie.
const ROW: f64 = 28.0;
/// Where lying marks begin; their names stand before.
const NAMES: f64 = 118.0;
/// Room behind the longest lying mark, for its number.
const NUMBER: f64 = 44.0;
/// Height of the longest standing mark.
const TALL: f64 = 120.0;
/// Room above it, for its number.
const ABOVE: f64 = 18.0;
/// Room below, for the names.
const BELOW: f64 = 22.0;

/// Left, top, width and height.
pub type Rect = [f64; 4];

/// A text of a picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// Where it stands.
    pub at: [f64; 2],
    /// The word of its place beside the mark, for styles.
    pub side: &'static str,
    /// The text.
    pub text: String,
}

/// The shapes of one mark.
#[derive(Clone, Debug, PartialEq)]
pub struct Shapes {
    /// All of its place, for the pointer.
    pub place: Rect,
    /// What is seen.
    pub bar: Rect,
    /// Its name.
    pub name: Label,
    /// Its number.
    pub count: Label,
}

#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
fn as_f64(count: usize) -> f64 {
    count as f64
}

/// Height of a picture.
pub fn height(chart: &Chart) -> f64 {
    if chart.is_lying {
        ROW * as_f64(chart.marks.len())
    } else {
        ABOVE + TALL + BELOW
    }
}

/// The shapes of a picture's marks.
pub fn shapes(chart: &Chart) -> Vec<Shapes> {
    let marks = chart.marks.iter().enumerate();
    let one = |(place, mark): (usize, &Mark)| {
        let share = as_f64(mark.n_rows) / as_f64(chart.most().max(1));
        if chart.is_lying {
            lying(mark, ROW * as_f64(place), share)
        } else {
            let wide = WIDTH / as_f64(chart.marks.len().max(1));
            standing(mark, wide * as_f64(place), wide, share)
        }
    };
    marks.map(one).collect()
}

fn label(side: &'static str, x: f64, y: f64, text: String) -> Label {
    Label { at: [x, y], side, text }
}

fn name(mark: &Mark) -> String {
    // Chosen is told by a sign too, not by the colour alone.
    [if mark.is_chosen { "✓ " } else { "" }, &mark.short].concat()
}

fn lying(mark: &Mark, top: f64, share: f64) -> Shapes {
    let long = (WIDTH - NAMES - NUMBER) * share;
    let line = top + ROW * 0.65;
    Shapes {
        place: [0.0, top, WIDTH, ROW],
        bar: [NAMES, top + 5.0, long.max(1.0), ROW - 10.0],
        name: label("before", NAMES - 8.0, line, name(mark)),
        count: label("behind", NAMES + long + 6.0, line, length(mark.n_rows)),
    }
}

fn standing(mark: &Mark, left: f64, wide: f64, share: f64) -> Shapes {
    let tall = (TALL * share).max(1.0);
    let (middle, top) = (left + wide / 2.0, ABOVE + TALL - tall);
    let count = if mark.n_rows > 0 {
        count_short(as_f64(mark.n_rows))
    } else {
        String::new()
    };
    Shapes {
        place: [left, 0.0, wide, ABOVE + TALL + BELOW],
        bar: [left + 2.0, top, wide - 4.0, tall],
        name: label("below", middle, ABOVE + TALL + 14.0, name(mark)),
        count: label("above", middle, top - 4.0, count),
    }
}

/// The picture as a file of its own, with its title: light colours, and no style sheet is needed.
pub fn svg(chart: &Chart, title: &str) -> String {
    const HEAD: f64 = 30.0;
    let (wide, tall, title) = (WIDTH + 24.0, height(chart) + HEAD + 14.0, escaped(title));
    let head = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"-12 -{HEAD} {wide} {tall}\" width=\"{:.0}\" height=\"{:.0}\" \
         font-family=\"system-ui, sans-serif\" font-size=\"11\" fill=\"#1c1d1a\"><title>{title}</title>\
         <rect x=\"-12\" y=\"-{HEAD}\" width=\"{wide}\" height=\"{tall}\" fill=\"#ffffff\"/>\
         <text y=\"-12\" font-size=\"12\" font-weight=\"600\">{title}</text>",
        wide * 2.0,
        tall * 2.0,
    );
    let body = shapes(chart).iter().fold(head, |file, one| {
        let [x, y, width, height] = one.bar;
        let bar = format!(
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" rx=\"2\" fill=\"#2456c5\"/>"
        );
        [file, bar, text(&one.name), text(&one.count)].concat()
    });
    body + "</svg>\n"
}

fn text(label: &Label) -> String {
    let anchor = match label.side {
        "before" => "end",
        "behind" => "start",
        _ => "middle",
    };
    let [x, y] = label.at;
    format!(
        "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\">{}</text>",
        escaped(&label.text)
    )
}

/// A text that came with the data, such that it cannot be anything else. XML knows no way to write control characters.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text
        .chars()
        .filter(|c| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}'))
    {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use roster_index::Field;

    use super::*;
    use crate::choice::Choice;

    fn chart(is_lying: bool, marks: &[(&str, usize)]) -> Chart {
        let mark = |(title, n_rows): &(&str, usize)| Mark {
            title: (*title).to_owned(),
            short: (*title).to_owned(),
            n_rows: *n_rows,
            choice: Choice::Only(Field::Platform, None),
            is_chosen: false,
        };
        Chart {
            field: Field::Platform,
            marks: marks.iter().map(mark).collect(),
            earlier: None,
            is_lying,
            left_out: Vec::new(),
        }
    }

    #[test]
    fn a_mark_is_as_long_as_its_share_of_the_largest_and_stays_in_the_picture() {
        for is_lying in [true, false] {
            let chart = chart(is_lying, &[("a", 10), ("b", 5), ("c", 0)]);
            let drawn = shapes(&chart);
            let long = |one: &Shapes| if is_lying { one.bar[2] } else { one.bar[3] };
            assert!((long(&drawn[0]) - 2.0 * long(&drawn[1])).abs() < 1e-9);
            assert!(long(&drawn[2]) <= 1.0, "nothing is a line and no bar");
            for one in &drawn {
                let [x, y, width, tall] = one.bar;
                assert!(x >= 0.0 && y >= 0.0 && x + width <= WIDTH && y + tall <= height(&chart));
            }
        }
    }

    #[test]
    fn a_file_holds_every_name_and_number_as_text_and_nothing_else_of_the_data() {
        let file = svg(
            &chart(true, &[("<script>\u{1}&", 3), ("b", 1_234)]),
            "Platforms: \"two\"",
        );
        assert!(file.starts_with("<svg xmlns=") && file.ends_with("</svg>\n"));
        assert!(file.contains("<title>Platforms: &quot;two&quot;</title>"));
        assert!(file.contains("&lt;script&gt;&amp;</text>") && !file.contains("<script") && !file.contains('\u{1}'));
        assert!(file.contains(">3</text>") && file.contains(&[">", &length(1_234), "</text>"].concat()));
        assert_eq!(file.matches("fill=\"#2456c5\"").count(), 2);
    }
}
