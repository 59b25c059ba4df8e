/* SPDX-License-Identifier: MIT */
#include "convert/html5_caps.h"

#include <string.h>

#include "convert/html5.h"
#include "convert/html5_open.h"

#define CDATA "<![CDATA["

struct scanner {
    struct caps *caps;
    str in;
    size_t at;   /* next byte to read */
    char *out;   /* next byte to write */
    char *start; /* of the output */
    unsigned line;
    struct html5_open open;
    bool no_end[HTML5_BEHAVIOURS]; /* no end tag of this raw element follows */
    bool no_quote[2];
    bool no_tag_end, no_comment_end, no_cdata_end;
    struct arena *arena;
};

static void put(struct scanner *s, const char *p, size_t n)
{
    memcpy(s->out, p, n);
    s->out += n;
}

/* Puts a '<' or '&' that is text. */
static void put_escaped(struct scanner *s)
{
    bool less = s->in.p[s->at] == '<';

    put(s, less ? "&lt;" : "&amp;", less ? 4 : 5);
    s->at++;
}

/* Tells the line of what comes next. */
static void mark_line(struct scanner *s)
{
    *vec_push(&s->caps->marks, s->arena) = (struct caps_mark){
        .offset = (size_t)(s->out - s->start), .line = s->line
    };
}

/* Copies input up to AT. Marks are taken out and remembered. */
static void copy_to(struct scanner *s, size_t to)
{
    while (s->at < to) {
        const char *from = s->in.p + s->at;
        const char *mark = memchr(from, HTML5_MARK, to - s->at);
        size_t n = mark ? (size_t)(mark - from) : to - s->at;

        for (const char *lf = from;
             (lf = memchr(lf, '\n', (size_t)(from + n - lf))); lf++)
            s->line++;
        put(s, from, n);
        s->at += n;
        if (!mark)
            return;
        unsigned line = 0;
        s->at++;
        while (s->at < s->in.n && ascii_is_digit(s->in.p[s->at]))
            line = line * 10 + (unsigned)(s->in.p[s->at++] - '0');
        s->at += s->at < s->in.n;
        s->line = line;
        mark_line(s);
    }
}

/* Goes over input that is dropped, keeping its marks. */
static void skip_to(struct scanner *s, size_t to)
{
    char *out = s->out;

    copy_to(s, to);
    s->out = out;
    mark_line(s);
}

static void note(unsigned *where, const struct scanner *s)
{
    if (*where == 0)
        *where = s->line ? s->line : 1;
}

/* Decides on a start tag; false: it goes. */
static bool open_element(struct scanner *s, str name, enum html5_behaviour is)
{
    switch (html5_open_start(&s->open, name, is, s->caps->depth)) {
    case HTML5_OPEN_MANY:
        note(&s->caps->big_line, s);
        return false;
    case HTML5_OPEN_DEEP:
        note(&s->caps->deep_line, s);
        return false;
    default:
        return true;
    }
}

static inline bool is_space_or(char c, const char *others)
{
    for (; *others; others++)
        if (c == *others)
            return true;
    return ascii_is_space(c);
}

/* One attribute, as [from, value_from) and the value up to `value_to`. */
struct attribute {
    size_t from, value, value_to, to;
};

/* The attribute at or behind AT; false at the end of the tag, *AT then being
 * at its '>' or at the end of the text. */
static bool next_attribute(struct scanner *s, size_t *at, struct attribute *x)
{
    str in = s->in;
    size_t i = *at;

    while (i < in.n && is_space_or(in.p[i], "/"))
        i++;
    *at = i;
    if (i == in.n || in.p[i] == '>')
        return false;
    x->from = i;
    i++;
    while (i < in.n && !is_space_or(in.p[i], "/>="))
        i++;
    x->value = x->value_to = x->to = i;
    size_t equals = i;
    while (equals < in.n && ascii_is_space(in.p[equals]))
        equals++;
    if (equals < in.n && in.p[equals] == '=') {
        i = equals + 1;
        while (i < in.n && ascii_is_space(in.p[i]))
            i++;
        x->value = i;
        if (i < in.n && (in.p[i] == '"' || in.p[i] == '\'')) {
            const char *q = s->no_quote[in.p[i] == '\'']
                                ? NULL
                                : memchr(in.p + i + 1, in.p[i], in.n - i - 1);
            s->no_quote[in.p[i] == '\''] |= !q;
            x->value_to = q ? (size_t)(q - in.p) : in.n;
            x->to = x->value_to + (q != NULL);
        } else {
            while (i < in.n && !is_space_or(in.p[i], ">"))
                i++;
            x->value_to = x->to = i;
        }
    }
    *at = x->to;
    return true;
}

/* Behind the '>' of the tag whose name ends at AT, or STR_NONE when the text
 * ends first. STRICT: also when another tag seems to begin before. */
static size_t tag_end(struct scanner *s, size_t at, bool strict)
{
    struct attribute x;

    if (s->no_tag_end)
        return STR_NONE;
    while (next_attribute(s, &at, &x))
        if (strict && memchr(s->in.p + x.from, '<', x.value - x.from))
            return STR_NONE;
    s->no_tag_end = at == s->in.n;
    return s->no_tag_end ? STR_NONE : at + 1;
}

/* Copies the tag up to END, without what is too much in its attributes. */
static void copy_tag(struct scanner *s, size_t name_end, size_t end)
{
    struct attribute x;
    size_t at = name_end;
    unsigned n = 0;

    copy_to(s, name_end);
    if (end - name_end < CAPS_ATTRIBUTES * 2) {
        copy_to(s, end);
        return;
    }
    while (next_attribute(s, &at, &x)) {
        if (++n > CAPS_ATTRIBUTES) {
            note(&s->caps->big_line, s);
            skip_to(s, end - 1);
            break;
        }
        if (x.value_to - x.value > CAPS_VALUE) {
            note(&s->caps->big_line, s);
            size_t cut = x.value + CAPS_VALUE;
            while (cut > x.value && (s->in.p[cut] & 0xc0) == 0x80)
                cut--;
            copy_to(s, cut);
            skip_to(s, x.value_to);
        }
        copy_to(s, x.to);
    }
    copy_to(s, end);
}

/* Offset behind the end tag of the raw element NAME, or STR_NONE. */
static size_t raw_end(struct scanner *s, str name, size_t from)
{
    str in = s->in;

    for (size_t i = from; i + name.n + 2 <= in.n; i++) {
        const char *lt = memchr(in.p + i, '<', in.n - i);
        if (!lt)
            break;
        i = (size_t)(lt - in.p);
        if (i + 2 + name.n <= in.n && in.p[i + 1] == '/' &&
            str_eq_nocase(str_sub(in, i + 2, name.n), name) &&
            (i + 2 + name.n == in.n || is_space_or(in.p[i + 2 + name.n], "/>")))
            return i;
    }
    return STR_NONE;
}

/* Copies raw text up to TO. Behind "<!--" the parser goes on to the second end
 * tag of a script; and it may know CDATA where we don't. */
static void copy_raw(struct scanner *s, size_t to)
{
    while (s->at < to) {
        str rest = str_sub(s->in, s->at, to - s->at);
        size_t n = str_starts(rest, S("<!--"))  ? strlen("<!--")
                   : str_starts(rest, S(CDATA)) ? strlen(CDATA)
                                                : 0;
        size_t next = str_find_char(str_from(rest, n + 1), '<');
        if (n > 0)
            skip_to(s, s->at + n);
        copy_to(s, next == STR_NONE ? to : s->at + 1 + next);
    }
}

/* A start tag of an element that holds raw text. One that nobody closes would
 * swallow the rest of the post: it is taken for text ("use the <script>
 * tag"). */
static void scan_raw(struct scanner *s, str name, size_t known, size_t end)
{
    size_t close = STR_NONE;

    if (!s->no_end[known] && html5_behaviour(known) == RAW)
        close = raw_end(s, name, end);
    if (close == STR_NONE) {
        s->no_end[known] = true;
        put_escaped(s);
        return;
    }
    copy_tag(s, (size_t)(name.p - s->in.p) + name.n, end);
    /* In SVG it is no raw text. */
    if (!html5_open_has(&s->open, FOREIGN))
        copy_raw(s, close);
}

static bool is_name_end(char c)
{
    return is_space_or(c, "/>");
}

/* Has the text up to TO held, and its stand-in copied. */
static void hold_to(struct scanner *s, size_t to)
{
    char *start = s->start, *out = s->out;
    char *text = arena_bytes(s->arena, to - s->at);
    size_t n_marks = s->caps->marks.n;
    unsigned line = s->line;

    s->start = s->out = text;
    copy_to(s, to);
    held_put(&s->caps->held, text, (size_t)(s->out - text), out);
    s->start = start;
    s->out = out + HELD_BYTES;
    s->caps->marks.n = n_marks;
    if (s->line != line)
        mark_line(s);
}

/* Copies white space, in front of which line marks may stand. */
static void copy_spaces(struct scanner *s, size_t to)
{
    size_t at = s->at, before;

    do {
        before = s->at;
        while (at < to && (s->in.p[at] == HTML5_MARK ||
                           ascii_is_space((unsigned char)s->in.p[at])))
            at++;
        copy_to(s, at);
        at = s->at;
    } while (s->at > before);
}

/* Behind the character reference at AT, if it is one: it must not be torn. */
static size_t reference_end(const struct scanner *s, size_t at, size_t to)
{
    size_t most = to - at < CAPS_REFERENCE ? to : at + CAPS_REFERENCE;

    at++;
    while (at < most && (ascii_is_alnum((unsigned char)s->in.p[at]) ||
                         s->in.p[at] == '#' || s->in.p[at] == ';'))
        at++;
    return at;
}

/* Behind the last '>' of the text up to TO: what the parser takes for a comment
 * may end there. */
static size_t after_ends(const struct scanner *s, size_t to)
{
    str text = str_sub(s->in, s->at, to - s->at);
    size_t last = str_rfind_char(text, '>');

    return last == STR_NONE ? s->at : s->at + last + 1;
}

/* Copies text up to TO, which holds no '<'. Tables and <pre> treat white space
 * at its start in ways of their own. */
static void copy_text(struct scanner *s, size_t to)
{
    copy_to(s, after_ends(s, to));
    while (s->at < to) {
        copy_spaces(s, to);
        size_t n = held_length(&s->caps->held,
                               str_sub(s->in, s->at, to - s->at));
        if (n > 0)
            hold_to(s, s->at + n);
        if (s->at >= to)
            return;
        const char *amp = memchr(s->in.p + s->at, '&', to - s->at);
        copy_to(s, amp ? reference_end(s, (size_t)(amp - s->in.p), to) : to);
    }
}

static size_t find_special(str s)
{
    size_t n = 0;

    while (n < s.n && s.p[n] != '<' && s.p[n] != '&')
        n++;
    return n;
}

/* "<![CDATA[" as the text that it is in SVG, and that elsewhere would be lost.
 * The parser, in some places of a table, stops the program at one. */
static void scan_cdata(struct scanner *s)
{
    size_t from = s->at + strlen(CDATA);
    size_t n = s->no_cdata_end ? STR_NONE
                               : str_find(str_from(s->in, from), S("]]>"));

    if (n == STR_NONE) {
        s->no_cdata_end = true;
        put_escaped(s);
        return;
    }
    skip_to(s, from);
    while (s->at < from + n) {
        size_t at = s->at +
                    find_special(str_sub(s->in, s->at, from + n - s->at));
        copy_to(s, at);
        if (at < from + n)
            put_escaped(s);
    }
    skip_to(s, from + n + 3);
}

/* A '<', and up to AT a '/', in front of no letter: text, or for "<!", "<?" and
 * "</" a comment up to the next '>', if no other tag seems to begin before. A
 * line mark is none of the parser's business: what is behind one could become a
 * tag. */
static void scan_other(struct scanner *s, size_t at)
{
    str rest = str_from(s->in, at);
    size_t end = str_find_char(str_sub(rest, 0, str_find_char(rest, '<')), '>');
    bool comment = s->at + 1 < at || str_starts(rest, S("!")) ||
                   str_starts(rest, S("?"));

    if (comment && end != STR_NONE && rest.p[0] != HTML5_MARK)
        copy_to(s, at + end + 1);
    else
        put_escaped(s);
}

/* A tag at s->at, or something that only looks like one. */
static void scan_tag(struct scanner *s)
{
    str in = s->in;
    size_t at = s->at + 1, from;
    bool closing = at < in.n && in.p[at] == '/';

    at += closing;
    from = at;
    if (at == in.n || !ascii_is_alpha(in.p[at])) {
        scan_other(s, from);
        return;
    }
    while (at < in.n && !is_name_end(in.p[at]))
        at++;
    str name = str_sub(in, from, at - from);
    size_t known = html5_behaviour_find(name);
    size_t end = tag_end(s, at, known == HTML5_BEHAVIOURS && !closing);
    /* A tag that the text cuts off would vanish with what it holds, and so
     * would the words behind "RSS<XML) is ... </span>". */
    if (end == STR_NONE) {
        put_escaped(s);
        return;
    }
    enum html5_behaviour is = html5_behaviour(known);
    if (is == GONE) {
        skip_to(s, end);
        return;
    }
    if (closing) {
        html5_open_end(&s->open, name, is);
        copy_tag(s, at, end);
        return;
    }
    /* What is raw text there, and what a comment, is the parser's to say. */
    s->caps->held.off |= is == FOREIGN;
    if (!open_element(s, name, is))
        skip_to(s, end);
    else if (is == RAW || is == RAW_REST)
        scan_raw(s, name, known, end);
    else
        copy_tag(s, at, end);
}

/* Behind the comment whose text begins at AT, or STR_NONE. HTML, 13.2.5.43 and
 * the following. */
static size_t comment_end(str in, size_t at)
{
    str rest = str_from(in, at);

    if (str_starts(rest, S(">")) || str_starts(rest, S("->")))
        return at + 1 + (rest.p[0] == '-');
    for (size_t n; (n = str_find(rest, S("--"))) != STR_NONE;) {
        rest = str_from(rest, n + 2);
        if (str_starts(rest, S(">")) || str_starts(rest, S("!>")))
            return in.n - rest.n + 1 + (rest.p[0] == '!');
        rest = (str){ rest.p - 1, rest.n + 1 };
    }
    return STR_NONE;
}

/* A comment that nobody closes would swallow the rest of the post. */
static void scan_comment(struct scanner *s)
{
    size_t end = s->no_comment_end ? STR_NONE : comment_end(s->in, s->at + 4);

    if (end != STR_NONE) {
        copy_to(s, end);
        return;
    }
    s->no_comment_end = true;
    put_escaped(s);
}

void caps_apply(struct caps *c, str html, unsigned first_line, struct arena *a)
{
    struct scanner *s = arena_new(a, struct scanner);

    *c = (struct caps){ .depth = c->depth };
    s->caps = c;
    s->in = html;
    held_init(&c->held, html, a);
    s->line = first_line;
    s->arena = a;
    /* "<" can become "&lt;", and "&" "&amp;". */
    size_t extra = 0;
    for (size_t i = 0; i < html.n; i++)
        extra += html.p[i] == '<' || html.p[i] == '&';
    s->out = s->start = arena_bytes(a, html.n + 4 * extra + 1);
    *vec_push(&c->marks, a) = (struct caps_mark){ 0, first_line };
    while (s->at < html.n) {
        const char *from = html.p + s->at;
        const char *lt = memchr(from, '<', html.n - s->at);
        copy_text(s, lt ? (size_t)(lt - html.p) : html.n);
        if (!lt)
            break;
        if (str_starts(str_from(html, s->at), S("<!--")))
            scan_comment(s);
        else if (str_starts(str_from(html, s->at), S(CDATA)))
            scan_cdata(s);
        else
            scan_tag(s);
    }
    *s->out = '\0';
    c->html = (str){ s->start, (size_t)(s->out - s->start) };
}
