// The proxy is on the same origin as the page, here through Vite's own server.
export default { server: { proxy: { "/api": { target: process.env.ROSTER_ORIGIN ?? "http://127.0.0.1:8787", changeOrigin: true } } } };
