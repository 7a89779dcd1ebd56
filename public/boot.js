// Starts the page: one wasm for what is on the screen, in two halves, another for the engine, compiled once for every worker.
// Order: load and mount the first half of the page, load its other half and the engine behind it, lock the network, start the worker.
// A file that is dropped before that waits unread.
const address = (name) => new URL(document.querySelector(`meta[name="${name}"]`).content, document.baseURI).href;
const times = (globalThis.bootTimes = { boot: performance.now() });

// From the lock on the browser refuses every request of this page and of its workers, to its own address too.
const LOCK =
  "default-src 'none'; script-src 'wasm-unsafe-eval'; style-src-attr 'unsafe-inline'; " +
  "img-src data: blob:; worker-src blob:; form-action 'none'; base-uri 'none'";

// Appended to the wasm-bindgen glue: both are one blob module, so the worker has nothing to import.
const TAIL = `
;self.addEventListener("message", (event) => {
  const data = event.data ?? {};
  if (data.boot) {
    try { INIT({ module: data.module }); self.postMessage({ kind: "ready", build: MAIN() }); }
    catch (error) { self.postMessage({ kind: "boot-error", text: String(error) }); }
  } else if (data.probe) { // a test of the lock
    fetch(data.probe).then(() => "sent", (error) => "blocked " + error.name)
      .then((result) => self.postMessage({ kind: "probe", result }));
  }
});`;

// The local name behind an export of the glue.
function localName(glue, name) {
  if (glue.includes(`export function ${name}(`)) return name;
  for (const list of glue.matchAll(/export \{([^}]*)\}/g)) {
    for (const entry of list[1].split(",")) {
      const [local, exported] = entry.trim().split(/\s+as\s+/);
      if ((exported ?? local) === name) return local;
    }
  }
  throw new Error(`glue does not export ${name}`);
}

async function fetchChecked(link, how) {
  const tag = [...document.querySelectorAll("link[integrity]")].find((one) => one.href === link);
  const response = await fetch(link, { integrity: tag?.integrity ?? "", credentials: "same-origin", ...how });
  if (!response.ok) throw new Error(`${response.status} for ${link}`);
  return response;
}

async function compile(link, how) {
  const response = await fetchChecked(link, how);
  const streams = response.headers.get("content-type")?.startsWith("application/wasm");
  return streams ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
}

// What stays: another screen of this page, whose name is all that may differ in the address, this page once more, and a file to save.
function mayNavigate({ destination, navigationType, downloadRequest }) {
  const to = new URL(destination.url);
  if (downloadRequest !== null && downloadRequest !== undefined) return to.protocol === "blob:";
  const isHere = to.origin + to.pathname + to.search === location.origin + location.pathname + location.search;
  const isScreen = ["", "#data", "#compare", "#segments"].includes(to.hash);
  return isHere && isScreen && (destination.sameDocument || navigationType === "reload");
}

// The page has no frames. One that comes is taken out as soon as the code that made it pauses, and its connections end with it. Nothing
// can be hidden from that in a shadow tree.
function closeFrames() {
  delete Element.prototype.attachShadow;
  for (const owner of [Document, Element.prototype, ShadowRoot.prototype]) {
    for (const name of ["parseHTMLUnsafe", "setHTMLUnsafe"]) delete owner[name];
  }
  const frames = "iframe, frame, object, embed";
  // Only what was added is searched: a search of the whole page takes half a millisecond.
  const close = (node) => {
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    node.querySelectorAll(frames).forEach((frame) => frame.remove());
    if (node.matches(frames)) node.remove();
  };
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) addedNodes.forEach(close);
  }).observe(document, { childList: true, subtree: true });
  close(document.documentElement);
}

function lock() {
  const policy = document.createElement("meta");
  policy.httpEquiv = "Content-Security-Policy";
  policy.content = LOCK;
  document.head.append(policy);
  // What a policy does not cover: WebRTC is taken away, and so are the ways to another window, which has WebRTC of its own. Leaving the
  // page is vetoed where the browser allows a veto.
  for (const name of ["RTCPeerConnection", "webkitRTCPeerConnection", "open", "documentPictureInPicture"]) delete globalThis[name];
  closeFrames();
  globalThis.navigation?.addEventListener("navigate", (event) => {
    if (event.cancelable && !mayNavigate(event)) event.preventDefault();
  });
  times.locked = performance.now();
}

// After the screen was painted once, so that loading the engine does not hold it up.
const painted = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));

// `first` is what the page's first half exports: the other half works on the same memory, and puts its functions into the same table.
async function loadRest(first) {
  // No hash stands in the names of the engine: the browser asks whether its copy is still the one.
  const fresh = { cache: "no-cache" };
  const [rest, module, text] = await Promise.all([
    compile(address("app-rest")),
    compile(new URL("engine_bg.wasm", document.baseURI).href, fresh),
    fetchChecked(new URL("engine.js", document.baseURI).href, fresh).then((response) => response.text()),
  ]);
  new WebAssembly.Instance(rest, { first });
  lock();
  const worker = text + TAIL.replace("INIT", localName(text, "initSync")).replace("MAIN", localName(text, "serve"));
  // Kept for as long as the page lives: cancelling ends a worker and starts another.
  const source = URL.createObjectURL(new Blob([worker], { type: "text/javascript" }));
  globalThis.spawnEngine = () => {
    const engine = new Worker(source, { type: "module", name: "engine" });
    engine.postMessage({ boot: true, module });
    return engine;
  };
  return spawnEngine();
}

async function main() {
  if (typeof WebAssembly !== "object") throw new Error("this browser cannot run WebAssembly");
  const [module, glue] = await Promise.all([compile(address("app-wasm")), import(address("app-js"))]);
  times.compiled = performance.now();
  const first = glue.initSync({ module });
  const engine = painted().then(() => loadRest(first));
  engine.then(() => (times.ready = performance.now()), console.error);
  glue.run(engine, () => spawnEngine());
  times.mounted = performance.now();
}

main().catch((error) => {
  console.error(error);
  const status = document.getElementById("boot-status");
  if (status) {
    status.textContent = `The app could not start (${error?.message ?? error}). Reload the page; if it stays, try another browser.`;
  }
});
