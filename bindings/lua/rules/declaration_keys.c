/* The keys of everything that rule files declare, and what each means. */
#include "lua/rules/declaration.h"

/* What a rule may be about, as editors have it. */
#define SUBJECTS "submission | section | measure | response | record | pair | collection"
#define KEYS_END                                                                                                       \
    { NULL, 0, false, NULL, NULL }

const pv_declaration_key pv_rule_keys[] = {
    {"title", LUA_TSTRING, true, "string", "The requirement as a positive statement."},
    {"citation", LUA_TSTRING, true, "string", "Where the form says so, in its own words."},
    {"remedy", LUA_TSTRING, true, "string", "What the filer is to do when it is not met."},
    {"each", LUA_TSTRING, true,
     "\"submission\" | \"section\" | \"measure\" | \"response\" | \"record\" | \"pair\" | \"collection\"",
     "What is judged: the rule runs once for each of them."},
    {"level", LUA_TSTRING, true, "\"error\" | \"warning\" | \"note\"", "How much a failure matters."},
    {"review_level", LUA_TSTRING, false, "\"error\" | \"warning\" | \"note\"",
     "How much it matters that a person must judge, where that is less than a failure."},
    {"check", LUA_TFUNCTION, true,
     "fun(subject: " SUBJECTS ", submission: submission, parameters: parameters): verdict",
     "Judges one subject. It returns a verdict; anything else is a fault."},
    {"when", LUA_TFUNCTION, false,
     "fun(subject: " SUBJECTS ", submission: submission, parameters: parameters): any, string?",
     "Whether the rule is about this subject; when it returns false or nil, and perhaps the reason, the subject is not "
     "applicable."},
    {"record", LUA_TSTRING, false, "string", "With each = \"record\": which kind of record."},
    {"matrix", LUA_TSTRING, false, "string", "With each = \"pair\": of which matrix."},
    {"blank", LUA_TBOOLEAN, false, "boolean",
     "Whether blank responses and measures are judged too; otherwise they are not applicable."},
    {"waivable", LUA_TBOOLEAN, false, "boolean",
     "False when no waiver may accept a failure of it; otherwise a project may waive one."},
    {"parameters", LUA_TTABLE, false, "table<string, parameter>",
     "Values that a pack or a project may set, by name; check and when get them as their third argument."},
    {"since", LUA_TSTRING, false, "string", "The first day on which the rule applies, \"2022-07-01\"."},
    {"until", LUA_TSTRING, false, "string", "The last day on which it applies."},
    {"replaces", LUA_TTABLE, false, "string[]", "The ids of earlier rules that this one stands for."},
    {"tags", LUA_TTABLE, false, "string[]", "Words to find the rule by."},
    {"why", LUA_TSTRING, false, "string", "Why the form requires it."},
    {"examples", LUA_TTABLE, false, "example[]",
     "Small submissions with the verdict each must give; at least one that passes and one that does not."},
    KEYS_END,
};

const pv_declaration_key pv_example_keys[] = {
    {"state", LUA_TSTRING, true, "\"pass\" | \"fail\" | \"review\" | \"not-applicable\"", "The verdict it must give."},
    {"response", LUA_TSTRING, false, "string", "With each = \"response\": the text of the response judged."},
    {"item", LUA_TSTRING, false, "string",
     "Which item it answers, by its full id; otherwise the first of the form for which `when` holds."},
    {"measure", LUA_TSTRING, false, "string", "With each = \"measure\": which one is judged."},
    {"section", LUA_TSTRING, false, "string", "With each = \"section\": which one is judged."},
    {"record", LUA_TNUMBER, false, "integer",
     "With each = \"record\": the number of the row judged; otherwise the first."},
    {"pair", LUA_TTABLE, false, "table<string, string>",
     "With each = \"pair\": which one is judged, by the names of the two tables; otherwise the first to which the rule "
     "applies."},
    {"fields", LUA_TTABLE, false, "table<string, any>", "Header fields, by name."},
    {"responses", LUA_TTABLE, false, "table<string, string>", "Responses, by the full ids of their items."},
    {"records", LUA_TTABLE, false, "table<string, table[]>", "Rows, by kind of record: each a table of its columns."},
    {"submissions", LUA_TTABLE, false, "example[]",
     "With each = \"collection\": the submissions, each a table of fields, responses, records and complete."},
    {"as_of", LUA_TSTRING, false, "string", "The day to judge by, as with --as-of: \"2022-07-01\"."},
    {"complete", LUA_TBOOLEAN, false, "boolean", "Whether every other item is answered with a short filler text."},
    {"at", PV_DECLARED_PLACE, false, "integer | string",
     "Where the finding must stand: at that word of the response, or at exactly these words."},
    {"expected_here", LUA_TBOOLEAN, false, "boolean", "Whether the finding must say that something is missing there."},
    {"message", LUA_TSTRING, false, "string", "What the message must contain."},
    {"due", LUA_TSTRING, false, "string", "The day on which the verdict must fall due: \"2022-07-01\"."},
    KEYS_END,
};

const pv_declaration_key pv_example_submission_keys[] = {
    {"fields", LUA_TTABLE, false, "table<string, any>", "Header fields, by name."},
    {"responses", LUA_TTABLE, false, "table<string, string>", "Responses, by the full ids of their items."},
    {"records", LUA_TTABLE, false, "table<string, table[]>", "Rows, by kind of record: each a table of its columns."},
    {"complete", LUA_TBOOLEAN, false, "boolean", "Whether every other item is answered with a short filler text."},
    KEYS_END,
};

const pv_declaration_key pv_parameter_keys[] = {
    {"type", LUA_TSTRING, true,
     "\"text\" | \"integer\" | \"decimal\" | \"percentage\" | \"date\" | \"boolean\" | \"list\"",
     "The type of its value, which is written as in a form: \"20%\", \"2022-07-01\"."},
    {"means", LUA_TSTRING, true, "string", "What it means, in one sentence."},
    {"default", PV_DECLARED_VALUE, true, "any", "Its value where neither the pack nor the project sets one."},
    {"low", PV_DECLARED_VALUE, false, "any", "The lowest value that may be set."},
    {"high", PV_DECLARED_VALUE, false, "any", "The highest value that may be set."},
    KEYS_END,
};
