/* SPDX-License-Identifier: MIT */
#include "assets/cover.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "assets/cover_areas.h"
#include "assets/cover_parts.h"
#include "assets/image.h"
#include "base/datadir.h"
#include "base/file.h"
#include "base/thread.h"

#define NAME         "cover.jpg"
#define DRAWING_NAME "cover.svg"

struct cover {
    struct arena arena;
    struct diag diag;
    struct cover_request request;
    pthread_t thread;
    bool threaded;
    enum cover_choice choice;
    str path;
    struct image image, drawing; /* empty bytes: there is none */
};

static const char *why_unread(enum file_result r)
{
    return r == FILE_ERROR     ? strerror(errno)
           : r == FILE_SPECIAL ? "not a file"
                               : "too large";
}

static const char *make_of(struct cover *c, str bytes, struct cover_made *out)
{
    enum image_type type;
    uint32_t width, height;
    const char *why;

    if (!image_identify(bytes, &type, &width, &height, &why) &&
        type != IMAGE_SVG)
        return why;
    if ((uint64_t)width * height > limit_of(c->request.settings, LIMIT_PIXELS))
        return "too many pixels";
    return type == IMAGE_SVG
               ? cover_from_svg(bytes, &c->request, &c->arena, out)
               : cover_from_picture(bytes, &c->request, &c->arena, &out->jpeg);
}

/* False: already reported. */
static bool use_file(struct cover *c, struct cover_made *out)
{
    str bytes;
    uint64_t most = limit_of(c->request.settings, LIMIT_PICTURE_BYTES);
    enum file_result r = file_read(c->path, (size_t)most, &c->arena, &bytes);
    const char *why = r == FILE_OK ? make_of(c, bytes, out) : why_unread(r);

    if (why)
        diag_add(&c->diag, DIAG_COVER_BROKEN, c->path, 0,
                 "unusable as the cover: %s, drew one instead", why);
    return !why;
}

static const char *try_to_draw(struct cover *c, struct cover_made *out)
{
    str name = S("styles/cover.svg"), template;

    if (data_find(name, &c->arena).n == 0 ||
        !data_read(name, &c->arena, &template, &c->diag))
        return "there is no styles/cover.svg";
    return cover_from_svg(template, &c->request, &c->arena, out);
}

static bool draw(struct cover *c, struct cover_made *out)
{
    const char *why = try_to_draw(c, out);

    if (why)
        diag_add(&c->diag, DIAG_COVER_UNDRAWN, (str){ 0 }, 0,
                 "can't draw a cover: %s; left the book without", why);
    return !why;
}

static void set_image(struct cover *c, str jpeg)
{
    struct image im = { .bytes = jpeg, .name = S(NAME), .path = S(NAME) };
    const char *why;

    if (image_identify(jpeg, &im.type, &im.width, &im.height, &why))
        c->image = im;
}

static void set_drawing(struct cover *c, const struct cover_made *made)
{
    const struct cover_areas *areas = made->areas;

    if (!areas)
        return;
    c->drawing = (struct image){ .type = IMAGE_SVG,
                                 .bytes = made->svg,
                                 .name = S(DRAWING_NAME),
                                 .path = S(DRAWING_NAME),
                                 .width = (uint32_t)areas->width,
                                 .height = (uint32_t)areas->height,
                                 .areas = areas };
}

static void make(struct cover *c)
{
    struct cover_made made = { 0 };
    bool done = c->choice != COVER_DRAWN && use_file(c, &made);

    if (c->choice != COVER_GIVEN && c->request.settings->cover.n)
        diag_add(&c->diag, DIAG_COVER_BROKEN, c->request.settings->cover, 0,
                 "a link out of the folder, left it alone; --cover can name "
                 "it");
    if (!done && !draw(c, &made))
        return;
    set_image(c, made.jpeg);
    set_drawing(c, &made);
}

static void *work(void *arg)
{
    make(arg);
    return NULL;
}

struct cover *cover_start(const struct cover_request *request)
{
    struct cover *c = calloc(1, sizeof *c);

    if (!c)
        die("out of memory");
    arena_init(&c->arena);
    diag_init(&c->diag, &c->arena);
    c->request = *request;
    c->choice = cover_choose(request->settings, request->folder, &c->arena,
                             &c->path);
    if (c->choice == COVER_NONE) {
        cover_free(c);
        return NULL;
    }
    c->threaded = thread_start(&c->thread, work, c);
    return c;
}

static void finish(struct cover *c)
{
    if (c->threaded)
        pthread_join(c->thread, NULL);
    c->threaded = false;
}

void cover_wait(struct cover *c, struct diag *dg)
{
    if (!c)
        return;
    if (c->threaded)
        finish(c);
    else
        make(c);
    for (const struct diag_item *it = c->diag.first; it; it = it->next)
        diag_add(dg, it->code, it->path, it->line, "%.*s", STR_ARG(it->text));
}

const struct image *cover_image(const struct cover *c)
{
    return c && c->image.bytes.n ? &c->image : NULL;
}

const struct image *cover_print(const struct cover *c)
{
    return c && c->drawing.bytes.n ? &c->drawing : cover_image(c);
}

void cover_free(struct cover *c)
{
    if (!c)
        return;
    finish(c);
    arena_done(&c->arena);
    free(c);
}
