/* Invariant: this struct is all that a project knows of the world around it: what is not asked through it does not
 * exist. A path is made of names with "/" between them; one that begins with "/" is absolute, others start from the
 * working folder. */
#ifndef PV_PROJECT_HOST_H
#define PV_PROJECT_HOST_H

#include "library/library.h"

/* The path that stands for standard input. */
#define PV_STANDARD_INPUT PV_STR("-")

/* What a path leads to when all links are followed. */
typedef enum pv_path_kind {
    PV_PATH_MISSING,
    PV_PATH_FILE,
    PV_PATH_FOLDER,
    PV_PATH_OTHER, /* a device or a pipe: reading it may wait for somebody to write */
} pv_path_kind;

typedef struct pv_folder_names {
    const pv_str *names;
    size_t count;
} pv_folder_names;

/* That another program make something of a file. */
typedef struct pv_conversion_request {
    pv_conversion conversion;
    pv_str path;  /* of the file, as the user gave it */
    pv_str bytes; /* of the file, which may be standard input */
    size_t limit; /* bytes of what is made */
} pv_conversion_request;

/* What a project is given to reach its files: the command's own is cli/posix_host.h. Every function may be called at
 * any time and in any order; payload is passed on to it. Paths need not end in NUL. */
typedef struct pv_host {
    void *payload;
    pv_path_kind (*kind)(void *payload, pv_str path);
    /* Whether path itself is a link. */
    bool (*is_link)(void *payload, pv_str path);
    /* Whether two paths lead to one file, which exists. */
    bool (*is_same)(void *payload, pv_str path, pv_str other);
    /* Appends the file at path (PV_STANDARD_INPUT: standard input) to out, which is empty, at most one byte more than
     * limit: enough to see that it is too long. The message is about the path and does not name it: "cannot be read:
     * …". */
    bool (*read)(void *payload, pv_buf *out, pv_str path, size_t limit, pv_error *error);
    /* The size of the file at path, and its first bytes, `most` of them where it has as many, appended to head, which
     * is empty. The message is as for read. NULL: files are read whole instead. */
    bool (*look)(void *payload, pv_str path, size_t most, uint64_t *size, pv_buf *head, pv_error *error);
    /* The names in a folder, but for hidden ones (".…"), in any order, in arena. The message is as for read. */
    bool (*list)(void *payload, pv_arena *arena, pv_str folder, pv_folder_names *out, pv_error *error);
    /* The one absolute path that path leads to, all links followed, in arena, ending in NUL. PV_ERROR_NOT_FOUND when
     * there is nothing, PV_ERROR_REFUSED when links go round in a circle, PV_ERROR_IO with a message as for read. */
    bool (*canonical)(void *payload, pv_arena *arena, pv_str path, pv_str *out, pv_error *error);
    /* Replaces the file at path, which may be new, whole or not at all. The message names the path. */
    bool (*replace)(void *payload, pv_str path, pv_str text, pv_error *error);
    /* Appends what was made of a file to out, which is empty. The message is about the file, and says what to do. NULL:
     * no other program can be run. */
    bool (*convert)(void *payload, const pv_conversion_request *request, pv_buf *out, pv_error *error);
    /* Nanoseconds since some moment, never less than before. NULL: there is no clock, and no run can be profiled. */
    uint64_t (*clock)(void *payload);
    /* The folders of packs that there are for every project, the first outweighing the next. */
    const pv_str *pack_folders;
    size_t pack_folder_count;
} pv_host;

/* ---- asking; a NULL host is an empty world ---- */

pv_path_kind pv_host_kind(const pv_host *host, pv_str path);
bool pv_host_exists(const pv_host *host, pv_str path);
bool pv_host_is_folder(const pv_host *host, pv_str path);
bool pv_host_is_same(const pv_host *host, pv_str path, pv_str other);
/* The name that is nearest to the one which path says and which is not there, in its folder, or in the first folder
 * above it that is there; empty when none is near. In arena. */
pv_str pv_host_nearest(const pv_host *host, pv_arena *arena, pv_str path);
/* Adds it to a message about path, where there is nothing at path: "…; did you mean a.yaml?" */
void pv_host_add_hint(const pv_host *host, pv_memory *memory, pv_str path, pv_error *error);
/* Replaces what is in out by the file at path; see pv_host.read. Where there is nothing, the message names what is
 * near. */
bool pv_host_read(const pv_host *host, pv_buf *out, pv_str path, size_t limit, pv_error *error) PV_MUST_CHECK;
/* The same as a copy in arena, ending in NUL. */
bool pv_host_read_copy(const pv_host *host, pv_arena *arena, pv_str path, size_t limit, pv_str *out,
                       pv_error *error) PV_MUST_CHECK;
/* The file at path as YAML that lives as long as library; what a fault says is in arena. */
bool pv_host_read_yaml(const pv_host *host, pv_library *library, pv_arena *arena, pv_str path, const pv_document **out,
                       pv_fault *fault) PV_MUST_CHECK;
/* The same of JSON. */
bool pv_host_read_json(const pv_host *host, pv_library *library, pv_arena *arena, pv_str path, const pv_document **out,
                       pv_fault *fault) PV_MUST_CHECK;
/* The canonical path; .data is NULL when there is none, or memory is refused. */
pv_str pv_host_canonical(const pv_host *host, pv_arena *arena, pv_str path);

/* Whether a file is empty or holds only comments and marks of a document; to a reader of YAML it is nothing at all. */
bool pv_holds_nothing(pv_str bytes);

/* ---- paths ---- */

/* "folder/name", NUL-terminated, in arena; .data is NULL when memory is refused. */
pv_str pv_path_join(pv_arena *arena, pv_str folder, pv_str name);
/* The folder that path stands in: "." when it names none. Borrows path. */
pv_str pv_path_folder(pv_str path);
/* What it is called there; empty when path ends in "/". Borrows path. */
pv_str pv_path_name(pv_str path);
/* The path up to the point of its ending (".yaml"); all of it when it has none. Borrows path. */
pv_str pv_path_stem(pv_str path);

/* ---- faults ---- */

/* Fills fault with error, met in source (NULL: none was read), as a fault of the input at path (empty: none); false.
 * Texts in arena. */
bool pv_fail_input(pv_fault *fault, pv_arena *arena, pv_str path, const pv_source *source, const pv_error *error);
/* The one fault for a refused allocation; pv_fail_no_memory fills fault with it, and gives false. */
pv_fault pv_fault_no_memory(void);
bool pv_fail_no_memory(pv_fault *fault);
/* error as a fault without a place; its message is borrowed. */
pv_fault pv_fault_of(const pv_error *error);

#endif
