// Runs one model at a time, ours or that of a JavaScript library, and says how long it took.
let wasm, rows, n, d, file, text;

const starts = (k) => Array.from({ length: k }, (_, i) => rows[Math.floor((i * n) / k)]);

const inertia = ({ clusters, centroids }) =>
  rows.reduce((sum, row, i) => sum + row.reduce((s, x, j) => s + (x - centroids[clusters[i]][j]) ** 2, 0), 0);

// In the order of columns, as the file has them: sums of the same numbers in the same order are equal to the bit.
const sumOfColumns = (columns) => {
  let sum = 0;
  for (const column of columns) for (const x of column) sum += x;
  return sum;
};
const sumOfRows = (rows, first, width) => {
  let sum = 0;
  for (let j = 0; j < width; j++) for (let i = first; i < rows.length; i++) sum += rows[i][j];
  return sum;
};

const works = {
  read: () => wasm.read(file.length),
  "uDSV typedCols": () => peers.initParser(peers.inferSchema(text)).typedCols(text),
  "uDSV typedArrs": () => peers.initParser(peers.inferSchema(text)).typedArrs(text),
  "Papa Parse dynamicTyping": () => peers.Papa.parse(text, { dynamicTyping: true, skipEmptyLines: true }).data,
  lloyd: ({ k, iterations }) => wasm.lloyd(k, iterations),
  k_means: ({ k, starts }) => wasm.k_means(k, starts),
  ward: () => wasm.ward_tree(),
  hdbscan: ({ size, near }) => wasm.hdbscan(size, near),
  em: ({ iterations }) => wasm.em(iterations),
  silhouette: () => wasm.silhouette(),
  k_means_once: ({ k }) => wasm.k_means_once(k),
  ml_kmeans: ({ k, iterations }) => peers.kmeans(rows, k, { initialization: starts(k), maxIterations: iterations }),
  ml_kmeans_default: ({ k }) => peers.kmeans(rows, k, { seed: 1 }),
  ml_hclust: () => peers.agnes(rows, { method: "ward2" }).height,
};
let peers;

// What a result comes to: the number that must be equal.
const valueOf = (work, result) => {
  if (work === "read") return wasm.sum_of_columns();
  if (typeof result === "number") return result;
  if (work === "uDSV typedCols") return sumOfColumns(result);
  if (work === "uDSV typedArrs") return sumOfRows(result, 0, d);
  if (work === "Papa Parse dynamicTyping") return sumOfRows(result, 1, d);
  return inertia(result);
};

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
    (imports.page ??= {}).slice = (from, to, at) =>
      new Uint8Array(wasm.memory.buffer, at, to - from).set(file.subarray(from, to));
    wasm = (await WebAssembly.instantiate(module, imports)).exports;
    if (message.is_csv) {
      file = new Uint8Array(bytes);
      text = new TextDecoder().decode(file);
      peers = await import("./peers.js");
      return { value: file.length, millis: 0, bytes: wasm.memory.buffer.byteLength };
    }
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
  const value = valueOf(message.work, result);
  return { value, millis, bytes: wasm.memory.buffer.byteLength };
};

onmessage = async ({ data }) => postMessage(await answer(data).catch((error) => ({ error: String(error) })));
