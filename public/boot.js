// Starts the page. The first screen is in index.html and works at once; requests made there wait until the app is ready.
// Order: paint; load the app and the engine, mount the app, lock the network, start the worker. The wasm of the engine is compiled once
// for all workers.
const address = (name) => new URL(document.querySelector(`meta[name="${name}"]`).content, document.baseURI).href;
const times = (globalThis.bootTimes = { boot: performance.now() });
const part = (id) => document.getElementById(id);
part("script-missing").remove();

// After the lock, the browser refuses every request of this page and of its workers, including those to the page's own address.
const LOCK =
  "default-src 'none'; script-src 'wasm-unsafe-eval'; style-src-attr 'unsafe-inline'; " +
  "img-src data: blob:; worker-src blob:; form-action 'none'; base-uri 'none'";

// Appended to the wasm-bindgen glue: both form one blob module, so that the worker imports nothing.
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

// Allowed: another screen of this page, where only the hash may differ, a reload, and a file to save.
function mayNavigate({ destination, navigationType, downloadRequest }) {
  const to = new URL(destination.url);
  if (downloadRequest !== null && downloadRequest !== undefined) return to.protocol === "blob:";
  const isHere = to.origin + to.pathname + to.search === location.origin + location.pathname + location.search;
  const isScreen = ["", "#data", "#compare", "#segments"].includes(to.hash);
  return isHere && isScreen && (destination.sameDocument || navigationType === "reload");
}

// The page has no frames. A new one is removed as soon as the code that created it yields, and its connections end with it. Shadow
// trees, which could hide a frame, are disabled.
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
  // Not covered by the policy: WebRTC is removed, and so are the ways to open another window, which has its own WebRTC. Leaving the
  // page is prevented if the browser allows that.
  for (const name of ["RTCPeerConnection", "webkitRTCPeerConnection", "open", "documentPictureInPicture"]) delete globalThis[name];
  closeFrames();
  globalThis.navigation?.addEventListener("navigate", (event) => {
    if (event.cancelable && !mayNavigate(event)) event.preventDefault();
  });
  times.locked = performance.now();
}

// Counts the requests that the browser has recorded since the lock.
function countRequests() {
  let n = 0;
  const isRequest = ({ name, startTime }) => startTime > times.locked && name.startsWith("http");
  part("requests").textContent = n;
  new PerformanceObserver((list) => {
    n += list.getEntries().filter(isRequest).length;
    part("requests").textContent = n;
  }).observe({ type: "resource" });
}

// The first screen

let app;
const waiting = [];

// Calls the app now, or as soon as it is ready.
function ask(words, act) {
  if (app) return act();
  // Where the app could not start, nothing waits for it.
  if (!part("app")) return;
  waiting.push(act);
  if (!words) return;
  part("waiting").hidden = false;
  part("waiting").lastElementChild.textContent = words;
}

// A drop is emptied when its event ends, so its files are taken out at once.
function openDropped({ items, files, types }) {
  const isFolder = items[0]?.webkitGetAsEntry?.()?.isDirectory ?? false;
  openFiles([...files], isFolder, types.includes("text/uri-list"));
}

function openFiles(files, isFolder, isLink) {
  ask(files.map((file) => file.name).join(", "), () => app.open(files, isFolder, isLink));
}

function usePaste() {
  const [button, form, text] = ["paste", "pasting", "pasted"].map(part);
  button.onclick = () => {
    form.hidden = !form.hidden;
    button.setAttribute("aria-expanded", !form.hidden);
    if (!form.hidden) text.focus();
  };
  part("read-pasted").onclick = () => {
    const table = text.value;
    ask(button.textContent, () => app.open_text(table));
  };
}

function useDrops() {
  const shell = part("app");
  const mark = (event, isOver) => {
    event.preventDefault();
    shell.classList.toggle("app--dragging", isOver);
  };
  addEventListener("dragover", (event) => mark(event, true));
  addEventListener("dragleave", (event) => event.relatedTarget || mark(event, false));
  addEventListener("drop", (event) => {
    mark(event, false);
    openDropped(event.dataTransfer);
  });
}

// The theme follows the system until the user chooses another.
function useTheme() {
  const button = part("theme");
  const isDark = matchMedia("(prefers-color-scheme: dark)");
  const set = (theme) => {
    document.documentElement.dataset.theme = theme;
    button.ariaLabel = button.dataset[theme === "dark" ? "inDark" : "inLight"];
    dispatchEvent(new Event("themechange"));
  };
  const follow = () => set(isDark.matches ? "dark" : "light");
  isDark.onchange = follow;
  button.onclick = () => {
    isDark.onchange = null;
    set(document.documentElement.dataset.theme === "dark" ? "light" : "dark");
  };
  follow();
}

// The privacy promise is one element: on the first screen in its place, on other screens in a dialog.
function usePrivacy() {
  const [dialog, promise] = [part("privacy-dialog"), part("privacy")];
  part("privacy-open").onclick = () => {
    dialog.prepend(promise);
    dialog.showModal();
  };
  part("privacy-close").onclick = () => dialog.close();
  dialog.onclose = () => part("privacy-place").append(promise);
}

// Where the element with the focus goes away, the focus stays near: the next Tab must not start at the top of the page again.
function keepFocus() {
  let path = [];
  let isAsked = false;
  const isThere = (one) => one.isConnected && one.getClientRects().length > 0;
  const look = () => {
    isAsked = false;
    const [last] = path;
    const isElsewhere = ![null, document.body, last].includes(document.activeElement);
    if (!last || isElsewhere || (isThere(last) && !last.disabled)) return;
    const near = path.slice(1).find((one) => isThere(one) && one.id !== "app" && one !== document.body);
    const place = near && near !== document.documentElement ? near : [...document.querySelectorAll("main")].find(isThere);
    if (!place) return;
    if (place.tabIndex < 0) place.tabIndex = -1;
    place.focus({ preventScroll: true });
  };
  addEventListener("focusin", ({ target }) => {
    path = [];
    for (let one = target; one; one = one.parentElement) path.push(one);
  });
  // The browser takes the focus away when it draws.
  const ask = () => {
    if (isAsked) return;
    isAsked = true;
    requestAnimationFrame(() => setTimeout(look));
  };
  const attributeFilter = ["disabled", "hidden"];
  new MutationObserver(ask).observe(part("app"), { subtree: true, childList: true, attributeFilter });
}

function useFirstScreen() {
  const chooser = part("file");
  part("choose").onclick = () => chooser.click();
  chooser.onchange = () => {
    if (chooser.files.length > 0) openFiles([...chooser.files], false, false);
    // So that the same file can be chosen again after it was corrected.
    chooser.value = "";
  };
  for (const button of document.querySelectorAll("[data-demo]")) {
    button.onclick = () => ask(button.querySelector("b").textContent, () => app.open_demo(button.dataset.demo));
  }
  part("home").onclick = () => app?.go_home();
  usePaste();
  useDrops();
  useTheme();
  usePrivacy();
  keepFocus();
}

// The start

const painted = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));

async function loadEngine() {
  // The engine's file names contain no hash, so the browser must check whether its copy is current.
  const fresh = { cache: "no-cache" };
  const [module, text] = await Promise.all([
    compile(new URL("engine_bg.wasm", document.baseURI).href, fresh),
    fetchChecked(new URL("engine.js", document.baseURI).href, fresh).then((response) => response.text()),
  ]);
  const worker = text + TAIL.replace("INIT", localName(text, "initSync")).replace("MAIN", localName(text, "serve"));
  // Kept for the life of the page: cancelling ends a worker and starts another.
  const source = URL.createObjectURL(new Blob([worker], { type: "text/javascript" }));
  globalThis.spawnEngine = () => {
    const engine = new Worker(source, { type: "module", name: "engine" });
    engine.postMessage({ boot: true, module });
    return engine;
  };
}

async function main() {
  useFirstScreen();
  times.usable = performance.now();
  if (typeof WebAssembly !== "object") throw new Error("this browser cannot run WebAssembly");
  await painted();
  times.painted = performance.now();
  const loading = loadEngine();
  loading.catch((error) => {
    console.error(error);
    part("requests").textContent = "–";
  });
  const [module, glue] = await Promise.all([compile(address("app-wasm")), import(address("app-js"))]);
  times.compiled = performance.now();
  glue.initSync({ module });
  // No worker starts, and so no file is read, before the network is locked.
  const engine = loading.then(() => {
    lock();
    countRequests();
    times.ready = performance.now();
    return spawnEngine();
  });
  app = glue.run(engine, () => spawnEngine());
  times.mounted = performance.now();
  part("waiting").hidden = true;
  waiting.splice(0).forEach((act) => act());
}

main().catch((error) => {
  console.error(error);
  part("app").remove();
  part("failed-why").textContent = error?.message ?? error;
  part("failed").hidden = false;
});
