/* SPDX-License-Identifier: MIT */
#include "convert/source_notes.h"

#include "base/utf8.h"
#include "convert/source_chars.h"
#include "convert/source_inline.h"

/* Does "(...)" make a link of the brackets in front of it? */
static bool is_link_end(str s)
{
    size_t close = str_find_char(s, ')');

    return s.n > 0 && s.p[0] == '(' && close != STR_NONE &&
           str_find_char(str_sub(s, 0, close), ' ') == STR_NONE;
}

void source_find_references(struct source *s)
{
    str text = buf_str(&s->block);
    struct inline_walk w;
    size_t at;

    if (!s->has_notes || str_find(text, S("[^")) == STR_NONE)
        return;
    inline_init(&w, text);
    while ((at = inline_find(&w, "[[[")) != STR_NONE) {
        w.at = at + 1;
        if (at + 1 == text.n || text.p[at + 1] != '^')
            continue;
        str label = str_from(text, at + 2);
        label.n = str_find_char(str_sub(label, 0, SOURCE_LABEL_MAX), ']');
        if (label.n == STR_NONE || label.n == 0)
            continue;
        w.at = at + 2 + label.n;
        if (!is_link_end(str_sub(text, w.at + 1, SOURCE_LABEL_MAX)))
            map_put(&s->references,
                    arena_dup(&s->scratch, utf8_fold(label, &s->scratch)), s);
    }
}

static bool is_unused(const struct source *s, struct map *seen, str label)
{
    void **other = map_at(seen, label);
    bool again = *other != NULL;

    *other = (void *)s;
    return again || !map_find(&s->references, label);
}

void source_show_unused_notes(struct source *s)
{
    str text = buf_str(&s->out);
    struct map seen;
    size_t done = 0;

    map_init(&seen, &s->scratch);
    buf_reset(&s->work);
    for (size_t i = 0; i < s->notes.n; i++) {
        const struct source_note *note = &s->notes.v[i];
        if (!is_unused(s, &seen, note->label))
            continue;
        buf_put(&s->work, str_sub(text, done, note->at - done));
        buf_puts(&s->work, "+ ");
        buf_putc(&s->work, PLAIN_BRACKET);
        done = note->at + 1;
    }
    if (done == 0)
        return;
    buf_put(&s->work, str_from(text, done));
    struct buf before = s->out;
    s->out = s->work;
    s->work = before;
}
