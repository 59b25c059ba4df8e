#!/usr/bin/env python
AUTHOR = 'Wren'
SITENAME = u"Reed \"and\" water"
SITEURL = 'https://example.org'
DEFAULT_LANG = 'zh'
LINKS = (('a', 'b'),)
SITESUBTITLE = '''three
lines'''
