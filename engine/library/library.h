/* The public interface of the library.
 *
 * Invariant: the library takes bytes and gives verdicts. It never opens a file (a pv_pack_reader or pv_file_reader
 * may), reads the environment, a clock or a terminal, and keeps no state but what stands in a pv_library and a
 * pv_checked; the same bytes give the same verdicts.
 *
 *     pv_library *library;
 *     const pv_pack *pack;
 *     pv_checked checked;
 *     if (pv_library_new(&library, NULL, PV_STR(""), &error) &&
 *         pv_library_open_pack(library, read_pack_file, &folder, NULL, NULL, &pack, &fault) &&
 *         pv_checked_new(&checked, library, &error)) {
 *         if (pv_check(&checked, pack, path, bytes, &options, &fault))
 *             … checked.results …
 *     }
 */
#ifndef PV_LIBRARY_LIBRARY_H
#define PV_LIBRARY_LIBRARY_H

#include "model/annotation.h"
#include "model/blocks.h"
#include "model/language.h"
#include "run/coverage.h"
#include "run/meter.h"
#include "run/mutation.h"
#include "run/runner.h"
#include "run/trial.h"

/* Open packs, the limits they were opened with, and the memory all of it is charged to. Yours: pv_library_free. */
typedef struct pv_library pv_library;

/* limits: NULL for the defaults. as_of: the day rules are to judge by (YYYY-MM-DD), or empty; PV_ERROR_USAGE when it is
 * something else. */
bool pv_library_new(pv_library **out, const pv_limits *limits, pv_str as_of, pv_error *error) PV_MUST_CHECK;
void pv_library_free(pv_library *library);
pv_memory *pv_library_memory(pv_library *library);
/* The language of the forms to be opened, which must live as long as library; empty: the first of each. */
void pv_library_speak(pv_library *library, pv_str language);
/* From now on the meter hears what each phase and rule costs; it must live as long as library, and its account is
 * pv_library_memory. Before a pack is opened. */
void pv_library_measure(pv_library *library, pv_meter *meter);
/* That meter; NULL: none. */
pv_meter *pv_library_meter(const pv_library *library);
/* For the submissions to come: of a kind so many problems are said one by one. */
void pv_library_keep_problems(pv_library *library, size_t most);
const pv_limits *pv_library_limits(const pv_library *library);
/* The day rules judge by; NULL: none was said. */
const pv_date *pv_library_as_of(const pv_library *library);
/* Reads bytes, which are copied, as YAML that lives as long as library: a project's configuration. */
bool pv_library_read_yaml(pv_library *library, pv_str path, pv_str bytes, const pv_document **out,
                          pv_fault *fault) PV_MUST_CHECK;
/* The same of JSON: a baseline. */
bool pv_library_read_json(pv_library *library, pv_str path, pv_str bytes, const pv_document **out,
                          pv_fault *fault) PV_MUST_CHECK;

/* Gives the bytes of a file of a pack's folder (name: "pack.yaml", "rules/header.lua") in arena, and the path to print
 * in messages. false with error filled when there is no such file. */
typedef bool (*pv_pack_reader)(void *payload, pv_arena *arena, pv_str name, pv_str *path, pv_str *bytes,
                               pv_error *error);

/* That packs were looked through and nothing was found in them, kept from one process to the next by whoever gives
 * the library this. A key stands for every byte that the answer follows from but those of the program itself, which
 * the keeper answers for: what one build of it found says nothing of another. All that is spared is to look again; a
 * pack of which it is wrongly said that there is nothing to find is judged by all the same, and what is wrong with it
 * is told once a rule comes to it. */
typedef struct pv_proofs {
    void *payload;
    /* Whether this key was kept: in doubt it was not. */
    bool (*has)(void *payload, const char key[65]);
    /* Keeps it, or does not. */
    void (*keep)(void *payload, const char key[65]);
} pv_proofs;

/* Reads a pack whole: manifest, form, rules. It lives as long as library. false: fault tells what is wrong and
 * where. Rule files that do not load leave the pack usable: see pack->ruleset->faults. project: what the project
 * sets of the rules' parameters, or NULL; it must live as long as library, and rules in it that the pack has not are
 * passed over. proofs: NULL, and the pack is looked through whatever was found before. */
bool pv_library_open_pack(pv_library *library, pv_pack_reader reader, void *payload, const pv_settings *project,
                          const pv_proofs *proofs, const pv_pack **out, pv_fault *fault) PV_MUST_CHECK;

/* What a pack says of itself: cheaper than opening it, and all that is needed to choose one. */
typedef struct pv_pack_outline {
    const pv_manifest *manifest;
    pv_str form_id;
} pv_pack_outline;

bool pv_library_outline_pack(pv_library *library, pv_pack_reader reader, void *payload, pv_pack_outline *out,
                             pv_fault *fault) PV_MUST_CHECK;

/* One submission at a time, read and judged; what it holds is valid until the next read or clear. Contents are yours:
 * pv_checked_clear. fault strings given back by the calls below live in it too. */
typedef struct pv_checked {
    pv_library *library;
    pv_sibling_reader
        files; /* where the files beside a submission are read from; none unless you set it, before a read */
    pv_arena *arena;
    pv_str bytes; /* of the file, which its hash is of; the source may be something else */
    const pv_source *source;
    pv_source *readable;            /* the same, while it is read */
    pv_attachments *attachments;    /* the files beside it, as far as it names them */
    const struct pv_loader *loader; /* what reads a file of this format */
    bool needs_form;         /* what the file's parts are only its form can tell, and it may leave that to the user */
    bool names_form;         /* it does not leave it */
    const pv_blocks *blocks; /* of a file that has them in place of keys, which then needs its form; else NULL */
    const pv_document *document; /* NULL while the form is needed: until it is read as a submission */
    pv_span form_at;             /* the form's name, once it was asked for */
    const pv_submission *submission;
    const pv_submission *original; /* the same with no tracked change accepted; NULL: none is tracked */
    pv_results results;            /* of both, where there are two (pv_run_join_views) */
} pv_checked;

bool pv_checked_new(pv_checked *out, pv_library *library, pv_error *error) PV_MUST_CHECK;
void pv_checked_clear(pv_checked *checked);

/* Whether a file called so, found in a folder, may be a submission; and whether what is expected of it may stand in
 * its comments. */
bool pv_path_may_be_submission(pv_str path);
bool pv_path_may_have_comments(pv_str path);
/* What a file called so is, which is read only when it is named or included: "PDF"; empty when it is none, or notes. */
pv_str pv_path_document_title(pv_str path);
/* The most bytes that a file called so may have. */
size_t pv_path_limit(pv_str path, const pv_limits *limits);
/* What such files are called ("*.yaml, *.yml, …"), and what their formats are, as "it is neither …" goes on. In
 * arena; .data is NULL when memory is refused. */
pv_str pv_submission_patterns(pv_arena *arena);
pv_str pv_submission_formats(pv_arena *arena);
/* Reads bytes (borrowed until the next read) by the loader that the path and they ask for: fills source, and
 * document unless the form is needed first. */
bool pv_read_document(pv_checked *checked, pv_str path, pv_str bytes, pv_fault *fault) PV_MUST_CHECK;
/* What a program of its own must make of a file before it is read. */
pv_conversion pv_conversion_needed(pv_checked *checked, pv_str path, pv_str bytes);
/* The same as pv_read_document of a file of which that was made (borrowed like its bytes). */
bool pv_read_converted(pv_checked *checked, pv_str path, pv_str bytes, pv_str converted, pv_fault *fault) PV_MUST_CHECK;
/* Of a file that pv_read_document was given, and may have failed on: whether judge says of what stands where a key of
 * its top would that this makes it a submission. value: null when no scalar follows. is_key: the key stands as it
 * should. */
bool pv_glimpse(const pv_checked *checked, pv_str bytes,
                bool (*judge)(void *payload, pv_str key, pv_str value, bool is_key), void *payload);
/* The same of any bytes, by whichever loader. */
bool pv_glimpse_any(pv_arena *scratch, pv_str bytes,
                    bool (*judge)(void *payload, pv_str key, pv_str value, bool is_key), void *payload);
/* The form the document read is filed on, to choose a pack by. */
bool pv_read_form_id(pv_checked *checked, pv_str *form_id, pv_fault *fault) PV_MUST_CHECK;
/* How much of what the pack's form asks is found in a file that was read and has blocks. */
bool pv_recognise(const pv_checked *checked, const pv_pack *pack, pv_recognition *out, pv_fault *fault) PV_MUST_CHECK;
/* Reads the document as a submission on the pack's form: fills submission. */
bool pv_read_submission(pv_checked *checked, const pv_pack *pack, pv_fault *fault) PV_MUST_CHECK;
/* Runs the rules on the submission read: fills results. Rules on all submissions together (each = "collection") are
 * not among them: pv_run_check_collection judges those once all are there. false for memory, and for a pack that
 * judges by a day when none was said (`requires: { as_of: true }`). */
bool pv_judge(pv_checked *checked, const pv_pack *pack, const pv_run_options *options, pv_fault *fault) PV_MUST_CHECK;

/* The same on a day of its own (YYYY-MM-DD), whatever day the pack was opened with. day stays borrowed for this call
 * only. */
bool pv_judge_on(pv_checked *checked, const pv_pack *pack, pv_str day, const pv_run_options *options,
                 pv_fault *fault) PV_MUST_CHECK;

/* All of the above in one call, for a submission whose pack is known. */
bool pv_check(pv_checked *checked, const pv_pack *pack, pv_str path, pv_str bytes, const pv_run_options *options,
              pv_fault *fault) PV_MUST_CHECK;

/* Appends to out a copy of the document read, with comments in it (load/annotate.h); only Word documents have such.
 * error has no place. */
bool pv_library_annotate(const pv_checked *checked, const pv_annotation *annotation, pv_buf *out,
                         pv_error *error) PV_MUST_CHECK;

/* ---- looking at rules ---- */

/* Runs every example of the pack's rules whose id matches rule_pattern (empty: all); in arena. */
bool pv_library_run_examples(const pv_pack *pack, pv_str rule_pattern, pv_arena *arena, const pv_example_result **out,
                             size_t *count, pv_error *error) PV_MUST_CHECK;
/* From now on, notes which lines of the pack's rule files run. Changes no verdict and no budget. */
bool pv_library_record_lines(const pv_pack *pack, pv_error *error) PV_MUST_CHECK;
/* What has run so far, of the lines in functions: one entry per rule file, in arena. None when nothing was recorded. */
bool pv_library_recorded_lines(const pv_pack *pack, pv_arena *arena, const pv_file_coverage **out, size_t *count,
                               pv_error *error) PV_MUST_CHECK;
/* Sets asked[state], for each state that coverage asks for, where the rule's code can give it. */
bool pv_library_asked_outcomes(const pv_rule *rule, pv_arena *scratch, bool asked[PV_COVERED_STATES],
                               pv_error *error) PV_MUST_CHECK;

/* Where the files of a pack stand in a list of them. */
enum { PV_PACK_FILE_MANIFEST, PV_PACK_FILE_FORM, PV_PACK_FILE_FIRST_RULES };
/* Every change of the form's numbers, days, flags and lists that rules read, and of the rules' code; files is a pack's,
 * in the order above. Their texts must have loaded as a pack. */
bool pv_library_mutations(const pv_source *const *files, size_t count, const pv_limits *limits, pv_mutations *out,
                          pv_error *error) PV_MUST_CHECK;
/* Why patterns are interpreted in this process instead of being compiled to machine code; NULL: they are not. */
const char *pv_library_no_machine_code(void);
/* Tries an expression on the submission read, as a rule of the pack would say it: what came of it, or its fault, in
 * arena. Fails only for memory, and for an expression that is no UTF-8 text. */
bool pv_library_try(const pv_checked *checked, const pv_pack *pack, const pv_trial *trial, pv_arena *arena,
                    pv_tried *out, pv_error *error) PV_MUST_CHECK;
/* The file beside the submission read that is called so (checked->files gives it), as prose. error has no place. */
bool pv_library_text(pv_checked *checked, pv_str name, const pv_text **out, pv_error *error) PV_MUST_CHECK;
/* Describes the language of rules; lists are in arena. */
bool pv_library_describe_language(pv_language *out, pv_arena *arena, pv_error *error) PV_MUST_CHECK;

/* error, met in source (NULL: none was read), as a fault of this kind; strings go to arena. */
pv_fault pv_fault_from_error(pv_arena *arena, pv_fault_kind kind, pv_str path, const pv_source *source,
                             const pv_error *error);

#endif
