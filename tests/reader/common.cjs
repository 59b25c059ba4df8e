// SPDX-License-Identifier: MIT
// What the scripts here share: epub.js and books on a server of their own, and
// a browser that asks nobody else for anything.
'use strict';
const fs = require('fs');
const http = require('http');
const path = require('path');
const puppeteer = require('puppeteer-core');

// Milliseconds: a machine that builds something else at once is slow.
const patience = 300000;
const scripts = {
  '/jszip.js': require.resolve('jszip/dist/jszip.min.js'),
  '/epub.js': require.resolve('epubjs/dist/epub.min.js'),
};
const page_html = `<!DOCTYPE html><meta charset="utf-8">
<link rel="icon" href="data:,">
<script src="/jszip.js"></script><script src="/epub.js"></script>
<body style="margin:0"><div id="view"></div>`;

// Answers with the page, the scripts and the files of the folder BOOKS.
function serve(books) {
  const server = http.createServer((request, response) => {
    const url = new URL(request.url, 'http://localhost').pathname;
    const file = scripts[url] || path.join(books, path.basename(url));
    if (url === '/') {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end(page_html);
    } else if (fs.existsSync(file)) {
      response.end(fs.readFileSync(file));
    } else {
      response.statusCode = 404;
      response.end();
    }
  });
  return new Promise((done) => server.listen(0, '127.0.0.1',
    () => done(server)));
}

function launch() {
  return puppeteer.launch({
    executablePath: process.env.BROWSER, headless: true,
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage',
      '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync'],
    timeout: patience, protocolTimeout: patience,
  });
}

// Runs WORK(browser, address) with a server for BOOKS; ends the program.
async function main(books, work) {
  const server = await serve(books);
  const browser = await launch();
  try {
    await work(browser, `http://127.0.0.1:${server.address().port}/`);
  } finally {
    await browser.close();
    server.close();
  }
}

function run(books, work) {
  main(books, work).catch((error) => {
    console.error(error);
    process.exit(1);
  });
}

module.exports = { run, patience };
