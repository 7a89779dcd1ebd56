//! Whose keys a name is about, and which long numbers are no keys for all that they look like some.

use super::lists::{KEYS, NUMBERS, PERSONS};
use super::{Name, is_in};

/// Cards, of which a person has one.
const CARDS: &str = "card karte carte tarjeta tessera \
cartão karta karty";

impl Name {
    /// Whether it names the card of a person: `Tessera`, `Tarjeta socio`, `loyalty card`, `Kundenkarte`.
    pub(super) fn is_card(&self) -> bool {
        let (head, first) = (self.head(), self.first());
        let is_whose = is_in(CARDS, head) && is_in(PERSONS, self.of_what())
            || is_in(CARDS, first) && self.is_second_a_person();
        let is_short = self.words.len() <= 2;
        is_short && is_whose
            || self.words.len() == 1 && (is_in(CARDS, head) || head.ends_with("karte"))
    }

    /// Whether it says of keys that they are those of persons, not of papers or of anything.
    pub(in crate::table) fn is_of_person(&self) -> bool {
        let is_person = |word: &str| is_in(PERSONS, word);
        let is_compound = ["id", "nummer", "nr", "number"].iter().any(|end| {
            let what = self.head().strip_suffix(end);
            what.is_some_and(|it| {
                is_person(it) || is_person(&format!("{it}n")) || it == "mitglieds"
            })
        });
        let is_numbered = is_in(NUMBERS, self.first()) || is_in(KEYS, self.first());
        is_person(self.of_what())
            || is_numbered && self.is_second_a_person()
            || self.words.len() == 1 && is_person(self.head())
            || is_compound
            || self.is_card()
    }

    /// Whether it names an amount of money or a moment, whose long numbers are no keys.
    pub(in crate::table) fn is_amount_or_moment(&self) -> bool {
        self.has(
            "amount betrag montant importe importo balance saldo solde price preis prix precio prezzo revenue turnover umsatz \
             chiffre ca fatturato facturación facturacion income assets value wert valeur valor valore time timestamp zeit zeitstempel \
             created updated login ms epoch unix montante preço faturamento faturação receita salário rendimento kwota cena saldo wartość \
             przychód obrót dochód wynagrodzenie",
        )
    }

    /// Whether it names how many pieces were bought or, with a minus, given back.
    pub(in crate::table) fn is_quantity(&self) -> bool {
        self.has("qty quantity quantities menge stück stückzahl quantité quantite cantidad quantità quantita pieces units quantidade ilość sztuk")
    }
}
