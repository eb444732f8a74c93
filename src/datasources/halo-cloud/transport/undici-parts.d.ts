/** Parts of undici. Its index also loads `fetch`, WebSocket, EventSource and caches, which cost a tenth of the start. */
declare module 'undici/lib/dispatcher/pool.js' {
  export { Pool as default } from 'undici';
}
declare module 'undici/lib/dispatcher/proxy-agent.js' {
  export { ProxyAgent as default } from 'undici';
}
