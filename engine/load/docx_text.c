/* The text of a Word document: its pieces as they were written, signs that are elements, fields. */
#include <string.h>

#include "base/array.h"
#include "base/digits.h"
#include "base/utf8.h"
#include "load/docx_walk_p.h"

/* Of a run: hidden by itself; else by one of the styles of run and paragraph, and not by both. */
static bool is_hidden_run(pv_docx_walker *walk) {
    const pv_docx_styles *styles = &walk->docx->styles;
    const pv_docx_paragraph *paragraph = pv_docx_open_paragraph(walk);
    if (walk->run_is_hidden != PV_DOCX_NOT_SAID)
        return walk->run_is_hidden;
    bool by_run = walk->run_style != PV_DOCX_NO_STYLE && styles->list[walk->run_style].look.is_hidden == 1;
    bool by_paragraph =
        paragraph && paragraph->style != PV_DOCX_NO_STYLE && styles->list[paragraph->style].look.is_hidden == 1;
    return by_run != by_paragraph;
}

static uint8_t views_in_instructions(const pv_docx_walker *walk) {
    return (uint8_t)((walk->fields[0].instructions > 0 ? PV_DOCX_ACCEPTED : 0) |
                     (walk->fields[1].instructions > 0 ? PV_DOCX_ORIGINAL : 0));
}

/* Adds what was written at these bytes of the part. */
static bool add_piece(pv_docx_walker *walk, pv_str text, pv_span at, pv_error *error) {
    pv_docx *docx = walk->docx;
    pv_docx_paragraph *paragraph = pv_docx_open_paragraph(walk);
    if (!paragraph || text.size == 0)
        return true;
    bool is_hidden = is_hidden_run(walk);
    if (is_hidden && !pv_docx_add_omission(walk, "hidden text is left out here", error))
        return false;
    uint8_t views = is_hidden ? 0 : pv_docx_innermost(walk)->views;
    uint8_t by_field = views & views_in_instructions(walk);
    views &= (uint8_t)~by_field;
    bool is_exact = at.end - at.start == text.size;
    bool is_prompt = pv_docx_innermost(walk)->is_placeholder;
    if (views != PV_DOCX_BOTH && !is_hidden && by_field == 0)
        docx->has_changes = true;
    /* Before the first text of a paragraph it moves to the page that this stands on. */
    if (paragraph->first == PV_DOCX_NONE) {
        paragraph->page = docx->page;
        paragraph->breaks = docx->breaks;
    }
    pv_docx_piece *last = paragraph->last != PV_DOCX_NONE ? &docx->pieces.items[paragraph->last] : NULL;
    bool goes_on = last && paragraph->last + 1 == docx->pieces.count && last->views == views &&
                   last->by_field == by_field && last->is_hidden == is_hidden && last->is_prompt == is_prompt &&
                   last->is_exact && is_exact && last->origin.end == at.start && last->page == docx->page &&
                   last->text + last->size == docx->text.size && paragraph->last >= walk->text_from;
    if (docx->text.size + text.size > docx->limits->part_bytes)
        return pv_fail(error, PV_ERROR_LIMIT, "the document has more text than the limit of %zu bytes",
                       docx->limits->part_bytes);
    uint32_t text_at = (uint32_t)docx->text.size;
    pv_buf_append(&docx->text, text);
    if (docx->text.failed)
        return pv_fail_memory(error);
    if (goes_on) {
        last->size += (uint32_t)text.size;
        last->origin.end = at.end;
        return true;
    }
    uint32_t index = (uint32_t)docx->pieces.count;
    pv_docx_piece *piece = PV_ARRAY_ADD(walk->arena, &docx->pieces);
    if (!piece)
        return pv_fail_memory(error);
    *piece = (pv_docx_piece){
        .text = text_at,
        .size = (uint32_t)text.size,
        .origin = at,
        .next = PV_DOCX_NONE,
        .page = docx->page,
        .views = views,
        .by_field = by_field,
        .is_exact = is_exact,
        .is_hidden = is_hidden,
        .is_prompt = is_prompt,
    };
    if (paragraph->last != PV_DOCX_NONE)
        docx->pieces.items[paragraph->last].next = index;
    else
        paragraph->first = index;
    paragraph->last = index;
    return true;
}

/* What is text, and is written otherwise here: blanks are spaces, and hyphens are hyphens, whether or not a line may
 * break at them. NULL: it stays. */
static const char *folded(pv_str text, size_t at, size_t *size) {
    static const struct {
        pv_str written;
        const char *text;
    } others[] = {
        {PV_STR("\t"), " "},           {PV_STR("\n"), " "}, {PV_STR("\r"), " "}, {PV_STR("\xC2\xA0"), " "}, /* U+00A0 */
        {PV_STR("\xE2\x80\xAF"), " "},                                                                      /* U+202F */
        {PV_STR("\xE2\x80\x91"), "-"},                                                                      /* U+2011 */
        {PV_STR("\xE2\x80\xA8"), " "},                                                                      /* U+2028 */
        {PV_STR("\xE2\x80\xA9"), " "},                                                                      /* U+2029 */
    };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        pv_str written = others[i].written;
        if (text.size - at >= written.size && memcmp(text.data + at, written.data, written.size) == 0) {
            *size = written.size;
            return others[i].text;
        }
    }
    return NULL;
}

static bool may_be_folded(char c) {
    return c == '\t' || c == '\n' || c == '\r' || c == '\xC2' || c == '\xE2';
}

bool pv_docx_add_text(pv_docx_walker *walk, pv_str text, pv_span at, pv_error *error) {
    bool is_exact = at.end - at.start == text.size;
    size_t from = 0;
    for (size_t i = 0; i < text.size;) {
        size_t size;
        const char *other = may_be_folded(text.data[i]) ? folded(text, i, &size) : NULL;
        if (!other) {
            i++;
            continue;
        }
        pv_span before = {at.start + (uint32_t)from, at.start + (uint32_t)i};
        pv_span here = {at.start + (uint32_t)i, at.start + (uint32_t)(i + size)};
        if (!add_piece(walk, pv_str_slice(text, from, i), is_exact ? before : at, error) ||
            !add_piece(walk, pv_str_from(other), is_exact ? here : at, error))
            return false;
        from = i += size;
    }
    return add_piece(walk, pv_str_slice(text, from, text.size),
                     is_exact ? (pv_span){at.start + (uint32_t)from, at.end} : at, error);
}

void pv_docx_trim_text(pv_docx_walker *walk) {
    pv_docx *docx = walk->docx;
    size_t end = docx->pieces.count;
    for (size_t i = walk->text_from; i < end; i++) {
        pv_docx_piece *piece = &docx->pieces.items[i];
        for (; piece->is_exact && piece->size > 0 && docx->text.data[piece->text] == ' '; piece->size--) {
            piece->text++;
            piece->origin.start++;
        }
        if (piece->size > 0)
            break;
    }
    for (size_t i = end; i-- > walk->text_from;) {
        pv_docx_piece *piece = &docx->pieces.items[i];
        for (; piece->is_exact && piece->size > 0 && docx->text.data[piece->text + piece->size - 1] == ' ';
             piece->size--)
            piece->origin.end--;
        if (piece->size > 0)
            break;
    }
}

static bool add_sign(pv_docx_walker *walk, const char *text, const pv_xml_reader *reader, pv_error *error) {
    walk->text_from = (uint32_t)walk->docx->pieces.count;
    return add_piece(walk, pv_str_from(text), pv_xml_at(reader), error);
}

bool pv_docx_see_sign(pv_docx_walker *walk, pv_docx_element what, const pv_xml_reader *reader, pv_error *error) {
    return add_sign(walk, what == PV_DOCX_ELEMENT_HYPHEN ? "-" : " ", reader, error);
}

bool pv_docx_see_symbol(pv_docx_walker *walk, pv_docx_element what, const pv_xml_reader *reader, pv_error *error) {
    (void)what;
    pv_str digits = pv_xml_attribute(reader, PV_XML_W, "char");
    uint32_t code = 0;
    for (size_t i = 0; i < digits.size; i++) {
        int digit = pv_hex_value(digits.data[i]);
        if (digit < 0 || code > 0xFFFF)
            return true;
        code = code * 16 + (uint32_t)digit;
    }
    uint32_t shown = pv_docx_symbol(pv_xml_attribute(reader, PV_XML_W, "font"), code);
    if (!shown)
        shown = code;
    bool is_character = shown >= ' ' && shown <= 0x10FFFF && !(shown >= 0xD800 && shown <= 0xDFFF);
    char bytes[5] = {0};
    if (is_character)
        pv_utf8_encode(shown, bytes);
    return !is_character || add_sign(walk, bytes, reader, error);
}

/* ---- fields ---- */

#define FIELDS_MOST 64 /* inside one another; deeper ones show all they hold */

static void change_field(pv_docx_fields *fields, pv_str type, uint32_t piece) {
    if (pv_str_equal(type, PV_STR("begin"))) {
        if (fields->depth++ >= FIELDS_MOST)
            return;
        fields->in_result <<= 1;
        if (fields->instructions++ == 0)
            fields->since = piece;
    } else if (fields->depth == 0) {
        return;
    } else if (pv_str_equal(type, PV_STR("separate"))) {
        if (fields->depth <= FIELDS_MOST && !(fields->in_result & 1)) {
            fields->in_result |= 1;
            fields->instructions--;
        }
    } else if (pv_str_equal(type, PV_STR("end"))) {
        if (fields->depth-- > FIELDS_MOST)
            return;
        if (!(fields->in_result & 1))
            fields->instructions--;
        fields->in_result >>= 1;
    }
}

/* What a form field of old shows, at its end: its result has it not. */
static bool show_form_field(pv_docx_walker *walk, const pv_xml_reader *reader, pv_error *error) {
    const pv_str shown = walk->form_field.shown;
    walk->form_field.shown = PV_STR("");
    return shown.size == 0 || add_piece(walk, shown, pv_xml_at(reader), error);
}

bool pv_docx_begin_form_field(pv_docx_walker *walk, pv_docx_element what, const pv_xml_reader *reader,
                              pv_error *error) {
    (void)what, (void)reader, (void)error;
    walk->form_field = (pv_docx_form_field){.shown = PV_STR("")};
    return true;
}

bool pv_docx_see_form_choice(pv_docx_walker *walk, pv_docx_element what, const pv_xml_reader *reader, pv_error *error) {
    pv_docx_form_field *field = &walk->form_field;
    const pv_str value = pv_docx_value_of(reader);
    const uint8_t around = pv_docx_parent(walk)->element;
    uint64_t number = 0;
    (void)error;
    if (around != PV_DOCX_ELEMENT_CHECK_BOX && around != PV_DOCX_ELEMENT_DROP_DOWN)
        return true;
    if (what == PV_DOCX_ELEMENT_FORM_DEFAULT && field->has_choice)
        return true;
    if (around == PV_DOCX_ELEMENT_CHECK_BOX)
        number = pv_docx_is_on(value);
    else if (!pv_digits_read(value, UINT16_MAX, &number))
        return true;
    field->chosen = (uint32_t)number;
    field->has_choice = what == PV_DOCX_ELEMENT_FORM_CHOICE;
    return true;
}

bool pv_docx_see_list_entry(pv_docx_walker *walk, pv_docx_element what, const pv_xml_reader *reader, pv_error *error) {
    (void)what;
    if (pv_docx_parent(walk)->element != PV_DOCX_ELEMENT_DROP_DOWN)
        return true;
    pv_str *added = PV_ARRAY_ADD(walk->arena, &walk->form_field.entries);
    if (added)
        *added = pv_arena_copy(walk->arena, pv_docx_value_of(reader));
    return (added && added->data) || pv_fail_memory(error);
}

void pv_docx_end_form_field(pv_docx_walker *walk, pv_docx_element what) {
    pv_docx_form_field *field = &walk->form_field;
    if (what == PV_DOCX_ELEMENT_CHECK_BOX)
        field->shown = field->chosen ? PV_STR("☒") : PV_STR("☐");
    else if (field->chosen < field->entries.count)
        field->shown = field->entries.items[field->chosen];
}

bool pv_docx_see_field(pv_docx_walker *walk, pv_docx_element what, const pv_xml_reader *reader, pv_error *error) {
    pv_str type = pv_xml_attribute(reader, PV_XML_W, "fldCharType");
    uint8_t views = pv_docx_innermost(walk)->views;
    (void)what;
    for (size_t view = 0; view < 2; view++)
        if (views & (1U << view))
            change_field(&walk->fields[view], type, (uint32_t)walk->docx->pieces.count);
    return !pv_str_equal(type, PV_STR("end")) || show_form_field(walk, reader, error);
}

void pv_docx_close_fields(pv_docx_walker *walk) {
    for (size_t view = 0; view < 2; view++) {
        uint8_t bit = (uint8_t)(1U << view);
        if (walk->fields[view].instructions == 0)
            continue;
        for (size_t i = walk->fields[view].since; i < walk->docx->pieces.count; i++) {
            pv_docx_piece *piece = &walk->docx->pieces.items[i];
            piece->views |= piece->by_field & bit;
        }
    }
}
