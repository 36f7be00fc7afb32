/* Invariant: joined words are several in a run without white space, as nobody writes them but to count fewer: letters
 * parted by signs ("we_will_connect_all", "train/pay/monitor/report", "connect,train,pay") or by capitals alone. None
 * are addresses, names of files, numbers, dates, two or three words with a slash ("and/or", "he/she/they"), names and
 * acronyms ("SSI/SSDI/CalFresh/CalWORKs"), and compounds ("state-of-the-art"). */
#ifndef PV_TEXT_JOINED_WORDS_P_H
#define PV_TEXT_JOINED_WORDS_P_H

#include "base/str.h"

/* Whether run is joined words, whatever else the text holds. */
bool pv_words_are_joined(pv_str run);
/* Whether run is two words with a comma, a semicolon or the end of a sentence between them: a slip, where it is not
 * done again and again. */
bool pv_words_are_paired(pv_str run);

#endif
