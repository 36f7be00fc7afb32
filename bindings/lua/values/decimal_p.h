/* Invariant: a decimal object never changes; what arithmetic gives has no place, since it stands nowhere. */
#ifndef PV_LUA_VALUES_DECIMAL_P_H
#define PV_LUA_VALUES_DECIMAL_P_H

#include "lua/values/number.h"

typedef struct pv_decimal_object {
    pv_object object;
    pv_number number;
} pv_decimal_object;

#endif
