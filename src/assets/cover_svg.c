/* SPDX-License-Identifier: MIT */
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

const char *cover_from_svg(str svg, const struct cover_request *request,
                           struct arena *a, str *jpeg)
{
    struct size size = size_of(svg);
    str filled;

    if (made_recall(request->made, key_of(svg, request, a), a, jpeg, 1))
        return NULL;
    const char *why = cover_fill(svg, &request->values, a, &filled);
    if (!why)
        why = cover_draw(filled, size.width, size.height, a, jpeg);
    /* Drawing may have made fontconfig renew what a key goes by. */
    if (!why)
        made_keep(request->made, key_of(svg, request, a), jpeg, 1);
    return why;
}
