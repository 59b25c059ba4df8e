/* SPDX-License-Identifier: MIT */
#include "assets/svg_clean.h"
#include "base/names.h"

/* SVG 1.1, appendix H, and 2, without what runs, fetches or only describes.
 * In the order of strcmp(). */
static const char *const elements[] = {
    "a",
    "animate",
    "animateMotion",
    "animateTransform",
    "circle",
    "clipPath",
    "defs",
    "desc",
    "ellipse",
    "feBlend",
    "feColorMatrix",
    "feComponentTransfer",
    "feComposite",
    "feConvolveMatrix",
    "feDiffuseLighting",
    "feDisplacementMap",
    "feDistantLight",
    "feDropShadow",
    "feFlood",
    "feFuncA",
    "feFuncB",
    "feFuncG",
    "feFuncR",
    "feGaussianBlur",
    "feImage",
    "feMerge",
    "feMergeNode",
    "feMorphology",
    "feOffset",
    "fePointLight",
    "feSpecularLighting",
    "feSpotLight",
    "feTile",
    "feTurbulence",
    "filter",
    "g",
    "image",
    "line",
    "linearGradient",
    "marker",
    "mask",
    "mpath",
    "path",
    "pattern",
    "polygon",
    "polyline",
    "radialGradient",
    "rect",
    "set",
    "stop",
    "style",
    "svg",
    "switch",
    "symbol",
    "text",
    "textPath",
    "title",
    "tspan",
    "use",
    "view",
};

bool svg_element_stays(str local)
{
    return NAMES_FIND(local, elements) < sizeof elements / sizeof *elements;
}

/* Pictures that are in the drawing itself; an SVG there could have anything
 * in it. */
static bool is_inside(str target)
{
    static const str kinds[] = { STR_INIT("png"), STR_INIT("jpeg"),
                                 STR_INIT("jpg"), STR_INIT("gif"),
                                 STR_INIT("webp") };

    target = str_trim(target);
    if (str_starts(target, S("#")))
        return true;
    if (!str_starts_nocase(target, S("data:image/")))
        return false;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (str_starts_nocase(str_from(target, 11), kinds[i]))
            return true;
    return false;
}

static bool is_plain_name(str name)
{
    for (size_t i = 0; i < name.n; i++)
        if (!ascii_is_alnum((unsigned char)name.p[i]) && name.p[i] != '-')
            return false;
    return name.n > 0 && ascii_is_alpha((unsigned char)name.p[0]);
}

/* XML 1.0, 2.3, as far as such names go. */
bool svg_is_id(str value)
{
    for (size_t i = 0; i < value.n; i++) {
        unsigned char c = (unsigned char)value.p[i];
        bool start = ascii_is_alpha(c) || c == '_' || c >= 0x80;
        if (!start && (i == 0 || (!ascii_is_digit(c) && c != '-' && c != '.')))
            return false;
    }
    return value.n > 0;
}

static bool is_in(const str *names, size_t n, str name)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq_nocase(name, names[i]))
            return true;
    return false;
}

bool svg_attr_stays(str name, str *value, struct buf *scratch)
{
    static const str prefixed[] = { STR_INIT("xlink:title"),
                                    STR_INIT("xml:space"),
                                    STR_INIT("xml:lang") };
    static const str gone[] = { STR_INIT("src"),
                                STR_INIT("xmlns"),
                                STR_INIT("target"),
                                STR_INIT("ping"),
                                STR_INIT("download"),
                                STR_INIT("contentScriptType"),
                                STR_INIT("externalResourcesRequired"),
                                STR_INIT("requiredExtensions") };
    /* No style sheet reads these. */
    static const str texts[] = { STR_INIT("aria-label"), STR_INIT("class"),
                                 STR_INIT("aria-description") };

    if (str_eq(name, S("href")) || str_eq(name, S("xlink:href")))
        return is_inside(*value);
    if (is_in(prefixed, sizeof prefixed / sizeof *prefixed, name))
        return true;
    if (!is_plain_name(name) || str_starts_nocase(name, S("on")) ||
        str_starts_nocase(name, S("data-")) ||
        is_in(gone, sizeof gone / sizeof *gone, name))
        return false;
    if (str_eq(name, S("id")))
        return svg_is_id(*value);
    if (is_in(texts, sizeof texts / sizeof *texts, name))
        return true;
    buf_reset(scratch);
    svg_css_clean(*value, scratch);
    *value = buf_str(scratch);
    return value->n > 0;
}
