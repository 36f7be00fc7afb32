/* Invariant: what comes out is exactly what the bytes say, as the tree that the same document in YAML gives: untyped
 * text, in order, numbers as they are written, each scalar with a map to the source; or nothing, with one error at
 * one place. jansson decides what is JSON and decodes it; where things stand is found here. The only module that
 * includes jansson.h. */
#ifndef PV_LOAD_JSON_READER_H
#define PV_LOAD_JSON_READER_H

#include "base/limits.h"
#include "model/node.h"

/* Reads source (which must outlive arena) as one JSON value (RFC 8259). PV_ERROR_REFUSED: a key that stands twice in
 * its object, the character U+0000. PV_ERROR_LIMIT: depth, values and keys, a number that no double can hold. An
 * empty document is PV_ERROR_SHAPE. */
bool pv_json_load(pv_document **out, pv_arena *arena, const pv_source *source, const pv_limits *limits,
                  pv_error *error) PV_MUST_CHECK;

#endif
