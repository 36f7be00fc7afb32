#include "cli/skeleton.h"

#include <assert.h>
#include <string.h>

static pv_str find_skeleton(const char *name) {
    for (const pv_skeleton *skeleton = pv_skeletons; skeleton->name; skeleton++)
        if (strcmp(skeleton->name, name) == 0)
            return (pv_str){skeleton->text, skeleton->size};
    assert(!"there is such a skeleton");
    return (pv_str){0};
}

static pv_str value_of(pv_str name, const pv_skeleton_value *values, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (pv_str_equal(values[i].name, name))
            return values[i].value;
    assert(!"every name in a skeleton has a value");
    return (pv_str){0};
}

void pv_skeleton_write(pv_buf *out, const char *name, const pv_skeleton_value *values, size_t count) {
    pv_str text = find_skeleton(name);
    size_t start = 0;
    for (size_t mark; (mark = pv_str_find(text, PV_STR("@"), start)) != SIZE_MAX;) {
        size_t end = pv_str_find(text, PV_STR("@"), mark + 1);
        assert(end != SIZE_MAX);
        pv_buf_append(out, pv_str_slice(text, start, mark));
        pv_buf_append(out, value_of(pv_str_slice(text, mark + 1, end), values, count));
        start = end + 1;
    }
    pv_buf_append(out, pv_str_slice(text, start, text.size));
}
