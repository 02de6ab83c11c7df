/* l_word_classes.h - tables of classes of words (core/word_classes.h) as userdata, made once by a rule's file. */
#ifndef MILL_L_WORD_CLASSES_H
#define MILL_L_WORD_CLASSES_H

#include "../core/word_classes.h"
#include "bind.h"

#define MILL_T_WORD_CLASSES "textmill.word_classes"

/* Whose classes they are. */
enum word_purpose { WORDS_OF_ORGANISATIONS, WORDS_OF_PLACES };

/* The classes at `arg`, of that purpose; raises where there are others. Borrowed. */
const word_classes *word_classes_check(lua_State *L, int arg, enum word_purpose purpose);

#endif
