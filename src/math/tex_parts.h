/* SPDX-License-Identifier: MIT */
/* tex_parts.h - what the parts of tex.h share: tex.c reads lists and scripts,
 * tex_atom.c what is in them, tex_command.c commands, with tex_text.c and
 * tex_bracket.c, tex_rows.c environments; tex_read.c knows how they are typed,
 * tex_letter.c Unicode's alphabets. */
#ifndef MATH_TEX_PARTS_H
#define MATH_TEX_PARTS_H

#include "math/tex.h"

/* Groups one in another. */
#define TEX_DEPTH_MAX 50

/* Letters of Unicode's block of mathematical alphabets. */
enum tex_alphabet {
    ALPHABET_ITALIC, /* single letters, by the reader's own rules */
    ALPHABET_UPRIGHT,
    ALPHABET_BB,
    ALPHABET_BOLD,
    ALPHABET_BOLD_ITALIC,
    ALPHABET_FRAKTUR,
    ALPHABET_MONO,
    ALPHABET_SANS,
    ALPHABET_SCRIPT
};

enum tex_kind {
    TEX_ACCENT,
    TEX_ALPHABET,
    TEX_ARROW,
    TEX_BEGIN,
    TEX_BELOW,
    TEX_BINOMIAL,
    TEX_BRACKETS,
    TEX_COLOR,
    TEX_DROP,
    TEX_ENCLOSE,
    TEX_FENCE,
    TEX_FRACTION,
    TEX_FUNCTION,
    TEX_GROUP,
    TEX_HSPACE,
    TEX_INTEGRAL,
    TEX_LEFT,
    TEX_LETTER,
    TEX_LIMIT,
    TEX_NOT,
    TEX_NOTHING,
    TEX_OPERATOR,
    TEX_OPERATOR_NAME,
    TEX_OVER,
    TEX_PAREN_MOD,
    TEX_PHANTOM,
    TEX_ROOT,
    TEX_SIZED,
    TEX_SPACE,
    TEX_STACK,
    TEX_STYLE,
    TEX_SUBSTACK,
    TEX_SUM,
    TEX_SWITCH,
    TEX_TAG,
    TEX_TEXT,
    TEX_UPRIGHT,
    TEX_WIDE,
    TEX_KINDS
};

struct tex_command {
    const char *name;
    enum tex_kind kind;
    str text;
};

struct tex {
    str s;
    size_t at;
    struct arena *a;
    uint32_t line;
    unsigned depth;
    enum tex_alphabet alphabet; /* of the group being read */
    char until;                 /* ']' ends the list, or '\0' */
    bool limits; /* the atom just read has them above and below */
    bool failed;
    str tag;     /* of "\tag{}", without brackets */
    str unknown; /* the name of the first command that is not known */
};

/* NULL; from here on T is read no further. */
struct node *tex_fail(struct tex *t);

void tex_skip_blanks(struct tex *t);
/* The next byte behind blanks; -1: the end. */
int tex_peek(struct tex *t);
/* Passes by C, blanks in front of it too; false: it is not there. */
bool tex_eat(struct tex *t, char c);
/* The name of the command at `at`, empty if there is none. Passes by nothing.
 */
str tex_command_at(const struct tex *t);
/* The same, and passes by the command if it is NAME. */
bool tex_eat_command(struct tex *t, str name);

/* An element of T's, without or with text. */
struct node *tex_element(struct tex *t, enum tag tag);
struct node *tex_leaf(struct tex *t, enum tag tag, str text);
/* mo that stretches or, without STRETCHES, does not. */
struct node *tex_fence(struct tex *t, str text, bool stretches);
struct node *tex_space(struct tex *t, str width);

/* A new mrow of all up to what ends a list: '}', '&', "\\", "\right", "\end",
 * `until`, the end of the text. Never NULL. */
struct node *tex_list(struct tex *t);
/* ROW, or the only thing in it. */
struct node *tex_one(struct node *row);
/* One letter, number, sign, command or group; NULL: nothing that is seen. There
 * is something at `at`; ROW is what stands before it in its list. */
struct node *tex_atom(struct tex *t, struct node *row);
/* The next argument; NULL: there is none. */
struct node *tex_argument(struct tex *t);
/* "[...]" if that is next, or NULL. */
struct node *tex_option(struct tex *t);
/* The source of "{...}", or of the one letter that comes next. */
str tex_raw_argument(struct tex *t);

/* What the command at `at` means, ROW being what stands before it in its list;
 * NULL: nothing that is seen. */
struct node *tex_command(struct tex *t, struct node *row);

/* The command called NAME, or NULL. */
const struct tex_command *tex_find_command(str name);

/* What a command C means, behind its name. */
typedef struct node *tex_maker(struct tex *t, const struct tex_command *c,
                               struct node *row);
tex_maker tex_make_limit;
/* tex_text.c's */
tex_maker tex_make_alphabet, tex_make_switch, tex_make_text,
    tex_make_operator_name, tex_make_tag;
/* tex_bracket.c's */
tex_maker tex_make_left, tex_make_brackets, tex_make_sized;

/* Rows of cells up to what ends the last: one of T's lists where they are just
 * one cell, else an mtable. COLUMNS are the letters 'l', 'c', 'r' of the
 * columns, which repeat. */
struct node *tex_rows(struct tex *t, str columns);
/* "\begin{name}...", behind its command. */
struct node *tex_environment(struct tex *t);

/* The alphabet called NAME in tex.def. */
enum tex_alphabet tex_alphabet_named(str name);
/* Letter or digit C in ALPHABET; itself where that has none. */
uint32_t tex_letter(uint32_t c, enum tex_alphabet alphabet);

#endif
