// Runs one model at a time, ours or that of a JavaScript library, and says how long it took.
let wasm, rows, n, d;

const starts = (k) => Array.from({ length: k }, (_, i) => rows[Math.floor((i * n) / k)]);

const inertia = ({ clusters, centroids }) =>
  rows.reduce((sum, row, i) => sum + row.reduce((s, x, j) => s + (x - centroids[clusters[i]][j]) ** 2, 0), 0);

const works = {
  lloyd: ({ k, iterations }) => wasm.lloyd(k, iterations),
  k_means: ({ k, starts }) => wasm.k_means(k, starts),
  ward: () => wasm.ward_tree(),
  em: ({ iterations }) => wasm.em(iterations),
  silhouette: () => wasm.silhouette(),
  k_means_once: ({ k }) => wasm.k_means_once(k),
  ml_kmeans: ({ k, iterations }) => peers.kmeans(rows, k, { initialization: starts(k), maxIterations: iterations }),
  ml_kmeans_default: ({ k }) => peers.kmeans(rows, k, { seed: 1 }),
  ml_hclust: () => peers.agnes(rows, { method: "ward2" }).height,
};
let peers;

const answer = async (message) => {
  if (message.work === "open") {
    ({ n, d } = message);
    const bytes = await (await fetch(message.data)).arrayBuffer();
    const module = await WebAssembly.compileStreaming(fetch("bench.wasm"));
    // The room of charts names functions of a page; the models call none of them.
    const imports = {};
    for (const { module: from, name } of WebAssembly.Module.imports(module)) {
      (imports[from] ??= {})[name] = () => { throw new Error(`${name} was called`); };
    }
    wasm = (await WebAssembly.instantiate(module, imports)).exports;
    const at = wasm.input(n * d);
    new Float64Array(wasm.memory.buffer, at, n * d).set(new Float64Array(bytes));
    if (message.peers) {
      peers = await import("./peers.js");
      const all = new Float64Array(bytes);
      rows = Array.from({ length: n }, (_, i) => Array.from(all.subarray(i * d, (i + 1) * d)));
    }
    const from = performance.now();
    const value = wasm.prepare(d);
    return { value, millis: performance.now() - from, bytes: wasm.memory.buffer.byteLength };
  }
  if (message.work === "labels") {
    return { labels: Array.from(new Uint32Array(wasm.memory.buffer, wasm.labels(), n)) };
  }
  const from = performance.now();
  const result = works[message.work](message);
  const millis = performance.now() - from;
  const value = typeof result === "number" ? result : inertia(result);
  return { value, millis, bytes: wasm.memory.buffer.byteLength };
};

onmessage = async ({ data }) => postMessage(await answer(data).catch((error) => ({ error: String(error) })));
