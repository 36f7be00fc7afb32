/* Invariant: what was read of one submission lives until the next is read; its source bytes are read once and never
 * copied. Of the sibling files that a submission names only those are read that lie in its folder, or below it, when
 * every link has been followed. */
#ifndef PV_PROJECT_READER_H
#define PV_PROJECT_READER_H

#include "project/file_list.h"
#include "project/pack_store.h"

/* The folder that a submission stands in. */
typedef struct pv_sibling_files {
    const pv_host *host;
    pv_str folder;
    size_t limit; /* bytes of a file */
} pv_sibling_files;

/* For the library: the files in the folder of the submission at path ("-": the working folder), which must live as
 * long as siblings. */
pv_sibling_reader pv_sibling_files_of(pv_sibling_files *siblings, const pv_host *host, pv_str path,
                                      const pv_limits *limits);

typedef enum pv_read_outcome {
    PV_READ_DONE,
    PV_READ_SKIPPED, /* found in a folder, and no submission: why tells */
    PV_READ_FAILED,  /* fault tells */
} pv_read_outcome;

typedef struct pv_reader {
    const pv_host *host;
    pv_pack_store *packs; /* to be set before a read, unless pv_reader_init was told */
    pv_checked checked;   /* the submission, and whatever is made of it */
    pv_buf bytes;
    pv_buf converted;          /* what another program made of them, where one was needed */
    const pv_buf *given;       /* the bytes of the files to come, read by another; NULL: read here */
    pv_sibling_files siblings; /* of the submission */
    /* The outcome. */
    const pv_pack *pack;
    const char *why;
    pv_fault fault;
    /* Of a file in a folder that does not name its form: what makes it a submission all the same. */
    pv_str key;
    pv_span key_at;
} pv_reader;

/* A reader that finds packs in store. Contents are yours: pv_reader_clear. */
bool pv_reader_init(pv_reader *reader, pv_library *library, const pv_host *host, pv_pack_store *packs,
                    pv_error *error) PV_MUST_CHECK;
void pv_reader_clear(pv_reader *reader);
/* Whether the file names a form and its pack could be opened, which then is open for all that come after; in place of
 * the submission before. */
bool pv_reader_open_pack(pv_reader *reader, const pv_file *file) PV_MUST_CHECK;
/* Reads the submission in file, in place of the one before. */
pv_read_outcome pv_reader_read(pv_reader *reader, const pv_file *file) PV_MUST_CHECK;

/* Why a file that is not read, since by its name it is no submission, may have been expected to be checked: as "it …"
 * goes on, in an arena that lives until the next read; empty when nothing says that it was. */
pv_str pv_reader_look(pv_reader *reader, pv_str path) PV_MUST_CHECK;

#endif
