#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/digits.h"

#define FIRST_CAPACITY ((size_t)256)

pv_buf pv_buf_on(pv_memory *memory) {
    return (pv_buf){.memory = memory};
}

pv_buf pv_buf_over(pv_memory *memory, char *block, size_t capacity) {
    return (pv_buf){.data = block, .capacity = capacity, .memory = memory, .borrowed = true};
}

void pv_buf_clear(pv_buf *buf) {
    if (!buf->borrowed)
        pv_memory_free(buf->memory, buf->data, buf->capacity);
    *buf = pv_buf_on(buf->memory);
}

void pv_buf_reset(pv_buf *buf) {
    buf->size = 0;
}

bool pv_buf_reserve(pv_buf *buf, size_t more) {
    if (buf->failed)
        return false;
    if (more < buf->capacity - buf->size) /* strictly: the closing NUL needs a byte too */
        return true;
    size_t capacity = buf->capacity ? buf->capacity : FIRST_CAPACITY;
    while (capacity - buf->size <= more) {
        if (capacity > SIZE_MAX / 4) {
            buf->failed = true;
            return false;
        }
        capacity *= 2;
    }
    char *own = buf->borrowed ? NULL : buf->data;
    char *grown = pv_memory_resize(buf->memory, own, own ? buf->capacity : 0, capacity);
    if (!grown) {
        buf->failed = true;
        return false;
    }
    if (buf->borrowed && buf->size > 0)
        memcpy(grown, buf->data, buf->size);
    buf->borrowed = false;
    buf->data = grown;
    buf->capacity = capacity;
    return true;
}

void pv_buf_grow_append(pv_buf *buf, pv_str text) {
    if (!pv_buf_reserve(buf, text.size))
        return;
    if (text.size)
        memcpy(buf->data + buf->size, text.data, text.size);
    buf->size += text.size;
    buf->data[buf->size] = '\0';
}

void pv_buf_append_text(pv_buf *buf, const char *text) {
    pv_buf_append(buf, pv_str_from(text));
}

void pv_buf_append_repeat(pv_buf *buf, char c, size_t count) {
    if (!pv_buf_reserve(buf, count))
        return;
    memset(buf->data + buf->size, c, count);
    buf->size += count;
    buf->data[buf->size] = '\0';
}

void pv_buf_format(pv_buf *buf, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length < 0 || !pv_buf_reserve(buf, (size_t)length)) {
        buf->failed = true;
        return;
    }
    va_start(arguments, format);
    vsnprintf(buf->data + buf->size, (size_t)length + 1, format, arguments);
    va_end(arguments);
    buf->size += (size_t)length;
}

void pv_buf_append_unsigned(pv_buf *buf, uint64_t number) {
    char digits[PV_DIGITS_MOST];
    pv_buf_append(buf, (pv_str){digits, (size_t)(pv_digits_write(number, digits) - digits)});
}

pv_str pv_buf_str(const pv_buf *buf) {
    return (pv_str){buf->data, buf->size};
}

/* ---- frames ---- */

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
