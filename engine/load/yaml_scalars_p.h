/* Invariant: a scalar is read by these functions exactly as libyaml reads it, value, place and map, or not at all: they
 * return false, which is no error, for what is doubtful, and then another reader reads the file from its beginning.
 * Only when memory is refused the cursor's error is filled besides. A source with odd characters is not read here
 * (pv_source.has_odd_characters). */
#ifndef PV_LOAD_YAML_SCALARS_P_H
#define PV_LOAD_YAML_SCALARS_P_H

#include "model/node.h"

/* Where reading has come to, and where the values go that are not byte for byte in the source, and the segments. */
typedef struct pv_yaml_cursor {
    const pv_source *source;
    const char *bytes; /* of the source: `size` of them */
    size_t size;
    size_t at;         /* the next byte to be read */
    size_t line;       /* the line that at is in, counted from 0; SIZE_MAX before the first */
    size_t line_start; /* its first byte */
    size_t line_end;   /* where its line break is */
    pv_arena *arena;
    pv_error *error;
    char *text;       /* room for all values that are still to come; NULL while none was needed */
    size_t text_size; /* of the value being made */
    pv_segment *segments;
    size_t segment_count; /* of the value being made */
    size_t segment_room;
} pv_yaml_cursor;

/* What a text without quotes ends at. */
typedef enum pv_yaml_stop {
    PV_YAML_STOP_LINE,    /* the end of its last line */
    PV_YAML_STOP_COLON,   /* a colon that makes it a key; such a text is all on one line */
    PV_YAML_STOP_COMMENT, /* the # of one */
    PV_YAML_STOP_SIGN,    /* in brackets: a comma or a bracket */
    PV_YAML_STOP_DOUBT,
} pv_yaml_stop;

/* Whether bytes at the cursor's place begin a text without quotes; not where a document ends. */
bool pv_yaml_begins_plain(const pv_yaml_cursor *cursor);
/* Whether the line that begins at start may end the document, or begin another: "---", "...". */
bool pv_yaml_may_be_marker(const pv_yaml_cursor *cursor, size_t start);
/* Moves to the beginning of the next line; false after the last one. */
bool pv_yaml_next_line(pv_yaml_cursor *cursor);
/* A scalar node without a value, in the cursor's arena; NULL when memory is refused, which is then reported. */
pv_node *pv_yaml_new_scalar(pv_yaml_cursor *cursor);
/* The source from start to end is what node, of pv_yaml_new_scalar, says; quotes: so many of them on each side. */
void pv_yaml_set_verbatim(const pv_yaml_cursor *cursor, pv_node *node, size_t start, size_t end, size_t quotes);

/* Each reads the scalar at the cursor's place into node, of pv_yaml_new_scalar, and moves behind it. column: of the
 * collection that it is in, which further lines of it are indented against. */
bool pv_yaml_read_plain(pv_yaml_cursor *cursor, pv_node *node, int column, bool in_flow, pv_yaml_stop *stop);
bool pv_yaml_read_quoted(pv_yaml_cursor *cursor, pv_node *node);
/* Moves to the end of the last line before the one that is no part of it. */
bool pv_yaml_read_block(pv_yaml_cursor *cursor, pv_node *node, int column);

/* The comment that follows a value without quotes on its line, or below where one would be more of it; else empty.
 * column, in_flow: of the collection that it is in; column -1: in none. */
pv_span pv_yaml_comment_after(const pv_source *source, const pv_node *scalar, int column, bool in_flow);

#endif
