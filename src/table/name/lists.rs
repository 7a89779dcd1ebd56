//! The words of names, in English, German, French, Spanish and Italian, and many in Portuguese, Polish and Dutch.

pub(super) const KEYS: &str = "id ids uuid guid key code customerid identifier identifiant identificador identificativo matricule \
matricola clé clave chiave código codigo codice kennung schlüssel reference référence referencia riferimento referenz ref ean gtin \
sku barcode iban dni nif \
cpf cnpj pesel regon identyfikator kod";
/// Keys that name an article or a paper where nothing says whose they are.
pub(super) const ARTICLES: &str =
    "reference référence referencia riferimento referenz ref ean gtin sku barcode";
/// Numbers of something, which name who or what it is.
pub(super) const NUMBERS: &str = "no nr num number nummer numéro numero número n nº \
numer numeru";
pub(super) const PERSONS: &str = "customer customers client clients cliente clientes clienti kunde kunden user member mitglied account \
konto compte cuenta conto acct respondent utente socio socia miembro abonado abbonato titular titolare huésped ospite gast kd usuario adhérent adherent membre utilisateur nutzer subscriber abonné abonnent \
guest patient donor loyalty fidélité fedeltà fidelidad \
sócio sócia associado assinante hóspede aluno paciente membro usuário utilizador klient klienta klientka kontrahent użytkownik użytkownika abonent abonenta członek członka pacjent pacjenta gość gościa klant lid abonnee";
/// Papers and cards that have a number.
pub(super) const PAPERS: &str = "card karte carte tarjeta tessera carta invoice rechnung facture factura fattura order commande pedido \
ordine contract vertrag contrat contrato contratto policy police póliza poliza polizza ticket receipt beleg booking reservation \
transaction transaktion transacción transazione passport \
cartão fatura encomenda apólice bilhete recibo reserva karta karty faktura faktury zamówienie zamówienia umowa umowy polisa polisy paragon paragonu rezerwacja rezerwacji";
pub(super) const PHONES: &str = "phone mobile cell cellphone tel telephone telefon handy fax msisdn téléphone portable teléfono telefono móvil \
movil cellulare \
telemóvel telefone celular komórka";
pub(super) const MAILS: &str = "email mail mails correo courriel";
pub(super) const POST: &str = "zip zipcode postcode pincode plz postleitzahl";
/// The same, where they are the whole name.
pub(super) const SHORT_POST: &str = "cap cp npa cep";
/// Models, as this program calls them in the files that it writes.
pub(super) const MODELS: &str = "kmeans kmedians kmedoids hierarchical gmm hdbscan";
pub(super) const SEGMENTS: &str =
    "cluster clusters segment segments kmeans ségment segmento label labels etiqueta etichetta";
/// What says that something was before: `Cluster alt`, `segmento anterior`.
pub(super) const OLD: &str = "old former previous prev alt alte alter altes bisher bisherig ancien ancienne antiguo antigua anterior viejo vecchio \
vecchia precedente précédent new neu final";
pub(super) const GROUPS: &str = "group gruppe groupe grupo gruppo";
/// What scores of recency, frequency and money are made of.
pub(super) const RFM: &str = "r f m recency frequency monetary récence recence fréquence frequence montant recencia frecuencia monetario \
recenza frequenza aktualität häufigkeit";
pub(super) const SCORES: &str = "score rank quintile quartile decile quantile wert punkte rang klasse note rango puntuación puntuacion \
punteggio quintil quintiel";
pub(super) const GENDER: &str = "gender sex geschlecht sexe sesso geslacht sexo género genero genere \
płeć gênero";
pub(super) const BIRTH: &str = "birth born birthday birthdate dob geburt geburtsjahr geburtsdatum naissance nacimiento nascita \
nascimento urodzenia";
pub(super) const AGE: &str = "age alter âge edad età eta leeftijd idade wiek возраст";
/// The same, of languages that put it first: `edad conductor`.
pub(super) const FIRST_AGE: &str = "âge edad età idade wiek";
/// Parts of a range.
pub(super) const BANDS: &str = "band bands bracket range class category group groups gruppe klasse stufe tranche classe groupe grupo rango fascia";
pub(super) const TENURE: &str = "tenure seniority ancienneté antigüedad antiguedad anzianità";
pub(super) const EVENTS: &str = "signup registered registration joined joining enrolled enrollment founded anmeldung registrierung \
inscription registro iscrizione registrazione";
/// What a time is counted from, beside events.
pub(super) const FIRSTS: &str =
    "birth first erster ersten premier première primer primera alta primo prima";
/// What a month or a week is one of, beside these.
pub(super) const MOMENTS: &str = "start end last cancel cancellation churn purchase order visit contract entry exit event campaign opening \
closing renewal creation invoice join";
pub(super) const SINCE: &str = "since seit depuis desde da";
pub(super) const PARTICLES: &str = "of de du des del d der von da di della \
do dos das dla";
/// What says that something is counted for each of something.
pub(super) const PER: &str = "per pro par por al by je";
/// Units and times, which say in what something is counted.
pub(super) const TIMES: &str = "year years yrs month months week weeks day days date jahr jahre jahren monat monate tag tage an ans année \
années mois jours año años meses mes días dias fecha datum anno anni mese mesi giorni \
rok lat miesiąc miesiące miesięcy dni tydzień tygodni anos mês";
pub(super) const YEAR: &str = "year jahr année annee an año ano anno jaar \
rok";
pub(super) const MONTH: &str = "month monat mois mes mese \
mês miesiąc";
pub(super) const WEEK: &str =
    "week woche semaine semana settimana quarter quartal trimestre weekday wochentag";
/// `data` is a date in Italian, too: alone, or before `di`.
pub(super) const DATE: &str = "date datum fecha";
/// What values of a limited set are of, whose numbers are codes.
pub(super) const CODES: &str = "type category class region channel status state country city store branch department tariff plan tier band \
bracket occupation job profession education ethnicity race religion language brand product source method mode territory zone district \
sector industry cohort typ art lieferart kontoart produktart bezahlart tarifart kategorie klasse kanal land stadt filiale abteilung tarif beruf bildung branche sektor sprache marke \
produkt quelle catégorie categorie classe région canal statut pays ville magasin agence département métier secteur langue marque \
produit tipo categoría categoria clase región estado país pais ciudad tienda sucursal departamento tarifa profesión profesion zona \
método metodo idioma marca producto agencia oficina sede provincia municipio comunidad county province prefecture agency office \
bundesland kanton provinz kreis landkreis gemeinde agentur standort niederlassung geschäftsstelle zweigstelle succursale commune \
canton agenzia ufficio comune regione canale stato paese città citta negozio reparto tariffa professione settore lingua \
prodotto \
cidade loja região profissão distrito concelho município freguesia miasto kraj województwo powiat gmina oddział sklep zawód branża rodzaj";
/// Words of them that stand first in their languages, before what they are of: `tipo pagamento`.
pub(super) const FIRST_CODES: &str = "catégorie categorie statut ville magasin pays département métier canal tipo categoría categoria estado país pais ciudad tienda sucursal departamento profesión zona método metodo canale stato paese città citta negozio agencia sede agenzia reparto professione settore \
cidade loja região profissão rodzaj kraj miasto";
/// How compounds end that name one of a limited set.
pub(super) const CODE_ENDS: [&str; 11] = [
    // `Zahlungsart` and `Kundenart`, not `cart` and `start`.
    "sart",
    "enart",
    "typ",
    "klasse",
    "kategorie",
    "gruppe",
    "status",
    "kanal",
    "region",
    "code",
    "tarif",
];
/// Words before `number` that say nothing of whom it names.
pub(super) const TOTALS: &str = "total average avg max min the whole";
