/* SPDX-License-Identifier: MIT */
#include "convert/shortcode_inline.h"

#include <string.h>

#include "base/names.h"
#include "convert/shortcode_put.h"
#include "convert/shortcode_value.h"

static const struct {
    const char *name, *text;
} emoji[] = {
#define EMOJI(name, text) { name, text },
#include "convert/emoji.def"
#undef EMOJI
};

#define EMOJI_NAME_MAX 32
#define EXPRESSION_MAX 1024

static int char_at(str s, size_t i)
{
    return i < s.n ? (unsigned char)s.p[i] : -1;
}

static bool is_word(int c)
{
    return c >= 0x80 || (c > 0 && (ascii_is_alnum(c) || c == '_'));
}

size_t shortcode_wiki(str line, size_t at, struct buf *out)
{
    bool embed = char_at(line, at) == '!';
    size_t from = at + embed + 2;

    if (!str_starts(str_from(line, at + embed), S("[[")))
        return 0;
    str rest = str_from(line, from);
    size_t n = 0;
    while (n < rest.n && rest.p[n] != '[' && rest.p[n] != ']' &&
           rest.p[n] != '<' && rest.p[n] != '>')
        n++;
    str inside = str_sub(rest, 0, n);
    if (n == 0 || !str_starts(str_from(rest, n), S("]]")) ||
        char_at(rest, n + 2) == '(' || str_trim(inside).n != n)
        return 0;
    if (str_eq_nocase(inside, S("toc")) || str_eq_nocase(inside, S("_toc_")))
        return 0;
    str target = str_cut(&inside, '|');
    /* In a table the bar is escaped. */
    if (target.n > 0 && target.p[target.n - 1] == '\\')
        target.n--;
    str label = inside.n > 0 ? inside : target;
    if (target.n == 0)
        return 0;
    bool picture = embed && value_is_picture(target);
    if (picture && (label.p == target.p || ascii_is_digit(label.p[0])))
        label = S("");
    if (picture)
        buf_putc(out, '!');
    buf_putc(out, '[');
    buf_put(out, label);
    buf_put(out, S("](<"));
    buf_put(out, target);
    buf_put(out, S(">)"));
    return from + n + 2 - at;
}

size_t shortcode_mark(str line, size_t at, struct buf *out)
{
    int before = at > 0 ? char_at(line, at - 1) : -1;
    int first = char_at(line, at + 2);

    if (!str_starts(str_from(line, at), S("==")) || before == '=' ||
        before == '!' || (before < 0x80 && is_word(before)) || first == '=' ||
        first == -1 || ascii_is_space(first))
        return 0;
    str rest = str_from(line, at + 2);
    size_t n = str_find(rest, S("=="));
    if (n == STR_NONE || ascii_is_space((unsigned char)rest.p[n - 1]))
        return 0;
    int behind = char_at(rest, n + 2);
    if (behind == '=' || (behind < 0x80 && is_word(behind)))
        return 0;
    buf_put(out, S("<mark>"));
    buf_put(out, str_sub(rest, 0, n));
    buf_put(out, S("</mark>"));
    return n + 4;
}

static const char *find_emoji(str name)
{
    size_t i = NAMES_FIND(name, emoji);

    return i < sizeof emoji / sizeof *emoji ? emoji[i].text : NULL;
}

size_t shortcode_emoji(str line, size_t at, struct buf *out)
{
    int before = at > 0 ? char_at(line, at - 1) : -1;
    size_t n = 0;
    str rest = str_from(line, at + 1);

    if (before == ':' || (before < 0x80 && is_word(before)))
        return 0;
    while (
        n < rest.n && n < EMOJI_NAME_MAX &&
        (ascii_is_alnum((unsigned char)rest.p[n]) || strchr("_+-", rest.p[n])))
        n++;
    int behind = char_at(rest, n + 1);
    if (n == 0 || char_at(rest, n) != ':' || behind == ':' ||
        (behind < 0x80 && is_word(behind)))
        return 0;
    const char *text = find_emoji(str_sub(rest, 0, n));
    if (!text)
        return 0;
    buf_puts(out, text);
    return n + 2;
}

size_t shortcode_callout(str line, size_t at, struct buf *out)
{
    str s = str_from(line, at);
    size_t end = str_find_char(s, ']'), i;

    if (!str_starts(s, S("[!")) || end == STR_NONE || end < 3)
        return 0;
    for (i = 2; i < end; i++)
        if (!ascii_is_alpha(s.p[i]) && s.p[i] != '-')
            return 0;
    i = end + 1;
    if (i < s.n && (s.p[i] == '-' || s.p[i] == '+'))
        i++;
    str title = str_trim(str_from(s, i));
    buf_put(out, S("<strong>"));
    if (title.n > 0) {
        buf_put(out, title);
    } else {
        buf_putc(out, (char)(s.p[2] & ~0x20));
        for (i = 3; i < end; i++)
            buf_putc(out, (char)ascii_lower(s.p[i]));
    }
    buf_put(out, S("</strong>  "));
    return s.n;
}

/* "{{video https://...}}" */
static bool is_logseq(str name)
{
    return str_eq(name, S("video")) || str_eq(name, S("youtube")) ||
           str_eq(name, S("tweet")) || str_eq(name, S("twitter"));
}

size_t shortcode_expression(str line, size_t at, struct buf *out)
{
    str s = str_sub(line, at, EXPRESSION_MAX);
    size_t end = str_find(s, S("}}"));
    int before = at > 0 ? char_at(line, at - 1) : -1;

    if (end == STR_NONE)
        return 0;
    str inside = str_trim(str_sub(s, 2, end - 2));
    if (inside.n > 1 && (inside.p[0] == '"' || inside.p[0] == '\'')) {
        size_t close = str_find_char(str_from(inside, 1), inside.p[0]);
        if (close == STR_NONE)
            return 0;
        buf_put(out, str_sub(inside, 1, close));
        return end + 2;
    }
    str address = inside, word = str_cut(&address, ' ');
    address = str_trim(address);
    if (is_logseq(word) && str_starts(address, S("http"))) {
        shortcode_put_link(address, out);
        return end + 2;
    }
    /* In front of a path only. */
    if ((char_at(s, end + 2) == '/' || before == '(' || before == '"' ||
         before == '\'' || before == '<') &&
        (str_eq(inside, S("site.baseurl")) || str_eq(inside, S("site.url")) ||
         str_eq(inside, S("site.url | append: site.baseurl"))))
        return end + 2;
    return 0;
}
