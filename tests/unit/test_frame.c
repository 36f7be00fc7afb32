#include "torture.h"

#include <unistd.h>

#include "cli/frame.h"

static pv_memory memory = {.limit = SIZE_MAX};

static void test_what_is_put_is_taken(void **state) {
    (void)state;
    pv_buf frame = pv_buf_on(&memory);
    pv_frame_put_number(&frame, UINT64_MAX);
    pv_frame_put_text(&frame, PV_STR("one\0two"));
    pv_frame_put_text(&frame, (pv_str){0});
    pv_frame_put_number(&frame, 0);
    pv_str rest = pv_buf_str(&frame);
    uint64_t number;
    pv_str text;
    pv_error error = {0};
    assert_true(pv_frame_take_number(&rest, &number, &error));
    assert_true(number == UINT64_MAX);
    assert_true(pv_frame_take_text(&rest, &text, &error));
    assert_true(pv_str_equal(text, PV_STR("one\0two")));
    assert_true(pv_frame_take_text(&rest, &text, &error));
    assert_int_equal(text.size, 0);
    assert_true(pv_frame_take_number(&rest, &number, &error));
    assert_int_equal(number, 0);
    assert_int_equal(rest.size, 0);
    assert_false(pv_frame_take_number(&rest, &number, &error));
    assert_int_equal(error.code, PV_ERROR_IO);
    pv_buf_clear(&frame);
}

static void test_a_text_longer_than_its_frame(void **state) {
    (void)state;
    pv_buf frame = pv_buf_on(&memory);
    pv_frame_put_text(&frame, PV_STR("ten bytes!"));
    pv_str rest = pv_buf_str(&frame);
    rest.size--;
    pv_str text;
    pv_error error = {0};
    assert_false(pv_frame_take_text(&rest, &text, &error));
    assert_int_equal(error.code, PV_ERROR_IO);
    pv_buf_clear(&frame);
}

static void test_a_pipe_carries_frames(void **state) {
    (void)state;
    int ends[2];
    pv_error error = {0};
    pv_buf frame = pv_buf_on(&memory);
    assert_int_equal(pipe(ends), 0);
    pv_buf_append_text(&frame, "first");
    assert_true(pv_frame_send(ends[1], &frame, &error));
    pv_buf_reset(&frame);
    assert_true(pv_frame_send(ends[1], &frame, &error)); /* an empty one is a frame too */
    assert_true(pv_frame_receive(ends[0], &frame, &error));
    assert_str(pv_buf_str(&frame), "first");
    assert_true(pv_frame_receive(ends[0], &frame, &error));
    assert_int_equal(frame.size, 0);
    close(ends[0]);
    close(ends[1]);
    pv_buf_clear(&frame);
}

/* A worker that dies in the middle of a frame has sent nothing that counts. */
static void test_a_frame_that_breaks_off(void **state) {
    (void)state;
    int ends[2];
    pv_error error = {0};
    pv_buf frame = pv_buf_on(&memory);
    const uint64_t announced = 10;
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], &announced, sizeof announced), sizeof announced);
    assert_int_equal(write(ends[1], "four", 4), 4);
    close(ends[1]);
    assert_false(pv_frame_receive(ends[0], &frame, &error));
    assert_int_equal(error.code, PV_ERROR_IO);
    error = (pv_error){0};
    assert_false(pv_frame_receive(ends[0], &frame, &error)); /* and then there is nothing at all */
    assert_int_equal(error.code, PV_ERROR_IO);
    close(ends[0]);
    pv_buf_clear(&frame);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_put_is_taken),
        cmocka_unit_test(test_a_text_longer_than_its_frame),
        cmocka_unit_test(test_a_pipe_carries_frames),
        cmocka_unit_test(test_a_frame_that_breaks_off),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
