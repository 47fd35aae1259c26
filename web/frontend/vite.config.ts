import { defineConfig } from 'vite';

// Names are given without a leading "src/", so that web/assets.py finds "app" and "diagram".
export default defineConfig({
  base: '/static/dist/',
  publicDir: false,
  server: { fs: { allow: ['..', '../../workflows'] } },
  build: {
    outDir: '../static/dist',
    emptyOutDir: true,
    manifest: 'manifest.json',
    assetsInlineLimit: 0, // fonts inside CSS would be sent twice and block the page
    modulePreload: { polyfill: false },
    target: 'es2022',
    rollupOptions: { input: { app: 'src/app.ts', diagram: 'src/diagram.ts' } },
  },
});
