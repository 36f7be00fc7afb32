#include "run/requirements.h"

#include <inttypes.h>

#include "model/shape.h"

/* Numbers with a point between each two: "0.1.0". */
static bool is_version(pv_str text) {
    bool digit = false;
    for (size_t i = 0; i < text.size; i++) {
        bool point = text.data[i] == '.';
        if (point ? !digit : text.data[i] < '0' || text.data[i] > '9')
            return false;
        digit = !point;
    }
    return digit;
}

static bool check_engine(const pv_node *node, pv_str version, pv_error *error) {
    pv_str needed;
    if (node == NULL)
        return true;
    if (!pv_shape_name(node, "the version of proviso", &needed, error))
        return false;
    if (!is_version(needed))
        return pv_fail_at(error, PV_ERROR_SHAPE, node->span, "a version is written like 0.1.0");
    return pv_str_compare_natural(needed, version) <= 0 ||
           pv_fail_at(error, PV_ERROR_REFUSED, node->span, "the pack needs proviso %.*s or later, but this is %.*s",
                      PV_STR_ARG(needed), PV_STR_ARG(version));
}

static bool check_rules_api(const pv_node *node, pv_arena *arena, pv_error *error) {
    uint32_t needed;
    if (node == NULL)
        return true;
    if (!pv_shape_count(arena, node, "rules_api", &needed, error))
        return false;
    return needed == PV_RULES_API || pv_fail_at(error, PV_ERROR_REFUSED, node->span,
                                                "the pack is written for version %" PRIu32
                                                " of the rule language, but this proviso has version %d",
                                                needed, PV_RULES_API);
}

/* Whether it is a yes or a no; which of them, the manifest keeps (run/manifest.c). */
static bool check_as_of(const pv_node *node, pv_arena *arena, pv_error *error) {
    bool needed;
    return node == NULL || pv_shape_boolean(arena, node, "as_of", &needed, error);
}

bool pv_requirements_check(const pv_document *manifest, pv_arena *arena, pv_str version, pv_error *error) {
    enum { NEEDS_PROVISO, NEEDS_RULES_API, NEEDS_AS_OF, NEEDS_COUNT };
    static const pv_str keys[NEEDS_COUNT] = {PV_STR("proviso"), PV_STR("rules_api"), PV_STR("as_of")};
    static const pv_shape shape = {"requires", keys, NEEDS_COUNT, 0};
    const pv_node *parts[NEEDS_COUNT];
    const pv_node *node = pv_node_get(manifest->root, PV_STR("requires"));
    return node == NULL ||
           (pv_shape_read(&shape, node, parts, error) && check_engine(parts[NEEDS_PROVISO], version, error) &&
            check_rules_api(parts[NEEDS_RULES_API], arena, error) && check_as_of(parts[NEEDS_AS_OF], arena, error));
}
