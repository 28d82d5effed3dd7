// Sends one file with the stock tus client, as its documentation shows it. Says what it did as one JSON line.
//   node send.js ENDPOINT TOKEN FILE STORE CHUNK_BYTES DIE_AT_BYTES
// CHUNK_BYTES 0: in one piece. DIE_AT_BYTES 0: to the end. STORE remembers what was begun.

const fs = require("fs");
const path = require("path");
const tus = require("tus-js-client");

const [endpoint, token, file, store, chunkBytes, dieAtBytes] = process.argv.slice(2);
const said = { requests: [], resumedAt: null };

const upload = new tus.Upload(fs.createReadStream(file), {
  endpoint,
  headers: { Authorization: `Bearer ${token}` },
  chunkSize: Number(chunkBytes) || Infinity,
  retryDelays: [0, 500, 1000],
  urlStorage: new tus.FileUrlStorage(store),
  metadata: { filename: path.basename(file), filetype: "application/pdf" },
  onBeforeRequest(request) {
    said.requests.push(request.getMethod());
  },
  onAfterResponse(request, response) {
    if (request.getMethod() === "HEAD") said.resumedAt = Number(response.getHeader("Upload-Offset"));
  },
  onProgress(sent) {
    if (Number(dieAtBytes) && sent >= Number(dieAtBytes)) process.kill(process.pid, "SIGKILL");
  },
  onError(error) {
    console.error(String(error));
    process.exit(1);
  },
  onSuccess() {
    console.log(JSON.stringify({ ...said, url: upload.url }));
  },
});

upload.findPreviousUploads().then((begun) => {
  if (begun.length) upload.resumeFromPreviousUpload(begun[0]);
  upload.start();
});
