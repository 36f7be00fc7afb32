/* Invariant: a document that is read here is the one that libyaml's events give: values, places, maps and comments, to
 * the byte. Whatever this reader does not know for certain it declines, errors and limits among it: it never refuses
 * a document. */
#ifndef PV_LOAD_YAML_READER_P_H
#define PV_LOAD_YAML_READER_P_H

#include "base/limits.h"
#include "model/node.h"

/* Reads source (which must outlive arena) where it is of the part of YAML that filings, forms and packs are written in:
 * mappings and lists, in lines or brackets, and scalars of every style; no anchors, tags, aliases, directives, "? ", no
 * second document, no root that is a scalar. *out: NULL where it is declined; arena is then as it was. False only when
 * memory is refused. */
bool pv_yaml_read(pv_document **out, pv_arena *arena, const pv_source *source, const pv_limits *limits,
                  pv_error *error) PV_MUST_CHECK;
/* pv_yaml_load by way of libyaml's events alone: whatever the document, with the same outcome. */
bool pv_yaml_load_events(pv_document **out, pv_arena *arena, const pv_source *source, const pv_limits *limits,
                         pv_error *error) PV_MUST_CHECK;

#endif
