/* SPDX-License-Identifier: MIT */
#include "assets/cover_fonts.h"

#include <fontconfig/fontconfig.h>
#include <unictype.h>

#include "base/utf8.h"

static bool any_has(const FcFontSet *fonts, uint32_t c)
{
    FcCharSet *set;

    for (int i = 0; fonts && i < fonts->nfont; i++)
        if (FcPatternGetCharSet(fonts->fonts[i], FC_CHARSET, 0, &set) ==
                FcResultMatch &&
            FcCharSetHasChar(set, c))
            return true;
    return false;
}

static bool is_visible(uint32_t c)
{
    return !uc_is_property_white_space(c) && !uc_is_cntrl(c) &&
           !uc_is_property_default_ignorable_code_point(c);
}

uint32_t cover_find_unshown(str text)
{
    const FcFontSet *system = FcConfigGetFonts(NULL, FcSetSystem);
    const FcFontSet *own = FcConfigGetFonts(NULL, FcSetApplication);

    for (size_t at = 0; at < text.n;) {
        uint32_t c = utf8_next(text, &at);
        if (is_visible(c) && !any_has(system, c) && !any_has(own, c))
            return c;
    }
    return 0;
}
