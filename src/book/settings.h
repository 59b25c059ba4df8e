/* SPDX-License-Identifier: MIT */
/* settings.h - what the user wants, from book.yaml and the command line. The
 * command line wins. options.def lists every setting. */
#ifndef BOOK_SETTINGS_H
#define BOOK_SETTINGS_H

#include "base/decode.h"
#include "base/lent.h"
#include "base/vec.h"
#include "book/limits.h"
#include "book/post.h"
#include "book/value.h"

enum color_when { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };
enum chapter_start { START_PAGE, START_RECTO, START_CONTINUE };
/* What the EPUB is to be right for. */
enum profile { PROFILE_ANY, PROFILE_KINDLE };
/* How messages are written. */
enum messages { MESSAGES_TEXT, MESSAGES_JSON, MESSAGES_GITHUB };
enum dump_what { DUMP_NOTHING, DUMP_POSTS, DUMP_TREE, DUMP_STYLE, DUMP_PAGES };

struct output_wish {
    bool wanted;
    str path; /* empty: named after the folder */
};

/* What somebody asked for, in their words. */
struct given_setting {
    size_t option; /* of option_table() */
    str text;
    bool from_file; /* book.yaml, not the command line */
};

struct settings {
    struct arena *arena;
    struct str_vec paths; /* folders and files of the command line */

    struct output_wish epub, pdf;
    str output;
    str title, author, language, identifier, base_url;
    const struct encoding *encoding; /* of what isn't UTF-8; NULL: guess */
    struct str_vec css, tag, font_dir;
    struct date since, until; /* whole days; year 0: no bound */
    bool reverse, drafts, two_sided, strict, quiet, verbose;
    double page_width, page_height; /* mm; 0: as the style sheet says */
    enum chapter_start chapter_start;
    unsigned image_dpi; /* 0: the default */

    str cover; /* a picture; empty: the blog's own, or one that is drawn */
    bool safe; /* the posts are a stranger's */
    uint64_t limits[LIMIT_COUNT]; /* for limit_of(); 0: the default */
    struct lent *lent;            /* files to write to; NULL: it opens them */
    struct last_word *last_word; /* for a parent process; NULL: there is none */
    /* the web */
    bool offline, lock, frozen, cache_gc, allow_private_network;
    bool archive_fallback;
    unsigned connections; /* 0: the default */
    str cache_dir;        /* empty: $XDG_CACHE_HOME/blog2book */
    str proxy, archive_url;
    /* pictures in the EPUB */
    unsigned image_max_width, image_max_height; /* 0: the default */
    unsigned image_quality;                     /* 0: the default */
    enum profile profile;

    unsigned jobs; /* 0: one a processor */
    enum dump_what dump;
    enum color_when color;

    bool check; /* publish nothing */
    str report; /* empty: none; "-": standard output */
    str diff;   /* an earlier edition, an EPUB; empty: none */
    enum messages diagnostics;

    str batch;  /* many books; "-": JSON Lines on standard input; empty: no */
    str shard;  /* "1/3", "auto", "auto/3"; empty: all books */
    bool force; /* unchanged books too */

    str settings_file; /* the book.yaml that was read; empty: none */
    /* sitefile.h: what filled empty fields */
    struct str_vec site_files;
    str site_language; /* what the text is in where it doesn't say */
    str description;
    VEC(struct given_setting) given; /* in order */
    bool is_set[96]; /* by options.def's order: given on the command line */
};

enum option_kind {
    OPT_TEXT,
    OPT_FLAG,
    OPT_COUNT,
    OPT_DATE,
    OPT_LIST,
    OPT_PATH_LIST,
    OPT_OUTPUT,
    OPT_LANGUAGE,
    OPT_ENCODING,
    OPT_SIZE,
    OPT_PATH,
    OPT_PIXELS,
    OPT_PERCENT,
    OPT_CHOICE_PROFILE,
    OPT_CHOICE_COLOR,
    OPT_CHOICE_START,
    OPT_CHOICE_DUMP,
    OPT_CHOICE_MESSAGES,
    OPT_LIMIT
};

struct option_info {
    const char *name, *metavar, *help;
    int short_name; /* 0: none */
    enum option_kind kind;
    size_t offset; /* of the field in struct settings */
};

/* All of options.def; *N gets their number. */
const struct option_info *option_table(size_t *n);

void settings_init(struct settings *set, struct arena *a);

/* The option with the name KEY, in any case and with '_' for '-'. */
bool option_find(str key, size_t *i);
/* 1 or 0 for the words that switch something on or off ("", "yes", "true",
 * "off", ...), otherwise -1. */
int settings_truth(str text);

/* Sets option I from TEXT (empty for a flag or an OUTPUT without a file).
 * False with *WHY, one line for the user, when TEXT is no good value. */
bool settings_set(struct settings *set, size_t i, str text, str *why);

/* Takes what --safe forbids out of SET, which has what the operator said.
 * Empty, or why it can't be. */
str settings_make_safe(struct settings *set);

/* Reads book.yaml in the first folder of `paths`, if there is one, for all
 * that the command line did not set, and then the settings of the site that
 * the folder is in (sitefile.h) for what is still empty. False: already
 * reported. */
bool settings_read_file(struct settings *set, struct diag *dg);

/* How its posts are to be read. */
struct decode_hints settings_hints(const struct settings *set);

/* Where the book goes: FORMAT is "epub" or "pdf". */
str settings_output_path(const struct settings *set, const char *format,
                         struct arena *a);

#endif
