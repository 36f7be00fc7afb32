/* Invariant: of all labellings that keep the order of the form the cheapest is found, exactly, in thousandths of a
 * word, and for each unit how much dearer the cheapest is that labels it otherwise. */
#ifndef PV_ALIGN_LABELLING_P_H
#define PV_ALIGN_LABELLING_P_H

#include "align/printed_p.h"

/* A line, paragraph or cell. */
typedef struct pv_unit {
    const uint64_t *words;  /* hashes of tokens */
    const uint32_t *prices; /* of each, where it is not understood */
    size_t count;
    bool gap;           /* the layout parts it from the one before */
    bool goes_on;       /* the one before is a line of the same cell of a table, and may go on here */
    bool moves;         /* it stands in another cell than that, or one of the two stands in none */
    bool foreign;       /* no word of it is one that the form prints where it may stand */
    uint32_t low, high; /* the places of the form that may be reached with it; neither goes down from unit to unit */
} pv_unit;

typedef enum pv_unit_label {
    PV_UNIT_FORM,     /* the form prints it */
    PV_UNIT_RESPONSE, /* to the item of its region */
    PV_UNIT_OTHER,    /* not understood */
} pv_unit_label;

/* How a unit stands to the answer of a region: in it, or not. */
typedef struct pv_unit_reading {
    pv_unit_label label;
    uint32_t region; /* of a response; else PV_NO_REGION */
    uint32_t margin; /* how much dearer it is to label it otherwise */
    uint32_t before; /* how much dearer to have it in the answer of the unit before, and of the one after, where it is
                      * not: UINT32_MAX where it is, or they are of none */
    uint32_t after;
    uint32_t from, to; /* of what the form prints, the words of it that the unit may hold: [from, to) */
} pv_unit_reading;

/* The cheapest labelling of count units; readings are in arena. *cost: of all of it. Fails for memory, and with
 * PV_ERROR_LIMIT where the document is too long for the form. */
bool pv_labelling_find(const pv_unit_reading **out, pv_arena *arena, const pv_printed *printed, const pv_unit *units,
                       size_t count, uint64_t *cost, pv_error *error) PV_MUST_CHECK;

#endif
