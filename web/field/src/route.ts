import { useSyncExternalStore } from 'react'

/** Where one is: a word and what it is about. In the address, so that the phone's own way back works. */
export interface Route {
  at: string
  of: string
}

function read(): Route {
  const [at = '', of = ''] = location.hash.replace(/^#\/?/, '').split('/')
  return { at, of }
}

let current = read()
let hash = location.hash

function subscribe(changed: () => void): () => void {
  addEventListener('hashchange', changed)
  return () => removeEventListener('hashchange', changed)
}

function snapshot(): Route {
  if (location.hash !== hash) {
    hash = location.hash
    current = read()
  }
  return current
}

export function useRoute(): Route {
  return useSyncExternalStore(subscribe, snapshot)
}

export function go(at: string, of = ''): void {
  location.hash = of ? `/${at}/${of}` : `/${at}`
}

/** Goes where one came from; from the first screen of all, to the list. */
export function back(): void {
  if (history.length > 1) history.back()
  else go('')
}
