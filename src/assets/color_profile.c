/* SPDX-License-Identifier: MIT */
#include <lcms2.h>
#include <string.h>

#include "assets/color.h"
#include "assets/color_parts.h"

/* What a few pictures may add to a book of many. */
#define PROFILE_MOST (64u << 10)

/* The header's date, ICC.1:2010, 7.2.1, which is when it was saved. */
#define DATE_AT 24
static const char any_date[12] = { 2000 >> 8, (char)(2000 & 0xFF), 0, 1, 0, 1 };

/* Tags that turn numbers into colours, and the notice of who may copy them
 * (ICC.1:2010, 9.2). */
static const cmsTagSignature needed[] = {
    cmsSigMediaWhitePointTag, cmsSigMediaBlackPointTag,
    cmsSigRedColorantTag,     cmsSigGreenColorantTag,
    cmsSigBlueColorantTag,    cmsSigRedTRCTag,
    cmsSigGreenTRCTag,        cmsSigBlueTRCTag,
    cmsSigGrayTRCTag,         cmsSigChromaticAdaptationTag,
    cmsSigAToB0Tag,           cmsSigAToB1Tag,
    cmsSigAToB2Tag,           cmsSigCopyrightTag,
};

/* Which tag of P has TAG's data: itself, or one that it shares them with. */
static cmsTagSignature owner(cmsHPROFILE p, cmsTagSignature tag)
{
    cmsTagSignature next = cmsTagLinkedTo(p, tag);
    size_t most = sizeof needed / sizeof *needed;

    for (; next && most > 0; most--) {
        tag = next;
        next = cmsTagLinkedTo(p, tag);
    }
    return tag;
}

/* Data that tags share are copied once, for the first of them. */
static bool copy_tag(cmsHPROFILE from, cmsHPROFILE to, cmsTagSignature tag,
                     struct arena *a)
{
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++) {
        if (needed[i] == tag)
            break;
        if (owner(from, needed[i]) == owner(from, tag))
            return cmsLinkTag(to, tag, needed[i]);
    }
    cmsUInt32Number n = cmsReadRawTag(from, tag, NULL, 0);
    if (n == 0 || n > PROFILE_MOST)
        return n == 0;
    char *data = arena_bytes(a, n);
    return cmsReadRawTag(from, tag, data, n) == n &&
           cmsWriteRawTag(to, tag, data, n);
}

static bool describe(cmsHPROFILE p, cmsContext c)
{
    cmsMLU *text = cmsMLUalloc(c, 1);
    bool ok = text && cmsMLUsetASCII(text, "en", "US", "Picture") &&
              cmsWriteTag(p, cmsSigProfileDescriptionTag, text);

    cmsMLUfree(text);
    return ok;
}

static bool copy(cmsHPROFILE from, cmsHPROFILE to, cmsContext c,
                 struct arena *a)
{
    cmsSetEncodedICCversion(to, cmsGetEncodedICCversion(from));
    /* Of screens, or of what else a picture may come from: only this class
     * needs no way back. */
    cmsSetDeviceClass(to, cmsSigInputClass);
    cmsSetColorSpace(to, cmsGetColorSpace(from));
    cmsSetPCS(to, cmsGetPCS(from));
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        if (!copy_tag(from, to, needed[i], a))
            return false;
    return describe(to, c);
}

static str save(cmsHPROFILE p, struct arena *a)
{
    cmsUInt32Number n = 0;

    if (!cmsSaveProfileToMem(p, NULL, &n) || n < 128 || n > PROFILE_MOST)
        return (str){ 0 };
    char *to = arena_bytes(a, n);
    if (!cmsSaveProfileToMem(p, to, &n))
        return (str){ 0 };
    memcpy(to + DATE_AT, any_date, sizeof any_date);
    return (str){ to, n };
}

str color_profile(str icc, unsigned channels, struct arena *a)
{
    cmsContext c = color_context();
    str out = { 0 };

    cmsHPROFILE from = cmsOpenProfileFromMemTHR(c, icc.p, (uint32_t)icc.n);
    cmsHPROFILE to = cmsCreateProfilePlaceholder(c);
    if (from && to && copy(from, to, c, a))
        out = save(to, a);
    if (to)
        cmsCloseProfile(to);
    if (from)
        cmsCloseProfile(from);
    cmsDeleteContext(c);
    if (!color_equal(icc, out, channels))
        out = (str){ 0 };
    return out;
}
