//! Every number of the model, once: its unit, default, range, grade and source.

use super::parameter::{Dimension::*, HOUR_S, sections};
use super::word::{Combination, Word, YesNo};
use std::f64::consts::{LN_2, PI};

/// One Pa·s in kPa·h.
const PA_S: f64 = 1e-3 / HOUR_S;
/// One degree in rad.
const DEG: f64 = PI / 180.0;

sections! {
    /// The growth cone: how fast it advances, when it rests, what turns it.
    GrowthCone = "growth_cone" {
        /// Net axial speed without any cue, over all modes: the outgrowth that a plate without treatment shows.
        speed_um_per_h = "speed": Speed, 4.0, accepted 0.0, 500.0, typical 2.0, 10.0, C,
            "motor neurons in vitro about 5 µm/h (recalled); the longest neurites of DRG in soft 3-D gel 1800 µm in 7 days, 11 µm/h (PMC3926440)";
        /// How long a cone keeps its axial speed (correlation time of the speed).
        speed_memory_h = "speed_memory": Time, 1.0, accepted 1e-6, 1000.0, typical 0.3, 6.0, C,
            "the form is that of growth cones on even surfaces, a linear Langevin equation (arXiv 1903.01337); time assumed, not far from the 30 min of their shape's oscillation (s12915-015-0115-7)";
        /// Stationary spread (standard deviation) of the axial speed within a mode.
        speed_spread_um_per_h = "speed_spread": Speed, 4.0, accepted 0.0, 500.0, typical 2.0, 20.0, C,
            "with 4 µm/h net speed, 16 % of the samples are negative, as the share of retraction seen in vitro";
        /// Speed at which a retracting axon shortens.
        retraction_speed_um_per_h = "retraction_speed": Speed, 4.0, accepted 0.0, 500.0, typical 2.0, 20.0, C,
            "same order as advance (Argiro 1984)";
        /// Share of the time that a cone pauses.
        paused = "paused": Fraction, 0.4, accepted 0.0, 0.999, typical 0.3, 0.5, C, "0.3 to 0.5 of the time";
        /// Share of the time that a cone retracts.
        retracting = "retracting": Fraction, 0.15, accepted 0.0, 0.999, typical 0.1, 0.2, C, "0.1 to 0.2 of the time";
        /// Mean time between changes of mode (run, pause, retract).
        mode_memory_h = "mode_memory": Time, 0.5, accepted 1e-6, 1000.0, typical 0.16, 1.0, C,
            "assumed as the mean period with which the shape of growth cones oscillates, 30 min (s12915-015-0115-7), which is not that of modes";
        /// Persistence length of an axon's path.
        persistence_length_um = "persistence_length": Length, 800.0, accepted 1.0, 1e6, typical 50.0, 1000.0, C,
            "axons of frog and chick on glass grow straight rather than at random (PMC6565018); length assumed";
        /// How persistence varies between cones: 0 is alike for all; a tail a makes the persistence length the shortest, and
        /// the share of cones above L (shortest/L)^a, so that over many shortest lengths the mean squared displacement rises
        /// as t^(2 - a) for a below 1.
        persistence_tail = "persistence_tail": Number, 0.0, accepted 0.0, 10.0, typical 0.0, 2.0, C,
            "off; superdiffusion with exponent 1.4 on patterned surfaces (arXiv 2506.11272); its cause is assumed";
        /// Width of the cone over which it compares concentrations.
        width_um = "width": Length, 10.0, accepted 0.1, 100.0, typical 5.0, 20.0, C,
            "assumed; gradient assays state slopes per 10 µm (Development 132:4545), and no cone was measured for it";
        /// Fastest turn up or down a gradient, where its signal is far above its noise.
        turning_rate_rad_per_h = "turning_rate": AngularRate, 0.3, accepted 0.0, 100.0, typical 0.1, 1.0, C,
            "mean turns of 10 to 20 degrees in the hour of a pipette assay, about 10 % across a cone (recalled)";
        /// Receptors of a cone for each myokine.
        receptors = "receptors": Number, 1000.0, accepted 1.0, 1e7, typical 500.0, 5000.0, C,
            "order of 1000 (recalled); with 40 readings of each, 1 % across 10 µm at the half dose is as large as its noise, near the least slope that turns axons (recalled); explants answer less, 0.2 % (Rosoff 2004), by growth rather than by turning (Mortimer 2010, Bicknell 2018)";
        /// Time over which a cone averages what its receptors bind.
        integration_time_h = "integration_time": Time, 1.0 / 6.0, accepted 1e-6, 100.0, typical 0.05, 1.0, C,
            "turns show within minutes to an hour; assumed";
        /// Time after which a receptor gives another, independent reading.
        reading_time_h = "reading_time": Time, 15.0 / 3600.0, accepted 1e-6, 100.0, typical 1.0 / 3600.0, 0.1, C,
            "chosen with the integration time for 40 readings, see receptors";
        /// Greatest relative change of growth rate along a gradient: faster up it and slower down; 0 switches it off.
        rate_modulation = "rate_modulation": Fraction, 0.1, accepted 0.0, 0.99, typical 0.0, 0.3, C,
            "growth-rate modulation beside turning (Mortimer 2010, Bicknell 2018); size assumed";
        /// Turning towards (positive) or away from (negative) the axis of strain while the gel moves at full drive.
        strain_turning_rad_per_h = "strain_turning": AngularRate, -0.05, accepted -100.0, 100.0, typical -0.5, 0.5, C,
            "away from the strain: across it in cortical neurons (Abraham), where amplitude and frequency are large in Lin 2020; size assumed, small by default";
        /// Loss of receptors from the surface under lasting full occupancy.
        adaptation = "adaptation": Fraction, 0.0, accepted 0.0, 1.0, typical 0.0, 0.5, C,
            "off for the lumped myokines; BDNF halves surface TrkB (jnc.13676)";
        /// Time in which receptors adapt.
        adaptation_time_h = "adaptation_time": Time, 2.5, accepted 1e-6, 1000.0, typical 2.0, 3.0, B,
            "BDNF halves surface TrkB of cortical neurons in 2 to 3 h (jnc.13676)";
        /// How the gains of myokines and of strain combine; no combined arm was published, so such a run is a prediction.
        combination = "combination": Choice(Combination::WORDS), 0.0, accepted 0.0, 2.0, typical 0.0, 2.0, C,
            "unknown; assumed";
        /// Distance between the recorded points of an axon.
        segment_um = "segment": Length, 5.0, accepted 0.5, 100.0, typical 1.0, 20.0, X,
            "resolution of the recorded path";
    }

    /// Branching of axons.
    Branching = "branching" {
        /// Branches that a tip makes per hour.
        rate_per_h = "rate": Rate, 0.02, accepted 0.0, 10.0, typical 0.005, 0.1, C, "cortical and retinal proxies";
        /// Angle between a new branch and its parent.
        angle_rad = "angle": Angle, 60.0 * DEG, accepted 0.0, PI, typical 30.0 * DEG, 100.0 * DEG, C, "30 to 100 degrees";
        /// Share of the branches that leave the shaft behind the cone rather than split the tip.
        interstitial = "interstitial": Fraction, 0.3, accepted 0.0, 1.0, typical 0.0, 1.0, C, "both occur; share assumed";
        /// Length of shaft behind the cone that sends interstitial branches.
        interstitial_reach_um = "interstitial_reach": Length, 40.0, accepted 0.0, 60.0, typical 10.0, 60.0, C,
            "branches of cortical axons arise where the cone had paused (PubMed 9742160); length assumed";
        /// Whether branches are seeded while the cone pauses (at the same mean rate) or at any time.
        at_pauses = "at_pauses": Choice(YesNo::WORDS), 1.0, accepted 0.0, 1.0, typical 0.0, 1.0, B,
            "interstitial branches of cortical axons arise where the cone had paused (PubMed 9742160); of splits assumed";
        /// How strongly the tips of a neuron compete: with n tips each branches n^-E times as often as a lone one; 0 is no
        /// competition, and the number of tips then rises exponentially.
        competition = "competition": Number, 0.0, accepted 0.0, 10.0, typical 0.0, 1.0, C,
            "off; the form is that of van Pelt and Uylings (Network 2002;13:261) for dendrites, its use for motor axons assumed";
        /// Time in which branching declines exponentially from the beginning of the run; 0 is never.
        decline_h = "decline": Time, 0.0, accepted 0.0, 1e6, typical 0.0, 240.0, C,
            "off; the form is that of van Pelt and Uylings (Network 2002;13:261) for dendrites, its use for motor axons assumed";
    }

    /// Fasciculation and crowding: what the axons and growth cones around do to a cone. Off unless a scenario asks for it.
    Fasciculation = "fasciculation" {
        /// Contact guidance: fastest turn onto the line along which the axons in reach run; 0 switches it off.
        alignment_rad_per_h = "alignment": AngularRate, 0.0, accepted 0.0, 100.0, typical 0.0, 3.0, C,
            "axons follow axons (form: Hentschel and van Ooyen 1999); size assumed";
        /// Fastest turn sideways towards axons in reach (positive: they adhere) or away from them (negative: they avoid each other); 0 switches it off.
        attraction_rad_per_h = "attraction": AngularRate, 0.0, accepted -100.0, 100.0, typical -2.0, 2.0, C,
            "adhesion between axons against their tension (PMC5478281); size assumed";
        /// Zippering: speed at which a cone is drawn sideways onto axons; 0 switches it off.
        zippering_um_per_h = "zippering": Speed, 0.0, accepted 0.0, 200.0, typical 0.0, 60.0, B,
            "off; spontaneous zippering of axon shafts runs at 0.2 to 1 µm/min (BMC Neurosci 16-S1-P298)";
        /// Axons in reach of a cone at which half the fastest turn is reached.
        half_axons = "half_axons": Number, 1.0, accepted 1e-3, 1e4, typical 0.5, 10.0, C, "one axon suffices to be followed; assumed";
        /// Axons in reach of a cone from which on a bundle is full: beyond it attraction becomes avoidance.
        capacity = "capacity": Number, 20.0, accepted 1e-3, 1e6, typical 5.0, 200.0, C, "assumed";
        /// Contact between growth cones: retractions that one other cone within the same voxel causes per hour; 0 switches it off.
        contact_retraction_per_h = "contact_retraction": Rate, 0.0, accepted 0.0, 60.0, typical 0.0, 2.0, C,
            "growth cones retract from each other on contact; size assumed";
    }

    /// Injury: what the stump of a cut axon does, and how long what lies beyond the cut is still there.
    Injury = "injury" {
        /// How long a stump rests after the cut.
        lag_h = "lag": Time, 6.0, accepted 0.0, 1e5, typical 2.0, 72.0, C, "hours in vitro, 1 to 3 days in vivo; recalled";
        /// Share of the stumps that grow again where neither gene programme is up.
        regrowth = "regrowth": Fraction, 0.5, accepted 0.0, 1.0, typical 0.2, 0.9, C, "assumed";
        /// Share of the stumps that grow again where the trophic or the mechano programme is full; in between for what they
        /// are when the rest ends.
        regrowth_exercised = "regrowth_exercised": Fraction, 0.75, accepted 0.0, 1.0, typical 0.2, 1.0, C,
            "activity of the neurons raises the share of cut motor axons that regrow, and active muscle releases LIF and GDNF, which make them regrow (PMC7072511); size assumed";
        /// Time in which an axon beyond the cut degenerates: it is whole for half of it, then falls to pieces. It neither
        /// grows nor counts any more; at 0 it is gone at once.
        degeneration_h = "degeneration": Time, 24.0, accepted 0.0, 1e5, typical 12.0, 72.0, B,
            "severed axons are dead within a day (PMC6731592), in vivo from the third day on; half of it at rest is assumed";
    }

    /// Survival: neurons that fall ill die back from the tips of their axons.
    Survival = "survival" {
        /// Neurons that fall ill, per neuron and hour, from the onset on.
        death_per_h = "death": Rate, 0.0, accepted 0.0, 10.0, typical 0.0, 0.01, C, "none in healthy cultures of a few days; assumed";
        /// When the first may fall ill.
        onset_h = "onset": Time, 0.0, accepted 0.0, 1e6, typical 0.0, 1000.0, C, "assumed";
        /// Speed at which the axons of an ill neuron shorten.
        dying_back_um_per_h = "dying_back": Speed, 10.0, accepted 0.01, 500.0, typical 1.0, 100.0, C,
            "tips go before the soma (PMC8343323); speed assumed";
    }

    /// Stretch growth: how an axon lengthens under a tow. What a scenario pulls with stands in `tow`.
    Stretch = "stretch" {
        /// Pull up to which a tow does not lengthen an axon.
        threshold_nn = "threshold": Force, 1.0, accepted 0.0, 100.0, typical 0.5, 1.5, B,
            "towed sensory (DRG) neurites: most 0.5 to 1.5 nN, all 0.25 to 5.6 nN (Zheng 1991)";
        /// Speed of towed growth for each nN above the threshold.
        slope_um_per_h_per_nn = "slope": SpeedPerForce, 150.0, accepted 0.0, 1e4, typical 75.0, 300.0, B,
            "towed sensory (DRG) neurites: 1.5 µm/h per µdyn (Zheng 1991)";
        /// Viscosity of the axon along its shaft.
        viscosity_kpa_h = "viscosity": Viscosity, 3e6 * PA_S, accepted 1e2 * PA_S, 1e10 * PA_S, typical 0.6e6 * PA_S, 5.4e6 * PA_S, B,
            "(3 ± 2.4)e6 Pa s (PMC2267140)";
        /// Friction between the shaft and what it lies on: force per length of shaft and speed.
        friction_kpa_h = "friction": Viscosity, 9.6e3 * PA_S, accepted 1.0 * PA_S, 1e8 * PA_S, typical 2.1e3 * PA_S, 17.1e3 * PA_S, B,
            "(9.6 ± 7.5)e3 Pa s on laminin and polyornithine (PMC2267140)";
        /// Diameter of a shaft.
        diameter_um = "diameter": Length, 1.0, accepted 0.05, 50.0, typical 0.3, 3.0, C, "about 1 µm; assumed";
    }

    /// Mechanotransduction: how the strain of the gel raises growth, and for how long.
    Mechano = "mechano" {
        /// Relative rise of growth at full mechano-state (μ in the gain 1 + μM).
        gain = "gain": Number, 4.47, accepted 0.0, 200.0, typical 1.0, 20.0, C,
            "calibrated: strain does as much as exercised medium (Bu 2024)";
        /// Time in which the mechano-state rises while the gel moves.
        on_time_h = "on_time": Time, 1.0 / 6.0, accepted 1e-6, 1000.0, typical 0.05, 1.0, C,
            "must be shorter than the 30-minute session";
        /// Time in which the mechano-state fades when the gel is still.
        off_time_h = "off_time": Time, 24.0, accepted 1e-6, 10000.0, typical 6.0, 48.0, C,
            "without memory a duty of 2.1 % would need a gain of 145";
        /// Strain of half drive.
        half_strain = "half_strain": Fraction, 0.01, accepted 1e-6, 1.0, typical 0.005, 0.05, C, "assumed";
        /// Frequency of half drive.
        half_frequency_hz = "half_frequency": Frequency, 0.1, accepted 1e-6, 100.0, typical 0.05, 0.5, C, "assumed";
    }

    /// Migration of the cell bodies.
    Soma = "soma" {
        /// Speed of a migrating soma without any cue.
        speed_um_per_h = "speed": Speed, 0.3, accepted 0.0, 100.0, typical 0.0, 3.0, C,
            "slow walk, raised by the same gains as growth; migration rises with exercised medium (Bu 2024)";
        /// Persistence length of a soma's walk.
        persistence_length_um = "persistence_length": Length, 30.0, accepted 0.1, 1e5, typical 5.0, 200.0, C, "assumed";
    }

    /// Synapses between axons and muscle fibres. A cone that has formed one stays on its fibre.
    Synapse = "synapse" {
        /// Distance from a fibre's surface at which a cone touches it.
        contact_um = "contact": Length, 10.0, accepted 0.0, 200.0, typical 5.0, 20.0, C, "the reach of filopodia, 5 to 20 µm; recalled";
        /// Synapses that a cone which touches a fibre forms per hour without trophic programme; with a full one twice as many.
        formation_per_h = "formation": Rate, 0.02, accepted 0.0, 60.0, typical 0.0, 0.2, C, "assumed";
        /// Time in which a synapse matures.
        maturation_h = "maturation": Time, 120.0, accepted 0.0, 1e5, typical 24.0, 720.0, C,
            "receptors cluster in 1 to 3 d, function in 3 to 7 d in rodents (recalled); human junctions about a month (JoVE 61396)";
    }

    /// Gene programmes: the trophic one follows receptors, the mechano one follows the mechano-state.
    Programme = "programme" {
        /// Time in which a programme follows its cause.
        memory_h = "memory": Time, 24.0, accepted 1e-6, 10000.0, typical 6.0, 72.0, C, "transcription and translation; assumed";
        /// Weight of the mechano programme in the axon growth score (the trophic programme weighs 1).
        mechano_on_axon_growth = "mechano_on_axon_growth": Number, 0.6, accepted 0.0, 10.0, typical 0.0, 1.0, C,
            "only the order is public: biochemical above mechanical (Bu 2024)";
        /// Weight of the mechano programme in the projection guidance score.
        mechano_on_guidance = "mechano_on_guidance": Number, 0.3, accepted 0.0, 10.0, typical 0.0, 1.0, C,
            "only the order is public: biochemical above mechanical (Bu 2024)";
        /// Weight of the mechano programme in the synapse maturation score.
        mechano_on_synapse = "mechano_on_synapse": Number, 0.3, accepted 0.0, 10.0, typical 0.0, 1.0, C,
            "only the order is public: biochemical above mechanical (Bu 2024)";
    }

    /// A diffusing myokine and what growth cones make of it.
    Myokine = "myokine" {
        /// Diffusivity in medium and gel.
        diffusivity_um2_per_h = "diffusivity": Diffusivity, 120.0 * HOUR_S, accepted 0.0, 1e5 * HOUR_S, typical 10.0 * HOUR_S, 200.0 * HOUR_S, B,
            "IGF-1 in fibrin 159 µm²/s (PMC1877763), NGF in buffer 126 ± 9 (PMC1303113); fibrin barely hinders";
        /// Half-life in static culture.
        half_life_h = "half_life": Time, 24.0, accepted 1e-3, 1e6, typical 6.0, 48.0, C,
            "plasma values do not transfer";
        /// Dose at which half the receptors are bound.
        half_dose = "half_dose": Dose, 0.35, accepted 1e-9, 1e9, typical 1e-3, 10.0, C,
            "in units of exercised medium; normalised";
        /// Steepness (Hill coefficient) of receptor binding.
        hill = "hill": Number, 1.5, accepted 0.5, 8.0, typical 1.0, 2.0, C, "1 to 2";
        /// Gain of growth at full occupancy.
        max_gain = "max_gain": Number, 4.5, accepted 0.0, 200.0, typical 1.0, 10.0, C,
            "calibrated: exercised medium makes axons grow four times as far (Bu 2024, press figure)";
        /// Strength of guidance by its gradient, apart from growth: 1 attracts, -1 repels, 0 leaves the heading alone.
        guidance = "guidance": Number, 1.0, accepted -100.0, 100.0, typical -1.0, 1.0, C,
            "attraction, as by NGF (Rosoff 2004); for myokines assumed";
        /// Dose at which high-dose inhibition halves the response; 0 switches it off.
        inhibition_dose = "inhibition_dose": Dose, 0.0, accepted 0.0, 1e9, typical 0.0, 100.0, C,
            "biphasic growth at high NGF (PLoS CB 1006218)";
        /// Release by resting muscle, per volume of muscle.
        resting_secretion_per_h = "resting_secretion": DoseRate, 0.0231, accepted 0.0, 1e6, typical 0.0, 1.0, C,
            "scaled so that medium which exercised muscle conditioned for 24 h has dose 1";
        /// Fastest uptake by one growth cone, as the volume of medium cleared per hour (µm³/h) at low dose times the half dose; 0 switches it off.
        uptake_um3_per_h = "uptake": Number, 0.0, accepted 0.0, 1e9, typical 0.0, 1e6, C, "off: not known";
        /// Dose at which uptake is half as fast as it can be.
        uptake_half_dose = "uptake_half_dose": Dose, 0.35, accepted 1e-9, 1e9, typical 1e-3, 10.0, C, "assumed as the receptors'";
    }

    /// Muscle: how light makes it secrete.
    Muscle = "muscle" {
        /// Lag from contraction to release.
        lag_h = "lag": Time, 1.5, accepted 0.0, 1000.0, typical 1.0, 2.0, B,
            "IL-6 protein up at 120 min of 5 Hz in C2C12 (omcl 2012/145418)";
        /// Secretion under the reference exercise (1 Hz, 30 min a day), over a day, relative to rest.
        exercised_ratio = "exercised_ratio": Number, 2.5, accepted 1.0, 100.0, typical 1.5, 5.0, C,
            "the trigger is calcium flux, not contraction itself (PubMed 30356272)";
        /// How long raised secretion outlasts a session.
        memory_h = "memory": Time, 6.0, accepted 1e-6, 1000.0, typical 1.0, 24.0, C, "assumed";
        /// Light frequency at which a session has half the effect of very fast pulses.
        half_frequency_hz = "half_frequency": Frequency, 1.0, accepted 1e-3, 1000.0, typical 0.3, 5.0, C, "assumed";
        /// Share of their answer to light that fibres lose when they are tired out; 0 switches fatigue off.
        fatigue = "fatigue": Fraction, 0.0, accepted 0.0, 1.0, typical 0.0, 0.8, C, "off; muscle tires under lasting stimulation, size assumed";
        /// Time in which fibres tire under light.
        fatigue_time_h = "fatigue_time": Time, 0.25, accepted 1e-6, 1000.0, typical 0.05, 2.0, C, "assumed";
        /// Time in which they recover in the dark.
        recovery_time_h = "recovery_time": Time, 4.0, accepted 1e-6, 1000.0, typical 0.5, 24.0, C, "assumed";
        /// Radius of a muscle fibre.
        fibre_radius_um = "fibre_radius": Length, 10.0, accepted 0.1, 500.0, typical 5.0, 25.0, C, "myotubes in culture are 10 to 30 µm wide; recalled";
        /// Distance between muscle fibres.
        fibre_spacing_um = "fibre_spacing": Length, 60.0, accepted 5.0, 1000.0, typical 20.0, 200.0, C, "fused C2C12 sheets";
    }

    /// An explant (spheroid) of motor neurons.
    Explant = "explant" {
        /// Radius of the spheroid.
        radius_um = "radius": Length, 150.0, accepted 0.0, 1e5, typical 50.0, 500.0, C, "embryoid bodies of a few hundred µm";
        /// Neurons whose axons leave the spheroid.
        neurons = "neurons": Count, 200.0, accepted 1.0, 1e8, typical 50.0, 300.0, C, "50 to 300 leading neurites a spheroid";
        /// Spread (standard deviation) of the first headings about the radial direction.
        heading_spread_rad = "heading_spread": Angle, 30.0 * DEG, accepted 0.0, 100.0 * PI, typical 0.0, PI, C,
            "axons leave spheroids radially; spread assumed";
    }

    /// Variation: how much neurons, explants and cultures differ, as the coefficient of variation (standard deviation over mean)
    /// of a log-normal law; 0 makes them alike. The wells of one replicate number come from one culture.
    Variation = "variation" {
        /// Factor on all that follows: 0 makes wells differ by dice alone.
        scale = "scale": Number, 1.0, accepted 0.0, 4.0, typical 0.0, 2.0, X, "setting";
        /// Speed of running growth cones, between the neurons of an explant.
        speed_between_neurons = "speed_between_neurons": Number, 0.3, accepted 0.0, 2.0, typical 0.0, 0.6, C,
            "longest neurites of cortical neurons grow at 0 to about 20 µm/h from the slowest to the fastest tenth (figshare 8064170); size assumed";
        /// Speed of running growth cones, between the explants of a culture.
        speed_between_explants = "speed_between_explants": Number, 0.05, accepted 0.0, 2.0, typical 0.0, 0.3, C, "assumed";
        /// Speed of running growth cones, between cultures.
        speed_between_cultures = "speed_between_cultures": Number, 0.15, accepted 0.0, 2.0, typical 0.0, 0.4, C,
            "cultures commonly differ by tens of per cent; size assumed";
        /// Sensitivity to myokines, of growth and of guidance, between the neurons of an explant.
        trophic_between_neurons = "trophic_between_neurons": Number, 0.3, accepted 0.0, 2.0, typical 0.0, 0.6, C, "assumed";
        /// Sensitivity to myokines, between the explants of a culture.
        trophic_between_explants = "trophic_between_explants": Number, 0.05, accepted 0.0, 2.0, typical 0.0, 0.3, C, "assumed";
        /// Sensitivity to myokines, between cultures.
        trophic_between_cultures = "trophic_between_cultures": Number, 0.1, accepted 0.0, 2.0, typical 0.0, 0.4, C, "assumed";
        /// Sensitivity to strain, between the neurons of an explant.
        mechano_between_neurons = "mechano_between_neurons": Number, 0.3, accepted 0.0, 2.0, typical 0.0, 0.6, C, "assumed";
        /// Sensitivity to strain, between the explants of a culture.
        mechano_between_explants = "mechano_between_explants": Number, 0.05, accepted 0.0, 2.0, typical 0.0, 0.3, C, "assumed";
        /// Sensitivity to strain, between cultures.
        mechano_between_cultures = "mechano_between_cultures": Number, 0.1, accepted 0.0, 2.0, typical 0.0, 0.4, C, "assumed";
        /// Number of neurons, between explants.
        neurons_between_explants = "neurons_between_explants": Number, 0.2, accepted 0.0, 2.0, typical 0.0, 0.5, C,
            "50 to 300 leading neurites a spheroid; size assumed";
        /// Radius, between explants.
        radius_between_explants = "radius_between_explants": Number, 0.1, accepted 0.0, 2.0, typical 0.0, 0.3, C, "assumed";
    }

    /// Actuation: the gel is moved back and forth in sessions.
    Actuation = "actuation" {
        /// Largest strain along the axis.
        amplitude = "amplitude": Fraction, 0.05, accepted 0.0, 0.5, typical 0.0, 0.15, C,
            "amplitude for neurons unconfirmed (Bu 2024)";
        /// Frequency of the movement.
        frequency_hz = "frequency": Frequency, 1.0, accepted 0.0, 100.0, typical 0.1, 5.0, C,
            "frequency for neurons unconfirmed (Bu 2024)";
        /// Length of a session.
        session_h = "session": Time, 0.5, accepted 0.0, 1e4, typical 0.25, 2.0, A, "30 minutes a day (Bu 2024, press)";
        /// From the start of a session to the start of the next.
        every_h = "every": Time, 24.0, accepted 1e-6, 1e4, typical 12.0, 48.0, A, "once a day (Bu 2024, press)";
        /// When the first session begins.
        start_h = "start": Time, 0.0, accepted 0.0, 1e6, typical 0.0, 48.0, X, "setting";
        /// Direction of the strain in the plane, from the x axis.
        axis_rad = "axis": Angle, 0.0, accepted -PI, PI, typical -PI, PI, X, "setting";
        /// Poisson's ratio of the gel.
        poisson = "poisson": Number, 0.45, accepted 0.0, 0.5, typical 0.3, 0.5, C, "fast, undrained";
    }

    /// The gel itself: how it resists forces. A strain that is set by its amplitude does not depend on the stiffness, one that
    /// is set by a force does.
    Matrix = "matrix" {
        /// Young's modulus, at small strain.
        stiffness_kpa = "stiffness": Pressure, 10.0 * 9.0 / 196.0, accepted 1e-3, 1e4, typical 0.15, 1.5, C,
            "fibrin of 3 mg/mL by 10 kPa (c / 14 mg/mL)^2: 10 kPa at 14 mg/mL in a tensile test, there in proportion to c (Brouwers 2002, a student's report); the square in compression (PMC4873005)";
        /// Poisson's ratio, for magnet bars; the uniform strains have their own in actuation.
        poisson = "poisson": Number, 0.45, accepted 0.0, 0.49, typical 0.3, 0.49, C, "fast, undrained; assumed";
        /// Thickness of the gel in a planar well; a slab is as thick as the well.
        thickness_um = "thickness": Length, 1000.0, accepted 1.0, 1e5, typical 200.0, 3000.0, C, "assumed";
    }

    /// A tow, in sessions: every growth cone is pulled alike, as by a needle or a magnet. An axon is drawn out by it where the
    /// pull is above the threshold of `stretch`.
    Tow = "tow" {
        /// The pull on each growth cone.
        force_nn = "force": Force, 1.5, accepted 0.0, 100.0, typical 0.0, 4.0, X, "setting";
        /// Its direction in the plane, from the x axis.
        towards_rad = "towards": Angle, 0.0, accepted -2.0 * PI, 2.0 * PI, typical -2.0 * PI, 2.0 * PI, X, "setting";
        /// Length of a session.
        session_h = "session": Time, 24.0, accepted 0.0, 1e4, typical 0.0, 1e4, X, "setting: without a pause";
        /// From the start of a session to the start of the next.
        every_h = "every": Time, 24.0, accepted 1e-6, 1e4, typical 1e-6, 1e4, X, "setting: without a pause";
        /// When the first session begins.
        start_h = "start": Time, 0.0, accepted 0.0, 1e6, typical 0.0, 1e6, X, "setting";
    }

    /// Light on optogenetic muscle, in sessions.
    Light = "light" {
        /// Pulses per second.
        frequency_hz = "frequency": Frequency, 1.0, accepted 0.0, 100.0, typical 0.5, 5.0, C, "the lab's habit, 1 to 4 Hz; unconfirmed";
        /// Brightness, relative to what makes every fibre contract.
        intensity = "intensity": Fraction, 1.0, accepted 0.0, 1.0, typical 0.0, 1.0, X, "setting";
        /// Length of a session.
        session_h = "session": Time, 0.5, accepted 0.0, 1e4, typical 0.25, 2.0, A, "30 minutes a day (Bu 2024, press)";
        /// From the start of a session to the start of the next.
        every_h = "every": Time, 24.0, accepted 1e-6, 1e4, typical 12.0, 48.0, A, "once a day (Bu 2024, press)";
        /// When the first session begins.
        start_h = "start": Time, 0.0, accepted 0.0, 1e6, typical 0.0, 48.0, X, "setting";
    }
}

impl Myokine {
    /// Rate of decay, per hour: ln 2 over the half-life.
    pub fn decay_per_h(&self) -> f64 {
        LN_2 / self.half_life_h
    }
}

impl Matrix {
    /// Young's modulus of fibrin by its concentration, mg/mL: it grows with the square (in compression, PMC4873005), 10 kPa at
    /// 14 mg/mL (in a tensile test, Brouwers 2002).
    pub fn fibrin_stiffness_kpa(mg_per_ml: f64) -> f64 {
        10.0 * (mg_per_ml / 14.0).powi(2)
    }
}

impl Stretch {
    /// Length over which tension decays along a viscous shaft that rubs on what it lies on, µm: √(G A / η) with the viscosity
    /// G, the friction η and the cross-section A = π d² / 4.
    pub fn decay_um(&self) -> f64 {
        let section_um2 = 0.25 * PI * self.diameter_um.powi(2);
        (self.viscosity_kpa_h * section_um2 / self.friction_kpa_h).sqrt()
    }
}

impl GrowthCone {
    /// Speed of a running cone without any cue, µm/h: what makes the net speed over all modes the documented one,
    /// v_run = (v0 + f_ret v_ret) / f_run.
    pub fn run_speed_um_per_h(&self) -> f64 {
        let running = 1.0 - self.paused - self.retracting;
        (self.speed_um_per_h + self.retracting * self.retraction_speed_um_per_h) / running
    }

    /// Readings of receptors that a cone averages, of each at least one.
    pub fn readings(&self) -> f64 {
        self.receptors * (self.integration_time_h / self.reading_time_h).max(1.0)
    }

    /// How the gains of myokines and of strain combine.
    pub fn combination(&self) -> Combination {
        Combination::from_number(self.combination).unwrap_or(Combination::Additive)
    }
}

impl Variation {
    /// No variation at all: wells differ by dice alone.
    pub fn none() -> Self {
        Self {
            scale: 0.0,
            ..Self::default()
        }
    }
}

impl Actuation {
    /// Whether the gel moves in its sessions; with an amplitude of 0 it stays still.
    pub fn moves(&self) -> bool {
        self.amplitude > 0.0
    }
}
