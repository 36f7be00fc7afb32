#include "base/frame.h"

#include <string.h>

void pv_frame_put_number(pv_buf *frame, uint64_t number) {
    char bytes[sizeof number];
    memcpy(bytes, &number, sizeof number);
    pv_buf_append(frame, (pv_str){bytes, sizeof bytes});
}

void pv_frame_put_text(pv_buf *frame, pv_str text) {
    pv_frame_put_number(frame, text.size);
    pv_buf_append(frame, text);
}

static bool fail_short(pv_error *error) {
    return pv_fail(error, PV_ERROR_IO, "a worker process sent less than it announced");
}

bool pv_frame_take_number(pv_str *frame, uint64_t *out, pv_error *error) {
    if (frame->size < sizeof *out)
        return fail_short(error);
    memcpy(out, frame->data, sizeof *out);
    *frame = pv_str_slice(*frame, sizeof *out, frame->size);
    return true;
}

bool pv_frame_take_text(pv_str *frame, pv_str *out, pv_error *error) {
    uint64_t size = 0;
    if (!pv_frame_take_number(frame, &size, error))
        return false;
    if (size > frame->size)
        return fail_short(error);
    *out = pv_str_slice(*frame, 0, size);
    *frame = pv_str_slice(*frame, size, frame->size);
    return true;
}
