/* SPDX-License-Identifier: MIT */
#include "convert/html5_caps.h"

#include <stdio.h>
#include <string.h>

#include "convert/html5.h"

/* What a start tag does to the stack of open elements. */
enum behaviour {
    PLAIN,
    VOID,       /* never open */
    FORMATTING, /* kept by the parser even when its parent closes */
    BLOCK,      /* ends an open <p> */
    PARAGRAPH,  /* <p>: ends an open <p> */
    ITEM,       /* <li>, <dd>, ...: ends one like itself */
    CELL,       /* <td>, <tr>, ...: ends cells and rows */
    SCOPE,      /* a wall for all of that */
    RAW         /* text up to its end tag */
};

static const struct {
    const char *name;
    enum behaviour is;
} behaviours[] = {
    { "a", FORMATTING },  { "address", BLOCK },     { "applet", SCOPE },
    { "area", VOID },     { "article", BLOCK },     { "aside", BLOCK },
    { "b", FORMATTING },  { "base", VOID },         { "basefont", VOID },
    { "bgsound", VOID },  { "big", FORMATTING },    { "blockquote", BLOCK },
    { "br", VOID },       { "button", SCOPE },      { "caption", SCOPE },
    { "center", BLOCK },  { "code", FORMATTING },   { "col", VOID },
    { "dd", ITEM },       { "details", BLOCK },     { "dir", SCOPE },
    { "div", BLOCK },     { "dl", SCOPE },          { "dt", ITEM },
    { "em", FORMATTING }, { "embed", VOID },        { "fieldset", BLOCK },
    { "figure", BLOCK },  { "font", FORMATTING },   { "footer", BLOCK },
    { "form", BLOCK },    { "frame", VOID },        { "h1", BLOCK },
    { "h2", BLOCK },      { "h3", BLOCK },          { "h4", BLOCK },
    { "h5", BLOCK },      { "h6", BLOCK },          { "header", BLOCK },
    { "hr", VOID },       { "i", FORMATTING },      { "iframe", RAW },
    { "image", VOID },    { "img", VOID },          { "input", VOID },
    { "keygen", VOID },   { "li", ITEM },           { "link", VOID },
    { "listing", BLOCK }, { "main", BLOCK },        { "marquee", SCOPE },
    { "meta", VOID },     { "nav", BLOCK },         { "nobr", FORMATTING },
    { "noembed", RAW },   { "noframes", RAW },      { "object", SCOPE },
    { "ol", SCOPE },      { "option", ITEM },       { "p", PARAGRAPH },
    { "param", VOID },    { "plaintext", RAW },     { "pre", BLOCK },
    { "rp", ITEM },       { "rt", ITEM },           { "s", FORMATTING },
    { "script", RAW },    { "section", BLOCK },     { "small", FORMATTING },
    { "source", VOID },   { "strike", FORMATTING }, { "strong", FORMATTING },
    { "style", RAW },     { "table", SCOPE },       { "tbody", CELL },
    { "td", CELL },       { "template", SCOPE },    { "textarea", RAW },
    { "tfoot", CELL },    { "th", CELL },           { "thead", CELL },
    { "title", RAW },     { "tr", CELL },           { "track", VOID },
    { "tt", FORMATTING }, { "u", FORMATTING },      { "ul", SCOPE },
    { "wbr", VOID },      { "xmp", RAW },
};
#define N_BEHAVIOURS (sizeof behaviours / sizeof *behaviours)

struct open_element {
    uint32_t name; /* a hash */
    enum behaviour is;
};

struct scanner {
    struct caps *caps;
    str in;
    size_t at;   /* next byte to read */
    char *out;   /* next byte to write */
    char *start; /* of the output */
    unsigned line;
    unsigned n_open, n_formatting;
    size_t n_elements;
    struct open_element open[CAPS_DEPTH];
    unsigned open_names[256];  /* how many are open, by hash */
    bool no_end[N_BEHAVIOURS]; /* no end tag of this raw element follows */
    bool no_quote[2];
    bool no_tag_end, no_comment_end;
    struct arena *arena;
};

static uint32_t hash_name(str s)
{
    uint32_t h = 2166136261u;

    for (size_t i = 0; i < s.n; i++)
        h = (h ^ (uint32_t)ascii_lower((unsigned char)s.p[i])) * 16777619u;
    return h;
}

static int compare_name(str s, const char *name)
{
    size_t i;

    for (i = 0; i < s.n && name[i]; i++) {
        int d = ascii_lower((unsigned char)s.p[i]) - (unsigned char)name[i];
        if (d != 0)
            return d;
    }
    return i < s.n ? 1 : name[i] ? -1 : 0;
}

/* The index in `behaviours`, or N_BEHAVIOURS. */
static size_t find_behaviour(str name)
{
    size_t low = 0, high = N_BEHAVIOURS;

    while (low < high) {
        size_t mid = low + (high - low) / 2;
        int d = compare_name(name, behaviours[mid].name);
        if (d == 0)
            return mid;
        if (d < 0)
            high = mid;
        else
            low = mid + 1;
    }
    return N_BEHAVIOURS;
}

static void put(struct scanner *s, const char *p, size_t n)
{
    memcpy(s->out, p, n);
    s->out += n;
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
        *vec_push(&s->caps->marks, s->arena) = (struct caps_mark){
            .offset = (size_t)(s->out - s->start), .line = line
        };
    }
}

/* Goes over input that is dropped, keeping its marks. */
static void skip_to(struct scanner *s, size_t to)
{
    char *out = s->out;

    copy_to(s, to);
    s->out = out;
    *vec_push(&s->caps->marks, s->arena) = (struct caps_mark){
        .offset = (size_t)(out - s->start), .line = s->line
    };
}

static void note(unsigned *where, const struct scanner *s)
{
    if (*where == 0)
        *where = s->line ? s->line : 1;
}

static void pop_to(struct scanner *s, unsigned n)
{
    while (s->n_open > n)
        s->open_names[s->open[--s->n_open].name & 255]--;
}

/* Which open elements a start tag ends. */
static bool ends(enum behaviour is, const struct open_element *e, uint32_t name)
{
    switch (is) {
    case BLOCK:
    case PARAGRAPH:
    case SCOPE:
        return e->is == PARAGRAPH;
    case ITEM:
        return e->is == ITEM;
    case CELL:
        return e->is == CELL && e->name == name;
    default:
        return false;
    }
}

static void end_implied(struct scanner *s, enum behaviour is, uint32_t name)
{
    for (unsigned i = s->n_open; i-- > 0;) {
        if (ends(is, &s->open[i], name)) {
            pop_to(s, i);
            return;
        }
        if (s->open[i].is == SCOPE || (is != CELL && s->open[i].is == CELL))
            return;
    }
}

static void push(struct scanner *s, enum behaviour is, uint32_t name)
{
    s->open[s->n_open++] = (struct open_element){ .name = name, .is = is };
    s->open_names[name & 255]++;
}

static void close_element(struct scanner *s, str name)
{
    uint32_t hash = hash_name(name);
    size_t known = find_behaviour(name);

    if (known < N_BEHAVIOURS && behaviours[known].is == FORMATTING &&
        s->n_formatting > 0)
        s->n_formatting--;
    if (s->open_names[hash & 255] == 0)
        return;
    for (unsigned i = s->n_open; i-- > 0;) {
        if (s->open[i].name == hash) {
            pop_to(s, i);
            return;
        }
    }
}

/* Decides on a start tag; false: it goes. */
static bool open_element(struct scanner *s, str name, enum behaviour is)
{
    uint32_t hash = hash_name(name);

    s->n_elements += 1 + s->n_formatting;
    if (s->n_elements > CAPS_ELEMENTS) {
        note(&s->caps->big_line, s);
        return false;
    }
    if (is == VOID || is == RAW)
        return true;
    end_implied(s, is, hash);
    if (s->n_open >= s->caps->depth ||
        (is == FORMATTING && s->n_formatting == CAPS_FORMATTING)) {
        note(&s->caps->deep_line, s);
        return false;
    }
    push(s, is, hash);
    s->n_formatting += is == FORMATTING;
    return true;
}

static bool is_space_or(char c, const char *others)
{
    return ascii_is_space(c) || (c && strchr(others, c));
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

/* A start tag of an element that holds raw text. One that nobody closes would
 * swallow the rest of the post: it is taken for text ("use the <script>
 * tag"). */
static void scan_raw(struct scanner *s, str name, size_t known, size_t end)
{
    size_t close = STR_NONE;

    if (!s->no_end[known] && strcmp(behaviours[known].name, "plaintext") != 0)
        close = raw_end(s, name, end);
    if (close == STR_NONE) {
        s->no_end[known] = true;
        put(s, "&lt;", 4);
        s->at++;
        return;
    }
    copy_tag(s, (size_t)(name.p - s->in.p) + name.n, end);
    copy_to(s, close);
}

static bool is_name_end(char c)
{
    return is_space_or(c, "/>");
}

/* Copies text up to TO, which holds no '<'. */
static void copy_text(struct scanner *s, size_t to)
{
    while (to - s->at >= CAPS_TEXT) {
        const char *from = s->in.p + s->at;
        const char *amp = memchr(from, '&', to - s->at);
        size_t n = amp ? (size_t)(amp - from) : to - s->at;
        if (n < CAPS_TEXT) {
            /* A character reference must not be torn. */
            size_t end = s->at + n + CAPS_REFERENCE;
            copy_to(s, end < to ? end : to);
            continue;
        }
        char *out = s->out, *text = arena_bytes(s->arena, n);
        s->out = text;
        size_t n_marks = s->caps->marks.n, end = s->at + n;
        copy_to(s, end);
        s->caps->marks.n = n_marks;
        str kept = { text, (size_t)(s->out - text) };
        s->out = out + sprintf(out, CAPS_HELD "%zu;", s->caps->texts.n);
        *vec_push(&s->caps->texts, s->arena) = kept;
        skip_to(s, end);
    }
    copy_to(s, to);
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
        copy_to(s, from);
        return;
    }
    while (at < in.n && !is_name_end(in.p[at]))
        at++;
    str name = str_sub(in, from, at - from);
    size_t known = find_behaviour(name);
    size_t end = tag_end(s, at, known == N_BEHAVIOURS && !closing);
    /* A tag that the text cuts off would vanish with what it holds, and so
     * would the words behind "RSS<XML) is ... </span>". */
    if (end == STR_NONE) {
        put(s, "&lt;", 4);
        s->at++;
        return;
    }
    if (closing) {
        close_element(s, name);
        copy_tag(s, at, end);
        return;
    }
    enum behaviour is = known < N_BEHAVIOURS ? behaviours[known].is : PLAIN;
    if (!open_element(s, name, is))
        skip_to(s, end);
    else if (is == RAW)
        scan_raw(s, name, known, end);
    else
        copy_tag(s, at, end);
}

/* A comment that nobody closes would swallow the rest of the post. */
static void scan_comment(struct scanner *s)
{
    str rest = str_from(s->in, s->at + 4);
    size_t end = s->no_comment_end ? STR_NONE : str_find(rest, S("-->"));

    if (end != STR_NONE) {
        copy_to(s, s->at + 4 + end + 3);
        return;
    }
    s->no_comment_end = true;
    put(s, "&lt;", 4);
    s->at++;
}

void caps_apply(struct caps *c, str html, unsigned first_line, struct arena *a)
{
    struct scanner *s = arena_new(a, struct scanner);

    *c = (struct caps){ .depth = c->depth };
    s->caps = c;
    s->in = html;
    s->line = first_line;
    s->arena = a;
    /* "<" can become "&lt;". */
    size_t extra = 0;
    for (size_t i = 0; i < html.n; i++)
        extra += html.p[i] == '<';
    s->out = s->start = arena_bytes(a, html.n + 3 * extra + 1);
    *vec_push(&c->marks, a) = (struct caps_mark){ 0, first_line };
    while (s->at < html.n) {
        const char *from = html.p + s->at;
        const char *lt = memchr(from, '<', html.n - s->at);
        copy_text(s, lt ? (size_t)(lt - html.p) : html.n);
        if (!lt)
            break;
        if (str_starts(str_from(html, s->at), S("<!--")))
            scan_comment(s);
        else
            scan_tag(s);
    }
    *s->out = '\0';
    c->html = (str){ s->start, (size_t)(s->out - s->start) };
}
