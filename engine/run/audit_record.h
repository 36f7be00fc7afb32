/* Invariant: a record that was read holds exactly what stands in its file, each part of it there and of its kind; one of another
 * layout, or damaged, is refused at the place at fault. What the file leaves open (null) is an empty text. */
#ifndef PV_RUN_AUDIT_RECORD_H
#define PV_RUN_AUDIT_RECORD_H

#include "model/node.h"

/* A file; or a name and what stands for it: a library with its version, a count. */
typedef struct pv_recorded_file {
    pv_str path;
    pv_str sha256;
} pv_recorded_file;

typedef struct pv_recorded_files {
    const pv_recorded_file *list;
    size_t count;
} pv_recorded_files;

typedef struct pv_recorded_pack {
    pv_str id;
    pv_str version;
    pv_str sha256;
    pv_recorded_files files;
} pv_recorded_pack;

typedef struct pv_recorded_parameter {
    pv_str pack;
    pv_str rule;
    pv_str name;
    pv_str value;
} pv_recorded_parameter;

/* The states that are counted, in the order of the file. */
typedef enum pv_recorded_state {
    PV_RECORDED_PASS,
    PV_RECORDED_FAIL,
    PV_RECORDED_REVIEW,
    PV_RECORDED_NOT_APPLICABLE,
    PV_RECORDED_NOT_CHECKED,
    PV_RECORDED_WAIVED,
    PV_RECORDED_STATE_COUNT,
} pv_recorded_state;

typedef struct pv_recorded_input {
    pv_str path;
    pv_str sha256; /* empty: it could not be read */
    pv_str form;   /* empty, and all that follows with it: it became no submission */
    pv_str format;
    pv_str pack;
    pv_str mode;
    pv_str fail_on;
    pv_recorded_files files; /* beside it */
    bool judged;
    uint64_t verdict_count;
    uint64_t states[PV_RECORDED_STATE_COUNT];
    pv_str verdicts_sha256;
} pv_recorded_input;

typedef struct pv_recorded_fault {
    pv_str rule;
    pv_str kind;
    pv_str message;
    pv_str path;
    pv_str line;
    pv_str column;
} pv_recorded_fault;

typedef struct pv_audit_record {
    pv_str version; /* of proviso */
    pv_recorded_files libraries;
    /* What stood on the command line. */
    pv_str pack;
    pv_str given_mode;
    pv_str given_fail_on;
    pv_str as_of;
    pv_str rule;
    pv_str given_waivers;
    pv_str given_baseline;
    pv_str standard_input; /* the file that it stood for */
    pv_str from;           /* the folder that the run's configuration was looked for from */
    bool of_folder;        /* a folder was named, all of whose files are inputs */
    /* What was in effect. */
    pv_str mode;
    pv_str fail_on;
    pv_recorded_file configuration;
    pv_recorded_file lock;
    pv_recorded_files others; /* configurations of some of the inputs only, and their lock files */
    pv_recorded_file waivers;
    pv_recorded_file baseline;
    const pv_recorded_parameter *parameters;
    size_t parameter_count;
    const pv_recorded_pack *packs;
    size_t pack_count;
    const pv_recorded_input *inputs;
    size_t input_count;
    uint64_t verdict_count;
    pv_str verdicts_sha256;
    const pv_recorded_fault *faults;
    size_t fault_count;
    pv_recorded_files summary;
    uint64_t exit_status;
} pv_audit_record;

/* Reads document, a record; texts are borrowed from it, lists in arena. PV_ERROR_SHAPE at the place at fault. */
bool pv_audit_record_read(pv_audit_record *out, pv_arena *arena, const pv_document *document,
                          pv_error *error) PV_MUST_CHECK;
/* "not applicable". */
const char *pv_recorded_state_name(pv_recorded_state state);

#endif
