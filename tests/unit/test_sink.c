/* Reports that cannot be written whole: closing a file fails (a quota, a disk far away) as nothing on this machine
 * does. */
#include "torture.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/sink.h"

static int closing_fails; /* the error of the next calls */

int __real_close(int descriptor); /* NOLINT(bugprone-reserved-identifier): the linker's name */
int __wrap_close(int descriptor); /* NOLINT(bugprone-reserved-identifier) */

int __wrap_close(int descriptor) { /* NOLINT(bugprone-reserved-identifier) */
    int closed = __real_close(descriptor);
    if (closing_fails == 0)
        return closed;
    errno = closing_fails;
    return -1;
}

/* Ends a run that found nothing, with a report in path. */
static bool report_to(char *path, pv_error *error) {
    pv_memory memory = pv_memory_with_limit(SIZE_MAX);
    const pv_options options = {.formats = {{.format = "json", .file = path}}, .format_count = 1, .width = 80};
    const pv_report_context context = {.version = PV_STR("0.1.0"), .mode = PV_MODE_SUBMISSION};
    pv_sink sink;
    int code;
    assert_true(pv_sink_init(&sink, &memory, &options, &context, error));
    bool ended = pv_sink_end(&sink, &code, error);
    pv_sink_clear(&sink);
    assert_int_equal(memory.used, 0);
    return ended;
}

static void test_a_file_that_could_not_be_closed_is_an_error_and_gone(void **state) {
    (void)state;
    char folder[] = "/tmp/proviso-sink-XXXXXX";
    char path[64];
    char expected[256];
    pv_error error = {0};
    assert_non_null(mkdtemp(folder));
    strcat(strcpy(path, folder), "/out.json");
    assert_true(report_to(path, &error));
    assert_int_equal(access(path, F_OK), 0);

    closing_fails = EDQUOT;
    bool ended = report_to(path, &error);
    closing_fails = 0;
    assert_false(ended);
    assert_int_equal(error.code, PV_ERROR_IO);
    strcat(strcat(strcpy(expected, path), " cannot be written: "), strerror(EDQUOT));
    assert_string_equal(error.message, expected);
    assert_int_not_equal(access(path, F_OK), 0);
    rmdir(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_file_that_could_not_be_closed_is_an_error_and_gone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
