/* SPDX-License-Identifier: MIT */
#include "pdf/fontuse.h"

#include "pdf/face.h"

static uint32_t hash_of(uint32_t font, uint32_t glyph)
{
    uint32_t key = font << 16 ^ glyph;

    key *= 0x9E3779B1u;
    return key ^ key >> 15;
}

static struct glyph_slot *find_slot(const struct font_uses *u, uint32_t font,
                                    uint32_t glyph)
{
    uint32_t mask = u->n_slots - 1;

    for (uint32_t i = hash_of(font, glyph) & mask;; i = (i + 1) & mask) {
        struct glyph_slot *slot = &u->slots[i];
        if (slot->at == 0 || (slot->glyph == glyph && slot->font == font))
            return slot;
    }
}

/* Keeps at least half of the slots free. */
static void make_room(struct font_uses *u)
{
    const struct glyph_slot *old = u->slots;
    uint32_t n_old = u->n_slots;

    if (u->items.n * 2 < n_old)
        return;
    u->n_slots = n_old ? n_old * 2 : 512;
    u->slots = arena_array(u->arena, struct glyph_slot, u->n_slots);
    for (uint32_t i = 0; i < n_old; i++)
        if (old[i].at)
            *find_slot(u, old[i].font, old[i].glyph) = old[i];
}

static struct glyph_slot *add_slot(struct font_uses *u, const struct font *f,
                                   uint32_t glyph)
{
    make_room(u);
    struct glyph_slot *slot = find_slot(u, f->index, glyph);
    *vec_push(&u->items, u->arena) = (struct glyph_use){ .font = f,
                                                         .glyph = glyph };
    *slot = (struct glyph_slot){ .at = (uint32_t)u->items.n,
                                 .font = f->index,
                                 .glyph = glyph };
    return slot;
}

static void add_use(struct font_uses *u, const struct font *f, uint32_t glyph,
                    str text)
{
    struct glyph_slot *slot = u->n_slots ? find_slot(u, f->index, glyph) : NULL;

    if (!slot || slot->at == 0)
        slot = add_slot(u, f, glyph);
    if (slot->said)
        return;
    slot->said = glyph < f->n_glyphs && f->face->chars[glyph];
    if (!slot->said && text.n) {
        u->items.v[slot->at - 1].text = arena_dup(u->arena, text);
        slot->said = true;
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
