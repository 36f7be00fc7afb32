#include "run/succession.h"

#include <stdio.h>

#include "model/message.h"

static bool in_effect(const pv_manifest *pack, const pv_date *day) {
    return day == NULL || ((!pack->has_from || pv_date_compare(pack->from, *day) <= 0) &&
                           (!pack->has_to || pv_date_compare(*day, pack->to) <= 0));
}

static bool supersedes(const pv_manifest *pack, pv_str id) {
    for (size_t i = 0; i < pack->supersedes_count; i++)
        if (pv_str_equal(pack->supersedes[i].pack, id))
            return true;
    return false;
}

/* Whether one of the packs in effect supersedes the index-th. */
static bool is_superseded(const pv_manifest *const *packs, size_t count, size_t index, const pv_date *day) {
    for (size_t i = 0; i < count; i++)
        if (i != index && in_effect(packs[i], day) && supersedes(packs[i], packs[index]->id))
            return true;
    return false;
}

/* " on 2023-07-01", or nothing. */
static void describe_day(const pv_date *day, pv_quote *out) {
    *out = (pv_quote){""};
    if (day != NULL)
        (void)snprintf(out->text, sizeof out->text, " on %04d-%02d-%02d", day->year, day->month, day->day);
}

bool pv_succession_choose(const pv_manifest *const *packs, size_t count, pv_str form_id, const pv_date *day,
                          size_t *out, pv_error *error) {
    size_t any = SIZE_MAX;
    size_t left = SIZE_MAX;
    pv_quote when;
    describe_day(day, &when);
    for (size_t i = 0; i < count; i++) {
        if (!in_effect(packs[i], day))
            continue;
        any = i;
        if (is_superseded(packs, count, i, day))
            continue;
        if (left != SIZE_MAX)
            return pv_fail(error, PV_ERROR_USAGE, "the packs %s and %s both judge the form %s%s; %s",
                           pv_message_quote(packs[left]->id).text, pv_message_quote(packs[i]->id).text,
                           pv_message_quote(form_id).text, when.text,
                           day == NULL ? "say the day with --as-of, or the pack with --pack" : "say which with --pack");
        left = i;
    }
    if (any == SIZE_MAX)
        return pv_fail(error, PV_ERROR_NOT_FOUND, "no pack that judges the form %s is in effect%s",
                       pv_message_quote(form_id).text, when.text);
    *out =
        left == SIZE_MAX ? any : left; /* all superseded: each by way of a circle, which is refused when it is opened */
    return true;
}

static size_t index_of(const pv_manifest *const *packs, size_t count, pv_str id) {
    size_t index = 0;
    while (index < count && !pv_str_equal(packs[index]->id, id))
        index++;
    return index;
}

/* Marks all packs that the one called id supersedes, one after the other, and itself. reached is for count packs. */
static void reach(const pv_manifest *const *packs, size_t count, pv_str id, bool *reached) {
    size_t start = index_of(packs, count, id);
    bool more = start < count;
    if (more)
        reached[start] = true;
    while (more) {
        more = false;
        for (size_t i = 0; i < count; i++)
            for (size_t j = 0; reached[i] && j < packs[i]->supersedes_count; j++) {
                size_t next = index_of(packs, count, packs[i]->supersedes[j].pack);
                if (next < count && !reached[next])
                    more = reached[next] = true;
            }
    }
}

bool pv_succession_check(const pv_manifest *pack, const pv_manifest *const *packs, size_t count, pv_arena *arena,
                         pv_error *error) {
    size_t own = index_of(packs, count, pack->id);
    for (size_t i = 0; i < pack->supersedes_count; i++) {
        pv_str id = pack->supersedes[i].pack;
        bool *reached = PV_NEW_ARRAY(arena, bool, count);
        if (reached == NULL)
            return pv_fail_memory(error);
        reach(packs, count, id, reached);
        if (own == count || !reached[own])
            continue;
        if (pv_str_equal(id, pack->id))
            return pv_fail_at(error, PV_ERROR_SHAPE, pack->supersedes[i].at, "a pack cannot supersede itself");
        return pv_fail_at(error, PV_ERROR_SHAPE, pack->supersedes[i].at,
                          "a pack cannot supersede %s, which supersedes it in turn", pv_message_quote(id).text);
    }
    return true;
}
