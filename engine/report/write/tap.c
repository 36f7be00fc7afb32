#include "report/write/tap.h"

#include "report/write/json.h"
#include "report/write/layout.h"

void pv_tap_description(pv_buf *out, pv_str text) {
    for (size_t at = 0; at < text.size;) {
        pv_glyph glyph = pv_layout_glyph(text, at);
        if (text.data[at] == '#' || text.data[at] == '\\')
            pv_buf_append_char(out, '\\');
        pv_buf_append(out, (pv_str){glyph.bytes, glyph.size});
        at += glyph.source_size;
    }
}

/* A double-quoted YAML scalar: a JSON string is one. */
void pv_tap_member(pv_buf *out, const char *key, pv_str value) {
    pv_json json = pv_json_on(out);
    pv_buf_format(out, "%s: ", key);
    pv_json_string(&json, value);
    pv_buf_append_char(out, '\n');
}
