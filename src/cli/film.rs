//! The movie of a run: a picture at every record. A movie that cannot be made is reported, and the run goes
//! on without it.

use super::{Common, MovieFormat};
use crate::model::plate::Plate;
use crate::model::world::World;
use std::path::Path;

/// A movie in the making, if one was asked for and can be made.
#[derive(Default)]
pub struct Film {
    #[cfg(feature = "window")]
    making: Option<making::Making>,
}

impl Film {
    /// Begins the movie that was asked for, in `folder`.
    pub fn begin(format: Option<MovieFormat>, plate: &Plate, folder: &Path, common: &Common) -> Self {
        let Some(format) = format else {
            return Self::default();
        };
        #[cfg(feature = "window")]
        return Self {
            making: making::Making::begin(format, plate, folder, common)
                .map_err(|problem| say_no_movie(&problem))
                .ok(),
        };
        #[cfg(not(feature = "window"))]
        {
            let _ = (format, plate, folder, common);
            say_no_movie(&"this outgrowth was built without the window, which draws the pictures");
            Self::default()
        }
    }

    /// Adds the picture of a state.
    pub fn add(&mut self, world: &World) {
        #[cfg(feature = "window")]
        if let Some(making) = &mut self.making
            && let Err(problem) = making.add(world)
        {
            self.give_up(&problem);
        }
        #[cfg(not(feature = "window"))]
        let _ = world;
    }

    /// Ends the movie and removes what there is of it, so that there is room for the results. Returns whether there was one in
    /// the making.
    pub fn give_up(&mut self, problem: &dyn std::fmt::Display) -> bool {
        #[cfg(feature = "window")]
        if let Some(making) = self.making.take() {
            making.remove();
            say_no_movie(problem);
            return true;
        }
        let _ = problem;
        false
    }

    /// Finishes the movie after its last picture. A movie that is cut does not stay.
    pub fn finish(self) {
        #[cfg(feature = "window")]
        if let Some(making) = self.making
            && let Err(problem) = making.finish()
        {
            say_no_movie(&problem);
        }
    }
}

fn say_no_movie(problem: &dyn std::fmt::Display) {
    super::say::say(format_args!("no movie: {problem}; the results are kept without it"));
}

#[cfg(feature = "window")]
mod making {
    use super::super::say::say;
    use super::{Common, MovieFormat, Path, Plate, World};
    use crate::view::look::Look;
    use crate::view::movie::{Format, Movie};
    use crate::view::picture::{Framing, Studio};
    use std::path::PathBuf;

    /// Width and height of a movie, in points.
    const SIZE: [u32; 2] = [960, 540];

    /// A studio and the movie that is made in it.
    pub struct Making {
        studio: Studio,
        movie: Movie,
        file: PathBuf,
    }

    impl Making {
        /// Opens a studio and begins the movie's file.
        pub fn begin(
            format: MovieFormat,
            plate: &Plate,
            folder: &Path,
            common: &Common,
        ) -> Result<Self, Box<dyn std::error::Error>> {
            let asked = match format {
                MovieFormat::Gif => Format::Gif,
                MovieFormat::Mp4 => Format::Mp4,
            };
            let format = asked.available();
            if format != asked {
                say("ffmpeg is not on the PATH and makes the mp4, so the movie becomes a GIF");
            }
            let studio = Studio::open(plate, common.adapter.as_deref(), SIZE)?;
            let file = folder.join("movie").with_extension(format.ending());
            let movie = Movie::begin(&file, format, SIZE).inspect_err(|_| remove(&file))?;
            Ok(Self { studio, movie, file })
        }

        /// Adds the picture of a state.
        pub fn add(&mut self, world: &World) -> Result<(), Box<dyn std::error::Error>> {
            let image = self.studio.picture(world, &Look::default(), Framing::Plate)?;
            Ok(self.movie.add(&image.rgba)?)
        }

        /// Writes the pictures that are left, and closes the file.
        pub fn finish(self) -> Result<(), Box<dyn std::error::Error>> {
            self.movie.finish().inspect_err(|_| remove(&self.file))?;
            Ok(())
        }

        /// Stops, and removes the file.
        pub fn remove(self) {
            self.movie.abandon();
            remove(&self.file);
        }
    }

    /// Removes a movie that is not whole. Where that fails there is nothing left to do about it.
    fn remove(file: &Path) {
        let _ = std::fs::remove_file(file);
    }
}
