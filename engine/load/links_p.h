/* Invariant: a link leads to a part of its own package, whatever it says: its target is a part's name, with "." and
 * ".." worked out, and never a path. Links that lead out of the package are none. */
#ifndef PV_LOAD_LINKS_P_H
#define PV_LOAD_LINKS_P_H

#include "base/array.h"
#include "load/package_p.h"
#include "load/xml_p.h"

typedef struct pv_link {
    pv_str id;
    pv_str type;   /* the last part of it: "styles" */
    pv_str target; /* a part's name */
} pv_link;

typedef PV_ARRAY(pv_link) pv_links;

/* The links of a part, by its name; empty: of the package itself. None where nothing says any. In arena. */
bool pv_links_read(pv_links *out, pv_arena *arena, pv_package *package, pv_str part, const pv_limits *limits,
                   pv_error *error) PV_MUST_CHECK;
/* The target of the first link of this type; the null string where there is none. */
pv_str pv_links_target(const pv_links *links, const char *type);

#endif
