/* Invariant: the map is built by decoding the raw bytes again, and kept only if that decoding equals the parser's
 * value; otherwise the text gets one coarse segment and exact = false. So a wrong map cannot go unnoticed. */
#ifndef PV_LOAD_SCALAR_MAP_P_H
#define PV_LOAD_SCALAR_MAP_P_H

#include "model/node.h"

/* Maps value (what the parser decoded) to source bytes [span.start, span.end), which hold the scalar as written:
 * quotes, or the block indicator line, included. parent_indent: column of the block scalar's parent (for its
 * indentation), -1 at the root. Segments go to arena; value must live as long. */
bool pv_scalar_map_build(pv_text *out, pv_arena *arena, pv_str source, pv_span span, pv_scalar_style style,
                         int parent_indent, pv_str value, pv_error *error) PV_MUST_CHECK;

/* Whether two escapes that stand at offset are one character, "\ud83d\ude00", as JSON has it. */
bool pv_yaml_is_surrogate_pair(pv_str text, size_t at);

#endif
