/* Invariant: a record that was read has each part that is used here, of its kind; one of another layout, or damaged, is
 * refused at the place at fault. Two records that differ in anything but white space and the order of members have at
 * least one difference, and two of the same run none. What explains a difference comes before it. */
#ifndef PV_RUN_RECORD_H
#define PV_RUN_RECORD_H

#include "model/node.h"

/* What a record of another layout would be; 1 kept hashes of verdicts in place of the report. */
#define PV_RECORD_SCHEMA 2
/* A record holds every verdict of a run, so more of it is read than of any other file. */
#define PV_RECORD_BYTES ((size_t)64 << 20)
#define PV_RECORD_VALUES ((size_t)16 << 20)

/* The record of a check, borrowed from its document. */
typedef struct pv_check_record {
    const pv_node *root;
    const pv_node *inputs;       /* a list of at least one: path, sha256, pack, number of verdicts */
    const pv_node *verdicts;     /* of the report: those of the inputs, in their order, then those of none */
    const pv_node **verdicts_of; /* for each input, the first of its verdicts */
    size_t *verdict_counts;      /* for each input; 0 too where it was not judged */
    const pv_node *rest;         /* the first verdict of no input; NULL: there is none */
    size_t rest_count;
} pv_check_record;

typedef struct pv_record_difference {
    const char *part; /* "pack" */
    pv_str message;   /* "demo 1.0.0: rules/answers.lua changed" */
    struct pv_record_difference *next;
} pv_record_difference;

typedef struct pv_record_differences {
    pv_record_difference *first;
    pv_record_difference *last;
    size_t count;
    size_t verdicts; /* of them */
} pv_record_differences;

/* Reads document, a record; lists in arena. PV_ERROR_SHAPE at the place at fault. */
bool pv_check_record_read(pv_check_record *out, pv_arena *arena, const pv_document *document,
                          pv_error *error) PV_MUST_CHECK;
/* The text at a path of keys, "options.as_of"; empty where it is null. */
pv_str pv_check_record_text(const pv_check_record *record, const char *path);
/* What differs from then to now, in arena. Fails only for memory. */
bool pv_check_record_compare(pv_record_differences *out, pv_arena *arena, const pv_check_record *then,
                             const pv_check_record *now, pv_error *error) PV_MUST_CHECK;

#endif
