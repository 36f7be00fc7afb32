#include "text/marks.h"

size_t pv_marks_after(const pv_marks *all, size_t offset) {
    size_t low = 0;
    size_t high = all ? all->count : 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (all->marks[middle].at.end <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const pv_mark *pv_marks_at(const pv_marks *all, size_t offset) {
    size_t count = all ? all->count : 0;
    for (size_t i = pv_marks_after(all, offset); i < count && all->marks[i].at.start <= offset; i++)
        if (all->marks[i].kind != PV_MARK_LEFT_OUT)
            return &all->marks[i];
    return NULL;
}

bool pv_marks_is_code(const pv_marks *all, size_t offset) {
    size_t low = 0;
    size_t high = all ? all->code_count : 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (all->code[middle].end <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    return all && low < all->code_count && all->code[low].start <= offset;
}
