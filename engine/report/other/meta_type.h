/* Invariant: every type that a signature names has one name in Lua: that of its class, with "_" for a blank. */
#ifndef PV_REPORT_META_TYPE_H
#define PV_REPORT_META_TYPE_H

#include "base/buf.h"

/* "list item" as a class of LuaLS: list_item. */
void pv_meta_name(pv_buf *out, pv_str name);
/* A type as signatures write it ("list of quantity", "text | string", "match?") as LuaLS writes it. element: what stands for
 * "element" in it. An empty type is any. */
void pv_meta_type(pv_buf *out, pv_str written, pv_str element);

#endif
