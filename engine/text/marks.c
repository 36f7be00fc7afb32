#include "text/marks.h"

size_t pv_marks_after(const pv_marks *all, size_t offset) {
    return all ? PV_SPANS_AFTER(all->marks, all->count, pv_mark, offset) : 0;
}

const pv_mark *pv_marks_at(const pv_marks *all, size_t offset) {
    size_t count = all ? all->count : 0;
    for (size_t i = pv_marks_after(all, offset); i < count && all->marks[i].at.start <= offset; i++)
        if (all->marks[i].kind != PV_MARK_LEFT_OUT)
            return &all->marks[i];
    return NULL;
}

bool pv_marks_is_code(const pv_marks *all, size_t offset) {
    const size_t count = all ? all->code_count : 0;
    const size_t found = count > 0 ? pv_spans_after(all->code, count, sizeof all->code[0], 0, offset) : 0;
    return found < count && all->code[found].start <= offset;
}
