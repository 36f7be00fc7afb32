/* Invariant: a place is written the same way in every report: lines and columns from 1, columns in Unicode code
 * points, the end exclusive, and the words exactly as the source has them. */
#ifndef PV_REPORT_JSON_PLACE_H
#define PV_REPORT_JSON_PLACE_H

#include "model/verdict.h"
#include "report/write/json.h"

typedef enum pv_place_words {
    PV_PLACE_WORDS_NONE,  /* no `text` member: the words stand beside the place already */
    PV_PLACE_WORDS_START, /* the first characters, enough to recognise the place */
    PV_PLACE_WORDS_ALL,
} pv_place_words;

/* The members of an `at` object (path, line, column, end_line, end_column, text, expected_here), inside an object
 * begun by the caller. */
void pv_json_place_members(pv_json *json, const pv_source *source, const pv_place *place, pv_place_words words);

#endif
