/* SPDX-License-Identifier: MIT */
#include "pdf/shapefont.h"

#include <stdlib.h>
#include <string.h>
#include <unictype.h>

#include "base/utf8.h"
#include "pdf/face.h"
#include "pdf/invisible.h"

/* Stands for a picture or a formula. */
#define OBJECT_REPLACEMENT 0xFFFC

#define REPORTED_BYTES (0x110000 / 8)

void font_chooser_done(struct font_chooser *ch)
{
    free(ch->reported);
    free(ch->reported_list);
}

void font_chooser_begin(struct font_chooser *ch, str path, struct diag *dg)
{
    ch->path = path;
    ch->dg = dg;
    for (size_t i = 0; i < ch->n_reported; i++)
        ch->reported[ch->reported_list[i] >> 3] = 0;
    ch->n_reported = 0;
}

static bool note_first(struct font_chooser *ch, uint32_t c)
{
    if (!ch->reported)
        ch->reported = calloc(REPORTED_BYTES, 1);
    if (!ch->reported)
        die("out of memory");
    if (ch->reported[c >> 3] >> (c & 7) & 1)
        return false;
    ch->reported[c >> 3] |= (uint8_t)(1u << (c & 7));
    if (ch->n_reported == ch->cap_reported) {
        ch->cap_reported = ch->cap_reported ? ch->cap_reported * 2 : 64;
        ch->reported_list = realloc(ch->reported_list,
                                    ch->cap_reported * sizeof(uint32_t));
        if (!ch->reported_list)
            die("out of memory");
    }
    ch->reported_list[ch->n_reported++] = c;
    return true;
}

/* A family that would have the character. */
static void name_family(uint32_t c, struct buf *out)
{
    const uc_script_t *script = uc_script(c);
    const char *name = script ? script->name : "Common";

    if (uc_is_general_category(c, UC_PRIVATE_USE)) {
        buf_puts(out, "it is for private use");
    } else if (strcmp(name, "Common") == 0 || strcmp(name, "Inherited") == 0) {
        buf_puts(out, "try the family 'Symbola' (apt install fonts-symbola) "
                      "or 'Noto Sans Symbols 2'");
    } else if (strcmp(name, "Han") == 0) {
        buf_puts(out, "try the family 'Noto Serif CJK' (apt install "
                      "fonts-noto-cjk) or 'Hanazono Mincho' (fonts-hanazono)");
    } else {
        buf_puts(out, "try the family 'Noto Sans ");
        for (; *name; name++)
            buf_putc(out, *name == '_' ? ' ' : *name);
        buf_puts(out, "' (apt install fonts-noto-core)");
    }
}

static void report_missing(struct font_chooser *ch, uint32_t c, unsigned line)
{
    struct buf hint = { 0 };
    char utf8[4];

    if (!ch->dg || !note_first(ch, c))
        return;
    int n = (int)utf8_encode(c, utf8);
    name_family(c, &hint);
    str family = buf_str(&hint);
    diag_add(ch->dg, DIAG_GLYPH_MISSING, ch->path, line,
             "no font has '%.*s' (U+%04X), drew a box; %.*s", n, utf8, c,
             STR_ARG(family));
    buf_done(&hint);
}

static void report_cluster(struct font_chooser *ch, const struct font *f,
                           str text, const struct cluster *k, unsigned line)
{
    for (size_t at = k->at; at < k->end;) {
        uint32_t c = utf8_next(text, &at);
        if (!is_invisible(c) && !face_covers(f, c))
            report_missing(ch, c, line);
    }
}

static const struct font *find_installed(struct font_chooser *ch, uint32_t c)
{
    size_t i = (c ^ c >> 8) % FONT_CACHE_SIZE;

    if (ch->cache[i].c != c) {
        ch->cache[i].c = c;
        ch->cache[i].font = fontset_find(ch->fs, c);
    }
    return ch->cache[i].font;
}

/* Spaces, controls and characters without ink are no reason to change the
 * font. */
static bool takes_any_font(const struct cluster *k)
{
    return k->c == ' ' || k->c == 0xA0 || is_control(k->c) ||
           (k->single && is_invisible(k->c));
}

uint32_t font_missing_mark(const struct font *f, uint32_t c)
{
    static const uint32_t marks[] = { 0xFFFD, 0x25A1, 0x3013, '?' };

    if (is_invisible(c) || face_covers(f, c))
        return c;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (face_covers(f, marks[i]))
            return marks[i];
    return 0xFFFD;
}

static const struct font *find_in_chain(const struct font_chain *chain,
                                        str text, const struct cluster *k)
{
    /* Italics are for the alphabets below General Punctuation. */
    uint32_t i = k->c < 0x2000 ? 0 : chain->n_latin;

    for (; i < chain->n; i++) {
        const struct font *f = font_chain_for(chain, i, text, k);
        if (f && f->kind != FONT_COLOR && cluster_covered(f, text, k))
            return f;
    }
    return NULL;
}

static const struct font *find_with(const struct font_chain *chain, uint32_t c)
{
    char utf8[4];
    str text = { utf8, utf8_encode(c, utf8) };
    struct cluster k = { .end = (uint32_t)text.n, .c = c, .single = true };

    for (uint32_t i = chain->n_latin; i < chain->n; i++) {
        const struct font *f = font_chain_for(chain, i, text, &k);
        if (f && f->kind != FONT_COLOR && face_covers(f, c))
            return f;
    }
    return NULL;
}

/* Where part of a cluster is missing its base stays readable. */
static const struct font *find_for_missing(const struct font_chain *chain,
                                           uint32_t base)
{
    const struct font *f = find_with(chain, base);

    if (!f)
        f = find_with(chain, 0xFFFD);
    return f ? f : font_chain_first(chain);
}

static size_t choice_at(const struct font_chain *chain, uint32_t c)
{
    return (c ^ (uintptr_t)chain >> 6) % FONT_CHOICES_KEPT;
}

static void remember(struct font_chooser *ch, const struct font_chain *chain,
                     uint32_t c, const struct font *f)
{
    size_t i = choice_at(chain, c);

    ch->chosen[i].chain = chain;
    ch->chosen[i].font = f;
    ch->chosen[i].c = c;
}

/* NULL: nothing is known. */
static const struct font *recall(const struct font_chooser *ch,
                                 const struct font_chain *chain, uint32_t c)
{
    size_t i = choice_at(chain, c);

    return ch->chosen[i].c == c && ch->chosen[i].chain == chain
               ? ch->chosen[i].font
               : NULL;
}

const struct font *font_choose(struct font_chooser *ch,
                               const struct font_chain *chain, str text,
                               const struct cluster *k,
                               const struct font *previous, unsigned line,
                               bool *missing)
{
    const struct font *emoji = fontset_emoji(ch->fs);
    const struct font *f = k->single ? recall(ch, chain, k->c) : NULL;

    *missing = false;
    if (f)
        return f;
    bool any = takes_any_font(k);
    if (any) {
        f = previous && previous->kind != FONT_COLOR ? previous
                                                     : font_chain_first(chain);
        if (face_covers(f, ' '))
            return f;
    }
    if (k->emoji && emoji && cluster_covered(emoji, text, k))
        return emoji;
    f = find_in_chain(chain, text, k);
    if (f && k->single && !any)
        remember(ch, chain, k->c, f);
    if (f)
        return f;
    if (emoji && cluster_covered(emoji, text, k))
        return emoji;
    f = find_installed(ch, k->c);
    if (f && cluster_covered(f, text, k))
        return f;
    f = find_for_missing(chain, k->c);
    /* Only its place is wanted. */
    if (k->c == OBJECT_REPLACEMENT)
        return f;
    *missing = true;
    report_cluster(ch, f, text, k, line);
    return f;
}
