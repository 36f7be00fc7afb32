#include "text/unanswered.h"

#include <assert.h>
#include <string.h>

#include "base/bytes.h"
#include "base/str.h"
#include "base/utf8.h"
#include "text/phrases.h"

/* ---- the words, in English ---- */

/* What a word or phrase says in a text that is no answer. */
typedef enum role {
    STANDS_IN,    /* it stands for an answer by itself */
    LEFT_EMPTY,   /* it says that a part of the form has no answer */
    OPENS_GAP,    /* it stands for an answer, and a short note after a mark says no more: "TBD (waiting for legal)" */
    PUTS_OFF,     /* the same; and whatever follows says no more than who decides, or when */
    LEADS_AWAY,   /* it says that the answer stands elsewhere */
    GOES_WITH,    /* it says nothing beside one of the two */
    NAMES_A_PART, /* it says nothing beside what leads away */
} role;

static const struct {
    role role;
    const char *phrases; /* with "|" between them */
} english[] = {
    {OPENS_GAP, "t b d|t b a|t b c|tbd|tba|tbc|tbs|todo|fixme|wip"},
    {STANDS_IN, "to do|n a|na|nil|null|none|nothing|not applicable|non applicable|"
                "does not apply|do not apply|not relevant|no answer|no response|no reply|no comment|no comments|"
                "no information|no info|no data|no text|no name|no plan|no number|not available|unavailable|not known|"
                "unknown|unsure|not sure|don't know|do not know|dont know|nothing to add|nothing to report|"
                "none to report|blank|placeholder|place holder|decline to answer|declines to answer|decline to respond|"
                "declines to respond|prefer not to answer|prefer not to say|refuse to answer|will not do this|"
                "will not do it|won't do this"},
    {LEFT_EMPTY, "intentionally left blank|left blank|leave blank|left empty|left open|left intentionally blank|"
                 "intentionally blank|deliberately left blank|left blank on purpose|not answered|not completed|"
                 "not provided|not filled in|not filled out"},
    {PUTS_OFF,
     "to be determined|to be decided|to be confirmed|to be announced|to be advised|to be discussed|"
     "to be finalized|to be finalised|will be determined|will be decided|not yet determined|not yet decided|"
     "yet to be determined|yet to be decided|still to be determined|tbd by|tbd with|tbd after|tbd once|"
     "tbd pending|tbd in|tbd at|response pending|answer pending|information pending|details pending|decision "
     "pending|pending dhcs|pending guidance|pending further|pending approval|pending review|pending receipt|"
     "awaiting guidance|awaiting dhcs|awaiting approval|awaiting further|awaiting response|response will be|"
     "answer will be|details will be|information will be|narrative will be|section will be|question will be|"
     "details will follow|information will follow|answer will follow|response will follow|details to follow|"
     "will provide this|will provide the requested|will provide a response|will provide an answer|will provide "
     "more|will provide further|will provide additional information|will provide details|will submit this|will "
     "submit the requested|will submit a response|will submit an answer|will submit more|will respond to this|"
     "will respond at|will respond in|will respond later|will answer this|will answer at|will answer in|will "
     "answer later|will address this question|will address this item|will address this prompt|will address this "
     "section|will address this in|will address this at|will get back to|will follow up with dhcs|will follow up "
     "on this question|will revisit this|will complete this|will update this|"
     "to be completed by|to be filled in by|to be written by|to be submitted "
     "by|to be answered by|awaiting input|awaiting data|awaiting information|awaiting confirmation|awaiting "
     "feedback|awaiting legal|awaiting sign off"},
    {PUTS_OFF,
     "pending input|pending information|pending data|pending legal|pending confirmation|pending clarification|"
     "pending decision|pending response|pending sign off|pending signature|pending internal|pending final|"
     "awaiting decision|awaiting clarification|awaiting sign|awaiting signature|awaiting final|awaiting review|"
     "awaiting receipt|awaiting our|awaiting the|waiting for|waiting on"},
    {STANDS_IN, "abc|xyz|ref|"
                "error|reference source not found|delete this line|delete this|delete before|before submitting|"
                "available upon request|available on request|upon request|on "
                "request|word limit|word maximum|max words|words max|words maximum|character limit"},
    {STANDS_IN,
     "to be provided|to be completed|to be added|to be supplied|to be filled in|to be filled|to be "
     "written|to be developed|"
     "to be updated|to be submitted|to be defined|"
     "to be identified|to be established|to be inserted|to be answered|"
     "will be provided|will be added|will be completed|will be updated|"
     "not yet known|not yet available|to come|to follow|will follow|coming soon|forthcoming|pending|"
     "will be submitted|will be addressed|will be supplied|will be furnished|will be developed|will be shared|"
     "being developed|being drafted|being written|being prepared|being finalized|being finalised|being "
     "completed|being worked on|being determined|being compiled|still working on this|still working on it|"
     "working on this|working on it|working on our answer|working on our response|get back to you|nothing "
     "further|nothing further to report|nothing further to add|nothing new|nothing new to report|nothing at "
     "this time|nothing more to add|not ready|not ready yet|not finished|not finalized|not finalised|not "
     "complete|incomplete|unanswered|skipped|skip|pass|awaiting|in the works|watch this space|stay tuned|"
     "later|in due course|"
     "in progress|work in progress|in development|under development|under construction|under review|draft"},
    {STANDS_IN,
     "insert|insert text|insert answer|insert response|insert name|enter text|enter answer|enter response|"
     "add text|type here|text here|your text|your answer|your response|your name|answer here|response here|"
     "click here|tap here|click or tap here|click or tap|to enter text|to enter your answer|to enter your text|"
     "to enter your response|enter your answer|enter your response|enter your text|goes here|"
     "click here to enter text|click or tap here to enter text|click or tap to enter text|"
     "click here to enter a date|click or tap to enter a date|choose an item|dummy|dummy text|sample text|"
     "sample answer|example text|test|testing|test test|asdf|asdfg|asdfgh|asdfjkl|asdfasdf|qwerty|qwertz|"
     "qwertyuiop|foo|foo bar|foobar|bla|blah|blabla"},
    {LEADS_AWAY,
     "see|please see|refer to|please refer to|same|same as|the same as|as above|see above|as below|"
     "see below|above|below|ditto|idem|ibid|ibidem|as before|as in|as described|as stated|as mentioned|"
     "as noted|described above|stated above|mentioned above|already answered|answered above|answered in|see "
     "attached|see attachment|see "
     "attachments|see enclosed|see enclosure|see appendix|see exhibit|please find attached|attached|enclosed|as "
     "attached|refer back|consult|as in our|as per our|same answer|same response|repeated from|cross "
     "reference|"
     "previously answered|previously submitted|previously provided|as previously|as submitted|answered elsewhere|"
     "as previously submitted|as previously provided|as previously stated|elsewhere|found in|found at|repeat of|copy "
     "of|copied from|cf|as per"},
    {GOES_WITH,
     "at|this|time|yet|still|currently|for|now|later|soon|by|staff|date|dates|please|update|will|be|is|are|"
     "it|we|i|to|the|a|an|of|in|on|our|my|and|or|more|further|details|information|as of|at present|"
     "at the moment|here|text|answer|response|q1|q2|q3|q4|january|february|march|april|may|june|july|"
     "august|september|october|november|december|provided|any|additional|plan|mcp|"
     "name|county|number|address|title|as|goes|have|has|report|add|dhcs|guidance|in due course|in due time|under "
     "separate "
     "cover|separate cover|this section|this question|this item|this part|this prompt|this narrative|this box|the "
     "question|the section|the prompt|later submission|next submission|future submission|final submission|later "
     "version|final version|next version|next update|next report|later report|final report|later filing|next "
     "filing|last time|this one|on this one|one|mutatis mutandis|we'll|we'd|i'll|upon receipt|upon completion|when "
     "available|once available|when ready|once ready|as soon as "
     "possible|after|before|from|with|you|us|see|separately|shortly|version|document|these|those"},
    {NAMES_A_PART,
     "answers|responses|question|questions|item|items|prompt|prompts|measure|measures|section|sections|"
     "part|parts|narrative|number|no|page|pages|paragraph|prior|previous|preceding|last|next|first|"
     "second|third|that|also|under|given|described|stated|mentioned|noted|box|row|column|table|word|"
     "words|limit|submission|submissions|filing|filings|earlier|attachment|attachments|appendix|exhibit|exhibits|"
     "document|documents|file|files|letter|letters|enclosure|enclosures|cover|email|e mail|spreadsheet|pdf|"
     "excel|workbook|website|webpage|link|form|policy|policies|attached|enclosed|was|were|been|already|us|you|dhcs"},
};

#define PHRASES_MOST 800

struct pv_empty_words {
    const pv_phrases *phrases;
    size_t count; /* of those that are English; the ones after stand in */
    role roles[PHRASES_MOST];
};

static size_t split_english(pv_str *phrases, role *roles) {
    size_t count = 0;
    for (size_t i = 0; i < sizeof english / sizeof *english; i++)
        for (const char *phrase = english[i].phrases; phrase;) {
            const char *end = strchr(phrase, '|');
            assert(count < PHRASES_MOST);
            phrases[count] = (pv_str){phrase, end ? (size_t)(end - phrase) : strlen(phrase)};
            roles[count++] = english[i].role;
            phrase = end ? end + 1 : NULL;
        }
    return count;
}

bool pv_empty_words_build(pv_empty_words **out, pv_arena *arena, const pv_str *further, size_t count, pv_error *error) {
    pv_empty_words *words = PV_NEW(arena, pv_empty_words);
    pv_str *all = PV_NEW_ARRAY(arena, pv_str, PHRASES_MOST + count);
    pv_phrases *set;
    if (!words || !all)
        return pv_fail_memory(error);
    words->count = split_english(all, words->roles);
    for (size_t i = 0; i < count; i++)
        all[words->count + i] = further[i];
    if (!pv_phrases_build(&set, arena, all, words->count + count, NULL, error))
        return false;
    words->phrases = set;
    *out = words;
    return true;
}

/* ---- what a text is ---- */

/* A text of more words is no placeholder. */
#define PLACEHOLDER_TOKENS_MOST 24
#define FEW_TOKENS 6        /* more than PASSAGE_LEAST and PERIOD_MOST */
#define PERIOD_MOST 4       /* words that are said over and over ... */
#define REPETITIONS_LEAST 3 /* ... so often */
#define PUT_OFF_MOST 12     /* words of a text that begins with putting the answer off */
#define PASSAGE_LEAST 5     /* words of a prompt that are no coincidence */

static bool is_check_mark(pv_str text) {
    size_t length;
    uint32_t first = text.size > 0 ? pv_utf8_decode(text, 0, &length) : 0;
    return (first >= 0x2610 && first <= 0x2612) || (first >= 0x2713 && first <= 0x2718);
}

/* "xxx", "aaaa": a letter three times or more, and no other. Roman numbers are none. */
static bool is_one_letter(pv_str text, const pv_token *token) {
    pv_str word = pv_str_slice(text, token->at.start, token->at.end);
    char letter = word.size > 0 ? (char)(word.data[0] | 0x20) : 0;
    if (word.size < 3 || letter < 'a' || letter > 'z' || letter == 'i')
        return false;
    for (size_t i = 1; i < word.size; i++)
        if ((word.data[i] | 0x20) != letter)
            return false;
    return true;
}

/* "qwertz", "uiop": four keys or more that lie side by side. */
static bool is_row_of_keys(pv_str text, const pv_token *token) {
    static const char *const rows[] = {"qwertyuiop", "qwertzuiop", "asdfghjkl", "zxcvbnm", "yxcvbnm"};
    pv_str word = pv_str_slice(text, token->at.start, token->at.end);
    for (size_t row = 0; word.size >= 4 && row < sizeof rows / sizeof *rows; row++)
        for (const char *from = rows[row]; strlen(from) >= word.size; from++) {
            size_t same = 0;
            while (same < word.size && (word.data[same] | 0x20) == from[same])
                same++;
            if (same == word.size)
                return true;
        }
    return false;
}

/* Whether the token belongs to an address of the web: "https://dhcs.ca.gov/ecm". */
static bool is_in_address(pv_str text, const pv_token *token) {
    size_t from = token->at.start;
    while (from > 0 && (unsigned char)text.data[from - 1] > ' ')
        from--;
    while (from < token->at.start && strchr("(<[\"'", text.data[from]))
        from++;
    pv_str run = pv_str_slice(text, from, text.size);
    return pv_str_starts_with(run, PV_STR("http://")) || pv_str_starts_with(run, PV_STR("https://")) ||
           pv_str_starts_with(run, PV_STR("www."));
}

static bool is_number(pv_str text, const pv_token *token) {
    return text.data[token->at.start] >= '0' && text.data[token->at.start] <= '9';
}

/* Whether all tokens are said over and over, a few of them at a time: the whole of them, or the beginning of more. */
static bool is_repeated(const pv_token_list *tokens, bool whole) {
    for (size_t period = 1; period <= PERIOD_MOST; period++) {
        size_t i = period;
        while (i < tokens->count && tokens->tokens[i].hash == tokens->tokens[i - period].hash)
            i++;
        if (i >= tokens->count && (!whole || tokens->count >= period * REPETITIONS_LEAST))
            return true;
    }
    return false;
}

static bool is_dummy(const pv_token_list *tokens) {
    static const pv_str names[] = {PV_STR("lorem"), PV_STR("ipsum")};
    for (size_t i = 0; i < 2; i++)
        if (tokens->count < 2 || tokens->tokens[i].hash != pv_token_hash_of(names[i]))
            return false;
    return true;
}

/* Whether all tokens stand in the prompt's one after another. */
static bool is_passage(const pv_token_list *tokens, const pv_token_list *prompt) {
    if (tokens->count == 0 || tokens->count > prompt->count)
        return false;
    if (tokens->count < PASSAGE_LEAST && tokens->count < prompt->count)
        return false;
    for (size_t from = 0; from + tokens->count <= prompt->count; from++) {
        size_t same = 0;
        while (same < tokens->count && tokens->tokens[same].hash == prompt->tokens[from + same].hash)
            same++;
        if (same == tokens->count)
            return true;
    }
    return false;
}

/* What the tokens are when each of them is known to say nothing. */
typedef struct coverage {
    bool stands_in;
    bool left_empty;
    bool leads_away;
    bool names_a_part; /* or is a number */
    bool says_more;
} coverage;

static void cover(coverage *found, role said) {
    found->stands_in |= said == STANDS_IN || said == PUTS_OFF || said == OPENS_GAP;
    found->left_empty |= said == LEFT_EMPTY;
    found->leads_away |= said == LEADS_AWAY;
    found->names_a_part |= said == NAMES_A_PART;
}

static coverage cover_all(const pv_empty_words *words, pv_str text, bool prose, const pv_token_list *tokens,
                          const pv_phrase_match_list *matches) {
    coverage found = {0};
    size_t next = 0;
    for (size_t i = 0; i < tokens->count; i++) {
        const pv_span at = tokens->tokens[i].at;
        while (next < matches->count && matches->matches[next].at.end <= at.start)
            next++;
        if (next < matches->count && matches->matches[next].at.start <= at.start) {
            uint32_t phrase = matches->matches[next].phrase;
            cover(&found, phrase < words->count ? words->roles[phrase] : STANDS_IN);
        } else if (is_one_letter(text, &tokens->tokens[i]) || is_row_of_keys(text, &tokens->tokens[i])) {
            found.stands_in = true;
        } else if (prose && is_in_address(text, &tokens->tokens[i])) {
            found.leads_away = true;
        } else if (!is_number(text, &tokens->tokens[i])) {
            found.says_more = true;
        }
    }
    return found;
}

/* "{{answer}}", "<<ANSWER>>", "${answer}": a place that a program did not fill. */
static bool is_unfilled(pv_str text) {
    return (pv_str_starts_with(text, PV_STR("{{")) && pv_str_ends_with(text, PV_STR("}}"))) ||
           (pv_str_starts_with(text, PV_STR("<<")) && pv_str_ends_with(text, PV_STR(">>"))) ||
           (pv_str_starts_with(text, PV_STR("${")) && pv_str_ends_with(text, PV_STR("}"))) ||
           (pv_str_starts_with(text, PV_STR("«")) && pv_str_ends_with(text, PV_STR("»")));
}

/* "Response:": the words that an answer is to stand behind. */
static bool is_heading(pv_str text) {
    return text.size > 0 && text.data[text.size - 1] == ':';
}

/* Where the words speak of the filer's own doing. */
static bool speaks(const pv_token_list *tokens) {
    static const pv_str own[] = {PV_STR("we"), PV_STR("our"), PV_STR("us")};
    for (size_t i = 0; i < tokens->count; i++)
        for (size_t j = 0; j < sizeof own / sizeof *own; j++)
            if (tokens->tokens[i].hash == pv_token_hash_of(own[j]))
                return true;
    return false;
}

/* "TBD – Jane Smith", "TBD (by legal)": a note behind a mark. */
static bool is_gap_with_note(pv_str text, const pv_token_list *tokens, size_t after) {
    size_t i = after;
    while (i < text.size && text.data[i] == ' ')
        i++;
    bool marked = i < text.size && (strchr("(:;,-[/", text.data[i]) || (unsigned char)text.data[i] == 0xE2);
    return marked && !speaks(tokens);
}

/* "To be determined by the board in March", "Our response will be sent by mail": what says nothing may stand before. */
static bool puts_off(const pv_empty_words *words, pv_str text, const pv_token_list *tokens,
                     const pv_phrase_match_list *matches) {
    size_t token = 0;
    for (size_t i = 0; tokens->count <= PUT_OFF_MOST && i < matches->count && token < tokens->count; i++) {
        uint32_t phrase = matches->matches[i].phrase;
        if (matches->matches[i].at.start != tokens->tokens[token].at.start || phrase >= words->count)
            return false;
        role said = words->roles[phrase];
        if (said == PUTS_OFF || (said == OPENS_GAP && is_gap_with_note(text, tokens, matches->matches[i].at.end)))
            return true;
        if (said != GOES_WITH && said != STANDS_IN && said != OPENS_GAP)
            return false;
        while (token < tokens->count && tokens->tokens[token].at.start < matches->matches[i].at.end)
            token++;
    }
    return false;
}

static bool judge_words(const pv_empty_words *words, pv_arena *arena, pv_str text, bool prose,
                        const pv_token_list *tokens, pv_unanswered *out, pv_error *error) {
    pv_phrase_match_list matches;
    if (tokens->count > PLACEHOLDER_TOKENS_MOST)
        return true;
    if (!pv_phrases_find(words->phrases, tokens, arena, &matches, error))
        return false;
    coverage found = cover_all(words, text, prose, tokens, &matches);
    if (puts_off(words, text, tokens, &matches)) {
        *out = PV_UNANSWERED_PLACEHOLDER;
        return true;
    }
    if (found.says_more)
        return true;
    if (is_heading(text)) {
        *out = PV_UNANSWERED_PLACEHOLDER;
        return true;
    }
    if (found.leads_away)
        *out = PV_UNANSWERED_ELSEWHERE;
    else if (found.left_empty || (found.stands_in && !found.names_a_part))
        *out = PV_UNANSWERED_PLACEHOLDER;
    return true;
}

/* "Yes." and "No." to a prompt that asks to describe something. */
static bool is_bare_yes_or_no(const pv_token_list *tokens, const pv_token_list *asked) {
    static const pv_str asks[] = {PV_STR("describe"), PV_STR("outline"), PV_STR("explain"),  PV_STR("identify"),
                                  PV_STR("list"),     PV_STR("discuss"), PV_STR("summarize")};
    static const pv_str bare[] = {PV_STR("yes"), PV_STR("no"), PV_STR("ok"), PV_STR("agreed"), PV_STR("done")};
    bool describes = false, is_bare = false;
    for (size_t i = 0; asked->count > 0 && i < sizeof asks / sizeof *asks; i++)
        describes |= asked->tokens[0].hash == pv_token_hash_of(asks[i]);
    for (size_t i = 0; tokens->count == 1 && i < sizeof bare / sizeof *bare; i++)
        is_bare |= tokens->tokens[0].hash == pv_token_hash_of(bare[i]);
    return describes && is_bare;
}

/* The words behind whatever number an answer puts before them. */
static pv_token_list without_numbers(pv_str text, pv_token_list tokens) {
    while (tokens.count > 0 && is_number(text, tokens.tokens)) {
        tokens.tokens++;
        tokens.count--;
    }
    return tokens;
}

/* The prompt's own words. */
static pv_unanswered judge_prompt(pv_str text, const pv_token_list *tokens, const pv_token_list *prompt) {
    pv_token_list words = without_numbers(text, *tokens);
    if (is_passage(&words, prompt))
        return PV_UNANSWERED_PROMPT;
    return is_bare_yes_or_no(&words, prompt) ? PV_UNANSWERED_PLACEHOLDER : PV_ANSWERED;
}

/* Whether a longer text that begins with these tokens may say them, or the prompt, over again. */
static bool may_repeat(pv_str text, const pv_token_list *begin, const pv_token_list *prompt) {
    pv_token_list words = without_numbers(text, *begin);
    return is_repeated(begin, false) || words.count < PASSAGE_LEAST || is_passage(&words, prompt);
}

static bool judge_tokens(const pv_empty_words *words, pv_arena *arena, pv_str text, const pv_token_list *tokens,
                         const pv_token_list *prompt, pv_unanswered *out, pv_error *error) {
    if (text.size == 0)
        *out = PV_UNANSWERED_BLANK;
    else if (tokens->count == 0)
        *out = !prompt && is_check_mark(text) ? PV_ANSWERED : PV_UNANSWERED_PLACEHOLDER;
    else if (is_dummy(tokens))
        *out = PV_UNANSWERED_DUMMY;
    else if (is_unfilled(text))
        *out = PV_UNANSWERED_PLACEHOLDER;
    else if (prompt && is_repeated(tokens, true))
        *out = PV_UNANSWERED_REPEATED;
    else if (!judge_words(words, arena, text, prompt, tokens, out, error))
        return false;
    if (*out == PV_ANSWERED && prompt)
        *out = judge_prompt(text, tokens, prompt);
    return true;
}

/* Whether the text has more tokens than a placeholder: at least those that begin after white space of ASCII. */
static bool surely_longer(pv_str text) {
    enum { TOGETHER = 8 }; /* blocks after which it is asked whether there are enough */
    size_t begun = 0;
    for (size_t at = 1; at + TOGETHER * PV_BLOCK_BYTES <= text.size && begun <= PLACEHOLDER_TOKENS_MOST;) {
        pv_block found = {0};
        for (size_t i = 0; i < TOGETHER; i++, at += PV_BLOCK_BYTES) {
            const pv_block block = pv_block_load(text.data + at);
            const pv_block letters = pv_block_within(block | 0x20, 'a', 'z') | pv_block_within(block, '0', '9');
            found -= letters & pv_block_white_space(pv_block_load(text.data + at - 1));
        }
        begun += pv_block_sum(found);
    }
    return begun > PLACEHOLDER_TOKENS_MOST;
}

/* Whether the first few tokens of a text that is longer than a placeholder tell that it is an answer, as they do of
 * nearly each. */
static bool surely_answers(pv_str text, const pv_token_list *begin, const pv_token_list *prompt) {
    return begin->count == FEW_TOKENS && !is_dummy(begin) && !is_unfilled(text) &&
           (!prompt || !may_repeat(text, begin, prompt)) && surely_longer(text);
}

bool pv_unanswered_judge(const pv_empty_words *words, pv_arena *arena, pv_str text, const pv_token_list *prompt,
                         pv_unanswered *out, pv_error *error) {
    pv_token_list tokens;
    *out = PV_ANSWERED;
    text = pv_str_trim(text);
    if (!pv_tokens_begin(arena, text, FEW_TOKENS, &tokens, error))
        return false;
    if (surely_answers(text, &tokens, prompt))
        return true;
    if (!pv_tokens_begin(arena, text, PLACEHOLDER_TOKENS_MOST + 1, &tokens, error))
        return false;
    bool longer = tokens.count > PLACEHOLDER_TOKENS_MOST;
    if (longer && prompt && may_repeat(text, &tokens, prompt) && !pv_tokens_find(arena, text, &tokens, error))
        return false;
    return judge_tokens(words, arena, text, &tokens, prompt, out, error);
}

const char *pv_unanswered_reason(pv_unanswered kind) {
    static const char *const reasons[] = {
        [PV_UNANSWERED_PLACEHOLDER] = "stands for an answer and is none",
        [PV_UNANSWERED_ELSEWHERE] = "says that the answer stands elsewhere",
        [PV_UNANSWERED_REPEATED] = "says the same words over and over",
        [PV_UNANSWERED_DUMMY] = "is dummy text",
        [PV_UNANSWERED_PROMPT] = "is the wording of the prompt",
    };
    return kind < sizeof reasons / sizeof *reasons ? reasons[kind] : NULL;
}
