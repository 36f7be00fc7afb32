/* The labels of list items, which Word makes when it shows a document and does not keep in it. */
#include <string.h>

#include "base/hash.h"
#include "base/set.h"
#include "base/utf8.h"
#include "load/docx_p.h"

#define LEVELS 9
#define LETTERS_MOST 780   /* of one letter 30 times */
#define COUNT_MOST 1000000 /* no list is longer, and no label */

typedef struct list_level {
    bool is_given;
    bool has_start;
    int64_t start;
    int restart; /* the level (1-based) whose items start it anew, besides those above it; 0: none; -1: the one above */
    pv_str format;
    pv_str custom; /* of the format "custom": "001, 002, …" */
    pv_str text;   /* "%1.%2)"; .data NULL: not said */
    pv_str style;  /* of the paragraphs that are items of it without saying so */
    pv_str font;
    bool is_legal; /* all its numbers are Arabic */
    bool is_picture;
} list_level;

/* What several lists have in common, among it the count. */
typedef struct list_kind {
    pv_str id;
    pv_str look_of; /* the numbering style that says what it looks like; empty: it says so itself */
    list_level levels[LEVELS];
    int64_t counts[LEVELS];
    bool used[LEVELS];
} list_kind;

typedef struct list_instance {
    int64_t number;
    pv_str kind_id;
    list_kind *kind;           /* or NULL */
    list_level levels[LEVELS]; /* those that differ; with has_start alone: where it starts */
    bool starts_anew[LEVELS];
    bool started[LEVELS];
} list_instance;

struct pv_docx_lists {
    PV_ARRAY(list_kind) kinds;
    PV_ARRAY(list_instance) instances;
    pv_set kinds_by_id; /* the first of each */
    pv_set instances_by_number;
};

/* ---- reading ---- */

typedef struct lists_walk {
    pv_arena *arena;
    pv_docx_lists *lists;
    list_kind *kind;
    list_instance *instance;
    list_level *level;
    int override; /* the level that an instance has otherwise, or -1 */
    size_t depth;
    size_t skipped_at;
} lists_walk;

static bool copy_value(pv_str *out, lists_walk *walk, const pv_xml_reader *reader, const char *attribute,
                       pv_error *error) {
    *out = pv_arena_copy(walk->arena, pv_xml_attribute(reader, PV_XML_W, attribute));
    return out->data || pv_fail_memory(error);
}

static int level_of(const pv_xml_reader *reader) {
    int64_t level = pv_docx_number_of(pv_xml_attribute(reader, PV_XML_W, "ilvl"), COUNT_MOST, 0);
    return level < LEVELS ? (int)level : LEVELS - 1;
}

/* An element inside of a level. */
static bool read_level(lists_walk *walk, const pv_xml_reader *reader, pv_str name, pv_error *error) {
    list_level *level = walk->level;
    pv_str value = pv_xml_attribute(reader, PV_XML_W, "val");
    if (pv_str_equal(name, PV_STR("start"))) {
        if (walk->instance && walk->override >= 0 && walk->instance->starts_anew[walk->override])
            return true;
        level->start = pv_docx_number_of(value, COUNT_MOST, 0);
        level->has_start = true;
    } else if (pv_str_equal(name, PV_STR("numFmt"))) {
        return copy_value(&level->format, walk, reader, "val", error) &&
               copy_value(&level->custom, walk, reader, "format", error);
    } else if (pv_str_equal(name, PV_STR("lvlText"))) {
        return copy_value(&level->text, walk, reader, "val", error);
    } else if (pv_str_equal(name, PV_STR("lvlRestart"))) {
        level->restart = (int)pv_docx_number_of(value, COUNT_MOST, -1);
    } else if (pv_str_equal(name, PV_STR("pStyle"))) {
        return copy_value(&level->style, walk, reader, "val", error);
    } else if (pv_str_equal(name, PV_STR("isLgl"))) {
        level->is_legal = pv_docx_is_on(value);
    } else if (pv_str_equal(name, PV_STR("lvlPicBulletId"))) {
        level->is_picture = true;
    } else if (pv_str_equal(name, PV_STR("rFonts"))) {
        return copy_value(&level->font, walk, reader, "ascii", error);
    }
    return true;
}

static bool begin_kind(lists_walk *walk, const pv_xml_reader *reader, pv_error *error) {
    walk->kind = PV_ARRAY_ADD(walk->arena, &walk->lists->kinds);
    return walk->kind ? copy_value(&walk->kind->id, walk, reader, "abstractNumId", error) : pv_fail_memory(error);
}

static bool begin_instance(lists_walk *walk, const pv_xml_reader *reader, pv_error *error) {
    walk->instance = PV_ARRAY_ADD(walk->arena, &walk->lists->instances);
    walk->override = -1;
    if (!walk->instance)
        return pv_fail_memory(error);
    walk->instance->number = pv_docx_number_of(pv_xml_attribute(reader, PV_XML_W, "numId"), COUNT_MOST, -1);
    return true;
}

static void begin_level(lists_walk *walk, const pv_xml_reader *reader) {
    bool starts_anew = false;
    if (walk->kind) {
        walk->level = &walk->kind->levels[level_of(reader)];
    } else if (walk->instance && walk->override >= 0) {
        walk->level = &walk->instance->levels[walk->override];
        starts_anew = walk->instance->starts_anew[walk->override];
    }
    if (!walk->level)
        return;
    int64_t start = walk->level->start;
    *walk->level = (list_level){.is_given = true, .restart = -1, .has_start = starts_anew, .start = start};
}

static bool start_element(void *payload, const pv_xml_reader *reader, pv_xml_name name, pv_error *error) {
    lists_walk *walk = payload;
    walk->depth++;
    if (walk->skipped_at > 0 || name.space != PV_XML_W)
        return true;
    /* A format of one's own stands beside one for old programs, which comes later: the first counts. */
    if (walk->level)
        return (pv_str_equal(name.local, PV_STR("numFmt")) && walk->level->format.size > 0) ||
               read_level(walk, reader, name.local, error);
    if (pv_str_equal(name.local, PV_STR("lvl"))) {
        begin_level(walk, reader);
    } else if (walk->kind && pv_str_equal(name.local, PV_STR("numStyleLink"))) {
        return copy_value(&walk->kind->look_of, walk, reader, "val", error);
    } else if (walk->instance && pv_str_equal(name.local, PV_STR("abstractNumId"))) {
        return copy_value(&walk->instance->kind_id, walk, reader, "val", error);
    } else if (walk->instance && pv_str_equal(name.local, PV_STR("lvlOverride"))) {
        walk->override = level_of(reader);
    } else if (walk->instance && walk->override >= 0 && pv_str_equal(name.local, PV_STR("startOverride"))) {
        walk->instance->starts_anew[walk->override] = true;
        walk->instance->levels[walk->override].start =
            pv_docx_number_of(pv_xml_attribute(reader, PV_XML_W, "val"), COUNT_MOST, 0);
        walk->instance->levels[walk->override].has_start = true;
    } else if (pv_str_equal(name.local, PV_STR("abstractNum"))) {
        return begin_kind(walk, reader, error);
    } else if (pv_str_equal(name.local, PV_STR("num"))) {
        return begin_instance(walk, reader, error);
    } else if (pv_str_equal(name.local, PV_STR("numPicBullet"))) {
        walk->skipped_at = walk->depth;
    }
    return true;
}

static bool end_element(void *payload, const pv_xml_reader *reader, pv_xml_name name, pv_error *error) {
    lists_walk *walk = payload;
    (void)reader, (void)error;
    if (walk->skipped_at == walk->depth--) {
        walk->skipped_at = 0;
        return true;
    }
    if (walk->skipped_at > 0 || name.space != PV_XML_W)
        return true;
    if (pv_str_equal(name.local, PV_STR("lvl")))
        walk->level = NULL;
    else if (pv_str_equal(name.local, PV_STR("lvlOverride")))
        walk->override = -1;
    else if (pv_str_equal(name.local, PV_STR("abstractNum")))
        walk->kind = NULL;
    else if (pv_str_equal(name.local, PV_STR("num")))
        walk->instance = NULL;
    return true;
}

static uint64_t hash_number(int64_t number) {
    return (uint64_t)number * UINT64_C(0x100000001b3);
}

static bool is_instance(const void *items, size_t position, const void *wanted) {
    return ((const list_instance *)items)[position].number == *(const int64_t *)wanted;
}

static list_instance *find_instance(const pv_docx_lists *lists, int64_t number) {
    size_t at =
        pv_set_find(&lists->instances_by_number, hash_number(number), is_instance, lists->instances.items, &number);
    return at != PV_SET_NONE ? &lists->instances.items[at] : NULL;
}

static bool is_kind(const void *items, size_t position, const void *wanted) {
    return pv_str_equal(((const list_kind *)items)[position].id, *(const pv_str *)wanted);
}

static list_kind *find_kind(const pv_docx_lists *lists, pv_str id) {
    size_t at = pv_set_find(&lists->kinds_by_id, pv_hash_continue(PV_HASH_SEED, id), is_kind, lists->kinds.items, &id);
    return at != PV_SET_NONE ? &lists->kinds.items[at] : NULL;
}

static bool index_lists(pv_docx_lists *lists, pv_arena *arena, pv_error *error) {
    size_t at;
    lists->kinds_by_id = pv_set_in(arena);
    lists->instances_by_number = pv_set_in(arena);
    for (size_t i = 0; i < lists->kinds.count; i++) {
        const pv_str *id = &lists->kinds.items[i].id;
        if (!pv_set_put(&lists->kinds_by_id, pv_hash_continue(PV_HASH_SEED, *id), is_kind, lists->kinds.items, id, i,
                        &at, error))
            return false;
    }
    for (size_t i = 0; i < lists->instances.count; i++) {
        const int64_t *number = &lists->instances.items[i].number;
        if (!pv_set_put(&lists->instances_by_number, hash_number(*number), is_instance, lists->instances.items, number,
                        i, &at, error))
            return false;
    }
    return true;
}

/* The kind that counts for an instance: by way of a numbering style, where its own has one. */
static list_kind *resolve_kind(const pv_docx_lists *lists, const pv_docx_styles *styles, pv_str id) {
    list_kind *kind = find_kind(lists, id);
    for (unsigned step = 0; kind && kind->look_of.size > 0 && step < 4; step++) {
        size_t style = pv_docx_style_find(styles, kind->look_of, 'n');
        list_instance *instance =
            style != PV_DOCX_NO_STYLE ? find_instance(lists, styles->list[style].look.number) : NULL;
        list_kind *next = instance ? find_kind(lists, instance->kind_id) : NULL;
        if (!next || next == kind)
            break;
        kind = next;
    }
    return kind;
}

bool pv_docx_lists_read(pv_docx_lists **out, pv_arena *arena, pv_str part, const pv_docx_styles *styles,
                        const pv_limits *limits, pv_error *error) {
    lists_walk walk = {.arena = arena, .lists = PV_NEW(arena, pv_docx_lists), .override = -1};
    pv_xml_handlers handlers = {&walk, start_element, end_element, NULL, NULL};
    *out = walk.lists;
    if (!walk.lists)
        return pv_fail_memory(error);
    if (part.size > 0 && !pv_xml_read(part, PV_STR("numbering.xml"), &handlers, limits, error))
        return false;
    if (!index_lists(walk.lists, arena, error))
        return false;
    for (size_t i = 0; i < walk.lists->instances.count; i++) {
        list_instance *instance = &walk.lists->instances.items[i];
        instance->kind = resolve_kind(walk.lists, styles, instance->kind_id);
    }
    return true;
}

/* ---- formats ---- */

static void write_decimal(pv_buf *out, int64_t number) {
    pv_buf_append_unsigned(out, (uint64_t)number);
}

static void write_padded(pv_buf *out, int64_t number, size_t width) {
    char digits[24];
    size_t count = 0;
    for (int64_t rest = number; rest > 0 || count == 0; rest /= 10)
        digits[count++] = (char)('0' + rest % 10);
    for (size_t i = count; i < width; i++)
        pv_buf_append_char(out, '0');
    while (count > 0)
        pv_buf_append_char(out, digits[--count]);
}

/* a to z, then aa, bb: as Word goes on. */
static void write_letter(pv_buf *out, int64_t number, char first) {
    if (number >= 1 && number <= LETTERS_MOST)
        pv_buf_append_repeat(out, (char)(first + (number - 1) % 26), (size_t)((number - 1) / 26 + 1));
    else
        write_decimal(out, number);
}

static void write_roman(pv_buf *out, int64_t number, bool is_upper) {
    static const struct {
        int64_t value;
        const char *sign;
    } signs[] = {{1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"}, {90, "xc"}, {50, "l"},
                 {40, "xl"},  {10, "x"},   {9, "ix"},  {5, "v"},    {4, "iv"},  {1, "i"}};
    if (number < 1 || number > 3999) {
        write_decimal(out, number);
        return;
    }
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        for (; number >= signs[i].value; number -= signs[i].value)
            for (const char *c = signs[i].sign; *c; c++)
                pv_buf_append_char(out, is_upper ? (char)(*c - 'a' + 'A') : *c);
}

static const char *ordinal_ending(int64_t number) {
    int64_t tens = number % 100;
    if (tens >= 11 && tens <= 13)
        return "th";
    return number % 10 == 1 ? "st" : number % 10 == 2 ? "nd" : number % 10 == 3 ? "rd" : "th";
}

static const char *const cardinals[] = {
    "Zero", "One",    "Two",    "Three",    "Four",     "Five",    "Six",     "Seven",     "Eight",    "Nine",
    "Ten",  "Eleven", "Twelve", "Thirteen", "Fourteen", "Fifteen", "Sixteen", "Seventeen", "Eighteen", "Nineteen"};
static const char *const ordinals[] = {"Zeroth",    "First",     "Second",      "Third",      "Fourth",
                                       "Fifth",     "Sixth",     "Seventh",     "Eighth",     "Ninth",
                                       "Tenth",     "Eleventh",  "Twelfth",     "Thirteenth", "Fourteenth",
                                       "Fifteenth", "Sixteenth", "Seventeenth", "Eighteenth", "Nineteenth"};
static const char *const tens[] = {"Twenty", "Thirty", "Forty", "Fifty", "Sixty", "Seventy", "Eighty", "Ninety"};

/* "Twenty-one", "Twenty-first". */
static void write_words(pv_buf *out, int64_t number, const char *const *units) {
    if (number < 20) {
        pv_buf_append_text(out, units[number]);
    } else if (number >= 100) {
        write_decimal(out, number);
    } else if (number % 10 == 0) {
        pv_str ten = pv_str_from(tens[number / 10 - 2]);
        bool is_ordinal = units == ordinals;
        pv_buf_append(out, is_ordinal ? pv_str_slice(ten, 0, ten.size - 1) : ten);
        pv_buf_append_text(out, is_ordinal ? "ieth" : "");
    } else {
        const char *unit = units[number % 10];
        pv_buf_append_text(out, tens[number / 10 - 2]);
        pv_buf_append_char(out, '-');
        pv_buf_append_char(out, pv_ascii_lower(*unit));
        pv_buf_append_text(out, unit + 1);
    }
}

static void write_character(pv_buf *out, uint32_t code_point) {
    char bytes[4];
    pv_buf_append(out, (pv_str){bytes, pv_utf8_encode(code_point, bytes)});
}

static void write_number(pv_buf *out, int64_t number, const list_level *level, bool is_legal) {
    pv_str format = is_legal ? PV_STR("decimal") : level->format;
    if (pv_str_equal(format, PV_STR("lowerLetter")))
        write_letter(out, number, 'a');
    else if (pv_str_equal(format, PV_STR("upperLetter")))
        write_letter(out, number, 'A');
    else if (pv_str_equal(format, PV_STR("lowerRoman")))
        write_roman(out, number, false);
    else if (pv_str_equal(format, PV_STR("upperRoman")))
        write_roman(out, number, true);
    else if (pv_str_equal(format, PV_STR("decimalZero")))
        write_padded(out, number, 2);
    else if (pv_str_equal(format, PV_STR("custom")) && pv_str_find(level->custom, PV_STR(","), 0) != SIZE_MAX)
        write_padded(out, number, pv_str_find(level->custom, PV_STR(","), 0));
    else if (pv_str_equal(format, PV_STR("ordinal")))
        pv_buf_format(out, "%lld%s", (long long)number, ordinal_ending(number));
    else if (pv_str_equal(format, PV_STR("cardinalText")))
        write_words(out, number, cardinals);
    else if (pv_str_equal(format, PV_STR("ordinalText")))
        write_words(out, number, ordinals);
    else if (pv_str_equal(format, PV_STR("numberInDash")))
        pv_buf_format(out, "- %lld -", (long long)number);
    else if (pv_str_equal(format, PV_STR("decimalEnclosedCircle")) && number >= 1 && number <= 20)
        write_character(out, (uint32_t)(0x2460 + number - 1));
    else if (!pv_str_equal(format, PV_STR("none")) && !pv_str_equal(format, PV_STR("bullet")))
        write_decimal(out, number);
}

void pv_docx_write_number(pv_buf *out, int64_t number, pv_str format) {
    list_level level = {.format = format};
    write_number(out, number, &level, false);
}

/* ---- symbols ---- */

typedef struct symbol {
    uint32_t code; /* without the F000 that symbol fonts are kept at */
    uint32_t shown;
} symbol;

static const symbol symbol_font[] = {
    {0x2D, 0x2212}, {0xA3, 0x2264}, {0xA5, 0x221E}, {0xA7, 0x2663}, {0xA8, 0x2666}, {0xAB, 0x2194}, {0xAC, 0x2190},
    {0xAE, 0x2192}, {0xB0, 0xB0},   {0xB1, 0xB1},   {0xB3, 0x2265}, {0xB4, 0xD7},   {0xB7, 0x2022}, {0xB8, 0xF7},
    {0xB9, 0x2260}, {0xBB, 0x2248}, {0xD2, 0xAE},   {0xD3, 0xA9},   {0xD4, 0x2122}, {0xD7, 0x22C5}, {0xDE, 0x21D2},
};
static const symbol wingdings[] = {
    {0x6C, 0x25CF}, {0x6E, 0x25A0}, {0x6F, 0x25A1}, {0x71, 0x2751}, {0x72, 0x2752}, {0x74, 0x29EB},
    {0x75, 0x25C6}, {0x76, 0x2756}, {0x77, 0x2B25}, {0x9E, 0xB7},   {0x9F, 0x2022}, {0xA1, 0x25CB},
    {0xA7, 0x25AA}, {0xA8, 0x25FB}, {0xD8, 0x27A2}, {0xDF, 0x2190}, {0xE0, 0x2192}, {0xE8, 0x2794},
    {0xF0, 0x21E8}, {0xFB, 0x2717}, {0xFC, 0x2713}, {0xFD, 0x2612}, {0xFE, 0x2611},
};

static uint32_t find_symbol(const symbol *list, size_t count, uint32_t code) {
    for (size_t i = 0; i < count; i++)
        if (list[i].code == code)
            return list[i].shown;
    return 0;
}

uint32_t pv_docx_symbol(pv_str font, uint32_t code) {
    if (code >= 0xF000 && code <= 0xF0FF)
        code -= 0xF000;
    if (pv_str_equal_ascii_folded(font, PV_STR("Symbol")))
        return find_symbol(symbol_font, sizeof symbol_font / sizeof *symbol_font, code);
    if (pv_str_equal_ascii_folded(font, PV_STR("Wingdings")))
        return find_symbol(wingdings, sizeof wingdings / sizeof *wingdings, code);
    return 0;
}

/* ---- counting ---- */

void pv_docx_lists_restart(pv_docx_lists *lists) {
    for (size_t i = 0; i < lists->kinds.count; i++)
        memset(lists->kinds.items[i].used, 0, sizeof lists->kinds.items[i].used);
    for (size_t i = 0; i < lists->instances.count; i++)
        memset(lists->instances.items[i].started, 0, sizeof lists->instances.items[i].started);
}

static const list_level *level_in(const list_instance *instance, int level) {
    return instance->levels[level].is_given ? &instance->levels[level] : &instance->kind->levels[level];
}

static int64_t start_of(const list_instance *instance, int level) {
    if (instance->levels[level].has_start)
        return instance->levels[level].start;
    const list_level *own = level_in(instance, level);
    return own->has_start ? own->start : 0;
}

int pv_docx_lists_level_of(const pv_docx_lists *lists, int64_t number, pv_str style_id) {
    const list_instance *instance = style_id.size > 0 ? find_instance(lists, number) : NULL;
    for (int level = 0; instance && instance->kind && level < LEVELS; level++)
        if (pv_str_equal(level_in(instance, level)->style, style_id))
            return level;
    return PV_DOCX_NOT_SAID;
}

static void count_item(list_instance *instance, int level) {
    list_kind *kind = instance->kind;
    if (instance->starts_anew[level] && !instance->started[level])
        kind->used[level] = false;
    instance->started[level] = true;
    if (!kind->used[level])
        kind->counts[level] = start_of(instance, level);
    else if (kind->counts[level] < COUNT_MOST)
        kind->counts[level]++;
    kind->used[level] = true;
    for (int deeper = level + 1; deeper < LEVELS; deeper++) {
        int restart = level_in(instance, deeper)->restart;
        if (restart < 0 || level < restart)
            kind->used[deeper] = false;
    }
}

/* Of a bullet: what stands for one in a font of symbols. */
static void write_bullet(pv_buf *out, const list_level *level) {
    if (level->is_picture) {
        write_character(out, 0x2022);
        return;
    }
    for (size_t at = 0, length; at < level->text.size; at += length) {
        uint32_t code_point = pv_utf8_decode(level->text, at, &length);
        uint32_t shown = pv_docx_symbol(level->font, code_point);
        bool is_private = code_point >= 0xE000 && code_point <= 0xF8FF;
        write_character(out, shown ? shown : is_private ? 0x2022 : code_point);
    }
}

static void write_label(pv_buf *out, const list_instance *instance, int level) {
    const list_level *own = level_in(instance, level);
    if (pv_str_equal(own->format, PV_STR("bullet"))) {
        write_bullet(out, own);
        return;
    }
    pv_str text = own->text;
    for (size_t i = 0; i < text.size; i++) {
        bool is_number = text.data[i] == '%' && i + 1 < text.size && text.data[i + 1] >= '1' && text.data[i + 1] <= '9';
        if (!is_number) {
            pv_buf_append_char(out, text.data[i]);
            continue;
        }
        int named = text.data[++i] - '1';
        int64_t number =
            named <= level && instance->kind->used[named] ? instance->kind->counts[named] : start_of(instance, named);
        write_number(out, number, level_in(instance, named), own->is_legal);
    }
}

bool pv_docx_lists_next(pv_docx_lists *lists, int64_t number, int level, pv_arena *arena, pv_str *label, bool *is_item,
                        pv_error *error) {
    list_instance *instance = number > 0 ? find_instance(lists, number) : NULL;
    *label = (pv_str){0};
    *is_item = instance && instance->kind;
    if (!*is_item)
        return true;
    level = level < 0 ? 0 : level < LEVELS ? level : LEVELS - 1;
    count_item(instance, level);
    pv_buf made = pv_buf_on(pv_arena_memory(arena));
    write_label(&made, instance, level);
    if (!made.failed)
        *label = pv_arena_copy(arena, pv_str_trim(pv_buf_str(&made)));
    pv_buf_clear(&made);
    return label->data || pv_fail_memory(error);
}
