/* Replays inputs through a fuzz target without a fuzzer: each argument is a file, or a folder of files. What was
 * found once stays tested in every build. It fails where an argument holds no input, and where no input gets to the
 * end of the target. */
#define _POSIX_C_SOURCE 200809L
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz_input.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* The bytes of a file in a block of exactly their size, so that the sanitizers see a byte read past the end; yours
 * to free. NULL when it cannot be read. */
static uint8_t *read_file(const char *path, size_t *size) {
    FILE *file = fopen(path, "rb");
    if (!file)
        return NULL;
    uint8_t *bytes = NULL;
    long length = fseek(file, 0, SEEK_END) == 0 ? ftell(file) : -1;
    *size = length > 0 ? (size_t)length : 0;
    if (length >= 0 && fseek(file, 0, SEEK_SET) == 0)
        bytes = malloc(*size > 0 ? *size : 1);
    if (bytes && fread(bytes, 1, *size, file) != *size) {
        free(bytes);
        bytes = NULL;
    }
    fclose(file);
    return bytes;
}

static int replay_file(const char *path) {
    size_t size;
    uint8_t *bytes = read_file(path, &size);
    if (!bytes) {
        fprintf(stderr, "cannot read %s\n", path);
        return -1;
    }
    fprintf(stderr, "%s\n", path);
    LLVMFuzzerTestOneInput(bytes, size);
    free(bytes);
    return 1;
}

/* How many files were replayed, or -1. */
static int replay_folder(const char *folder, DIR *entries) {
    int count = 0;
    for (struct dirent *entry; count >= 0 && (entry = readdir(entries));) {
        char path[4096];
        if (entry->d_name[0] == '.')
            continue;
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        count = replay_file(path) > 0 ? count + 1 : -1;
    }
    return count;
}

static int replay(const char *path) {
    DIR *entries = opendir(path);
    if (!entries)
        return replay_file(path);
    int count = replay_folder(path, entries);
    closedir(entries);
    return count;
}

int main(int argc, char **argv) {
    int total = 0;
    for (int i = 1; i < argc; i++) {
        int count = replay(argv[i]);
        if (count < 0)
            return 1;
        if (count == 0) {
            fprintf(stderr, "%s: holds no input to replay\n", argv[i]);
            return 1;
        }
        total += count;
    }
    fprintf(stderr, "%d inputs replayed, which got to the end of the target %zu times\n", total, fuzz_arrivals());
    if (fuzz_arrivals() == 0)
        fprintf(stderr, "no input got to the end of the target: nothing was checked but refusals\n");
    return fuzz_arrivals() > 0 ? 0 : 1;
}
