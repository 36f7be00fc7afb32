#include "cli/path_patterns.h"

#include "base/glob.h"
#include "cli/files.h"
#include "model/message.h"
#include "model/shape.h"

static bool leads_out(pv_str glob) {
    return pv_str_equal(glob, PV_STR("..")) || pv_str_starts_with(glob, PV_STR("../")) ||
           pv_str_find(glob, PV_STR("/../"), 0) != SIZE_MAX || pv_str_ends_with(glob, PV_STR("/.."));
}

static bool read_pattern(pv_path_pattern *out, const pv_node *node, const char *what, pv_error *error) {
    pv_str glob;
    pv_error wrong = {0};
    if (!pv_shape_name(node, what, &glob, error))
        return false;
    *out = (pv_path_pattern){.node = node};
    out->takes_back = pv_str_starts_with(glob, PV_STR("!"));
    glob = pv_str_slice(glob, out->takes_back, glob.size);
    out->folder_only = pv_str_ends_with(glob, PV_STR("/"));
    glob = pv_str_slice(glob, 0, glob.size - out->folder_only);
    out->is_path = pv_str_find(glob, PV_STR("/"), 0) != SIZE_MAX;
    if (pv_str_starts_with(glob, PV_STR("./")))
        glob = pv_str_slice(glob, 2, glob.size);
    else if (pv_str_starts_with(glob, PV_STR("/")))
        glob = pv_str_slice(glob, 1, glob.size);
    out->glob = glob;
    if (glob.size == 0)
        return pv_fail_at(error, PV_ERROR_SHAPE, node->span, "the pattern '%s' names nothing",
                          pv_message_quote(pv_node_value(node)).text);
    if (leads_out(glob))
        return pv_fail_at(error, PV_ERROR_SHAPE, node->span,
                          "the pattern '%s' leads out of the configuration's folder; a pattern is a path from there",
                          pv_message_quote(pv_node_value(node)).text);
    return pv_glob_check(glob, &wrong) || pv_fail_at(error, wrong.code, node->span, "%s", wrong.message);
}

bool pv_path_patterns_read(pv_path_patterns *out, pv_arena *arena, const pv_node *node, const char *what,
                           pv_error *error) {
    if (!pv_shape_expect(node, PV_NODE_SEQUENCE, what, error))
        return false;
    pv_path_pattern *list = PV_NEW_ARRAY(arena, pv_path_pattern, node->count);
    if (!list)
        return pv_fail_memory(error);
    for (const pv_node *each = node->first; each; each = each->next)
        if (!read_pattern(&list[each->index], each, "a pattern", error))
            return false;
    *out = (pv_path_patterns){list, node->count};
    return true;
}

static bool matches(const pv_path_pattern *pattern, pv_str path) {
    return pv_glob_matches(pattern->glob, pattern->is_path ? path : pv_files_name_of(path));
}

/* The path itself, or a folder that it lies in. */
static bool matches_or_holds(const pv_path_pattern *pattern, pv_str path) {
    for (size_t end = pv_str_find(path, PV_STR("/"), 0); end != SIZE_MAX; end = pv_str_find(path, PV_STR("/"), end + 1))
        if (matches(pattern, pv_str_slice(path, 0, end)))
            return true;
    return !pattern->folder_only && matches(pattern, path);
}

const pv_path_pattern *pv_path_patterns_last(const pv_path_patterns *patterns, pv_str path) {
    for (size_t i = patterns->count; i > 0; i--)
        if (matches_or_holds(&patterns->list[i - 1], path))
            return &patterns->list[i - 1];
    return NULL;
}

bool pv_path_patterns_choose(const pv_path_patterns *patterns, pv_str path) {
    const pv_path_pattern *last = pv_path_patterns_last(patterns, path);
    return last && !last->takes_back;
}
