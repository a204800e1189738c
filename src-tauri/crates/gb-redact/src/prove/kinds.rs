//! The kinds of object a finished file has, each with the only keys and values it may have.

use crate::raw::{Dict, Obj};

/// What an object is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    Catalog,
    Page,
    /// A branch of the page tree, or a page: its `Type` says which, see [`settled`].
    Tree,
    Content,
    Resources,
    /// A dictionary of resources of one sort.
    Fonts,
    XObjects,
    /// A form or a picture: its `Subtype` says which, see [`settled`].
    Drawn,
    States,
    State,
    SoftMask,
    Form,
    Picture,
    Font,
    CidFont,
    Descriptor,
    FontFile,
    ToUnicode,
    Widths,
    Function,
    StructRoot,
    Parents,
    ParentList,
    Elem,
}

impl Role {
    /// Whether an object of this role is a stream.
    pub(super) fn streams(self) -> bool {
        use Role::*;
        matches!(self, Content | Form | Picture | FontFile | ToUnicode | Function)
    }
}

/// What a value may be.
enum Want {
    /// One of these names.
    Names(&'static [&'static str]),
    Num,
    Nums,
    Bool,
    /// A reference to an object of a role.
    To(Role),
    /// A reference, or the dictionary or array itself.
    Has(Role),
    /// One or more references to objects of a role.
    All(Role),
    /// A language, as in `en-GB`.
    Language,
    /// `Removed: CODE`.
    Removed,
    /// The font's one name.
    Ours,
    Group,
    Filter,
    /// Grey, colour, or a list of colours.
    Colours,
    Parms,
    MarkInfo,
    System,
    Kids,
    NumTree,
}

type Keys = &'static [(&'static str, Want)];

const STREAM: [(&str, Want); 2] = [("Filter", Want::Filter), ("Length", Want::Num)];
const BLENDS: &[&str] = &[
    "Normal",
    "Compatible",
    "Multiply",
    "Screen",
    "Overlay",
    "Darken",
    "Lighten",
    "ColorDodge",
    "ColorBurn",
    "HardLight",
    "SoftLight",
    "Difference",
    "Exclusion",
    "Hue",
    "Saturation",
    "Color",
    "Luminosity",
];

fn keys(role: Role) -> Keys {
    use Role::*;
    use Want::*;
    match role {
        Catalog => &[
            ("Type", Names(&["Catalog"])),
            ("Pages", To(Tree)),
            ("Lang", Language),
            ("MarkInfo", Want::MarkInfo),
            ("StructTreeRoot", To(StructRoot)),
        ],
        Tree => &[("Type", Names(&["Pages"])), ("Count", Num), ("Kids", Kids), ("Parent", To(Tree))],
        Page => &[
            ("Type", Names(&["Page"])),
            ("Parent", To(Tree)),
            ("MediaBox", Nums),
            ("Contents", To(Content)),
            ("Resources", Has(Role::Resources)),
            ("StructParents", Num),
            ("Tabs", Names(&["S"])),
            ("Group", Group),
        ],
        Role::Resources => &[("Font", Has(Fonts)), ("XObject", Has(XObjects)), ("ExtGState", Has(States))],
        State => &[
            ("Type", Names(&["ExtGState"])),
            ("ca", Num),
            ("CA", Num),
            ("BM", Names(BLENDS)),
            ("AIS", Bool),
            ("SMask", Has(SoftMask)),
        ],
        SoftMask => &[
            ("Type", Names(&["Mask"])),
            ("S", Names(&["Luminosity", "Alpha"])),
            ("G", To(Form)),
            ("BC", Nums),
            ("TR", To(Function)),
        ],
        Form => &[
            ("Type", Names(&["XObject"])),
            ("Subtype", Names(&["Form"])),
            ("FormType", Num),
            ("BBox", Nums),
            ("Matrix", Nums),
            ("Resources", Has(Role::Resources)),
            ("Group", Group),
            ("StructParents", Num),
            ("Filter", Filter),
            ("Length", Num),
        ],
        Picture => &[
            ("Type", Names(&["XObject"])),
            ("Subtype", Names(&["Image"])),
            ("Width", Num),
            ("Height", Num),
            ("ColorSpace", Colours),
            ("BitsPerComponent", Num),
            ("ImageMask", Bool),
            ("Decode", Nums),
            ("SMask", To(Picture)),
            ("Interpolate", Bool),
            ("Filter", Filter),
            ("DecodeParms", Parms),
            ("Length", Num),
        ],
        Font => &[
            ("Type", Names(&["Font"])),
            ("Subtype", Names(&["Type0"])),
            ("BaseFont", Ours),
            ("Encoding", Names(&["Identity-H", "Identity-V"])),
            ("DescendantFonts", All(CidFont)),
            ("ToUnicode", To(Role::ToUnicode)),
        ],
        CidFont => &[
            ("Type", Names(&["Font"])),
            ("Subtype", Names(&["CIDFontType2"])),
            ("BaseFont", Ours),
            ("CIDSystemInfo", System),
            ("FontDescriptor", To(Descriptor)),
            ("DW", Num),
            ("W", Has(Widths)),
            ("W2", Has(Widths)),
            ("CIDToGIDMap", Names(&["Identity"])),
        ],
        Descriptor => &[
            ("Type", Names(&["FontDescriptor"])),
            ("FontName", Ours),
            ("Flags", Num),
            ("FontBBox", Nums),
            ("ItalicAngle", Num),
            ("Ascent", Num),
            ("Descent", Num),
            ("CapHeight", Num),
            ("StemV", Num),
            ("FontFile2", To(FontFile)),
        ],
        FontFile => &[("Filter", Filter), ("Length", Num), ("Length1", Num)],
        Function => &[
            ("FunctionType", Num),
            ("Domain", Nums),
            ("Range", Nums),
            ("Size", Nums),
            ("BitsPerSample", Num),
            ("Order", Num),
            ("Encode", Nums),
            ("Decode", Nums),
            ("Filter", Filter),
            ("Length", Num),
        ],
        StructRoot => &[
            ("Type", Names(&["StructTreeRoot"])),
            ("K", Kids),
            ("ParentTree", Has(Parents)),
            ("ParentTreeNextKey", Num),
        ],
        Parents => &[("Nums", NumTree), ("Kids", All(Parents)), ("Limits", Nums)],
        Elem => &[
            ("Type", Names(&["StructElem"])),
            ("S", Names(&["Document", "P", "Figure"])),
            ("P", Want::Num),
            ("Pg", To(Page)),
            ("K", Kids),
            ("Alt", Removed),
        ],
        Content | Role::ToUnicode => &STREAM,
        Fonts | XObjects | Drawn | States | Widths | ParentList => &[],
    }
}

/// The role of an object where its own dictionary has a say in it.
pub(super) fn settled(role: Role, dict: &Dict) -> Role {
    match role {
        Role::Tree if dict.is(b"Type", b"Page") => Role::Page,
        Role::Drawn if dict.is(b"Subtype", b"Image") => Role::Picture,
        Role::Drawn => Role::Form,
        other => other,
    }
}

/// Is told of an object found inside another, and of its role.
pub(super) type Found<'s> = &'s mut dyn FnMut(u32, Role);

/// Looks at a value in its role; nothing comes back if it holds what it may not.
pub(super) fn look(role: Role, value: &Obj, found: Found<'_>) -> Option<()> {
    match role {
        Role::Fonts | Role::XObjects | Role::States => return resources(role, value.dict()?, found),
        Role::Widths => return nums_deep(value, 2),
        Role::ParentList => return elems(value, found),
        _ => {}
    }
    let dict = value.dict()?;
    for (key, value) in &dict.0 {
        let (_, want) = keys(role).iter().find(|(k, _)| k.as_bytes() == key.as_slice())?;
        // The parent of an element of the structure is the root of it or another element.
        if role == Role::Elem && key == b"P" {
            value.reference()?;
            continue;
        }
        fits(role, want, value, found)?;
    }
    let must: &[&str] = match role {
        Role::Page => &["Type", "Parent", "MediaBox", "Contents", "Resources"],
        Role::Form => &["Type", "Subtype", "BBox"],
        Role::Picture => &["Type", "Subtype", "Width", "Height", "Filter"],
        Role::Elem => &["S", "P"],
        Role::State | Role::Resources | Role::Content | Role::ToUnicode | Role::FontFile => &[],
        Role::Parents | Role::Function | Role::SoftMask => &[],
        _ => &["Type"],
    };
    must.iter().all(|k| dict.has(k.as_bytes())).then_some(())
}

fn fits(role: Role, want: &Want, value: &Obj, found: Found<'_>) -> Option<()> {
    let yes = |fine: bool| fine.then_some(());
    match want {
        Want::Names(list) => yes(list.iter().any(|n| Some(n.as_bytes()) == value.name())),
        Want::Num => value.num().map(drop),
        Want::Nums => nums_deep(value, 1),
        Want::Bool => yes(matches!(value, Obj::Bool(_))),
        Want::To(role) => {
            found(value.reference()?, *role);
            Some(())
        }
        Want::Has(Role::SoftMask) if value.name() == Some(b"None") => Some(()),
        Want::Has(role) => match value {
            Obj::Ref(r) => {
                found(*r, *role);
                Some(())
            }
            inline => look(*role, inline, found),
        },
        Want::All(role) => value.array()?.iter().try_for_each(|v| v.reference().map(|r| found(r, *role))),
        Want::Language => text(value, |s| s.len() <= 20 && !s.contains(' ')),
        Want::Removed => text(value, |s| s.starts_with("Removed: ") || s == "Removed"),
        Want::Ours => yes(ours(value.name()?)),
        Want::Group => only(value, |key, v| match key {
            b"Type" => v.name() == Some(b"Group"),
            b"S" => v.name() == Some(b"Transparency"),
            b"CS" => v.name().is_some_and(|n| [&b"DeviceRGB"[..], b"DeviceGray"].contains(&n)),
            b"I" | b"K" => matches!(v, Obj::Bool(_)),
            _ => false,
        }),
        Want::Filter => {
            let name = value.name()?;
            let image = role == Role::Picture && [&b"DCTDecode"[..], b"CCITTFaxDecode"].contains(&name);
            yes(image || name == b"FlateDecode")
        }
        Want::Colours => match value {
            Obj::Name(n) => yes(n == b"DeviceGray" || n == b"DeviceRGB"),
            Obj::Array(a) => match a.as_slice() {
                [Obj::Name(i), Obj::Name(rgb), Obj::Num(most), Obj::Str(list)] => {
                    let whole = (0.0..256.0).contains(most) && list.len() == 3 * (*most as usize + 1);
                    yes(i == b"Indexed" && rgb == b"DeviceRGB" && whole)
                }
                _ => None,
            },
            _ => None,
        },
        Want::Parms => only(value, |key, v| {
            let known: [&[u8]; 7] =
                [b"K", b"Columns", b"Rows", b"Predictor", b"Colors", b"BitsPerComponent", b"BlackIs1"];
            known.contains(&key) && matches!(v, Obj::Num(_) | Obj::Bool(_))
        }),
        Want::MarkInfo => only(value, |key, v| key == b"Marked" && matches!(v, Obj::Bool(_))),
        Want::System => only(value, |key, v| match (key, v) {
            (b"Registry", Obj::Str(s)) => s == b"Adobe",
            (b"Ordering", Obj::Str(s)) => s == b"Identity",
            (b"Supplement", v) => v.num() == Some(0.0),
            _ => false,
        }),
        Want::Kids => kids(role, value, found),
        Want::NumTree => numbered(value, found),
    }
}

fn only(value: &Obj, fine: impl Fn(&[u8], &Obj) -> bool) -> Option<()> {
    value.dict()?.0.iter().all(|(k, v)| fine(k, v)).then_some(())
}

fn text(value: &Obj, fine: impl Fn(&str) -> bool) -> Option<()> {
    let Obj::Str(s) = value else { return None };
    let s = std::str::from_utf8(s).ok()?;
    let plain = s.len() <= 80 && s.chars().all(|c| c.is_ascii_alphanumeric() || "-: ".contains(c));
    (plain && fine(s)).then_some(())
}

/// The name of our font, perhaps with a number behind it.
fn ours(name: &[u8]) -> bool {
    name.strip_prefix(b"GBKAAA+".as_slice())
        .unwrap_or(name)
        .strip_prefix(b"Guardbook".as_slice())
        .is_some_and(|rest| rest.len() <= 6 && rest.iter().all(|b| b.is_ascii_digit() || *b == b'-'))
}

/// A name our writer gives a resource: a letter or two, then a number.
pub(super) fn is_resource(name: &[u8]) -> bool {
    let letters = name.iter().take_while(|b| b.is_ascii_alphabetic()).count();
    (1..=2).contains(&letters) && name.len() - letters <= 7 && name[letters..].iter().all(u8::is_ascii_digit)
}

fn resources(role: Role, dict: &Dict, found: Found<'_>) -> Option<()> {
    for (key, value) in &dict.0 {
        if !is_resource(key) {
            return None;
        }
        match (role, value) {
            (Role::Fonts, Obj::Ref(r)) => found(*r, Role::Font),
            (Role::States, Obj::Ref(r)) => found(*r, Role::State),
            (Role::States, inline) => look(Role::State, inline, found)?,
            (Role::XObjects, Obj::Ref(r)) => found(*r, Role::Drawn),
            _ => return None,
        }
    }
    Some(())
}

fn nums_deep(value: &Obj, depth: u32) -> Option<()> {
    match value {
        Obj::Num(_) => Some(()),
        Obj::Array(a) if depth > 0 => a.iter().try_for_each(|v| match v {
            Obj::Num(_) => Some(()),
            inner => nums_deep(inner, depth - 1),
        }),
        _ => None,
    }
}

fn kids(role: Role, value: &Obj, found: Found<'_>) -> Option<()> {
    let list = match value {
        Obj::Array(list) => list.as_slice(),
        one => std::slice::from_ref(one),
    };
    for kid in list {
        match (role, kid) {
            // A page or a branch of the tree, see `settled`.
            (Role::Tree, Obj::Ref(r)) => found(*r, Role::Tree),
            (Role::StructRoot | Role::Elem, Obj::Ref(r)) => found(*r, Role::Elem),
            (Role::Elem, Obj::Num(_)) => {}
            (Role::Elem, Obj::Dict(d)) => {
                for (key, v) in &d.0 {
                    match (key.as_slice(), v) {
                        (b"Type", v) if v.name() == Some(b"MCR") => {}
                        (b"Pg", Obj::Ref(r)) => found(*r, Role::Page),
                        (b"Stm", Obj::Ref(r)) => found(*r, Role::Form),
                        (b"MCID", Obj::Num(_)) => {}
                        _ => return None,
                    }
                }
            }
            _ => return None,
        }
    }
    Some(())
}

/// The tree from numbers of marked content to elements.
fn numbered(value: &Obj, found: Found<'_>) -> Option<()> {
    for pair in value.array()?.chunks(2) {
        let [Obj::Num(_), value] = pair else { return None };
        match value {
            Obj::Ref(r) => found(*r, Role::ParentList),
            inline => elems(inline, found)?,
        }
    }
    Some(())
}

fn elems(value: &Obj, found: Found<'_>) -> Option<()> {
    // An entry without an element is `null`, which the strict reader does not read, so there is none.
    value.array()?.iter().try_for_each(|v| v.reference().map(|r| found(r, Role::Elem)))
}
