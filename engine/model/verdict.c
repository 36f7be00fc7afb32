#include "model/verdict.h"

#include <stdio.h>
#include <string.h>

#include "base/digits.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "model/conditions.h"
#include "model/reading.h"

static const char *const state_names[] = {
    [PV_STATE_PASS] = "pass",
    [PV_STATE_FAIL] = "fail",
    [PV_STATE_REVIEW] = "review",
    [PV_STATE_NOT_APPLICABLE] = "not-applicable",
    [PV_STATE_NOT_CHECKED] = "not-checked",
};

static const char *const fault_kind_names[] = {
    [PV_FAULT_INPUT] = "input",     [PV_FAULT_LOAD] = "load",       [PV_FAULT_ERROR] = "error",
    [PV_FAULT_VERDICT] = "verdict", [PV_FAULT_FUEL] = "fuel",       [PV_FAULT_MEMORY] = "memory",
    [PV_FAULT_TIME] = "time",       [PV_FAULT_PATTERN] = "pattern", [PV_FAULT_RANGE] = "range",
};

const char *pv_state_name(pv_state state) {
    return state_names[state];
}

const char *pv_fault_kind_name(pv_fault_kind kind) {
    return fault_kind_names[kind];
}

bool pv_state_is_finding(pv_state state) {
    return state == PV_STATE_FAIL || state == PV_STATE_REVIEW || state == PV_STATE_NOT_CHECKED;
}

bool pv_state_can_be_accepted(pv_state state) {
    return state == PV_STATE_FAIL || state == PV_STATE_REVIEW;
}

pv_str pv_verdict_remedy(const pv_verdict *verdict) {
    return verdict->outcome.remedy.size > 0 ? verdict->outcome.remedy : verdict->rule->remedy;
}

bool pv_verdict_is_open(const pv_verdict *verdict) {
    return pv_state_is_finding(verdict->outcome.state) && !verdict->waiver &&
           verdict->baseline != PV_BASELINE_UNCHANGED;
}

/* A subject's name in two parts, so that it can be hashed without being put together. */
typedef struct pv_subject_words {
    pv_str kind;
    pv_str id;
    pv_str row;      /* of a repeated measure or a response in it: what it is given for */
    pv_str matrix;   /* of a pair: two may have the same name in two matrices */
    char number[24]; /* what id points at, for a record */
} pv_subject_words;

static void name_subject(const pv_subject *subject, pv_subject_words *words) {
    *words = (pv_subject_words){.kind = PV_STR("")};
    switch (subject->kind) {
    case PV_SUBJECT_SUBMISSION:
        words->kind = PV_STR("the submission");
        break;
    case PV_SUBJECT_COLLECTION:
        words->kind = PV_STR("the collection");
        break;
    case PV_SUBJECT_SECTION:
        words->kind = PV_STR("section ");
        words->id = subject->section->id;
        break;
    case PV_SUBJECT_MEASURE:
        words->kind = PV_STR("measure ");
        words->id = subject->measure->measure->id;
        words->row = subject->measure->row_name;
        break;
    case PV_SUBJECT_RESPONSE:
        words->id = subject->response->item->full_id;
        words->row = subject->response->filed->row_name;
        break;
    case PV_SUBJECT_PAIR:
        words->matrix = subject->pair->matrix->name;
        words->id = subject->pair->name;
        break;
    case PV_SUBJECT_RECORD:
        words->kind = subject->record->spec->name;
        snprintf(words->number, sizeof words->number, " %zu", subject->record->number);
        words->id = pv_str_from(words->number);
        break;
    }
}

pv_str pv_subject_name(const pv_subject *subject, pv_arena *arena) {
    pv_subject_words words;
    name_subject(subject, &words);
    const pv_str parts[] = {words.kind, words.id, PV_STR(" ("), words.row, PV_STR(")")};
    return pv_arena_join(arena, parts, words.row.size > 0 ? 5 : 2);
}

/* name, and in brackets what a record is about. */
static pv_str with_key(const pv_subject *subject, pv_str name, pv_arena *arena) {
    pv_str about = subject->record ? pv_record_title(subject->record, arena) : PV_STR("");
    if (!name.data || about.size == 0)
        return about.data ? name : about;
    return pv_arena_format(arena, "%.*s (%.*s)", PV_STR_ARG(name), PV_STR_ARG(about));
}

pv_str pv_subject_title(const pv_subject *subject, pv_arena *arena) {
    pv_str name = subject->record ? pv_record_called(subject->record, arena) : pv_subject_name(subject, arena);
    return with_key(subject, name, arena);
}

bool pv_subject_means(const pv_subject *subject, pv_str given, pv_arena *arena, bool *out) {
    pv_str name = pv_subject_name(subject, arena);
    const pv_str called[] = {name, with_key(subject, name, arena), pv_subject_title(subject, arena),
                             subject->record ? pv_record_called(subject->record, arena) : name};
    *out = false;
    for (size_t i = 0; i < sizeof called / sizeof *called; i++) {
        if (!called[i].data)
            return false;
        *out |= pv_str_equal(called[i], given);
    }
    return true;
}

/* ---- fingerprints ---- */

/* Text being hashed as it reads: however its lines are broken and indented, however it is quoted. */
typedef struct folding {
    uint64_t hash;
    bool as_written; /* blanks inside brackets too */
    bool between_words;
    bool broken; /* there, by the end of a line */
    bool after_word;
    uint32_t last;         /* character hashed */
    uint32_t last_but_one; /* a space where one came between */
} folding;

/* Whether a line ends within a word, at its hyphen: it goes on in the next as if it had not. */
static bool is_broken_word(const folding *out, bool before_word) {
    return !out->as_written && out->broken && before_word && out->last == '-' &&
           pv_utf8_is_word_character(out->last_but_one);
}

static void fold(folding *out, uint32_t code_point) {
    char bytes[4];
    if (pv_utf8_is_white_space(code_point)) {
        out->between_words = out->after_word;
        out->broken |= code_point == '\n';
        return;
    }
    bool in_bracket =
        !out->as_written && (out->last == '{' || out->last == '[' || code_point == '}' || code_point == ']');
    if (out->between_words && !in_bracket && !is_broken_word(out, pv_utf8_is_word_character(code_point)))
        out->hash = pv_hash_byte(out->hash, ' ');
    size_t length = pv_utf8_encode(code_point, bytes);
    out->hash = pv_hash_continue(out->hash, (pv_str){bytes, length});
    out->last_but_one = out->between_words ? ' ' : out->last;
    out->between_words = false;
    out->broken = false;
    out->after_word = true;
    out->last = code_point;
}

/* Folds ASCII letters, digits and white space as far as they go, which is nearly all of any text; where they end. */
static size_t fold_plain(folding *out, pv_str text, size_t offset) {
    folding state = *out;
    for (; offset < text.size; offset++) {
        char c = text.data[offset];
        if (pv_ascii_is_letter_or_digit(c)) {
            bool in_bracket = !state.as_written && (state.last == '{' || state.last == '[');
            if (state.between_words && !in_bracket && !is_broken_word(&state, true))
                state.hash = pv_hash_byte(state.hash, ' ');
            state.hash = pv_hash_byte(state.hash, c);
            state.last_but_one = state.between_words ? ' ' : state.last;
            state.between_words = false;
            state.broken = false;
            state.after_word = true;
            state.last = (unsigned char)c;
        } else if ((unsigned char)c < 0x80 && pv_utf8_is_white_space((unsigned char)c)) {
            state.between_words = state.after_word;
            state.broken |= c == '\n';
        } else {
            break;
        }
    }
    *out = state;
    return offset;
}

/* The same of two hashes, as far as what is folded into both reads the same in either way: no quotes, escapes, signs of
 * a block and brackets. */
static size_t fold_both(folding *read, folding *written, pv_str text) {
    enum { LETTER, BLANK, OTHER };
    static const unsigned char kinds[0x80] = {
        ['\t'] = BLANK, ['\n'] = BLANK, ['\v'] = BLANK, ['\f'] = BLANK, ['\r'] = BLANK,
        [' '] = BLANK,  ['"'] = OTHER,  ['\''] = OTHER, ['\\'] = OTHER, ['>'] = OTHER,
        ['|'] = OTHER,  ['['] = OTHER,  [']'] = OTHER,  ['{'] = OTHER,  ['}'] = OTHER,
    };
    uint64_t first = read->hash;
    uint64_t second = written->hash;
    const bool same = first == second; /* as of all but records: then they stay so */
    folding state = *read;
    size_t offset = 0;
    for (; offset < text.size; offset++) {
        const unsigned char c = (unsigned char)text.data[offset];
        if (c >= 0x80 || kinds[c] == OTHER)
            break;
        if (c == '\n' && state.last == '-') /* it may be a broken word, which reads as one */
            break;
        if (kinds[c] == BLANK) {
            state.between_words = state.after_word;
            continue;
        }
        if (state.between_words) {
            first = pv_hash_byte(first, ' ');
            if (!same)
                second = pv_hash_byte(second, ' ');
        }
        first = pv_hash_byte(first, (char)c);
        if (!same)
            second = pv_hash_byte(second, (char)c);
        state.last_but_one = state.between_words ? ' ' : state.last;
        state.between_words = false;
        state.after_word = true;
        state.last = c;
    }
    *read = *written = state;
    read->hash = first;
    written->hash = same ? first : second;
    written->as_written = true;
    return offset;
}

/* From offset on, as fingerprints were made until quotes, block signs and escapes were left out of them. */
static void fold_as_written(folding *out, const pv_source *file, pv_span at, size_t offset) {
    pv_str text = pv_source_slice(file, at);
    for (size_t length; (offset = fold_plain(out, text, offset)) < text.size; offset += length)
        fold(out, pv_utf8_decode(text, offset, &length));
}

/* Bytes of quotes at offset, escaped or not: 0 where none stands. */
static size_t quotes_at(pv_str text, size_t offset) {
    size_t end = offset;
    while (end < text.size) {
        size_t quote = end + (text.data[end] == '\\');
        if (quote == text.size || (text.data[quote] != '"' && text.data[quote] != '\''))
            break;
        end = quote + 1;
    }
    return end - offset;
}

/* Bytes of the sign at which a block begins, with what may follow it on its line; 0 where none stands. */
static size_t block_sign_at(pv_str text, size_t offset) {
    size_t end = offset + 1;
    if ((text.data[offset] != '>' && text.data[offset] != '|') || (offset > 0 && text.data[offset - 1] != ' '))
        return 0;
    while (end < text.size && (strchr("+-", text.data[end]) || pv_is_digit(text.data[end])))
        end++;
    while (end < text.size && strchr(" \r", text.data[end]))
        end++;
    return end < text.size && text.data[end] == '\n' ? end - offset : 0;
}

/* What the escape at offset, which has its letter, says in double quotes; *length: its bytes. */
static uint32_t escape_at(pv_str text, size_t offset, size_t *length) {
    char letter = text.data[offset + 1];
    size_t digits = letter == 'x' ? 2 : letter == 'u' ? 4 : letter == 'U' ? 8 : 0;
    uint32_t code_point = 0;
    *length = 2;
    if (digits > 0) {
        for (; *length < 2 + digits && offset + *length < text.size; ++*length) {
            int value = pv_hex_value(text.data[offset + *length]);
            code_point = code_point << 4 | (uint32_t)(value < 0 ? 0 : value);
        }
        return code_point <= 0x10FFFF ? code_point : 0xFFFD;
    }
    if (strchr("ntrvf_NLP ", letter))
        return ' ';
    return (unsigned char)letter < 0x80 ? (unsigned char)letter : '\\';
}

/* The same of two escapes where they are a pair of surrogates. */
static uint32_t escaped_character_at(pv_str text, size_t offset, size_t *length) {
    uint32_t first = escape_at(text, offset, length);
    size_t next = offset + *length;
    size_t more = 0;
    if (first < 0xD800 || first > 0xDBFF || next + 1 >= text.size || text.data[next] != '\\')
        return first;
    uint32_t second = escape_at(text, next, &more);
    if (second < 0xDC00 || second > 0xDFFF)
        return first;
    *length += more;
    return 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
}

/* An escaped line break joins what stands on its two sides. */
static size_t joint_at(pv_str text, size_t offset) {
    size_t end = offset + 1;
    end += end < text.size && text.data[end] == '\r';
    if (end >= text.size || text.data[end] != '\n')
        return 0;
    while (end < text.size && strchr(" \t\r\n", text.data[end]))
        end++;
    return end - offset;
}

/* Whether the text is the whole of a double-quoted one, so that a backslash in it begins an escape. */
static bool is_double_quoted(const pv_source *file, pv_span at) {
    const pv_str bytes = file->bytes;
    at = (pv_span){at.start - file->base, at.end - file->base};
    bool within = at.start > 0 && at.end < bytes.size && bytes.data[at.start - 1] == '"' && bytes.data[at.end] == '"';
    return within || (at.end - at.start > 1 && bytes.data[at.start] == '"' && bytes.data[at.end - 1] == '"');
}

static bool is_word_at(pv_str text, size_t offset) {
    size_t length;
    return offset < text.size && pv_utf8_is_word_character(pv_utf8_decode(text, offset, &length));
}

/* What stands at `at`, from offset on, whatever its quotes: those within a word alone (don't) belong to it. */
static void fold_read(folding *out, pv_str text, size_t offset, bool escapes) {
    for (size_t length; (offset = fold_plain(out, text, offset)) < text.size; offset += length) {
        uint32_t code_point = pv_utf8_decode(text, offset, &length);
        bool is_escape = escapes && code_point == '\\' && offset + 1 < text.size;
        size_t quotes = quotes_at(text, offset);
        size_t skipped = quotes > 0 ? quotes : block_sign_at(text, offset);
        if (skipped == 0 && is_escape)
            skipped = joint_at(text, offset);
        if (skipped > 0) {
            if (quotes > 0 && !out->between_words && out->after_word && pv_utf8_is_word_character(out->last) &&
                is_word_at(text, offset + quotes))
                fold(out, (unsigned char)text.data[offset + quotes - 1]);
            length = skipped;
            continue;
        }
        if (is_escape)
            code_point = escaped_character_at(text, offset, &length);
        fold(out, code_point);
    }
}

/* Continues both fingerprints over what stands at a place, without what lies between its parts. */
static void hash_words(pv_verdict *verdict, const pv_source *source, pv_span at) {
    const pv_parts parts = pv_source_parts(source, at);
    folding read = {.hash = verdict->fingerprint};
    folding written = {.hash = verdict->earlier_fingerprint, .as_written = true};
    for (size_t i = 0; i < pv_parts_count(&parts); i++) {
        const pv_span part = pv_parts_at(&parts, i);
        size_t both = 0;
        if (i == 0)
            both = fold_both(&read, &written, pv_source_slice(parts.file, part));
        else
            fold(&read, '\n'), fold(&written, '\n');
        fold_read(&read, pv_source_slice(parts.file, part), both, is_double_quoted(parts.file, part));
        fold_as_written(&written, parts.file, part, both);
    }
    verdict->fingerprint = read.hash;
    verdict->earlier_fingerprint = written.hash;
}

static void fold_piece(void *payload, pv_str piece) {
    folding *read = payload;
    fold_read(read, piece, 0, false);
}

/* The same of what stands in a table or a document as a value: as YAML has it, so that it is the same in every format.
 * The earlier fingerprint is then that of the words as they are written. */
static void hash_value(pv_verdict *verdict, const pv_submission *submission, pv_span at, uint64_t identity) {
    folding read = {.hash = identity};
    if (!pv_reading_tell(submission, at, verdict->subject.kind == PV_SUBJECT_SUBMISSION, fold_piece, &read))
        return;
    verdict->earlier_fingerprint = verdict->fingerprint;
    verdict->fingerprint = read.hash;
}

/* Continues hash over the row for which a measure is given: a record by its key, however it is spelt. */
static uint64_t hash_row(uint64_t hash, const pv_subject *subject, pv_str name, bool as_written) {
    const pv_record *record = subject->response ? subject->response->filed->record : subject->measure->record;
    return record ? pv_record_hash(record, hash, as_written) : pv_hash_continue(hash, name);
}

static uint64_t hash_rule(const pv_rule *rule, pv_rule_hash *known) {
    if (known->rule != rule)
        *known = (pv_rule_hash){rule, pv_hash_continue(PV_HASH_SEED, rule->id)};
    return known->hash;
}

/* Of all but the finding's words. */
static uint64_t hash_identity(const pv_verdict *verdict, bool as_written, pv_rule_hash *known) {
    /* In no id and no folded text, so that the parts cannot run into one another. */
    const pv_str separator = PV_STR("\n");
    pv_subject_words words;
    name_subject(&verdict->subject, &words);
    uint64_t hash = pv_hash_continue(hash_rule(verdict->rule, known), separator);
    hash = pv_hash_continue(hash, words.kind);
    hash = verdict->subject.kind == PV_SUBJECT_RECORD ? pv_record_hash(verdict->subject.record, hash, as_written)
                                                      : pv_hash_continue(hash, words.id);
    hash = pv_hash_continue(hash, words.matrix);
    if (words.row.size > 0)
        hash = hash_row(pv_hash_continue(hash, separator), &verdict->subject, words.row, as_written);
    if (verdict->condition) { /* what is missing has no words to be told apart by */
        hash = pv_hash_continue(hash, separator);
        hash = pv_hash_continue(hash, verdict->condition->address);
    }
    hash = pv_hash_continue(hash, separator);
    for (size_t rest = verdict->outcome.stands_for; rest > 0; rest >>= 8)
        hash = pv_hash_byte(hash, (char)(rest & 0xff));
    return hash;
}

/* A document does not print by what name a measure is given. What stands there has the same fingerprint as where it
 * is: the words of its name. */
static pv_str unprinted_name(const pv_verdict *verdict) {
    const pv_filed_measure *measure = verdict->subject.measure;
    const pv_place at = verdict->outcome.at;
    if (!measure || at.expected_here || at.span.end > at.span.start || at.span.start != measure->at.start)
        return PV_STR("");
    return measure->row_name.size > 0 ? measure->row_name : measure->measure->id;
}

static void identify(pv_verdict *verdict, const pv_source *source, const pv_submission *submission,
                     pv_rule_hash *known) {
    bool is_about_words = verdict->outcome.has_at && pv_state_is_finding(verdict->outcome.state);
    bool has_record = verdict->subject.kind == PV_SUBJECT_RECORD;
    verdict->fingerprint = hash_identity(verdict, false, known);
    verdict->earlier_fingerprint = has_record ? hash_identity(verdict, true, known) : verdict->fingerprint;
    if (!is_about_words)
        return;
    pv_span at = verdict->outcome.at.span;
    pv_str unprinted = unprinted_name(verdict);
    if (unprinted.size > 0) {
        verdict->fingerprint = pv_hash_continue(verdict->fingerprint, unprinted);
        verdict->earlier_fingerprint = pv_hash_continue(verdict->earlier_fingerprint, unprinted);
        return;
    }
    const uint64_t identity = verdict->fingerprint;
    hash_words(verdict, source, at);
    if (submission)
        hash_value(verdict, submission, at, identity);
}

void pv_verdict_identify(pv_verdict *verdict, const pv_source *source, const pv_submission *submission) {
    pv_rule_hash known = {0};
    identify(verdict, source, submission, &known);
}

/* ---- several findings of one rule and subject ---- */

#define LETTERS_AROUND ((size_t)24)

static uint64_t hash_letter(uint64_t hash, pv_str text, size_t offset, size_t *length, size_t *letters) {
    uint32_t code_point = pv_utf8_decode(text, offset, length);
    if (!pv_utf8_is_word_character(code_point) || (code_point < 0x80 && pv_is_digit((char)code_point)))
        return hash;
    ++*letters;
    return pv_hash_continue(hash, pv_str_slice(text, offset, offset + *length));
}

/* Continues hash over the letters next to what stands at `at`, on its lines: neither another item of a list nor
 * another number of this one changes them. */
static uint64_t hash_surroundings(uint64_t hash, const pv_source *file, pv_span at) {
    pv_str text = file->bytes;
    size_t letters = 0;
    size_t length;
    for (size_t offset = at.start - file->base;
         letters < LETTERS_AROUND && offset > 0 && text.data[offset - 1] != '\n';) {
        offset = pv_utf8_previous(text, offset);
        hash = hash_letter(hash, text, offset, &length, &letters);
    }
    hash = pv_hash_continue(hash, PV_STR("\n"));
    letters = 0;
    for (size_t offset = at.end - file->base;
         letters < LETTERS_AROUND && offset < text.size && text.data[offset] != '\n'; offset += length)
        hash = hash_letter(hash, text, offset, &length, &letters);
    return hash;
}

/* What tells findings of the same words apart, one after the other. */
typedef enum distinction { BY_SURROUNDINGS, BY_MESSAGE, BY_NUMBER, DISTINCTIONS } distinction;

static uint64_t hash_distinction(uint64_t hash, const pv_verdict *verdict, distinction by, size_t number,
                                 const pv_source *source) {
    pv_span at = verdict->outcome.at.span;
    hash = pv_hash_continue(hash, PV_STR("\n"));
    switch (by) {
    case BY_SURROUNDINGS:
        return hash_surroundings(hash, pv_source_part(source, at.start), at);
    case BY_MESSAGE:
        return pv_hash_continue(hash, verdict->outcome.message);
    default:
        for (; number > 0; number >>= 8)
            hash = pv_hash_byte(hash, (char)(number & 0xff));
        return hash;
    }
}

/* They are few: a rule that gives more has one that stands for the rest. */
static size_t count_alike(const pv_verdict *verdicts, size_t count, uint64_t fingerprint) {
    size_t alike = 0;
    for (size_t i = 0; i < count; i++)
        alike += verdicts[i].earlier_fingerprint == fingerprint;
    return alike;
}

static void tell_apart(pv_verdict *verdicts, size_t count, distinction by, const pv_source *source) {
    /* The earlier fingerprints keep what they all had, until all have what they get. */
    for (size_t i = 0; i < count; i++)
        verdicts[i].earlier_fingerprint = verdicts[i].fingerprint;
    for (size_t i = 0; i < count; i++) {
        uint64_t had = verdicts[i].earlier_fingerprint;
        if (count_alike(verdicts, count, had) > 1)
            verdicts[i].fingerprint =
                hash_distinction(had, &verdicts[i], by, count_alike(verdicts, i + 1, had), source);
    }
}

void pv_verdicts_identify(pv_verdict *verdicts, size_t count, const pv_source *source, const pv_submission *submission,
                          pv_rule_hash *known) {
    size_t all = 0;
    for (size_t i = 0; i < count; i++) {
        identify(&verdicts[i], source, submission, known);
        verdicts[i].number = all + 1;
        all += pv_verdict_count(&verdicts[i]);
    }
    if (count < 2) {
        verdicts[0].number = 0;
        return;
    }
    for (distinction by = 0; by < DISTINCTIONS; by++)
        tell_apart(verdicts, count, by, source);
    for (size_t i = 0; i < count; i++) {
        verdicts[i].of = all;
        /* What a waiver of earlier days was for is none of several. */
        verdicts[i].earlier_fingerprint = verdicts[i].fingerprint;
    }
}
