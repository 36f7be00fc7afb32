/* Invariant: an open pack is consistent: its manifest names its form, the form is whole, and every rule its manifest
 * sets a level for exists. Rule files that do not load are faults of the rule set, not of the pack: the other rules
 * still run. */
#ifndef PV_RUN_PACK_H
#define PV_RUN_PACK_H

#include "run/settings.h"

typedef enum pv_mode { PV_MODE_DRAFT, PV_MODE_SUBMISSION, PV_MODE_GATE, PV_MODE_COUNT } pv_mode;

/* Another pack that this one takes the place of; it need not be installed. */
typedef struct pv_superseded {
    pv_str pack;
    pv_span at; /* in the manifest */
} pv_superseded;

/* pack.yaml: id, version, title, form, rules (file names), levels per mode, the days it is in effect, parameters. */
typedef struct pv_manifest {
    pv_str id;
    pv_str version;
    pv_str title;
    pv_str form_file;         /* the form it judges, relative to the pack's folder */
    const pv_str *rule_files; /* in the order given, relative to the pack's folder */
    size_t rule_file_count;
    const pv_source *source;
    const struct pv_level_setting *levels;
    size_t level_count;
    bool has_from;
    bool has_to;
    pv_date from; /* the first day it is in effect */
    pv_date to;   /* the last */
    const pv_superseded *supersedes;
    size_t supersedes_count;
    bool needs_day; /* its rules judge by a day: without one a submission is not judged */
    pv_settings parameters;
} pv_manifest;

typedef struct pv_level_setting {
    pv_mode mode;
    pv_str rule;
    pv_level level;
    pv_span at; /* in the manifest */
} pv_level_setting;

typedef struct pv_pack_file {
    pv_str name; /* relative to the pack's folder */
    char sha256[65];
} pv_pack_file;

typedef struct pv_pack {
    const pv_manifest *manifest;
    const pv_form *form;
    pv_ruleset *ruleset; /* borrowed */
    bool has_as_of;
    pv_date as_of;             /* the day its rules judge by */
    char sha256[65];           /* over manifest, form and rule files, in that order */
    const pv_pack_file *files; /* in the same order */
    size_t file_count;
} pv_pack;

/* What a pack is put together from; all borrowed. */
typedef struct pv_pack_parts {
    const pv_manifest *manifest;
    const pv_form *form;
    pv_ruleset *ruleset;
    const pv_str *files; /* the bytes of the manifest, the form and each rule file */
    size_t file_count;
    const pv_date *as_of; /* NULL: no day was said */
} pv_pack_parts;

const char *pv_mode_name(pv_mode mode);
bool pv_mode_from_name(pv_str name, pv_mode *out);
/* PV_ERROR_SHAPE with its place in the manifest where that is not as docs/form.md says. */
bool pv_manifest_build(pv_manifest **out, pv_arena *arena, const pv_document *document, pv_error *error) PV_MUST_CHECK;
/* Puts the parts together and checks that they fit: PV_ERROR_NOT_FOUND, in the manifest, for a level or parameter of
 * a rule that is not there (unless a file that did not load may hold it); PV_ERROR_SHAPE for a parameter's value
 * that is not one. */
bool pv_pack_assemble(pv_pack *out, const pv_pack_parts *parts, pv_arena *arena, pv_error *error) PV_MUST_CHECK;
/* The level of a rule in a mode: the manifest's setting, else the rule's own. */
pv_level pv_pack_level(const pv_pack *pack, const pv_rule *rule, pv_mode mode);

#endif
