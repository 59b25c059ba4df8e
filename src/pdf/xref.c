/* SPDX-License-Identifier: MIT */
#include "pdf/xref.h"

#include <stdlib.h>

#include "base/arena.h"

#define NOT_PACKED 0xFFFF

/* 7.5.8.3, table 18 */
enum entry_type { ENTRY_FREE, ENTRY_OFFSET, ENTRY_PACKED };

/* Type, place and index: a byte, as many as the file needs, two. */
#define PLACE_MAX 6
#define ROW_MAX   (1 + PLACE_MAX + 2)

void xref_done(struct xref *x)
{
    free(x->entries);
    *x = (struct xref){ 0 };
}

uint32_t xref_reserve(struct xref *x)
{
    if (x->n + 1 >= x->cap) {
        size_t cap = x->cap ? x->cap * 2 : 1024;
        struct xref_entry *grown = realloc(x->entries, cap * sizeof *grown);
        if (!grown || cap > UINT32_MAX / 2)
            die("out of memory, or too many objects for a PDF");
        x->entries = grown;
        x->cap = cap;
        x->n += x->n == 0;
        x->entries[0] = (struct xref_entry){ .index = NOT_PACKED };
    }
    x->entries[x->n] = (struct xref_entry){ .index = NOT_PACKED };
    return (uint32_t)x->n++;
}

void xref_set_offset(struct xref *x, uint32_t object, uint64_t offset)
{
    x->entries[object] = (struct xref_entry){
        .low = (uint32_t)offset,
        .high = (uint16_t)(offset >> 32),
        .index = NOT_PACKED,
    };
}

void xref_set_packed(struct xref *x, uint32_t object, uint32_t stream,
                     uint32_t index)
{
    x->entries[object] = (struct xref_entry){
        .low = stream,
        .index = (uint16_t)index,
    };
}

static uint64_t place_of(const struct xref_entry *e)
{
    return (uint64_t)e->high << 32 | e->low;
}

static enum entry_type type_of(const struct xref_entry *e)
{
    /* The file's header stands at 0. */
    return e->index != NOT_PACKED ? ENTRY_PACKED
           : place_of(e)          ? ENTRY_OFFSET
                                  : ENTRY_FREE;
}

static unsigned place_width(const struct xref *x)
{
    uint64_t most = 0;
    unsigned width = 1;

    for (size_t i = 1; i < x->n; i++)
        if (place_of(&x->entries[i]) > most)
            most = place_of(&x->entries[i]);
    while (most >> 8 * width)
        width++;
    return width;
}

static void make_row(const struct xref_entry *e, unsigned width,
                     unsigned char *row)
{
    enum entry_type type = type_of(e);
    uint64_t place = place_of(e);
    unsigned index = type == ENTRY_PACKED ? e->index : 0;

    *row++ = (unsigned char)type;
    while (width-- > 0)
        *row++ = (unsigned char)(place >> 8 * width);
    *row++ = (unsigned char)(index >> 8);
    *row = (unsigned char)index;
}

/* Rows say how they differ from the one above (7.4.4.4, PNG's "up"): objects
 * follow one another in their streams, so most differ alike. */
void xref_put_rows(const struct xref *x, struct buf *rows, struct buf *dict)
{
    unsigned width = place_width(x), n = width + 3;
    unsigned char above[ROW_MAX] = { 0 }, row[ROW_MAX];
    char *to = buf_reserve(rows, x->n * (n + 1));

    for (size_t i = 0; i < x->n; i++) {
        make_row(&x->entries[i], width, row);
        *to++ = 2;
        for (unsigned k = 0; k < n; k++) {
            *to++ = (char)(row[k] - above[k]);
            above[k] = row[k];
        }
    }
    rows->n += x->n * (n + 1);
    buf_printf(dict,
               "/Size %zu/W[1 %u 2]/DecodeParms<</Predictor 12/Columns %u>>",
               x->n, width, n);
}
