/* SPDX-License-Identifier: MIT */
#include "convert/shortcode_text.h"

#include <string.h>

#include "convert/clean_math.h"
#include "math/tex.h"

/* CommonMark 2.4: what a backslash is taken from. */
#define MARKDOWN_ESCAPES "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
/* Bytes of a formula inside a line, or of what else is looked for. */
#define TEXT_MAX 1000

static int char_at(str s, size_t i)
{
    return i < s.n ? (unsigned char)s.p[i] : -1;
}

static bool is_alnum_at(str s, size_t i)
{
    int c = char_at(s, i);

    return c >= 0 && c < 0x80 && ascii_is_alnum(c);
}

/* Is there what only TeX has, or what Markdown would take for its own? */
static bool looks_like_tex(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '`')
            return false;
        if (s.p[i] == '^' || s.p[i] == '_' || s.p[i] == '*' ||
            (s.p[i] == '\\' && i + 1 < s.n))
            return str_find(s, S("**")) == STR_NONE &&
                   str_find_char(s, '`') == STR_NONE;
    }
    return false;
}

static void put_literal(str s, struct buf *out)
{
    for (size_t i = 0; i < s.n; i++) {
        if (strchr("\\*_`[]<>&~{}|", s.p[i]))
            buf_putc(out, '\\');
        buf_putc(out, s.p[i]);
    }
}

/* A tag that no pass takes for Markdown: all but letters and digits of the
 * formula are character references. False: it is not known. */
static bool put_tex(str tex, struct buf *out, str *unknown)
{
    struct arena a;

    arena_init(&a);
    bool known = tex_math(tex, false, &a, 0, unknown) != NULL;
    arena_done(&a);
    if (!known)
        return false;
    buf_puts(out, "<code class=\"" MATH_CODE_CLASS "\" title=\"");
    for (size_t i = 0; i < tex.n; i++) {
        unsigned char c = (unsigned char)tex.p[i];
        if (c < 0x80 && !ascii_is_alnum(c))
            buf_printf(out, "&#%u;", c);
        else
            buf_putc(out, tex.p[i]);
    }
    buf_puts(out, "\"></code>");
    return true;
}

/* Has S what no other use of dollar signs has? */
static bool is_clearly_tex(str s)
{
    static const str signs[] = { STR_INIT("\\"), STR_INIT("^"),
                                 STR_INIT("_{") };

    return str_has_any(s, signs, sizeof signs / sizeof *signs);
}

/* "x", "n + 1", "f(x)", "H_2O", "3": no words, so no price, no "$user_name$",
 * "$it$" or "$Id: a.c $". */
static bool is_short_formula(str s)
{
    size_t run = 0, longest = 0;

    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        run = ascii_is_alpha((unsigned char)c) ? run + 1 : 0;
        longest = run > longest ? run : longest;
        if (longest > 2 || (!ascii_is_alnum((unsigned char)c) &&
                            !strchr(" +-=<>()[],.|!/':;_*", c)))
            return false;
    }
    if (s.n == 0 || (longest > 1 && longest == s.n))
        return false;
    return (ascii_is_alnum((unsigned char)s.p[0]) || strchr("+-([|", s.p[0])) &&
           (str_find_char(s, ' ') == STR_NONE ||
            !ascii_is_digit((unsigned char)s.p[0]));
}

static size_t put_formula(str inside, str mark, struct buf *out, str *unknown)
{
    if ((is_clearly_tex(inside) || is_short_formula(inside)) &&
        put_tex(inside, out, unknown))
        return inside.n;
    put_literal(str_sub(mark, 0, mark.n / 2), out);
    put_literal(inside, out);
    put_literal(str_from(mark, mark.n / 2), out);
    return inside.n;
}

/* "$`x_1`$": GitHub's and GitLab's. REST is what stands behind the '$'. */
static size_t put_ticked(str rest, struct buf *out)
{
    str inside = str_from(rest, 1), unknown;

    inside.n = str_find(inside, S("`$"));
    return inside.n != STR_NONE && put_tex(inside, out, &unknown) ? inside.n + 4
                                                                  : 0;
}

/* "$latex x^2&bg=ffffff$": WordPress.com's. REST is what stands behind the
 * '$', N bytes before the next. */
static size_t put_wordpress(str rest, size_t n, struct buf *out)
{
    static const str looks[] = { STR_INIT("&bg="), STR_INIT("&fg="),
                                 STR_INIT("&s=") };
    str tex = str_sub(rest, sizeof "latex " - 1, n - (sizeof "latex " - 1));
    str unknown;

    for (size_t i = 0; i < sizeof looks / sizeof *looks; i++) {
        size_t at = str_find(tex, looks[i]);
        tex.n = at == STR_NONE ? tex.n : at;
    }
    return put_tex(tex, out, &unknown) ? n + 2 : 0;
}

static size_t put_dollars(str line, size_t at, struct buf *out, str *unknown)
{
    bool two = char_at(line, at + 1) == '$';
    str rest = str_sub(line, at + 1 + two, TEXT_MAX);
    size_t n = two ? str_find(rest, S("$$")) : str_find_char(rest, '$');

    if (!two && char_at(rest, 0) == '`')
        return put_ticked(rest, out);

    if (n == STR_NONE || n == 0)
        return 0;
    str inside = str_sub(rest, 0, n);
    if (!two && str_starts(inside, S("latex ")))
        return put_wordpress(rest, n, out);
    if (!looks_like_tex(inside) && !is_short_formula(inside))
        return 0;
    if (two)
        return put_formula(inside, S("$$$$"), out, unknown) + 4;
    if ((at > 0 && is_alnum_at(line, at - 1)) || is_alnum_at(rest, n + 1) ||
        ascii_is_space(char_at(inside, 0)) ||
        ascii_is_space(char_at(inside, n - 1)))
        return 0;
    return put_formula(inside, S("$$"), out, unknown) + 2;
}

/* "f\(x\)", "[a]\(b\)": escaped by an export. */
static bool is_behind_word(str line, size_t at)
{
    return at > 0 && (is_alnum_at(line, at - 1) || line.p[at - 1] == ']');
}

/* TeX, and not text with escapes: "snake\_case". */
static bool is_surely_tex(str s)
{
    bool any = false;

    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '\\' && !is_alnum_at(s, i + 1) &&
            !(i + 1 < s.n && strchr(",;{}! ", s.p[i + 1])))
            return false;
        any = any || s.p[i] == '^' || s.p[i] == '\\';
    }
    return any;
}

str shortcode_unescape(str s, const char *chars, struct arena *a)
{
    char *out = arena_bytes(a, s.n);
    size_t n = 0;

    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '\\' && i + 1 < s.n && s.p[i + 1] &&
            strchr(chars, s.p[i + 1]))
            i++;
        out[n++] = s.p[i];
    }
    return (str){ out, n };
}

/* "\\(x\\)": written so that a backslash is left of each. */
static size_t put_escaped_brackets(str inside, str shown, struct buf *out,
                                   str *unknown)
{
    struct arena a;

    arena_init(&a);
    str tex = shortcode_unescape(inside, MARKDOWN_ESCAPES, &a);
    bool put = (looks_like_tex(tex) || is_short_formula(str_trim(tex))) &&
               put_tex(tex, out, unknown);
    *unknown = (str){ 0 }; /* it was a copy's */
    arena_done(&a);
    if (put)
        return inside.n;
    return looks_like_tex(inside) ? put_formula(inside, shown, out, unknown)
                                  : 0;
}

static size_t put_brackets(str line, size_t at, struct buf *out, str *unknown)
{
    static const struct {
        str open, close, shown;
    } marks[] = {
        { STR_INIT("\\\\("), STR_INIT("\\\\)"), STR_INIT("\\(\\)") },
        { STR_INIT("\\\\["), STR_INIT("\\\\]"), STR_INIT("\\[\\]") },
        { STR_INIT("\\("), STR_INIT("\\)"), STR_INIT("\\(\\)") },
    };
    str rest = str_sub(line, at, TEXT_MAX);
    size_t i = 0, n;

    while (i < 3 && !str_starts(rest, marks[i].open))
        i++;
    str inside = str_from(rest, i < 3 ? marks[i].open.n : 0);
    inside.n = i < 3 ? str_find(inside, marks[i].close) : STR_NONE;
    if (inside.n == STR_NONE)
        return 0;
    if (i < 2)
        n = put_escaped_brackets(inside, marks[i].shown, out, unknown);
    else if (looks_like_tex(inside) && str_find(inside, S("](")) == STR_NONE &&
             !is_behind_word(line, at) && is_surely_tex(inside))
        n = put_formula(inside, marks[i].shown, out, unknown);
    else
        return 0;
    return n ? n + marks[i].open.n + marks[i].close.n : 0;
}

size_t shortcode_math(str line, size_t at, struct buf *out, str *unknown)
{
    *unknown = (str){ 0 };
    return line.p[at] == '$' ? put_dollars(line, at, out, unknown)
                             : put_brackets(line, at, out, unknown);
}

/* Where the ']' stands that ends S: not "\\]", nor inside braces. */
static size_t find_end(str s)
{
    size_t depth = 0;

    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '\\')
            i++;
        else if (s.p[i] == '{')
            depth++;
        else if (s.p[i] == '}')
            depth -= depth > 0;
        else if (s.p[i] == ']' && depth == 0)
            return i;
    }
    return STR_NONE;
}

size_t shortcode_tex(str line, size_t at, struct buf *out)
{
    str rest = str_sub(line, at, TEXT_MAX), mark = S("[tex:"), unknown;
    struct arena a;

    if (!str_starts(rest, mark))
        return 0;
    str inside = str_from(rest, mark.n);
    inside.n = find_end(inside);
    if (inside.n == STR_NONE)
        return 0;
    arena_init(&a);
    bool put = put_tex(shortcode_unescape(inside, "[]_^*", &a), out, &unknown);
    arena_done(&a);
    return put ? mark.n + inside.n + 1 : 0;
}

/* Length of the size that S ends with, " =300x200" or "|300": digits, 'x' and
 * '%' behind MARK; 0: none. */
static size_t size_length(str s, str mark)
{
    size_t n = 0;

    while (n < s.n && (ascii_is_digit((unsigned char)s.p[s.n - 1 - n]) ||
                       strchr("xX%*", s.p[s.n - 1 - n])))
        n++;
    if (n == 0 || !str_ends(str_sub(s, 0, s.n - n), mark))
        return 0;
    return n + mark.n;
}

/* Of "a.png align="center"", as Hashnode has it: the attribute. */
static size_t attribute_length(str target)
{
    static const str names[] = { STR_INIT(" align=\""), STR_INIT(" width=\""),
                                 STR_INIT(" height=\"") };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        size_t at = str_find(target, names[i]);
        if (at != STR_NONE && str_ends(target, S("\"")))
            return target.n - at;
    }
    return 0;
}

size_t shortcode_sized(str line, size_t at, struct buf *out)
{
    str rest = str_sub(line, at, TEXT_MAX);
    size_t middle = str_find(rest, S("]("));

    if (!str_starts(rest, S("![")) || middle == STR_NONE)
        return 0;
    size_t end = str_find_char(str_from(rest, middle), ')');
    if (end == STR_NONE)
        return 0;
    str alt = str_sub(rest, 0, middle);
    str target = str_trim_right(str_sub(rest, middle, end));
    size_t n = size_length(alt, S("|")), m = size_length(target, S(" ="));
    if (m == 0)
        m = attribute_length(target);
    if (n + m == 0 || str_find_char(str_from(alt, 2), '[') != STR_NONE)
        return 0;
    buf_put(out, str_sub(alt, 0, alt.n - n));
    buf_put(out, str_trim_right(str_sub(target, 0, target.n - m)));
    buf_putc(out, ')');
    return middle + end + 1;
}

size_t shortcode_hidden(str line, size_t at, struct buf *out)
{
    str rest = str_from(line, at + 2);
    size_t n = 0, from = 0;

    (void)out;
    if (!str_starts(str_from(line, at), S("%%")) || rest.n == 0 ||
        (at > 0 && is_alnum_at(line, at - 1)) || rest.p[0] == '%')
        return 0;
    rest.n = rest.n > TEXT_MAX ? TEXT_MAX : rest.n;
    while ((n = str_find(str_from(rest, from), S("%%"))) != STR_NONE) {
        from += n + 2;
        if (from > 2 && !is_alnum_at(rest, from))
            return from + 2;
    }
    return 0;
}

size_t shortcode_named(str line, size_t at, str *kind, str *what)
{
    str rest = str_sub(line, at, TEXT_MAX);
    size_t n = 2;

    if (!str_starts(rest, S("@[")))
        return 0;
    while (n < rest.n &&
           (ascii_is_alnum((unsigned char)rest.p[n]) || rest.p[n] == '-'))
        n++;
    *kind = str_sub(rest, 2, n - 2);
    rest = str_from(rest, n);
    size_t end = str_find_char(rest, ')');
    if (kind->n == 0 || !str_starts(rest, S("](")) || end == STR_NONE)
        return 0;
    *what = str_trim(str_sub(rest, 2, end - 2));
    return what->n > 0 ? n + end + 1 : 0;
}

size_t shortcode_note(str line, size_t at, str *text)
{
    str rest = str_sub(line, at, TEXT_MAX);
    size_t depth = 0;

    if (!str_starts(rest, S("^[")) || (at > 0 && strchr("^[", line.p[at - 1])))
        return 0;
    for (size_t i = 1; i < rest.n; i++) {
        if (rest.p[i] == '\\') {
            i++;
        } else if (rest.p[i] == '[') {
            depth++;
        } else if (rest.p[i] == ']' && --depth == 0) {
            *text = str_trim(str_sub(rest, 2, i - 2));
            return text->n > 0 ? i + 1 : 0;
        }
    }
    return 0;
}
