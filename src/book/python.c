/* SPDX-License-Identifier: MIT */
#include "book/reader.h"
#include "book/script.h"

static bool is_name(char c)
{
    return ascii_is_alnum((unsigned char)c) || c == '_';
}

static bool is_end(str rest)
{
    rest = str_trim(rest);
    return rest.n == 0 || rest.p[0] == '#';
}

/* 'text' or "text" without escapes and nothing behind it. */
static bool read_literal(str s, str *text)
{
    if (str_starts(s, S("u'")) || str_starts(s, S("u\"")))
        s = str_from(s, 1);
    if (s.n < 2 || (s.p[0] != '\'' && s.p[0] != '"'))
        return false;
    size_t end = str_find_char(str_from(s, 1), s.p[0]);
    if (end == STR_NONE)
        return false;
    *text = str_sub(s, 1, end);
    return str_find_char(*text, '\\') == STR_NONE &&
           is_end(str_from(s, end + 2));
}

static bool read_assignment(str line, str *name, str *text)
{
    *name = str_cut_while(&line, is_name);
    line = str_trim_left(line);
    if (name->n == 0 || !str_starts(line, S("=")))
        return false;
    return read_literal(str_trim_left(str_from(line, 1)), text);
}

/* Does LINE leave a text in three quotes open, or close the one that is? */
static bool turns(str line, str mark)
{
    bool odd = false;
    size_t at;

    while ((at = str_find(line, mark)) != STR_NONE) {
        odd = !odd;
        line = str_from(line, at + mark.n);
    }
    return odd;
}

struct value *python_read(str text, struct arena *a)
{
    struct value *root = arena_new(a, struct value), *last = NULL;
    str line, name, literal;
    bool inside = false;
    unsigned n = 0;

    root->kind = VALUE_MAP;
    root->line = 1;
    for (size_t i = 0; i < READ_VALUES_MAX && str_next_line(&text, &line);) {
        n++;
        bool turn = turns(line, S("\"\"\"")) != turns(line, S("'''"));
        if (!inside && !turn && read_assignment(line, &name, &literal)) {
            struct value *v = arena_new(a, struct value);
            *v = (struct value){ .kind = VALUE_TEXT,
                                 .line = n,
                                 .quoted = true,
                                 .key = arena_dup(a, name),
                                 .text = arena_dup(a, literal) };
            *(last ? &last->next : &root->first) = v;
            last = v;
            i++;
        }
        inside = inside != turn;
    }
    return root;
}
