#include "model/ticked.h"

#include "text/ticks.h"
#include "text/tokens.h"

bool pv_ticked_may_be(const pv_value_spec *spec) {
    return spec->type == PV_TYPE_BOOLEAN || spec->type == PV_TYPE_ROW || spec->choices;
}

static bool has_run(const pv_token_list *text, const pv_token_list *words) {
    for (size_t at = 0; words->count > 0 && at + words->count <= text->count; at++) {
        size_t i = 0;
        while (i < words->count && text->tokens[at + i].hash == words->tokens[i].hash)
            i++;
        if (i == words->count)
            return true;
    }
    return false;
}

/* How many of the choices a text names, yes and no among them for a boolean; at most two are counted. */
static bool count_named(const pv_value_spec *spec, pv_arena *arena, pv_str text, size_t *out, pv_error *error) {
    static const pv_str answers[] = {PV_STR("yes"), PV_STR("no")};
    const bool is_boolean = spec->type == PV_TYPE_BOOLEAN;
    const pv_str *choices = is_boolean ? answers : spec->choices;
    const size_t count = is_boolean ? 2 : spec->choice_count;
    pv_token_list all, words;
    *out = 0;
    if (!pv_tokens_find(arena, text, &all, error))
        return false;
    for (size_t i = 0; i < count && *out < 2; i++) {
        if (!pv_tokens_find(arena, choices[i], &words, error))
            return false;
        *out += has_run(&all, &words);
    }
    return true;
}

static bool is_readable(const pv_value_spec *spec, pv_arena *arena, const pv_node *node) {
    pv_value value;
    pv_error ignored = {0};
    return pv_value_read(&value, arena, spec, node, &ignored);
}

static void doubt(pv_node *node) {
    static const pv_uncertainty unsure = {.why = PV_STR("which of its boxes is ticked could not be told")};
    if (!node->uncertainty)
        node->uncertainty = &unsure;
}

/* A scalar that bytes of another say. */
static pv_node *part_of(const pv_node *node, pv_arena *arena, pv_span at, pv_error *error) {
    pv_node *part = pv_tree_node(arena, PV_NODE_SCALAR, pv_text_locate(&node->text, at.start, at.end), error);
    if (!part || !pv_text_slice(&part->text, arena, &node->text, at.start, at.end, error))
        return NULL;
    part->style = node->style;
    part->spelling = node->spelling;
    part->uncertainty = node->uncertainty;
    return part;
}

static bool take_list(pv_node **node, pv_arena *arena, const pv_ticks *ticks, pv_error *error) {
    pv_branch list = {.node = pv_tree_node(arena, PV_NODE_SEQUENCE, (*node)->span, error)};
    if (!list.node)
        return false;
    list.node->spelling = (*node)->spelling;
    list.node->uncertainty = (*node)->uncertainty;
    for (size_t i = 0; i < ticks->count; i++) {
        if (!ticks->list[i].is_ticked)
            continue;
        pv_node *entry = part_of(*node, arena, ticks->list[i].label, error);
        if (!entry)
            return false;
        pv_branch_add(&list, entry);
    }
    *node = list.node;
    return true;
}

/* A single box that says of itself what it is for, or nothing. */
static bool is_bare(const pv_value_spec *spec, pv_arena *arena, pv_str label, bool *out, pv_error *error) {
    pv_token_list words, called;
    if (!pv_tokens_find(arena, label, &words, error) || !pv_tokens_find(arena, spec->label, &called, error))
        return false;
    *out = words.count == 0 || (words.count == called.count && has_run(&words, &called));
    return true;
}

static bool take_yes(pv_node **node, pv_arena *arena, pv_span mark, pv_error *error) {
    pv_node *yes = part_of(*node, arena, mark, error);
    if (!yes || !pv_text_made_from(&yes->text, arena, PV_STR("true"), yes->span, error))
        return false;
    *node = yes;
    return true;
}

static bool take_one(pv_node **node, pv_arena *arena, const pv_value_spec *spec, const pv_ticks *ticks,
                     pv_error *error) {
    const pv_tick *tick = ticks->list;
    size_t named;
    bool bare = false;
    while (!tick->is_ticked)
        tick++;
    const pv_str label = pv_str_slice((*node)->text.value, tick->label.start, tick->label.end);
    if (!count_named(spec, arena, label, &named, error))
        return false;
    pv_node *one = part_of(*node, arena, tick->label, error);
    if (!one)
        return false;
    if (named > 1 && !is_readable(spec, arena, one)) {
        doubt(*node);
        return true;
    }
    if (spec->type == PV_TYPE_BOOLEAN && ticks->count == 1 && !is_bare(spec, arena, label, &bare, error))
        return false;
    if (bare)
        return take_yes(node, arena, tick->mark, error);
    if (label.size > 0)
        *node = one;
    return true;
}

static bool take(pv_node **node, pv_arena *arena, const pv_value_spec *spec, const pv_ticks *ticks, pv_error *error) {
    const pv_str before = pv_str_slice((*node)->text.value, ticks->before.start, ticks->before.end);
    size_t named;
    if (!count_named(spec, arena, before, &named, error))
        return false;
    if (ticks->are_unsure || named > 0) {
        doubt(*node);
        return true;
    }
    if (ticks->ticked == 0) {
        pv_node *blank = part_of(*node, arena, (pv_span){0, 0}, error);
        *node = blank;
        return blank != NULL;
    }
    if (spec->type == PV_TYPE_LIST)
        return take_list(node, arena, ticks, error);
    return ticks->ticked > 1 || take_one(node, arena, spec, ticks, error);
}

bool pv_ticked_take(pv_node **node, pv_arena *arena, const pv_value_spec *spec, pv_error *error) {
    pv_ticks ticks;
    size_t named;
    if (!pv_ticked_may_be(spec) || (*node)->kind != PV_NODE_SCALAR)
        return true;
    if (!pv_ticks_find(&ticks, arena, (*node)->text.value, error))
        return false;
    if (ticks.count > 0)
        return take(node, arena, spec, &ticks, error);
    if (spec->type == PV_TYPE_LIST || is_readable(spec, arena, *node))
        return true;
    if (!count_named(spec, arena, (*node)->text.value, &named, error))
        return false;
    if (named > 1)
        doubt(*node);
    return true;
}
