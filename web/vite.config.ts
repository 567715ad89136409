import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'
import { firstLoad } from './first-load'

/** The built page goes into the Python package; a development server passes the API on to a running `lianfang demo`. */
export default defineConfig({
  root: 'desk',
  base: '/static/desk/',
  publicDir: 'static',
  plugins: [react(), firstLoad()],
  build: {
    outDir: '../../src/lianfang/app/static/desk',
    emptyOutDir: true,
    target: 'es2022',
    chunkSizeWarningLimit: 1200,
    // A worker or picture inside a data: address would be refused by the page's content security policy.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
  // The texts and pictures of the documents lie outside of this folder.
  server: { fs: { allow: ['..'] }, proxy: { '/api': process.env.LIANFANG_URL ?? 'http://127.0.0.1:8000' } },
  test: { root: '.', include: ['tests/**/*.test.ts'], css: true },
})
