// npm's tus-js-client against a server of ours: node tus-client.mjs begin|go-on|cancel URL TOKEN FILE. Prints JSON.

import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { Upload } from "tus-js-client";

const PIECE = 300_000; // bytes
const [errand, url, token, path] = process.argv.slice(2);
const headers = { authorization: `Bearer ${token}`, "x-parley": "1" };
const content = await readFile(path);

/** @param {object} options @returns {Promise<{url: string, sent: number, from: number}>} */
function run(options) {
  return new Promise((done, failed) => {
    let from = -1;
    let sent = 0;
    const upload = new Upload(content, {
      headers,
      chunkSize: PIECE,
      retryDelays: null,
      metadata: { filename: basename(path) },
      onError: failed,
      onProgress: (bytes) => {
        if (from < 0) from = bytes;
      },
      onChunkComplete: (size, bytes) => {
        sent += size;
        if (errand === "begin" && bytes === 2 * PIECE)
          upload.abort().then(() => done({ url: upload.url, sent, from }));
      },
      onSuccess: () => done({ url: upload.url, sent, from }),
      ...options,
    });
    upload.start();
  });
}

if (errand === "begin")
  process.stdout.write(JSON.stringify(await run({ endpoint: `${url}/api/files` })));
if (errand === "go-on") process.stdout.write(JSON.stringify(await run({ uploadUrl: url })));
if (errand === "cancel") {
  await Upload.terminate(url, { headers, retryDelays: null });
  process.stdout.write("{}");
}
