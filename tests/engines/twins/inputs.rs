//! Random arguments for rules, kept as words for the shader.

use glam::{UVec2, UVec3, UVec4, Vec2, Vec3, Vec4};
use outgrowth::model::growth_cone::{Decision, Senses};
use outgrowth::model::layout::{
    Cone, MuscleRules, MyokineRules, NONE, Rules, Run, Sessions, TowRules, Treatment, Well, mode,
};
use outgrowth::model::rules::fasciculation::{AxonTensor, CrowdCue};
use outgrowth::model::rules::kymograph::Kymograph;
use outgrowth::model::rules::mechano::Felt;
use outgrowth::model::rules::random::{pcg4d, uniform_number};
use outgrowth::model::rules::receptors::{Sensed, Signal};
use outgrowth::model::rules::relaxation::Level;
use outgrowth::model::tables::Tables;

/// A value as the words that a shader reads.
pub trait Words {
    /// The words.
    fn words(&self) -> Vec<u32>;
}

macro_rules! words {
    ($($type:ty: |$value:ident| $words:expr),* $(,)?) => {
        $(impl Words for $type {
            fn words(&self) -> Vec<u32> {
                let $value = self;
                $words
            }
        })*
    };
}

fn floats(floats: &[f32]) -> Vec<u32> {
    floats.iter().map(|x| x.to_bits()).collect()
}

fn one_after_another(parts: &[&dyn Words]) -> Vec<u32> {
    parts.iter().flat_map(|part| part.words()).collect()
}

words! {
    f32: |v| vec![v.to_bits()],
    u32: |v| vec![*v],
    i32: |v| vec![*v as u32],
    bool: |v| vec![u32::from(*v)],
    Vec2: |v| floats(&v.to_array()),
    Vec3: |v| floats(&v.to_array()),
    Vec4: |v| floats(&v.to_array()),
    UVec2: |v| v.to_array().to_vec(),
    UVec3: |v| v.to_array().to_vec(),
    Level: |v| vec![v.units() as u32],
    // Padding is no field of the shader's.
    Run: |v| {
        let words: &[u32] = bytemuck::cast_slice(std::slice::from_ref(v));
        words[..words.len() - v.pad.len()].to_vec()
    },
    UVec4: |v| v.to_array().to_vec(),
    Rules: |v| bytemuck::cast_slice(std::slice::from_ref(v)).to_vec(),
    MyokineRules: |v| bytemuck::cast_slice(std::slice::from_ref(v)).to_vec(),
    Well: |v| bytemuck::cast_slice(std::slice::from_ref(v)).to_vec(),
    MuscleRules: |v| bytemuck::cast_slice(std::slice::from_ref(v)).to_vec(),
    TowRules: |v| bytemuck::cast_slice(std::slice::from_ref(v)).to_vec(),
    // Padding is no field of the shader's.
    Treatment: |v| {
        let words: &[u32] = bytemuck::cast_slice(std::slice::from_ref(v));
        words[..words.len() - v.pad.len()].to_vec()
    },
    Kymograph: |v| bytemuck::cast_slice(std::slice::from_ref(v)).to_vec(),
    Sessions: |v| bytemuck::cast_slice(std::slice::from_ref(v)).to_vec(),
    AxonTensor: |v| floats(&[v.diagonal.to_array(), v.mixed.to_array(), v.rise.to_array()].concat()),
    Signal: |v| floats(&[v.cue.x, v.cue.y, v.cue.z, v.excess, v.occupancy]),
    Sensed: |v| one_after_another(&[&v.signal, &v.dose]),
    Felt: |v| one_after_another(&[&v.drive, &v.axis, &v.anisotropy, &v.mechano]),
    CrowdCue: |v| one_after_another(&[&v.turning, &v.drift, &v.contact]),
    Senses: |v| one_after_another(&[&v.medium, &v.gel, &v.crowd]),
    Cone: |v| bytemuck::cast_slice(std::slice::from_ref(v)).to_vec(),
    (Cone, Decision): |v| one_after_another(&[&v.0, &v.1]),
    Decision: |v| one_after_another(&[
        &(v.movement as u32),
        &v.way_um,
        &v.retraction_um,
        &v.branching,
        &v.branch_place,
    ]),
}

/// Random values, and the words given to the shader so far.
pub struct Inputs {
    seed: u32,
    drawn: u32,
    run: Run,
    treatment: Treatment,
    myokine: MyokineRules,
    well: Well,
    /// Arguments of all samples, one after another.
    pub words: Vec<u32>,
}

impl Inputs {
    /// The random numbers of one rule.
    pub fn new(rule: &str) -> Self {
        let seed = rule
            .bytes()
            .fold(1u32, |hash, byte| hash.wrapping_mul(31).wrapping_add(u32::from(byte)));
        let tables = Tables::of(&super::full_plate(false));
        Inputs {
            seed,
            drawn: 0,
            run: tables.run,
            treatment: tables.treatments[0],
            myokine: tables.myokines[0],
            well: tables.wells[0],
            words: Vec::new(),
        }
    }

    /// Gives arguments to the shader.
    pub fn give(&mut self, arguments: &[&dyn Words]) {
        self.words
            .extend(arguments.iter().flat_map(|argument| argument.words()));
    }

    /// Any word.
    pub fn word(&mut self) -> u32 {
        self.drawn += 1;
        pcg4d(UVec4::new(self.seed, self.drawn, 3, 5)).x
    }

    /// A number in (0, 1).
    pub fn unit(&mut self) -> f32 {
        uniform_number(self.word())
    }

    /// A number between two.
    pub fn within(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * self.unit()
    }

    /// A whole number below `end`.
    pub fn below(&mut self, end: u32) -> u32 {
        self.word() % end
    }

    /// 0 or 1.
    pub fn flag(&mut self) -> u32 {
        self.below(2)
    }

    /// A vector in a cube about the origin.
    pub fn vector(&mut self, half: f32) -> Vec3 {
        Vec3::new(
            self.within(-half, half),
            self.within(-half, half),
            self.within(-half, half),
        )
    }

    /// Two numbers such as normal ones.
    pub fn pair(&mut self) -> Vec2 {
        Vec2::new(self.within(-3.0, 3.0), self.within(-3.0, 3.0))
    }

    /// A unit vector, in the plane or in space.
    pub fn heading(&mut self, planar: u32) -> Vec3 {
        loop {
            let mut v = self.vector(1.0);
            if planar == 1 {
                v.z = 0.0;
            }
            if v.length() > 0.1 {
                return v / v.length();
            }
        }
    }

    /// The key of a well.
    pub fn key(&mut self) -> UVec2 {
        UVec2::new(self.word(), self.word())
    }

    /// A state between 0 and 1.
    pub fn level(&mut self) -> Level {
        Level::of(self.unit())
    }

    /// The facts of a plate, with a field that is updated at any pace.
    pub fn run(&mut self) -> Run {
        Run {
            field_every: 1 + self.below(4),
            field_rounds: 1 + self.below(3),
            ..self.run
        }
    }

    /// Four concentrations.
    pub fn doses(&mut self) -> Vec4 {
        Vec4::new(
            self.within(0.0, 2.0),
            self.within(0.0, 2.0),
            self.within(0.0, 2.0),
            self.within(0.0, 2.0),
        )
    }

    /// Four of 0 or 1.
    pub fn flags(&mut self) -> Vec4 {
        Vec4::new(
            self.flag() as f32,
            self.flag() as f32,
            self.flag() as f32,
            self.flag() as f32,
        )
    }

    /// Rules within a factor of those of a plate.
    pub fn rules(&mut self) -> Rules {
        let combination = self.below(3);
        let mut rules = self.treatment.rules;
        for word in bytemuck::cast_slice_mut::<Rules, f32>(std::slice::from_mut(&mut rules)) {
            *word *= self.within(0.5, 1.5);
        }
        Rules {
            combination,
            unlaid: self.treatment.rules.unlaid,
            ..rules
        }
    }

    /// Rules under which a cone on a fibre settles about as often as not, and neurons fall ill now and then.
    pub fn rules_with_synapses(&mut self) -> Rules {
        Rules {
            synapse: self.within(0.1, 1.0),
            synapse_matures: self.below(500),
            death: 0.1 * self.flag() as f32,
            death_onset: self.below(600),
            branch_paused: self.within(0.0, 0.5),
            branch_moving: self.within(0.0, 0.5),
            ..self.rules()
        }
    }

    /// Rules of which at most one coupling to the crowd is on.
    pub fn rules_of_few(&mut self) -> Rules {
        let (on, size) = (self.below(6), self.within(-2.0, 2.0));
        let only = |which: u32| if on == which { size } else { 0.0 };
        Rules {
            axon_alignment_rad_per_h: only(0),
            axon_attraction_rad_per_h: only(1),
            zippering_um_per_h: only(2),
            contact: only(3),
            ..self.rules()
        }
    }

    /// A myokine within a factor of that of a plate.
    pub fn myokine(&mut self) -> MyokineRules {
        let inhibition = self.within(0.0, 1.0) * self.flag() as f32;
        let mut myokine = self.myokine;
        for word in bytemuck::cast_slice_mut::<MyokineRules, f32>(std::slice::from_mut(&mut myokine)) {
            *word *= self.within(0.5, 1.5);
        }
        MyokineRules {
            inhibition,
            decay_every: 1 + self.below(4),
            ..myokine
        }
    }

    /// Sessions.
    pub fn sessions(&mut self) -> Sessions {
        let stop = if self.flag() == 1 { u32::MAX } else { self.below(5000) };
        Sessions {
            start: self.below(500),
            length: self.below(100),
            every: self.below(1500),
            stop,
        }
    }

    /// The axons around a cone.
    pub fn axons(&mut self) -> AxonTensor {
        AxonTensor {
            diagonal: self.vector(20.0).abs(),
            mixed: self.vector(20.0),
            rise: self.vector(1.0),
        }
    }

    /// Muscle, or none.
    pub fn muscle(&mut self) -> MuscleRules {
        MuscleRules {
            low_um: self.vector(50.0),
            spacing_um: if self.below(8) == 0 {
                0.0
            } else {
                self.within(20.0, 80.0)
            },
            high_um: Vec3::splat(100.0) + self.vector(200.0).abs(),
            reach_um: self.within(5.0, 30.0),
            upright: self.flag(),
            ..self.treatment.muscle
        }
    }

    /// A tow.
    pub fn tow(&mut self) -> TowRules {
        TowRules {
            direction: self.heading(1),
            force_nn: self.within(0.0, 4.0),
            sessions: self.sessions(),
        }
    }

    /// A treatment with a tow, with muscle or without.
    pub fn treatment(&mut self) -> Treatment {
        Treatment {
            muscle: self.muscle(),
            tow: self.tow(),
            rules: self.rules_with_synapses(),
            ..self.treatment
        }
    }

    /// A well with any key.
    pub fn well(&mut self) -> Well {
        Well {
            key: self.key(),
            ..self.well
        }
    }

    /// The signal that a cone senses.
    pub fn signal(&mut self) -> Signal {
        Signal {
            cue: self.vector(0.02),
            excess: self.within(0.0, 4.0),
            occupancy: self.unit(),
        }
    }

    /// The kymographs of a tip whose path is a few µm longer or shorter than at their last frames.
    pub fn kymograph(&mut self) -> Kymograph {
        Kymograph {
            length_um: Vec3::new(self.within(9.0, 11.0), self.within(9.0, 11.0), self.within(9.0, 11.0)),
            seen: self.below(64),
        }
    }

    /// Steps from frame to frame, with a kymograph that has none among them.
    pub fn frames(&mut self) -> UVec3 {
        UVec3::new(1 + self.below(3), self.below(3), 2)
    }

    /// A cone in any mode, in most samples one in which it moves; a rest may end in `step`.
    pub fn cone(&mut self, planar: u32, step: u32) -> Cone {
        let modes = [mode::RUN, mode::PAUSE, mode::RETRACT, mode::RUN, mode::PAUSE];
        let resting = [mode::INJURED, mode::DYING, mode::SYNAPSE];
        let mode = match self.below(4) {
            0 => resting[self.below(3) as usize],
            _ => modes[self.below(5) as usize],
        };
        Cone {
            heading: self.heading(planar),
            speed_um_per_h: self.within(-20.0, 40.0),
            deviation_um_per_h: self.within(-20.0, 20.0),
            vigour: self.within(0.2, 3.0),
            trophic_sensitivity: self.within(0.2, 3.0),
            mechano_sensitivity: self.within(0.2, 3.0),
            base_um: self.vector(300.0).abs(),
            base_length_um: self.within(0.0, 2000.0),
            reach_um: self.vector(5.0),
            mode,
            mechano: self.level(),
            adaptation: self.level(),
            trophic_programme: self.level(),
            mechano_programme: self.level(),
            id: self.word(),
            neuron: self.well.first_neuron + self.below(50),
            nodes: 1 + self.below(60),
            rests_until: step + self.below(2),
            pending: self.below(5),
            fibre: NONE,
            ..Cone::without_past(0, 0)
        }
    }

    /// All that a cone senses in a step.
    pub fn senses(&mut self) -> Senses {
        let beside = self.flag() as f32;
        Senses {
            medium: Sensed {
                signal: self.signal(),
                dose: self.within(0.0, 2.0),
            },
            gel: Felt {
                drive: self.unit(),
                axis: self.heading(1),
                anisotropy: self.unit(),
                mechano: Vec2::new(self.unit(), self.unit()),
            },
            crowd: CrowdCue {
                turning: self.vector(1.0) * beside,
                drift: self.vector(10.0) * beside,
                contact: self.unit() * beside,
            },
        }
    }
}
