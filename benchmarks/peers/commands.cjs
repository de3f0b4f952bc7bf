// Reads requests as JSON on standard input; prints, for each, the commands that the peers make of it, or why they do not.
"use strict";
const { Request } = require("postman-collection");
const postman = require("postman-code-generators");
const { HTTPSnippet } = require("httpsnippet");
const openapi = require("openapi-snippet");

const attempt = (make) => {
  try { return { text: make() }; } catch (error) { return { error: String(error && error.message || error) }; }
};

// Postman's own, with what its options advise for each shell.
const byPostman = (request, options) => {
  let text;
  postman.convert("curl", "curl", new Request(request), options, (error, snippet) => {
    if (error) throw error;
    text = snippet;
  });
  return text;
};

const byHttpsnippet = (har) => {
  const made = new HTTPSnippet(har).convert("shell", "curl");
  return Array.isArray(made) ? made[0] : made;
};

const byOpenapi = ({ document, path, method }) =>
  openapi.getEndpointSnippets(document, path, method, ["shell_curl"]).snippets[0].content;

(async () => {
  const chunks = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  const made = JSON.parse(Buffer.concat(chunks).toString()).map((request) => ({
    "postman-code-generators": {
      posix: attempt(() => byPostman(request.postman, { quoteType: "single", lineContinuationCharacter: "\\" })),
      cmd: attempt(() => byPostman(request.postman, { quoteType: "double", lineContinuationCharacter: "^" })),
      powershell: attempt(() => byPostman(request.postman, { quoteType: "single", lineContinuationCharacter: "`" })),
    },
    httpsnippet: { posix: attempt(() => byHttpsnippet(request.har)) },
    "openapi-snippet": { posix: attempt(() => byOpenapi(request.openapi)) },
  }));
  process.stdout.write(JSON.stringify(made));
})();
