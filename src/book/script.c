/* SPDX-License-Identifier: MIT */
#include "book/script.h"

#include <string.h>

#include "book/reader.h"

#define CONSTANTS_MAX   100
#define DECLARATION_MAX 1000 /* bytes in front of a value */

/* An open bracket; MAP: an object whose entries are taken. */
struct frame {
    char close;
    struct value *map, *last;
    bool at_key, at_value; /* the next token is a key, is the whole value */
    str key;
};

struct script {
    struct arena *a;
    str text;
    size_t at;
    unsigned line;
    char before; /* the last character that is no blank or comment */
    struct frame stack[READ_DEPTH_MAX];
    size_t depth, n_values;
    struct frame top;  /* its map is the result */
    bool has_settings; /* the object of settings was met */
    bool stopped;
};

static char look(const struct script *s, size_t ahead)
{
    return s->at + ahead < s->text.n ? s->text.p[s->at + ahead] : '\0';
}

static void step(struct script *s, size_t n)
{
    for (; n > 0 && s->at < s->text.n; n--)
        s->line += s->text.p[s->at++] == '\n';
}

static void skip_to(struct script *s, str mark)
{
    size_t found = str_find(str_from(s->text, s->at), mark);

    step(s, found == STR_NONE ? s->text.n : found + mark.n);
}

static void skip_blanks(struct script *s)
{
    for (;;) {
        char c = look(s, 0), next = look(s, 1);
        if (ascii_is_space((unsigned char)c))
            step(s, 1);
        else if (c == '/' && next == '/')
            skip_to(s, S("\n"));
        else if (c == '/' && next == '*')
            skip_to(s, S("*/"));
        else
            return;
    }
}

static bool is_word(char c)
{
    return ascii_is_alnum((unsigned char)c) || c == '_' || c == '$' ||
           (unsigned char)c >= 0x80;
}

static str read_word(struct script *s)
{
    size_t from = s->at;

    while (is_word(look(s, 0)))
        step(s, 1);
    return str_sub(s->text, from, s->at - from);
}

/* Moves behind the text that begins here. *PLAIN: it says what stands there,
 * without escapes and parts to be computed. */
static str read_string(struct script *s, bool *plain)
{
    char mark = look(s, 0);

    step(s, 1);
    size_t from = s->at;
    *plain = true;
    for (; s->at < s->text.n && look(s, 0) != mark; step(s, 1)) {
        char c = look(s, 0);
        if (c == '\n' && mark != '`')
            break;
        if (c == '\\' || (c == '$' && look(s, 1) == '{') || c == '\n')
            *plain = false;
        if (c == '$' && look(s, 1) == '{' && mark == '`')
            s->stopped = true;
        if (c == '\\')
            step(s, 1);
    }
    str text = str_sub(s->text, from, s->at - from);
    if (look(s, 0) != mark || s->at >= s->text.n)
        s->stopped = true;
    step(s, 1);
    return text;
}

static struct value *add(struct script *s, struct frame *f,
                         enum value_kind kind)
{
    struct value *v = arena_new(s->a, struct value);

    *v = (struct value){ .kind = kind,
                         .line = s->line,
                         .quoted = true,
                         .key = arena_dup(s->a, f->key) };
    *(f->last ? &f->last->next : &f->map->first) = v;
    f->last = v;
    s->stopped = s->stopped || ++s->n_values > READ_VALUES_MAX;
    return v;
}

/* What stands on the line in front of what is next; of a longer one, which is
 * no declaration's, a part. */
static str line_so_far(const struct script *s)
{
    size_t n = s->at < DECLARATION_MAX ? s->at : DECLARATION_MAX;
    str before = str_sub(s->text, s->at - n, n);

    return str_trim_left(str_from(before, str_rfind_char(before, '\n') + 1));
}

/* Of "const NAME = " and "export const NAME: Type = " the name. */
static str constant_here(const struct script *s)
{
    str line = line_so_far(s);
    size_t n = 0;

    if (str_starts(line, S("export ")))
        line = str_trim_left(str_from(line, strlen("export ")));
    if (!str_starts(line, S("const ")))
        return (str){ 0 };
    line = str_trim_left(str_from(line, strlen("const ")));
    while (n < line.n && is_word(line.p[n]))
        n++;
    return str_ends(str_trim_right(line), S("=")) ? str_sub(line, 0, n)
                                                  : (str){ 0 };
}

/* Is the bracket here the object of settings? */
static bool opens_settings(const struct script *s)
{
    static const str names[] = { STR_INIT("config"), STR_INIT("siteConfig"),
                                 STR_INIT("siteMetadata"), STR_INIT("SITE") };
    str line = line_so_far(s), constant = constant_here(s);

    return STR_IS_AMONG(constant, names) ||
           str_starts(line, S("export default")) ||
           str_starts(line, S("module.exports"));
}

static struct value *map_here(struct script *s, struct frame *up)
{
    if (up && up->map && up->at_value)
        return add(s, up, VALUE_MAP);
    for (size_t i = 0; i < s->depth; i++)
        if (s->stack[i].close != ')')
            return NULL;
    if (s->has_settings || !opens_settings(s))
        return NULL;
    s->has_settings = true;
    return s->top.map;
}

static void open_bracket(struct script *s, char close)
{
    struct frame *up = s->depth ? &s->stack[s->depth - 1] : NULL;
    struct value *map = close == '}' ? map_here(s, up) : NULL;

    if (up)
        up->at_value = false;
    if (s->depth == READ_DEPTH_MAX) {
        s->stopped = true;
        return;
    }
    s->stack[s->depth++] = (struct frame){
        .close = close,
        .map = map,
        .last = map == s->top.map ? s->top.last : NULL,
        .at_key = map != NULL,
    };
}

static void close_bracket(struct script *s, char c)
{
    if (s->depth == 0 || s->stack[s->depth - 1].close != c)
        s->stopped = true;
    else
        s->depth--;
}

/* KEY of F, if a colon follows. */
static void take_key(struct script *s, struct frame *f, str key)
{
    f->at_key = f->at_value = false;
    skip_blanks(s);
    if (look(s, 0) != ':')
        return;
    step(s, 1);
    f->key = key;
    f->at_value = true;
}

/* const SITE_TITLE = 'text' */
static void take_constant(struct script *s, str name, str text)
{
    s->top.key = name;
    if (s->n_values < CONSTANTS_MAX)
        add(s, &s->top, VALUE_TEXT)->text = arena_dup(s->a, text);
}

static void take_string(struct script *s, struct frame *f)
{
    bool plain;
    str name = s->depth == 0 && !s->has_settings ? constant_here(s)
                                                 : (str){ 0 };
    str text = read_string(s, &plain);

    if (!s->stopped && plain && name.n > 0)
        take_constant(s, name, text);
    if (s->stopped || !f || !f->map)
        return;
    if (f->at_key) {
        take_key(s, f, text);
        return;
    }
    skip_blanks(s);
    if (f->at_value && plain && (look(s, 0) == ',' || look(s, 0) == '}'))
        add(s, f, VALUE_TEXT)->text = arena_dup(s->a, text);
    f->at_value = false;
}

/* A slash where a value may stand begins a regular expression, in which
 * brackets mean nothing. */
static void take_slash(struct script *s)
{
    s->stopped = str_find_char(S("(,=:[!&|?{};+"), s->before) != STR_NONE ||
                 s->before == '\0';
    step(s, 1);
}

static void take_mark(struct script *s, struct frame *f, char c)
{
    static const char opening[] = "{[(", closing[] = "}])";
    const char *open = strchr(opening, c), *close = strchr(closing, c);

    if (open) {
        open_bracket(s, closing[open - opening]);
    } else if (close) {
        close_bracket(s, c);
    } else if (f) {
        f->at_value = false;
        f->at_key = c == ',' && f->map;
    }
    step(s, 1);
}

static void take_token(struct script *s)
{
    struct frame *f = s->depth ? &s->stack[s->depth - 1] : NULL;
    char c = look(s, 0);

    if (c == '\'' || c == '"' || c == '`') {
        take_string(s, f);
    } else if (is_word(c)) {
        str word = read_word(s);
        if (f && f->at_key)
            take_key(s, f, word);
        else if (f)
            f->at_value = false;
        c = 'x';
    } else if (c == '/') {
        take_slash(s);
    } else if (c == '\0') {
        s->stopped = true;
    } else {
        take_mark(s, f, c);
    }
    s->before = f && f->at_value ? ':' : c;
}

struct value *script_read(str text, struct arena *a)
{
    struct script s = { .a = a, .text = text, .line = 1 };

    s.top.map = arena_new(a, struct value);
    s.top.map->kind = VALUE_MAP;
    s.top.map->line = 1;
    for (skip_blanks(&s); s.at < text.n && !s.stopped; skip_blanks(&s))
        take_token(&s);
    return s.top.map;
}
