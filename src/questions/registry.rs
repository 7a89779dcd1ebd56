//! From the list of questions to what requests, answers and workers make of it: one place that knows all of them.

/// Makes of a list of `Name(Question) in module;` the enums of kinds, questions and answers, and lets every question do its own
/// part.
macro_rules! registry {
    ($($(#[$doc:meta])* $name:ident($question:ident) in $module:ident;)*) => {
        $(pub use $module::*;)*

        /// The questions of the list, without what is asked in particular.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum QuestionKind { $($(#[$doc])* $name,)* }

        /// A question of any kind.
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum AnyQuestion { $($(#[$doc])* $name($question),)* }

        /// The answer to it.
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum AnyAnswer {
            $($(#[$doc])* $name(std::sync::Arc<<$question as crate::engine::Question>::Answer>),)*
        }

        impl AnyAnswer {
            /// Whether both are copies of one answer.
            pub fn is_same(&self, other: &Self) -> bool {
                match (self, other) {
                    $((Self::$name(a), Self::$name(b)) => std::sync::Arc::ptr_eq(a, b),)*
                    _ => false,
                }
            }
        }

        $(impl Listed for $question {
            const KIND: QuestionKind = QuestionKind::$name;

            fn into_any(self) -> AnyQuestion {
                AnyQuestion::$name(self)
            }

            fn answer_in(answer: &AnyAnswer) -> Option<&std::sync::Arc<Self::Answer>> {
                match answer {
                    AnyAnswer::$name(answer) => Some(answer),
                    _ => None,
                }
            }
        })*

        impl QuestionKind {
            /// All, in the order of the list.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// What is said while such a question is answered.
            pub fn stage(self) -> crate::result::Stage {
                match self { $(Self::$name => <$question as crate::engine::Question>::STAGE,)* }
            }

            /// Does an item of such a question ([`crate::engine::Question::help`]).
            pub(crate) fn help(
                self,
                item: &[u8],
                samples: Option<&crate::cluster::Samples>,
                progress: &mut dyn FnMut(f64),
            ) -> Option<Vec<u8>> {
                match self {
                    $(Self::$name => <$question as crate::engine::Question>::help(item, samples, progress),)*
                }
            }

            /// Keeps what came of it.
            pub(crate) fn keep(self, engine: &mut crate::engine::Engine, found: &[u8]) {
                match self { $(Self::$name => engine.keep_for::<$question>(found),)* }
            }
        }

        impl AnyQuestion {
            /// Its place in the list.
            pub fn kind(&self) -> QuestionKind {
                match self { $(Self::$name(_) => QuestionKind::$name,)* }
            }

            /// One round ([`crate::engine::Engine::step`]).
            ///
            /// # Errors
            /// As there.
            pub fn step(
                &self,
                engine: &mut crate::engine::Engine,
                result: crate::result::ResultId,
                progress: &mut crate::result::Progress,
            ) -> Result<crate::engine::Step<AnyAnswer>, crate::result::EngineError> {
                match self {
                    $(Self::$name(question) => Ok(engine.step(result, question, progress)?
                        .map(|answer| AnyAnswer::$name(std::sync::Arc::new(answer)))),)*
                }
            }

            /// What must be fitted beside the result.
            pub(crate) fn goal(&self) -> crate::engine::Goal {
                match self { $(Self::$name(_) => <$question as crate::engine::Question>::GOAL,)* }
            }

            /// What others can do of it ([`crate::engine::Engine::shares_of`]).
            pub(crate) fn shares(
                &self,
                engine: &mut crate::engine::Engine,
                result: crate::result::ResultId,
            ) -> Result<Option<crate::engine::Shares<Vec<u8>>>, crate::result::EngineError> {
                match self { $(Self::$name(question) => engine.shares_of(result, question),)* }
            }
        }
    };
}

pub(super) use registry;
