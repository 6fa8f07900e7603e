//! Movies: GIF always, MP4 where `ffmpeg` is there to make it.

use std::fs::File;
use std::io::{BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// Pictures in a second.
pub const RATE: u16 = 12;
/// The time for which the last picture of a GIF stays before it begins again.
const LAST: Duration = Duration::from_secs(2);
/// How carefully the colours of a GIF are chosen: 1 best, 30 fastest.
const COLOUR_SPEED: i32 = 10;

/// The format of a movie.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// Plays everywhere, 256 colours.
    #[default]
    Gif,
    /// Smaller and finer; made by `ffmpeg`.
    Mp4,
}

impl Format {
    /// The ending of its files.
    pub fn ending(self) -> &'static str {
        match self {
            Format::Gif => "gif",
            Format::Mp4 => "mp4",
        }
    }

    /// This format where it can be made here, else GIF.
    pub fn available(self) -> Format {
        if self == Format::Mp4 && !ffmpeg_is_there() {
            return Format::Gif;
        }
        self
    }
}

/// Why there is no movie.
#[derive(Debug, thiserror::Error)]
pub enum MovieError {
    /// The file cannot be written.
    #[error("{path} cannot be written: {reason}")]
    NotWritten {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// The movie's format does not hold pictures of this size.
    #[error("a movie of {0} by {1} pixels cannot be made; at most 65535 by 65535")]
    Size(u32, u32),
    /// `ffmpeg` failed.
    #[error("ffmpeg could not make the movie: {0}. A GIF needs no ffmpeg")]
    Ffmpeg(String),
}

/// A movie in the making. Dropped before [`Movie::finish`], its file is incomplete.
pub struct Movie {
    path: PathBuf,
    size_px: [u32; 2],
    maker: Maker,
}

enum Maker {
    Gif {
        encoder: Box<gif::Encoder<BufWriter<File>>>,
        /// The newest picture waits for its time on the screen: the last one stays longer.
        waiting: Option<Vec<u8>>,
    },
    Mp4(Child),
}

impl Movie {
    /// Begins a movie at `path`, which must have the ending of its format; pictures have `size_px`.
    ///
    /// # Errors
    /// When the file cannot be written or `ffmpeg` does not start.
    pub fn begin(path: &Path, format: Format, size_px: [u32; 2]) -> Result<Self, MovieError> {
        let [width, height] = size_px;
        let (Ok(columns @ 1..), Ok(rows @ 1..)) = (u16::try_from(width), u16::try_from(height)) else {
            return Err(MovieError::Size(width, height));
        };
        let maker = match format {
            Format::Gif => {
                let file = File::create(path).map_err(|problem| not_written(path, &problem))?;
                let mut encoder = gif::Encoder::new(BufWriter::new(file), columns, rows, &[])
                    .map_err(|problem| not_written(path, &problem))?;
                encoder
                    .set_repeat(gif::Repeat::Infinite)
                    .map_err(|problem| not_written(path, &problem))?;
                Maker::Gif {
                    encoder: Box::new(encoder),
                    waiting: None,
                }
            }
            Format::Mp4 => Maker::Mp4(start_ffmpeg(path, size_px)?),
        };
        Ok(Self {
            path: path.to_owned(),
            size_px,
            maker,
        })
    }

    /// Adds a picture: four bytes (red, green, blue, opacity) for each pixel, row by row from the top.
    ///
    /// # Errors
    /// When the picture has another size, the file cannot be written, or `ffmpeg` fails.
    pub fn add(&mut self, rgba: &[u8]) -> Result<(), MovieError> {
        let [width, height] = self.size_px;
        if rgba.len() as u64 != 4 * u64::from(width) * u64::from(height) {
            return Err(MovieError::Size(width, height));
        }
        match &mut self.maker {
            Maker::Gif { encoder, waiting } => {
                if let Some(before) = waiting.replace(rgba.to_vec()) {
                    let shown = Duration::from_secs(1) / u32::from(RATE);
                    write_frame(encoder, before, self.size_px, shown)
                        .map_err(|problem| not_written(&self.path, &problem))?;
                }
                Ok(())
            }
            Maker::Mp4(child) => {
                let written = child.stdin.as_mut().map(|input| input.write_all(rgba));
                match written {
                    Some(Ok(())) => Ok(()),
                    _ => Err(MovieError::Ffmpeg(last_words(child))),
                }
            }
        }
    }

    /// Ends a movie that is not to be finished; its file stays as far as it was written.
    pub fn abandon(self) {
        if let Maker::Mp4(mut child) = self.maker {
            // One that has ended by itself needs no end.
            let _ = child.kill();
            let _ = child.wait();
        }
    }

    /// Writes the rest. Returns the movie's path.
    ///
    /// # Errors
    /// When the file cannot be written, or `ffmpeg` fails.
    pub fn finish(self) -> Result<PathBuf, MovieError> {
        let Self { path, size_px, maker } = self;
        match maker {
            Maker::Gif { mut encoder, waiting } => {
                if let Some(last) = waiting {
                    write_frame(&mut encoder, last, size_px, LAST).map_err(|problem| not_written(&path, &problem))?;
                }
                let flushed = encoder.into_inner().map(|mut file| file.flush());
                match flushed {
                    Ok(Ok(())) => Ok(path),
                    Ok(Err(problem)) => Err(not_written(&path, &problem)),
                    Err(problem) => Err(not_written(&path, &problem)),
                }
            }
            Maker::Mp4(mut child) => {
                drop(child.stdin.take());
                let words = last_words(&mut child);
                match child.wait() {
                    Ok(status) if status.success() => Ok(path),
                    Ok(status) => Err(MovieError::Ffmpeg(format!("{words} ({status})"))),
                    Err(problem) => Err(MovieError::Ffmpeg(problem.to_string())),
                }
            }
        }
    }
}

fn write_frame(
    encoder: &mut gif::Encoder<BufWriter<File>>,
    mut rgba: Vec<u8>,
    [width, height]: [u32; 2],
    shown: Duration,
) -> Result<(), gif::EncodingError> {
    let mut frame = gif::Frame::from_rgba_speed(width as u16, height as u16, &mut rgba, COLOUR_SPEED);
    frame.delay = (shown.as_millis() / 10) as u16;
    encoder.write_frame(&frame)
}

fn ffmpeg_is_there() -> bool {
    let asked = Command::new("ffmpeg")
        .arg("-version")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    asked.is_ok_and(|status| status.success())
}

fn start_ffmpeg(path: &Path, [width, height]: [u32; 2]) -> Result<Child, MovieError> {
    Command::new("ffmpeg")
        .args(["-loglevel", "error", "-y", "-f", "rawvideo", "-pix_fmt", "rgba"])
        .args(["-s", &format!("{width}x{height}"), "-r", &RATE.to_string(), "-i", "-"])
        // Players want an even number of pixels and colours at half the resolution.
        .args(["-vf", "pad=ceil(iw/2)*2:ceil(ih/2)*2", "-pix_fmt", "yuv420p"])
        .args(["-movflags", "+faststart", "-f", "mp4"])
        .arg(path)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|problem| MovieError::Ffmpeg(problem.to_string()))
}

/// The complaint of `ffmpeg`.
fn last_words(child: &mut Child) -> String {
    let mut words = String::new();
    if let Some(errors) = &mut child.stderr {
        // Words that cannot be read are no words.
        let _ = errors.read_to_string(&mut words);
    }
    words.trim().replace('\n', "; ")
}

fn not_written(path: &Path, reason: &dyn std::fmt::Display) -> MovieError {
    MovieError::NotWritten {
        path: path.to_owned(),
        reason: reason.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A movie of a few plain pictures, each lighter than the one before.
    fn plain_movie(path: &Path, format: Format) -> Result<PathBuf, MovieError> {
        let mut movie = Movie::begin(path, format, [33, 20])?;
        for shade in [40, 120, 200] {
            movie.add(&[shade, shade, shade, 255].repeat(33 * 20))?;
        }
        movie.finish()
    }

    #[test]
    fn a_gif_holds_its_pictures() {
        let scratch = tempfile::tempdir().expect("a folder");
        let path = plain_movie(&scratch.path().join("movie.gif"), Format::Gif).expect("a movie");
        let mut options = gif::DecodeOptions::new();
        options.set_color_output(gif::ColorOutput::RGBA);
        let mut decoder = options.read_info(File::open(path).expect("a file")).expect("a GIF");
        let mut shades = Vec::new();
        let mut delays = Vec::new();
        while let Some(frame) = decoder.read_next_frame().expect("a frame") {
            assert_eq!((frame.width, frame.height), (33, 20));
            shades.push(frame.buffer[0]);
            delays.push(frame.delay);
        }
        assert_eq!(shades, [40, 120, 200]);
        assert_eq!(delays, [8, 8, 200]);
    }

    #[test]
    fn pictures_of_another_size_are_refused() {
        let scratch = tempfile::tempdir().expect("a folder");
        let mut movie = Movie::begin(&scratch.path().join("movie.gif"), Format::Gif, [4, 4]).expect("begun");
        assert!(movie.add(&[0; 4 * 4 * 4]).is_ok());
        assert!(matches!(movie.add(&[0; 12]), Err(MovieError::Size(4, 4))));
        let nothing = Movie::begin(&scratch.path().join("movie.gif"), Format::Gif, [0, 4]);
        assert!(matches!(nothing, Err(MovieError::Size(0, 4))));
    }

    #[test]
    fn ffmpeg_makes_a_movie_where_it_is_there() {
        if Format::Mp4.available() == Format::Gif {
            println!("SKIPPED: no ffmpeg here");
            return;
        }
        let scratch = tempfile::tempdir().expect("a folder");
        let path = plain_movie(&scratch.path().join("movie.mp4"), Format::Mp4).expect("a movie");
        let bytes = std::fs::read(path).expect("a file");
        assert_eq!(&bytes[4..8], b"ftyp");
        let nowhere = plain_movie(&scratch.path().join("no folder").join("movie.mp4"), Format::Mp4);
        assert!(matches!(nowhere, Err(MovieError::Ffmpeg(_))), "a movie in no folder");
    }
}
