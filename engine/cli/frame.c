#include "cli/frame.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "cli/console.h"

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
