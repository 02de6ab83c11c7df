#!/bin/bash
# pattern_words.sh - P.inside of every word of the lexicon finds it exactly where it stands,
# and no recogniser begins where the machine does not ask it, at every third word.
set -e
TEXTMILL_WORDS=all busted -o plainTerminal spec/lua/pattern_spec.lua
make -s build/unit/test_pattern_set
build/unit/test_pattern_set 3
