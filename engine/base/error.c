#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>

__attribute__((format(printf, 3, 0))) static bool fill(pv_error *error, pv_code code, const char *format,
                                                       va_list arguments) {
    if (error->code != PV_OK)
        return false;
    *error = (pv_error){.code = code};
    vsnprintf(error->message, sizeof error->message, format, arguments);
    return true;
}

bool pv_fail(pv_error *error, pv_code code, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    fill(error, code, format, arguments);
    va_end(arguments);
    return false;
}

bool pv_fail_at(pv_error *error, pv_code code, pv_span where, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    if (fill(error, code, format, arguments)) {
        error->where = where;
        error->has_where = true;
    }
    va_end(arguments);
    return false;
}

bool pv_fail_memory(pv_error *error) {
    return pv_fail(error, PV_ERROR_MEMORY, "not enough memory");
}

bool pv_error_also_at(pv_error *error, pv_span other) {
    error->other = other;
    error->has_other = true;
    return false;
}
