import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { build, defineConfig, type Plugin } from 'vite'

const BASE = '/field/'
const FIELD = resolve(import.meta.dirname, 'field')
const OUT = resolve(import.meta.dirname, '../src/lianfang/app/static/field')

/** The field app: its page goes into the Python package, with a service worker that knows every file of it. */
export default defineConfig({
  root: FIELD,
  base: BASE,
  plugins: [react(), serviceWorker()],
  build: {
    outDir: OUT,
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    reportCompressedSize: true,
  },
  server: { proxy: { '/api': process.env.LIANFANG_URL ?? 'http://127.0.0.1:8000' } },
})

/** Builds the worker last, once it is known what there is to keep. */
function serviceWorker(): Plugin {
  return {
    name: 'field-service-worker',
    apply: 'build',
    async closeBundle() {
      await build({
        configFile: false,
        root: FIELD,
        publicDir: false,
        logLevel: 'warn',
        define: { 'self.__FILES': JSON.stringify(files()), 'process.env.NODE_ENV': '"production"' },
        build: {
          outDir: OUT,
          emptyOutDir: false,
          target: 'es2022',
          lib: { entry: join(FIELD, 'src/sw.ts'), formats: ['iife'], name: 'sw', fileName: () => 'sw.js' },
        },
      })
      pack()
    },
  }
}

/** Puts beside each text its packed forms: the server sends the one that the phone takes. */
function pack() {
  for (const name of names().filter((one) => /\.(js|css|html|svg|webmanifest)$/.test(one))) {
    const plain = readFileSync(join(OUT, name))
    writeFileSync(join(OUT, `${name}.gz`), gzipSync(plain, { level: 9 }))
    writeFileSync(join(OUT, `${name}.br`), brotliCompressSync(plain))
  }
}

function names(): string[] {
  return readdirSync(OUT, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(OUT.length + 1))
}

/** Every file of the build: by its name where that carries a hash, else by its content; the page by its address. */
function files(): { url: string; revision: string | null }[] {
  rmSync(join(OUT, 'sw.js'), { force: true })
  return names()
    .sort()
    .map((name) => ({
      url: BASE + (name === 'index.html' ? '' : name),
      revision: name.startsWith('assets/')
        ? null
        : createHash('sha256')
            .update(readFileSync(join(OUT, name)))
            .digest('hex'),
    }))
}
