import { resolve } from 'node:path'
import { defineConfig } from 'vite'

/** The open page, without a framework: small enough for an old phone on a slow network. */
export default defineConfig({
  root: resolve(import.meta.dirname, 'public'),
  base: '/care/',
  publicDir: false,
  build: {
    outDir: resolve(import.meta.dirname, '../src/lianfang/app/static/care'),
    emptyOutDir: true,
    target: ['es2017', 'chrome64', 'safari12'],
    assetsInlineLimit: 0,
    modulePreload: false,
  },
  server: { proxy: { '/api': process.env.LIANFANG_URL ?? 'http://127.0.0.1:8000' } },
})
