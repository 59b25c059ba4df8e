/* SPDX-License-Identifier: MIT */
/* A font's file, and its tables alone: any bytes. */
#include <stdint.h>

#include "pdf/face.h"
#include "pdf/facecmap.h"
#include "pdf/fontlist.h"
#include "scratch.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct map_check {
    uint64_t next;
};

/* In order, and each character once. */
static void check_range(void *context, uint32_t first, uint32_t last,
                        uint32_t glyph)
{
    struct map_check *m = context;

    (void)glyph;
    if (first < m->next || last < first || last > 0x10FFFF)
        abort();
    m->next = (uint64_t)last + 1;
}

static void read_tables(str bytes, struct arena *a)
{
    struct map_check m = { 0 };
    struct cff_info cff;

    cmap_read(bytes, check_range, &m);
    face_read_cff(bytes, 300, a, &cff);
}

static void use(struct font *f)
{
    volatile int32_t sum = 0;
    (void)sum;

    for (uint32_t g = 0; g < f->n_glyphs && g < 300; g++) {
        sum += font_advance(f, g);
        sum += (int32_t)font_code(f, g);
        sum += font_says(f, g, S("a"));
    }
    for (uint32_t c = 0; c < 0x300; c++)
        sum += face_covers(f, c);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    str bytes = { (const char *)data, size };
    struct font_list list = { 0 };
    struct font f = { 0 };
    struct arena a;
    struct diag dg;

    arena_init(&a);
    diag_init(&dg, &a);
    read_tables(bytes, &a);
    str dir = tempdir_new(&a);
    str path = scratch_file(dir, "font.ttf", bytes, &a);
    list.arena = &a;
    font_scan(&list, dir, 0, &dg);
    if (!face_load(&f, path, 0, &a))
        use(&f);
    face_done(f.face);
    scratch_remove(dir, &a);
    arena_done(&a);
    return 0;
}
