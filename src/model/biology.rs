//! The biology of a condition: the sections of parameters that may be set apart from the rest of the plate.

use super::parameter::{AnySection, Parameter, Section};
use super::parameters;

/// A section of the biology: its names, and its parameters.
#[derive(Clone, Copy, Debug)]
pub struct BiologySection {
    /// The name of its table in a scenario.
    pub name: &'static str,
    /// Its heading in the window.
    pub title: &'static str,
    /// Its subject, in a few words.
    pub subject: &'static str,
    /// Its subject, in a sentence or two.
    pub meaning: &'static str,
    /// Its numbers.
    pub parameters: &'static [Parameter],
}

/// Makes [`Biology`] from the list of its sections: field, type of the parameters, title and subject.
macro_rules! biology {
    ($( $field:ident: $section:ident = $title:literal, $subject:literal; )+) => {
        /// The numbers of the biology that a condition may set apart from the rest of the plate.
        #[derive(Clone, Copy, Debug, Default, PartialEq)]
        pub struct Biology {
            $(
                #[doc = concat!($title, ": ", $subject, ".")]
                pub $field: parameters::$section,
            )+
            /// The genotype that numbers come from, where one is named.
            pub genotype: Option<&'static str>,
            /// The hypothesis about contested findings that numbers come from, where one is named.
            pub hypothesis: Option<&'static str>,
        }

        impl Biology {
            /// Its sections, in the order in which scenarios and the window list them.
            pub const SECTIONS: [BiologySection; [$( $title, )+].len()] = [ $(
                BiologySection {
                    name: parameters::$section::NAME,
                    title: $title,
                    subject: $subject,
                    meaning: parameters::$section::MEANING,
                    parameters: parameters::$section::PARAMETERS,
                },
            )+ ];

            /// The numbers of its sections, in the order of [`Biology::SECTIONS`].
            pub fn sections(&self) -> [&dyn AnySection; Self::SECTIONS.len()] {
                [$( &self.$field, )+]
            }

            /// As [`Biology::sections`], to be changed.
            pub fn sections_mut(&mut self) -> [&mut dyn AnySection; Self::SECTIONS.len()] {
                [$( &mut self.$field, )+]
            }
        }
    };
}

biology! {
    growth_cone: GrowthCone = "Growth cone", "how growth cones behave";
    branching: Branching = "Branching", "how axons branch";
    fasciculation: Fasciculation = "Fasciculation", "how axons bundle and cones avoid each other";
    injury: Injury = "Injury", "what stumps of cut axons do";
    survival: Survival = "Survival", "how neurons die";
    synapse: Synapse = "Synapses", "how cones settle on muscle fibres";
    stretch: Stretch = "Stretch growth", "how axons lengthen under a tow";
    mechano: Mechano = "Mechanotransduction", "how strain raises growth";
    soma: Soma = "Somata", "how cell bodies migrate";
    programme: Programme = "Gene programmes", "gene programmes and scores";
}

impl Biology {
    /// The number of a dotted key, such as `growth_cone.speed`.
    pub fn parameter(path: &str) -> Option<&'static Parameter> {
        let mut all = Self::SECTIONS.iter().flat_map(|part| part.parameters);
        all.find(|parameter| parameter.path() == path)
    }

    /// Changes the number of a dotted key. Returns its parameter and its new value; `None` where there is no such number.
    pub fn alter(&mut self, path: &str, by: impl Fn(f64) -> f64) -> Option<(&'static Parameter, f64)> {
        let (name, key) = path.split_once('.')?;
        let section = self.sections_mut().into_iter().find(|section| section.name() == name)?;
        let index = section.parameters().iter().position(|parameter| parameter.key == key)?;
        section.set(index, by(section.get(index)));
        Some((&section.parameters()[index], section.get(index)))
    }
}
