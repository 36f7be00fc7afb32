/* Invariant: a loader says what a file says, as a tree of keys or as a sequence of blocks, each part with its exact
 * place; it never decides which item of a form a text answers. Only the loaders and their table know one format from
 * another. */
#ifndef PV_LOAD_LOADER_H
#define PV_LOAD_LOADER_H

#include "model/blocks.h"
#include "model/form.h"

/* What a file says: one of the two. What was not understood of it, and ends nothing, travels with it as problems. */
typedef struct pv_loaded {
    pv_document *tree;
    pv_blocks *blocks;
} pv_loaded;

/* The form that a file says it is on. */
typedef struct pv_form_name {
    bool given; /* it says so, whether or not what it says can be read */
    pv_str id;
    pv_span at;
} pv_form_name;

/* Whether what stands where a key of the file's top would makes the file a submission. value: null when no scalar
 * follows. is_key: the key stands as the format wants it. */
typedef bool (*pv_key_judge)(void *payload, pv_str key, pv_str value, bool is_key);

/* How the files of one format are read. */
typedef struct pv_loader {
    pv_str format;         /* "yaml": in reports */
    pv_str title;          /* "YAML": in messages */
    const pv_str *endings; /* of its files' names, in small letters: ".yaml" */
    size_t ending_count;
    bool has_comments; /* what is expected of a file may stand in it as a comment */
    bool is_prose;     /* any notes are kept so: nobody expects one that lies in a folder to be read */
    bool is_document; /* it gives blocks, and is read only when it is named or configured: letters lie beside filings */
    pv_conversion conversion; /* before its bytes are opened */
    /* Whether a file whose name has no ending of a loader is of this format, by its path ("-": standard input) and
     * its first bytes, of which nothing is known yet. NULL: it is not. */
    bool (*recognises)(pv_str path, pv_str bytes, pv_arena *scratch, const pv_limits *limits);
    /* The text of a file, with the ruler for its places; as pv_source_new, which it is where the text is the bytes. */
    bool (*open)(pv_source **out, pv_arena *arena, pv_str path, pv_str bytes, const pv_limits *limits, pv_error *error);
    /* Set where what a file's parts are only its form tells: such a file is loaded once that is known. out->given is
     * filled in any case. PV_ERROR_NOT_FOUND: the file does not say. NULL: what is loaded says it. */
    bool (*form_name)(pv_form_name *out, pv_arena *arena, const pv_source *source, const pv_limits *limits,
                      pv_error *error);
    /* Reads source (which must outlive arena); form: NULL unless form_name is set. Fills *out, which is empty. */
    bool (*load)(pv_loaded *out, pv_arena *arena, const pv_source *source, const pv_form *form, const pv_limits *limits,
                 pv_error *error);
    /* Whether judge says so of one of the keys at the top of a file, which may be one that cannot be read. */
    bool (*glimpse)(pv_str bytes, pv_arena *scratch, pv_key_judge judge, void *payload);
} pv_loader;

/* The loader for a file: the one whose ending its path has, in any case; else the one that recognises it; else the
 * first. */
const pv_loader *pv_loader_for(pv_str path, pv_str bytes, pv_arena *scratch, const pv_limits *limits);
/* The one whose ending path has, or NULL. */
const pv_loader *pv_loader_by_name(pv_str path);
/* Whether judge says so of what one of the loaders takes for a key at the top of these bytes. */
bool pv_loader_glimpse(pv_arena *scratch, pv_str bytes, pv_key_judge judge, void *payload);
/* What files found in a folder must be called to be read: "*.yaml, *.yml, …". In arena; .data is NULL when memory is
 * refused. */
pv_str pv_loader_patterns(pv_arena *arena);
/* The formats as "it is neither …" goes on: "YAML nor CSV". The same. */
pv_str pv_loader_titles(pv_arena *arena);

#endif
