#include "lua/authoring/example_text_p.h"

#include "base/utf8.h"

/* Bytes of a text that are quoted. */
#define LONGEST_EXCERPT ((size_t)60)
#define LONGEST_LIST ((size_t)4)

void pv_example_write_excerpt(pv_buf *out, pv_str text) {
    bool cut = text.size > LONGEST_EXCERPT;
    pv_str shown = cut ? pv_str_slice(text, 0, pv_utf8_previous(text, LONGEST_EXCERPT + 1)) : text;
    pv_buf_format(out, "\"%.*s%s\"", PV_STR_ARG(shown), cut ? "…" : "");
}

/* Between parts: "; " once there is one. */
static void begin_part(pv_buf *out, size_t start) {
    if (out->size > start)
        pv_buf_append_text(out, "; ");
}

static void write_entry(pv_buf *out, const pv_example_entry *entry) {
    pv_buf_append(out, entry->name);
    pv_buf_append_char(out, ' ');
    if (!entry->elements) {
        pv_example_write_excerpt(out, entry->text);
        return;
    }
    for (size_t i = 0; i < entry->element_count; i++) {
        pv_buf_append_text(out, i > 0 ? ", " : "");
        pv_example_write_excerpt(out, entry->elements[i]);
    }
}

static void write_entries(pv_buf *out, const pv_example_entries *entries, size_t start) {
    for (size_t i = 0; i < entries->count && i < LONGEST_LIST; i++) {
        begin_part(out, start);
        write_entry(out, &entries->entries[i]);
    }
    if (entries->count > LONGEST_LIST)
        pv_buf_format(out, "; … (%zu in all)", entries->count);
}

static void write_rows(pv_buf *out, const pv_example_records *records) {
    pv_buf_append(out, records->kind);
    for (size_t i = 0; i < records->row_count && i < LONGEST_LIST; i++) {
        const pv_example_entries *row = &records->rows[i];
        pv_buf_append_text(out, i > 0 ? ", (" : " (");
        for (size_t j = 0; j < row->count; j++) {
            pv_buf_append_text(out, j > 0 ? ", " : "");
            write_entry(out, &row->entries[j]);
        }
        pv_buf_append_char(out, ')');
    }
    if (records->row_count > LONGEST_LIST)
        pv_buf_format(out, " … (%zu rows)", records->row_count);
}

static void write_subject(pv_buf *out, const char *kind, pv_str id, size_t start) {
    if (id.size == 0)
        return;
    begin_part(out, start);
    pv_buf_format(out, "%s%.*s", kind, PV_STR_ARG(id));
}

void pv_example_write_given(pv_buf *out, const pv_example *example) {
    size_t start = out->size;
    write_subject(out, "as of ", example->as_of_text, start);
    write_subject(out, "measure ", example->measure, start);
    write_subject(out, "section ", example->section, start);
    write_subject(out, "", example->item, start);
    write_entries(out, &example->pair, start);
    if (example->has_response) {
        pv_buf_append_text(out, out->size > start ? " " : "");
        pv_example_write_excerpt(out, example->response);
    }
    write_entries(out, &example->fields, start);
    write_entries(out, &example->responses, start);
    for (size_t i = 0; i < example->record_count; i++) {
        begin_part(out, start);
        write_rows(out, &example->records[i]);
    }
    if (example->complete) {
        begin_part(out, start);
        pv_buf_append_text(out, "every other prompt answered");
    }
    if (out->size == start)
        pv_buf_append_text(out, "nothing filled in");
}
