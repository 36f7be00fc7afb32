#include "align/answers_p.h"

#include <string.h>

#include "base/digits.h"
#include "base/utf8.h"
#include "model/ticked.h"
#include "table/table.h"

pv_node *pv_made_node(const pv_answers *answers, pv_str text, pv_span at) {
    pv_node *node = pv_tree_node(answers->arena, PV_NODE_SCALAR, at, answers->error);
    return node && pv_text_made_from(&node->text, answers->arena, text, at, answers->error) ? node : NULL;
}

/* ---- what comes between two parts ---- */

/* Whether a sentence, or what introduces a list, ends with the text. */
static bool ends_sentence(pv_str text) {
    static const char closing[] = "\"')]";
    size_t end = text.size;
    while (end > 0 && strchr(closing, text.data[end - 1]))
        end--;
    /* U+201D, U+2019 */
    if (end >= 3 && (unsigned char)text.data[end - 3] == 0xE2 && (unsigned char)text.data[end - 2] == 0x80)
        end -= 3;
    return end == 0 || strchr(".?!:;", text.data[end - 1]) != NULL;
}

/* How the lines of an answer are to be read. */
typedef struct line_habits {
    bool lists; /* items of a list stand in lines of their own, one after the other */
} line_habits;

/* The number that a line begins with: of "2)", "(2)", "b."; 0: none. */
static unsigned ordinal_of(pv_str line) {
    const size_t at = line.size > 0 && line.data[0] == '(' ? 1 : 0;
    const size_t end = pv_digits_end(line, at);
    uint64_t number = 0;
    if (!pv_marker_opens(line))
        return 0;
    if (end > at)
        return pv_digits_read(pv_str_slice(line, at, end), UINT16_MAX, &number) ? (unsigned)number : 0;
    return at < line.size && pv_ascii_is_letter(line.data[at]) ? (unsigned)(pv_ascii_lower(line.data[at]) - 'a' + 1)
                                                               : 0;
}

static line_habits habits_of(const pv_answers *answers, const pv_answer_part *parts, size_t count) {
    line_habits habits = {false};
    unsigned last = 0;
    for (size_t i = 0; i < count; i++) {
        const unsigned ordinal = parts[i].from == 0 ? ordinal_of(answers->units->blocks[parts[i].unit]->text.value) : 0;
        habits.lists |= ordinal > 1 && ordinal == last + 1;
        last = ordinal > 0 ? ordinal : last;
    }
    return habits;
}

/* Whether a paragraph ends between two units. A line that a page ends after, or that something stands after which is
 * none of the answer, goes on unless its sentence has ended. */
static bool is_paragraph(const pv_answers *answers, line_habits habits, size_t before, size_t unit) {
    const pv_block *last = answers->units->blocks[before];
    const pv_block *next = answers->units->blocks[unit];
    const bool is_item = pv_marker_opens(next->text.value);
    const bool gap = answers->units->units[unit].gap && unit == before + 1;
    if (!last->may_go_on)
        return true;
    return (is_item && (habits.lists || gap)) || (gap && ends_sentence(last->text.value));
}

/* ---- the text of an answer ---- */

typedef struct text_builder {
    const pv_answers *answers;
    pv_buf bytes;
    pv_segment_list segments;
} text_builder;

static bool add_separator(text_builder *builder, const char *separator, pv_span source) {
    pv_buf_append(&builder->bytes, pv_str_from(separator));
    return pv_segments_add(&builder->segments, strlen(separator), source, builder->answers->error);
}

/* A label that its author wrote belongs to the text. */
static bool add_label(text_builder *builder, const pv_block *block) {
    if (block->label.value.size == 0 || block->label_is_made)
        return true;
    pv_buf_append(&builder->bytes, block->label.value);
    return pv_segments_add_part(&builder->segments, &block->label, 0, block->label.value.size,
                                builder->answers->error) &&
           add_separator(builder, " ", (pv_span){block->label.span.end, block->text.span.start});
}

static bool add_part(text_builder *builder, const pv_answer_part *part) {
    const pv_block *block = builder->answers->units->blocks[part->unit];
    const pv_str value = block->text.value;
    if (part->from == 0 && !add_label(builder, block))
        return false;
    pv_buf_append(&builder->bytes, pv_str_slice(value, part->from, value.size));
    return pv_segments_add_part(&builder->segments, &block->text, part->from, value.size, builder->answers->error);
}

static bool is_cut(const pv_answers *answers, const pv_answer_part *before, const pv_answer_part *part) {
    return part->unit != before->unit + 1 || answers->units->cut[part->unit];
}

static pv_span span_of(const pv_answers *answers, const pv_answer_part *part) {
    const pv_block *block = answers->units->blocks[part->unit];
    pv_span span = pv_text_locate(&block->text, part->from, block->text.value.size);
    if (part->from == 0 && block->label.value.size > 0 && !block->label_is_made && block->label.span.start < span.start)
        span.start = block->label.span.start;
    return span;
}

/* Labels that the program made, of the parts that have them. */
static bool keep_labels(const pv_answers *answers, const pv_answer_part *parts, size_t count, const uint32_t *starts,
                        pv_text *text) {
    pv_made_label *labels = PV_NEW_ARRAY(answers->arena, pv_made_label, count);
    if (!labels)
        return pv_fail_memory(answers->error);
    for (size_t i = 0; i < count; i++) {
        const pv_block *block = answers->units->blocks[parts[i].unit];
        if (parts[i].from == 0 && block->label_is_made && block->label.value.size > 0)
            labels[text->label_count++] = (pv_made_label){starts[i], block->label.value};
    }
    text->labels = labels;
    return true;
}

/* Whether a line of a page was broken after the slash between two words, as programs do. */
static bool ends_within_slash(pv_str line, pv_str next) {
    const size_t slash = line.size > 1 && line.data[line.size - 1] == '/' ? line.size - 1 : 0;
    return slash > 0 && next.size > 0 && pv_ascii_is_letter(line.data[slash - 1]) && pv_ascii_is_letter(next.data[0]);
}

static const char *separator_of(const pv_answers *answers, line_habits habits, const pv_answer_part *before,
                                const pv_answer_part *part) {
    if (is_paragraph(answers, habits, before->unit, part->unit))
        return "\n";
    const pv_str last = pv_str_trim(answers->units->blocks[before->unit]->text.value);
    if (answers->units->blocks[before->unit]->kind == PV_BLOCK_LINE &&
        ends_within_slash(last, answers->units->blocks[part->unit]->text.value))
        return "";
    return pv_text_joins_at_hyphen(last, answers->units->blocks[part->unit]->text.value) ? "" : " ";
}

static bool build(text_builder *builder, const pv_answer_part *parts, size_t count, uint32_t *starts) {
    const pv_answers *answers = builder->answers;
    const line_habits habits = habits_of(answers, parts, count);
    for (size_t i = 0; i < count; i++) {
        if (i > 0) {
            const pv_span from = span_of(answers, &parts[i - 1]);
            const pv_span to = span_of(answers, &parts[i]);
            const bool cut = is_cut(answers, &parts[i - 1], &parts[i]) || from.end > to.start;
            if (!add_separator(builder, separator_of(answers, habits, &parts[i - 1], &parts[i]),
                               (pv_span){cut ? to.start : from.end, to.start}))
                return false;
        }
        starts[i] = builder->segments.covered;
        if (!add_part(builder, &parts[i]))
            return false;
    }
    return true;
}

static bool note_cuts(const pv_answers *answers, const pv_answer_part *parts, size_t count, pv_span whole) {
    for (size_t i = 1; answers->source && i < count; i++) {
        const pv_span cut = {span_of(answers, &parts[i - 1]).end, span_of(answers, &parts[i]).start};
        if (is_cut(answers, &parts[i - 1], &parts[i]) && cut.start < cut.end &&
            !pv_source_add_cut(answers->source, answers->arena, whole, cut, answers->error))
            return false;
    }
    return true;
}

pv_node *pv_answer_node(const pv_answers *answers, const pv_answer_part *parts, size_t count) {
    pv_arena *arena = answers->arena;
    const pv_span whole = {span_of(answers, &parts[0]).start, span_of(answers, &parts[count - 1]).end};
    pv_node *node = pv_tree_node(arena, PV_NODE_SCALAR, whole, answers->error);
    uint32_t *starts = PV_NEW_ARRAY(arena, uint32_t, count);
    if (!node || !starts) {
        pv_fail_memory(answers->error);
        return NULL;
    }
    text_builder builder = {.answers = answers, .bytes = pv_buf_on(pv_arena_memory(arena))};
    pv_segments_begin(&builder.segments, arena);
    bool built = build(&builder, parts, count, starts);
    const pv_str value = pv_arena_copy(arena, pv_buf_str(&builder.bytes));
    built = built && ((!builder.bytes.failed && value.data) || pv_fail_memory(answers->error));
    pv_buf_clear(&builder.bytes);
    if (!built) {
        (void)pv_segments_abandon(&builder.segments);
        return NULL;
    }
    node->style = PV_SCALAR_FOLDED;
    node->spelling = answers->form->headings ? &answers->form->headings->spelling : NULL;
    node->text = (pv_text){.value = value, .span = whole, .exact = true};
    if (!pv_segments_finish(&builder.segments, &node->text, answers->error) ||
        !keep_labels(answers, parts, count, starts, &node->text) || !note_cuts(answers, parts, count, whole))
        return NULL;
    return node;
}

pv_node *pv_answer_value(const pv_answers *answers, const pv_value_spec *spec, pv_node *node) {
    pv_node *value = node;
    if (!pv_ticked_take(&value, answers->arena, spec, answers->error))
        return NULL;
    if (value != node || spec->type != PV_TYPE_LIST || pv_text_is_blank(&node->text))
        return value;
    value = pv_table_list(answers->arena, &node->text, node->span, true, node->spelling, answers->error);
    if (value)
        value->uncertainty = node->uncertainty;
    return value;
}

const char *pv_block_doubt_says(pv_block_doubt doubt) {
    switch (doubt) {
    case PV_BLOCK_SURE:
        return NULL;
    case PV_BLOCK_COMES_BACK:
        return "a line of it comes back on other pages, so it may be printed around the text";
    case PV_BLOCK_GARBLED:
        return "the document does not tell which letters some of its words are made of";
    case PV_BLOCK_BESIDE:
        return "its lines stand beside others at other heights, so in which order they are read could not be told";
    case PV_BLOCK_NEXT_TO_GAP:
        return "the page before or after it holds no text, so some of it may be in a picture";
    case PV_BLOCK_UNFILLED:
        return "a control among its words is not filled in, so what was to stand there is missing";
    case PV_BLOCK_CUT_OFF:
        return "a line of it reaches the edge of its page, so the rest of that may be missing";
    }
    return NULL;
}

bool pv_answer_doubt(const pv_answers *answers, pv_node *node, uint32_t thousandths, const char *why,
                     const pv_text *other) {
    pv_uncertainty *uncertainty = PV_NEW(answers->arena, pv_uncertainty);
    if (!uncertainty)
        return pv_fail_memory(answers->error);
    *uncertainty = (pv_uncertainty){.thousandths = thousandths, .why = pv_str_from(why), .other = other};
    node->uncertainty = uncertainty;
    return true;
}
