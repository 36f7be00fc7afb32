/* Invariant: of each kind at least one problem is kept when there was any, so that no rule reporting a kind can pass wrongly;
 * beyond PV_PROBLEMS_KEPT of a kind one last problem says how many more there are. */
#ifndef PV_MODEL_PROBLEMS_H
#define PV_MODEL_PROBLEMS_H

#include "model/submission.h"

#define PV_PROBLEMS_KEPT 1000

typedef struct pv_problem_entry pv_problem_entry;

/* Problems being collected, in arena. */
typedef struct pv_problems {
    pv_arena *arena;
    pv_problem_entry *first;
    pv_problem_entry *last;
    size_t kept; /* of all kinds */
    size_t found[PV_PROBLEM_KIND_COUNT];
    pv_span first_dropped[PV_PROBLEM_KIND_COUNT];
} pv_problems;

/* Begins a collection in arena with the problems of another (NULL: with none), which stays as it is. */
bool pv_problems_begin(pv_problems *problems, pv_arena *arena, const pv_problems *others,
                       pv_error *error) PV_MUST_CHECK;
/* Adds a problem, or counts it when enough of its kind are kept; a missing part is expected at its place. false only for
 * memory. */
bool pv_problems_add(pv_problems *problems, pv_problem_kind kind, pv_span at, pv_error *error, const char *format, ...)
    __attribute__((format(printf, 5, 6))) PV_MUST_CHECK;
/* A wrong key; other: where the key stands first, or NULL. */
bool pv_problems_add_key(pv_problems *problems, pv_span at, const pv_span *other, pv_error *error, const char *format,
                         ...) __attribute__((format(printf, 5, 6))) PV_MUST_CHECK;
/* An unknown name, with a suggestion, which is only made when the problem is kept (pv_message_unknown), and further advice
 * ("; …"), which may be empty. */
bool pv_problems_add_unknown(pv_problems *problems, const char *owner, pv_str owner_id, const char *kind,
                             const pv_node *key, const pv_names *known, const char *advice,
                             pv_error *error) PV_MUST_CHECK;
/* All of them in source order. */
bool pv_problems_finish(pv_problems *problems, const pv_problem **out, size_t *count, pv_error *error) PV_MUST_CHECK;

#endif
