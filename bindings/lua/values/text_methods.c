#include "lua/values/values_p.h"

static int get_string(lua_State *L) {
    pv_str bytes = pv_text_object_str(lua_touserdata(L, 1));
    pv_text_charge(L, bytes);
    return pv_push_str(L, bytes);
}

/* [-0, +0, v] What of an answer the text is, by the words of the pack's form. */
static pv_unanswered judge_answer(lua_State *L) {
    pv_str text = pv_text_object_str(lua_touserdata(L, 1));
    pv_unanswered kind;
    pv_error error = {0};
    pv_text_charge(L, text);
    if (!pv_unanswered_judge(pv_runtime_of(L)->form->empty_words, pv_runtime_of(L)->call_arena, text, NULL, &kind,
                             &error))
        pv_runtime_raise(L, &error);
    return kind;
}

static int get_answered(lua_State *L) {
    return pv_push_boolean(L, judge_answer(L) == PV_ANSWERED);
}

static int get_no_answer(lua_State *L) {
    return pv_push_name(L, pv_unanswered_reason(judge_answer(L)));
}

static int get_blank(lua_State *L) {
    const pv_text_object *self = lua_touserdata(L, 1);
    pv_text part = *self->whole;
    part.value = pv_text_object_str(self);
    pv_text_charge(L, part.value);
    return pv_push_boolean(L, pv_text_is_blank(&part));
}

static int get_code(lua_State *L) {
    const pv_text_object *self = lua_touserdata(L, 1);
    return pv_push_boolean(L, pv_text_is_code(self->whole, self->part.start));
}

static int push_words(lua_State *L, const pv_text_object *self, const pv_word_list *words, bool lasting) {
    return pv_push_words(L, self->whole, self->part.start, self->object.place, words, lasting);
}

static int get_words(lua_State *L) {
    pv_text_object *self = lua_touserdata(L, 1);
    return push_words(L, self, pv_text_words(L, self), self->keeps);
}

static int get_characters(lua_State *L) {
    return pv_push_characters(L, lua_touserdata(L, 1));
}

static int l_text_words_by(lua_State *L) {
    const pv_text_object *self = pv_text_self(L);
    pv_str name = pv_check_str(L, 2);
    pv_word_method method;
    if (!pv_word_method_from_name(name, &method)) {
        const pv_str names[] = {PV_STR("word"), PV_STR("dash-split"), PV_STR("uax29")};
        return pv_raise_unknown(L, "the list of ways to count words", name, names, 3);
    }
    pv_str bytes = pv_text_object_str(self);
    pv_text_charge(L, bytes);
    pv_word_list words;
    pv_error error = {0};
    if (!pv_words_find(pv_runtime_of(L)->call_arena, bytes, method, &words, &error))
        return pv_runtime_raise(L, &error);
    return push_words(L, self, &words, false);
}

static int l_text_paragraphs(lua_State *L) {
    const pv_text_object *self = pv_text_self(L);
    pv_str bytes = pv_text_object_str(self);
    pv_text_charge(L, bytes);
    pv_list_new(L, 1);
    size_t count = 0;
    for (size_t start = 0; start < bytes.size;) {
        size_t end = pv_str_find(bytes, PV_STR("\n"), start);
        if (end == SIZE_MAX)
            end = bytes.size;
        if (end > start) {
            pv_push_text_part(L, self->whole, pv_text_within(self, (pv_span){(uint32_t)start, (uint32_t)end}));
            pv_list_set(L, ++count);
        }
        start = end + 1;
    }
    return 1;
}

static int l_text_equals(lua_State *L) {
    const pv_token_list *ours = pv_text_tokens(L, pv_text_self(L));
    const pv_token_list *theirs = pv_text_tokens_argument(L, 2);
    MAY_RAISE(pv_runtime_charge(L, ours->count / 4 + 1));
    return pv_push_boolean(L, pv_tokens_are_same(ours, theirs));
}

static int l_text_similarity(lua_State *L) {
    (void)pv_text_self(L);
    if (lua_type(L, 2) == LUA_TSTRING)
        pv_plain_text_make(L, 2);
    else
        (void)pv_text_argument(L, 2);
    return pv_push_similarity(L, 1, 2);
}

/* Exactly the same characters, wherever they stand. */
static int l_text_same(lua_State *L) {
    const pv_text_object *a = pv_text_test(L, 1);
    const pv_text_object *b = pv_text_test(L, 2);
    if (a)
        pv_text_charge(L, pv_text_object_str(a));
    return pv_push_boolean(L, a && b && pv_str_equal(pv_text_object_str(a), pv_text_object_str(b)));
}

static int l_text_to_string(lua_State *L) {
    (void)pv_text_self(L);
    return get_string(L);
}

static const pv_member members[] = {
    {"string", "string: string", "The characters as a plain Lua string, without their place.", .get = get_string},
    {"code", "code: boolean", "Whether its document shows what it begins with letter by letter, as programs are.",
     .get = get_code},
    {"blank", "blank: boolean", "Whether nothing but white space and characters that show nothing is in it.",
     .get = get_blank},
    {"answered", "answered: boolean",
     "Whether it says something: it is not blank, and no placeholder (\"TBD\", \"N/A\", \"see above\").",
     .get = get_answered},
    {"no_answer", "no_answer: string?", "Why it is no answer (“stands for an answer and is none”), or nil.",
     .get = get_no_answer},
    {"words", "words: words", "Its words, counted as Microsoft Word counts them.", .get = get_words},
    {"words_by", ":words_by(method: \"word\" | \"dash-split\" | \"uax29\"): words",
     "Its words by a named definition: \"word\", \"dash-split\" or \"uax29\".", .method = l_text_words_by},
    {"characters", "characters: characters",
     "Its characters, counted as Unicode code points; spaces and punctuation count.", .get = get_characters},
    {"percentages", ":percentages(): list of quantity",
     "The percentages stated in it, in text order; shares in other words (\"one-fifth\", \"1 in 5\") are among them.",
     .method = l_text_percentages},
    {"amounts", ":amounts(): list of quantity", "The amounts of money stated in it, in text order.",
     .method = l_text_amounts},
    {"counts", ":counts(): list of quantity",
     "The other numbers stated in it, in figures or words, in text order; no enumerators, dates or parts of names.",
     .method = l_text_counts},
    {"contradictions", ":contradictions(): list of text",
     "Where words and figures say two numbers for one, in text order: \"twenty (25) percent\". Neither is stated.",
     .method = l_text_contradictions},
    {"dates", ":dates(reading: \"month-first\" | \"day-first\" | \"bare-years\", …): list of date mention",
     "The dates named in it with their year, in text order; \"month-first\" or \"day-first\" says what \"07/01/2022\" "
     "is, \"bare-years\" takes \"2022\" alone too.",
     .method = l_text_dates},
    {"periods", ":periods(order: string?): list of period",
     "The periods that it names, from one date to another, in text order: \"2003–2014\", \"2013/14\", "
     "\"2004–present\", \"Jan–Dec 2015\". order: \"month-first\" or \"day-first\", as for :dates.",
     .method = l_text_periods},
    {"durations", ":durations(): list of duration", "How long something takes, as stated in it, in text order.",
     .method = l_text_durations},
    {"frequencies", ":frequencies(): list of frequency", "How often things happen by it, in text order.",
     .method = l_text_frequencies},
    {"items", ":items(): list of items", "Its enumerated items, inline and block, nested ones included.",
     .method = l_text_items},
    {"series", ":series(): list of list of items",
     "Its series without markers, each as a list of items: \"as follows: a; b; c\", \"A, B, and C\". What they are of "
     "is for the rule to see.",
     .method = l_text_series},
    {"paragraphs", ":paragraphs(): list of text", "Its paragraphs.", .method = l_text_paragraphs},
    {"sentences", ":sentences(): list of text", "Its sentences; each item of a list is one.",
     .method = l_text_sentences},
    {"split", ":split(mark: string | pattern): list of text",
     "Its pieces between marks, in text order, without white space at their ends; what holds nothing is left out.",
     .method = l_text_split},
    {"between", ":between(first: place, last: place): text?",
     "What stands between two places of the text, each any value found in it; nil where the second does not stand "
     "after the first.",
     .method = l_text_between},
    {"before", ":before(place): text", "What stands before a place of the text.", .method = l_text_before},
    {"after", ":after(place): text", "What stands after a place of the text.", .method = l_text_after},
    {"paragraph_of", ":paragraph_of(place): text", "The paragraph in which a value found in the text begins.",
     .method = l_text_paragraph_of},
    {"sentence_of", ":sentence_of(place): text?", "The sentence in which a value found in the text begins.",
     .method = l_text_sentence_of},
    {"item_of", ":item_of(place): list item?",
     "The innermost item of a list in which a value found in the text begins; nil where it stands in none.",
     .method = l_text_item_of},
    {"tables", ":tables(): list of text table",
     "The tables in it: lines with \"|\" (as in Markdown) or tabs between cells, or with columns under one another.",
     .method = l_text_tables},
    {"acronyms", ":acronyms(): list of acronym",
     "The acronyms in it, with their uses and what the text says that they stand for, in the order of their first "
     "places.",
     .method = l_text_acronyms},
    {"name_variants", ":name_variants(): list of name variant",
     "The spellings of names that the text spells otherwise more often, in the order of their first places.",
     .method = l_text_name_variants},
    {"parts", ":parts(): list of part",
     "Its parts, each with its heading; what stands before the first heading is one without.", .method = l_text_parts},
    {"passages_twice", ":passages_twice(words: integer): list of passage",
     "Its passages of so many words or more that stand in it twice: running heads, tables of contents and rows of "
     "tables are none.",
     .method = l_text_passages_twice},
    {"numbering_breaks", ":numbering_breaks(): list of numbering break",
     "Where its headings, captions and lists are numbered out of order. Numbers that a program makes never are.",
     .method = l_text_numbering_breaks},
    {"line_numbers", ":line_numbers(): list of string",
     "What its lines are numbered with, with what stands before the number: \"4.7\", \"section 4\", \"table 3\"; "
     "numbers that a program makes are among them.",
     .method = l_text_line_numbers},
    {"align", ":align(rows: list, definition: string?): list of alignment",
     "For each row of a list (a table row with a name and aliases, or a string) the part of the text that is most "
     "likely what it names, and how sure that is: by \"align 1\", or by \"align 2\", which also goes by where parts "
     "stand, by their numbers and by the other rows.",
     .method = l_text_align},
    {"follows", ":follows(template: text | string): list of clause",
     "For each clause of a template whether the text keeps it, changes it or has none like it.",
     .method = l_text_follows},
    {"find", ":find(pattern: pattern): match?", "The first match of a pattern, or nil.", .method = l_text_find},
    {"matches", ":matches(pattern: pattern): list of match", "All matches of a pattern, not overlapping.",
     .method = l_text_matches},
    {"mentions", ":mentions(wanted: phrases | string | row | list): list of mention",
     "Where any of the phrases stands in it, as whole words; hyphens, case and spacing are folded.",
     .method = l_text_mentions},
    {"equals", ":equals(other: text | string): boolean",
     "Whether both read the same, with case, hyphens, spacing and punctuation folded; `==` between a text and a plain "
     "string is always false in Lua.",
     .method = l_text_equals},
    {"similarity", ":similarity(other: text | string): similarity", "How much of its wording the other text holds too.",
     .method = l_text_similarity},
    {"telling_words",
     ":telling_words(printed: list of string, letters: integer, filler: string, apart: text?, share: decimal?): "
     "integer?, integer?",
     "Of its telling words, how many the printed texts hold too, in whatever order and form; then how many it has. "
     "Words that begin with the same letters, so many, are one; none are those of filler, which has blanks between "
     "them, and those of apart. Nothing where those printed are not this share of all, which is sooner told.",
     .method = l_text_telling_words},
    {"tricks", ":tricks(): list of trick", "What makes its word count look smaller than what a person reads.",
     .method = l_text_tricks},
    PV_MEMBERS_END,
};

static const luaL_Reg operators[] = {
    {"__eq", l_text_same},
    {NULL, NULL},
};

const pv_class pv_text_class = {
    .name = "text",
    .doc = "Words of the submission that know their place; `==` between two texts compares their exact characters.",
    .members = members,
    .to_string = l_text_to_string,
    .operators = operators,
    .of_session = true,
};
