/* SPDX-License-Identifier: MIT */
#include "convert/jsx.h"

#include <string.h>

#define STATEMENT_LINES 400
#define TAG_MAX         2000

static bool is_name_char(char c)
{
    return ascii_is_alnum((unsigned char)c) || (c != 0 && strchr("_-.:$", c));
}

/* What stands between the first two quotation marks of one kind. */
static str first_string(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] != '"' && s.p[i] != '\'' && s.p[i] != '`')
            continue;
        size_t n = str_find_char(str_from(s, i + 1), s.p[i]);
        return n == STR_NONE ? S("") : str_sub(s, i + 1, n);
    }
    return S("");
}

void jsx_init(struct jsx *jsx, struct arena *scratch)
{
    jsx->scratch = scratch;
    map_init(&jsx->imports, scratch);
}

void jsx_import(struct jsx *jsx, str line)
{
    size_t from = str_find(line, S(" from "));
    str name = str_trim(str_from(line, 7));

    if (!str_starts(line, S("import ")) || from == STR_NONE)
        return;
    name = str_cut_while(&name, is_name_char);
    void **path = name.n > 0 ? map_at(&jsx->imports, name) : NULL;
    if (!path || *path)
        return;
    str *s = arena_new(jsx->scratch, str);
    *s = first_string(str_from(line, from));
    *path = s;
}

/* Goes over LINE: brackets that are open behind it. */
static long count_open(str line, long open)
{
    char quote = 0;

    for (size_t i = 0; i < line.n; i++) {
        char c = line.p[i];
        if (quote) {
            quote = c == quote ? 0 : quote;
            i += c == '\\';
        } else if (c == '"' || c == '\'' || c == '`') {
            quote = c;
        } else if (strchr("([{", c)) {
            open++;
        } else if (strchr(")]}", c)) {
            open--;
        }
    }
    return open;
}

static bool goes_on(str line)
{
    static const str ends[] = { STR_INIT("=>"), STR_INIT("="), STR_INIT(","),
                                STR_INIT("+"), STR_INIT("?") };

    line = str_trim_right(line);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (str_ends(line, ends[i]))
            return true;
    return false;
}

size_t jsx_statement_length(str text)
{
    str rest = text, line;
    size_t first = 0;
    long open = 0;

    for (size_t i = 0; i < STATEMENT_LINES && str_next_line(&rest, &line);
         i++) {
        size_t n = text.n - rest.n;
        if (i == 0)
            first = n;
        if (str_starts(line, S("```")))
            break;
        open = count_open(line, open);
        if (open <= 0 && !goes_on(line))
            return n;
    }
    return first;
}

/* Behind the expression that S starts with, a brace; 0: it does not end. */
static size_t expression_length(str s)
{
    long open = 0;
    char quote = 0;

    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (quote) {
            quote = c == quote ? 0 : quote;
        } else if (c == '"' || c == '\'' || c == '`') {
            quote = c;
        } else if (c == '{') {
            open++;
        } else if (c == '}' && --open == 0) {
            return i + 1;
        }
    }
    return 0;
}

/* The text that the expression S, without its braces, stands for. */
static str value_of(const struct jsx *jsx, str s)
{
    s = str_trim(s);
    if (s.n > 0 && strchr("\"'`", s.p[0]))
        return first_string(s);
    if (str_starts(s, S("require(")) || str_starts(s, S("useBaseUrl(")) ||
        str_starts(s, S("withBase(")))
        return first_string(s);
    if (str_ends(s, S(".src")))
        s.n -= 4;
    const str *path = map_find(&jsx->imports, s);
    return path ? *path : S("");
}

/* Cuts one attribute's value; false: the tag is none. */
static bool cut_value(const struct jsx *jsx, str *s, str *value)
{
    size_t n;

    if (s->n == 0)
        return false;
    if (s->p[0] == '"' || s->p[0] == '\'') {
        n = str_find_char(str_from(*s, 1), s->p[0]);
        if (n == STR_NONE)
            return false;
        *value = str_sub(*s, 1, n);
        *s = str_from(*s, n + 2);
        return true;
    }
    if (s->p[0] != '{' || (n = expression_length(*s)) == 0)
        return false;
    *value = value_of(jsx, str_sub(*s, 1, n - 2));
    *s = str_from(*s, n);
    return true;
}

static bool read_attribute(const struct jsx *jsx, str *s,
                           struct shortcode_tag *tag)
{
    struct shortcode_arg arg = { .quoted = true };

    if (s->p[0] == '{') { /* {...props} */
        size_t n = expression_length(*s);
        *s = str_from(*s, n);
        return n > 0;
    }
    arg.name = str_cut_while(s, is_name_char);
    if (arg.name.n == 0)
        return false;
    str rest = str_trim_left(*s);
    if (rest.n == 0 || rest.p[0] != '=')
        return true;
    *s = str_trim_left(str_from(rest, 1));
    if (!cut_value(jsx, s, &arg.value))
        return false;
    if (arg.value.n > 0 && tag->n_args < SHORTCODE_ARGS)
        tag->args[tag->n_args++] = arg;
    return true;
}

static str lower(const struct jsx *jsx, str s)
{
    char *p = arena_alloc(jsx->scratch, s.n + 1);

    for (size_t i = 0; i < s.n; i++)
        p[i] = (char)ascii_lower((unsigned char)s.p[i]);
    return (str){ p, s.n };
}

size_t jsx_read(const struct jsx *jsx, str s, struct shortcode_tag *tag)
{
    str rest = str_sub(s, 1, TAG_MAX);

    memset(tag, 0, sizeof *tag);
    tag->hugo = true;
    if (str_starts(rest, S("/"))) {
        tag->closing = true;
        rest = str_from(rest, 1);
    }
    str name = str_cut_while(&rest, is_name_char);
    if (name.n > 0 ? !ascii_is_alpha((unsigned char)name.p[0])
                   : !str_starts(rest, S(">")))
        return 0;
    if (str_find_char(name, ':') != STR_NONE)
        return 0;
    for (;;) {
        rest = str_trim_left(rest);
        if (rest.n == 0)
            return 0;
        if (rest.p[0] == '>')
            break;
        if (str_starts(rest, S("/>"))) {
            tag->single = true;
            rest = str_from(rest, 1);
            break;
        }
        if (!read_attribute(jsx, &rest, tag))
            return 0;
    }
    tag->whole = str_sub(s, 0, (size_t)(rest.p - s.p) + 1);
    tag->name = lower(jsx, name);
    if (str_find(tag->whole, S("\n\n")) != STR_NONE)
        return 0;
    return tag->whole.n;
}

bool jsx_is_component(str s)
{
    size_t i = str_starts(s, S("</")) ? 2 : 1;

    return i < s.n && (s.p[i] == '>' || (s.p[i] >= 'A' && s.p[i] <= 'Z'));
}

bool jsx_is_known(str name, bool alone)
{
    static const str anywhere[] = {
        STR_INIT("badge"),     STR_INIT("clientonly"),
        STR_INIT("codegroup"), STR_INIT("codegroupitem"),
        STR_INIT("tabitem"),
    };
    static const str blocks[] = {
        STR_INIT("admonition"), STR_INIT("bilibili"), STR_INIT("callout"),
        STR_INIT("linkcard"),   STR_INIT("steps"),    STR_INIT("tabs"),
        STR_INIT("tweet"),      STR_INIT("vimeo"),    STR_INIT("youtube"),
    };

    return STR_IS_AMONG(name, anywhere) ||
           (alone && STR_IS_AMONG(name, blocks));
}

static void put_attribute(const struct shortcode_arg *arg, struct buf *out)
{
    str name = str_eq(arg->name, S("className")) ? S("class") : arg->name;

    buf_printf(out, " %.*s=\"", STR_ARG(name));
    for (size_t i = 0; i < arg->value.n; i++) {
        if (arg->value.p[i] == '"')
            buf_put(out, S("&quot;"));
        else
            buf_putc(out, arg->value.p[i] == '\n' ? ' ' : arg->value.p[i]);
    }
    buf_putc(out, '"');
}

void jsx_put_html(const struct shortcode_tag *tag, struct buf *out)
{
    buf_puts(out, tag->closing ? "</" : "<");
    buf_put(out, tag->name);
    for (size_t i = 0; i < tag->n_args; i++)
        put_attribute(&tag->args[i], out);
    buf_puts(out, tag->single ? " />" : ">");
}

size_t jsx_brace(str s, str *text)
{
    *text = S("");
    if (str_starts(s, S("{/*"))) {
        size_t n = str_find(s, S("*/}"));
        return n == STR_NONE ? 0 : n + 3;
    }
    if (s.n < 4 || !strchr("\"'`", s.p[1]))
        return 0;
    size_t n = str_find_char(str_from(s, 2), s.p[1]);
    if (n == STR_NONE || s.n < n + 4 || s.p[n + 3] != '}')
        return 0;
    *text = str_sub(s, 2, n);
    return n + 4;
}

/* Is there a tag called NAME in TEXT? */
static bool is_used(str text, str name)
{
    size_t at = 0, n;

    while ((n = str_find(str_from(text, at), name)) != STR_NONE) {
        at += n;
        if (at > 0 && text.p[at - 1] == '<' && at + name.n < text.n &&
            !is_name_char(text.p[at + name.n]))
            return true;
        at += name.n;
    }
    return false;
}

/* Is LINE, no code, something that only MDX has? */
static bool is_mdx_line(str line)
{
    if (str_starts(line, S("{/*")) || str_starts(line, S("<TabItem ")))
        return true;
    if (str_starts(line, S("#")) && str_ends(str_trim_right(line), S("*/}")))
        return str_find(line, S(" {/*")) != STR_NONE;
    return str_find(line, S(" src={require(")) != STR_NONE ||
           str_find(line, S(" src={useBaseUrl(")) != STR_NONE;
}

static bool has_mdx_line(str text)
{
    static const str signs[] = { STR_INIT("{/*"), STR_INIT("<TabItem "),
                                 STR_INIT(" src={") };
    str line;
    bool any = false, code = false;

    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        any = any || str_find(text, signs[i]) != STR_NONE;
    while (any && str_next_line(&text, &line)) {
        str s = str_trim_left(line);
        if (str_starts(s, S("```")) || str_starts(s, S("~~~")))
            code = !code;
        else if (!code && is_mdx_line(line))
            return true;
    }
    return false;
}

bool jsx_may_be_in(str text)
{
    str rest = text, line;
    size_t at = 0;

    if (has_mdx_line(text))
        return true;
    if (str_find(text, S("import ")) == STR_NONE)
        return false;
    for (size_t tries = 0; tries < 20 && str_next_line(&rest, &line);) {
        at = text.n - rest.n;
        if (!str_starts(line, S("import ")) ||
            str_find(line, S(" from ")) == STR_NONE)
            continue;
        str name = str_trim(str_from(line, 7));
        if (str_starts(name, S("{")))
            name = str_trim_left(str_from(name, 1));
        name = str_cut_while(&name, is_name_char);
        tries++;
        if (name.n > 0 && name.p[0] >= 'A' && name.p[0] <= 'Z' &&
            is_used(str_from(text, at), name))
            return true;
    }
    return false;
}
