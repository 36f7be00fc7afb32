#include "text/word_forms_p.h"

const pv_str pv_english_running_words = PV_STR("the|of|and|to|in|for|is|that|with|by|on|be|are|as|or|will|this|from|at|"
                                               "an|it|was|were|have|has|not|their|which|can");
/* Spanish, which documents of the United States and Puerto Rico have among English. */
const pv_str pv_foreign_running_words =
    PV_STR("de|la|el|los|las|en|que|y|del|para|por|se|con|una|un|al|su|sus|es|lo|como|o|ser|esta|este");
