#include "report/verdicts/json_place.h"

#define START_BYTES ((size_t)120)
/* A file beside a submission may be long and have many verdicts about all of it: its words are not repeated for each. */
#define MOST_BYTES_OF_FILE ((size_t)4096)

/* At most START_BYTES of text, never half a character. */
static pv_str start_of(pv_str text) {
    if (text.size <= START_BYTES)
        return text;
    size_t end = START_BYTES;
    while (end > 0 && ((unsigned char)text.data[end] & 0xC0) == 0x80)
        end--;
    return pv_str_slice(text, 0, end);
}

static void write_position(pv_json *json, const char *line_key, const char *column_key, pv_position position) {
    pv_json_key(json, line_key);
    pv_json_unsigned(json, position.line);
    pv_json_key(json, column_key);
    pv_json_unsigned(json, position.column);
}

void pv_json_place_members(pv_json *json, const pv_source *source, const pv_place *place, pv_place_words words) {
    pv_json_key(json, "path");
    pv_json_string(json, pv_source_path_at(source, place->span.start));
    write_position(json, "line", "column", pv_source_locate(source, place->span.start));
    write_position(json, "end_line", "end_column", pv_source_locate(source, place->span.end));
    if (words != PV_PLACE_WORDS_NONE) {
        pv_str text = pv_source_slice(source, place->span);
        bool all = words == PV_PLACE_WORDS_ALL &&
                   (text.size <= MOST_BYTES_OF_FILE || pv_source_part(source, place->span.start)->base == 0);
        pv_json_key(json, "text");
        pv_json_string(json, all ? text : start_of(text));
    }
    pv_json_key(json, "expected_here");
    pv_json_bool(json, place->expected_here);
}
