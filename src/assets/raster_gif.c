/* SPDX-License-Identifier: MIT */
#include <gif_lib.h>
#include <stdlib.h>
#include <string.h>

#include "assets/raster.h"
#include "base/arena.h"

struct reader {
    str rest;
    int transparent; /* -1: none */
};

static int read_bytes(GifFileType *gif, GifByteType *to, int n)
{
    struct reader *r = gif->UserData;
    size_t most = n > 0 ? (size_t)n : 0;
    str part = str_sub(r->rest, 0, most);

    if (part.n)
        memcpy(to, part.p, part.n);
    r->rest = str_from(r->rest, part.n);
    return (int)part.n;
}

static void put_row(const GifFileType *gif, const ColorMapObject *colors,
                    const GifByteType *row, int transparent, uint8_t *to)
{
    for (int x = 0; x < gif->Image.Width; x++, to += 4) {
        if (row[x] == transparent || row[x] >= colors->ColorCount)
            continue;
        const GifColorType *c = &colors->Colors[row[x]];
        to[0] = c->Red;
        to[1] = c->Green;
        to[2] = c->Blue;
        to[3] = 255;
    }
}

/* GIF 89a, 20 and appendix E: an interlaced picture comes in four passes. */
static const struct {
    int first, step;
} passes[] = { { 0, 8 }, { 4, 8 }, { 2, 4 }, { 1, 2 } };

static bool read_row(GifFileType *gif, const ColorMapObject *colors,
                     GifByteType *row, int y, struct raster *out)
{
    const struct reader *r = gif->UserData;
    size_t at = (size_t)(gif->Image.Top + y) * out->width +
                (size_t)gif->Image.Left;

    if (DGifGetLine(gif, row, gif->Image.Width) == GIF_ERROR)
        return false;
    put_row(gif, colors, row, r->transparent, out->rgba + at * 4);
    return true;
}

static bool read_rows(GifFileType *gif, const ColorMapObject *colors,
                      struct raster *out)
{
    GifByteType *row = malloc((size_t)gif->Image.Width);
    bool ok = true;

    if (!row)
        die("out of memory");
    if (!gif->Image.Interlace)
        for (int y = 0; ok && y < gif->Image.Height; y++)
            ok = read_row(gif, colors, row, y, out);
    else
        for (size_t p = 0; p < sizeof passes / sizeof *passes; p++)
            for (int y = passes[p].first; ok && y < gif->Image.Height;
                 y += passes[p].step)
                ok = read_row(gif, colors, row, y, out);
    free(row);
    return ok;
}

static const char *read_frame(GifFileType *gif, struct raster *out)
{
    if (DGifGetImageDesc(gif) == GIF_ERROR)
        return "damaged GIF";
    const ColorMapObject *colors = gif->Image.ColorMap ? gif->Image.ColorMap
                                                       : gif->SColorMap;
    const GifImageDesc *im = &gif->Image;
    if (!colors || im->Width <= 0 || im->Height <= 0 || im->Left < 0 ||
        im->Top < 0 || gif->SWidth < im->Left + im->Width ||
        gif->SHeight < im->Top + im->Height)
        return "damaged GIF";
    if (!raster_init(out, (uint32_t)gif->SWidth, (uint32_t)gif->SHeight))
        return "GIF too large to print";
    if (read_rows(gif, colors, out))
        return NULL;
    raster_done(out);
    return "damaged GIF";
}

/* Looks for the transparent colour among the blocks of an extension. */
static bool read_extension(GifFileType *gif)
{
    struct reader *r = gif->UserData;
    GifByteType *block;
    GraphicsControlBlock control;
    int code;

    if (DGifGetExtension(gif, &code, &block) == GIF_ERROR)
        return false;
    if (code == GRAPHICS_EXT_FUNC_CODE && block &&
        DGifExtensionToGCB(block[0], block + 1, &control) == GIF_OK)
        r->transparent = control.TransparentColor;
    while (block)
        if (DGifGetExtensionNext(gif, &block) == GIF_ERROR)
            return false;
    return true;
}

static const char *read_first(GifFileType *gif, struct raster *out)
{
    GifRecordType type;

    while (DGifGetRecordType(gif, &type) == GIF_OK) {
        if (type == IMAGE_DESC_RECORD_TYPE)
            return read_frame(gif, out);
        if (type != EXTENSION_RECORD_TYPE || !read_extension(gif))
            break;
    }
    return "damaged GIF";
}

const char *raster_gif(str bytes, struct raster *out)
{
    struct reader r = { .rest = bytes, .transparent = NO_TRANSPARENT_COLOR };
    GifFileType *gif = DGifOpen(&r, read_bytes, NULL);

    *out = (struct raster){ 0 };
    if (!gif)
        return "damaged GIF";
    const char *wrong = read_first(gif, out);
    DGifCloseFile(gif, NULL);
    return wrong;
}
