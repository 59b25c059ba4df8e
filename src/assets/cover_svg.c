/* SPDX-License-Identifier: MIT */
#include "assets/cover_areas.h"
#include "assets/cover_draw.h"
#include "assets/cover_parts.h"
#include "assets/image_parts.h"

struct size {
    uint32_t width, height;
};

/* As large as COVER_WIDTH x COVER_HEIGHT holds, in the drawing's shape. */
static struct size size_of(str svg)
{
    struct size all = { COVER_WIDTH, COVER_HEIGHT };
    uint32_t width, height;

    image_check_svg(svg, &width, &height);
    if (!width || !height)
        return all;
    if ((uint64_t)width * COVER_HEIGHT > (uint64_t)height * COVER_WIDTH)
        all.height = (uint32_t)((uint64_t)COVER_WIDTH * height / width);
    else
        all.width = (uint32_t)((uint64_t)COVER_HEIGHT * width / height);
    all.width += !all.width;
    all.height += !all.height;
    return all;
}

/* All that a drawing depends on. */
static str key_of(str svg, const struct cover_request *request, struct arena *a)
{
    const struct cover_values *v = &request->values;
    const str parts[] = { v->title, v->author, v->years,     v->identifier,
                          v->lang,  svg,       made_fonts(a) };

    return made_key(request->made, "cover", parts, sizeof parts / sizeof *parts,
                    a);
}

enum { PART_SVG, PART_JPEG, PARTS };

static bool is_enough(const struct cover_made *m,
                      const struct cover_request *request)
{
    return m->jpeg.n || (m->svg.n && !request->wants_jpeg);
}

/* Takes SVG for print where it is so simple. */
static void take_svg(struct cover_made *out, str svg, struct arena *a)
{
    struct cover_areas *areas = arena_new(a, struct cover_areas);

    if (svg.n == 0 || !cover_areas_read(svg, a, areas) || !areas->has_ground)
        return;
    out->svg = svg;
    out->areas = areas;
}

static bool recall(struct made *made, str key, struct arena *a,
                   struct cover_made *out)
{
    str parts[PARTS];

    if (!made_recall(made, key, a, parts, PARTS))
        return false;
    *out = (struct cover_made){ .jpeg = parts[PART_JPEG] };
    take_svg(out, parts[PART_SVG], a);
    return true;
}

static const char *make(str svg, const struct cover_request *request,
                        struct arena *a, struct cover_made *out)
{
    struct size size = size_of(svg);
    str filled;
    const char *why = cover_fill(svg, &request->values, a, &filled);

    if (why)
        return why;
    take_svg(out, filled, a);
    return is_enough(out, request)
               ? NULL
               : cover_draw(filled, size.width, size.height, a, &out->jpeg);
}

const char *cover_from_svg(str svg, const struct cover_request *request,
                           struct arena *a, struct cover_made *out)
{
    *out = (struct cover_made){ 0 };
    if (recall(request->made, key_of(svg, request, a), a, out) &&
        is_enough(out, request))
        return NULL;
    const char *why = make(svg, request, a, out);
    const str parts[PARTS] = { [PART_SVG] = out->svg, [PART_JPEG] = out->jpeg };
    /* Drawing may have made fontconfig renew what a key goes by. */
    if (!why)
        made_keep(request->made, key_of(svg, request, a), parts, PARTS);
    return why;
}
