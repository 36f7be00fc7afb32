/* Reading a file of waivers. */
#include "base/glob.h"
#include "model/message.h"
#include "model/shape.h"
#include "run/waivers.h"

enum {
    WAIVER_ID,
    WAIVER_RULE,
    WAIVER_SUBJECT,
    WAIVER_REASON,
    WAIVER_APPROVER,
    WAIVER_CREATED,
    WAIVER_EXPIRES,
    WAIVER_PATH,
    WAIVER_KEY_COUNT
};

static const pv_str waiver_keys[WAIVER_KEY_COUNT] = {
    PV_STR("id"),       PV_STR("rule"),    PV_STR("subject"), PV_STR("reason"),
    PV_STR("approver"), PV_STR("created"), PV_STR("expires"), PV_STR("path"),
};

static bool read_pattern(const pv_node *node, const char *what, pv_str *out, pv_error *error) {
    pv_error wrong = {0};
    if (!pv_shape_name(node, what, out, error))
        return false;
    return pv_glob_check(*out, &wrong) ||
           pv_fail_at(error, PV_ERROR_SHAPE, node->span, "%s is no pattern: %s", what, wrong.message);
}

static bool read_days(pv_waiver *waiver, pv_arena *arena, const pv_node *const *part, pv_error *error) {
    if (!pv_shape_date(arena, part[WAIVER_CREATED], "the day it was created", &waiver->created, error) ||
        !pv_shape_date(arena, part[WAIVER_EXPIRES], "the day it expires", &waiver->expires, error))
        return false;
    return pv_date_compare(waiver->created, waiver->expires) <= 0 ||
           pv_fail_at(error, PV_ERROR_SHAPE, part[WAIVER_EXPIRES]->span, "it expires before it was created");
}

static bool read_waiver(pv_waiver *waiver, pv_arena *arena, const pv_node *node, pv_error *error) {
    static const pv_shape shape = {"a waiver", waiver_keys, WAIVER_KEY_COUNT, WAIVER_PATH};
    const pv_node *part[WAIVER_KEY_COUNT];
    if (!pv_shape_read(&shape, node, part, error))
        return false;
    waiver->id_at = part[WAIVER_ID]->span;
    waiver->rule_at = part[WAIVER_RULE]->span;
    waiver->expires_at = part[WAIVER_EXPIRES]->span;
    return pv_shape_name(part[WAIVER_ID], "the id", &waiver->id, error) &&
           read_pattern(part[WAIVER_RULE], "the rule", &waiver->rule, error) &&
           pv_shape_name(part[WAIVER_SUBJECT], "the subject", &waiver->subject, error) &&
           (!part[WAIVER_PATH] || read_pattern(part[WAIVER_PATH], "the path", &waiver->path, error)) &&
           pv_shape_prose(arena, part[WAIVER_REASON], "the reason", &waiver->reason, error) &&
           pv_shape_prose(arena, part[WAIVER_APPROVER], "the approver", &waiver->approver, error) &&
           read_days(waiver, arena, part, error);
}

/* Two waivers with one id could not be told apart in a report. */
static bool check_id(const pv_waivers *waivers, const pv_waiver *waiver, pv_error *error) {
    for (size_t i = 0; i < waivers->count; i++)
        if (pv_str_equal(waivers->list[i].id, waiver->id)) {
            pv_position first = pv_source_locate(waivers->source, waivers->list[i].id_at.start);
            return pv_fail_at(error, PV_ERROR_SHAPE, waiver->id_at, "there is a waiver '%s' already, in line %u",
                              pv_message_quote(waiver->id).text, (unsigned)first.line);
        }
    return true;
}

static bool read_entries(pv_waivers *waivers, pv_waiver *list, pv_waiver_problem *problems, pv_arena *arena,
                         const pv_node *root, pv_error *error) {
    for (const pv_node *node = root->first; node; node = node->next) {
        pv_waiver *waiver = &list[waivers->count];
        pv_error wrong = {0};
        *waiver = (pv_waiver){.index = waivers->count};
        if (read_waiver(waiver, arena, node, &wrong) && check_id(waivers, waiver, &wrong)) {
            waivers->count++;
            continue;
        }
        pv_str message = pv_arena_copy(arena, pv_str_from(wrong.message));
        if (wrong.code == PV_ERROR_MEMORY || !message.data)
            return pv_fail_memory(error);
        problems[waivers->problem_count++] = (pv_waiver_problem){wrong.has_where ? wrong.where : node->span, message};
    }
    return true;
}

bool pv_waivers_none(pv_waivers **out, pv_arena *arena, const pv_source *source, pv_error *error) {
    *out = PV_NEW(arena, pv_waivers);
    if (!*out)
        return pv_fail_memory(error);
    (*out)->source = source;
    return true;
}

bool pv_waivers_read(pv_waivers **out, pv_arena *arena, const pv_document *document, pv_error *error) {
    const pv_node *root = document->root;
    if (!pv_shape_expect(root, PV_NODE_SEQUENCE, "a file of waivers", error))
        return false;
    if (root->count > PV_WAIVERS_MOST)
        return pv_fail_at(error, PV_ERROR_LIMIT, root->span, "a file holds at most %zu waivers", PV_WAIVERS_MOST);
    pv_waiver *list = PV_NEW_ARRAY(arena, pv_waiver, root->count);
    pv_waiver_problem *problems = PV_NEW_ARRAY(arena, pv_waiver_problem, root->count);
    pv_waivers *waivers = PV_NEW(arena, pv_waivers);
    if (!list || !problems || !waivers)
        return pv_fail_memory(error);
    *waivers = (pv_waivers){.source = document->source, .list = list, .problems = problems};
    *out = waivers;
    return read_entries(waivers, list, problems, arena, root, error);
}
