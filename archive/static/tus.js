// A small client of the tus 1.0 protocol: one file, in pieces, going on by itself when the connection is lost.

const VERSION = "1.0.0";
const PIECE_BYTES = 4 * 1024 * 1024;
const STALLED_MS = 60_000; // no byte went out for so long: the connection is taken for lost
const ANSWER_MS = 600_000; // a large file is copied into the store before the last answer
const LONGEST_PAUSE_MS = 30_000;
const LATER = new Set([0, 408, 423, 425, 429, 500, 502, 503, 504]); // worth another try, without a person

/** The server said no, in words for a person. */
export class Refused extends Error {
  constructor(status, sentence) {
    super(sentence);
    this.status = status;
  }
}

/** Somebody pressed Stop. */
export class Stopped extends Error {}

class Lost extends Error {}

/** One request. Rejects with `Lost` when there was no answer, with `Stopped` when `signal` says so. */
export function ask(method, address, { headers = {}, body = null, signal = null, onSent = () => {} } = {}) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    let timer = 0;
    const wait = (milliseconds) => {
      clearTimeout(timer);
      timer = setTimeout(() => request.abort(), milliseconds);
    };
    const end = (settle, value) => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", stop);
      settle(value);
    };
    const stop = () => request.abort();
    request.open(method, address);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.onload = () => end(resolve, request);
    request.onerror = () => end(reject, new Lost());
    request.onabort = () => end(reject, signal?.aborted ? new Stopped() : new Lost());
    if (body) {
      request.upload.onprogress = (event) => {
        wait(STALLED_MS);
        onSent(event.loaded);
      };
      request.upload.onload = () => wait(ANSWER_MS);
    }
    if (signal?.aborted) return reject(new Stopped());
    signal?.addEventListener("abort", stop);
    wait(STALLED_MS);
    request.send(body);
  });
}

function inBase64(text) {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

/**
 * Sends one file and returns its address. `job` has: file, name, batch, token, endpoint, address (of an
 * upload to go on with, or null), isOurs (this page made that address), signal, find (the address of an upload
 * that was begun, or null), confirm(address) (how many bytes are there that are this file's, or null),
 * onAddress, onProgress(bytes), onPause(seconds).
 */
export async function sendFile(job) {
  let offset = null;
  let failures = 0;
  let mayBeBegun = false; // the question was sent, its answer was lost
  for (;;) {
    try {
      if (!job.address && mayBeBegun) job.address = await job.find();
      if (!job.address) {
        mayBeBegun = true;
        job.address = await begin(job);
        job.isOurs = true;
        job.onAddress(job.address);
        offset = 0;
      }
      offset ??= await findOffset(job);
      while (job.address && offset < job.file.size) {
        offset = await sendPiece(job, offset);
        if (offset === null) break;
        failures = 0;
        job.onProgress(offset);
      }
      if (job.address && offset === job.file.size) return job.address;
    } catch (error) {
      if (!(error instanceof Lost)) throw error;
      await mustBeThere(job.file);
      offset = null;
      failures += 1;
      const pause = Math.min(LONGEST_PAUSE_MS, 1000 * 2 ** Math.min(failures - 1, 5)) * (0.75 + Math.random() / 2);
      job.onPause(Math.ceil(pause / 1000));
      await rest(pause, job.signal);
    }
  }
}

/** A file that was moved or changed meanwhile looks like a lost connection. */
async function mustBeThere(file) {
  try {
    await file.slice(0, 1).arrayBuffer();
  } catch {
    throw new Refused(0, "This file cannot be read any more: it was moved, renamed or changed. Choose it again.");
  }
}

async function begin(job) {
  const metadata = [`filename ${inBase64(job.name)}`];
  if (job.batch) metadata.push(`batch ${inBase64(job.batch)}`);
  const answer = await speak(job, "POST", job.endpoint, {
    "Upload-Length": String(job.file.size),
    "Upload-Metadata": metadata.join(","),
  });
  if (answer.status !== 201) throw refusal(answer);
  return answer.getResponseHeader("Location");
}

/**
 * Where to go on. Another tab may still be sending another file of this name and length to the same place:
 * what is there is compared again each time, and a place it finished is not ours.
 */
async function findOffset(job) {
  const told = await tellOffset(job);
  if (told === null || (told === job.file.size && job.isOurs)) return told;
  const confirmed = await job.confirm(job.address);
  if (confirmed === null) job.address = null;
  return confirmed;
}

/** How much is safe on the other side; forgets an upload that is over there. */
async function tellOffset(job) {
  const answer = await speak(job, "HEAD", job.address, {});
  if (answer.status === 200) return Number(answer.getResponseHeader("Upload-Offset"));
  if (answer.status !== 404 && answer.status !== 410) throw refusal(answer);
  job.address = null;
  return null;
}

/** The new offset; null when the other side has another one than we thought. */
async function sendPiece(job, offset) {
  const headers = { "Upload-Offset": String(offset), "Content-Type": "application/offset+octet-stream" };
  const piece = job.file.slice(offset, offset + PIECE_BYTES);
  const answer = await speak(job, "PATCH", job.address, headers, piece, (sent) => job.onProgress(offset + sent));
  if (answer.status === 204) return Number(answer.getResponseHeader("Upload-Offset"));
  if (answer.status === 409 || answer.status === 460) return null;
  throw refusal(answer);
}

async function speak(job, method, address, headers, body = null, onSent = undefined) {
  const all = { "Tus-Resumable": VERSION, "X-Form-Token": job.token, ...headers };
  const answer = await ask(method, address, { headers: all, body, signal: job.signal, onSent });
  if (LATER.has(answer.status)) throw new Lost();
  return answer;
}

function refusal(answer) {
  if (answer.status === 401 || answer.status === 403) {
    return new Refused(answer.status, "You are signed out, or this page is too old. Load it again, sign in, and choose the same files: sending goes on where it stopped.");
  }
  const plain = (answer.getResponseHeader("Content-Type") ?? "").startsWith("text/plain");
  return new Refused(answer.status, plain && answer.responseText ? answer.responseText.trim() : "The server refused this file.");
}

/** A pause that ends early when the browser is online again. */
function rest(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    const end = (settle, value) => {
      clearTimeout(timer);
      window.removeEventListener("online", goOn);
      signal.removeEventListener("abort", stop);
      settle(value);
    };
    const goOn = () => end(resolve);
    const stop = () => end(reject, new Stopped());
    const timer = setTimeout(goOn, milliseconds);
    window.addEventListener("online", goOn);
    signal.addEventListener("abort", stop);
  });
}
