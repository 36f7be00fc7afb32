#include "report/write/uri.h"

/* Unreserved characters, and those of the reserved ones that mean nothing within a path. ":" is not among them: in a first
 * segment it would end a scheme. */
static bool is_plain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (c != '\0' && strchr("-._~/!$&'()*+,;=@", c) != NULL);
}

void pv_uri_append(pv_buf *out, pv_str path) {
    static const char digits[] = "0123456789ABCDEF";
    if (path.size > 0 && path.data[0] == '/')
        pv_buf_append_text(out, "file://");
    for (size_t i = 0; i < path.size; i++) {
        unsigned char byte = (unsigned char)path.data[i];
        if (is_plain(path.data[i])) {
            pv_buf_append_char(out, path.data[i]);
            continue;
        }
        pv_buf_append_char(out, '%');
        pv_buf_append_char(out, digits[byte >> 4]);
        pv_buf_append_char(out, digits[byte & 0xF]);
    }
}
