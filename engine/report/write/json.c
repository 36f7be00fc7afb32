#include "report/write/json.h"

#include <assert.h>
#include <string.h>

#include "base/bytes.h"
#include "base/utf8.h"
#include "report/write/layout.h"

pv_json pv_json_on(pv_buf *out) {
    return (pv_json){.out = out};
}

/* What stands between the last thing written and the next one of this container. */
static void separate(pv_json *json) {
    if (json->depth > 0) {
        bool *has_member = &json->has_member[json->depth - 1];
        if (*has_member)
            pv_buf_append_char(json->out, ',');
        *has_member = true;
    }
    if (json->line_due)
        pv_buf_append_char(json->out, '\n');
    json->line_due = false;
}

/* Asked by assertions only, so a release build has no use for it. */
__attribute__((unused)) static bool in_object(const pv_json *json) {
    return json->depth > 0 && json->in_object[json->depth - 1];
}

static void value_begin(pv_json *json) {
    assert(!in_object(json) || json->after_key);
    if (!json->after_key)
        separate(json);
    json->after_key = false;
}

static void container_begin(pv_json *json, char bracket, bool object) {
    value_begin(json);
    assert(json->depth < PV_JSON_MAX_DEPTH);
    json->in_object[json->depth] = object;
    json->has_member[json->depth] = false;
    json->depth++;
    pv_buf_append_char(json->out, bracket);
}

static void container_end(pv_json *json, char bracket) {
    assert(json->depth > 0 && !json->after_key);
    json->depth--;
    if (json->line_due)
        pv_buf_append_char(json->out, '\n');
    json->line_due = false;
    pv_buf_append_char(json->out, bracket);
}

void pv_json_object_begin(pv_json *json) {
    container_begin(json, '{', true);
}

void pv_json_object_end(pv_json *json) {
    assert(in_object(json));
    container_end(json, '}');
}

void pv_json_array_begin(pv_json *json) {
    container_begin(json, '[', false);
}

void pv_json_array_end(pv_json *json) {
    assert(!in_object(json));
    container_end(json, ']');
}

/* Control characters a terminal obeys (C0, DEL, C1), what turns the direction of a line around in an editor, and the
 * separators that end one in JavaScript. */
static bool must_escape(uint32_t code_point) {
    bool control = code_point < 0x20 || (code_point >= 0x7F && code_point < 0xA0);
    bool direction = code_point == 0x61C || code_point == 0x200E || code_point == 0x200F ||
                     (code_point >= 0x202A && code_point <= 0x202E) || (code_point >= 0x2066 && code_point <= 0x2069);
    return control || direction || code_point == 0x2028 || code_point == 0x2029;
}

static char *put_escape(char *to, uint32_t code_point) {
    static const char short_forms[] = "\"\"\\\\\bb\ff\nn\rr\tt";
    static const char digits[] = "0123456789abcdef";
    *to++ = '\\';
    for (const char *form = short_forms; *form; form += 2) {
        if (code_point == (uint32_t)*form) {
            *to++ = form[1];
            return to;
        }
    }
    *to++ = 'u';
    for (unsigned shift = 16; shift > 0; shift -= 4)
        *to++ = digits[code_point >> (shift - 4) & 15];
    return to;
}

/* The character at offset, which is not plain, in at most 6 bytes; *offset: behind it. */
static char *put_special(char *to, pv_str text, size_t *offset) {
    size_t length;
    uint32_t code_point = pv_utf8_decode(text, *offset, &length);
    pv_str source = pv_str_slice(text, *offset, *offset + length);
    *offset += length;
    if (code_point == '"' || code_point == '\\' || must_escape(code_point))
        return put_escape(to, code_point);
    if (code_point == 0xFFFD && length == 1)
        source = PV_STR("\xEF\xBF\xBD");
    return pv_json_put(to, source);
}

static pv_block plain_in(pv_block block) {
    return pv_block_within(block, ' ', '~') & ~(pv_block_equal(block, '"') | pv_block_equal(block, '\\'));
}

/* Copies what is plain of text from offset on to `to`, where there is room for a block more; its end. */
static size_t copy_plain(char *to, pv_str text, size_t offset) {
    const char *from = text.data + offset;
    size_t rest = text.size - offset;
    for (; rest >= PV_BLOCK_BYTES; from += PV_BLOCK_BYTES, to += PV_BLOCK_BYTES, rest -= PV_BLOCK_BYTES) {
        const pv_block block = pv_block_load(from);
        memcpy(to, &block, sizeof block);
        const uint32_t others = pv_block_bits(~plain_in(block));
        if (others)
            return text.size - rest + (size_t)__builtin_ctz(others);
    }
    for (; rest >= PV_BYTES_WORD; from += PV_BYTES_WORD, to += PV_BYTES_WORD, rest -= PV_BYTES_WORD) {
        memcpy(to, from, PV_BYTES_WORD);
        const uint64_t others = pv_bytes_not_plain(pv_bytes_load(from), '"', '\\');
        if (others)
            return text.size - rest + pv_bytes_first(others);
    }
    for (; rest > 0 && *from >= ' ' && *from <= '~' && *from != '"' && *from != '\\'; rest--)
        *to++ = *from++;
    return text.size - rest;
}

/* The characters of text that begin at *from or behind it and before end: *from is then behind them. */
static char *put_part(char *to, pv_str text, size_t *from, size_t end) {
    const pv_str until = {text.data, end};
    size_t at = *from;
    while (at < end) {
        const size_t plain = copy_plain(to, until, at);
        to += plain - at;
        at = plain;
        if (at >= end)
            break;
        if (text.data[at] == '\n') { /* of nearly all that is not plain */
            *to++ = '\\';
            *to++ = 'n';
            at++;
        } else {
            to = put_special(to, text, &at);
        }
    }
    *from = at;
    return to;
}

char *pv_json_quote(char *to, pv_str text) {
    size_t at = 0;
    *to++ = '"';
    to = put_part(to, text, &at, text.size);
    *to++ = '"';
    return to;
}

/* Piece by piece, each with room for the worst. */
static void write_quoted(pv_buf *out, pv_str text) {
    enum { PIECE = 1024 };
    pv_buf_append_char(out, '"');
    for (size_t at = 0; at < text.size;) {
        const size_t end = text.size - at < PIECE ? text.size : at + PIECE;
        if (!pv_buf_reserve(out, PV_JSON_QUOTED(end - at)))
            return;
        out->size = (size_t)(put_part(out->data + out->size, text, &at, end) - out->data);
    }
    pv_buf_append_char(out, '"');
}

void pv_json_key_str(pv_json *json, pv_str key) {
    assert(in_object(json) && !json->after_key);
    separate(json);
    write_quoted(json->out, key);
    pv_buf_append_char(json->out, ':');
    json->after_key = true;
}

void pv_json_plain_key(pv_json *json, pv_str key) {
    assert(in_object(json) && !json->after_key && pv_utf8_plain_end(key, 0, '"', '\\') == key.size);
    separate(json);
    json->after_key = true;
    pv_buf *out = json->out;
    if (!pv_buf_reserve(out, key.size + 3))
        return;
    char *at = out->data + out->size;
    *at++ = '"';
    memcpy(at, key.data, key.size);
    at += key.size;
    memcpy(at, "\":", 3);
    out->size += key.size + 3;
}

void pv_json_string(pv_json *json, pv_str value) {
    value_begin(json);
    write_quoted(json->out, value);
}

void pv_json_prose(pv_json *json, pv_str value) {
    pv_buf visible = pv_buf_on(json->out->memory);
    pv_layout_visible(&visible, value);
    pv_json_string(json, pv_buf_str(&visible));
    json->out->failed |= visible.failed;
    pv_buf_clear(&visible);
}

void pv_json_prose_member(pv_json *json, const char *key, pv_str value) {
    pv_json_key(json, key);
    pv_json_prose(json, value);
}

void pv_json_unsigned(pv_json *json, uint64_t value) {
    value_begin(json);
    pv_buf_append_unsigned(json->out, value);
}

void pv_json_bool(pv_json *json, bool value) {
    value_begin(json);
    pv_buf_append(json->out, value ? PV_STR("true") : PV_STR("false"));
}

void pv_json_null(pv_json *json) {
    value_begin(json);
    pv_buf_append(json->out, PV_STR("null"));
}

void pv_json_optional_member(pv_json *json, const char *key, pv_str value) {
    pv_json_key(json, key);
    if (value.size)
        pv_json_string(json, value);
    else
        pv_json_null(json);
}

void pv_json_raw(pv_json *json, pv_str fragment) {
    if (!json->after_key)
        separate(json);
    json->after_key = false;
    pv_buf_append(json->out, fragment);
}

char *pv_json_room(pv_json *json, size_t most) {
    if (!json->after_key)
        separate(json);
    json->after_key = false;
    return pv_buf_reserve(json->out, most) ? json->out->data + json->out->size : NULL;
}

void pv_json_room_end(pv_json *json, const char *end) {
    json->out->size = (size_t)(end - json->out->data);
    json->out->data[json->out->size] = '\0';
}

void pv_json_line_break(pv_json *json) {
    json->line_due = true;
}

void pv_json_file(pv_json *json, pv_str path, const char *sha256) {
    pv_json_object_begin(json);
    pv_json_member(json, "path", path);
    pv_json_optional_member(json, "sha256", pv_str_from(sha256));
    pv_json_object_end(json);
}
