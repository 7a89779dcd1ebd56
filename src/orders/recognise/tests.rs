//! Headers as programs of many countries write them, over values of many kinds: what is order lines, and what is not.
#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use super::*;
use crate::numeric::Rng;
use crate::table::read_csv;

/// Lines under a header; each column is written as `name:kind`.
fn file(columns: &[(&str, char)], rng: &mut Rng) -> String {
    let names: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
    let mut text = names.join(",") + "\n";
    for line in 0..120 {
        // Three lines an invoice, two invoices a customer or more.
        let invoice = line / 3;
        let customer = invoice * 7 % 18;
        let quantity = 1 + rng.below(9);
        let price = 99 + rng.below(5_000);
        let money = |cents: usize| format!("{}.{:02}", cents / 100, cents % 100);
        let cells: Vec<String> = columns
            .iter()
            .map(|(_, kind)| match kind {
                'c' => (10_000 + customer * 31).to_string(),
                'k' => format!("K-{customer:04}"),
                'o' => (10_000 + line * 31).to_string(),
                'd' => format!("2024-{:02}-{:02}", 1 + invoice % 12, 1 + invoice % 28),
                'y' => format!("2024{:02}{:02}", 1 + invoice % 12, 1 + invoice % 28),
                'i' => (536_000 + invoice).to_string(),
                'q' => quantity.to_string(),
                'p' => money(price),
                'a' => money(price * quantity),
                'A' => money(invoice * 1_237),
                's' => format!("A{}", line * 5 % 23),
                _ => ["north", "south", "east"][line % 3].to_owned(),
            })
            .collect();
        text.push_str(&cells.join(","));
        text.push('\n');
    }
    text
}

/// The columns of a list such as `CustomerID:c Betrag:a`; `_` stands for a space in a name.
fn columns(list: &str) -> Vec<(String, char)> {
    let column = |text: &str| {
        let (name, kind) = text.rsplit_once(':').unwrap();
        (name.replace('_', " "), kind.chars().next().unwrap())
    };
    list.split(' ').map(column).collect()
}

fn found_in(list: &str) -> Option<OrderColumns> {
    let columns = columns(list);
    let columns: Vec<(&str, char)> = columns
        .iter()
        .map(|(name, kind)| (name.as_str(), *kind))
        .collect();
    let text = file(&columns, &mut Rng::new(list.len() as u64));
    recognise(&read_csv(text.as_bytes()).unwrap()).map(|found| found.columns)
}

#[test]
fn order_lines_are_recognised_in_five_languages() {
    let mut wrong = Vec::new();
    // Each list, and the parts in their order: customer, date, amount, quantity, price, invoice, article.
    for (list, parts) in [
        (
            "InvoiceNo:i StockCode:s Description:t Quantity:q InvoiceDate:d UnitPrice:p CustomerID:c Country:t",
            "CustomerID InvoiceDate - Quantity UnitPrice InvoiceNo StockCode",
        ),
        (
            "customer_id:c date:y number_of_cds:q dollar_value:a",
            "customer_id date dollar_value number_of_cds - - -",
        ),
        (
            "Row_ID:o Order_ID:i Order_Date:d Ship_Date:d Customer_ID:k Customer_Name:k Segment:t Product_ID:s Category:t Sales:a Quantity:q Discount:p Profit:p",
            "Customer_ID Order_Date Sales Quantity - Order_ID Product_ID",
        ),
        (
            "order_id:i order_item_id:q customer_unique_id:k product_id:s order_purchase_timestamp:d order_delivered_customer_date:d price:p freight_value:p",
            "customer_unique_id order_purchase_timestamp - - price order_id product_id",
        ),
        (
            "transaction_id:i user_id:c transaction_date:d amount:a",
            "user_id transaction_date amount - - transaction_id -",
        ),
        (
            "household_key:c basket_id:i day:y product_id:s quantity:q sales_value:a store_id:t",
            "household_key day sales_value quantity - basket_id product_id",
        ),
        (
            "Kundennummer:c Belegnummer:i Bestelldatum:d Artikelnummer:s Menge:q Einzelpreis:p Gesamtpreis:a",
            "Kundennummer Bestelldatum Gesamtpreis Menge - Belegnummer Artikelnummer",
        ),
        (
            "KundenNr:k Rechnungsdatum:d Umsatz:a Filiale:t",
            "KundenNr Rechnungsdatum Umsatz - - - -",
        ),
        (
            "Kunde:k Datum:d Anzahl:q Preis:p",
            "Kunde Datum - Anzahl Preis - -",
        ),
        (
            "N°_client:c Date_commande:d N°_commande:i Référence_article:s Quantité:q Prix_unitaire:p Montant_TTC:a",
            "N°_client Date_commande Montant_TTC Quantité - N°_commande Référence_article",
        ),
        (
            "Client:k Date_facture:d Montant:a",
            "Client Date_facture Montant - - - -",
        ),
        (
            "Cliente:k Fecha:d Factura:i Cantidad:q Precio:p Importe:a",
            "Cliente Fecha Importe Cantidad - Factura -",
        ),
        (
            "ID_cliente:c Fecha_pedido:d Producto:s Cantidad:q Precio_unitario:p",
            "ID_cliente Fecha_pedido - Cantidad Precio_unitario - Producto",
        ),
        (
            "Codice_cliente:c Data_ordine:d Numero_ordine:i Codice_articolo:s Quantità:q Prezzo_unitario:p Importo:a",
            "Codice_cliente Data_ordine Importo Quantità - Numero_ordine Codice_articolo",
        ),
        ("Cliente:k Data:d Totale:a", "Cliente Data Totale - - - -"),
        (
            "card_no:c purchase_date:d spend:a",
            "card_no purchase_date spend - - - -",
        ),
        (
            "email:k created:d order_date:d order_number:i total_price:a",
            "email order_date total_price - - order_number -",
        ),
        // The total of an order in each of its lines.
        (
            "order_id:i customer:k order_date:d sku:s qty:q unit_price:p order_total:A",
            "customer order_date - qty unit_price order_id sku",
        ),
    ] {
        let found = found_in(list).unwrap_or_default();
        let parts_found: Vec<String> = crate::table::OrderPart::ALL
            .iter()
            .map(|part| {
                Some(found.part(*part))
                    .filter(|name| !name.is_empty())
                    .unwrap_or("-")
                    .replace(' ', "_")
            })
            .collect();
        if parts_found.join(" ") != parts {
            wrong.push(format!("{list}: {}", parts_found.join(" ")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_only_looks_like_order_lines_is_left_alone() {
    for list in [
        // Customers once each.
        "CustomerID:o signup_date:d income:a spending:a",
        "CustomerID:o order_date:d amount:a",
        "Kundennummer:o letzte_Bestellung:d Umsatz:a",
        // No day of a purchase.
        "customer_id:c date_of_birth:d amount:a",
        "customer_id:c last_order_date:d total_value:a",
        "customer_id:c amount:a quantity:q",
        // No money.
        "customer_id:c order_date:d quantity:q",
        "customer_id:c visit_date:d score:q age:q",
        // No customer.
        "region:t date:d sales:a",
        "order_id:i order_date:d amount:a",
        "product_id:s date:d price:p quantity:q",
        "Customer_Segment:t order_date:d sales:a",
    ] {
        assert_eq!(found_in(list), None, "{list}");
    }
}
