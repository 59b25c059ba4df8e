/* SPDX-License-Identifier: MIT */
#include "convert/shortcode_put.h"

#include "convert/shortcode_value.h"

static bool is_path(str s)
{
    return str_find_char(s, '/') != STR_NONE ||
           str_find_char(s, '.') != STR_NONE;
}

/* Is ARG meant to be read? Others are switches, colours, sizes. */
static bool is_readable(const struct shortcode_arg *arg)
{
    static const str names[] = {
        STR_INIT("title"),   STR_INIT("caption"),     STR_INIT("text"),
        STR_INIT("content"), STR_INIT("description"), STR_INIT("summary"),
        STR_INIT("label"),   STR_INIT("header"),      STR_INIT("message"),
        STR_INIT("author"),  STR_INIT("heading"),     STR_INIT("subtitle"),
        STR_INIT("desc"),
    };

    if (STR_IS_AMONG_NOCASE(arg->name, names))
        return arg->value.n > 0;
    if (arg->name.n > 0 || value_is_address(arg->value) ||
        value_is_picture(arg->value))
        return false;
    if (arg->quoted && arg->value.n > 1 && arg->value.p[0] >= 'A' &&
        arg->value.p[0] <= 'Z')
        return true;
    for (size_t i = 0; i < arg->value.n; i++)
        if ((unsigned char)arg->value.p[i] >= 0x80 ||
            (arg->quoted && arg->value.p[i] == ' '))
            return true;
    return false;
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

static bool put_named(const struct shortcode_tag *tag, str name,
                      struct buf *out)
{
    for (size_t i = 0; i < tag->n_args; i++)
        if (str_eq_nocase(tag->args[i].name, name)) {
            put_escaped(tag->args[i].value, out);
            return tag->args[i].value.n > 0;
        }
    return false;
}

/* Puts WORD, behind a blank where there are ANY before it. */
static void put_word(str word, bool *any, struct buf *out)
{
    if (*any)
        buf_putc(out, ' ');
    put_escaped(word, out);
    *any = true;
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
        put_word(tag->args[i].value, &any, out);
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
        put_word(arg->value, &any, out);
        if (arg->quoted)
            break;
    }
    return any;
}

static bool put_words(const struct shortcode_tag *tag, struct buf *out)
{
    bool any = false;

    for (size_t i = 0; i < tag->n_args; i++) {
        if (!is_readable(&tag->args[i]))
            continue;
        put_word(tag->args[i].value, &any, out);
    }
    return any;
}

typedef bool value_test(str value);

/* Writes the first argument that is what TEST says. */
static bool put_first(const struct shortcode_tag *tag, value_test *test,
                      struct buf *out)
{
    for (size_t i = 0; i < tag->n_args; i++) {
        str value = tag->args[i].value;
        if (value.n > 0 && value.p[value.n - 1] == ',')
            value.n--;
        if (!test(value))
            continue;
        put_escaped(value, out);
        return true;
    }
    return false;
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
    if (str_eq(choice, S("words")))
        return put_words(tag, out);
    if (str_eq(choice, S("picture")))
        return put_first(tag, value_is_picture, out);
    if (str_eq(choice, S("address")))
        return put_first(tag, value_is_address, out);
    if (str_starts(choice, S("gist")))
        return put_gist(tag, choice.n > 4, out);
    if (str_eq(choice, S("text")))
        return put_named(tag, choice, out) ||
               put_text_behind(tag, find_path(tag), out);
    if (str_eq(choice, S("path"))) {
        size_t i = find_path(tag);
        if (i == tag->n_args)
            return put_named(tag, choice, out);
        value = tag->args[i].value;
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

/* Does a tag that BEFORE has begun go on behind it? */
static bool is_in_tag(str before)
{
    size_t less = str_rfind_char(before, '<');
    size_t more = str_rfind_char(before, '>');

    return less != STR_NONE && (more == STR_NONE || more < less);
}

/* What stands between tags may have tags, "a <b>caption</b>". */
static void restore_tags(struct buf *out, size_t from)
{
    str text = str_from(buf_str(out), from);
    size_t n = from;

    if (str_find(text, S("&lt;/")) == STR_NONE &&
        str_find(text, S("&lt;br")) == STR_NONE)
        return;
    for (size_t i = 0; i < text.n; i++) {
        bool less = str_starts(str_from(text, i), S("&lt;"));
        out->p[n++] = less ? '<' : text.p[i];
        i += less ? 3 : 0;
    }
    out->n = n;
}

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
            size_t end = str_find_char(str_from(s, i), '}'), from = out->n;
            if (put_choices(tag, str_sub(s, i + 1, end - 1), out) && n > 0)
                open[n - 1].given = true;
            if (!is_in_tag(str_sub(s, 0, i)))
                restore_tags(out, from);
            i += end;
        } else {
            buf_putc(out, s.p[i]);
        }
    }
}

void shortcode_replace(const struct shortcode_tag *tag, struct buf *out)
{
    put_template(tag,
                 tag->closing ? shortcode_closing(tag) : shortcode_opening(tag),
                 out);
}

bool shortcode_put_words(const struct shortcode_tag *tag, struct buf *out)
{
    static const char *const templates[] = {
        "[<img src=\"{picture}\" alt=\"{alt,words}\" />]",
        "[<a href=\"{address}\">{words,address}</a>]",
        "{words}",
    };
    size_t from = out->n;

    for (size_t i = 0; !tag->closing && out->n == from &&
                       i < sizeof templates / sizeof *templates;
         i++)
        if (i == 2 ||
            put_first(tag, i ? value_is_address : value_is_picture, out)) {
            out->n = from;
            put_template(tag, str_of(templates[i]), out);
        }
    return out->n > from;
}

bool shortcode_put_code_title(const struct shortcode_tag *tag, struct buf *out)
{
    static const str names[] = { STR_INIT("title"), STR_INIT("caption"),
                                 STR_INIT("tabtitle"), STR_INIT("filename") };
    bool words = !tag->hugo && (str_eq(tag->name, S("codeblock")) ||
                                str_eq(tag->name, S("code")));
    bool any = false;

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (put_named(tag, names[i], out))
            return true;
    for (size_t i = 0; words && i < tag->n_args; i++)
        if (tag->args[i].name.n == 0 && !value_is_address(tag->args[i].value))
            put_word(tag->args[i].value, &any, out);
    return any;
}

void shortcode_put_link(str address, struct buf *out)
{
    buf_put(out, S("<a href=\""));
    put_escaped(address, out);
    buf_put(out, S("\">"));
    put_escaped(address, out);
    buf_put(out, S("</a>"));
}
