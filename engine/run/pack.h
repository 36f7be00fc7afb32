/* Invariant: an open pack is consistent: its manifest names its form, the form is whole, and every rule its manifest
 * sets a level for exists. Rule files that do not load are faults of the rule set, not of the pack: the other rules
 * still run. A pack that needs a later engine is refused before anything else in its manifest is read. Of the packs for
 * one form at most one judges on a given day, never one that another in effect supersedes; where the manifests leave
 * that open, it is an error that names them. */
#ifndef PV_RUN_PACK_H
#define PV_RUN_PACK_H

#include "run/ruleset.h"

/* The version of what rules see: the names, helpers and keys of docs/rules.md. A change that breaks a rule raises
 * it. */
#define PV_RULES_API 1

typedef enum pv_mode { PV_MODE_DRAFT, PV_MODE_SUBMISSION, PV_MODE_GATE, PV_MODE_COUNT } pv_mode;

/* Another pack that this one takes the place of; it need not be installed. */
typedef struct pv_superseded {
    pv_str pack;
    pv_span at; /* in the manifest */
} pv_superseded;

/* A remark of lint that the pack's authors have looked at, and why it is to stand. */
typedef struct pv_settled {
    pv_str remark; /* its id: "form.unused" */
    pv_str where;  /* the rule, the part of the form or the file that it is about, as pv_lint_finding.about has it */
    pv_str words;  /* what it marks there; empty: whatever it is */
    pv_str reason;
    pv_span at; /* in the manifest */
} pv_settled;

/* pack.yaml: id, version, title, form, rules (file names), levels per mode, the days it is in effect, parameters. */
typedef struct pv_manifest {
    pv_str id;
    pv_str version;
    pv_str title;
    pv_str form_file;         /* the form it judges, relative to the pack's folder */
    const pv_str *rule_files; /* in the order given, relative to the pack's folder */
    size_t rule_file_count;
    pv_span rules_at; /* where they are named */
    const pv_source *source;
    const struct pv_level_setting *levels;
    size_t level_count;
    bool has_from;
    bool has_to;
    pv_date from; /* the first day it is in effect */
    pv_date to;   /* the last */
    const pv_superseded *supersedes;
    size_t supersedes_count;
    const pv_retired *retired; /* `retired: { OLD: RULE }` */
    size_t retired_count;
    const pv_settled *settled;
    size_t settled_count;
    bool needs_day; /* its rules judge by a day: without one a submission is not judged */
    pv_settings parameters;
} pv_manifest;

typedef struct pv_level_setting {
    pv_mode mode;
    pv_str rule;
    pv_level level;
    pv_span at; /* in the manifest */
} pv_level_setting;

/* The rules of a pack that say of a condition of its form that they judge it (`judges`), by id. */
typedef struct pv_judges {
    const pv_rule *const *rules;
    size_t count;
} pv_judges;

typedef struct pv_pack_file {
    pv_str name; /* relative to the pack's folder */
    pv_str bytes;
} pv_pack_file;

typedef struct pv_pack {
    const pv_manifest *manifest;
    const pv_form *form;
    pv_ruleset *ruleset;     /* borrowed */
    const pv_judges *judges; /* of each condition of the form; NULL: no rule judges any */
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
    const char *sha256;   /* over files, where that is known; NULL: it is computed */
    const pv_date *as_of; /* NULL: no day was said */
} pv_pack_parts;

/* ---- reading and putting together ---- */

const char *pv_mode_name(pv_mode mode);
bool pv_mode_from_name(pv_str name, pv_mode *out);
/* Whether `requires: { proviso: VERSION, rules_api: NUMBER, as_of: BOOLEAN }` of a manifest, if it is there, is met by
 * the engine of this version ("0.1.0"). as_of is asked of a run and not of the engine: pv_manifest.needs_day.
 * PV_ERROR_REFUSED, or PV_ERROR_SHAPE when it is not written so, with its place. */
bool pv_requirements_check(const pv_document *manifest, pv_arena *arena, pv_str version, pv_error *error) PV_MUST_CHECK;
/* PV_ERROR_SHAPE with its place in the manifest where that is not as docs/form.md says. */
bool pv_manifest_build(pv_manifest **out, pv_arena *arena, const pv_document *document, pv_error *error) PV_MUST_CHECK;
/* The name of the index-th file that a pack is read from: the manifest, the form, each rule file. */
pv_str pv_manifest_file(const pv_manifest *manifest, size_t index);
/* Puts the parts together and checks that they fit: PV_ERROR_NOT_FOUND, in the manifest, for a level or parameter of
 * a rule that is not there (unless a file that did not load may hold it); PV_ERROR_SHAPE for a parameter's value
 * that is not one. */
bool pv_pack_assemble(pv_pack *out, const pv_pack_parts *parts, pv_arena *arena, pv_error *error) PV_MUST_CHECK;
/* The index-th rule that the pack runs: the built-in ones that its form has need of, then its own; NULL past the last.
 */
const pv_rule *pv_pack_rule_at(const pv_pack *pack, size_t index);
/* The rules of the pack that judge the index-th condition of its form. */
pv_judges pv_pack_judges(const pv_pack *pack, size_t condition);
/* Whether a rule says that it judges the condition. */
bool pv_rule_judges(const pv_rule *rule, const pv_condition *condition);
/* The level of a rule in a mode: the manifest's setting, else the rule's own. */
pv_level pv_pack_level(const pv_pack *pack, const pv_rule *rule, pv_mode mode);

/* ---- which pack judges ---- */

/* Which of the packs (at least one), all of which judge the form, is to judge it: the one in effect on the day, or
 * without a day (NULL) whenever it is in effect, that none of the others in question supersedes. PV_ERROR_NOT_FOUND
 * when none is in effect, PV_ERROR_USAGE when several are left; without a place. */
bool pv_succession_choose(const pv_manifest *const *packs, size_t count, pv_str form_id, const pv_date *day,
                          size_t *out, pv_error *error) PV_MUST_CHECK;
/* Whether the pack, one of packs, supersedes itself by way of the others: PV_ERROR_SHAPE at the entry of its
 * supersedes that leads back to it. */
bool pv_succession_check(const pv_manifest *pack, const pv_manifest *const *packs, size_t count, pv_arena *arena,
                         pv_error *error) PV_MUST_CHECK;

#endif
