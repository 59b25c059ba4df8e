/* SPDX-License-Identifier: MIT */
#include "convert/source_repair.h"

#include <string.h>

#include "convert/source_chars.h"
#include "convert/source_inline.h"

/* Addresses with blanks are file names or were typed by hand. */
#define ADDRESS_MAX 1024

bool repair_is_escaped(str text)
{
    if (str_find(text, S("\\]\\(http")) != STR_NONE)
        return true;
    size_t first = str_find(text, S("\\*\\*"));
    return first != STR_NONE && str_find(text, S("**")) == STR_NONE &&
           str_find(str_from(text, first + 4), S("\\*\\*")) != STR_NONE;
}

/* Length of the escaped syntax that S starts with, or 0. */
static size_t escaped_length(str s)
{
    static const str all[] = { STR_INIT("\\*\\*"), STR_INIT("\\!\\["),
                               STR_INIT("\\["),    STR_INIT("\\]"),
                               STR_INIT("\\("),    STR_INIT("\\)") };

    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (str_starts(s, all[i]))
            return all[i].n;
    return 0;
}

void repair_escapes(str text, struct buf *out)
{
    size_t i = 0;

    while (i < text.n) {
        const char *slash = memchr(text.p + i, '\\', text.n - i);
        size_t n = slash ? (size_t)(slash - text.p) - i : text.n - i;
        buf_put(out, str_sub(text, i, n));
        i += n;
        if (!slash)
            return;
        n = escaped_length(str_from(text, i));
        if (n == 0) {
            n = i + 1 < text.n ? 2 : 1;
            buf_put(out, str_sub(text, i, n));
        } else {
            for (size_t k = 1; k < n; k += 2)
                buf_putc(out, text.p[i + k]);
        }
        i += n;
    }
}

bool repair_may_have_blanks(str text)
{
    return str_find(text, S("](")) != STR_NONE;
}

/* Length of the address with blanks that S starts with, up to its ')', or 0:
 * it has none, or may be no address. */
static size_t blank_address(str s, bool picture)
{
    static const str starts[] = { STR_INIT("http://"), STR_INIT("https://"),
                                  STR_INIT("/"),       STR_INIT("./"),
                                  STR_INIT("../"),     STR_INIT("www.") };
    size_t i, depth = 0;
    bool blank = false, path = false;

    for (i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (i > ADDRESS_MAX || c == '\n' || c == '"' || c == '\'' || c == '<' ||
            c == '\\')
            return 0;
        if (c == ')' && depth-- == 0)
            break;
        depth += c == '(';
        blank = blank || c == ' ';
        path = path || c == '.' || c == '/';
    }
    if (i == s.n || !blank || s.p[0] == ' ' || s.p[i - 1] == ' ')
        return 0;
    if (picture)
        return path ? i : 0;
    for (size_t k = 0; k < sizeof starts / sizeof *starts; k++)
        if (str_starts(s, starts[k]))
            return i;
    return 0;
}

/* Is the ']' at AT the end of a picture's text? */
static bool ends_picture(str s, size_t at)
{
    size_t stop = at > ADDRESS_MAX ? at - ADDRESS_MAX : 0;

    while (at > stop && s.p[at - 1] != '[' && s.p[at - 1] != ']' &&
           s.p[at - 1] != '\n')
        at--;
    return at > 1 && s.p[at - 1] == '[' && s.p[at - 2] == '!';
}

void repair_blanks(str text, struct buf *out)
{
    struct inline_walk w;
    size_t done = 0, at;

    inline_init(&w, text);
    while ((at = inline_find(&w, "]]]")) != STR_NONE) {
        w.at = at + 1;
        if (at + 2 >= text.n || text.p[at + 1] != '(')
            continue;
        size_t n = blank_address(str_from(text, at + 2),
                                 ends_picture(text, at));
        if (n == 0)
            continue;
        for (size_t i = at + 2; i < at + 2 + n; i++) {
            if (text.p[i] != ' ')
                continue;
            buf_put(out, str_sub(text, done, i - done));
            buf_put(out, S("%20"));
            done = i + 1;
        }
        w.at = at + 2 + n;
    }
    buf_put(out, str_from(text, done));
}

/* What starts with "<?", "<!--", "<![CDATA[" or "<!X", and where the next end
 * of each kind is. */
struct declaration {
    str start, end;
    size_t next; /* the end found last */
    bool none;   /* there is no further one */
};

static bool is_ended(str text, size_t at, struct declaration *d)
{
    if (d->none)
        return false;
    if (d->next > at)
        return true;
    size_t n = str_find(str_from(text, at + d->start.n), d->end);
    d->none = n == STR_NONE;
    d->next = at + d->start.n + n;
    return !d->none;
}

bool repair_may_have_declarations(str text)
{
    return str_find(text, S("<?")) != STR_NONE ||
           str_find(text, S("<!")) != STR_NONE;
}

void repair_declarations(str text, struct buf *out)
{
    struct declaration all[] = {
        { .start = S("<?"), .end = S("?>") },
        { .start = S("<!--"), .end = S("-->") },
        { .start = S("<![CDATA["), .end = S("]]>") },
        { .start = S("<!"), .end = S(">") },
    };
    size_t done = 0, at = 0;

    for (;; at++) {
        size_t n = str_find_char(str_from(text, at), '<');
        if (n == STR_NONE)
            break;
        at += n;
        size_t i = 0, count = sizeof all / sizeof *all;
        while (i < count && !str_starts(str_from(text, at), all[i].start))
            i++;
        if (i == count || is_ended(text, at, &all[i]))
            continue;
        buf_put(out, str_sub(text, done, at + 1 - done));
        buf_putc(out, SENTINEL);
        done = at + 1;
    }
    buf_put(out, str_from(text, done));
}
