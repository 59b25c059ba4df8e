/* SPDX-License-Identifier: MIT */
/* The places of pictures that are not in the book. */
#include "base/path.h"
#include "convert/picture_parts.h"
#include "doc/place.h"

static bool is_data(str src)
{
    return str_starts_nocase(src, S("data:"));
}

/* A data: address says nothing and may be long. */
static str short_name(str src)
{
    return is_data(src) ? S("data:") : src;
}

static void leave_file(struct pictures *ps, struct node *n,
                       const struct outcome *o)
{
    str src = str_trim(node_attr(n, ATTR_DATA_SRC)), rest = src, name = { 0 };
    str shown = path_readable(ps->a, short_name(src));
    bool missing = o->code == DIAG_IMAGE_MISSING;

    if (!is_data(src))
        name = path_base(path_percent_decode(ps->a, str_cut(&rest, '?')));
    diag_add(ps->dg, o->code, ps->c->post->path, n->line,
             "picture '%.*s': %.*s, left its description", STR_ARG(shown),
             STR_ARG(o->why));
    place_put(n,
              &(struct place_facts){
                  .label = place_label(n),
                  .text = place_words(missing ? WORD_PICTURE_MISSING
                                              : WORD_PICTURE_UNSHOWN,
                                      ps->c->lang, name, ps->a),
                  .why = missing ? (str){ 0 } : o->why,
                  .lang = ps->c->lang,
              },
              ps->a);
}

void picture_leave(struct pictures *ps, struct node *n, str url,
                   const struct outcome *o)
{
    if (url.n == 0) {
        leave_file(ps, n, o);
        return;
    }
    if (o->code == DIAG_IMAGE_REMOTE)
        diag_add(ps->dg, o->code, ps->c->post->path, n->line,
                 "picture '%.*s' is on the web, left a link to it",
                 STR_ARG(url));
    else
        diag_add(ps->dg, o->code, ps->c->post->path, n->line,
                 "picture '%.*s': %.*s, left a link to it", STR_ARG(url),
                 STR_ARG(o->why));
    place_put(n,
              &(struct place_facts){
                  .label = place_label(n),
                  .text = path_host(url),
                  .url = url,
                  .why = o->code == DIAG_IMAGE_BROKEN ? o->why : (str){ 0 },
                  .lang = ps->c->lang,
              },
              ps->a);
}
