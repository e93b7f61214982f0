//! People who do not exist: names and addresses that could be real, and mail addresses that cannot.

use super::chance::Chance;
use domain::checkout::Address;

/// What is usual in a country.
struct Custom {
    country: &'static str,
    /// How many orders of a thousand go there.
    weight: u64,
    first: &'static [&'static str],
    last: &'static [&'static str],
    streets: &'static [&'static str],
    /// Town, region and postcode; in the latter `#` is any digit and `@` any letter.
    towns: &'static [(&'static str, &'static str, &'static str)],
    /// Whether the house's number goes first.
    number_first: bool,
}

const ENGLISH_FIRST: &[&str] = &[
    "Marian", "Owen", "Priya", "Ruth", "Jonah", "Hattie", "Sam", "Callum", "Alice", "Bridget",
    "Dev", "Eleanor", "Fergus", "Grace", "Harriet", "Imran", "Josie", "Kath", "Leo", "Meera",
    "Nadia", "Oliver", "Poppy", "Rowan", "Sophie", "Theo", "Una", "Vikram", "Wilf", "Yasmin",
    "Zara", "Agnes", "Ben", "Clara", "Daniel", "Edith", "Frances", "George", "Hugh", "Iris",
];
const ENGLISH_LAST: &[&str] = &[
    "Teasdale",
    "Pryce",
    "Raman",
    "Akande",
    "Birkett",
    "Moss",
    "Okoro",
    "Reay",
    "Airey",
    "Bainbridge",
    "Calvert",
    "Dixon",
    "Elliott",
    "Fawcett",
    "Gill",
    "Hodgson",
    "Iqbal",
    "Jackson",
    "Kitching",
    "Lacey",
    "Metcalfe",
    "Nelson",
    "Oldham",
    "Parkin",
    "Quayle",
    "Robinson",
    "Shah",
    "Thwaite",
    "Underwood",
    "Varley",
    "Walker",
    "Yates",
    "Armitage",
    "Bell",
    "Cowper",
    "Dent",
    "Edmondson",
    "Fell",
    "Grange",
    "Hayton",
    "Irving",
    "Khan",
    "Lund",
    "Mounsey",
    "Nattrass",
    "Ogden",
    "Postle",
    "Ridley",
    "Sharrock",
    "Tyson",
];
const GERMAN_FIRST: &[&str] = &[
    "Lena", "Jonas", "Anke", "Felix", "Greta", "Moritz", "Silke", "Till", "Ute", "Karl",
];
const GERMAN_LAST: &[&str] = &[
    "Fischer",
    "Brandt",
    "Keller",
    "Lorenz",
    "Schröder",
    "Vogel",
    "Winkler",
    "Möller",
    "Hartmann",
    "Jung",
];
const FRENCH_FIRST: &[&str] = &[
    "Camille", "Hugo", "Élise", "Baptiste", "Margaux", "Julien", "Noémie", "Rémi", "Solène", "Yann",
];
const FRENCH_LAST: &[&str] = &[
    "Moreau",
    "Lefèvre",
    "Garnier",
    "Rousseau",
    "Blanchard",
    "Perrin",
    "Chevalier",
    "Renaud",
    "Dumont",
    "Barbier",
];
const DUTCH_FIRST: &[&str] = &[
    "Sanne", "Daan", "Femke", "Joost", "Lotte", "Pieter", "Maud", "Ruben",
];
const DUTCH_LAST: &[&str] = &[
    "de Vries", "Bakker", "Visser", "Smit", "Mulder", "van Dijk", "Bos", "Kuiper",
];
const NORDIC_FIRST: &[&str] = &[
    "Astrid", "Erik", "Freja", "Lars", "Maja", "Nils", "Sofie", "Åsa",
];
const NORDIC_LAST: &[&str] = &[
    "Lindberg",
    "Holm",
    "Sørensen",
    "Nyström",
    "Dahl",
    "Ekström",
    "Lund",
    "Bergman",
];
const LATIN_FIRST: &[&str] = &[
    "Lucía", "Marco", "Inés", "Paolo", "Elena", "Javier", "Chiara", "Andrés",
];
const LATIN_LAST: &[&str] = &[
    "Romero", "Conti", "Navarro", "Greco", "Molina", "Ferri", "Serrano", "Duarte",
];

const ENGLISH_STREETS: &[&str] = &[
    "Church Street",
    "Mill Lane",
    "Station Road",
    "Victoria Terrace",
    "High Street",
    "Orchard Close",
    "Bridge Street",
    "Park Avenue",
    "The Green",
    "Chapel Row",
    "Queen’s Road",
    "Spring Gardens",
    "Beck Side",
    "Stramongate",
];
const GERMAN_STREETS: &[&str] = &[
    "Lindenstraße",
    "Gartenweg",
    "Hauptstraße",
    "Mühlgasse",
    "Am Markt",
    "Bergstraße",
];
const FRENCH_STREETS: &[&str] = &[
    "rue des Tilleuls",
    "rue du Moulin",
    "avenue Pasteur",
    "place du Marché",
    "rue Haute",
];
const DUTCH_STREETS: &[&str] = &[
    "Kerkstraat",
    "Dorpsstraat",
    "Molenweg",
    "Prinsengracht",
    "Lindelaan",
];
const NORDIC_STREETS: &[&str] = &[
    "Storgatan",
    "Kirkevej",
    "Skolgatan",
    "Havnegade",
    "Björkvägen",
];
const LATIN_STREETS: &[&str] = &[
    "Calle Mayor",
    "Via Roma",
    "Calle del Sol",
    "Via Garibaldi",
    "Plaza Nueva",
];

const fn custom(
    country: &'static str,
    weight: u64,
    (first, last): (&'static [&'static str], &'static [&'static str]),
    (streets, number_first): (&'static [&'static str], bool),
    towns: &'static [(&'static str, &'static str, &'static str)],
) -> Custom {
    Custom {
        country,
        weight,
        first,
        last,
        streets,
        towns,
        number_first,
    }
}

const CUSTOMS: &[Custom] = &[
    custom(
        "GB",
        800,
        (ENGLISH_FIRST, ENGLISH_LAST),
        (ENGLISH_STREETS, true),
        &[
            ("Kendal", "", "LA9 #@@"),
            ("Ulverston", "", "LA12 #@@"),
            ("Lancaster", "", "LA1 #@@"),
            ("London", "", "N16 #@@"),
            ("London", "", "SE15 #@@"),
            ("London", "", "E8 #@@"),
            ("Manchester", "", "M21 #@@"),
            ("Leeds", "", "LS7 #@@"),
            ("Sheffield", "", "S11 #@@"),
            ("Bristol", "", "BS6 #@@"),
            ("Edinburgh", "", "EH6 #@@"),
            ("Glasgow", "", "G12 #@@"),
            ("Newcastle upon Tyne", "", "NE2 #@@"),
            ("York", "", "YO23 #@@"),
            ("Cardiff", "", "CF11 #@@"),
            ("Bath", "", "BA1 #@@"),
            ("Hebden Bridge", "", "HX7 #@@"),
            ("Norwich", "", "NR2 #@@"),
            ("Totnes", "", "TQ9 #@@"),
            ("Belfast", "", "BT9 #@@"),
        ],
    ),
    custom(
        "DE",
        45,
        (GERMAN_FIRST, GERMAN_LAST),
        (GERMAN_STREETS, false),
        &[
            ("Berlin", "", "10###"),
            ("Hamburg", "", "20###"),
            ("Leipzig", "", "04###"),
            ("Köln", "", "50###"),
        ],
    ),
    custom(
        "FR",
        30,
        (FRENCH_FIRST, FRENCH_LAST),
        (FRENCH_STREETS, true),
        &[
            ("Paris", "", "75011"),
            ("Lyon", "", "69002"),
            ("Nantes", "", "44000"),
            ("Lille", "", "59000"),
        ],
    ),
    custom(
        "IE",
        35,
        (ENGLISH_FIRST, ENGLISH_LAST),
        (ENGLISH_STREETS, true),
        &[
            ("Dublin", "", "D08 @#@#"),
            ("Cork", "", "T12 @##@"),
            ("Galway", "", "H91 @@##"),
        ],
    ),
    custom(
        "NL",
        20,
        (DUTCH_FIRST, DUTCH_LAST),
        (DUTCH_STREETS, false),
        &[
            ("Amsterdam", "", "10## @@"),
            ("Utrecht", "", "35## @@"),
            ("Groningen", "", "97## @@"),
        ],
    ),
    custom(
        "US",
        35,
        (ENGLISH_FIRST, ENGLISH_LAST),
        (ENGLISH_STREETS, true),
        &[
            ("Portland", "OR", "972##"),
            ("Brooklyn", "NY", "112##"),
            ("Chicago", "IL", "606##"),
            ("Austin", "TX", "787##"),
        ],
    ),
    custom(
        "AT",
        8,
        (GERMAN_FIRST, GERMAN_LAST),
        (GERMAN_STREETS, false),
        &[("Wien", "", "10#0"), ("Graz", "", "80#0")],
    ),
    custom(
        "BE",
        8,
        (FRENCH_FIRST, DUTCH_LAST),
        (DUTCH_STREETS, false),
        &[("Gent", "", "90##"), ("Bruxelles", "", "10##")],
    ),
    custom(
        "SE",
        7,
        (NORDIC_FIRST, NORDIC_LAST),
        (NORDIC_STREETS, false),
        &[("Stockholm", "", "11# ##"), ("Malmö", "", "21# ##")],
    ),
    custom(
        "DK",
        5,
        (NORDIC_FIRST, NORDIC_LAST),
        (NORDIC_STREETS, false),
        &[("København", "", "10##"), ("Aarhus", "", "80##")],
    ),
    custom(
        "ES",
        4,
        (LATIN_FIRST, LATIN_LAST),
        (LATIN_STREETS, false),
        &[("Madrid", "", "280##"), ("Bilbao", "", "480##")],
    ),
    custom(
        "IT",
        3,
        (LATIN_FIRST, LATIN_LAST),
        (LATIN_STREETS, false),
        &[("Torino", "", "101##"), ("Bologna", "", "401##")],
    ),
];

/// The countries that somebody could live in, with how many of a thousand orders go there.
pub(super) fn countries() -> impl Iterator<Item = (&'static str, u64)> {
    CUSTOMS.iter().map(|custom| (custom.country, custom.weight))
}

/// Somebody of this country, told apart from all others by a number. What they are called in mail is reserved for examples.
pub(super) fn somebody(chance: &mut Chance, country: &str, number: usize) -> (String, Address) {
    let custom = CUSTOMS
        .iter()
        .find(|custom| custom.country == country)
        .unwrap_or(&CUSTOMS[0]);
    let (first, last) = (*chance.of(custom.first), *chance.of(custom.last));
    let (city, region, postcode) = *chance.of(custom.towns);
    let (street, house) = (*chance.of(custom.streets), chance.between(1, 120));
    let line1 = if custom.number_first {
        format!("{house} {street}")
    } else {
        format!("{street} {house}")
    };
    let email = format!("{}.{}{number}@post.example", plain(first), plain(last));
    let address = Address {
        name: format!("{first} {last}"),
        line1,
        line2: String::new(),
        city: city.to_owned(),
        region: region.to_owned(),
        postcode: postcode
            .chars()
            .map(|sign| match sign {
                '#' => char::from(*chance.of(b"0123456789")),
                '@' => char::from(*chance.of(b"ABDEFGHJLNPRSTUWXY")),
                sign => sign,
            })
            .collect(),
        country: custom.country.to_owned(),
    };
    (email, address)
}

/// A name in the letters of mail addresses.
fn plain(name: &str) -> String {
    name.chars()
        .filter_map(|sign| match sign.to_lowercase().next()? {
            'é' | 'è' => Some('e'),
            'å' => Some('a'),
            'ö' | 'ø' => Some('o'),
            'í' => Some('i'),
            sign if sign.is_ascii_lowercase() => Some(sign),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::checkout::Country;

    #[test]
    fn everybody_has_an_address_that_the_checkout_takes() {
        let mut chance = Chance::seeded(1);
        for (country, _) in countries() {
            let rules = Country::find(country).unwrap();
            for number in 0..200 {
                let (email, address) = somebody(&mut chance, country, number);
                assert_eq!(
                    rules.postcode(&address.postcode),
                    Some(address.postcode.clone())
                );
                assert_eq!(rules.region(&address.region), Some(address.region.clone()));
                assert!(email.is_ascii() && email.ends_with(&format!("{number}@post.example")));
                assert!(!email.starts_with('.') && !email.contains(".."), "{email}");
            }
        }
    }
}
