/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "assets/decoders.h"
#include "assets/jpeg_read.h"
#include "assets/jpeg_trap.h"
#include "base/arena.h"

/* Real ones have about ten; more are there to keep us busy. */
#define SCANS_MAX 100

struct reading {
    struct jpeg_decompress_struct d;
    struct jpeg_trap trap;
    struct jpeg_progress_mgr progress;
    uint8_t *inks; /* a row of CMYK */
};

static void count_scans(j_common_ptr c)
{
    const struct jpeg_decompress_struct *d = (const void *)c;

    if (d->input_scan_number > SCANS_MAX)
        c->err->error_exit(c);
}

/* Inks without a profile: what screens do. Adobe stores them inverted. */
static void inks_to_rgb(const uint8_t *from, uint32_t width, bool inverted,
                        uint8_t *to)
{
    uint8_t flip = inverted ? 0 : 255;

    for (uint32_t x = 0; x < width; x++, from += 4, to += 3) {
        unsigned black = from[3] ^ flip;
        for (int i = 0; i < 3; i++)
            to[i] = (uint8_t)((from[i] ^ flip) * black / 255);
    }
}

static bool scan(struct reading *j, uint8_t *to)
{
    JSAMPROW rows[1] = { to };

    if (setjmp(j->trap.back))
        return false;
    jpeg_read_scanlines(&j->d, rows, 1);
    return true;
}

static bool read_row(struct rows *r, uint8_t *to)
{
    struct reading *j = r->state;

    if (!scan(j, j->inks ? j->inks : to))
        return false;
    if (j->inks)
        inks_to_rgb(j->inks, r->width, j->d.saw_Adobe_marker, to);
    return true;
}

static void done(struct reading *j)
{
    jpeg_destroy_decompress(&j->d);
    free(j->inks);
    free(j);
}

static void close_rows(struct rows *r)
{
    done(r->state);
}

static bool read_header(struct reading *j, str bytes)
{
    if (setjmp(j->trap.back))
        return false;
    jpeg_create_decompress(&j->d);
    j->progress.progress_monitor = count_scans;
    j->d.progress = &j->progress;
    jpeg_mem_src(&j->d, (const unsigned char *)bytes.p, bytes.n);
    jpeg_read_header(&j->d, TRUE);
    return true;
}

static bool start(struct reading *j)
{
    if (setjmp(j->trap.back))
        return false;
    jpeg_start_decompress(&j->d);
    return true;
}

/* The transform itself can deliver fewer pixels, by eighths (IJG's
 * libjpeg.txt, "Special considerations: scaling"); libjpeg-turbo has vector
 * code for 1, 2, 4 and 8 of them. */
static void choose_scale(struct reading *j, const struct rows_wish *wish)
{
    uint64_t w = j->d.image_width, h = j->d.image_height;
    unsigned n = 1;

    while (n < 8 &&
           ((w * n + 7) / 8 < wish->width || (h * n + 7) / 8 < wish->height))
        n *= 2;
    j->d.scale_num = wish->width && wish->height ? n : 8;
    j->d.scale_denom = 8;
}

static const char *open_rows(struct reading *j, str bytes,
                             const struct rows_wish *wish)
{
    if (!read_header(j, bytes))
        return "damaged JPEG";
    if (!rows_fit(j->d.image_width, j->d.image_height,
                  jpeg_has_multiple_scans(&j->d) ? ROWS_WHOLE_MAX
                                                 : ROWS_PIXELS_MAX))
        return "JPEG too large";
    j->d.out_color_space = j->d.num_components == 4   ? JCS_CMYK
                           : j->d.num_components == 1 ? JCS_GRAYSCALE
                                                      : JCS_RGB;
    choose_scale(j, wish);
    return start(j) ? NULL : "damaged JPEG";
}

static struct reading *reading_new(void)
{
    struct reading *j = calloc(1, sizeof *j);

    if (!j)
        die("out of memory");
    j->d.err = jpeg_trap_set(&j->trap);
    return j;
}

const char *raster_jpeg(str bytes, const struct rows_wish *wish,
                        struct rows *out)
{
    static const struct rows_kind kind = { read_row, close_rows };
    struct reading *j = reading_new();
    const char *wrong = open_rows(j, bytes, wish);

    if (wrong) {
        done(j);
        return wrong;
    }
    if (j->d.out_color_space == JCS_CMYK &&
        !(j->inks = malloc((size_t)j->d.output_width * 4)))
        die("out of memory");
    *out = (struct rows){ .width = j->d.output_width,
                          .height = j->d.output_height,
                          .channels = j->d.out_color_space == JCS_GRAYSCALE
                                          ? CHANNELS_GREY
                                          : CHANNELS_RGB,
                          .kind = &kind,
                          .state = j };
    return NULL;
}

/* Faults that end decoding show in the tables or the first row; of files with
 * several scans libjpeg reads all before that. */
bool jpeg_is_sound(str bytes)
{
    struct rows r = { 0 };
    bool sound = false;

    if (raster_jpeg(bytes, &(struct rows_wish){ 1, 1 }, &r))
        return false;
    uint8_t *row = malloc(rows_size(&r));
    if (!row)
        die("out of memory");
    sound = rows_read(&r, row);
    free(row);
    rows_close(&r);
    return sound;
}
