/** Modules of monaco-editor that have no types. */
declare module 'monaco-editor/esm/vs/editor/editor.worker.js' {
  export function initialize(create: (...args: never[]) => unknown): void;
}
