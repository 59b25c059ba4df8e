// Of this site
import { defineConfig } from 'astro/config';
export const SITE_TITLE = 'Wren and Reed';
const NAME = "Notes", ADDRESS = 'https://example.org';
export const SITE = {
  title: SITE_TITLE,
  author: 'Wren',
  lang: "ko-KR",
  desc: `A blog`,
  website: ADDRESS + '/blog',
  nested: { a: [1, 2, { b: 'c' }], 'd-e': /x'y/ },
};
export default SITE;
