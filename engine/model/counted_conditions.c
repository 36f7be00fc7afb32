/* How many measures of a group are reported on, and how many rows of a kind are given. */
#include "model/conditions_p.h"

#include <assert.h>

#include "model/message.h"

/* ---- groups ---- */

/* How many members of a group are reported on: at all, as far as it can be asked of one here, and as the form asks of
 * them. A measure for each row is reported on in part where it is answered for some of its rows. */
typedef struct member_count {
    size_t begun;
    size_t reported; /* a measure for all its rows */
    size_t complete;
    size_t wanted; /* no more than apply can be asked for */
} member_count;

/* Of the rows of a measure, or of the one that it is. */
typedef struct filed_count {
    size_t answered;
    size_t exempt;
    size_t all;
} filed_count;

static filed_count count_filed(const pv_measure *measure, const pv_submission *submission) {
    const pv_filed_list list = pv_submission_filed(submission, measure);
    filed_count count = {.all = list.count};
    for (size_t i = 0; i < list.count; i++) {
        count.answered += list.measures[i].answered;
        count.exempt += pv_measure_is_exempt(&list.measures[i]);
    }
    return count;
}

static bool is_begun(const pv_group *group, const pv_submission *submission) {
    for (size_t i = 0; i < group->within_count; i++)
        if (count_filed(group->within[i], submission).answered > 0)
            return true;
    return false;
}

static bool is_exempt(const pv_group *group, const pv_submission *submission) {
    for (size_t i = 0; i < group->within_count; i++) {
        const filed_count filed = count_filed(group->within[i], submission);
        if (filed.exempt < filed.all)
            return false;
    }
    return true;
}

/* Groups stand in one another without a circle. */
static member_count count_members(const pv_group *group, const pv_submission *submission) {
    member_count count = {0};
    size_t applying = 0;
    for (size_t i = 0; i < group->measure_count; i++) {
        const filed_count filed = count_filed(group->measures[i], submission);
        bool is_whole = filed.answered > 0 && filed.answered + filed.exempt == filed.all;
        count.begun += filed.answered > 0;
        count.reported += is_whole;
        count.complete += is_whole;
        applying += filed.exempt < filed.all;
    }
    for (size_t i = 0; i < group->group_count; i++) {
        const pv_group *inner = group->groups[i];
        const member_count of_inner = count_members(inner, submission);
        count.begun += is_begun(inner, submission);
        count.reported += is_begun(inner, submission);
        count.complete += of_inner.complete >= of_inner.wanted && is_begun(inner, submission);
        applying += !is_exempt(inner, submission);
    }
    count.wanted = group->choose < applying ? group->choose : applying;
    return count;
}

/* Whether a group is to have as many members reported on as it says: one in another only where it is begun, and the
 * other has not enough without it. */
static bool is_asked(const pv_group *group, const pv_submission *submission) {
    const pv_group *outer = group->group;
    if (!outer)
        return true;
    const member_count count = count_members(outer, submission);
    return is_begun(group, submission) && count.complete < count.wanted && is_asked(outer, submission);
}

void pv_group_write_members(pv_buf *out, const pv_group *group) {
    for (size_t i = 0; i < group->measure_count; i++) {
        pv_buf_append_text(out, i > 0 ? ", " : "");
        pv_buf_append(out, group->measures[i]->id);
    }
    for (size_t i = 0; i < group->group_count; i++)
        pv_buf_format(out, "%s“%s”", i + group->measure_count > 0 ? ", " : "",
                      pv_message_quote(group->groups[i]->title).text);
}

static pv_str list_members(const pv_group *group, pv_arena *arena) {
    pv_buf list = pv_buf_on(pv_arena_memory(arena));
    pv_str kept = {0};
    pv_group_write_members(&list, group);
    if (!list.failed)
        kept = pv_arena_copy(arena, pv_buf_str(&list));
    pv_buf_clear(&list);
    return kept;
}

/* One of the measures of a group, as filed. */
static bool relate_measure(pv_breach *breach, pv_related *related, const pv_filed_measure *filed, bool answered,
                           pv_arena *arena) {
    const pv_subject subject = {.kind = PV_SUBJECT_MEASURE, .measure = filed};
    if (filed->answered != answered || pv_measure_is_exempt(filed))
        return true;
    if (breach->related_count == 0)
        breach->whole = filed->at;
    pv_related *added = &related[breach->related_count++];
    added->at = (pv_place){answered ? filed->at : filed->responses[0].at, filed->blank};
    added->message = pv_subject_name(&subject, arena);
    return added->message.data;
}

/* Adds the measures that are answered, or those that are not and belong to no group that is begun. */
static bool relate_measures(pv_breach *breach, pv_related *related, const pv_group *group,
                            const pv_submission *submission, bool answered, pv_arena *arena) {
    for (size_t i = 0; i < group->measure_count; i++) {
        const pv_filed_list list = pv_submission_filed(submission, group->measures[i]);
        for (size_t k = 0; k < list.count; k++)
            if (!relate_measure(breach, related, &list.measures[k], answered, arena))
                return false;
    }
    for (size_t i = 0; i < group->group_count; i++)
        if ((answered || !is_begun(group->groups[i], submission)) &&
            !relate_measures(breach, related, group->groups[i], submission, answered, arena))
            return false;
    return true;
}

/* Points at the measures that are left out where too few are reported on, else at those that are given. */
static bool place_group(pv_breach *breach, const pv_group *group, const pv_submission *submission, bool answered,
                        pv_arena *arena, pv_error *error) {
    size_t most = 0;
    for (size_t i = 0; i < group->within_count; i++)
        most += pv_submission_filed(submission, group->within[i]).count;
    pv_related *related = PV_NEW_ARRAY(arena, pv_related, most);
    if (!related || !relate_measures(breach, related, group, submission, answered, arena))
        return pv_fail_memory(error);
    assert(breach->related_count > 0);
    breach->at = related[0].at;
    breach->related = related + 1;
    breach->related_count--;
    return true;
}

bool pv_look_at_group(const pv_condition *condition, const pv_submission *submission, pv_arena *arena, pv_breaches *out,
                      pv_error *error) {
    const pv_group *group = condition->group;
    bool at_most = condition->kind == PV_CONDITION_GROUP_MOST;
    const member_count count = count_members(group, submission);
    size_t reported = at_most ? count.begun : count.reported;
    size_t number = at_most ? condition->number : count.wanted;
    if (at_most ? reported <= number : reported >= number || !is_asked(group, submission))
        return true;
    pv_str members = list_members(group, arena);
    pv_breach breach = {.condition = condition, .subject = {.kind = PV_SUBJECT_SUBMISSION}};
    if (!members.data || !place_group(&breach, group, submission, at_most, arena, error))
        return pv_fail_memory(error);
    breach.message = pv_arena_format(
        arena, "“%s”: %zu of %.*s %s reported on%s; the form %s %zu%s", pv_message_quote(group->title).text, reported,
        PV_STR_ARG(members), reported == 1 ? "is" : "are", !at_most && count.begun > reported ? " for each row" : "",
        at_most ? "allows" : "asks for", number, number < condition->number ? " of those that apply" : "");
    breach.working = pv_arena_format(arena, "%zu %s %zu", reported, at_most ? ">" : "<", number);
    return pv_breach_add(out, breach, arena, error);
}

/* ---- rows of a kind ---- */

/* From the first to the last, where they follow one another; else the first alone, as where rows stand in others. */
static pv_span span_of_rows(const pv_record *first, const pv_record *last) {
    bool follows = last->at.end >= first->at.end;
    return (pv_span){first->at.start, follows ? last->at.end : first->at.end};
}

bool pv_look_at_rows(const pv_condition *condition, const pv_submission *submission, pv_arena *arena, pv_breaches *out,
                     pv_error *error) {
    const pv_record_list *rows = &submission->records[condition->record->index];
    bool at_most = condition->kind == PV_CONDITION_ROWS_MOST;
    if (at_most ? rows->count <= condition->number : rows->count >= condition->number || rows->why_not.size > 0)
        return true;
    pv_breach breach = {
        .condition = condition,
        .subject = {.kind = PV_SUBJECT_SUBMISSION},
        .at = {rows->at, rows->count == 0},
        .whole = rows->at,
        .message = pv_arena_format(
            arena, "“%s”: %zu row%s; the form %s %u", pv_message_quote(condition->record->label).text, rows->count,
            rows->count == 1 ? "" : "s", at_most ? "allows" : "asks for at least", (unsigned)condition->number),
        .working = pv_arena_format(arena, "%zu %s %u", rows->count, at_most ? ">" : "<", (unsigned)condition->number),
    };
    if (at_most)
        breach.at.span = span_of_rows(&rows->records[condition->number], &rows->records[rows->count - 1]);
    return pv_breach_add(out, breach, arena, error);
}
