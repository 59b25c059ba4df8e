/* SPDX-License-Identifier: MIT */
#include "pdf/shapeplan.h"

#include <hb-ot.h>
#include <hb.h>
#include <stdlib.h>

#include "pdf/face.h"
#include "pdf/sfnt.h"

/* Two syllables of Hangul seldom claim the same place in all the parts; a plan
 * for Latin has one or two of them. */
#define CACHE_PARTS 64
#define PART_SIZE   128

/* Plans are few: a book's fonts times its scripts and languages. */
#define PLANS_MAX 64

struct shape_plan {
    struct run_spec spec; /* features are copied */
    hb_feature_t features[8];
    hb_shape_plan_t *hb;
    bool usable;
    /* Glyphs that are input: of lookups that replace a glyph whatever stands
     * beside it, of others, of those that look around. */
    hb_set_t *single, *input, *context;
    hb_set_t *around;    /* what the last ones look for */
    hb_set_t *replacing; /* the lookups of `single` */
    hb_buffer_t *alone;  /* for one character */
    struct plan_glyph *cache[CACHE_PARTS];
};

struct shape_plans {
    struct shape_plan *v[PLANS_MAX];
    size_t n;
    struct shape_plan *last;
};

struct shape_plans *shape_plans_new(void)
{
    struct shape_plans *ps = calloc(1, sizeof *ps);

    if (!ps)
        die("out of memory");
    return ps;
}

void shape_plans_free(struct shape_plans *ps)
{
    if (!ps)
        return;
    for (size_t i = 0; i < ps->n; i++) {
        hb_shape_plan_destroy(ps->v[i]->hb);
        hb_set_destroy(ps->v[i]->single);
        hb_set_destroy(ps->v[i]->replacing);
        hb_set_destroy(ps->v[i]->input);
        hb_set_destroy(ps->v[i]->context);
        hb_set_destroy(ps->v[i]->around);
        hb_buffer_destroy(ps->v[i]->alone);
        for (size_t k = 0; k < CACHE_PARTS; k++)
            free(ps->v[i]->cache[k]);
        free(ps->v[i]);
    }
    free(ps);
}

/* Scripts whose shaper does nothing to a cluster of one character. */
static bool is_simple(uint32_t script)
{
    switch ((int)script) {
    case HB_SCRIPT_COMMON:
    case HB_SCRIPT_HANGUL:
    case HB_SCRIPT_HAN:
    case HB_SCRIPT_KATAKANA:
    case HB_SCRIPT_LATIN:
    case HB_SCRIPT_GREEK:
    case HB_SCRIPT_CYRILLIC:
        return true;
    default:
        return false;
    }
}

static bool has_table(hb_face_t *face, hb_tag_t tag)
{
    hb_blob_t *blob = hb_face_reference_table(face, tag);
    bool has = hb_blob_get_length(blob) > 0;

    hb_blob_destroy(blob);
    return has;
}

/* Tables that HarfBuzz obeys beside or instead of GSUB and GPOS. */
static bool has_other_rules(hb_face_t *face)
{
    static const hb_tag_t tags[] = {
        HB_TAG('k', 'e', 'r', 'n'), HB_TAG('k', 'e', 'r', 'x'),
        HB_TAG('m', 'o', 'r', 't'), HB_TAG('m', 'o', 'r', 'x'),
        HB_TAG('t', 'r', 'a', 'k'), HB_TAG('f', 'v', 'a', 'r'),
    };

    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        if (has_table(face, tags[i]))
            return true;
    return false;
}

/* Whether lookup I of GSUB is a single substitution (OpenType, LookupType 1;
 * an extension of one counts as any other). */
static bool is_single(str gsub, unsigned i)
{
    size_t list = sfnt_u16(gsub, 8);

    return sfnt_u16(gsub, list + sfnt_u16(gsub, list + 2 + 2 * i)) == 1;
}

/* Adds the glyphs that the lookups of TABLE in this plan have as input. */
static void collect(struct shape_plan *p, hb_tag_t table)
{
    hb_face_t *face = p->spec.font->face->hb_face;
    hb_set_t *lookups = hb_set_create(), *input = hb_set_create();
    hb_set_t *around = hb_set_create();
    hb_blob_t *blob = hb_face_reference_table(face, table);
    hb_codepoint_t i = HB_SET_VALUE_INVALID;
    unsigned n;
    const char *bytes = hb_blob_get_data(blob, &n);

    hb_ot_shape_plan_collect_lookups(p->hb, table, lookups);
    while (hb_set_next(lookups, &i)) {
        hb_set_clear(input);
        hb_set_clear(around);
        hb_ot_layout_lookup_collect_glyphs(face, table, i, around, input,
                                           around, NULL);
        bool single = table == HB_OT_TAG_GSUB &&
                      is_single((str){ bytes, n }, i);
        if (single)
            hb_set_add(p->replacing, i);
        hb_set_union(single                    ? p->single
                     : hb_set_is_empty(around) ? p->input
                                               : p->context,
                     input);
        hb_set_union(p->around, around);
    }
    hb_blob_destroy(blob);
    hb_set_destroy(lookups);
    hb_set_destroy(input);
    hb_set_destroy(around);
}

static hb_segment_properties_t props_of(const struct run_spec *spec)
{
    hb_segment_properties_t props = HB_SEGMENT_PROPERTIES_DEFAULT;

    props.direction = spec->rtl ? HB_DIRECTION_RTL : HB_DIRECTION_LTR;
    props.script = (hb_script_t)spec->script;
    props.language = spec->language;
    return props;
}

static hb_shape_plan_t *hb_plan_new(const struct run_spec *spec)
{
    hb_segment_properties_t props = props_of(spec);

    return hb_shape_plan_create(spec->font->face->hb_face, &props,
                                spec->features, spec->n_features, NULL);
}

static void execute(hb_shape_plan_t *plan, const struct run_spec *spec,
                    hb_buffer_t *b)
{
    hb_segment_properties_t props = props_of(spec);

    hb_buffer_set_content_type(b, HB_BUFFER_CONTENT_TYPE_UNICODE);
    hb_buffer_set_segment_properties(b, &props);
    hb_buffer_set_cluster_level(b, HB_BUFFER_CLUSTER_LEVEL_MONOTONE_GRAPHEMES);
    hb_buffer_set_flags(b, HB_BUFFER_FLAG_REMOVE_DEFAULT_IGNORABLES);
    hb_shape_plan_execute(plan, spec->font->face->hb_font, b, spec->features,
                          spec->n_features);
}

static struct shape_plan *plan_new(const struct run_spec *spec)
{
    struct shape_plan *p = calloc(1, sizeof *p);
    hb_face_t *face = spec->font->face->hb_face;

    if (!p)
        die("out of memory");
    p->spec = *spec;
    p->spec.features = p->features;
    for (unsigned i = 0; i < spec->n_features; i++)
        p->features[i] = spec->features[i];
    p->hb = hb_plan_new(&p->spec);
    p->single = hb_set_create();
    p->replacing = hb_set_create();
    p->input = hb_set_create();
    p->context = hb_set_create();
    p->around = hb_set_create();
    p->alone = hb_buffer_create();
    p->usable = is_simple(spec->script) && !spec->rtl &&
                spec->font->kind != FONT_COLOR && !has_other_rules(face);
    if (p->usable) {
        collect(p, HB_OT_TAG_GSUB);
        collect(p, HB_OT_TAG_GPOS);
    }
    return p;
}

static bool has_features(const struct shape_plan *p,
                         const struct run_spec *spec)
{
    if (p->spec.n_features != spec->n_features)
        return false;
    for (unsigned i = 0; i < spec->n_features; i++)
        if (p->features[i].tag != spec->features[i].tag ||
            p->features[i].value != spec->features[i].value)
            return false;
    return true;
}

/* Features are for whole runs, so their ranges say nothing. */
static bool is_for(const struct shape_plan *p, const struct run_spec *spec)
{
    return p->spec.font == spec->font && p->spec.script == spec->script &&
           p->spec.language == spec->language && p->spec.rtl == spec->rtl &&
           has_features(p, spec);
}

/* NULL: there are too many. */
static struct shape_plan *find_plan(struct shape_plans *ps,
                                    const struct run_spec *spec)
{
    struct shape_plan *p = ps->last;

    for (size_t i = 0; !(p && is_for(p, spec)) && i < ps->n; i++)
        p = ps->v[i];
    if (!p || !is_for(p, spec)) {
        if (ps->n == PLANS_MAX ||
            spec->n_features > sizeof p->features / sizeof *p->features)
            return NULL;
        p = ps->v[ps->n++] = plan_new(spec);
    }
    ps->last = p;
    return p;
}

struct shape_plan *shape_plan_of(struct shape_plans *ps,
                                 const struct run_spec *spec)
{
    struct shape_plan *p = find_plan(ps, spec);

    return p && p->usable ? p : NULL;
}

void shape_buffer(struct shape_plans *ps, const struct run_spec *spec,
                  hb_buffer_t *b)
{
    struct shape_plan *p = find_plan(ps, spec);
    hb_shape_plan_t *plan = p ? hb_shape_plan_reference(p->hb)
                              : hb_plan_new(spec);

    execute(plan, spec, b);
    hb_shape_plan_destroy(plan);
}

/* Adds what lookups do to the glyph G. */
static void add_role(const struct shape_plan *p, hb_codepoint_t g,
                     struct plan_glyph *out)
{
    hb_face_t *face = p->spec.font->face->hb_face;

    if (hb_ot_layout_get_glyph_class(face, g) == HB_OT_LAYOUT_GLYPH_CLASS_MARK)
        out->role = PLAN_UNKNOWN;
    else if (out->role == PLAN_PASSIVE && hb_set_has(p->input, g))
        out->role = PLAN_ACTIVE;
    out->looks = out->looks || hb_set_has(p->context, g);
    out->is_looked_for = out->is_looked_for || hb_set_has(p->around, g);
}

/* What lookups other than single substitutions can do to the glyph ID or to
 * what they may make of it. */
static void find_role(const struct shape_plan *p, hb_codepoint_t id,
                      struct plan_glyph *out)
{
    hb_codepoint_t g = HB_SET_VALUE_INVALID;

    out->role = PLAN_PASSIVE;
    add_role(p, id, out);
    if (!hb_set_has(p->single, id))
        return;
    hb_set_t *forms = hb_set_create();
    hb_set_add(forms, id);
    hb_ot_layout_lookups_substitute_closure(p->spec.font->face->hb_face,
                                            p->replacing, forms);
    while (hb_set_next(forms, &g))
        add_role(p, g, out);
    hb_set_destroy(forms);
}

/* The glyph of a character that stands alone. */
static void shape_alone(const struct shape_plan *p, struct plan_glyph *g)
{
    hb_buffer_t *b = p->alone;
    unsigned n;

    hb_buffer_clear_contents(b);
    hb_buffer_add(b, g->c, 0);
    execute(p->hb, &p->spec, b);
    const hb_glyph_info_t *info = hb_buffer_get_glyph_infos(b, &n);
    const hb_glyph_position_t *pos = hb_buffer_get_glyph_positions(b, NULL);
    if (n == 1 && !pos->x_offset && !pos->y_offset &&
        info->codepoint <= UINT16_MAX && pos->x_advance >= INT16_MIN &&
        pos->x_advance <= INT16_MAX) {
        g->id = (uint16_t)info->codepoint;
        g->advance = (int16_t)pos->x_advance;
    } else {
        g->role = PLAN_UNKNOWN;
    }
}

static void look_up(const struct shape_plan *p, struct plan_glyph *g)
{
    hb_codepoint_t id;

    if (!hb_font_get_nominal_glyph(p->spec.font->face->hb_font, g->c, &id))
        return;
    find_role(p, id, g);
    if (g->role == PLAN_PASSIVE)
        shape_alone(p, g);
}

const struct plan_glyph *shape_plan_glyph(struct shape_plan *p, uint32_t c)
{
    uint32_t place = (c ^ c >> 13) % (CACHE_PARTS * PART_SIZE);
    struct plan_glyph **part = &p->cache[place / PART_SIZE];

    if (!*part && !(*part = calloc(PART_SIZE, sizeof **part)))
        die("out of memory");
    struct plan_glyph *g = &(*part)[place % PART_SIZE];
    /* No text has U+0000 here, so an empty place is nobody's. */
    if (g->c != c) {
        *g = (struct plan_glyph){ .c = c, .role = PLAN_UNKNOWN };
        look_up(p, g);
    }
    return g;
}
