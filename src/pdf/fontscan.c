/* SPDX-License-Identifier: MIT */
/* Font folders, read with HarfBuzz instead of fontconfig: its scan of one
 * large font takes longer than a book. */
#include <dirent.h>
#include <hb-ot.h>
#include <hb.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/path.h"
#include "pdf/fontlist.h"

#define SCAN_DEPTH_MAX 4
#define FACES_MAX      256 /* of one collection */

static bool is_font_name(str name)
{
    static const char *const known[] = { "ttf", "otf", "ttc", "otc" };
    str ext = path_ext(name);

    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (str_eq_nocase(ext, str_of(known[i])))
            return true;
    return false;
}

static void add_name(struct font_source *s, hb_face_t *face,
                     const hb_ot_name_entry_t *e, struct arena *a)
{
    char text[256];
    unsigned n = sizeof text;

    hb_ot_name_get_utf8(face, e->name_id, e->language, &n, text);
    str name = arena_dup(a, (str){ text, n });
    if (name.n && !str_is_among(name, s->families.v, s->families.n))
        *vec_push(&s->families, a) = name;
}

static void add_names(struct font_source *s, hb_face_t *face,
                      hb_ot_name_id_t id, struct arena *a)
{
    unsigned n;
    const hb_ot_name_entry_t *e = hb_ot_name_list_names(face, &n);

    for (unsigned i = 0; i < n && i < 1000; i++)
        if (e[i].name_id == id)
            add_name(s, face, &e[i], a);
}

static void read_style(struct font_source *s, hb_face_t *face)
{
    hb_font_t *font = hb_font_create(face);

    /* Damaged fonts have others than OpenType's 1 to 1000. */
    float weight = hb_style_get_value(font, HB_STYLE_TAG_WEIGHT);
    s->weight = weight > 1000 ? 1000 : weight >= 1 ? (int)weight : 1;
    s->width = (int)hb_style_get_value(font, HB_STYLE_TAG_WIDTH);
    s->italic = hb_style_get_value(font, HB_STYLE_TAG_ITALIC) > 0 ||
                hb_style_get_value(font, HB_STYLE_TAG_SLANT_ANGLE) != 0;
    hb_font_destroy(font);
}

static bool add_face(struct font_list *list, hb_blob_t *blob, str path,
                     unsigned index, uint32_t origin)
{
    hb_face_t *face = hb_face_create(blob, index);
    bool ok = hb_face_get_glyph_count(face) > 0;

    if (ok) {
        struct font_source s = { .path = path,
                                 .face_index = index,
                                 .color = hb_ot_color_has_png(face),
                                 .origin = origin };
        add_names(&s, face, HB_OT_NAME_ID_TYPOGRAPHIC_FAMILY, list->arena);
        add_names(&s, face, HB_OT_NAME_ID_FONT_FAMILY, list->arena);
        if (!s.families.n)
            *vec_push(&s.families, list->arena) = path_stem(path);
        read_style(&s, face);
        *vec_push(&list->sources, list->arena) = s;
    }
    hb_face_destroy(face);
    return ok;
}

static void add_file(struct font_list *list, str path, uint32_t origin,
                     struct diag *dg)
{
    hb_blob_t *blob = hb_blob_create_from_file_or_fail(
        arena_cstr(list->arena, path));
    unsigned n = blob ? hb_face_count(blob) : 0;
    unsigned good = 0;

    for (unsigned i = 0; i < n && i < FACES_MAX; i++)
        good += add_face(list, blob, path, i, origin);
    if (!good)
        diag_add(dg, DIAG_FONT_BROKEN, path, 0,
                 "font is damaged or can't be read, left it out");
    hb_blob_destroy(blob);
}

static int compare_names(const void *x, const void *y)
{
    return str_cmp(*(const str *)x, *(const str *)y);
}

static struct str_vec names_in(str dir, struct arena *a)
{
    struct str_vec names = { 0 };
    DIR *d = opendir(arena_cstr(a, dir));

    for (struct dirent *e; d && (e = readdir(d));)
        if (e->d_name[0] != '.')
            *vec_push(&names, a) = arena_dup(a, str_of(e->d_name));
    if (d)
        closedir(d);
    if (names.n)
        qsort(names.v, names.n, sizeof *names.v, compare_names);
    return names;
}

/* A walk through a font folder. */
struct scan {
    struct arena *arena;
    void (*visit)(struct scan *s, str path);
    struct font_list *list;
    uint32_t origin;
    struct diag *dg;
    struct buf *key;
};

static void walk(struct scan *s, str dir, int depth)
{
    struct str_vec names = names_in(dir, s->arena);

    for (size_t i = 0; i < names.n; i++) {
        struct stat st;
        str path = path_join(s->arena, dir, names.v[i]);
        if (stat(arena_cstr(s->arena, path), &st) != 0)
            continue;
        if (S_ISDIR(st.st_mode) && depth < SCAN_DEPTH_MAX)
            walk(s, path, depth + 1);
        else if (S_ISREG(st.st_mode) && is_font_name(names.v[i]))
            s->visit(s, path);
    }
}

static void visit_font(struct scan *s, str path)
{
    add_file(s->list, path, s->origin, s->dg);
}

void font_scan(struct font_list *list, str dir, uint32_t origin,
               struct diag *dg)
{
    struct scan s = { .arena = list->arena,
                      .visit = visit_font,
                      .list = list,
                      .origin = origin,
                      .dg = dg };

    walk(&s, dir, 1);
}

static void put_key(struct scan *s, str path)
{
    file_put_version(path, s->key);
}

void font_scan_key(str dir, struct buf *key)
{
    struct arena a;
    struct scan s = { .arena = &a, .visit = put_key, .key = key };

    arena_init(&a);
    buf_put(key, dir);
    buf_putc(key, '\0');
    walk(&s, dir, 1);
    arena_done(&a);
}
