import { useSyncExternalStore } from 'react'

export type Look = 'system' | 'light' | 'dark'
type Scheme = 'light' | 'dark'
/** A name of styles/tokens.css. */
export type Token = `--${string}`
export type Colour = (token: Token) => string

const STORED = 'lianfang.look'
const LOOKS: readonly Look[] = ['system', 'light', 'dark']

const darkness = matchMedia('(prefers-color-scheme: dark)')
const printing = matchMedia('print')
const told = new Set<() => void>()
let chosen: Look = LOOKS.find((one) => one === document.documentElement.dataset.look) ?? 'system'

/** What is seen now; paper is always white. */
function scheme(): Scheme {
  if (printing.matches) return 'light'
  if (chosen !== 'system') return chosen
  return darkness.matches ? 'dark' : 'light'
}

function tell(): void {
  // Said in the page too: by the style sheet for paper alone, a dark page was now and then printed dark.
  document.documentElement.dataset.look = printing.matches ? 'light' : chosen
  for (const one of told) one()
}

darkness.addEventListener('change', tell)
printing.addEventListener('change', tell)

function listen(to: () => void): () => void {
  told.add(to)
  return () => told.delete(to)
}

/** Chosen for this device, whoever signs in. */
export function choose(look: Look): void {
  chosen = look
  try {
    localStorage.setItem(STORED, look)
  } catch {
    // The choice then lasts as long as the page does.
  }
  tell()
}

export const useLook = (): Look => useSyncExternalStore(listen, () => chosen)
export const useScheme = (): Scheme => useSyncExternalStore(listen, scheme)

export const usePrinting = (): boolean => useSyncExternalStore(listen, () => printing.matches)

/** The colours as they are seen, for what cannot name them: canvas, charts and maps. Another function once they change. */
export function useColours(): Colour {
  return COLOURS[useScheme()]
}

const COLOURS: Record<Scheme, Colour> = { light: remembered('light'), dark: remembered('dark') }

function remembered(of: Scheme): Colour {
  const known = new Map<Token, string>()
  return (token) => {
    const value = known.get(token) ?? resolved(token, of)
    known.set(token, value)
    return value
  }
}

function resolved(token: Token, of: Scheme): string {
  const probe = document.createElement('i')
  probe.dataset.look = of
  probe.style.color = `var(${token})`
  document.body.append(probe)
  const { color } = getComputedStyle(probe)
  probe.remove()
  return color
}

/** The page's typeface, for what cannot name it. */
export const typeface = (): string => getComputedStyle(document.body).fontFamily

/** A drawing's text with the light colours and the typeface themselves in it: a saved file knows no names. */
export function spelled(text: string): string {
  return text
    .replaceAll('var(--font)', typeface().replaceAll('"', "'"))
    .replace(/var\((--[\w-]+)\)/g, (_, name: Token) => COLOURS.light(name))
}
