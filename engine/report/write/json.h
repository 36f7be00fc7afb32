/* Invariant: the writer only emits well-formed JSON (UTF-8; control and line-separator characters escaped, bytes
 * that are not UTF-8 replaced by U+FFFD): a value where one is due, members only inside an object; a misuse is an
 * assertion, never bad output. */
#ifndef PV_REPORT_JSON_H
#define PV_REPORT_JSON_H

#include <string.h>

#include "base/buf.h"

#define PV_JSON_MAX_DEPTH 32

typedef struct pv_json {
    pv_buf *out;
    unsigned depth;
    bool in_object[PV_JSON_MAX_DEPTH];
    bool has_member[PV_JSON_MAX_DEPTH];
    bool after_key;
    bool line_due;
} pv_json;

pv_json pv_json_on(pv_buf *out);
void pv_json_object_begin(pv_json *json);
void pv_json_object_end(pv_json *json);
void pv_json_array_begin(pv_json *json);
void pv_json_array_end(pv_json *json);
/* A key of which nothing must be escaped: one that a report has a name for. */
void pv_json_plain_key(pv_json *json, pv_str key);
static inline void pv_json_key(pv_json *json, const char *key) {
    pv_json_plain_key(json, (pv_str){key, strlen(key)});
}
/* Any key. */
void pv_json_key_str(pv_json *json, pv_str key);
void pv_json_string(pv_json *json, pv_str value);
/* A string for people to read, made from value: what would act on the text around it is shown by its code. */
void pv_json_prose(pv_json *json, pv_str value);
void pv_json_unsigned(pv_json *json, uint64_t value);
void pv_json_bool(pv_json *json, bool value);
void pv_json_null(pv_json *json);
/* A key with its string; and with one for people. */
static inline void pv_json_member(pv_json *json, const char *key, pv_str value) {
    pv_json_key(json, key);
    pv_json_string(json, value);
}
void pv_json_prose_member(pv_json *json, const char *key, pv_str value);
/* A key with its string, or with null where there is none (size 0). */
void pv_json_optional_member(pv_json *json, const char *key, pv_str value);
/* A file, as an object: path and sha256, which is null where it is empty. */
void pv_json_file(pv_json *json, pv_str path, const char *sha256);
/* Text that is JSON already (made earlier by this writer): a value where one is due, or several, separated by
 * commas, in an array; in an object where a key is due, one or more whole members. */
void pv_json_raw(pv_json *json, pv_str fragment);
/* The same of what is put together in place: room for `most` bytes, NULL when it is refused; then, where what was put
 * there ends. */
char *pv_json_room(pv_json *json, size_t most);
void pv_json_room_end(pv_json *json, const char *end);
/* The most bytes of a text of this size in quotes, and what the next needs beyond its end. */
#define PV_JSON_QUOTED(size) (6 * (size_t)(size) + 2 + 16)
/* Writes text in quotes to where there is room for PV_JSON_QUOTED; gives their end. */
char *pv_json_quote(char *to, pv_str text);
/* Puts a text as it is; gives its end. */
static inline char *pv_json_put(char *to, pv_str text) {
    if (text.size > 0)
        memcpy(to, text.data, text.size);
    return to + text.size;
}
/* The next key, value or end stands on a line of its own. White space for people and line tools; it changes no
 * meaning. */
void pv_json_line_break(pv_json *json);

#endif
