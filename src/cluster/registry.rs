//! All models, in the order in which they are shown: a model is a folder, a line here, and its words.
//!
//! There are two lists: facts, which the page uses, and models, which link all fits. Only code that fits uses [`MODELS`].

use std::cmp::Ordering;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{
    ClusterModel, Fit, FitError, FitJob, ModelFacts, ModelKey, ModelNumbers, ModelOptions,
    NumberRule, ParamsError, Samples,
};

/// Makes both lists of the folders of the models.
macro_rules! registry {
    ($($folder:ident;)*) => {
        /// What is known of the models without fitting them.
        pub static FACTS: &[&ModelFacts] = &[$(&super::$folder::FACTS,)*];

        /// The models.
        pub static MODELS: &[&dyn ClusterModel] = &[$(&super::$folder::Model,)*];
    };
}

registry! {
    k_means;
    hierarchical;
    gaussian_mixture;
    hdbscan;
}

impl ModelKey {
    /// The key of that name, [`ModelKey::GIVEN`] included; `None` for a model that is not registered.
    pub fn named(name: &str) -> Option<Self> {
        let mut keys = Self::all().chain([Self::GIVEN]);
        keys.find(|key| key.as_str() == name)
    }

    /// All models, in the order in which they are shown.
    pub fn all() -> impl DoubleEndedIterator<Item = Self> + Clone {
        FACTS.iter().map(|facts| facts.key)
    }

    /// What is known of the model without fitting it; `None` for a key that is not registered.
    pub fn facts(self) -> Option<&'static ModelFacts> {
        FACTS.get(self.rank()).copied()
    }

    /// The model, for code that fits it; `None` for a key that is not registered.
    pub fn model(self) -> Option<&'static dyn ClusterModel> {
        MODELS.get(self.rank()).copied()
    }

    /// Whether the model decides its number of clusters itself.
    pub fn decides_number(self) -> bool {
        let facts = self.facts();
        facts.is_some_and(|facts| facts.number_rule == NumberRule::Own)
    }

    /// Whether the model is a tree of merges.
    pub fn is_tree(self) -> bool {
        self.facts().is_some_and(|facts| facts.is_tree)
    }

    fn rank(self) -> usize {
        let found = FACTS.iter().position(|facts| facts.key == self);
        found.unwrap_or(FACTS.len())
    }
}

impl Ord for ModelKey {
    fn cmp(&self, other: &Self) -> Ordering {
        self.rank().cmp(&other.rank())
    }
}

impl PartialOrd for ModelKey {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Serialize for ModelKey {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for ModelKey {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let name = String::deserialize(from)?;
        let unknown = || serde::de::Error::custom(format_args!("there is no model {name}"));
        Self::named(&name).ok_or_else(unknown)
    }
}

impl ModelOptions {
    /// Whether all numbers are known to their model and within its range.
    ///
    /// # Errors
    /// [`ParamsError::Option`] naming the one that is not.
    pub fn check_numbers(numbers: &ModelNumbers) -> Result<(), ParamsError> {
        for (model, own) in numbers {
            let options = model.facts().map_or(&[] as &[_], |facts| facts.numbers);
            for (name, &value) in own {
                let option = options.iter().find(|option| option.name == *name);
                let is_sound = option.is_some_and(|it| (it.min..=it.max).contains(&value));
                if !is_sound {
                    return Err(ParamsError::Option {
                        model: *model,
                        name: name.clone(),
                        value,
                    });
                }
            }
        }
        Ok(())
    }
}

impl FitJob {
    /// Fits it with the model of its key.
    ///
    /// # Errors
    /// [`FitError`] of the model.
    pub fn fit(&self, samples: &Samples, progress: &mut dyn FnMut(f64)) -> Result<Fit, FitError> {
        let model = self.key.model.model();
        let unknown = || ParamsError::UnknownModel {
            model: self.key.model.as_str().to_owned(),
        };
        model.ok_or_else(unknown)?.fit(self, samples, progress)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_lists_hold_the_same_models_in_the_same_order() {
        let of_models: Vec<_> = MODELS.iter().map(|model| model.facts().key).collect();
        assert_eq!(of_models, ModelKey::all().collect::<Vec<_>>());
        for key in of_models {
            assert_eq!(key.facts(), key.model().map(ClusterModel::facts));
            assert_eq!(ModelKey::named(key.as_str()), Some(key));
        }
    }
}
