/* SPDX-License-Identifier: MIT */
#include <gif_lib.h>
#include <stdlib.h>
#include <string.h>

#include "assets/decoders.h"
#include "assets/palette.h"
#include "base/arena.h"

struct reading {
    GifFileType *gif;
    str rest;
    int transparent; /* NO_TRANSPARENT_COLOR: none */
    struct palette palette;
    uint8_t *row; /* of the frame */
    uint8_t *all; /* the frame, when it is interlaced */
    int y;        /* next row of the picture */
};

static int read_bytes(GifFileType *gif, GifByteType *to, int n)
{
    struct reading *g = gif->UserData;
    size_t most = n > 0 ? (size_t)n : 0;
    str part = str_sub(g->rest, 0, most);

    if (part.n)
        memcpy(to, part.p, part.n);
    g->rest = str_from(g->rest, part.n);
    return (int)part.n;
}

static void done(struct reading *g)
{
    if (g->gif)
        DGifCloseFile(g->gif, NULL);
    free(g->row);
    free(g->all);
    free(g);
}

static void close_rows(struct rows *r)
{
    done(r->state);
}

static bool read_row(struct rows *r, uint8_t *to)
{
    struct reading *g = r->state;
    const GifImageDesc *im = &g->gif->Image;
    int y = g->y++ - im->Top, width = im->Width;
    const uint8_t *frame = g->row;
    size_t left = (size_t)im->Left * r->channels;

    if (width < g->gif->SWidth || y < 0 || y >= im->Height)
        memset(to, 0, rows_size(r));
    if (y < 0 || y >= im->Height)
        return true;
    if (g->all)
        frame = g->all + (size_t)y * (size_t)width;
    else if (DGifGetLine(g->gif, g->row, width) == GIF_ERROR)
        return false;
    palette_row(&g->palette, frame, (uint32_t)width, r->channels, to + left);
    return true;
}

/* GIF 89a, 20 and appendix E: an interlaced picture comes in four passes. */
static const struct {
    int first, step;
} passes[] = { { 0, 8 }, { 4, 8 }, { 2, 4 }, { 1, 2 } };

static bool read_passes(struct reading *g)
{
    const GifImageDesc *im = &g->gif->Image;
    size_t width = (size_t)im->Width;

    g->all = malloc(width * (size_t)im->Height);
    if (!g->all)
        die("out of memory");
    for (size_t p = 0; p < sizeof passes / sizeof *passes; p++)
        for (int y = passes[p].first; y < im->Height; y += passes[p].step)
            if (DGifGetLine(g->gif, g->all + width * (size_t)y, im->Width) ==
                GIF_ERROR)
                return false;
    return true;
}

static unsigned read_palette(struct reading *g, const ColorMapObject *colors)
{
    const GifFileType *gif = g->gif;
    static const GifColorType black = { 0 };

    for (int i = 0; i < 256; i++) {
        bool known = i < colors->ColorCount;
        const GifColorType *c = known ? &colors->Colors[i] : &black;
        const uint8_t rgba[4] = { c->Red, c->Green, c->Blue, 255 };
        if (i != g->transparent)
            memcpy(g->palette.rgba[i], rgba, 4);
    }
    return palette_channels(&g->palette, gif->Image.Width < gif->SWidth ||
                                             gif->Image.Height < gif->SHeight);
}

static const char *read_frame(struct reading *g, struct rows *r)
{
    GifFileType *gif = g->gif;

    if (DGifGetImageDesc(gif) == GIF_ERROR)
        return "damaged GIF";
    const ColorMapObject *colors = gif->Image.ColorMap ? gif->Image.ColorMap
                                                       : gif->SColorMap;
    const GifImageDesc *im = &gif->Image;
    if (!colors || im->Width <= 0 || im->Height <= 0 || im->Left < 0 ||
        im->Top < 0 || gif->SWidth < im->Left + im->Width ||
        gif->SHeight < im->Top + im->Height)
        return "damaged GIF";
    if (!rows_fit((uint64_t)gif->SWidth, (uint64_t)gif->SHeight,
                  im->Interlace ? ROWS_WHOLE_MAX : ROWS_PIXELS_MAX))
        return "GIF too large";
    r->width = (uint32_t)gif->SWidth;
    r->height = (uint32_t)gif->SHeight;
    r->channels = read_palette(g, colors);
    g->row = malloc((size_t)im->Width);
    if (!g->row)
        die("out of memory");
    return !im->Interlace || read_passes(g) ? NULL : "damaged GIF";
}

/* Looks for the transparent colour among the blocks of an extension. */
static bool read_extension(struct reading *g)
{
    GifByteType *block;
    GraphicsControlBlock control;
    int code;

    if (DGifGetExtension(g->gif, &code, &block) == GIF_ERROR)
        return false;
    if (code == GRAPHICS_EXT_FUNC_CODE && block &&
        DGifExtensionToGCB(block[0], block + 1, &control) == GIF_OK)
        g->transparent = control.TransparentColor;
    while (block)
        if (DGifGetExtensionNext(g->gif, &block) == GIF_ERROR)
            return false;
    return true;
}

static const char *read_first(struct reading *g, struct rows *r)
{
    GifRecordType type;

    if (!g->gif)
        return "damaged GIF";
    while (DGifGetRecordType(g->gif, &type) == GIF_OK) {
        if (type == IMAGE_DESC_RECORD_TYPE)
            return read_frame(g, r);
        if (type != EXTENSION_RECORD_TYPE || !read_extension(g))
            break;
    }
    return "damaged GIF";
}

const char *raster_gif(str bytes, const struct rows_wish *wish,
                       struct rows *out)
{
    static const struct rows_kind kind = { read_row, close_rows };
    struct reading *g = calloc(1, sizeof *g);

    if (!g)
        die("out of memory");
    g->rest = bytes;
    g->transparent = NO_TRANSPARENT_COLOR;
    g->gif = DGifOpen(g, read_bytes, NULL);
    const char *wrong = read_first(g, out);
    if (wrong) {
        done(g);
        *out = (struct rows){ 0 };
        return wrong;
    }
    out->kind = &kind;
    out->state = g;
    return NULL;
}
