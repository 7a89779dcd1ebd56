//! How the numbers on the screen are made, for readers who want to check them, with the papers.

/// What opens the methods.
pub const METHODS_TITLE: &str = "Methods";
/// Closes them.
pub const CLOSE_METHODS: &str = "Close";
/// What the sign beside a number does.
pub const HOW_TIP: &str = "How this is computed";
/// What the sign shows.
pub const HOW_SIGN: &str = "?";
/// What stands above the methods.
pub const METHODS_LEAD: &str = "Everything is computed in this tab. The same file, settings and version give the same result to the last digit.";

/// A method by its key.
#[derive(Debug)]
pub struct Method {
    /// Which it is.
    pub key: MethodKey,
    /// Its heading.
    pub title: &'static str,
    /// What is done, for someone who does not compute.
    pub text: &'static str,
    /// Where it comes from.
    pub papers: &'static str,
}

/// What the sign beside a number asks about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MethodKey {
    /// Features on one scale.
    Scaling,
    /// The models.
    Models,
    /// Segments of several models matched.
    Matching,
    /// Indices of agreement.
    Agreement,
    /// Criteria for the number of segments.
    Number,
    /// Splits of the tree, and ties.
    Tree,
    /// The verdict.
    Verdict,
    /// Valleys between neighbours.
    Valleys,
    /// Resamples and random starts.
    Stability,
    /// Differences and claims.
    Claims,
    /// Rules for a group.
    Rules,
    /// Why a customer is where it is.
    Card,
    /// Other settings.
    WhatIf,
    /// Offers and their tests.
    Offer,
}

impl MethodKey {
    /// Its name in the page.
    pub fn name(self) -> &'static str {
        match self {
            Self::Scaling => "scaling",
            Self::Models => "models",
            Self::Matching => "matching",
            Self::Agreement => "agreement",
            Self::Number => "number",
            Self::Tree => "tree",
            Self::Verdict => "verdict",
            Self::Valleys => "valleys",
            Self::Stability => "stability",
            Self::Claims => "claims",
            Self::Rules => "rules",
            Self::Card => "card",
            Self::WhatIf => "what-if",
            Self::Offer => "offer",
        }
    }
}

/// All methods, in the order of the screen.
pub const METHODS: [Method; 14] = [
    Method {
        key: MethodKey::Scaling,
        title: "Features on one scale",
        text: "Models compare customers by distances, so a feature in thousands would drown one in units. The z-score subtracts the mean and \
divides by the standard deviation; 0 to 1 uses the smallest and largest value; none leaves the values as they are. Of skewed columns a few large \
values decide the distances: log(1 + x), the transform of Yeo and Johnson (its parameter the most likely one) and ranks draw them in. A moment \
skewness above 1 is high.",
        papers: "Milligan & Cooper 1988, Journal of Classification 5; Yeo & Johnson 2000, Biometrika 87; Bulmer 1979, Principles of Statistics.",
    },
    Method {
        key: MethodKey::Models,
        title: "The models",
        text: "K-Means puts every customer to the nearest of k means and moves the means until nothing changes, from ten starts; the result \
with the least squared distances is kept. The hierarchical model begins with every customer alone and merges the two nearest groups again and \
again; Ward's linkage merges those whose union adds the least spread. The Gaussian mixture describes the customers as a sum of bells and \
gives every customer a probability for each; about twenty short fits race from K-Means, the tree and random places, and a bell that shrinks to a \
few customers or to one value is never kept. HDBSCAN finds dense regions and leaves thin ones in no segment.",
        papers: "Lloyd 1982, IEEE Transactions on Information Theory 28; Arthur & Vassilvitskii 2007, SODA; Ward 1963, JASA 58; Müllner 2011, \
arXiv 1109.2378; Dempster, Laird & Rubin 1977, JRSS B 39; Biernacki, Celeux & Govaert 2003, Computational Statistics & Data Analysis 41; Campello, Moulavi & Sander 2013, PAKDD.",
    },
    Method {
        key: MethodKey::Matching,
        title: "Matched segments",
        text: "Numbers of segments mean nothing by themselves. Segments of two models are paired so that as many customers as possible are in \
paired segments; a customer is mismatched when its segments are not paired.",
        papers: "Kuhn 1955, Naval Research Logistics Quarterly 2.",
    },
    Method {
        key: MethodKey::Agreement,
        title: "How alike two models are",
        text: "The adjusted Rand index counts pairs of customers that both models put together or both put apart, less what chance alone would \
give: 1 is equal, 0 is chance. Adjusted mutual information and variation of information compare what one model tells about the other; \
Fowlkes-Mallows is the geometric mean of two shares: of the pairs that one model puts together, how many the other does, and the other way round. Element-centric similarity looks at one customer: of the larger of its two \
segments, the share that is in both; the mean over customers needs no pairing of segments and serves unequal numbers. A customer in no \
segment counts as alone.",
        papers: "Hubert & Arabie 1985, Journal of Classification 2; Vinh, Epps & Bailey 2010, JMLR 11; Meilă 2007, Journal of Multivariate \
Analysis 98; Fowlkes & Mallows 1983, JASA 78; Gates, Wood, Hetrick & Ahn 2019, Scientific Reports 9.",
    },
    Method {
        key: MethodKey::Number,
        title: "The number of segments",
        text: "The customers are described as overlapping bells of three shapes. One count takes as many bells as are worth their parameters (BIC), \
those with no valley between them as one; another as many as have members whom the mixture tells apart (ICL). The smaller is recommended, unless the \
silhouette is highest at the larger; curved groups count as several. The silhouette says how much nearer customers are to their own segment than to the next. Calinski-Harabasz compares the spread \
between segments with that within; Davies-Bouldin measures how much the most alike segments overlap; the gap compares K-Means with evenly \
spread customers; BIC weighs the likelihood of the mixture against its number of parameters.",
        papers: "Fraley & Raftery 2002, JASA 97; Hennig 2010, Advances in Data Analysis and Classification 4; Biernacki, Celeux & Govaert 2000, \
IEEE TPAMI 22; Rousseeuw 1987, J. Comput. Appl. Math. 20; Caliński & Harabasz 1974, Communications in Statistics 3; Davies & Bouldin 1979, IEEE \
TPAMI 1; Tibshirani, Walther & Hastie 2001, JRSS B 63; Schwarz 1978, Annals of Statistics 6.",
    },
    Method {
        key: MethodKey::Tree,
        title: "Splits of the tree, and equal distances",
        text: "Each split, from the top, is compared with data sets of one bell of the same spread, cut by the same linkage. All splits together \
err in at most 5 % of data that are one bell. Skewed or even columns are no bell and can pass; many groups side by side can look like one bell and \
fail. Where two merges are equally near, the tree is built again with them in other orders, and customers who land elsewhere in any are counted.",
        papers: "Kimes, Liu, Hayes & Marron 2017, Biometrics 73; Liu, Hayes, Nobel & Marron 2008, JASA 103.",
    },
    Method {
        key: MethodKey::Verdict,
        title: "The verdict",
        text: "Any method finds segments in any data. So data without segments are drawn that are like yours in other respects, each is cut at \
its own best number of segments, and its silhouette is compared with yours: p is the share of such data that are separated as well. \
Categories are drawn as a whole, and columns of few values keep their values. Identifiers and earlier segments are left out. Segments are \
called real where a gap lies between all neighbours and hardly any data of an even spread or of one bell come up to yours. The same columns \
without segments keep what lies apart in single columns, so with gaps everywhere they decide nothing.",
        papers: "Besag & Clifford 1991, Biometrika 78; Nelsen 2006, An Introduction to Copulas; Olsson 1979, Psychometrika 44; Hopkins & \
Skellam 1954, Annals of Botany 18.",
    },
    Method {
        key: MethodKey::Valleys,
        title: "Gaps between neighbours",
        text: "The customers of two neighbouring segments are looked at along the line through both centres, and along the customers themselves \
from the seam between the segments, so that a cut through a ring or a bow is none; a customer most of whose 10 nearest are of the other \
segment counts for that one here. A gap is found where both ways dip deeper than evenly \
spread numbers, and the seam holds at most a third of the customers of the fullest place of the emptier segment.",
        papers: "Hartigan & Hartigan 1985, Annals of Statistics 13; Tenenbaum, de Silva & Langford 2000, Science 290; Wilson 1972, IEEE \
Transactions on Systems, Man, and Cybernetics 2.",
    },
    Method {
        key: MethodKey::Stability,
        title: "Stability",
        text: "As many customers as yours are drawn from yours with repeats, 100 times, and the models are fitted to each draw. Counted is how \
much of each segment is found again, and how often each customer keeps its segment. K-Means is also run from 100 random starts.",
        papers: "Hennig 2007, Computational Statistics & Data Analysis 52.",
    },
    Method {
        key: MethodKey::Claims,
        title: "Differences and claims",
        text: "A segment that was cut by income differs in income by construction, so an ordinary test always says yes. In a column that the \
models used, the group is therefore moved nearer and farther, the models are fitted again each time, and p is how often chance makes so large a \
difference of means where the models find this very group; a direction also needs ranks that lean the same way. This takes customers to spread like a bell inside segments, equally wide in all, and \
errs towards not shown. In a column that no model used, labels are exchanged at random; whole distributions and ranks must both differ. A column that is computed \
from the features, or that their ranks explain to 81 %, counts as used. All columns \
of the mismatched share an error of 5 %, and so do those of all segments; a claim of your own is one test. What differs most is asked of columns that no model used.",
        papers: "Gao, Bien & Witten 2022, JASA 119; Chen & Witten 2023, JMLR 24; Chen & Gao 2023, arXiv 2311.16375; Kolmogorov 1933; Smirnov 1948, Ann. Math. Stat. 19; Mann & Whitney 1947, Ann. Math. Stat. 18; Vargha & Delaney 2000, J. Educ. \
Behav. Stat. 25; Holm 1979, Scandinavian Journal of Statistics 6.",
    },
    Method {
        key: MethodKey::Rules,
        title: "Rules for a group",
        text: "Ranges of one or two columns are compared by F1, which weighs two shares: of those picked, how many belong to the group, and of the \
group, how many are picked. The best range of one column is found exactly; a second column adds one bound. A rule must hold for at least \
five customers.",
        papers: "F1: van Rijsbergen 1979, Information Retrieval, 2nd ed.",
    },
    Method {
        key: MethodKey::Card,
        title: "Why a customer is in its segment",
        text: "Every model is asked by its own rule: the distances to the means, the cost of the merge, the probabilities. The smallest change is \
the shortest found, of up to three columns, that moves the customer to the other segment in every model with such a rule. It stays in the range and \
the decimals of each column; age, gender, the past and categories stay; columns that are computed from others follow. Between two centres or two \
bells it is never longer than the exact distance to the border, rounded outwards to those decimals, where that is possible.",
        papers: "Wachter, Mittelstadt & Russell 2018, Harvard Journal of Law & Technology 31; Vardakas, Karra, Pitoura & Likas 2025, arXiv \
2501.10234.",
    },
    Method {
        key: MethodKey::WhatIf,
        title: "Other settings",
        text: "The comparison is made again with other features, scalings, numbers of segments and choices of the models; each row is a whole \
comparison of its own.",
        papers: "Steegen, Tuerlinckx, Gelman & Vanpaemel 2016, Perspectives on Psychological Science 11.",
    },
    Method {
        key: MethodKey::Offer,
        title: "What an offer brings",
        text: "The gain is the number of customers times the change of the response times the margin, less the cost of the contacts. A test needs \
enough customers in each of two groups to tell the change from chance in four of five cases, at a level of 5 %.",
        papers: "Fleiss, Levin & Paik 2003, Statistical Methods for Rates and Proportions, formula 4.14.",
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::variants::is_a_sentence;

    #[test]
    fn every_method_has_a_name_of_its_own_and_sentences() {
        for (at, method) in METHODS.iter().enumerate() {
            is_a_sentence(method.text);
            let name = method.key.name();
            let others = METHODS[..at].iter().map(|other| other.key.name());
            assert!(others.into_iter().all(|other| other != name), "{name}");
            let has_year = (1933..=2026).any(|year: i32| method.papers.contains(&year.to_string()));
            assert!(has_year && method.papers.ends_with('.'), "{name}");
        }
    }
}
