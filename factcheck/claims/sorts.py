"""Nouns that speak of a body or place by its sort ("the company", "the country"), and what is of which sort."""

from __future__ import annotations

_SORTS = {
    "ORG": "company firm group organisation organization agency manufacturer bank club carmaker startup airline "
    "start-up "
    "retailer developer publisher newspaper charity maker operator supplier",
    "GPE": "country nation city town state village municipality capital kingdom republic",
    "LOC": "island region river lake mountain continent valley",
}
SORT_OF = {noun: sort for sort, nouns in _SORTS.items() for noun in nouns.split()}
# Bodies that are named like companies and are none.
BODIES = frozenset(
    "board court ministry parliament commission committee council union university agency party office department "
    "service police government association senate assembly treasury institute school college church "
    "inquiry tribunal trial review report study survey league festival campaign".split()
)
COUNTRY_NOUNS = frozenset({"country", "nation", "kingdom", "republic"})
TOWN_NOUNS = frozenset({"city", "town", "village", "municipality"})
COUNTRIES = frozenset(
    "afghanistan albania algeria angola argentina armenia australia austria azerbaijan bahrain bangladesh belarus "
    "belgium benin bolivia bosnia botswana brazil britain bulgaria burundi cambodia cameroon canada chad chile "
    "china colombia congo croatia cuba cyprus czechia denmark ecuador egypt england eritrea estonia ethiopia fiji "
    "finland france gabon gambia georgia germany ghana greece guatemala guinea guyana haiti honduras hungary "
    "iceland india indonesia iran iraq ireland israel italy jamaica japan jordan kazakhstan kenya kosovo kuwait "
    "kyrgyzstan laos latvia lebanon lesotho liberia libya lithuania luxembourg madagascar malawi malaysia mali "
    "malta mauritania mauritius mexico moldova mongolia montenegro morocco mozambique myanmar namibia nepal "
    "netherlands nicaragua niger nigeria norway oman pakistan panama paraguay peru philippines poland portugal "
    "qatar romania russia rwanda scotland senegal serbia singapore slovakia slovenia somalia spain sudan suriname "
    "sweden switzerland syria taiwan tajikistan tanzania thailand togo tunisia turkey turkmenistan uganda ukraine "
    "uruguay us u.s. usa uk uzbekistan venezuela vietnam wales yemen zambia zimbabwe zealand korea africa arabia "
    "emirates states kingdom lanka rica salvador".split()
)
