/* which_reader: of every file named on standard input, which reader reads it: a line "own PATH", "libyaml PATH" or,
 * where none does, "none PATH". Where both read it and the documents differ, "differ PATH", in what and where: status
 * 1. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "load/yaml_reader_p.h"
#include "same_document.h"

static bool same = true;

static char *read_file(const char *path, size_t *size) {
    FILE *file = fopen(path, "rb");
    char *bytes = NULL;
    if (!file || fseek(file, 0, SEEK_END) != 0) {
        fprintf(stderr, "cannot read %s\n", path);
        exit(2);
    }
    *size = (size_t)ftell(file);
    rewind(file);
    bytes = malloc(*size + 1);
    if (!bytes || fread(bytes, 1, *size, file) != *size)
        exit(2);
    fclose(file);
    return bytes;
}

static void judge(const char *path, pv_arena *arena, pv_str bytes) {
    pv_limits limits = pv_limits_default();
    pv_error error = {0};
    pv_source *source;
    pv_document *own = NULL;
    pv_document *expected = NULL;
    size_t at = 0;
    if (pv_source_new(&source, arena, pv_str_from(path), bytes, &limits, &error)) {
        if (!pv_yaml_read(&own, arena, source, &limits, &error))
            exit(2);
        if (!pv_yaml_load_events(&expected, arena, source, &limits, &error))
            expected = NULL;
    }
    const char *difference = own && !expected ? "libyaml refuses it" : NULL;
    if (own && expected)
        difference = document_difference(own, expected, &at);
    if (difference) {
        same = false;
        printf("differ %s at byte %zu: %s\n", path, at, difference);
        return;
    }
    printf("%s %s\n", own ? "own" : expected ? "libyaml" : "none", path);
}

int main(void) {
    char path[4096];
    while (fgets(path, sizeof path, stdin)) {
        pv_memory memory = pv_memory_with_limit(SIZE_MAX);
        pv_arena *arena = pv_arena_new(&memory);
        size_t size;
        path[strcspn(path, "\n")] = '\0';
        char *bytes = read_file(path, &size);
        if (!arena)
            return 2;
        judge(path, arena, (pv_str){bytes, size});
        pv_arena_free(arena);
        free(bytes);
    }
    return same ? 0 : 1;
}
