#include "base/decimal.h"

#include <inttypes.h>

#include "base/digits.h"

/* Wide enough that a product of two coefficients, or one scaled by 10^18, is exact. */
__extension__ typedef __int128 wide;

static const int64_t powers[PV_DECIMAL_MAX_SCALE + 1] = {
    INT64_C(1),
    INT64_C(10),
    INT64_C(100),
    INT64_C(1000),
    INT64_C(10000),
    INT64_C(100000),
    INT64_C(1000000),
    INT64_C(10000000),
    INT64_C(100000000),
    INT64_C(1000000000),
    INT64_C(10000000000),
    INT64_C(100000000000),
    INT64_C(1000000000000),
    INT64_C(10000000000000),
    INT64_C(100000000000000),
    INT64_C(1000000000000000),
    INT64_C(10000000000000000),
    INT64_C(100000000000000000),
    INT64_C(1000000000000000000),
};

static bool fail_range(pv_error *error) {
    return pv_fail(error, PV_ERROR_RANGE, "the result has too many digits, so it cannot be computed exactly");
}

/* The decimal coefficient / 10^scale in its shortest form, or PV_ERROR_RANGE. */
static bool narrow(wide coefficient, unsigned scale, pv_decimal *out, pv_error *error) {
    while (scale > 0 && coefficient % 10 == 0) {
        coefficient /= 10;
        scale--;
    }
    if (scale > PV_DECIMAL_MAX_SCALE || coefficient > INT64_MAX || coefficient < -INT64_MAX)
        return fail_range(error);
    *out = (pv_decimal){(int64_t)coefficient, (uint8_t)scale};
    return true;
}

pv_decimal pv_decimal_from_integer(int64_t value) {
    return (pv_decimal){value, 0};
}

/* True when the integer part text[start, end) has no commas, or has them exactly between groups of three digits. */
static bool groups_are_right(pv_str text, size_t start, size_t end) {
    size_t first = start;
    while (first < end && text.data[first] != ',')
        first++;
    if (first == end)
        return true;
    if (first == start || first - start > 3 || (end - first) % 4 != 0)
        return false;
    for (size_t i = first; i < end; i++)
        if ((text.data[i] == ',') != ((i - first) % 4 == 0))
            return false;
    return true;
}

static bool fail_number(pv_str text, pv_error *error) {
    return pv_fail(error, PV_ERROR_SYNTAX, "\"%.*s\" is not a number", (int)(text.size < 60 ? text.size : 60),
                   text.size ? text.data : "");
}

bool pv_decimal_parse(pv_str text, bool grouped, pv_decimal *out, pv_error *error) {
    size_t start = text.size > 0 && (text.data[0] == '+' || text.data[0] == '-');
    bool negative = start && text.data[0] == '-';
    size_t integer_end = start;
    while (integer_end < text.size && text.data[integer_end] != '.')
        integer_end++;
    bool has_groups = grouped && groups_are_right(text, start, integer_end);
    wide coefficient = 0;
    unsigned scale = 0;
    size_t digits = 0;
    for (size_t i = start; i < text.size; i++) {
        if (i == integer_end)
            continue;
        if (!pv_is_digit(text.data[i])) {
            if (has_groups && text.data[i] == ',' && i < integer_end)
                continue;
            return fail_number(text, error);
        }
        digits++;
        scale += i > integer_end;
        coefficient = coefficient * 10 + (text.data[i] - '0');
        if (scale > PV_DECIMAL_MAX_SCALE || coefficient > INT64_MAX)
            return fail_range(error);
    }
    if (digits == 0 || integer_end + 1 == text.size)
        return fail_number(text, error);
    return narrow(negative ? -coefficient : coefficient, scale, out, error);
}

/* Both coefficients at the larger of the two scales. */
static unsigned align(pv_decimal a, pv_decimal b, wide *x, wide *y) {
    unsigned scale = a.scale > b.scale ? a.scale : b.scale;
    *x = (wide)a.coefficient * powers[scale - a.scale];
    *y = (wide)b.coefficient * powers[scale - b.scale];
    return scale;
}

bool pv_decimal_add(pv_decimal a, pv_decimal b, pv_decimal *out, pv_error *error) {
    wide x, y;
    unsigned scale = align(a, b, &x, &y);
    return narrow(x + y, scale, out, error);
}

bool pv_decimal_subtract(pv_decimal a, pv_decimal b, pv_decimal *out, pv_error *error) {
    wide x, y;
    unsigned scale = align(a, b, &x, &y);
    return narrow(x - y, scale, out, error);
}

bool pv_decimal_multiply(pv_decimal a, pv_decimal b, pv_decimal *out, pv_error *error) {
    return narrow((wide)a.coefficient * b.coefficient, (unsigned)a.scale + b.scale, out, error);
}

int pv_decimal_compare(pv_decimal a, pv_decimal b) {
    wide x, y;
    align(a, b, &x, &y);
    return (x > y) - (x < y);
}

bool pv_decimal_to_integer(pv_decimal value, int64_t *out) {
    if (value.coefficient % powers[value.scale] != 0)
        return false;
    *out = value.coefficient / powers[value.scale];
    return true;
}

void pv_decimal_format(pv_decimal value, pv_buf *out) {
    /* The magnitude as unsigned, so that the most negative coefficient has one too. */
    uint64_t magnitude =
        value.coefficient < 0 ? (uint64_t)0 - (uint64_t)value.coefficient : (uint64_t)value.coefficient;
    uint64_t divisor = (uint64_t)powers[value.scale];
    uint64_t fraction = magnitude % divisor;
    int places = value.scale;
    if (value.coefficient < 0)
        pv_buf_append_char(out, '-');
    pv_buf_append_unsigned(out, magnitude / divisor);
    while (places > 0 && fraction % 10 == 0) {
        fraction /= 10;
        places--;
    }
    if (places > 0)
        pv_buf_format(out, ".%0*" PRIu64, places, fraction);
}

static bool fail_whole(pv_error *error) {
    return pv_fail(error, PV_ERROR_RANGE, "a share needs a whole that is more than nothing");
}

/* part / whole in percent, without its sign, as far as it was divided. */
typedef struct quotient {
    wide digits; /* of the quotient, cut: percent * 10^places */
    wide rest;   /* of whole, below it */
    wide whole;
    unsigned places;
} quotient;

static void divide_on(quotient *share) {
    wide rest = share->rest * 10;
    share->digits = share->digits * 10 + rest / share->whole;
    share->rest = rest % share->whole;
    share->places++;
}

/* Half away from zero. */
static pv_decimal rounded(const quotient *share, bool negative) {
    wide digits = share->digits + (share->rest >= share->whole - share->rest);
    return (pv_decimal){(int64_t)(negative ? -digits : digits), (uint8_t)share->places};
}

static int sign_of(int order) {
    return (order > 0) - (order < 0);
}

/* How the share itself, which is divided on for it, stands to against: -1, 0, 1. */
static int order_of(quotient share, bool negative, pv_decimal against) {
    while (share.places < against.scale && share.digits < INT64_MAX / 10)
        divide_on(&share);
    const pv_decimal cut = {(int64_t)(negative ? -share.digits : share.digits), (uint8_t)share.places};
    int order = sign_of(pv_decimal_compare(cut, against));
    if (order == 0 && share.rest > 0)
        order = negative ? -1 : 1;
    return order;
}

bool pv_decimal_format_share(pv_decimal part, pv_decimal whole, const pv_decimal *against, pv_buf *out,
                             pv_error *error) {
    wide x, y;
    if (whole.coefficient <= 0)
        return fail_whole(error);
    align(part, whole, &x, &y);
    bool negative = x < 0;
    if (negative)
        x = -x;
    if (x > ((wide)INT64_MAX * INT64_MAX) / 2000 || x * 100 / y > INT64_MAX / 100)
        return fail_range(error);
    quotient share = {.digits = x * 100 / y, .rest = x * 100 % y, .whole = y};
    divide_on(&share);
    if (against) {
        int order = order_of(share, negative, *against);
        while (sign_of(pv_decimal_compare(rounded(&share, negative), *against)) != order &&
               share.places < PV_DECIMAL_MAX_SCALE && share.digits < INT64_MAX / 100)
            divide_on(&share);
    }
    const pv_decimal shown = rounded(&share, negative);
    uint64_t digits = (uint64_t)(shown.coefficient < 0 ? -shown.coefficient : shown.coefficient);
    uint64_t unit = (uint64_t)powers[share.places];
    pv_buf_format(out, "%s%" PRIu64 ".%0*" PRIu64, shown.coefficient < 0 ? "-" : "", digits / unit, (int)share.places,
                  digits % unit);
    return true;
}
