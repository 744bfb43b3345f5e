declare module "*.wasm" {
  const compiled: WebAssembly.Module;
  export default compiled;
}

declare module "node:fs/promises" {
  export function readFile(file: string | URL): Promise<Uint8Array>;
}
