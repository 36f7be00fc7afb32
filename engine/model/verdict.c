#include "model/verdict.h"

#include <stdio.h>

#include "base/hash.h"
#include "base/utf8.h"
#include "model/conditions.h"

static const char *const state_names[] = {
    [PV_STATE_PASS] = "pass",
    [PV_STATE_FAIL] = "fail",
    [PV_STATE_REVIEW] = "review",
    [PV_STATE_NOT_APPLICABLE] = "not-applicable",
    [PV_STATE_NOT_CHECKED] = "not-checked",
};

static const char *const fault_kind_names[] = {
    [PV_FAULT_INPUT] = "input",     [PV_FAULT_LOAD] = "load",       [PV_FAULT_ERROR] = "error",
    [PV_FAULT_VERDICT] = "verdict", [PV_FAULT_FUEL] = "fuel",       [PV_FAULT_MEMORY] = "memory",
    [PV_FAULT_TIME] = "time",       [PV_FAULT_PATTERN] = "pattern", [PV_FAULT_RANGE] = "range",
};

const char *pv_state_name(pv_state state) {
    return state_names[state];
}

const char *pv_fault_kind_name(pv_fault_kind kind) {
    return fault_kind_names[kind];
}

bool pv_state_is_finding(pv_state state) {
    return state == PV_STATE_FAIL || state == PV_STATE_REVIEW || state == PV_STATE_NOT_CHECKED;
}

bool pv_state_can_be_accepted(pv_state state) {
    return state == PV_STATE_FAIL || state == PV_STATE_REVIEW;
}

bool pv_verdict_is_open(const pv_verdict *verdict) {
    return pv_state_is_finding(verdict->outcome.state) && !verdict->waiver &&
           verdict->baseline != PV_BASELINE_UNCHANGED;
}

/* A subject's name in two parts, so that it can be hashed without being put together. */
typedef struct pv_subject_words {
    pv_str kind;
    pv_str id;
    pv_str matrix;   /* of a pair: two may have the same name in two matrices */
    char number[24]; /* what id points at, for a record */
} pv_subject_words;

static void name_subject(const pv_subject *subject, pv_subject_words *words) {
    *words = (pv_subject_words){.kind = PV_STR("")};
    switch (subject->kind) {
    case PV_SUBJECT_SUBMISSION:
        words->kind = PV_STR("the submission");
        break;
    case PV_SUBJECT_COLLECTION:
        words->kind = PV_STR("the collection");
        break;
    case PV_SUBJECT_SECTION:
        words->kind = PV_STR("section ");
        words->id = subject->section->id;
        break;
    case PV_SUBJECT_MEASURE:
        words->kind = PV_STR("measure ");
        words->id = subject->measure->measure->id;
        break;
    case PV_SUBJECT_RESPONSE:
        words->id = subject->response->item->full_id;
        break;
    case PV_SUBJECT_PAIR:
        words->matrix = subject->pair->matrix->name;
        words->id = subject->pair->name;
        break;
    case PV_SUBJECT_RECORD:
        words->kind = subject->record->spec->name;
        snprintf(words->number, sizeof words->number, " %zu", subject->record->number);
        words->id = pv_str_from(words->number);
        break;
    }
}

pv_str pv_subject_name(const pv_subject *subject, pv_arena *arena) {
    pv_subject_words words;
    name_subject(subject, &words);
    return pv_arena_format(arena, "%.*s%.*s", PV_STR_ARG(words.kind), PV_STR_ARG(words.id));
}

pv_str pv_subject_title(const pv_subject *subject, pv_arena *arena) {
    pv_str name = pv_subject_name(subject, arena);
    pv_str about = subject->record ? pv_record_title(subject->record, arena) : PV_STR("");
    if (!name.data || about.size == 0)
        return about.data ? name : about;
    return pv_arena_format(arena, "%.*s (%.*s)", PV_STR_ARG(name), PV_STR_ARG(about));
}

/* Continues hash over text as it reads, however its lines are broken and indented. */
static uint64_t hash_folded(uint64_t hash, pv_str text) {
    bool between_words = false;
    bool after_word = false;
    for (size_t offset = 0, length; offset < text.size; offset += length) {
        if (pv_utf8_is_white_space(pv_utf8_decode(text, offset, &length))) {
            between_words = after_word;
            continue;
        }
        if (between_words)
            hash = pv_hash_byte(hash, ' ');
        for (size_t i = 0; i < length; i++)
            hash = pv_hash_byte(hash, text.data[offset + i]);
        between_words = false;
        after_word = true;
    }
    return hash;
}

uint64_t pv_verdict_fingerprint(const pv_verdict *verdict, const pv_source *source) {
    /* In no id and no folded text, so that the parts cannot run into one another. */
    const pv_str separator = PV_STR("\n");
    pv_subject_words words;
    name_subject(&verdict->subject, &words);
    uint64_t hash = pv_hash_continue(PV_HASH_SEED, verdict->rule->id);
    hash = pv_hash_continue(hash, separator);
    hash = pv_hash_continue(hash, words.kind);
    hash = verdict->subject.kind == PV_SUBJECT_RECORD ? pv_record_hash(verdict->subject.record, hash)
                                                      : pv_hash_continue(hash, words.id);
    hash = pv_hash_continue(hash, words.matrix);
    if (verdict->condition) { /* what is missing has no words to be told apart by */
        hash = pv_hash_continue(hash, separator);
        hash = pv_hash_continue(hash, verdict->condition->address);
    }
    hash = pv_hash_continue(hash, separator);
    bool is_about_words = verdict->outcome.has_at && pv_state_is_finding(verdict->outcome.state);
    return is_about_words ? hash_folded(hash, pv_source_slice(source, verdict->outcome.at.span)) : hash;
}
