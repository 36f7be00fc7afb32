/* Invariant: the paths to check are in byte order and each file stands once, whatever order the folders give, however
 * often it is named and by whatever path; nothing that was asked for is left out without a word. */
#ifndef PV_PROJECT_FILE_LIST_H
#define PV_PROJECT_FILE_LIST_H

#include "project/host.h"

typedef struct pv_file {
    pv_str path;         /* NUL-terminated; by this name it goes */
    bool in_folder;      /* found in a folder that was named, not named itself: it may be skipped */
    bool standard_input; /* read from there, whatever its name */
} pv_file;

/* A file that is named outright. */
pv_file pv_file_named(pv_str path);

/* What becomes of a file that a folder holds. */
typedef enum pv_file_fate {
    PV_FILE_TAKEN,
    PV_FILE_OF_OTHER_KIND, /* by its name it is no submission */
    PV_FILE_NOT_INCLUDED,
    PV_FILE_IGNORED,
    PV_FILE_FATE_COUNT,
} pv_file_fate;

/* Who says so of a file, or of a folder that cannot be opened; *fate is what the name makes it, and stays so without a
 * chooser. Returns false, with error filled, when that cannot be told. */
typedef struct pv_file_chooser {
    void *payload;
    bool (*decide)(void *payload, pv_str path, bool is_folder, pv_file_fate *fate, pv_error *error);
    pv_str standard_input; /* the name it goes by; empty: "-" */
} pv_file_chooser;

typedef struct pv_path_list {
    const pv_str *paths; /* in byte order */
    size_t count;
} pv_path_list;

typedef struct pv_file_list {
    const pv_file *files;
    size_t count;
    pv_path_list passed[PV_FILE_FATE_COUNT]; /* what stands in the folders and was not taken */
    pv_path_list cases;                      /* folders of a pack's cases, which are no filings */
    pv_path_list empty;                      /* the folders named in which no file was found */
} pv_file_list;

/* The files that arguments (files, folders, "-") stand for, in arena. Folders are searched, but not through links to
 * folders, nor in what is hidden, nor in the cases of a pack met on the way. Of the paths to one file the one that
 * was named first stands for it. A folder that cannot be opened stands in the list as if it were a file: reading it
 * will say why, and the others are still read. error.message names a folder that lies too deep. */
bool pv_file_list_collect(pv_file_list *out, const pv_host *host, pv_arena *arena, const pv_str *arguments,
                          size_t count, const pv_file_chooser *chooser, pv_error *error) PV_MUST_CHECK;
/* The arguments themselves, each a file, in their order; standard_input: the name it goes by; empty: "-". */
bool pv_file_list_take(pv_file_list *out, pv_arena *arena, const pv_str *arguments, size_t count, pv_str standard_input,
                       pv_error *error) PV_MUST_CHECK;
/* The sub-folders of folder (hidden ones not) by their paths in byte order, in arena; none when it is no folder. */
bool pv_host_subfolders(const pv_host *host, pv_arena *arena, pv_str folder, pv_path_list *out,
                        pv_error *error) PV_MUST_CHECK;

#endif
