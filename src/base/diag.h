/* SPDX-License-Identifier: MIT */
/* diag.h - what went wrong, where, and what was done about it.
 *
 * A struct diag is a list in order of reporting; a post has its own and they
 * are printed in book order. Severity and everything else that is true of a
 * kind of message stands once, in diag.def; docs/diagnostics.md explains
 * every code. The text of an item says what is wrong and, after a comma or a
 * semicolon, what the program did about it: "picture 'a.png' not found, left
 * its description". No severity word, no code, no final stop. */
#ifndef BASE_DIAG_H
#define BASE_DIAG_H

#include <stdio.h>

#include "base/arena.h"

enum severity { SEV_INFO, SEV_WARNING, SEV_ERROR };

/* What a diagnostic means for the book. */
enum diag_effect {
    KEPT,  /* everything readable is in the book */
    LOST,  /* something of the blog is not in the book: exit status 1 */
    FAILED /* no book is published: exit status 3 */
};

enum diag_code {
#define DIAG(id, code, severity, effect, one, many) DIAG_##id,
#include "base/diag.def"
#undef DIAG
    DIAG_COUNT
};

struct diag_item {
    enum diag_code code;
    str path;      /* as the user wrote it, or below it; may be empty */
    unsigned line; /* from 1; 0: unknown or not about a line */
    str text;
    struct diag_item *next;
};

struct diag {
    struct arena *arena; /* holds items and their texts */
    struct diag_item *first, *last;
};

void diag_init(struct diag *dg, struct arena *a);

/* Adds an item. PATH must outlive the list; the text is formatted and kept. */
void diag_add(struct diag *dg, enum diag_code code, str path, unsigned line,
              const char *format, ...) __attribute__((format(printf, 5, 6)));

/* Adds what FROM says; nothing of it has to live on. */
void diag_repeat(struct diag *dg, const struct diag *from);

enum severity diag_severity(enum diag_code code);
enum diag_effect diag_effect(enum diag_code code);
const char *diag_name(enum diag_code code); /* "image-missing" */
/* What N such items are called: "missing picture", "missing pictures". */
const char *diag_group(enum diag_code code, uint32_t n);

/* "path:line: warning: text [code]" and a line feed. Control characters of
 * the text and the path, and bytes that are not UTF-8, are shown as \xNN, so a
 * post can't drive a terminal. */
void diag_print(const struct diag_item *it, bool color, FILE *to);

/* S with such characters shown as there. */
void diag_print_safe(str s, FILE *to);
/* For one character, which utf8_next() took for C. False: it is none of them,
 * and nothing was printed. */
bool diag_print_odd(str s, uint32_t c, FILE *to);

#endif
