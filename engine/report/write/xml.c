#include "report/write/xml.h"

#include "base/utf8.h"

static bool is_allowed(uint32_t code_point) {
    if (code_point < 0x20)
        return code_point == '\t' || code_point == '\n' || code_point == '\r';
    return code_point != 0xFFFE && code_point != 0xFFFF;
}

static const char *entity_of(uint32_t code_point, bool in_attribute) {
    switch (code_point) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return in_attribute ? "&quot;" : NULL;
    case '\n':
        return in_attribute ? "&#10;" : NULL;
    case '\t':
        return in_attribute ? "&#9;" : NULL;
    case '\r':
        return "&#13;";
    default:
        return is_allowed(code_point) ? NULL : "\xEF\xBF\xBD";
    }
}

static void write_escaped(pv_buf *out, pv_str text, bool in_attribute) {
    size_t size;
    for (size_t at = 0; at < text.size; at += size) {
        uint32_t code_point = pv_utf8_decode(text, at, &size);
        const char *entity = entity_of(code_point, in_attribute);
        char bytes[4];
        if (entity)
            pv_buf_append_text(out, entity);
        else
            pv_buf_append(out, (pv_str){bytes, pv_utf8_encode(code_point, bytes)});
    }
}

void pv_xml_text(pv_buf *out, pv_str text) {
    write_escaped(out, text, false);
}

void pv_xml_attribute(pv_buf *out, const char *name, pv_str value) {
    pv_buf_format(out, " %s=\"", name);
    write_escaped(out, value, true);
    pv_buf_append_char(out, '"');
}

void pv_xml_number(pv_buf *out, const char *name, size_t value) {
    pv_buf_format(out, " %s=\"%zu\"", name, value);
}
