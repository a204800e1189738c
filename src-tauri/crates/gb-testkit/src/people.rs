//! Made-up people, the same in every sample and every test, so that the practice cases tell one story.

/// Somebody who does not exist.
#[derive(Clone, Copy, Debug)]
pub struct Person {
    /// As addressed: `Mrs Josephine Okafor`.
    pub name: &'static str,
    /// How the papers also write it.
    pub also: &'static [&'static str],
    /// What they are in the story.
    pub role: &'static str,
}

/// The one who asks: a tenant of Fernbrook Homes.
pub const MARA: Person = Person {
    name: "Mara Ellingham",
    also: &["Ms Ellingham", "Ms M Ellingham", "Mara"],
    role: "the person asking; tenant of 14 Tollgate Rise",
};
/// Her son.
pub const THEO: Person =
    Person { name: "Theo Ellingham", also: &["Theo"], role: "Mara Ellingham's son, aged 11" };
/// Next door on the left; complained about noise.
pub const OKAFOR: Person = Person {
    name: "Josephine Okafor",
    also: &["Mrs J Okafor", "Mrs Okafor"],
    role: "neighbour, 12 Tollgate Rise; complained",
};
/// Next door on the right; a long name that breaks over lines.
pub const PRYCE: Person = Person {
    name: "Desmond Pryce-Hallam",
    also: &["Mr D Pryce-Hallam", "Mr Pryce-Hallam"],
    role: "neighbour, 16 Tollgate Rise; complained",
};
/// Across the road.
pub const WIELICZKO: Person = Person {
    name: "Tomasz Wieliczko",
    also: &["Mr T Wieliczko", "Mr Wieliczko"],
    role: "neighbour, 15 Tollgate Rise; gave a statement in confidence",
};
/// In the flat above.
pub const VANTERPOOL: Person = Person {
    name: "Anneliese Vanterpool",
    also: &["Ms A Vanterpool", "Ms Vanterpool"],
    role: "neighbour, 18 Tollgate Rise; complained by telephone",
};
/// Neighbourhood officer of the landlord.
pub const NANDAKUMAR: Person =
    Person { name: "Priya Nandakumar", also: &["P Nandakumar"], role: "neighbourhood officer" };
/// Leads the team for anti-social behaviour.
pub const LINDQVIST: Person =
    Person { name: "Gareth Lindqvist", also: &["G Lindqvist"], role: "community safety manager" };
/// Income officer.
pub const BARRACLOUGH: Person =
    Person { name: "Colette Barraclough", also: &["C Barraclough"], role: "income officer" };
/// The landlord's Data Protection Officer.
pub const TREDWELL: Person =
    Person { name: "Imogen Tredwell", also: &["I Tredwell"], role: "Data Protection Officer" };
/// The plumber.
pub const ASANTE: Person = Person {
    name: "Kofi Asante-Bell",
    also: &["K Asante-Bell"],
    role: "engineer, Rusk & Daughters Plumbing",
};
/// The general practitioner.
pub const ABERNATHY: Person = Person {
    name: "Ruth Abernathy",
    also: &["Dr R Abernathy", "Dr Abernathy"],
    role: "general practitioner, Millrace Surgery",
};
/// The police constable.
pub const HALE: Person = Person { name: "PC 4312 Hale", also: &["PC Hale"], role: "police constable" };
/// The solicitor who advises the landlord.
pub const CORR: Person = Person { name: "Baptiste Corr", also: &["B Corr"], role: "solicitor, Corr Lyle" };

/// Everybody but the one who asks.
pub const THIRD_PARTIES: &[Person] = &[
    THEO,
    OKAFOR,
    PRYCE,
    WIELICZKO,
    VANTERPOOL,
    NANDAKUMAR,
    LINDQVIST,
    BARRACLOUGH,
    TREDWELL,
    ASANTE,
    ABERNATHY,
    HALE,
    CORR,
];

/// The landlord.
pub const LANDLORD: &str = "Fernbrook Homes";
/// Where Mara lives.
pub const ADDRESS: [&str; 3] = ["14 Tollgate Rise", "Harrowmere", "HW4 7QT"];
/// Her tenancy.
pub const TENANCY: &str = "FH-204417";
/// Her National Insurance number (a prefix that is never issued).
pub const NINO: &str = "QQ 12 34 56 C";
/// Her NHS number (test range; its check digit holds).
pub const NHS: &str = "999 042 6171";
/// Her mobile telephone (range kept for drama).
pub const MOBILE: &str = "07700 900142";
/// Her mail.
pub const MAIL: &str = "mara.ellingham@example.org";
/// Her day of birth, as papers write it.
pub const BORN: &str = "12 March 1984";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nhs_number_has_its_check_digit() {
        let digits: Vec<u32> = NHS.chars().filter_map(|c| c.to_digit(10)).collect();
        let sum: u32 = digits.iter().take(9).zip((2..=10).rev()).map(|(d, w)| d * w).sum();
        assert_eq!((11 - sum % 11) % 11, digits[9], "gb-find must find it: {sum}");
    }
}
