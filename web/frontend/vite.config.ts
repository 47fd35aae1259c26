import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

// The form editor pins an older preact than the panel of the diagram has; both halves of form-js,
// and what we draw in it, must share one.
const FORM_JS = fileURLToPath(new URL('node_modules/@bpmn-io/form-js-editor/dist/index.es.js', import.meta.url));
const onePreact: Plugin = {
  name: 'one-preact',
  enforce: 'pre',
  resolveId(id, importer) {
    const ours = /^preact(\/|$)/.test(id) && /form-js-viewer|src\/formeditor/.test(importer ?? '');
    return ours ? this.resolve(id, FORM_JS, { skipSelf: true }) : null;
  },
};

// Names are given without a leading "src/", so that web/assets.py finds "app" and "diagram".
export default defineConfig({
  base: '/static/dist/',
  plugins: [onePreact],
  publicDir: false,
  server: { fs: { allow: ['..', '../../workflows'] } },
  build: {
    outDir: '../static/dist',
    emptyOutDir: true,
    manifest: 'manifest.json',
    assetsInlineLimit: 0, // fonts inside CSS would be sent twice and block the page
    modulePreload: { polyfill: false },
    target: 'es2022',
    rollupOptions: { input: { app: 'src/app.ts', diagram: 'src/diagram.ts', studio: 'src/studio/main.ts', formeditor: 'src/formeditor/main.ts' } },
  },
});
