/* Invariant: a rule file is read as the compiler reads it, one lexeme after the other; what does not look as in a file
 * that compiles ends the reading, and nothing is judged in that file. */
#ifndef PV_LUA_AUTHORING_FORESEEN_READER_P_H
#define PV_LUA_AUTHORING_FORESEEN_READER_P_H

#include "lua/authoring/foreseen_types_p.h"

#define PV_READER_DEPTH 190 /* of brackets and blocks; the compiler has 200 */
#define PV_READER_VARIABLES 400
#define PV_READER_LEVELS 40 /* of functions in functions */

/* What a lexeme is. */
typedef enum pv_word {
    PV_WORD_END, /* of the file */
    PV_WORD_NAME,
    PV_WORD_NUMBER,
    PV_WORD_STRING,
    PV_WORD_AND,
    PV_WORD_BREAK,
    PV_WORD_DO,
    PV_WORD_ELSE,
    PV_WORD_ELSEIF,
    PV_WORD_CLOSE, /* end */
    PV_WORD_FALSE,
    PV_WORD_FOR,
    PV_WORD_FUNCTION,
    PV_WORD_GOTO,
    PV_WORD_IF,
    PV_WORD_IN,
    PV_WORD_LOCAL,
    PV_WORD_NIL,
    PV_WORD_NOT,
    PV_WORD_OR,
    PV_WORD_REPEAT,
    PV_WORD_RETURN,
    PV_WORD_THEN,
    PV_WORD_TRUE,
    PV_WORD_UNTIL,
    PV_WORD_WHILE,
    PV_WORD_REST,    /* ... */
    PV_WORD_JOIN,    /* .. */
    PV_WORD_COMPARE, /* == ~= < > <= >= */
    PV_WORD_LABEL,   /* :: */
    PV_WORD_BINARY,  /* + * / // % ^ & | << >> */
    PV_WORD_MINUS,
    PV_WORD_TILDE,
    PV_WORD_LENGTH,
    PV_WORD_ASSIGN,
    PV_WORD_DOT,
    PV_WORD_COLON,
    PV_WORD_COMMA,
    PV_WORD_SEMICOLON,
    PV_WORD_OPEN_ROUND,
    PV_WORD_CLOSE_ROUND,
    PV_WORD_OPEN_SQUARE,
    PV_WORD_CLOSE_SQUARE,
    PV_WORD_OPEN_CURLY,
    PV_WORD_CLOSE_CURLY,
    PV_WORD_OTHER,
} pv_word;

typedef struct pv_reader_variable {
    pv_str name;
    pv_seen_variable *kept;
    pv_seen type;
} pv_reader_variable;

/* One file being read. */
typedef struct pv_reader {
    pv_seen_file *file;
    pv_seen_pack *pack;
    size_t at;
    size_t depth;
    bool failed;
    bool keeps_fields; /* of the table that is read next */
    bool declares;     /* that table declares a rule */
    bool in_examples;
    pv_reader_variable *variables; /* room for PV_READER_VARIABLES */
    size_t variable_count;
    pv_seen_closure *levels[PV_READER_LEVELS];
    size_t level_count;
    pv_str results; /* what the call just read gives, all of it, as written; empty when it was none */
} pv_reader;

/* What was read last of an expression that something is assigned to. */
typedef struct pv_reader_target {
    bool is_name; /* a name alone, at `index` */
    bool is_call;
    size_t index;
} pv_reader_target;

/* ---- lexemes, faults, values and scopes (foreseen_scopes.c) ---- */

pv_word pv_reader_word_at(const pv_reader *in, size_t index);
pv_word pv_reader_next(const pv_reader *in);
pv_str pv_reader_text_at(const pv_reader *in, size_t index);
void pv_reader_advance(pv_reader *in);
bool pv_reader_take(pv_reader *in, pv_word expected);
/* What must stand there in a file that compiles. */
void pv_reader_require(pv_reader *in, pv_word expected);
pv_seen_language *pv_reader_language(const pv_reader *in);

/* Whether this is the round that judges. */
bool pv_reader_speaks(const pv_reader *in);
void pv_reader_add_fault(const pv_reader *in, size_t lexeme, pv_str message);
/* "a response has no "wrod_limit"; did you mean "word_limit"?" */
void pv_reader_add_unknown(const pv_reader *in, size_t lexeme, pv_str owner, pv_str name, const pv_str *names,
                           size_t count);

/* The value goes where it is not followed: a function in it may be called with anything. */
void pv_reader_release(pv_seen type);
/* The value where it is kept: of a table nothing more is known. */
pv_seen pv_reader_keep(pv_seen type);
/* One more value that something has. */
void pv_reader_gather(pv_seen *into, pv_seen type);
/* A call of the function with these arguments; open: the last of them may stand for several. */
void pv_reader_apply(pv_seen_closure *closure, const pv_seen *arguments, size_t count, bool open);

/* A local; kept: what the rounds keep of it, or NULL. */
void pv_reader_declare_named(pv_reader *in, pv_str name, pv_seen_variable *kept, pv_seen type);
/* A local whose name is the lexeme at index. */
void pv_reader_declare(pv_reader *in, size_t index, pv_seen type);
pv_reader_variable *pv_reader_find_variable(pv_reader *in, pv_str name);
bool pv_reader_is_global(const pv_seen_pack *pack, pv_str name);
/* What the name at index stands for. */
pv_seen pv_reader_name(pv_reader *in, size_t index);

/* ---- expressions (foreseen_expressions.c) ---- */

pv_seen pv_reader_expression(pv_reader *in);
/* A name, or what is in parentheses, with all that follows it. as_target: a statement begins here, or goes on with
 * another thing assigned to. */
pv_seen pv_reader_suffixed(pv_reader *in, bool as_target, pv_reader_target *out);

/* ---- functions and statements (foreseen_reader.c) ---- */

/* After `function` and what it may be called: from the parenthesis on. */
pv_seen pv_reader_function(pv_reader *in, bool has_self);

#endif
