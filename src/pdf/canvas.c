/* SPDX-License-Identifier: MIT */
#include "pdf/canvas.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <hpdf.h>
#include <hpdf_doc.h>
#include <hpdf_objects.h>
#include <hpdf_streams.h>
#include <hpdf_utils.h>

#include "pdf/xref.h"

/* Bytes that wait for one system call. */
#define GATHER (256u << 10)
/* An object stream is full with this many objects or bytes. A viewer has to
 * read all of it for the page that it shows first. */
#define PACKED_MAX       200
#define PACKED_BYTES_MAX (32u << 10)

/* An object stream being filled. */
struct packed {
    uint32_t object; /* its number, when there is something in it */
    uint32_t n;
    struct buf places; /* number and offset of each object */
    struct buf bytes;
};

struct canvas {
    HPDF_Doc pdf;
    HPDF_STATUS error; /* the first that libharu reported */
    HPDF_Stream out;   /* libharu's way to write_out() */
    /* Every stream object is written by means of this one. */
    HPDF_Dict stream;
    HPDF_Number length;
    str dict, bytes; /* of that object */
    size_t at;       /* read of the bytes */

    int fd;
    int write_error;  /* errno */
    uint64_t written; /* with what waits */
    struct buf waiting;
    struct xref xref;
    struct packed packed, apart;
    struct flate *flate;
    struct arena scratch;
    uint32_t catalog, info; /* objects */
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

static void write_file(struct canvas *cv, const char *p, size_t n)
{
    while (n > 0 && !cv->write_error) {
        ssize_t done = write(cv->fd, p, n);
        if (done > 0) {
            p += done;
            n -= (size_t)done;
        } else if (done == 0 || errno != EINTR) {
            cv->write_error = done == 0 ? ENOSPC : errno;
        }
    }
}

static void flush(struct canvas *cv)
{
    write_file(cv, cv->waiting.p, cv->waiting.n);
    buf_reset(&cv->waiting);
}

/* libharu's hook: its stream is ours. It loses errors, so they are kept. */
static HPDF_STATUS write_out(HPDF_Stream to, const HPDF_BYTE *bytes,
                             HPDF_UINT n)
{
    struct canvas *cv = to->attr;

    if (cv->waiting.n + n > GATHER)
        flush(cv);
    buf_put(&cv->waiting, (str){ (const char *)bytes, n });
    cv->written += n;
    return HPDF_OK;
}

/* libharu's hook for what a dictionary has beside its own entries. */
static HPDF_STATUS write_dict(HPDF_Dict d, HPDF_Stream to)
{
    const struct canvas *cv = d->attr;

    return HPDF_Stream_Write(to, (const HPDF_BYTE *)cv->dict.p,
                             (HPDF_UINT)cv->dict.n);
}

/* The hooks of the stream that libharu reads. */
static HPDF_STATUS read_bytes(HPDF_Stream from, HPDF_BYTE *to, HPDF_UINT *n)
{
    struct canvas *cv = from->attr;
    str part = str_sub(cv->bytes, cv->at, *n);
    bool ends = part.n < *n;

    if (part.n)
        memcpy(to, part.p, part.n);
    cv->at += part.n;
    *n = (HPDF_UINT)part.n;
    return ends ? HPDF_STREAM_EOF : HPDF_OK;
}

static HPDF_STATUS seek_bytes(HPDF_Stream from, HPDF_INT pos,
                              HPDF_WhenceMode mode)
{
    struct canvas *cv = from->attr;

    if (mode != HPDF_SEEK_SET || pos < 0 || (size_t)pos > cv->bytes.n)
        return HPDF_INVALID_PARAMETER;
    cv->at = (size_t)pos;
    return HPDF_OK;
}

static HPDF_INT32 tell_bytes(HPDF_Stream from)
{
    return (HPDF_INT32)((const struct canvas *)from->attr)->at;
}

static HPDF_UINT32 size_of_bytes(HPDF_Stream from)
{
    return (HPDF_UINT32)((const struct canvas *)from->attr)->bytes.n;
}

/* libharu wants the length of a stream to be an object of its own, which is
 * told by this flag only; ours is known before the stream is written. */
static void make_stream_object(struct canvas *cv)
{
    HPDF_MMgr mm = cv->pdf->mmgr;

    cv->stream = need(HPDF_Dict_New(mm));
    cv->length = need(HPDF_Number_New(mm, 0));
    if (HPDF_Dict_Add(cv->stream, "Length", cv->length) != HPDF_OK)
        die("out of memory");
    cv->length->header.obj_id |= HPDF_OTYPE_INDIRECT;
    cv->stream->stream = need(HPDF_CallbackReader_New(
        mm, read_bytes, seek_bytes, tell_bytes, size_of_bytes, cv));
    cv->stream->attr = cv;
    cv->stream->write_fn = write_dict;
}

struct canvas *canvas_new(const char *path, struct flate *flate)
{
    struct canvas *cv = need(calloc(1, sizeof *cv));

    cv->fd = open(path, O_WRONLY | O_TRUNC | O_CLOEXEC);
    cv->write_error = cv->fd < 0 ? errno : 0;
    cv->pdf = need(HPDF_New(on_error, cv));
    cv->out = need(HPDF_CallbackWriter_New(cv->pdf->mmgr, write_out, cv));
    make_stream_object(cv);
    cv->flate = flate;
    arena_init(&cv->scratch);
    /* 7.5.2: with a comment that shows programs that the file is binary. */
    HPDF_Stream_WriteStr(cv->out, "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n");
    return cv;
}

static void packed_done(struct packed *p)
{
    buf_done(&p->places);
    buf_done(&p->bytes);
}

void canvas_free(struct canvas *cv)
{
    if (!cv)
        return;
    cv->length->header.obj_id &= ~HPDF_OTYPE_INDIRECT;
    HPDF_Dict_Free(cv->stream);
    HPDF_Stream_Free(cv->out);
    HPDF_Free(cv->pdf);
    if (cv->fd >= 0)
        close(cv->fd);
    buf_done(&cv->waiting);
    packed_done(&cv->packed);
    packed_done(&cv->apart);
    xref_done(&cv->xref);
    arena_done(&cv->scratch);
    free(cv);
}

uint32_t canvas_reserve(struct canvas *cv)
{
    return xref_reserve(&cv->xref);
}

/* Writes a stream object as it is to stand in the file. */
static void write_stream(struct canvas *cv, uint32_t object, str dict,
                         str bytes)
{
    xref_set_offset(&cv->xref, object, cv->written);
    cv->dict = dict;
    cv->bytes = bytes;
    HPDF_Number_SetValue(cv->length, (HPDF_INT32)bytes.n);
    HPDF_Stream_WriteUInt(cv->out, object);
    HPDF_Stream_WriteStr(cv->out, " 0 obj\n");
    HPDF_Obj_WriteValue(cv->stream, cv->out, NULL);
    HPDF_Stream_WriteStr(cv->out, "\nendobj\n");
}

uint32_t canvas_stream(struct canvas *cv, str dict, str bytes,
                       enum canvas_filter filter)
{
    uint32_t object = canvas_reserve(cv);

    arena_reset(&cv->scratch);
    if (filter == CANVAS_DEFLATED)
        dict = arena_join(&cv->scratch, S("/Filter/FlateDecode"), dict);
    write_stream(cv, object, dict, bytes);
    return object;
}

/* Writes the object stream (7.5.7). */
static void end_packed(struct canvas *cv, struct packed *p)
{
    if (p->n == 0)
        return;
    arena_reset(&cv->scratch);
    str dict = arena_printf(&cv->scratch,
                            "/Type/ObjStm/N %u/First %zu/Filter/FlateDecode",
                            p->n, p->places.n);
    buf_put(&p->places, buf_str(&p->bytes));
    write_stream(cv, p->object, dict,
                 flate_pack(cv->flate, buf_str(&p->places), &cv->scratch));
    buf_reset(&p->places);
    buf_reset(&p->bytes);
    p->n = 0;
}

static void pack_dict(struct canvas *cv, struct packed *p, uint32_t object,
                      str dict)
{
    if (p->n == 0)
        p->object = canvas_reserve(cv);
    xref_set_packed(&cv->xref, object, p->object, p->n++);
    buf_put_int(&p->places, object);
    buf_putc(&p->places, ' ');
    buf_put_int(&p->places, (int64_t)p->bytes.n);
    buf_putc(&p->places, ' ');
    buf_put(&p->bytes, S("<<"));
    buf_put(&p->bytes, dict);
    buf_put(&p->bytes, S(">>"));
    if (p->n == PACKED_MAX || p->bytes.n >= PACKED_BYTES_MAX)
        end_packed(cv, p);
}

void canvas_set(struct canvas *cv, uint32_t object, str dict)
{
    pack_dict(cv, &cv->packed, object, dict);
}

void canvas_set_apart(struct canvas *cv, uint32_t object, str dict)
{
    pack_dict(cv, &cv->apart, object, dict);
}

uint32_t canvas_add(struct canvas *cv, str dict)
{
    uint32_t object = canvas_reserve(cv);

    canvas_set(cv, object, dict);
    return object;
}

void canvas_catalog(struct canvas *cv, str entries)
{
    struct arena a;

    arena_init(&a);
    cv->catalog = canvas_add(cv, arena_join(&a, S("/Type/Catalog"), entries));
    arena_done(&a);
}

void canvas_info(struct canvas *cv, str entries)
{
    cv->info = canvas_add(cv, entries);
}

/* The cross-reference stream, which is the trailer too (7.5.8.2). */
static uint64_t write_xref(struct canvas *cv, const uint8_t id[16])
{
    struct buf dict = { 0 }, rows = { 0 };
    uint32_t object = canvas_reserve(cv);
    uint64_t start = cv->written;

    arena_reset(&cv->scratch);
    xref_set_offset(&cv->xref, object, start);
    buf_printf(&dict, "/Type/XRef/Root %u 0 R/Info %u 0 R/ID[", cv->catalog,
               cv->info);
    for (int half = 0; half < 2; half++) {
        buf_putc(&dict, '<');
        for (int i = 0; i < 16; i++)
            buf_printf(&dict, "%02X", id[i]);
        buf_putc(&dict, '>');
    }
    buf_puts(&dict, "]/Filter/FlateDecode");
    xref_put_rows(&cv->xref, &rows, &dict);
    write_stream(cv, object, buf_str(&dict),
                 flate_pack(cv->flate, buf_str(&rows), &cv->scratch));
    buf_done(&dict);
    buf_done(&rows);
    return start;
}

static bool report(const struct canvas *cv, str target, struct diag *dg)
{
    if (cv->write_error)
        diag_add(dg, DIAG_OUTPUT_FAILED, target, 0,
                 "can't write the PDF: %s; nothing was published",
                 strerror(cv->write_error));
    else
        diag_add(dg, DIAG_OUTPUT_FAILED, target, 0,
                 "libharu failed with error 0x%04X; nothing was published",
                 (unsigned)cv->error);
    return false;
}

bool canvas_close(struct canvas *cv, const uint8_t id[16], str target,
                  struct diag *dg)
{
    struct buf end = { 0 };

    end_packed(cv, &cv->packed);
    end_packed(cv, &cv->apart);
    buf_printf(&end, "startxref\n%llu\n%%%%EOF\n",
               (unsigned long long)write_xref(cv, id));
    HPDF_Stream_Write(cv->out, (const HPDF_BYTE *)end.p, (HPDF_UINT)end.n);
    buf_done(&end);
    flush(cv);
    int fd = cv->fd;
    cv->fd = -1;
    if (fd >= 0 && close(fd) != 0 && !cv->write_error)
        cv->write_error = errno;
    return !cv->write_error && !cv->error ? true : report(cv, target, dg);
}

str canvas_library_version(struct arena *a)
{
    return arena_dup(a, str_of(HPDF_GetVersion()));
}
