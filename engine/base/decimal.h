/* Invariant: a pv_decimal is exactly coefficient / 10^scale, 0 <= scale <= 18, and every operation is exact or says
 * PV_ERROR_RANGE; nothing is ever rounded except by pv_decimal_format_share, whose result is only shown. */
#ifndef PV_BASE_DECIMAL_H
#define PV_BASE_DECIMAL_H

#include "base/buf.h"
#include "base/error.h"

#define PV_DECIMAL_MAX_SCALE 18

typedef struct pv_decimal {
    int64_t coefficient;
    uint8_t scale;
} pv_decimal;

pv_decimal pv_decimal_from_integer(int64_t value);
/* [+-]digits[.digits] or .digits, with "," between groups of three when `grouped`; nothing else (no exponent, no
 * blanks). */
bool pv_decimal_parse(pv_str text, bool grouped, pv_decimal *out, pv_error *error) PV_MUST_CHECK;
bool pv_decimal_add(pv_decimal a, pv_decimal b, pv_decimal *out, pv_error *error) PV_MUST_CHECK;
bool pv_decimal_subtract(pv_decimal a, pv_decimal b, pv_decimal *out, pv_error *error) PV_MUST_CHECK;
bool pv_decimal_multiply(pv_decimal a, pv_decimal b, pv_decimal *out, pv_error *error) PV_MUST_CHECK;
/* Exact order of any two decimals: <0, 0, >0. Cannot fail. */
int pv_decimal_compare(pv_decimal a, pv_decimal b);
/* True and the value when it is a whole number. */
bool pv_decimal_to_integer(pv_decimal value, int64_t *out);
/* Without trailing zeros after the point: 20, 33.7, -0.2. */
void pv_decimal_format(pv_decimal value, pv_buf *out);
/* part / whole as a percentage, half away from zero, for showing only: "18.9"; whole must be > 0 (else
 * PV_ERROR_RANGE). With one place, or where that would stand on the other side of against than the share itself does
 * (or on it, and the share does not), with as many as show the difference: 39999 of 200000 against 20 is "19.9995".
 * against: NULL for none. */
bool pv_decimal_format_share(pv_decimal part, pv_decimal whole, const pv_decimal *against, pv_buf *out,
                             pv_error *error) PV_MUST_CHECK;

#endif
