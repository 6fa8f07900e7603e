//! Words that keys of a scenario take.

use crate::model::word::words;

words! {
    /// The treatment of medium before it is brought to a well.
    pub enum MediumOrigin {
        /// It has met no cells.
        Fresh = "fresh",
        /// It comes from muscle at rest.
        RestingMuscle = "resting muscle",
        /// It comes from muscle under light.
        ExercisedMuscle = "exercised muscle",
    }

    /// The kind of movement of a gel.
    pub enum StrainWord {
        /// Stretched along the axis.
        Uniaxial = "uniaxial",
        /// Stretched alike along both directions of the plane.
        Equibiaxial = "equibiaxial",
        /// Simple shear along the axis.
        Shear = "shear",
        /// Pulled by magnet bars.
        MagnetBars = "magnet bars",
        /// As it was measured.
        Map = "map",
        /// Pulled by muscle fibres.
        Muscle = "muscle",
    }

    /// The myokine in a well at the beginning.
    pub enum FieldAtStart {
        /// None.
        Empty = "empty",
        /// As much as muscle at rest, sources and reservoirs would have brought in the long run.
        AtRest = "at rest",
    }

    /// The rim of a gel.
    pub enum Rim {
        /// Held.
        Clamped = "clamped",
        /// Free to move.
        Free = "free",
    }

    /// The files that a run leaves.
    pub enum LeaveWord {
        /// The tables of readouts, the run record and the scenario, which are always left.
        Readouts = "readouts",
        /// Axons as SWC, and the table of neurons.
        Axons = "axons",
        /// The picture of the plate.
        Pictures = "pictures",
        /// The report.
        Report = "report",
        /// All of these.
        All = "all",
    }

    /// The direction of muscle fibres.
    pub enum FibreAxis {
        /// Along x.
        AlongX = "along x",
        /// Along y.
        AlongY = "along y",
    }
}
