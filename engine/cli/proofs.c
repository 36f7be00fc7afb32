#include "cli/proofs.h"

#include <fcntl.h>
#include <limits.h>
#include <link.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/digits.h"
#include "base/hash.h"
#include "cli/build_info.h"

/* ---- which build of the program this is ---- */

#define LONGEST_BUILD_ID ((size_t)64) /* bytes */

typedef struct build_id {
    char text[2 * LONGEST_BUILD_ID + 1]; /* empty: it has none */
} build_id;

static size_t padded(size_t size) {
    return (size + 3) / 4 * 4;
}

/* The linker's hash of all that the program was linked from, among the notes. */
static void find_build_id(const char *notes, size_t size, build_id *out) {
    ElfW(Nhdr) note;
    for (size_t at = 0; size - at >= sizeof note;) {
        memcpy(&note, notes + at, sizeof note);
        size_t name = at + sizeof note;
        size_t content = name + padded(note.n_namesz);
        if (note.n_namesz > size - name || content > size || note.n_descsz > size - content)
            return;
        if (note.n_type == NT_GNU_BUILD_ID && note.n_namesz == sizeof ELF_NOTE_GNU &&
            memcmp(notes + name, ELF_NOTE_GNU, sizeof ELF_NOTE_GNU) == 0 && note.n_descsz <= LONGEST_BUILD_ID) {
            pv_hex_write_bytes((const unsigned char *)notes + content, note.n_descsz, out->text);
            return;
        }
        at = content + padded(note.n_descsz);
        if (at > size)
            return;
    }
}

/* The parts of the program stand in memory at their addresses and as much further on as the list of them does. */
static void read_program(build_id *out) {
    const ElfW(Phdr) *parts = (const ElfW(Phdr) *)getauxval(AT_PHDR); /* NOLINT(performance-no-int-to-ptr) */
    size_t count = parts ? getauxval(AT_PHNUM) : 0;
    uintptr_t moved = 0;
    for (size_t i = 0; i < count; i++)
        if (parts[i].p_type == PT_PHDR)
            moved = (uintptr_t)parts - parts[i].p_vaddr;
    for (size_t i = 0; i < count; i++)
        if (parts[i].p_type == PT_NOTE)
            find_build_id((const char *)(moved + parts[i].p_vaddr), parts[i].p_memsz, out); /* NOLINT */
}

/* ---- where it is kept ---- */

typedef struct proof_folder {
    char above[PATH_MAX]; /* made too where it is missing; empty: it is there, or nothing is kept */
    char path[PATH_MAX];
    build_id build;
} proof_folder;

/* False where that is no absolute path, as "off" is none, or too long a one. */
static bool join(char out[PATH_MAX], const char *folder, const char *name) {
    if (!folder || folder[0] != '/')
        return false;
    int size = snprintf(out, PATH_MAX, "%s%s", folder, name);
    return size > 0 && size < PATH_MAX;
}

static bool choose_folder(proof_folder *out) {
    const char *named = getenv("PROVISO_CACHE");
    const char *caches = getenv("XDG_CACHE_HOME");
    if (named && named[0] != '\0')
        return join(out->path, named, "");
    if (caches && caches[0] == '/')
        return join(out->path, caches, "/proviso");
    return join(out->above, getenv("HOME"), "/.cache") && join(out->path, out->above, "/proviso");
}

/* Whether it is ours, of that kind, and nobody else can write to it. */
static bool is_own(int descriptor, mode_t kind) {
    struct stat status;
    return fstat(descriptor, &status) == 0 && (status.st_mode & S_IFMT) == kind && status.st_uid == geteuid() &&
           (status.st_mode & (S_IWGRP | S_IWOTH)) == 0;
}

/* What is missing in another's folder is not made there. */
static bool make_in_own(const char *folder) {
    char above[PATH_MAX];
    struct stat status;
    int size = snprintf(above, sizeof above, "%s", folder);
    const char *name = strrchr(above, '/');
    if (size >= PATH_MAX || !name || name == above)
        return false;
    above[name - above] = '\0';
    return stat(above, &status) == 0 && status.st_uid == geteuid() && mkdir(folder, S_IRWXU) == 0;
}

static int open_if_own(const char *path) {
    int folder = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (folder < 0 || is_own(folder, S_IFDIR))
        return folder;
    close(folder);
    return -1;
}

static int open_or_make(const proof_folder *kept) {
    int folder = open_if_own(kept->path);
    if (folder >= 0)
        return folder;
    if (kept->above[0] != '\0')
        (void)make_in_own(kept->above);
    return make_in_own(kept->path) ? open_if_own(kept->path) : -1;
}

/* ---- what is kept ---- */

/* One file for each key there is room for: 256 of them, whatever is kept takes the place of what was there. */
typedef struct kept_proof {
    char name[16];
    char fresh[48]; /* what it is called while it is written */
    char text[128];
    size_t size;
} kept_proof;

static kept_proof proof_of(const proof_folder *kept, const char *key) {
    kept_proof proof;
    char hash[65];
    const pv_str parts[] = {PV_STR("proviso " PV_VERSION " "), pv_str_from(kept->build.text), pv_str_from(key)};
    pv_hash_sha256(parts, sizeof parts / sizeof *parts, hash);
    snprintf(proof.name, sizeof proof.name, "pack-%.2s", hash);
    snprintf(proof.fresh, sizeof proof.fresh, "%s.%ld.new", proof.name, (long)getpid());
    proof.size = (size_t)snprintf(proof.text, sizeof proof.text, "nothing was found in the pack %s\n", hash);
    return proof;
}

static bool says(int file, const kept_proof *proof) {
    char text[sizeof proof->text];
    return is_own(file, S_IFREG) && read(file, text, sizeof text) == (ssize_t)proof->size &&
           memcmp(text, proof->text, proof->size) == 0;
}

static bool has(void *payload, const char key[65]) {
    const proof_folder *kept = payload;
    const kept_proof proof = proof_of(kept, key);
    int folder = open_if_own(kept->path);
    if (folder < 0)
        return false;
    int file = openat(folder, proof.name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    bool found = file >= 0 && says(file, &proof);
    if (file >= 0)
        close(file);
    close(folder);
    return found;
}

/* Whole or not at all, however many do it at once. */
static void keep(void *payload, const char key[65]) {
    const proof_folder *kept = payload;
    const kept_proof proof = proof_of(kept, key);
    int folder = open_or_make(kept);
    if (folder < 0)
        return;
    int file = openat(folder, proof.fresh, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (file >= 0) {
        bool written = write(file, proof.text, proof.size) == (ssize_t)proof.size;
        written = close(file) == 0 && written;
        if (!written || renameat(folder, proof.fresh, folder, proof.name) != 0)
            unlinkat(folder, proof.fresh, 0);
    }
    close(folder);
}

const pv_proofs *pv_posix_proofs(void) {
    static proof_folder kept;
    static pv_proofs proofs;
    if (!proofs.payload) {
        proofs = (pv_proofs){.payload = &kept, .has = has, .keep = keep};
        if (choose_folder(&kept))
            read_program(&kept.build);
    }
    return kept.build.text[0] != '\0' ? &proofs : NULL;
}
