/* SPDX-License-Identifier: MIT */
#include "pdf/canvas.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <hpdf.h>
#include <hpdf_doc.h>
#include <hpdf_objects.h>
#include <hpdf_streams.h>
#include <hpdf_utils.h>

#include "base/utf8.h"
#include "pdf/vault.h"

/* HPDF_List grows by a fixed step; the default makes large books quadratic. */
#define XREF_STEP 65536

struct canvas {
    HPDF_Doc pdf;
    struct arena arena;  /* pieces */
    struct vault *vault; /* texts of objects, bytes of streams */
    HPDF_STATUS error;   /* the first that libharu reported */
};

/* What libharu's hooks get: bytes in the vault, and how many were read. */
struct piece {
    struct vault *vault;
    uint64_t off;
    uint32_t n, at;
};

static void on_error(HPDF_STATUS error, HPDF_STATUS detail, void *data)
{
    struct canvas *cv = data;

    if (!cv->error)
        cv->error = error;
}

static void *need(void *p)
{
    if (!p)
        die("out of memory");
    return p;
}

static struct piece *keep(struct canvas *cv, str bytes)
{
    struct piece *p = arena_new(&cv->arena, struct piece);

    p->vault = cv->vault;
    p->off = vault_put(cv->vault, bytes);
    p->n = (uint32_t)bytes.n;
    return p;
}

/* libharu's hook for dictionaries: attr is the piece with our text. */
static HPDF_STATUS write_text(HPDF_Dict d, HPDF_Stream to)
{
    const struct piece *p = d->attr;
    HPDF_STATUS status = HPDF_OK;

    for (uint32_t at = 0; at < p->n && status == HPDF_OK;) {
        str part = vault_get(p->vault, p->off + at, p->n - at);
        if (part.n == 0)
            return HPDF_FILE_IO_ERROR;
        status = HPDF_Stream_Write(to, (const HPDF_BYTE *)part.p,
                                   (HPDF_UINT)part.n);
        at += (uint32_t)part.n;
    }
    return status == HPDF_OK ? HPDF_Stream_WriteChar(to, '\n') : status;
}

static void set_text(struct canvas *cv, HPDF_Dict d, str text)
{
    d->attr = keep(cv, text);
    d->write_fn = write_text;
}

/* The hooks of a stream that libharu reads from the vault. */
static HPDF_STATUS read_piece(HPDF_Stream stream, HPDF_BYTE *to, HPDF_UINT *n)
{
    struct piece *p = stream->attr;
    HPDF_UINT want = *n, got = 0;

    while (got < want && p->at < p->n) {
        uint32_t left = p->n - p->at;
        str part = vault_get(p->vault, p->off + p->at,
                             left < want - got ? left : want - got);
        if (part.n == 0)
            return HPDF_FILE_IO_ERROR;
        memcpy(to + got, part.p, part.n);
        got += (HPDF_UINT)part.n;
        p->at += (uint32_t)part.n;
    }
    *n = got;
    return got < want ? HPDF_STREAM_EOF : HPDF_OK;
}

static HPDF_STATUS seek_piece(HPDF_Stream stream, HPDF_INT pos,
                              HPDF_WhenceMode mode)
{
    struct piece *p = stream->attr;

    if (mode != HPDF_SEEK_SET || pos < 0 || (uint32_t)pos > p->n)
        return HPDF_INVALID_PARAMETER;
    p->at = (uint32_t)pos;
    return HPDF_OK;
}

static HPDF_INT32 tell_piece(HPDF_Stream stream)
{
    return (HPDF_INT32)((const struct piece *)stream->attr)->at;
}

static HPDF_UINT32 size_of_piece(HPDF_Stream stream)
{
    return ((const struct piece *)stream->attr)->n;
}

struct canvas *canvas_new(str beside)
{
    struct canvas *cv = need(calloc(1, sizeof *cv));

    arena_init(&cv->arena);
    cv->vault = vault_new(beside);
    cv->pdf = need(HPDF_New(on_error, cv));
    cv->pdf->pdf_version = HPDF_VER_17;
    cv->pdf->xref->entries->items_per_block = XREF_STEP;
    return cv;
}

void canvas_free(struct canvas *cv)
{
    if (!cv)
        return;
    HPDF_Free(cv->pdf);
    vault_free(cv->vault);
    arena_done(&cv->arena);
    free(cv);
}

static uint32_t number_of(HPDF_Dict d)
{
    return d->header.obj_id & 0x00FFFFFFu;
}

uint32_t canvas_reserve(struct canvas *cv)
{
    HPDF_Dict d = need(HPDF_Dict_New(cv->pdf->mmgr));

    if (HPDF_Xref_Add(cv->pdf->xref, d) != HPDF_OK)
        die("out of memory, or too many objects for a PDF");
    return number_of(d);
}

void canvas_set(struct canvas *cv, uint32_t object, str dict)
{
    HPDF_XrefEntry e = HPDF_Xref_GetEntry(cv->pdf->xref, object);

    set_text(cv, need(e ? e->obj : NULL), dict);
}

uint32_t canvas_add(struct canvas *cv, str dict)
{
    uint32_t object = canvas_reserve(cv);

    canvas_set(cv, object, dict);
    return object;
}

uint32_t canvas_stream(struct canvas *cv, str dict, str bytes,
                       enum canvas_filter filter)
{
    HPDF_MMgr mm = cv->pdf->mmgr;
    HPDF_Dict d = need(HPDF_DictStream_New(mm, cv->pdf->xref));

    HPDF_Stream_Free(d->stream);
    d->stream = need(HPDF_CallbackReader_New(mm, read_piece, seek_piece,
                                             tell_piece, size_of_piece,
                                             keep(cv, bytes)));
    d->filter = filter == CANVAS_DEFLATE ? HPDF_STREAM_FILTER_FLATE_DECODE
                                         : HPDF_STREAM_FILTER_NONE;
    set_text(cv, d,
             filter == CANVAS_DEFLATED
                 ? arena_join(&cv->arena, dict, S("/Filter/FlateDecode"))
                 : dict);
    return number_of(d);
}

void canvas_catalog(struct canvas *cv, str entries)
{
    HPDF_Dict catalog = cv->pdf->catalog;

    /* Our own page tree takes the place of libharu's empty one. */
    HPDF_Dict_RemoveElement(catalog, "Pages");
    set_text(cv, catalog, entries);
}

void canvas_info(struct canvas *cv, str entries)
{
    /* libharu puts its own dictionary into the trailer when it saves. */
    HPDF_Dict info = need(cv->pdf->info);

    HPDF_Dict_RemoveElement(info, "Producer");
    set_text(cv, info, entries);
}

void canvas_file_id(struct canvas *cv, const uint8_t id[16])
{
    HPDF_MMgr mm = cv->pdf->mmgr;
    HPDF_Array halves = need(HPDF_Array_New(mm));

    for (int i = 0; i < 2; i++) {
        HPDF_BYTE bytes[16];
        memcpy(bytes, id, sizeof bytes);
        if (HPDF_Array_Add(halves, HPDF_Binary_New(mm, bytes, 16)) != HPDF_OK)
            die("out of memory");
    }
    if (HPDF_Dict_Add(cv->pdf->trailer, "ID", halves) != HPDF_OK)
        die("out of memory");
}

/* Does PATH end as a whole PDF does? libharu's writer loses write errors. */
static bool is_whole(const char *path)
{
    static const char end[] = "%%EOF\n";
    char tail[sizeof end - 1];
    FILE *f = fopen(path, "rb");

    if (!f)
        return false;
    bool same = fseek(f, -(long)sizeof tail, SEEK_END) == 0 &&
                fread(tail, 1, sizeof tail, f) == sizeof tail &&
                memcmp(tail, end, sizeof tail) == 0;
    fclose(f);
    return same;
}

bool canvas_save(struct canvas *cv, const char *path, str target,
                 struct diag *dg)
{
    errno = 0;
    HPDF_STATUS status = HPDF_SaveToFile(cv->pdf, path);
    int e = errno;

    if (!vault_is_whole(cv->vault, target, dg))
        return false;
    if (status == HPDF_OK && !cv->error && is_whole(path))
        return true;
    if (cv->error && e == 0)
        diag_add(dg, DIAG_OUTPUT_FAILED, target, 0,
                 "libharu failed with error 0x%04X; nothing was published",
                 (unsigned)cv->error);
    else
        diag_add(dg, DIAG_OUTPUT_FAILED, target, 0,
                 "can't write the PDF: %s; nothing was published",
                 strerror(e ? e : ENOSPC));
    return false;
}

void canvas_put_mp(struct buf *b, int64_t mp)
{
    /* Hundredths of a point are finer than any printer. */
    int64_t v = (mp < 0 ? mp - 5 : mp + 5) / 10;
    uint64_t left = v < 0 ? (uint64_t)-v : (uint64_t)v;
    unsigned part = (unsigned)(left % 100);
    char digits[24], *at = digits + sizeof digits;

    /* Not by printf: there are a few of these for every line of a book. */
    if (part % 10)
        *--at = (char)('0' + part % 10);
    if (part) {
        *--at = (char)('0' + part / 10);
        *--at = '.';
    }
    left /= 100;
    do {
        *--at = (char)('0' + left % 10);
        left /= 10;
    } while (left);
    if (v < 0)
        *--at = '-';
    buf_put(b, (str){ at, (size_t)(digits + sizeof digits - at) });
}

void canvas_put_bytes(struct buf *b, str s)
{
    buf_putc(b, '(');
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c == '(' || c == ')' || c == '\\')
            buf_printf(b, "\\%c", c);
        else if (c < 0x20 || c >= 0x7F)
            buf_printf(b, "\\%03o", c);
        else
            buf_putc(b, (char)c);
    }
    buf_putc(b, ')');
}

static bool is_plain(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < 0x20 || (unsigned char)s.p[i] >= 0x7F)
            return false;
    return true;
}

void canvas_put_text(struct buf *b, str s)
{
    if (is_plain(s)) {
        canvas_put_bytes(b, s);
        return;
    }
    buf_puts(b, "<FEFF");
    for (size_t at = 0; at < s.n;) {
        uint32_t c = utf8_next(s, &at);
        if (c > 0xFFFF)
            buf_printf(b, "%04X%04X",
                       (unsigned)(0xD800 + ((c - 0x10000) >> 10)),
                       (unsigned)(0xDC00 + ((c - 0x10000) & 0x3FF)));
        else
            buf_printf(b, "%04X", (unsigned)c);
    }
    buf_putc(b, '>');
}
