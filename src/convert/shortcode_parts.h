/* SPDX-License-Identifier: MIT */
/* shortcode_parts.h - what the two halves of shortcode.h share. */
#ifndef CONVERT_SHORTCODE_PARTS_H
#define CONVERT_SHORTCODE_PARTS_H

#include "base/vec.h"
#include "book/post.h"
#include "convert/jsx.h"
#include "convert/relined.h"
#include "convert/shortcode_tag.h"
#include "convert/source_scan.h"

/* An unknown tag that left nothing, and has no other half so far. */
struct dropped {
    str whole, name;
    unsigned line;
};

/* Where the next closing tag of a shortcode stands, and its length; 0: not
 * looked for yet, STR_NONE: there is none. */
struct shortcode_end {
    size_t at, n;
};
#define SHORTCODE_SYNTAXES 3  /* {% %}, {{< >}}, {{% %}} */
#define EXPANDER_WP_TAGS   64 /* of WordPress, no fewer than there are */

/* "^[text]", which becomes a note at the end. */
struct inline_note {
    str text;
    unsigned line;
};

/* One run over a post. */
struct expander {
    struct relined *sc;
    struct scan scan;
    const struct post *post;
    unsigned kept_line; /* of the first that is not known */
    str kept;
    size_t n_kept;
    unsigned logic_line; /* of the first that nobody carried out */
    str logic;
    size_t n_logic;
    unsigned formula_line; /* of the first formula that is not known */
    str command;           /* why it is not */
    size_t n_formulas;
    struct shortcode_end (*ends)[SHORTCODE_SYNTAXES]; /* by shortcode */
    bool no_wp_end[EXPANDER_WP_TAGS]; /* nothing below closes the tag */
    struct arena scratch;
    VEC(struct dropped) dropped;
    VEC(struct inline_note) notes;
    struct jsx jsx;
    size_t jsx_indent; /* of the indented fence that is open; 0: none */
    bool mdx;
    bool hatena;               /* it is a post of Hatena Blog */
    unsigned folds, fold_ends; /* of Textcube: open ones; ends in the post */
    bool titles;               /* there are titles in comments */
};

/* Ends a line of the result; the next stems from line NEXT of the input. */
void expander_end_line(struct expander *x, unsigned next);

/* Puts a blank line: Markdown begins behind it. */
void expander_end_block(struct expander *x, const struct scan_line *line);

/* S, in the line being read, is not known and stays as it is. */
void expander_keep(struct expander *x, str s);

/* A tag at the start of REST, which may end in a line below; true: it is dealt
 * with. */
bool expander_put_tag(struct expander *x, struct scan_line *line, str *rest);

/* A tag of WordPress at the start of REST that holds code, up to the one that
 * closes it. */
bool expander_put_wp(struct expander *x, struct scan_line *line, str *rest);

/* Fenced code of CODE, which stands between TAG, at the end of what was read
 * of LINE, and its closing tag. ALONE: nothing stands before it in the line. */
void expander_put_code(struct expander *x, const struct scan_line *line,
                       const struct shortcode_tag *tag, str code, bool alone);

/* Is there nothing else in the line, or lines, of TAG, a part of the text? */
bool expander_is_alone(const struct expander *x, const struct scan_line *line,
                       str tag);

/* Goes on behind AT, a place in the text: *REST is what is left of its
 * line. */
void expander_go_on(struct expander *x, size_t at, str *rest,
                    struct scan_line *line);

/* A tag of JSX at the start of REST. */
bool expander_put_jsx(struct expander *x, struct scan_line *line, str *rest);

/* A comment or a text between braces, in MDX. */
bool expander_put_brace(struct expander *x, struct scan_line *line, str *rest);

/* An import or export goes, with its further lines. */
bool expander_skip_statement(struct expander *x, struct scan_line *line);

/* MDX has no indented code: LINE becomes text. True: it was a part of fenced
 * code and is done. */
bool expander_unindent(struct expander *x, struct scan_line *line);

#endif
