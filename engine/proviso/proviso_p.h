/* Invariant: what crosses into proviso.h is translated here and in the files beside this one, in one way each: texts,
 * errors, faults, levels, and structs of another size than ours. */
#ifndef PV_PROVISO_PROVISO_P_H
#define PV_PROVISO_PROVISO_P_H

#include "library/library.h"
#include "proviso/proviso.h"

struct proviso_engine {
    pv_library *library;
    pv_arena *arena; /* packs */
};

struct proviso_pack {
    proviso_engine *engine;
    const pv_pack *pack;
    /* Its files as they were read, as PV_PACK_FILE_… counts them. */
    pv_str *names;
    pv_str *paths;
    pv_str *files;
    size_t file_count;
    size_t file_capacity;
};

struct proviso_result {
    const proviso_pack *pack;
    pv_checked checked;
    pv_arena *arena; /* of the bytes, and of what is borrowed from the result */
    pv_run_options run;
    pv_str title;           /* of what was judged together; empty: it is one submission */
    proviso_verdict *views; /* one for each verdict, once it was asked for */
};

/* A file asked of the program that embeds us. */
typedef struct asked_file {
    proviso_read read;
    void *payload;
    size_t most_bytes;
} asked_file;

/* As pv_pack_reader and pv_file_reader have it; payload is an asked_file. */
bool proviso_ask_for_file(void *payload, pv_arena *arena, pv_str name, pv_str *path, pv_str *bytes, pv_error *error);
/* As pv_file_looker has it: of what the program gives, the first bytes are kept and the others counted. */
bool proviso_ask_about_file(void *payload, pv_arena *arena, pv_str name, pv_file_look *out, pv_error *error);
/* Opens a pack from wherever reader has its files. */
bool proviso_pack_open_from(proviso_engine *engine, pv_pack_reader reader, void *payload, const proviso_pack **out,
                            proviso_error *error);

proviso_text proviso_text_of(pv_str text);
pv_memory *proviso_memory_of(const proviso_pack *pack);

/* All of these return false: error (NULL: nobody asks) is filled. path: of what the error is about, or empty. */
bool proviso_fail(proviso_error *error, pv_code code, const char *message);
bool proviso_fail_with(proviso_error *error, const pv_error *cause, pv_str path);
bool proviso_fail_with_fault(proviso_error *error, const pv_fault *fault);
bool proviso_fail_index(proviso_error *error);

/* Copies whole to out, as much of it as struct_size of out has room for. */
bool proviso_fill(void *out, void *whole, size_t size, proviso_error *error);
/* Copies what was given (NULL: nothing) over whole, which is zeroed. */
bool proviso_take(void *whole, size_t size, const void *given, proviso_error *error);
bool proviso_fill_fault(const pv_fault *fault, proviso_fault *out, proviso_error *error);
proviso_level proviso_level_of(pv_level level);

/* Writes what stands in text to the callback, and empties text. */
bool proviso_write_out(pv_buf *text, proviso_write write, void *payload, proviso_error *error);

#endif
