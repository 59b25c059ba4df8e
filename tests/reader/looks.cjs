// SPDX-License-Identifier: MIT
// looks.cjs BOOK.epub SHOTS [THEME-SIZE,...]: pictures of a book's pages on
// white, sepia and black, on a phone and a tablet, for a designer's eyes.
// Wants epubjs and puppeteer-core (tests/npm) in NODE_PATH and the browser's
// path in BROWSER.
'use strict';
const fs = require('fs');
const http = require('http');
const path = require('path');
const puppeteer = require('puppeteer-core');

const MOST_PAGES = 30;
const themes = {
  white: ['#ffffff', '#111111'],
  sepia: ['#f4ecd8', '#3b2f1e'],
  black: ['#000000', '#c8c8c8'],
};
const sizes = {
  phone: { width: 390, height: 760, letter: 17 },
  tablet: { width: 800, height: 1040, letter: 20 },
};
const every = Object.keys(themes).flatMap(
  (t) => Object.keys(sizes).map((s) => `${t}-${s}`));

const [book, shots, wanted = every.join(',')] = process.argv.slice(2);
const files = {
  '/jszip.js': require.resolve('jszip/dist/jszip.min.js'),
  '/epub.js': require.resolve('epubjs/dist/epub.min.js'),
  '/book.epub': book,
};
const page_html = `<!DOCTYPE html><meta charset="utf-8">
<script src="/jszip.js"></script><script src="/epub.js"></script>
<body style="margin:0"><div id="view"></div>`;

function serve(request, response) {
  if (request.url === '/') {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(page_html);
  } else if (files[request.url]) {
    response.end(fs.readFileSync(files[request.url]));
  } else {
    response.statusCode = 404;
    response.end();
  }
}

// Runs in the page.
async function open_book({ width, height, letter }, [ground, ink]) {
  const margin = Math.round(width * 0.06);
  const room = [width - 2 * margin, height - 2 * margin];
  document.body.style.background = ground;
  document.getElementById('view').style.cssText =
    `width:${room[0]}px;height:${room[1]}px;margin:${margin}px`;
  const view = ePub('/book.epub').renderTo('view',
    { width: room[0], height: room[1], spread: 'none' });
  view.themes.register('it', { body: {
    color: ink, background: ground, 'font-family': 'serif',
    'font-size': `${letter}px`,
  } });
  view.themes.select('it');
  await view.display();
  window.view = view;
}

async function shoot(browser, port, name) {
  const [theme, size] = name.split('-');
  const page = await browser.newPage();
  await page.setViewport(sizes[size]);
  await page.goto(`http://127.0.0.1:${port}/`);
  await page.evaluate(open_book, sizes[size], themes[theme]);
  for (let i = 0, last = ''; i < MOST_PAGES; i++) {
    await new Promise((done) => setTimeout(done, 350));
    const at = await page.evaluate(() => view.currentLocation().start.cfi);
    if (at === last) break;
    last = at;
    const number = String(i + 1).padStart(2, '0');
    await page.screenshot({ path: path.join(shots, `${name}-${number}.png`) });
    await page.evaluate(() => view.next());
  }
  await page.close();
}

async function main() {
  fs.mkdirSync(shots, { recursive: true });
  const server = http.createServer(serve);
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const browser = await puppeteer.launch({
    executablePath: process.env.BROWSER, headless: true,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic',
      '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync'],
  });
  try {
    for (const name of wanted.split(',')) {
      await shoot(browser, server.address().port, name);
    }
  } finally {
    await browser.close();
    server.close();
  }
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
