/* SPDX-License-Identifier: MIT */
#include "assets/cover_fonts.h"

#include <fontconfig/fontconfig.h>
#include <unictype.h>
#include <unigbrk.h>

#include "assets/cover_letters.h"
#include "base/utf8.h"

static bool any_has(const FcFontSet *fonts, uint32_t c)
{
    FcCharSet *set;

    for (int i = 0; fonts && i < fonts->nfont; i++)
        if (FcPatternGetCharSet(fonts->fonts[i], FC_CHARSET, 0, &set) ==
                FcResultMatch &&
            FcCharSetHasChar(set, c))
            return true;
    return false;
}

static bool is_visible(uint32_t c)
{
    return !uc_is_property_white_space(c) && !uc_is_cntrl(c) &&
           !uc_is_property_default_ignorable_code_point(c);
}

uint32_t cover_find_unshown(str text)
{
    const FcFontSet *system = FcConfigGetFonts(NULL, FcSetSystem);
    const FcFontSet *own = FcConfigGetFonts(NULL, FcSetApplication);

    for (size_t at = 0; at < text.n;) {
        uint32_t c = utf8_next(text, &at);
        if (is_visible(c) && !any_has(system, c) && !any_has(own, c))
            return c;
    }
    return 0;
}

struct chooser {
    FcPattern *wish;
    FcFontSet *fonts;
    bool all; /* or the best one only */
    const uc_script_t *script;
    FcPattern *font; /* of the run */
};

static FcPattern *wish_of(const struct cover_style *s, struct arena *a)
{
    FcPattern *p = FcPatternCreate();

    if (!p)
        die("out of memory");
    for (size_t i = 0; i < s->families.n; i++)
        FcPatternAddString(p, FC_FAMILY,
                           (const FcChar8 *)arena_cstr(a, s->families.v[i]));
    FcPatternAddDouble(p, FC_WEIGHT, FcWeightFromOpenTypeDouble(s->weight));
    FcPatternAddInteger(p, FC_SLANT,
                        s->italic ? FC_SLANT_ITALIC : FC_SLANT_ROMAN);
    FcPatternAddInteger(p, FC_WIDTH, FC_WIDTH_NORMAL);
    FcPatternAddString(p, FC_LANG, (const FcChar8 *)arena_cstr(a, s->lang));
    FcConfigSubstitute(NULL, p, FcMatchPattern);
    FcDefaultSubstitute(p);
    return p;
}

static bool has_all(FcPattern *font, str grapheme)
{
    FcCharSet *set;

    if (FcPatternGetCharSet(font, FC_CHARSET, 0, &set) != FcResultMatch)
        return false;
    for (size_t at = 0; at < grapheme.n;)
        if (!FcCharSetHasChar(set, utf8_next(grapheme, &at)))
            return false;
    return true;
}

/* Sorting all fonts takes long; mostly the best one will do. */
static FcPattern *find_font(struct chooser *c, str grapheme)
{
    FcResult result;

    for (;;) {
        for (int i = 0; c->fonts && i < c->fonts->nfont; i++)
            if (has_all(c->fonts->fonts[i], grapheme))
                return c->fonts->fonts[i];
        if (c->all)
            return NULL;
        if (c->fonts)
            FcFontSetDestroy(c->fonts);
        c->fonts = FcFontSort(NULL, c->wish, FcTrue, NULL, &result);
        c->all = true;
        c->font = NULL;
    }
}

/* Is the font to be drawn as it is in its file: not made bolder or slanted, no
 * instance of a variable one, without features that the user asked for? */
static bool is_as_filed(FcPattern *p)
{
    static const char *const flags[] = { FC_EMBOLDEN, FC_COLOR, FC_VARIABLE };
    static const char *const others[] = { FC_MATRIX, FC_FONT_VARIATIONS,
                                          FC_FONT_FEATURES };
    FcBool is = FcFalse;
    FcValue value;

    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
        if (FcPatternGetBool(p, flags[i], 0, &is) == FcResultMatch && is)
            return false;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (FcPatternGet(p, others[i], 0, &value) == FcResultMatch)
            return false;
    return FcPatternGetBool(p, FC_OUTLINE, 0, &is) == FcResultMatch && is;
}

static bool read_file(struct chooser *c, FcPattern *font, struct arena *a,
                      struct cover_run *out)
{
    FcPattern *p = FcFontRenderPrepare(NULL, c->wish, font);
    FcChar8 *file;
    int index = 0;

    if (!p)
        die("out of memory");
    bool ok = is_as_filed(p) &&
              FcPatternGetString(p, FC_FILE, 0, &file) == FcResultMatch;
    FcPatternGetInteger(p, FC_INDEX, 0, &index);
    if (ok)
        out->path = arena_dup(a, str_of((const char *)file));
    out->index = (unsigned)index;
    FcPatternDestroy(p);
    return ok && index >= 0 && index >> 16 == 0;
}

static bool add_grapheme(struct chooser *c, str text, size_t from, size_t n,
                         struct arena *a, struct cover_runs *out)
{
    str grapheme = str_sub(text, from, n);
    size_t at = 0;
    const uc_script_t *script = uc_script(utf8_next(grapheme, &at));
    bool neutral = cover_is_neutral(script);
    FcPattern *font = str_eq(grapheme, S(" ")) && c->font
                          ? c->font
                          : find_font(c, grapheme);

    if (!font)
        return false;
    if (font != c->font || (!neutral && c->script && script != c->script)) {
        struct cover_run *run = vec_push(out, a);
        run->from = from;
        c->font = font;
        c->script = NULL;
        if (!read_file(c, font, a, run))
            return false;
    }
    c->script = neutral ? c->script : script;
    out->v[out->n - 1].to = from + n;
    return true;
}

static bool is_all_plain(str text)
{
    for (size_t at = 0; at < text.n;)
        if (!cover_is_plain(utf8_next(text, &at)))
            return false;
    return true;
}

bool cover_fonts_choose(const struct cover_style *style, str text,
                        struct arena *a, struct cover_runs *out)
{
    struct chooser c = { .wish = wish_of(style, a) };
    char *starts = arena_bytes(a, text.n + 1);
    bool ok = is_all_plain(text);
    FcResult result;
    FcPattern *best;

    c.fonts = FcFontSetCreate();
    if (ok && c.fonts && (best = FcFontMatch(NULL, c.wish, &result)))
        FcFontSetAdd(c.fonts, best);
    u8_grapheme_breaks((const uint8_t *)text.p, text.n, starts);
    for (size_t at = 0; ok && at < text.n;) {
        size_t end = at + 1;
        while (end < text.n && !starts[end])
            end++;
        ok = add_grapheme(&c, text, at, end - at, a, out);
        at = end;
    }
    if (c.fonts)
        FcFontSetDestroy(c.fonts);
    FcPatternDestroy(c.wish);
    return ok;
}
