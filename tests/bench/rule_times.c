/* rule_times PACK_FOLDER FILE…: how long each rule of a pack takes on these submissions, in microseconds per
 * submission. Every file is read once per rule; what is shared by all rules (reading, opening the session) is timed
 * apart, as the check with no rule selected. */
#define _POSIX_C_SOURCE 200809L
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "library/library.h"

#define LARGEST_FILE ((size_t)4 << 20)

static pv_str read_whole(const char *path) {
    FILE *file = fopen(path, "rb");
    char *bytes = file ? malloc(LARGEST_FILE) : NULL;
    size_t size = bytes ? fread(bytes, 1, LARGEST_FILE, file) : 0;
    if (file)
        fclose(file);
    return (pv_str){bytes, size};
}

static bool read_pack_file(void *payload, pv_arena *arena, pv_str name, pv_str *path, pv_str *bytes, pv_error *error) {
    *path = pv_arena_format(arena, "%s/%.*s", (const char *)payload, PV_STR_ARG(name));
    if (!path->data)
        return pv_fail_memory(error);
    pv_str content = read_whole(path->data);
    if (!content.data)
        return pv_fail(error, PV_ERROR_IO, "cannot be read");
    *bytes = pv_arena_copy(arena, content);
    free((void *)(uintptr_t)content.data);
    return bytes->data ? true : pv_fail_memory(error);
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e6 + (double)time.tv_nsec / 1e3;
}

typedef struct corpus {
    pv_str *files;
    size_t count;
} corpus;

/* Microseconds per submission to judge by the rules that pattern selects; reading is not timed. */
static double judge_corpus(pv_checked *checked, const pv_pack *pack, const corpus *all, pv_str pattern) {
    pv_run_options options = {.mode = PV_MODE_SUBMISSION, .rule_pattern = pattern};
    pv_fault fault;
    double spent = 0;
    for (size_t i = 0; i < all->count; i++) {
        if (!pv_read_document(checked, PV_STR("corpus"), all->files[i], &fault) ||
            !pv_read_submission(checked, pack, &fault)) {
            fprintf(stderr, "%.*s\n", PV_STR_ARG(fault.message));
            exit(2);
        }
        double start = now();
        if (!pv_judge(checked, pack, &options, &fault))
            exit(2);
        spent += now() - start;
    }
    return spent / (double)all->count;
}

int main(int argc, char **argv) {
    pv_library *library;
    const pv_pack *pack;
    pv_checked checked;
    pv_fault fault = {0};
    pv_error error = {0};
    corpus all = {calloc((size_t)argc, sizeof(pv_str)), 0};
    if (argc < 3 || !all.files || !pv_library_new(&library, NULL, PV_STR(""), &error) ||
        !pv_library_open_pack(library, read_pack_file, argv[1], NULL, NULL, &pack, &fault) ||
        !pv_checked_new(&checked, library, &error)) {
        fprintf(stderr, "rule_times: %.*s%s\n", PV_STR_ARG(fault.message), error.message);
        return 2;
    }
    for (int i = 2; i < argc; i++)
        all.files[all.count++] = read_whole(argv[i]);
    double shared = judge_corpus(&checked, pack, &all, PV_STR("no rule is called this"));
    printf("%-40s %8.1f µs\n", "opening a session, no rule", shared);
    for (size_t i = 0; i < pack->ruleset->rule_count; i++) {
        pv_str id = pack->ruleset->rules[i].id;
        printf("%-40.*s %8.1f µs\n", PV_STR_ARG(id), judge_corpus(&checked, pack, &all, id) - shared);
    }
    printf("%-40s %8.1f µs\n", "all rules, session included", judge_corpus(&checked, pack, &all, PV_STR("")));
    for (size_t i = 0; i < all.count; i++)
        free((void *)(uintptr_t)all.files[i].data);
    free(all.files);
    pv_checked_clear(&checked);
    pv_library_free(library);
    return 0;
}
