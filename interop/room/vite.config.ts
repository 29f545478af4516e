import { defineConfig } from 'vite';

export default defineConfig({
  root: 'page',
  // Relative addresses, so that the built page works from any path.
  base: './',
  build: { outDir: '../dist', emptyOutDir: true, target: 'es2022', chunkSizeWarningLimit: 1000 },
});
