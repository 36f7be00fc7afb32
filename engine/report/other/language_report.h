/* Invariant: what is written for people and for editors says nothing but what the language's description and the form
 * say, and every name once; the same description gives the same bytes. */
#ifndef PV_REPORT_LANGUAGE_REPORT_H
#define PV_REPORT_LANGUAGE_REPORT_H

#include "base/buf.h"
#include "model/form.h"
#include "model/language.h"

/* For the Lua language server (LuaLS): "---@meta" files, which define names and run nothing. */

/* A class with its names. */
void pv_meta_class(pv_buf *out, const pv_language *language, const pv_language_class *class);
/* Everything else: lists, declarations, global functions. */
void pv_meta_globals(pv_buf *out, const pv_language *language);
/* What a form adds: its fields, record kinds, tables and the attributes it declares. */
void pv_meta_form(pv_buf *out, const pv_form *form);

/* A suggestion for .luarc.json: where the files are, in the folder `library`. */
void pv_meta_luarc(pv_buf *out, pv_str library);
/* "list item" as a class of LuaLS: list_item. */
void pv_meta_name(pv_buf *out, pv_str name);
/* A type as signatures write it ("list of quantity", "text | string", "match?") as LuaLS writes it. element: what
 * stands for "element" in it. An empty type is any. */
void pv_meta_type(pv_buf *out, pv_str written, pv_str element);
/* For luacheck: the names rule files may read, as a .luacheckrc. */
void pv_meta_luacheck(pv_buf *out, const pv_language *language);

/* The rule reference, as Markdown. */
void pv_reference_markdown(pv_buf *out, const pv_language *language);

#endif
