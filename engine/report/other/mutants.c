#include "report/other/mutants.h"

#include "report/verdicts/excerpt.h"
#include "report/write/layout.h"

#define LABEL_COLUMNS ((size_t)5)
#define MAX_LINES ((size_t)4)

/* The line with the change made; of a change over several lines, the first. */
static void write_changed_line(pv_buf *out, pv_str line, size_t start, const pv_mutation *mutation) {
    size_t size = mutation->span.end - mutation->span.start;
    size_t end = start + size < line.size ? start + size : line.size;
    pv_buf_append(out, pv_str_slice(line, 0, start));
    pv_buf_append(out, mutation->replacement);
    pv_buf_append(out, pv_str_slice(line, end, line.size));
}

void pv_mutant_unnoticed(pv_buf *out, const pv_report_style *style, const pv_source *source,
                         const pv_mutation *mutation) {
    pv_position at = pv_source_locate(source, mutation->span.start);
    pv_str line = pv_source_line(source, at.line);
    pv_buf changed = pv_buf_on(out->memory);
    write_changed_line(&changed, line, mutation->span.start - pv_source_line_start(source, at.line), mutation);
    pv_layout_inked(out, style, PV_INK_WARNING, PV_STR("not noticed"));
    pv_buf_append_char(out, '\n');
    pv_place_write(out, style, source->path, at);
    pv_layout_labelled(out, style, "was", LABEL_COLUMNS, pv_str_trim(line), MAX_LINES);
    pv_layout_labelled(out, style, "now", LABEL_COLUMNS, pv_str_trim(pv_buf_str(&changed)), MAX_LINES);
    out->failed = out->failed || changed.failed;
    pv_buf_clear(&changed);
}

void pv_mutants_summary(pv_buf *out, const pv_report_style *style, size_t noticed, size_t all) {
    pv_error never = {0};
    pv_layout_inked(out, style, noticed == all ? PV_INK_GOOD : PV_INK_WARNING, PV_STR("NOTICED"));
    pv_buf_format(out, "  %zu of ", noticed);
    pv_layout_count(out, all, "change");
    if (all > 0) {
        pv_buf_append_text(out, " = ");
        if (pv_decimal_format_share(pv_decimal_from_integer((int64_t)noticed), pv_decimal_from_integer((int64_t)all),
                                    out, &never))
            pv_buf_append_char(out, '%');
    }
    pv_buf_append_char(out, '\n');
}
