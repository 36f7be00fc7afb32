/* yaml_read own|libyaml: reads every file named on standard input into a tree with all places, as proviso does, and
 * does nothing with it; what the reader of our own declines libyaml reads. Held against yaml_events. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "load/yaml_reader_p.h"

static char *read_file(const char *path, size_t *size) {
    FILE *file = fopen(path, "rb");
    if (!file)
        return NULL;
    size_t capacity = (size_t)1 << 20;
    char *bytes = malloc(capacity);
    *size = bytes ? fread(bytes, 1, capacity, file) : 0;
    fclose(file);
    return bytes;
}

int main(int argc, char **argv) {
    char path[4096];
    bool own = argc > 1 && strcmp(argv[1], "own") == 0;
    pv_memory memory = pv_memory_with_limit(SIZE_MAX);
    pv_arena *arena = pv_arena_new(&memory);
    pv_limits limits = pv_limits_default();
    size_t read = 0;
    size_t declined = 0;
    if (!arena)
        return 2;
    while (fgets(path, sizeof path, stdin)) {
        path[strcspn(path, "\n")] = '\0';
        size_t size;
        pv_error error = {0};
        pv_source *source;
        pv_document *document = NULL;
        char *bytes = read_file(path, &size);
        if (!bytes)
            return 2;
        if (pv_source_new(&source, arena, pv_str_from(path), (pv_str){bytes, size}, &limits, &error)) {
            if (own && !pv_yaml_read(&document, arena, source, &limits, &error))
                return 2;
            declined += own && !document;
            read += document || pv_yaml_load_events(&document, arena, source, &limits, &error);
        }
        pv_arena_clear(arena);
        free(bytes);
    }
    pv_arena_free(arena);
    printf("%zu read, %zu of them declined\n", read, declined);
    return 0;
}
