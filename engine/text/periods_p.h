/* Invariant: what durations and frequencies read alike: a number, also with its figures repeated, and a unit of
 * time. */
#ifndef PV_TEXT_PERIODS_P_H
#define PV_TEXT_PERIODS_P_H

#include "text/numbers_p.h"
#include "text/periods.h"

/* Each returns where what it read ends, SIZE_MAX when it read nothing. */

/* The word at offset, singular or plural. */
size_t pv_period_singular(pv_str text, size_t offset, pv_str singular);
/* The unit, singular or plural, at offset, which may be SIZE_MAX. */
size_t pv_period_unit_at(pv_str text, size_t offset, pv_time_unit *out);
/* The unit that blanks or one hyphen join to what ends at offset. */
size_t pv_period_unit_after(pv_str text, size_t offset, pv_time_unit *out);

/* Reads the number, or the range of two, that starts at offset, which is not inside a word: "5", "3 to 5", "five (5)";
 * also the "30" of "30-day". Of a number in words that pv_number_read does not know, as "two dozen (24)", the figures
 * are taken. Unclear when it has a unit of its own (percent, money) or is repeated and differs: to be passed over as a
 * whole. */
pv_number_reading pv_period_number(pv_str text, size_t offset, pv_term *out);

/* ---- what happens so often ---- */

/* The word for it, among what at says and the clause around that: "meetings" of "quarterly meetings" and "meet" of "we
 * meet with them quarterly", but "report" of "the quarterly report". Empty where none is found. adjective: whether what
 * stands at `at` can say it of the noun after it. */
pv_span pv_happening_find(pv_str text, pv_span at, bool adjective);
/* Whether a word for what happens is a noun that can be counted, in the plural or not: "meetings", not "meet". */
bool pv_happening_is_noun(pv_str word, bool plural);
/* End of a word for what happens ("meeting", "calls") at offset. */
size_t pv_happening_at(pv_str text, size_t offset);

#endif
