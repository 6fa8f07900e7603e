//! Pictures of whole wells one at a time, for a plate that is shown while it grows where no graphics device draws it.

use super::crop::Crop;
use super::well::{Subject, draw_well};
use crate::export::error::ExportError;
use crate::export::hues::hues;
use crate::model::plate::Plate;
use crate::model::world::World;
use crate::readout::culture::{Site, sites};
use crate::readout::dose_range::highest_shown;
use crate::readout::topology::Forest;

/// The wells of a plate in a state, each to be painted by the processor as `plate.png` shows it.
pub struct WellPictures<'a> {
    plate: &'a Plate,
    world: &'a World,
    forest: Forest<'a>,
    hues: Vec<usize>,
    brightest_dose: f32,
    sites: Vec<Site>,
}

impl<'a> WellPictures<'a> {
    /// Those of `world`, a state of `plate` as its events have made it until then.
    pub fn of(plate: &'a Plate, world: &'a World) -> Self {
        Self {
            plate,
            world,
            forest: Forest::new(world),
            hues: hues(plate),
            brightest_dose: highest_shown(plate, 0),
            sites: sites(plate),
        }
    }

    /// The picture of a well by its number: `size` by `size` points of sRGB bytes, row by row from the top. The whole well lies in
    /// the middle of it; beside one that is no square it is dark. `None` where there is no such well.
    ///
    /// # Errors
    /// No memory for the picture.
    pub fn paint(&self, well: usize, size: u32) -> Result<Option<Vec<[u8; 3]>>, ExportError> {
        let subject = Subject {
            plate: self.plate,
            hues: &self.hues,
            world: self.world,
            forest: &self.forest,
            crop: Crop::of_well(self.plate, size),
            brightest_dose: self.brightest_dose,
            size,
        };
        self.sites.get(well).map(|site| draw_well(&subject, site)).transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::seeding::seed;
    use crate::model::tables::Tables;
    use crate::scenario::{self, Surroundings};

    #[test]
    fn a_well_is_painted_whole_and_the_explant_lies_where_it_was_put() {
        let text = "name = \"x\"\nduration = \"1 h\"\n[well]\nsize = [\"1 mm\", \"0.5 mm\"]\n[[explant]]\n\
                    at = [\"0.75 mm\", \"0.25 mm\"]\nradius = \"50 um\"\nneurons = 20\n[[condition]]\nname = \"one\"\nwells = 1\n";
        let read = scenario::read(text, "x", &[], &Surroundings::none());
        let plate = read.unwrap_or_else(|mistakes| panic!("{mistakes}")).plate;
        let world = seed(&plate, &Tables::of(&plate));
        let pictures = WellPictures::of(&plate, &world);
        let picture = pictures.paint(0, 80).expect("room").expect("a well");
        assert_eq!(picture.len(), 80 * 80);
        let light = |x: usize, y: usize| picture[y * 80 + x].iter().map(|&byte| u32::from(byte)).sum::<u32>();
        assert!(light(60, 40) > 200, "the explant: {}", light(60, 40));
        assert!(light(20, 40) < 100, "gel: {}", light(20, 40));
        assert!(light(60, 5) == 0, "beside the well: {}", light(60, 5));
        assert!(pictures.paint(1, 80).expect("room").is_none());
    }
}
