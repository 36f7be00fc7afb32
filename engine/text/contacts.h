/* Invariant: whether a text is an address by which somebody can be reached is told from its characters alone: what is
 * well-formed may lead nowhere, and what is not well-formed leads nowhere for sure. White space around it is not part
 * of it. */
#ifndef PV_TEXT_CONTACTS_H
#define PV_TEXT_CONTACTS_H

#include "base/str.h"

/* "ann@example.org", "zoë@bücher.example": one address without a name or angle brackets around it. */
bool pv_contact_is_email(pv_str text);
/* "+44 (0)20 7946 0958 ext. 3", "(213) 555-0142": 7 to 15 digits, grouped by blanks, hyphens, dots, slashes and one
 * pair of parentheses, and an extension. */
bool pv_contact_is_telephone(pv_str text);
/* "https://example.org/a?b#c", "www.example.org": a page on the web; no blanks in it. */
bool pv_contact_is_url(pv_str text);
/* Whether it is a postcode of this country ("GB"), in any case; of no country in particular where that is empty. */
bool pv_contact_is_postcode(pv_str text, pv_str country);
/* One of that country as it is written there; empty for a country that is not known. */
pv_str pv_contact_postcode_example(pv_str country);
/* The countries that are known, by their two letters: the index-th, or empty past the last. */
pv_str pv_contact_postcode_country(size_t index);

#endif
