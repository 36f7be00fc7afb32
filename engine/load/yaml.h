/* Invariant: what comes out is exactly what the bytes say: untyped text, in order, each scalar with its map
 * to the source; or nothing, with one error at one place. What the reader of our own declines is read by way of
 * libyaml, and which of the two reads makes no difference. The only module that includes yaml.h. */
#ifndef PV_LOAD_YAML_H
#define PV_LOAD_YAML_H

#include "base/limits.h"
#include "model/node.h"

/* Reads source (which must outlive arena) as one YAML document. Refused with PV_ERROR_REFUSED: anchors, aliases, tags,
 * merge keys, %TAG, a second document, duplicate keys, keys that are not scalars. PV_ERROR_LIMIT: depth, events, size.
 * An empty document is PV_ERROR_SHAPE. Messages are in a filer's words, not libyaml's. */
bool pv_yaml_load(pv_document **out, pv_arena *arena, const pv_source *source, const pv_limits *limits,
                  pv_error *error) PV_MUST_CHECK;

#endif
