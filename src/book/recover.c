/* SPDX-License-Identifier: MIT */
#include "book/recover.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "book/header.h"

/* One entry of the header, from a known key to the next. */
struct region {
    str text;
    str key;
    str value; /* untrimmed */
    unsigned line;
};

struct regions {
    struct region *v;
    size_t n, cap;
};

struct job {
    struct arena *a;
    struct recovery *rec;
    struct str_vec requoted, literal; /* keys */
};

static bool yaml_allows(uint32_t c)
{
    return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c < 0x7F) ||
           c == 0x85 || (c >= 0xA0 && c < 0xFFFE) || c >= 0x10000;
}

/* What YAML forbids, and where it stood first; line 0: nowhere. */
struct forbidden {
    unsigned line;
    bool controls, tabs;
};

/* TEXT without what YAML forbids: controls go, tabs that indent become
 * blanks. */
static str strip_forbidden(str text, unsigned first, struct arena *a,
                           struct forbidden *f)
{
    struct buf out = { 0 };
    bool indent = true;

    *f = (struct forbidden){ 0 };
    for (size_t at = 0; at < text.n;) {
        size_t from = at;
        uint32_t c = utf8_next(text, &at);
        bool tab = indent && c == '\t', bad = tab || !yaml_allows(c);
        if (tab)
            buf_puts(&out, "  ");
        else if (!bad)
            buf_put(&out, str_sub(text, from, at - from));
        f->tabs = f->tabs || tab;
        f->controls = f->controls || (bad && !tab);
        if (bad && f->line == 0)
            f->line = first;
        first += c == '\n';
        indent = c == '\n' || (indent && (c == ' ' || c == '\t'));
    }
    str clean = arena_dup(a, buf_str(&out));
    buf_done(&out);
    return clean;
}

/* The key in front of the colon that ends at VALUE. */
static str key_before(str row, size_t value)
{
    str key = str_sub(row, 0, value);

    key.n -= str_ends(key, S("：")) ? 3 : 1;
    return str_trim(key);
}

static struct regions cut_regions(str text, unsigned line, struct arena *a)
{
    struct regions all = { 0 };
    str rest = text, row;

    for (; rest.n > 0; line++) {
        str from = rest;
        size_t value;
        str_next_line(&rest, &row);
        if (known_key_of_line(row, &value)) {
            *vec_push(&all, a) = (struct region){
                .text = { from.p, 0 },
                .key = key_before(row, value),
                .value = { from.p + value, 0 },
                .line = line,
            };
        }
        if (all.n == 0)
            continue;
        struct region *r = &all.v[all.n - 1];
        const char *end = rest.n ? rest.p : text.p + text.n;
        r->text.n = (size_t)(end - r->text.p);
        r->value.n = (size_t)(end - r->value.p);
    }
    return all;
}

/* S in quotes of its own kind: a single one inside is doubled, a double one
 * gets a backslash unless it has one. */
static void put_quoted(struct buf *out, str s, char quote)
{
    buf_putc(out, quote);
    for (size_t i = 0; i < s.n; i++) {
        if (quote == '"' && s.p[i] == '\\' && i + 1 < s.n) {
            buf_putc(out, s.p[i++]);
        } else if (s.p[i] == quote) {
            buf_putc(out, quote == '"' ? '\\' : '\'');
        }
        buf_putc(out, s.p[i]);
    }
    buf_putc(out, quote);
}

static bool is_quoted(str s)
{
    return s.n >= 2 && (s.p[0] == '\'' || s.p[0] == '"') &&
           s.p[s.n - 1] == s.p[0];
}

/* Bytes of the quoted item at the start of S: it ends only at its quote
 * followed by ", '" or by the end. */
static size_t quoted_item(str s)
{
    for (size_t i = 1; i < s.n; i++) {
        if (s.p[i] != s.p[0])
            continue;
        str rest = str_trim_left(str_from(s, i + 1));
        if (rest.n == 0)
            return i + 1;
        if (rest.p[0] != ',')
            continue;
        rest = str_trim_left(str_from(rest, 1));
        if (rest.n == 0 || rest.p[0] == s.p[0])
            return i + 1;
    }
    return s.n;
}

static void requote_list(struct buf *out, str inner)
{
    buf_putc(out, '[');
    while (inner.n > 0) {
        str item = str_trim_left(inner);
        buf_put(out, str_sub(inner, 0, inner.n - item.n));
        bool quote = item.n > 0 && (item.p[0] == '\'' || item.p[0] == '"');
        size_t comma = str_find_char(item, ',');
        size_t n = quote               ? quoted_item(item)
                   : comma == STR_NONE ? item.n
                                       : comma;
        str text = str_sub(item, 0, n);
        if (is_quoted(text))
            put_quoted(out, str_sub(text, 1, n - 2), text.p[0]);
        else
            buf_put(out, text);
        inner = str_from(item, n);
        size_t gap = str_find_char(inner, ',');
        if (gap == STR_NONE)
            break;
        buf_put(out, str_sub(inner, 0, gap + 1));
        inner = str_from(inner, gap + 1);
    }
    buf_putc(out, ']');
}

/* Writes VALUE with its quotes repaired; false if it has none. */
static bool requote(struct buf *out, str value)
{
    if (is_quoted(value)) {
        put_quoted(out, str_sub(value, 1, value.n - 2), value.p[0]);
        return true;
    }
    if (value.n >= 2 && value.p[0] == '[' && value.p[value.n - 1] == ']') {
        requote_list(out, str_sub(value, 1, value.n - 2));
        return true;
    }
    return false;
}

static bool is_readable(const struct region *r, struct arena *a)
{
    struct read_error err;
    const struct value *v = yaml_read(r->text, r->line, a, &err);

    return v && v->kind == VALUE_MAP;
}

/* The region with repaired quotes, on as many lines as before. An unknown key
 * may follow a value of one line: then only that line is repaired. */
static str repair_region(const struct region *r, struct job *j)
{
    str value = str_trim(r->value), rest = { 0 };
    struct buf out = { 0 };

    buf_put(&out, r->key);
    buf_puts(&out, ": ");
    bool done = requote(&out, value);
    if (!done) {
        rest = value;
        str row = str_trim(str_cut(&rest, '\n'));
        done = requote(&out, row);
    }
    buf_putc(&out, '\n');
    buf_put(&out, rest);
    /* line feeds that the trimming took */
    for (size_t i = value.n ? (size_t)(value.p - r->value.p) + value.n : 0;
         i < r->value.n; i++)
        if (r->value.p[i] == '\n')
            buf_putc(&out, '\n');
    str text = done ? arena_dup(j->a, buf_str(&out)) : r->text;
    buf_done(&out);
    if (done)
        *vec_push(&j->requoted, j->a) = r->key;
    return text;
}

static void note_line(struct job *j, unsigned line)
{
    j->rec->repaired = true;
    if (j->rec->line == 0 || line < j->rec->line)
        j->rec->line = line;
}

/* The third step: the header put together again. */
static struct value *read_requoted(struct regions *all, struct job *j,
                                   struct read_error *err)
{
    struct buf whole = { 0 };

    for (size_t i = 0; i < all->n; i++) {
        struct region *r = &all->v[i];
        if (!is_readable(r, j->a)) {
            note_line(j, r->line);
            r->text = repair_region(r, j);
        }
        buf_put(&whole, r->text);
    }
    str text = arena_dup(j->a, buf_str(&whole));
    buf_done(&whole);
    struct value *v = yaml_read(text, all->v[0].line, j->a, err);
    return v && v->kind == VALUE_MAP ? v : NULL;
}

static void strip_quotes(str *s)
{
    if (is_quoted(*s))
        *s = str_sub(*s, 1, s->n - 2);
}

static struct value *literal_entry(const struct region *r, struct arena *a)
{
    struct value *v = arena_new(a, struct value);
    str text = str_trim(r->value);

    strip_quotes(&text);
    v->kind = VALUE_TEXT;
    v->quoted = true;
    v->line = r->line;
    v->key = arena_dup(a, r->key);
    v->text = arena_dup(a, text);
    return v;
}

/* The last step: every region alone. */
static struct value *read_apart(const struct regions *all, struct job *j)
{
    struct value *map = arena_new(j->a, struct value);
    struct value **end = &map->first;
    struct read_error err;

    map->kind = VALUE_MAP;
    map->line = all->v[0].line;
    for (size_t i = 0; i < all->n; i++) {
        const struct region *r = &all->v[i];
        struct value *v = yaml_read(r->text, r->line, j->a, &err);
        if (v && v->kind == VALUE_MAP) {
            *end = v->first;
        } else {
            *end = literal_entry(r, j->a);
            note_line(j, r->line);
            *vec_push(&j->literal, j->a) = r->key;
        }
        while (*end)
            end = &(*end)->next;
    }
    return map;
}

/* More keys are only counted in a message. */
#define KEYS_SHOWN 4

static void put_keys(struct buf *b, const char *what,
                     const struct str_vec *keys)
{
    for (size_t i = 0; i < keys->n && i < KEYS_SHOWN; i++) {
        if (i == 0)
            buf_printf(b, "%s%s", b->n ? "; " : "", what);
        buf_printf(b, "%s'%.*s'", i ? ", " : " ", STR_ARG(keys->v[i]));
    }
    if (keys->n > KEYS_SHOWN)
        buf_printf(b, " and %zu more", keys->n - KEYS_SHOWN);
}

static void describe(struct job *j, const struct forbidden *f)
{
    struct buf b = { 0 };

    if (f->controls)
        buf_puts(&b, "removed control characters");
    if (f->tabs)
        buf_printf(&b, "%smade blanks of tabs", b.n ? "; " : "");
    put_keys(&b, "escaped the quotes inside", &j->requoted);
    put_keys(&b, "took to the letter", &j->literal);
    j->rec->what = arena_dup(j->a, buf_str(&b));
    buf_done(&b);
}

struct value *yaml_recover(str text, unsigned line, struct arena *a,
                           struct recovery *rec, struct read_error *err)
{
    struct read_error ignored;
    struct job j = { .a = a, .rec = rec };
    struct forbidden f;

    *rec = (struct recovery){ 0 };
    struct value *v = yaml_read(text, line, a, err);
    if (v && (v->kind == VALUE_MAP || v->kind == VALUE_NULL))
        return v;
    if (v)
        *err = (struct read_error){ 0 };
    text = strip_forbidden(text, line, a, &f);
    if (f.line) {
        note_line(&j, f.line);
        v = yaml_read(text, line, a, &ignored);
    }
    if (!v || v->kind != VALUE_MAP) {
        struct regions all = cut_regions(text, line, a);
        if (all.n == 0 || all.n > READ_VALUES_MAX)
            return NULL;
        v = read_requoted(&all, &j, &ignored);
        if (!v)
            v = read_apart(&all, &j);
    }
    describe(&j, &f);
    return v;
}
