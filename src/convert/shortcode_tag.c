/* SPDX-License-Identifier: MIT */
#include "convert/shortcode_tag.h"

#include <string.h>

static const struct {
    const char *name;
    enum shortcode_action action;
    const char *open, *close;
} shortcodes[] = {
#define SHORTCODE(name, action, open, close)                                   \
    { name, SHORTCODE_##action, open, close },
#include "convert/shortcode.def"
#undef SHORTCODE
};
#define N_SHORTCODES (sizeof shortcodes / sizeof *shortcodes)

size_t shortcode_count(void)
{
    return N_SHORTCODES;
}

static size_t find_shortcode(str name)
{
    size_t low = 0, high = N_SHORTCODES;

    while (low < high) {
        size_t mid = low + (high - low) / 2;
        int d = str_cmp(name, str_of(shortcodes[mid].name));
        if (d == 0)
            return mid;
        if (d < 0)
            high = mid;
        else
            low = mid + 1;
    }
    return N_SHORTCODES;
}

static bool is_word_char(char c)
{
    return ascii_is_alnum((unsigned char)c) || c == '_' || c == '-';
}

static str cut_word(str *s)
{
    size_t n = 0;

    while (n < s->n && is_word_char(s->p[n]))
        n++;
    str word = str_sub(*s, 0, n);
    *s = str_from(*s, n);
    return word;
}

/* A value: quoted, or up to the next blank. */
static str cut_value(str *s)
{
    size_t n = 0;
    char quote = s->n > 0 ? s->p[0] : '\0';

    if (quote == '"' || quote == '\'' || quote == '`') {
        str value = str_from(*s, 1);
        size_t end = str_find_char(value, quote);
        if (end != STR_NONE) {
            *s = str_from(value, end + 1);
            return str_sub(value, 0, end);
        }
    }
    while (n < s->n && !ascii_is_space((unsigned char)s->p[n]))
        n++;
    str value = str_sub(*s, 0, n);
    *s = str_from(*s, n);
    return value;
}

static void read_args(struct shortcode_tag *tag, str s)
{
    while (tag->n_args < SHORTCODE_ARGS) {
        struct shortcode_arg *arg = &tag->args[tag->n_args];
        s = str_trim_left(s);
        if (s.n == 0)
            return;
        str rest = s, name = cut_word(&rest);
        if (name.n > 0 && rest.n > 1 &&
            (rest.p[0] == '=' || rest.p[0] == ':') && rest.p[1] != '/' &&
            rest.p[1] != '=') {
            arg->name = name;
            s = str_trim_left(str_from(rest, 1));
        }
        arg->quoted = s.n > 0 && (s.p[0] == '"' || s.p[0] == '\'');
        arg->value = cut_value(&s);
        tag->n_args++;
    }
}

static void look_up(struct shortcode_tag *tag)
{
    tag->index = find_shortcode(tag->name);
    if (tag->index == N_SHORTCODES && !tag->closing && !tag->hugo &&
        str_starts(tag->name, S("end"))) {
        size_t i = find_shortcode(str_from(tag->name, 3));
        if (i < N_SHORTCODES) {
            tag->name = str_from(tag->name, 3);
            tag->closing = true;
            tag->index = i;
        }
    }
    if (tag->index < N_SHORTCODES)
        tag->action = shortcodes[tag->index].action;
}

bool shortcode_read(str s, struct shortcode_tag *tag)
{
    str end = S("%}");
    size_t start = 2;

    memset(tag, 0, sizeof *tag);
    if (str_starts(s, S("{{<")) || str_starts(s, S("{{%"))) {
        end = s.p[2] == '<' ? S(">}}") : S("%}}");
        start = 3;
        tag->hugo = true;
    } else if (!str_starts(s, S("{%"))) {
        return false;
    }
    s = str_sub(s, 0, SHORTCODE_MAX);
    const char *lf = memchr(s.p, '\n', s.n);
    if (lf)
        s.n = (size_t)(lf - s.p);
    size_t n = str_find(str_from(s, start), end);
    if (n == STR_NONE)
        return false;
    tag->whole = str_sub(s, 0, start + n + end.n);
    str inside = str_trim(str_sub(s, start, n));
    if (!tag->hugo) { /* {%- ... -%} */
        if (inside.n > 0 && inside.p[0] == '-')
            inside = str_trim(str_from(inside, 1));
        if (inside.n > 0 && inside.p[inside.n - 1] == '-')
            inside = str_trim(str_sub(inside, 0, inside.n - 1));
    } else if (inside.n > 0 && inside.p[0] == '/') {
        tag->closing = true;
        inside = str_trim(str_from(inside, 1));
    }
    tag->name = cut_word(&inside);
    if (tag->name.n == 0)
        return false;
    look_up(tag);
    read_args(tag, inside);
    return true;
}

static bool is_path(str s)
{
    return str_find_char(s, '/') != STR_NONE ||
           str_find_char(s, '.') != STR_NONE;
}

static bool is_number(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!ascii_is_digit((unsigned char)s.p[i]) && s.p[i] != '%')
            return false;
    return s.n > 0;
}

/* The number of the first argument that looks like a path; n_args: none. */
static size_t find_path(const struct shortcode_tag *tag)
{
    size_t i = 0;

    while (i < tag->n_args &&
           (tag->args[i].name.n > 0 || !is_path(tag->args[i].value)))
        i++;
    return i;
}

static void put_escaped(str s, struct buf *out)
{
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '"')
            buf_put(out, S("&quot;"));
        else if (s.p[i] == '<')
            buf_put(out, S("&lt;"));
        else
            buf_putc(out, s.p[i]);
    }
}

/* "user/id" and "file" of {% gist user/id file %}, {% gist id file %} and
 * {{< gist user id file >}}. */
static bool put_gist(const struct shortcode_tag *tag, bool file,
                     struct buf *out)
{
    bool two = tag->hugo && tag->n_args > 1 &&
               str_find_char(tag->args[0].value, '/') == STR_NONE;
    size_t i = file ? 1 + two : 0;

    if (i >= tag->n_args)
        return false;
    put_escaped(tag->args[i].value, out);
    if (!file && two) {
        buf_putc(out, '/');
        put_escaped(tag->args[1].value, out);
    }
    return true;
}

/* Writes the arguments without a name from number FROM on. */
static bool put_all(const struct shortcode_tag *tag, size_t from,
                    struct buf *out)
{
    bool any = false;
    size_t number = 0;

    for (size_t i = 0; i < tag->n_args; i++) {
        if (tag->args[i].name.n > 0 || ++number < from)
            continue;
        if (any)
            buf_putc(out, ' ');
        put_escaped(tag->args[i].value, out);
        any = true;
    }
    return any;
}

/* Writes the words behind argument number I: one quoted text, or all that is
 * no number. */
static bool put_text_behind(const struct shortcode_tag *tag, size_t i,
                            struct buf *out)
{
    bool any = false;

    for (i++; i < tag->n_args; i++) {
        const struct shortcode_arg *arg = &tag->args[i];
        if (arg->name.n > 0 || is_number(arg->value))
            continue;
        if (any)
            buf_putc(out, ' ');
        put_escaped(arg->value, out);
        any = true;
        if (arg->quoted)
            break;
    }
    return any;
}

/* Writes one choice of "{a,b}"; false: it is not given. */
static bool put_choice(const struct shortcode_tag *tag, str choice,
                       struct buf *out)
{
    str value = S("");
    uint64_t number = 0, n = 0;

    if (str_eq(choice, S("all")))
        return put_all(tag, 1, out);
    if (str_eq(choice, S("rest")))
        return put_all(tag, 2, out);
    if (str_starts(choice, S("gist")))
        return put_gist(tag, choice.n > 4, out);
    if (str_eq(choice, S("text")))
        return put_text_behind(tag, find_path(tag), out);
    if (str_eq(choice, S("path"))) {
        size_t i = find_path(tag);
        value = i < tag->n_args ? tag->args[i].value : value;
    } else if (choice.p[0] == '\'') {
        value = str_sub(choice, 1, choice.n - 2);
    } else {
        bool site = str_eq(choice, S("site"));
        if (site)
            number = 1;
        else
            str_to_uint(choice, &number);
        for (size_t i = 0; i < tag->n_args && value.n == 0; i++) {
            const struct shortcode_arg *arg = &tag->args[i];
            if (number ? arg->name.n == 0 && ++n == number
                       : str_eq_nocase(arg->name, choice))
                value = arg->value;
        }
        if (site && value.n > 0 && value.p[0] != '/')
            buf_putc(out, '/');
    }
    put_escaped(value, out);
    return value.n > 0;
}

static bool put_choices(const struct shortcode_tag *tag, str choices,
                        struct buf *out)
{
    while (choices.n > 0)
        if (put_choice(tag, str_cut(&choices, ','), out))
            return true;
    return false;
}

/* Templates nest their brackets no deeper than this. */
#define BRACKETS_MAX 4

static void put_template(const struct shortcode_tag *tag, str s,
                         struct buf *out)
{
    struct {
        size_t from;
        bool given;
    } open[BRACKETS_MAX];
    size_t n = 0;

    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '[' && n < BRACKETS_MAX) {
            open[n].from = out->n;
            open[n++].given = false;
        } else if (s.p[i] == ']' && n > 0) {
            n--;
            if (!open[n].given)
                out->n = open[n].from;
            else if (n > 0)
                open[n - 1].given = true;
        } else if (s.p[i] == '{') {
            size_t end = str_find_char(str_from(s, i), '}');
            if (put_choices(tag, str_sub(s, i + 1, end - 1), out) && n > 0)
                open[n - 1].given = true;
            i += end;
        } else {
            buf_putc(out, s.p[i]);
        }
    }
}

void shortcode_replace(const struct shortcode_tag *tag, struct buf *out)
{
    put_template(tag,
                 str_of(tag->closing ? shortcodes[tag->index].close
                                     : shortcodes[tag->index].open),
                 out);
}

str shortcode_language(const struct shortcode_tag *tag)
{
    if (str_eq(tag->name, S("mermaid")))
        return tag->name;
    for (size_t i = 0; i < tag->n_args; i++)
        if (str_eq(tag->args[i].name, S("lang")) ||
            str_eq(tag->args[i].name, S("language")))
            return tag->args[i].value;
    bool first = str_eq(tag->name, S("highlight")) || tag->hugo;
    return first && tag->n_args > 0 && tag->args[0].name.n == 0
               ? tag->args[0].value
               : S("");
}

size_t shortcode_find_end(const struct shortcode_tag *tag, str s, size_t *n)
{
    struct shortcode_tag end;
    str start = str_sub(tag->whole, 0, tag->hugo ? 3 : 2);

    for (size_t at = 0;; at += start.n) {
        size_t skip = str_find(str_from(s, at), start);
        if (skip == STR_NONE)
            return STR_NONE;
        at += skip;
        if (!shortcode_read(str_from(s, at), &end))
            continue;
        if (end.closing && str_eq(end.name, tag->name)) {
            *n = end.whole.n;
            return at;
        }
    }
}
