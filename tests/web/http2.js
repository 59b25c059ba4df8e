// SPDX-License-Identifier: MIT
// http2.js CERTIFICATE KEY: an HTTP/2 server on 127.0.0.1; prints its port and
// ends with its standard input. Every answer tells what the server saw.
const fs = require("fs");
const http2 = require("http2");

let connections = 0, now = 0, at_once = 0;
const server = http2.createSecureServer({
    cert: fs.readFileSync(process.argv[2]),
    key: fs.readFileSync(process.argv[3]),
}, (request, response) => {
    at_once = Math.max(at_once, ++now);
    setTimeout(() => {
        now--;
        response.writeHead(200, { "content-type": "application/json" });
        response.end(JSON.stringify({
            version: request.httpVersion, path: request.url, connections,
            at_once,
        }));
    }, 10);
});
server.on("session", () => connections++);
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
process.stdin.on("data", () => {}).on("end", () => process.exit());
