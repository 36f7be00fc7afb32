/* Invariant: the array holds every object that was added, in order, and what was added by pv_json_list_add just once. */
#ifndef PV_REPORT_JSON_LIST_H
#define PV_REPORT_JSON_LIST_H

#include "base/arena.h"
#include "base/error.h"
#include "report/write/json.h"

/* An array that is made beside a report, to be written as one of its members. */
typedef struct pv_json_list {
    pv_arena *arena;
    struct pv_json_entry *entries;
    size_t count;
    pv_buf text; /* "[" and rows, not closed */
    pv_json json;
    bool begun;
} pv_json_list;

/* An empty list; what it has to remember is kept in arena. Contents are yours: pv_json_list_clear. */
pv_json_list pv_json_list_in(pv_arena *arena);
void pv_json_list_clear(pv_json_list *list);
/* The index of text, an object, in the list: new where no equal one was added. */
bool pv_json_list_add(pv_json_list *list, pv_str text, size_t *index, pv_error *error) PV_MUST_CHECK;
/* Where to write one more object, without asking whether there is an equal one. */
pv_json *pv_json_list_next(pv_json_list *list);
/* The whole array as a member, on lines of its own; the list is spent. */
void pv_json_list_write(pv_json *json, const char *key, pv_json_list *list);

#endif
