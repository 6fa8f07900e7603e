//! Tables of numbers as programs for particle image velocimetry (PIV) and spreadsheets write them: columns between commas,
//! semicolons, tabs or spaces, with a line of names that may begin with `#`, numbers that may stand in quotes, and lost
//! vectors as `NaN` or nothing.

use super::tree::quoted;

/// A mistake in a file: what was found, and what is accepted in its place.
pub type Wrong = (String, String);

/// The names of a column: the one that this program writes, and those that others write.
pub type ColumnNames = &'static [&'static str];

/// The columns of a map: places, then movements along x, y and z.
pub const COLUMNS: [[ColumnNames; 3]; 2] = [
    [&["x_um", "x"], &["y_um", "y"], &["z_um", "z"]],
    [&["ux_um", "ux", "u"], &["uy_um", "uy", "v"], &["uz_um", "uz", "w"]],
];

/// What is expected in the place of a line of names that cannot be read.
pub const EXPECTED_HEADER: &str = "a first line with the names x_um, y_um, ux_um, uy_um (in a slab also z_um, uz_um), or x, y, u, v in um as PIV \
     programs write them, between commas, semicolons, tabs or spaces";

/// What separates the columns of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Separator {
    /// One character between two columns.
    Character(char),
    /// Any number of blanks.
    Blanks,
}

impl Separator {
    /// The one that a line of names, or of numbers with a point before their decimals, is written with.
    fn of(line: &str) -> Self {
        let written = ['\t', ';', ','].into_iter().find(|&character| line.contains(character));
        written.map_or(Self::Blanks, Self::Character)
    }

    /// Its name in messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Character('\t') => "tabs",
            Self::Character(';') => "semicolons",
            Self::Character(_) => "commas",
            Self::Blanks => "spaces",
        }
    }

    /// The cells of a line, without quotes and blanks around them.
    fn cells(self, line: &str) -> Vec<&str> {
        match self {
            Self::Character(character) => line.split(character).map(unquoted).collect(),
            Self::Blanks => line.split_whitespace().map(unquoted).collect(),
        }
    }
}

fn unquoted(cell: &str) -> &str {
    cell.trim().trim_matches('"').trim()
}

/// The header of a file: which column holds what, and what separates them.
#[derive(Clone, Debug)]
pub struct Header {
    separator: Separator,
    names: usize,
    /// For x, y and z: the column of the place and that of the movement.
    columns: [[Option<usize>; 3]; 2],
}

/// A line of a map: a place, and how far it has moved unless that was lost; µm.
pub type Line = ([f64; 3], Option<[f64; 3]>);

impl Header {
    /// Reads a line of names; `None` where none of them is one that is known, so that it is another line of comment.
    ///
    /// # Errors
    /// Some names are known, and one is missing or has another unit than µm.
    pub fn read(line: &str) -> Option<Result<Self, String>> {
        let bare = line.trim_start_matches(['#', '%', ' ', '\t']);
        let separator = Separator::of(bare);
        let cells = separator.cells(bare);
        let names: Vec<String> = cells.iter().copied().map(bare_name).collect();
        let find = |known: ColumnNames| {
            let mut known = known.iter();
            known.find_map(|known| names.iter().position(|name| name == known))
        };
        let columns = COLUMNS.map(|of_three| of_three.map(find));
        if columns.iter().flatten().all(Option::is_none) {
            return None;
        }
        for axis in 0..2 {
            for (kind, known) in COLUMNS.iter().enumerate() {
                if columns[kind][axis].is_none() {
                    return Some(Err(format!(
                        "no column {} among {} columns between {}",
                        known[axis][0],
                        names.len(),
                        separator.name()
                    )));
                }
            }
        }
        let foreign = |&column: &usize| !["", "um", "µm", "μm"].contains(&unit_of(cells[column]));
        if let Some(column) = columns.iter().flatten().flatten().copied().find(foreign) {
            return Some(Err(format!("a column {}", quoted(cells[column]))));
        }
        Some(Ok(Self {
            separator,
            names: names.len(),
            columns,
        }))
    }

    /// Whether it has heights.
    pub fn has_height(&self) -> bool {
        self.columns[0][2].is_some()
    }

    /// Reads a line of numbers.
    ///
    /// # Errors
    /// It has other columns than the header, or something in it is no number.
    pub fn line(&self, line: &str) -> Result<Line, Wrong> {
        let cells = self.separator.cells(line);
        if cells.len() != self.names {
            let other = Separator::of(line);
            let between = if other == self.separator {
                String::new()
            } else {
                format!(" between {}", other.name())
            };
            return Err((
                format!("{} numbers{between}", other.cells(line).len().max(cells.len())),
                format!("{} between {}, as in the first line", self.names, self.separator.name()),
            ));
        }
        let mut place = [0.0; 3];
        let mut moved = Some([0.0; 3]);
        for axis in 0..3 {
            if let Some(column) = self.columns[0][axis] {
                place[axis] = number(cells[column])
                    .flatten()
                    .ok_or_else(|| no_number(cells[column], "a place in um"))?;
            }
            if let Some(column) = self.columns[1][axis] {
                let along = number(cells[column])
                    .ok_or_else(|| no_number(cells[column], "a movement in um, or NaN where it was lost"))?;
                moved = moved.zip(along).map(|(mut moved, along)| {
                    moved[axis] = along;
                    moved
                });
            }
        }
        Ok((place, moved))
    }
}

/// A name without its unit in brackets, in small letters: `X [um]` is `x`.
fn bare_name(cell: &str) -> String {
    let bare = cell.split(['[', '(']).next().unwrap_or_default().trim();
    bare.to_lowercase()
}

/// The unit behind a name, in brackets; empty where none is written.
fn unit_of(cell: &str) -> &str {
    let unit = cell.split(['[', '(']).nth(1).unwrap_or_default();
    unit.trim_end_matches([']', ')', ' '])
}

/// A number; nothing within where it was lost, nothing at all where it is none.
fn number(cell: &str) -> Option<Option<f64>> {
    if cell.is_empty() {
        return Some(None);
    }
    let number: f64 = cell.parse().ok()?;
    if number.is_nan() {
        return Some(None);
    }
    number.is_finite().then_some(Some(number))
}

fn no_number(cell: &str, expected: &str) -> Wrong {
    let comma = cell.contains(',') && cell.replace(',', ".").parse::<f64>().is_ok();
    let hint = if comma {
        ", with a point before its decimals"
    } else {
        ""
    };
    (quoted(cell), format!("a finite number: {expected}{hint}"))
}

/// Bytes of a file as text: UTF-8, or Latin-1, in which some programs write "µm"; `None` where they are no text.
pub fn text_of(bytes: Vec<u8>) -> Option<String> {
    if bytes.contains(&0) {
        return None;
    }
    let latin = |bytes: Vec<u8>| bytes.into_iter().map(char::from).collect();
    Some(String::from_utf8(bytes).unwrap_or_else(|problem| latin(problem.into_bytes())))
}
