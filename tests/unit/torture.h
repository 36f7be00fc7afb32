/* The includes cmocka needs, once, and the few helpers that unit tests share. */
#ifndef PV_TESTS_TORTURE_H
#define PV_TESTS_TORTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/str.h"

/* Fails with both texts shown when a view is not exactly this text. */
#define assert_str(actual, expected)                                                                                   \
    do {                                                                                                               \
        pv_str actual_ = (actual);                                                                                     \
        pv_str expected_ = pv_str_from(expected);                                                                      \
        if (!pv_str_equal(actual_, expected_))                                                                         \
            fail_msg("is      \"%.*s\"\nshould be \"%.*s\"", PV_STR_ARG(actual_), PV_STR_ARG(expected_));              \
    } while (0)

#endif
