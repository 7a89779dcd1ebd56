//! Generates requests, answers and work of all questions from the list: the one place that knows all of them.

/// Turns a list of `Name(Question) in module;` into enums of kinds, questions and answers that delegate to each question.
macro_rules! registry {
    ($($(#[$doc:meta])* $name:ident($question:ident) in $module:ident;)*) => {
        $(pub use $module::*;)*

        /// The kinds of questions, in the order of the list.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum QuestionKind { $($(#[$doc])* $name,)* }

        /// A question of any kind.
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum AnyQuestion { $($(#[$doc])* $name($question),)* }

        /// An answer of any kind.
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum AnyAnswer {
            $($(#[$doc])* $name(std::sync::Arc<<$question as crate::engine::Question>::Answer>),)*
        }

        impl AnyAnswer {
            /// Whether both share one answer.
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
            /// All kinds, in the order of the list.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The stage shown meanwhile.
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

            /// Keeps the result of an item.
            pub(crate) fn keep(self, engine: &mut crate::engine::Engine, found: &[u8]) {
                match self { $(Self::$name => engine.keep_for::<$question>(found),)* }
            }
        }

        impl AnyQuestion {
            /// Its kind.
            pub fn kind(&self) -> QuestionKind {
                match self { $(Self::$name(_) => QuestionKind::$name,)* }
            }

            /// One round ([`crate::engine::Engine::step`]).
            ///
            /// # Errors
            /// The same.
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

            /// What must be fitted besides the result.
            pub(crate) fn goal(&self) -> crate::engine::Goal {
                match self { $(Self::$name(_) => <$question as crate::engine::Question>::GOAL,)* }
            }

            /// The parts that others can do ([`crate::engine::Engine::shares_of`]).
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
