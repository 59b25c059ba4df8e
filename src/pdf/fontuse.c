/* SPDX-License-Identifier: MIT */
#include "pdf/fontuse.h"

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

static struct glyph_slot *add_slot(struct font_uses *u, struct glyph_use use)
{
    make_room(u);
    struct glyph_slot *slot = find_slot(u, use.font->index, use.glyph);
    *vec_push(&u->items, u->arena) = use;
    *slot = (struct glyph_slot){ .at = (uint32_t)u->items.n,
                                 .font = use.font->index,
                                 .glyph = use.glyph,
                                 .said = use.told };
    return slot;
}

/* NULL: it is not there. */
static struct glyph_slot *known_slot(const struct font_uses *u, uint32_t font,
                                     uint32_t glyph)
{
    struct glyph_slot *slot = u->n_slots ? find_slot(u, font, glyph) : NULL;

    return slot && slot->at ? slot : NULL;
}

static void add_text(struct font_uses *u, struct glyph_slot *slot, str text)
{
    if (slot->said || !text.n)
        return;
    u->items.v[slot->at - 1].text = arena_dup(u->arena, text);
    slot->said = true;
}

void font_uses_add(struct font_uses *u, const struct font *f,
                   const struct glyph *glyphs, uint32_t n, str text)
{
    for (uint32_t i = 0; i < n; i++) {
        const struct glyph *g = &glyphs[i];
        struct glyph_slot *slot = known_slot(u, f->index, g->id);
        if (!slot)
            slot = add_slot(
                u, (struct glyph_use){ .font = f,
                                       .glyph = g->id,
                                       .told = font_char(f, g->id) != 0 });
        if (!slot->said)
            add_text(u, slot, str_sub(text, g->text_at, g->text_n));
    }
}

void font_uses_merge(struct font_uses *into, const struct font_uses *from)
{
    for (size_t i = 0; i < from->items.n; i++) {
        const struct glyph_use *use = &from->items.v[i];
        struct glyph_slot *slot = known_slot(into, use->font->index,
                                             use->glyph);
        if (!slot)
            slot = add_slot(into, (struct glyph_use){ .font = use->font,
                                                      .glyph = use->glyph,
                                                      .told = use->told });
        add_text(into, slot, use->text);
    }
}
