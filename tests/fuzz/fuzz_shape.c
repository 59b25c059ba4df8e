/* SPDX-License-Identifier: MIT */
/* A font's file, all the way into a PDF: any bytes as the only font there is.
 * Text is set in it, and the glyphs it came to are cut out of it. */
#include <stdint.h>

#include "pdf/emoji.h"
#include "pdf/shape.h"
#include "pdf/subset.h"
#include "scratch.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct {
    const char *lang;
    str text;
} texts[] = {
    { "en",
      STR_INIT("AVA fi ffl 1/2, a\xCC\x81 e\xCC\x88\xCC\xA7 \"ab\" bca") },
    { "ko", STR_INIT("\xED\x95\x9C\xEA\xB8\x80 \xE1\x84\x92\xE1\x85\xA1"
                     "\xE1\x86\xAB A\xE3\x80\x82") },
    { "ar", STR_INIT("\xD8\xA7\xD9\x84\xD8\xB3\xD9\x84\xD8\xA7\xD9\x85 12 a") },
    { "hi", STR_INIT("\xE0\xA4\x95\xE0\xA5\x8D\xE0\xA4\xB7\xE0\xA4\xBF") },
    { "und", STR_INIT("\xF0\x9F\x98\x80\xF0\x9F\x91\xA9\xE2\x80\x8D"
                      "\xF0\x9F\x92\xBB \xE2\x9D\xA4\xEF\xB8\x8F 1\xE2\x83"
                      "\xA3") },
};

struct run {
    struct arena a;
    struct diag dg;
    struct fontset *fs;
    struct font_uses uses;
};

static struct shape_style style_of(struct run *r, size_t i, bool fancy)
{
    struct font_query q = { .role = fancy ? FONT_MONO : FONT_SERIF,
                            .weight = fancy ? 700 : 400,
                            .italic = fancy,
                            .lang = lang_of_tag(str_of(texts[i].lang)) };

    return (struct shape_style){ .end = (uint32_t)texts[i].text.n,
                                 .chain = font_select(r->fs, &q),
                                 .size = 10000,
                                 .lang = str_of(texts[i].lang),
                                 .small_caps = fancy,
                                 .tabular = fancy,
                                 .no_ligatures = fancy };
}

static void set_text(struct run *r, struct shaper *sh, size_t i, bool fancy)
{
    struct shape_style style = style_of(r, i, fancy);
    struct shaped s = shape_text(sh, texts[i].text, &style, 1, &r->a);
    uint32_t at = 0;

    for (uint32_t k = 0; k < s.n_runs; k++) {
        struct shape_run *run = &s.runs[k];
        if (run->text_at != at)
            abort();
        at += run->text_n;
        font_uses_add(&r->uses, run->font, s.glyphs + run->first, run->n,
                      texts[i].text);
        if (run->rtl)
            shape_reverse(s.glyphs + run->first, run->n);
    }
    if (at != texts[i].text.n)
        abort();
}

static void draw(struct run *r)
{
    struct font_programs out;
    struct emoji_bitmap bitmap;

    font_programs_make(&out, &r->uses, &r->a, &r->dg);
    for (size_t i = 0; i < r->uses.items.n; i++) {
        const struct glyph_use *use = &r->uses.items.v[i];
        if (use->font->kind == FONT_COLOR)
            emoji_bitmap(use->font, use->glyph, &r->a, &bitmap);
    }
}

static void use(struct run *r)
{
    struct shaper *sh = shaper_new(r->fs);

    r->uses.arena = &r->a;
    shaper_begin(sh, S("post.md"), &r->dg);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        set_text(r, sh, i, false);
        set_text(r, sh, i, true);
    }
    draw(r);
    shaper_free(sh);
}

/* None of this system's fonts. */
static void hide_fonts(str dir, struct arena *a)
{
    str conf = scratch_file(dir, "fonts.conf", S("<fontconfig/>"), a);

    if (setenv("FONTCONFIG_FILE", conf.p, 1) != 0)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct run r = { 0 };
    struct str_vec dirs = { 0 };

    arena_init(&r.a);
    diag_init(&r.dg, &r.a);
    str dir = tempdir_new(&r.a);
    hide_fonts(dir, &r.a);
    scratch_file(dir, "font.ttf", (str){ (const char *)data, size }, &r.a);
    *vec_push(&dirs, &r.a) = dir;
    r.fs = fontset_open(&dirs, &r.dg);
    if (r.fs) {
        use(&r);
        fontset_report(r.fs, &r.dg);
    } else if (!r.dg.first) {
        abort();
    }
    fontset_close(r.fs);
    scratch_remove(dir, &r.a);
    arena_done(&r.a);
    return 0;
}
