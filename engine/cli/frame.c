#include "cli/frame.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "cli/console.h"

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

bool pv_frame_send(int descriptor, const pv_buf *frame, pv_error *error) {
    uint64_t size = frame->size;
    char length[sizeof size];
    memcpy(length, &size, sizeof size);
    if (frame->failed)
        return pv_fail_memory(error);
    if (!pv_console_write(descriptor, (pv_str){length, sizeof length}) ||
        !pv_console_write(descriptor, pv_buf_str(frame)))
        return pv_fail(error, PV_ERROR_IO, "a worker process cannot send: %s", strerror(errno));
    return true;
}

static bool receive_exactly(int descriptor, char *out, size_t size, pv_error *error) {
    while (size > 0) {
        ssize_t got = read(descriptor, out, size);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return pv_fail(error, PV_ERROR_IO, "a worker process ended before it was done");
        out += got;
        size -= (size_t)got;
    }
    return true;
}

bool pv_frame_receive(int descriptor, pv_buf *frame, pv_error *error) {
    uint64_t size;
    char length[sizeof size];
    if (!receive_exactly(descriptor, length, sizeof length, error))
        return false;
    memcpy(&size, length, sizeof size);
    pv_buf_reset(frame);
    if (!pv_buf_reserve(frame, size))
        return pv_fail_memory(error);
    if (!receive_exactly(descriptor, frame->data, size, error))
        return false;
    frame->size = size;
    return true;
}
