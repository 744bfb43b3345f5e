//! The InsightIQ profiles that are designed: every odd thing that has been seen, or documented, in one record each.

/// What is odd about a profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Case {
    Ordinary,
    /// As documented: six counts, and none of the fields that only the live API has.
    AllNull,
    OnlySubscribers,
    /// `country` is "San Francisco".
    CityAsCountry,
    /// `11/26/1989`, as the documentation has it.
    BirthDateWithSlashes,
    /// `1989-11-26`, as the API sends it.
    BirthDateWithDashes,
    /// The picture's address is that of a web page.
    PictureIsAPage,
    /// No zone, and no fraction either.
    StampWithoutFraction,
    AllSections,
    /// The sections are null and the live API's further fields are there.
    Live,
    /// The website is the whole biography with an emoji and a line break.
    WebsiteIsBio,
    /// Introduction and category are empty text.
    EmptyTexts,
    LongName,
    RightToLeftName,
    SeveralContacts,
}

impl Case {
    /// In this order at the start of the list.
    pub(crate) const DESIGNED: &[Self] = &[
        Self::CityAsCountry,
        Self::AllNull,
        Self::OnlySubscribers,
        Self::BirthDateWithSlashes,
        Self::BirthDateWithDashes,
        Self::PictureIsAPage,
        Self::StampWithoutFraction,
        Self::AllSections,
        Self::Live,
        Self::WebsiteIsBio,
        Self::EmptyTexts,
        Self::LongName,
        Self::RightToLeftName,
        Self::SeveralContacts,
    ];

    /// The case at a place of the list.
    pub(crate) fn at(index: u64) -> Self {
        let designed = usize::try_from(index).ok().and_then(|place| Self::DESIGNED.get(place));
        designed.copied().unwrap_or(Self::Ordinary)
    }
}
