//! Which columns of a table say who bought, when, and for how much: by their names and by their values.
//!
//! ```text
//! order lines   a customer in several rows, the day of an order, and an amount or a price
//! customer      named so, and repeating: at least a tenth of the rows repeat a customer (a fiftieth beside the day of an order)
//! invoice       named so, and nearly always one customer's
//! amount        named so, and numbers; where it is the same in all lines of an invoice, and prices and quantities are not, these count
//! ```

use super::dates::holds_days;
use super::groups::{Groups, NONE};
use crate::table::{Column, ColumnKind, OrderColumns, Table, words};

/// The column that each part most likely stands in, where one does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Guess {
    /// Who bought.
    pub customer: Option<String>,
    /// When.
    pub date: Option<String>,
    /// What the line cost.
    pub amount: Option<String>,
    /// How many pieces.
    pub quantity: Option<String>,
    /// What one piece cost.
    pub price: Option<String>,
    /// The order or invoice.
    pub invoice: Option<String>,
    /// What was bought.
    pub article: Option<String>,
}

/// Order lines that were recognised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recognised {
    /// Which column says what.
    pub columns: OrderColumns,
    /// Different customers.
    pub customers: usize,
}

/// The least share of the rows that repeat a customer.
const REPEATS: f64 = 0.1;
/// The same beside a column with the day of an order.
const REPEATS_BESIDE_ORDERS: f64 = 0.02;
/// The least share of the invoices with a single customer.
const ONE_CUSTOMER: f64 = 0.95;

/// Beginnings of words in lower case, in English, German, French, Spanish and Italian. A part of a compound counts: `Bestelldatum`.
const CUSTOMER: &str = "customer client kunde cliente clienti buyer shopper käufer acheteur comprador acquirente \
klient klienta klienci";
const MEMBER: &str = "user member household account panelist consumer mitglied konto nutzer compte membre utilisateur socio usuario \
cuenta utente tessera card karte carte \
sócio usuário cartão użytkownik karta karty";
const ORDER: &str = "order invoice purchas transact receipt basket ticket sale bestell rechnung kauf auftrag beleg bon commande factur \
achat pedido compra venta ordine fattura acquist scontrino \
encomenda fatura recibo paragon zamówien faktur";
const KEY: &str = "id ids no nr num number nummer numéro numero número code key n nº uuid ref \
reference référence referencia riferimento codice codigo código cod \
numer kod";
/// The whole of a line or an order.
const TOTAL: &str = "total gesamt totale";
const LINE: &str = "line zeile position ligne línea linea riga";
const DAY: &str =
    "date datum fecha data time timestamp zeit zeitpunkt day tag jour giorno día dia datetime";
const OTHER_DAY: &str = "birth geburt naissance nacimiento nascita signup sign register registr join enrol since created update updated ship deliver \
liefer livraison entrega consegna due fällig return last first letzt erst dernier premier último ultimo primer prima start end expir \
required estimated approved";
const AMOUNT: &str = "amount revenue turnover sales sale spend spent total value paid payment money net gross betrag umsatz summe wert \
gesamt montant chiffre dépense depense importe monto valor venta gasto importo fatturato totale spesa valore dollar euro eur usd gbp \
ca \
montante valor kwota wartość";
const PRICE: &str = "price preis prix precio prezzo \
preço cena";
const QUANTITY: &str = "quantity qty quantities units pieces pcs units menge anzahl stück stueck stk quantité quantite qté qte cantidad cant \
unidades quantità quantita qta pezzi nombre \
quantidade qtd ilość";
const COUNTED: &str = "number no num count anzahl nombre número numero";
const ARTICLE: &str = "stockcode sku article artikel product produkt produit producto prodotto articolo artículo articulo item isbn ean asin upc \
material \
produto artigo produkt towar";
const DESCRIBED: &str = "name description category kategorie type group gruppe groupe class brand colour color size weight bezeichnung \
catégorie catégorie categoría categoria gruppo grupo length status line";
const NO_AMOUNT: &str = "discount tax vat shipping freight profit margin cost mwst rabatt steuer remise descuento iva balance limit income \
salary score age rate rank points stock fee tip cumulative lifetime";
const PERSONAL: &str = "segment type group class city country state region age gender zip postal postcode category since tier status name \
vorname nachname nom nombre stadt land ville pays ciudad país pais città paese email mail phone cluster label source channel count";

fn list(text: &str) -> impl Iterator<Item = &str> {
    text.split(' ')
}

/// A name in words, and in one piece without what stands between them.
struct Name {
    words: Vec<String>,
    joined: String,
}

impl Name {
    fn of(name: &str) -> Self {
        let mut words = words(name);
        words.retain(|word| !word.is_empty());
        let joined = words.concat();
        Self { words, joined }
    }

    /// Whether a word begins so; a longer one may stand anywhere in a compound.
    fn says(&self, beginnings: &str) -> bool {
        list(beginnings).any(|it| {
            let n = it.chars().count();
            self.words
                .iter()
                .any(|word| word == it || n >= 4 && word.starts_with(it))
                || n >= 5 && self.joined.contains(it)
        })
    }

    /// Whether one of the words stands in the name, as a word or at the end of a compound.
    fn has(&self, wanted: &str) -> bool {
        list(wanted).any(|it| {
            let ends = |word: &String| it.chars().count() >= 4 && word.ends_with(it);
            self.words.iter().any(|word| word == it || ends(word))
        })
    }

    /// `KundenNr`, `kundenid`.
    fn ends_as_key(&self) -> bool {
        self.joined.ends_with("nr") || self.joined.ends_with("id")
    }

    fn is(&self, wanted: &str) -> bool {
        list(wanted).any(|it| self.joined == it)
    }
}

/// How well a name says that its column names the customer.
fn customer_score(name: &Name) -> usize {
    let is_key = name.has(KEY) || name.ends_as_key();
    let is_personal = name.has(PERSONAL);
    // `order id` is another key, `customer order number` too.
    if name.says(ORDER) || name.says(ARTICLE) {
        0
    } else if name.says(CUSTOMER) && is_key {
        6
    } else if name.says(CUSTOMER) && !is_personal {
        5
    } else if name.says(MEMBER) && is_key {
        4
    } else if name.says(MEMBER) && !is_personal {
        3
    } else if name.is("id email mail emailaddress") {
        2
    } else {
        usize::from(name.says(CUSTOMER) && name.has("name nom nombre"))
    }
}

fn date_score(name: &Name) -> usize {
    if name.says(OTHER_DAY) {
        0
    } else if !name.has(DAY) {
        1
    } else if name.says(ORDER) {
        3
    } else {
        2
    }
}

fn amount_score(name: &Name) -> usize {
    let is_price = name.says(PRICE);
    if name.says(NO_AMOUNT) || name.says(QUANTITY) || name.has(KEY) || is_price && !name.says(TOTAL)
    {
        0
    } else if name.says(AMOUNT) && name.says(LINE) {
        3
    } else if name.says(AMOUNT) {
        2
    } else {
        usize::from(is_price)
    }
}

fn price_score(name: &Name) -> usize {
    usize::from(name.says(PRICE) && !name.says(NO_AMOUNT) && !name.says(TOTAL))
}

fn quantity_score(name: &Name) -> usize {
    if name.says(PRICE) || name.says(AMOUNT) || name.has("id") {
        0
    } else if name.says(QUANTITY) {
        2
    } else {
        // `number of items`
        usize::from(name.has(COUNTED) && name.has("of de di von"))
    }
}

fn invoice_score(name: &Name) -> usize {
    let is_key = name.has(KEY) || name.ends_as_key();
    let is_other = name.has(DAY) || name.says(DESCRIBED) || name.says(AMOUNT) && !is_key;
    if !name.says(ORDER) || is_other {
        0
    } else if is_key {
        2
    } else {
        usize::from(name.words.len() == 1)
    }
}

fn article_score(name: &Name) -> usize {
    // `order item id` numbers the lines of an order.
    let is_other = name.says(ORDER) || name.says(AMOUNT) || name.says(PRICE) || name.says(QUANTITY);
    if !name.says(ARTICLE) || is_other {
        0
    } else if name.has(KEY) || name.is("stockcode sku isbn ean asin upc") {
        3
    } else if name.words.len() == 1 {
        2
    } else {
        usize::from(name.has("name bezeichnung description"))
    }
}

/// The first column with the highest score above 0 that passes.
fn best(
    columns: &[&Column],
    score: fn(&Name) -> usize,
    passes: impl Fn(&Column, usize) -> bool,
) -> Option<(String, usize)> {
    let mut best: Option<(String, usize)> = None;
    for column in columns {
        let score = score(&Name::of(&column.name));
        let is_better = score > best.as_ref().map_or(0, |(_, score)| *score);
        if is_better && passes(column, score) {
            best = Some((column.name.clone(), score));
        }
    }
    best
}

fn is_number(column: &Column) -> bool {
    !column.numbers.is_empty() && column.kind == ColumnKind::Number
}

/// The column that each part most likely stands in.
pub fn guess(table: &Table) -> Guess {
    found(table).0
}

/// The guess, and how well the date is named.
fn found(table: &Table) -> (Guess, usize) {
    let all: Vec<&Column> = table.columns.iter().collect();
    let n = table.n_rows();
    let customer = best(&all, customer_score, |column, _| {
        let is_whole = |x: &f64| x.is_nan() || x.fract() == 0.0;
        let is_key = column.numbers.iter().all(is_whole) && column.kind != ColumnKind::Date;
        is_key && column.distinct > 1 && column.distinct < n
    });
    let named = |name: &Option<(String, usize)>| name.as_ref().map(|(name, _)| name.clone());
    let taken = named(&customer);
    let rest: Vec<&Column> = all
        .into_iter()
        .filter(|column| Some(&column.name) != taken.as_ref())
        .collect();
    let date = best(&rest, date_score, |column, score| {
        holds_days(column, score > 1)
    });
    let taken = named(&date);
    let rest: Vec<&Column> = rest
        .into_iter()
        .filter(|column| Some(&column.name) != taken.as_ref())
        .collect();
    let numbers = |column: &Column, _: usize| is_number(column);
    let mut guess = Guess {
        amount: named(&best(&rest, amount_score, numbers)),
        quantity: named(&best(&rest, quantity_score, numbers)),
        price: named(&best(&rest, price_score, numbers)),
        article: named(&best(&rest, article_score, |column, _| {
            column.distinct > 1
                && (column.numbers.is_empty()
                    || column
                        .numbers
                        .iter()
                        .all(|x| x.is_nan() || x.fract() == 0.0))
        })),
        customer: named(&customer),
        date: named(&date),
        invoice: None,
    };
    if let Some(customer) = guess
        .customer
        .as_deref()
        .and_then(|name| table.column(name))
    {
        let candidates = rest
            .into_iter()
            .filter(|column| Some(&column.name) != guess.article.as_ref())
            .collect::<Vec<_>>();
        let customers = Groups::of(customer);
        let invoice = best(&candidates, invoice_score, |column, _| {
            column.distinct > 1 && is_of_one_customer(&Groups::of(column), &customers)
        });
        guess.invoice = named(&invoice);
        if is_total_of_invoices(table, &guess) {
            guess.amount = None;
        }
    }
    // A price with an amount beside it is only of use with a quantity.
    if guess.amount.is_some() {
        guess.price = None;
    }
    (guess, date.map_or(0, |(_, score)| score))
}

/// Whether nearly every invoice has one customer.
fn is_of_one_customer(invoices: &Groups, customers: &Groups) -> bool {
    let mut owner = vec![NONE; invoices.len()];
    let mut is_shared = vec![false; invoices.len()];
    for (&invoice, &customer) in invoices.of_row.iter().zip(&customers.of_row) {
        if invoice == NONE || customer == NONE {
            continue;
        }
        let invoice = invoice as usize;
        is_shared[invoice] |= owner[invoice] != NONE && owner[invoice] != customer;
        owner[invoice] = customer;
    }
    let shared = is_shared.iter().filter(|it| **it).count();
    shared as f64 <= (1.0 - ONE_CUSTOMER) * invoices.len() as f64
}

/// Whether the amount is that of a whole invoice, repeated in each of its lines, while prices and quantities are those of the lines.
fn is_total_of_invoices(table: &Table, guess: &Guess) -> bool {
    let column = |name: &Option<String>| name.as_deref().and_then(|name| table.column(name));
    let (Some(amounts), Some(invoices)) = (column(&guess.amount), column(&guess.invoice)) else {
        return false;
    };
    let (Some(prices), Some(quantities)) = (column(&guess.price), column(&guess.quantity)) else {
        return false;
    };
    let invoices = Groups::of(invoices);
    let (mut repeats, mut same, mut differs) = (0_usize, 0_usize, 0_usize);
    for (row, &invoice) in invoices.of_row.iter().enumerate() {
        if invoice == NONE {
            continue;
        }
        let first = invoices.first_rows[invoice as usize] as usize;
        if first != row {
            let cost = |row: usize| prices.numbers[row] * quantities.numbers[row];
            repeats += 1;
            same += usize::from(amounts.numbers[row] == amounts.numbers[first]);
            differs += usize::from(cost(row) != cost(first));
        }
    }
    // Lines of the same price are no sign of a total.
    repeats > 0 && same as f64 >= ONE_CUSTOMER * repeats as f64 && 2 * differs > repeats
}

/// Which columns say what, if the rows are order lines; `None` where they are not, by all that names and values say.
pub fn recognise(table: &Table) -> Option<Recognised> {
    let (guess, date_score) = found(table);
    let columns = guess.columns()?;
    let customer = table.column(&columns.customer)?;
    let present = table.n_rows() - customer.missing.min(table.n_rows());
    let customers = customer.distinct;
    let repeats = present.saturating_sub(customers) as f64;
    let is_of_orders = date_score > 2 || columns.invoice.is_some();
    let least = match (date_score, is_of_orders) {
        (0, _) => return None,
        (_, true) => REPEATS_BESIDE_ORDERS,
        _ => REPEATS,
    };
    (repeats >= least * present as f64 && repeats > 0.0)
        .then_some(Recognised { columns, customers })
}

impl Guess {
    /// The choice of columns, where customer, date, and amount or price are there.
    pub fn columns(self) -> Option<OrderColumns> {
        (self.amount.is_some() || self.price.is_some()).then_some(())?;
        Some(OrderColumns {
            customer: self.customer?,
            date: self.date?,
            amount: self.amount,
            quantity: self.quantity,
            price: self.price,
            invoice: self.invoice,
            article: self.article,
            ..OrderColumns::default()
        })
    }
}

#[cfg(test)]
mod tests;
