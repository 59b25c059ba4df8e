/* SPDX-License-Identifier: MIT */
#include "pdf/fontuse.h"

#include "pdf/face.h"

static uint32_t hash_of(const struct font *f, uint32_t glyph)
{
    uint32_t key = f->index << 16 ^ glyph;

    key *= 0x9E3779B1u;
    return key ^ key >> 15;
}

static uint32_t *find_slot(const struct font_uses *u, const struct font *f,
                           uint32_t glyph)
{
    uint32_t mask = u->n_slots - 1;

    for (uint32_t i = hash_of(f, glyph) & mask;; i = (i + 1) & mask) {
        uint32_t at = u->slots[i];
        if (at == 0)
            return &u->slots[i];
        const struct glyph_use *use = &u->items.v[at - 1];
        if (use->glyph == glyph && use->font == f)
            return &u->slots[i];
    }
}

/* Keeps at least half of the slots free. */
static void make_room(struct font_uses *u)
{
    if (u->items.n * 2 < u->n_slots)
        return;
    u->n_slots = u->n_slots ? u->n_slots * 2 : 512;
    u->slots = arena_array(u->arena, uint32_t, u->n_slots);
    for (size_t i = 0; i < u->items.n; i++) {
        const struct glyph_use *use = &u->items.v[i];
        *find_slot(u, use->font, use->glyph) = (uint32_t)i + 1;
    }
}

static void add_use(struct font_uses *u, const struct font *f, uint32_t glyph,
                    str text)
{
    uint32_t *slot = u->n_slots ? find_slot(u, f, glyph) : NULL;
    if (!slot || *slot == 0) {
        make_room(u);
        slot = find_slot(u, f, glyph);
        *vec_push(&u->items, u->arena) = (struct glyph_use){ .font = f,
                                                             .glyph = glyph };
        *slot = (uint32_t)u->items.n;
    }
    struct glyph_use *use = &u->items.v[*slot - 1];
    if (use->said)
        return;
    use->said = glyph < f->n_glyphs && f->face->chars[glyph];
    if (!use->said && text.n) {
        use->text = arena_dup(u->arena, text);
        use->said = true;
    }
}

void font_uses_add(struct font_uses *u, const struct font *f,
                   const struct glyph *glyphs, uint32_t n, str text)
{
    for (uint32_t i = 0; i < n; i++)
        add_use(u, f, glyphs[i].id,
                str_sub(text, glyphs[i].text_at, glyphs[i].text_n));
}

void font_uses_merge(struct font_uses *into, const struct font_uses *from)
{
    for (size_t i = 0; i < from->items.n; i++) {
        const struct glyph_use *use = &from->items.v[i];
        add_use(into, use->font, use->glyph, use->text);
    }
}
