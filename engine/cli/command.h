/* Invariant: a command is one record in one file; main.c knows the records and nothing else about them. */
#ifndef PV_CLI_COMMAND_H
#define PV_CLI_COMMAND_H

#include "cli/options.h"
#include "cli/posix_host.h"
#include "project/reader.h"

/* What the process answers with. PV_EXIT_NOTHING wins over PV_EXIT_FINDINGS. */
typedef enum pv_exit {
    PV_EXIT_CLEAN = 0,
    PV_EXIT_FINDINGS = 1,
    PV_EXIT_NOTHING = 2, /* nothing could be concluded */
} pv_exit;

typedef struct pv_command {
    pv_usage usage;
    pv_exit (*run)(pv_library *library, const pv_options *options);
    /* What is left to do when the list of files cannot be used, and nothing is run; or NULL. */
    void (*refused)(const pv_options *options);
} pv_command;

extern const pv_command pv_check_command;
extern const pv_command pv_show_command;
extern const pv_command pv_import_command;
extern const pv_command pv_rules_command;
extern const pv_command pv_explain_command;
extern const pv_command pv_test_command;
extern const pv_command pv_lint_command;
extern const pv_command pv_annotate_command;
extern const pv_command pv_why_command;
extern const pv_command pv_try_command;
extern const pv_command pv_new_command;
extern const pv_command pv_meta_command;
extern const pv_command pv_waive_command;
extern const pv_command pv_baseline_command;
extern const pv_command pv_replay_command;
extern const pv_command pv_impact_command;

/* For commands (command.c): */

/* Says what failed, on standard error; PV_EXIT_NOTHING. A command's own functions fail with a pv_fault, which knows
 * the path and the place; the pv_error of what they call becomes one by pv_fail_input, or here by pv_fault_of
 * (project/host.h). */
pv_exit pv_command_fail(pv_fault fault);
/* Writes text to standard output; PV_EXIT_NOTHING (after saying so) when out is failed or cannot be written, else
 * code. */
pv_exit pv_command_print(const pv_buf *out, pv_exit code);
/* Whether asked means the subject: as it is called in reports, or "measure 1.1.6" by "1.1.6". *name: its name, in
 * arena. Fails only for memory. */
bool pv_command_means(const pv_subject *subject, pv_str asked, pv_arena *arena, pv_str *name, bool *out,
                      pv_error *error) PV_MUST_CHECK;
/* Fails where --output names the file that is read, by whatever name or by a link. */
bool pv_command_keeps_file(const pv_options *options, pv_error *error) PV_MUST_CHECK;
/* Writes text to the file that --output names: never to the one that is read, nor over another that is there without
 * --force. */
bool pv_command_save(const pv_options *options, pv_str text, pv_error *error) PV_MUST_CHECK;
/* The project that options ask about, on the file system. Yours: pv_project_free. */
bool pv_command_project(pv_project **out, pv_library *library, const pv_options *options,
                        pv_fault *fault) PV_MUST_CHECK;
/* Reads the submission at path as its project has it, and has `use` say something of it: the reader is there until that
 * returns. What could not be read is said, with PV_EXIT_NOTHING. */
pv_exit pv_command_with_submission(pv_library *library, const pv_options *options, pv_str path,
                                   pv_exit (*use)(const pv_reader *reader, const pv_options *options));
/* The packs that a command about packs is asked for: those named in its arguments, else all there are. */
typedef struct pv_pack_choice {
    pv_arena *arena;
    pv_config config;
    pv_pack_store *store;
    const pv_str *names; /* NULL: all in the store */
    size_t count;
} pv_pack_choice;

/* Packs are looked for as the configuration nearest to the working folder says. None at all is a fault. Contents are
 * yours: pv_pack_choice_clear, also after a failure. */
bool pv_pack_choice_init(pv_pack_choice *choice, pv_library *library, const pv_options *options, const pv_str *names,
                         size_t name_count, pv_fault *fault) PV_MUST_CHECK;
/* The same packs as they were published, without what the project sets of their parameters and without its lock: for
 * commands that judge packs and not submissions. */
bool pv_pack_choice_init_published(pv_pack_choice *choice, pv_library *library, const pv_options *options,
                                   const pv_str *names, size_t name_count, pv_fault *fault) PV_MUST_CHECK;
void pv_pack_choice_clear(pv_pack_choice *choice);
/* The index-th of them; NULL with a fault. */
const pv_pack *pv_pack_choice_at(const pv_pack_choice *choice, size_t index, pv_fault *fault);

#endif
