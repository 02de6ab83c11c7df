#!/usr/bin/env bash
# spec/long/html_gumbo.sh - the token stream beside gumbo's, on two million
# pieces of tag soup; the last line is `N passed, N failed`.
set -u
cd "$(dirname "$0")/../.." || exit 1
make --no-print-directory build/unit/test_html_gumbo || exit 1
build/unit/test_html_gumbo 2000000 "${SEED:-11}"
