import { gzipSync } from 'node:zlib'
import type { Plugin, Rollup } from 'vite'

/** What must come before anything is drawn may be so large, as it is sent. */
const MOST_BYTES = 600_000

const sent = (text: string | Uint8Array) => gzipSync(text).length

/** The entry, what it imports before it runs, and their styles. */
function first(bundle: Rollup.OutputBundle): Map<string, number> {
  const found = new Map<string, number>()
  const take = (name: string) => {
    const part = bundle[name]
    if (!part || found.has(name)) return
    found.set(name, sent(part.type === 'chunk' ? part.code : part.source))
    if (part.type !== 'chunk') return
    for (const style of part.viteMetadata?.importedCss ?? []) take(style)
    for (const other of part.imports) take(other)
  }
  for (const part of Object.values(bundle)) if (part.type === 'chunk' && part.isEntry) take(part.fileName)
  return found
}

/** Tells how much is loaded first, and fails when it is too much: the rest belongs behind an `import()`. */
export function firstLoad(): Plugin {
  return {
    name: 'first-load',
    apply: 'build',
    writeBundle(_options, bundle) {
      const parts = [...first(bundle)].sort((a, b) => b[1] - a[1])
      const all = parts.reduce((sum, [, bytes]) => sum + bytes, 0)
      const told = parts.map(([name, bytes]) => `  ${(bytes / 1000).toFixed(1).padStart(7)} kB  ${name}`).join('\n')
      this.info(`first load, gzip: ${(all / 1000).toFixed(1)} kB of ${MOST_BYTES / 1000}\n${told}`)
      if (all > MOST_BYTES) this.error(`the first load is ${all} bytes, more than ${MOST_BYTES}`)
    },
  }
}
