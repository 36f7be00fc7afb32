/* Documents from YAML texts, and assertions about places in them. */
#ifndef PV_TESTS_DOCUMENT_FIXTURE_H
#define PV_TESTS_DOCUMENT_FIXTURE_H

#include "arena_fixture.h"

#include "load/yaml.h"
#include "model/form.h"
#include "model/submission.h"
#include "model/verdict.h"

/* The document of a YAML text, in arena; false and error when memory is refused, and for nothing else. */
static inline bool try_document(pv_document **out, pv_arena *arena, const char *yaml, pv_error *error) {
    pv_limits limits = pv_limits_default();
    pv_source *source;
    return pv_source_new(&source, arena, PV_STR("test.yaml"), pv_str_from(yaml), &limits, error) &&
           pv_yaml_load(out, arena, source, &limits, error);
}

static inline const pv_document *document_of(arena_fixture *fixture, const char *yaml) {
    pv_document *document = NULL;
    pv_error error = {0};
    if (!try_document(&document, fixture->arena, yaml, &error))
        fail_msg("at byte %u: %s", error.where.start, error.message);
    return document;
}

static inline const pv_form *form_of(arena_fixture *fixture, const char *yaml) {
    pv_form *form = NULL;
    pv_error error = {0};
    if (!pv_form_build(&form, fixture->arena, document_of(fixture, yaml), &error))
        fail_msg("at byte %u: %s", error.where.start, error.message);
    return form;
}

static inline const pv_submission *submission_of(arena_fixture *fixture, const pv_form *form, const char *yaml) {
    pv_submission *submission = NULL;
    pv_error error = {0};
    if (!pv_submission_build(&submission, fixture->arena, form, document_of(fixture, yaml), &error))
        fail_msg("%s", error.message);
    return submission;
}

/* The span holds exactly these bytes. */
#define assert_covers(source, span, expected) assert_str(pv_source_slice((source), (span)), (expected))

/* The span is empty and stands right after this text, which ends there for the first time in the source. */
#define assert_stands_after(source_, span_, before)                                                                    \
    do {                                                                                                               \
        pv_str before_ = pv_str_from(before);                                                                          \
        size_t found_ = pv_str_find((source_)->bytes, before_, 0);                                                     \
        assert_int_not_equal(found_, SIZE_MAX);                                                                        \
        assert_int_equal((span_).start, found_ + before_.size);                                                        \
        assert_int_equal((span_).end, (span_).start);                                                                  \
    } while (0)

/* What the fault of an outcome says; empty where there is none. */
static inline pv_str fault_message(const pv_outcome *outcome) {
    return outcome->fault ? outcome->fault->message : PV_STR("");
}

#endif
