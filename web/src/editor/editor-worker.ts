/** Monaco's own worker: links, differences, words. */
import 'monaco-editor/esm/vs/editor/editor.worker.js';
