/* What a report for people says, and how wide it is. */
#ifndef PV_TESTS_TERMINAL_FIXTURE_H
#define PV_TESTS_TERMINAL_FIXTURE_H

#include "report_fixture.h"

#include "base/utf8.h"

static inline bool is_written(const report_fixture *fixture, const char *text) {
    return pv_str_find(pv_buf_str(&fixture->out), pv_str_from(text), 0) != SIZE_MAX;
}

#define assert_shows(fixture, text)                                                                                    \
    do {                                                                                                               \
        if (!is_written(fixture, text))                                                                                \
            fail_msg("\"%s\"\nis not in\n%s", (text), (fixture)->out.data);                                            \
    } while (0)
#define assert_hides(fixture, text)                                                                                    \
    do {                                                                                                               \
        if (is_written(fixture, text))                                                                                 \
            fail_msg("\"%s\"\nis in\n%s", (text), (fixture)->out.data);                                                \
    } while (0)

/* Columns of the longest line. */
static inline size_t widest_line(pv_str text) {
    size_t widest = 0;
    size_t start = 0;
    for (size_t end = 0; end <= text.size; end++) {
        if (end < text.size && text.data[end] != '\n')
            continue;
        size_t columns = pv_utf8_columns(pv_str_slice(text, start, end));
        widest = columns > widest ? columns : widest;
        start = end + 1;
    }
    return widest;
}

#endif
