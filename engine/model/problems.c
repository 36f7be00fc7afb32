#include "model/problems.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/message.h"

struct pv_problem_entry {
    pv_problem problem;
    size_t number; /* in the order found, which decides between problems at one place */
    pv_problem_entry *next;
};

/* Counts a problem and says whether it is to be kept. */
static bool count_problem(pv_problems *problems, pv_problem_kind kind, pv_span at) {
    if (problems->found[kind] == PV_PROBLEMS_KEPT)
        problems->first_dropped[kind] = at;
    return problems->found[kind]++ < PV_PROBLEMS_KEPT;
}

static void append(pv_problems *problems, pv_problem_entry *entry) {
    if (problems->last == NULL)
        problems->first = entry;
    else
        problems->last->next = entry;
    problems->last = entry;
    problems->kept++;
}

static bool keep(pv_problems *problems, pv_problem_kind kind, pv_span at, const pv_span *other, const char *message,
                 pv_error *error) {
    pv_problem_entry *entry = PV_NEW(problems->arena, pv_problem_entry);
    pv_str copy = pv_arena_copy(problems->arena, pv_str_from(message));
    if (entry == NULL || copy.data == NULL)
        return pv_fail_memory(error);
    entry->problem = (pv_problem){
        .kind = kind,
        .at = at,
        .expected_here = kind == PV_PROBLEM_MISSING_PART,
        .has_other = other != NULL,
        .other = other != NULL ? *other : at,
        .message = copy,
    };
    entry->number = problems->kept;
    append(problems, entry);
    return true;
}

bool pv_problems_begin(pv_problems *problems, pv_arena *arena, const pv_problems *others, pv_error *error) {
    *problems = (pv_problems){.arena = arena};
    if (others == NULL)
        return true;
    for (const pv_problem_entry *each = others->first; each != NULL; each = each->next) {
        pv_problem_entry *entry = PV_NEW(arena, pv_problem_entry);
        if (entry == NULL)
            return pv_fail_memory(error);
        *entry = (pv_problem_entry){.problem = each->problem, .number = each->number};
        append(problems, entry);
    }
    memcpy(problems->found, others->found, sizeof problems->found);
    memcpy(problems->first_dropped, others->first_dropped, sizeof problems->first_dropped);
    return true;
}

__attribute__((format(printf, 6, 0))) static bool add_sentence(pv_problems *problems, pv_problem_kind kind, pv_span at,
                                                               const pv_span *other, pv_error *error,
                                                               const char *format, va_list arguments) {
    pv_sentence sentence;
    if (!count_problem(problems, kind, at))
        return true;
    vsnprintf(sentence.text, sizeof sentence.text, format, arguments);
    return keep(problems, kind, at, other, sentence.text, error);
}

bool pv_problems_add(pv_problems *problems, pv_problem_kind kind, pv_span at, pv_error *error, const char *format,
                     ...) {
    va_list arguments;
    va_start(arguments, format);
    bool added = add_sentence(problems, kind, at, NULL, error, format, arguments);
    va_end(arguments);
    return added;
}

bool pv_problems_add_key(pv_problems *problems, pv_span at, const pv_span *other, pv_error *error, const char *format,
                         ...) {
    va_list arguments;
    va_start(arguments, format);
    bool added = add_sentence(problems, PV_PROBLEM_WRONG_KEY, at, other, error, format, arguments);
    va_end(arguments);
    return added;
}

bool pv_problems_add_unknown(pv_problems *problems, const char *owner, pv_str owner_id, const char *kind,
                             const pv_node *key, const pv_names *known, const char *advice, pv_error *error) {
    if (!count_problem(problems, PV_PROBLEM_UNKNOWN_NAME, key->span))
        return true;
    pv_sentence unknown = pv_message_unknown(owner, owner_id, kind, pv_node_value(key), known->names, known->count);
    char message[sizeof unknown.text + sizeof(pv_hint)];
    snprintf(message, sizeof message, "%s%s", unknown.text, advice);
    return keep(problems, PV_PROBLEM_UNKNOWN_NAME, key->span, NULL, message, error);
}

static bool add_remainder(pv_problems *problems, pv_problem_kind kind, pv_error *error) {
    if (problems->found[kind] <= PV_PROBLEMS_KEPT)
        return true;
    size_t dropped = problems->found[kind] - PV_PROBLEMS_KEPT;
    char message[80];
    snprintf(message, sizeof message, "%zu more %s like this from here on", dropped,
             dropped == 1 ? "problem" : "problems");
    return keep(problems, kind, problems->first_dropped[kind], NULL, message, error);
}

static int compare_entries(const void *left, const void *right) {
    const pv_problem_entry *a = *(pv_problem_entry *const *)left;
    const pv_problem_entry *b = *(pv_problem_entry *const *)right;
    if (a->problem.at.start != b->problem.at.start)
        return a->problem.at.start < b->problem.at.start ? -1 : 1;
    return (a->number > b->number) - (a->number < b->number);
}

bool pv_problems_finish(pv_problems *problems, const pv_problem **out, size_t *count, pv_error *error) {
    for (size_t kind = 0; kind < PV_PROBLEM_KIND_COUNT; kind++)
        if (!add_remainder(problems, (pv_problem_kind)kind, error))
            return false;
    pv_problem_entry **entries = PV_NEW_ARRAY(problems->arena, pv_problem_entry *, problems->kept);
    pv_problem *sorted = PV_NEW_ARRAY(problems->arena, pv_problem, problems->kept);
    if (entries == NULL || sorted == NULL)
        return pv_fail_memory(error);
    size_t position = 0;
    for (pv_problem_entry *entry = problems->first; entry != NULL; entry = entry->next)
        entries[position++] = entry;
    qsort(entries, problems->kept, sizeof *entries, compare_entries);
    for (size_t i = 0; i < problems->kept; i++)
        sorted[i] = entries[i]->problem;
    *out = sorted;
    *count = problems->kept;
    return true;
}
