/* SPDX-License-Identifier: MIT */
/* The one file here that knows fontconfig, whose current configuration the
 * cover's texts and Pango use too: reading another takes as long as a small
 * book. */
#include <fontconfig/fontconfig.h>
#include <stdlib.h>
#include <string.h>

#include "pdf/face.h"
#include "pdf/fontlist.h"
#include "pdf/fontplaces.h"

struct system_fonts {
    FcConfig *config;
};

/* Fonts that a PDF can embed as they are: outlines or colour bitmaps, not an
 * instance of a variable font, no CFF2. */
static bool is_usable(FcPattern *p)
{
    FcBool outline = FcFalse, color = FcFalse, variable = FcFalse;
    FcChar8 *format;
    int index = 0;

    FcPatternGetBool(p, FC_OUTLINE, 0, &outline);
    FcPatternGetBool(p, FC_COLOR, 0, &color);
    FcPatternGetBool(p, FC_VARIABLE, 0, &variable);
    FcPatternGetInteger(p, FC_INDEX, 0, &index);
    if (!outline && !color)
        return false;
    if (FcPatternGetString(p, FC_FONTFORMAT, 0, &format) != FcResultMatch)
        return false;
    if (strcmp((char *)format, "TrueType") == 0)
        return variable || index >> 16 == 0;
    return strcmp((char *)format, "CFF") == 0 && !variable && index >> 16 == 0;
}

static int number_of(FcPattern *p, const char *object, int otherwise)
{
    double d;

    if (FcPatternGetDouble(p, object, 0, &d) != FcResultMatch)
        return otherwise;
    return (int)d;
}

static void add_families(struct font_source *s, FcPattern *p, struct arena *a)
{
    FcChar8 *name;

    for (int i = 0; FcPatternGetString(p, FC_FAMILY, i, &name) == FcResultMatch;
         i++)
        *vec_push(&s->families, a) = arena_dup(a, str_of((char *)name));
}

static void add_pattern(struct font_list *list, FcPattern *p)
{
    FcChar8 *file;
    FcCharSet *charset = NULL;
    FcBool color = FcFalse;
    int index = 0, slant = 0;

    if (!is_usable(p) ||
        FcPatternGetString(p, FC_FILE, 0, &file) != FcResultMatch)
        return;
    FcPatternGetCharSet(p, FC_CHARSET, 0, &charset);
    FcPatternGetInteger(p, FC_INDEX, 0, &index);
    FcPatternGetInteger(p, FC_SLANT, 0, &slant);
    FcPatternGetBool(p, FC_COLOR, 0, &color);
    int weight = number_of(p, FC_WEIGHT, FC_WEIGHT_REGULAR);
    struct font_source *s = vec_push(&list->sources, list->arena);
    *s = (struct font_source){
        .path = arena_dup(list->arena, str_of((char *)file)),
        .face_index = (uint32_t)index & 0xFFFF,
        .weight = (int)(FcWeightToOpenTypeDouble(weight) + 0.5),
        .width = number_of(p, FC_WIDTH, FC_WIDTH_NORMAL),
        .italic = slant != FC_SLANT_ROMAN,
        .color = color,
        .origin = UINT32_MAX,
        .charset = charset,
    };
    add_families(s, p, list->arena);
}

struct system_fonts *system_fonts_add(struct font_list *list)
{
    FcConfig *config = FcConfigReference(NULL);

    if (!config)
        return NULL;
    FcFontSet *set = FcConfigGetFonts(config, FcSetSystem);
    for (int i = 0; set && i < set->nfont; i++)
        add_pattern(list, set->fonts[i]);
    struct system_fonts *sys = calloc(1, sizeof *sys);
    if (!sys)
        die("out of memory");
    sys->config = config;
    return sys;
}

void system_fonts_free(struct system_fonts *sys)
{
    if (!sys)
        return;
    FcConfigDestroy(sys->config);
    free(sys);
}

bool system_fonts_cover(const struct font_source *s, uint32_t c)
{
    return s->charset && FcCharSetHasChar(s->charset, c);
}

/* Keeps of ROW what MAP has; NULL: nothing. */
static void limit_row(struct coverage *cov, uint32_t row, const FcChar32 *map)
{
    if (!cov->rows[row])
        return;
    uint64_t *bits = cov->bits[cov->rows[row] - 1];
    for (int i = 0; i < 4; i++)
        bits[i] &= map ? map[2 * i] | (uint64_t)map[2 * i + 1] << 32 : 0;
}

void system_fonts_limit(const struct font_source *s, struct coverage *cov)
{
    const uint32_t n = sizeof cov->rows / sizeof *cov->rows;
    FcChar32 map[FC_CHARSET_MAP_SIZE], next;
    uint32_t row = 0;

    for (FcChar32 at = FcCharSetFirstPage(s->charset, map, &next);
         at != FC_CHARSET_DONE && at >> 8 < n;
         at = FcCharSetNextPage(s->charset, map, &next)) {
        for (; row < at >> 8; row++)
            limit_row(cov, row, NULL);
        limit_row(cov, row++, map);
    }
    for (; row < n; row++)
        limit_row(cov, row, NULL);
}

str font_library_version(struct arena *a)
{
    int v = FcGetVersion();

    return arena_printf(a, "%d.%d.%d", v / 10000, v / 100 % 100, v % 100);
}

static void add_all(struct str_vec *to, FcStrList *from, struct arena *a)
{
    FcChar8 *path;

    while (from && (path = FcStrListNext(from)))
        *vec_push(to, a) = arena_dup(a, str_of((char *)path));
    if (from)
        FcStrListDone(from);
}

void fontplaces_add(struct str_vec *to, struct arena *a)
{
    FcConfig *config = FcInitLoadConfig();

    if (!config)
        return;
    add_all(to, FcConfigGetConfigFiles(config), a);
    add_all(to, FcConfigGetFontDirs(config), a);
    add_all(to, FcConfigGetCacheDirs(config), a);
    FcConfigDestroy(config);
}
