/* SPDX-License-Identifier: MIT */
/* "[code lang="c"]" to "[/code]", as WordPress's plug-ins have it. */
#include <string.h>

#include "base/names.h"
#include "book/plain.h"
#include "convert/shortcode_parts.h"
#include "convert/shortcode_tag.h"
#include "convert/shortcode_text.h"

/* Bytes of an opening tag. */
#define OPENING_MAX 300

static const struct {
    const char *name, *language;
} tags[] = {
#define WPCODE(name, language) { name, language },
#include "convert/shortcode_wp.def"
#undef WPCODE
};
#define N_TAGS (sizeof tags / sizeof *tags)

_Static_assert(N_TAGS <= EXPANDER_WP_TAGS, "no room to remember the tags");

/* A tag that opens; the converters to Markdown escape its brackets. */
struct opening {
    size_t index; /* of TAGS */
    size_t n;     /* bytes */
    str args;
    bool escaped;
};

static bool is_name_char(char c)
{
    return ascii_is_alnum((unsigned char)c);
}

static bool read_opening(str s, struct opening *o)
{
    s = str_sub(s, 0, OPENING_MAX);
    o->escaped = str_starts(s, S("\\["));
    str rest = str_from(s, 1u + o->escaped);
    str name = str_cut_while(&rest, is_name_char);
    size_t end = str_find_char(rest, ']');

    o->index = NAMES_FIND(name, tags);
    if (o->index == N_TAGS || end == STR_NONE)
        return false;
    o->n = s.n - rest.n + end + 1;
    o->args = str_sub(rest, 0, end);
    if (o->escaped && !str_ends(o->args, S("\\")))
        return false;
    if (o->escaped)
        o->args.n--;
    if (str_find_char(o->args, '\n') != STR_NONE ||
        (o->args.n > 0 && o->args.p[0] != ' ' && o->args.p[0] != '='))
        return false;
    str behind = str_from(s, o->n);
    return !str_starts(behind, S("(")) && !str_starts(behind, S(":")) &&
           !str_starts(behind, S("["));
}

/* Where the tag is closed in TEXT, from FROM on, *N the bytes there. */
static size_t find_closing(struct expander *x, const struct opening *o,
                           size_t from, size_t *n)
{
    str name = str_of(tags[o->index].name), rest = x->scan.text;

    if (x->no_wp_end[o->index])
        return STR_NONE;
    for (size_t at = from, skip;
         (skip = str_find(str_from(rest, at), S("[/"))) != STR_NONE;
         at += skip + 2) {
        str s = str_from(rest, at + skip + 2);
        if (!str_starts(s, name))
            continue;
        s = str_from(s, name.n);
        *n = 2 + name.n + 1;
        if (!o->escaped && str_starts(s, S("]")))
            return at + skip;
        *n += 2;
        if (o->escaped && at + skip > from && str_starts(s, S("\\]")) &&
            rest.p[at + skip - 1] == '\\')
            return at + skip - 1;
    }
    x->no_wp_end[o->index] = true;
    return STR_NONE;
}

/* "=c", " language='c' title=x", " c". */
static void read_language(struct shortcode_tag *tag, const struct opening *o)
{
    str args = o->args;

    tag->name = str_of(tags[o->index].name);
    tag->hugo = true;
    if (str_starts(args, S("="))) {
        args = str_trim(str_from(args, 1));
        shortcode_read_args(tag, args);
        if (tag->n_args > 0)
            tag->args[0].name = S("lang");
        return;
    }
    shortcode_read_args(tag, args);
    if (tag->n_args == 1 && tag->args[0].name.n == 0)
        tag->args[0].name = S("lang");
    for (size_t i = 0; i < tag->n_args; i++)
        if (str_eq(tag->args[i].name, S("lang")) ||
            str_eq(tag->args[i].name, S("language")))
            return;
    if (tag->n_args < SHORTCODE_ARGS)
        tag->args[tag->n_args++] = (struct shortcode_arg){
            .name = S("lang"), .value = str_of(tags[o->index].language)
        };
}

bool expander_put_wp(struct expander *x, struct scan_line *line, str *rest)
{
    str text = x->scan.text;
    size_t at = (size_t)(rest->p - text.p), n = 0;
    struct shortcode_tag tag = { 0 };
    struct opening o;

    if (!read_opening(*rest, &o))
        return false;
    size_t end = find_closing(x, &o, at + o.n, &n);
    if (end == STR_NONE)
        return false;
    str code = str_sub(text, at + o.n, end - at - o.n);
    if (o.escaped)
        code = shortcode_unescape(code, "\\`*_{}[]<>()#+-.!|~=", &x->scratch);
    read_language(&tag, &o);
    expander_put_code(x, line, &tag, plain_entities(code, &x->scratch),
                      rest->p == line->content.p);
    expander_go_on(x, end + n, rest, line);
    if (str_find_char(code, '\n') != STR_NONE)
        expander_end_line(x, x->scan.line);
    return true;
}
