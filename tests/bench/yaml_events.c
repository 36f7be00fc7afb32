/* The floor: reads every file named on standard input and lets libyaml make its events, doing nothing with them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

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

static size_t count_events(const char *bytes, size_t size) {
    yaml_parser_t parser;
    size_t count = 0;
    if (!yaml_parser_initialize(&parser))
        return 0;
    yaml_parser_set_input_string(&parser, (const unsigned char *)bytes, size);
    for (;;) {
        yaml_event_t event;
        if (!yaml_parser_parse(&parser, &event))
            break;
        yaml_event_type_t type = event.type;
        yaml_event_delete(&event);
        count++;
        if (type == YAML_STREAM_END_EVENT)
            break;
    }
    yaml_parser_delete(&parser);
    return count;
}

int main(void) {
    char path[4096];
    size_t events = 0;
    while (fgets(path, sizeof path, stdin)) {
        path[strcspn(path, "\n")] = '\0';
        size_t size;
        char *bytes = read_file(path, &size);
        if (!bytes)
            return 2;
        events += count_events(bytes, size);
        free(bytes);
    }
    printf("%zu events\n", events);
    return 0;
}
