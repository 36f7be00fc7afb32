#include "report/other/meta_type.h"

void pv_meta_name(pv_buf *out, pv_str name) {
    for (size_t i = 0; i < name.size; i++)
        pv_buf_append_char(out, name.data[i] == ' ' ? '_' : name.data[i]);
}

static void write_function_of(pv_buf *out, pv_str argument, pv_str element) {
    pv_buf_append_text(out, "fun(it: ");
    pv_meta_type(out, argument, element);
    pv_buf_append_text(out, "): any");
}

/* One type, without a "?". */
static void write_one(pv_buf *out, pv_str type, pv_str element) {
    const pv_str function_of = PV_STR("function of ");
    const pv_str list_of_element = PV_STR("list of element");
    if (type.size == 0 || pv_str_starts_with(type, PV_STR("any ")) || pv_str_equal(type, PV_STR("place")))
        pv_buf_append_text(out, "any");
    else if (pv_str_equal(type, PV_STR("element")))
        pv_meta_name(out, element);
    else if (pv_str_equal(type, list_of_element) && pv_str_equal(element, PV_STR("any")))
        pv_buf_append_text(out, "list");
    else if (pv_str_equal(type, list_of_element)) {
        pv_buf_append_text(out, "list_of_");
        pv_meta_name(out, element);
    } else if (pv_str_equal(type, PV_STR("number")))
        pv_buf_append_text(out, "numeric");
    else if (pv_str_starts_with(type, function_of))
        write_function_of(out, pv_str_slice(type, function_of.size, type.size), element);
    else
        pv_meta_name(out, type);
}

/* Of a type in quotes, a fun(…) or the like, which stands as it is. */
static bool is_of_lua(pv_str written) {
    return pv_str_starts_with(written, PV_STR("fun(")) || pv_str_starts_with(written, PV_STR("\"")) ||
           pv_str_starts_with(written, PV_STR("table<")) || pv_str_ends_with(written, PV_STR("[]"));
}

/* Where the first part of written ends, at " | " or ", ". */
static size_t end_of_part(pv_str written, size_t from) {
    size_t bar = pv_str_find(written, PV_STR(" | "), from);
    size_t comma = pv_str_find(written, PV_STR(", "), from);
    size_t end = bar < comma ? bar : comma;
    return end == SIZE_MAX ? written.size : end;
}

void pv_meta_type(pv_buf *out, pv_str written, pv_str element) {
    if (is_of_lua(written)) {
        pv_buf_append(out, written);
        return;
    }
    size_t start = 0;
    do {
        size_t end = end_of_part(written, start);
        pv_str part = pv_str_slice(written, start, end);
        bool optional = pv_str_ends_with(part, PV_STR("?"));
        part.size -= optional;
        write_one(out, part, element);
        pv_buf_append_text(out, optional ? "?" : "");
        size_t next = end + (pv_str_starts_with(pv_str_slice(written, end, written.size), PV_STR(",")) ? 2 : 3);
        if (end < written.size)
            pv_buf_append(out, pv_str_slice(written, end, next));
        start = next;
    } while (start < written.size);
}
