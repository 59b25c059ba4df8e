/* SPDX-License-Identifier: MIT */
/* setoption.h - what the command line and book.yaml share. */
#ifndef BOOK_SETOPTION_H
#define BOOK_SETOPTION_H

#include "book/settings.h"

/* As settings_set(), but option I does not count as given on the command
 * line. */
bool setoption(struct settings *set, size_t i, str text, str *why);

#endif
