import { away, connection, returns } from './connection'
import { asShown, check, ROOT } from './client'

/** What changes as a whole: a capability, as the server names it. */
export type Topic =
  | 'bulletins'
  | 'care'
  | 'cases'
  | 'checkpoints'
  | 'command'
  | 'contacts'
  | 'gates'
  | 'isolation'
  | 'mobilisation'
  | 'oversight'
  | 'screening'
  | 'supplies'
  | 'tasks'
  | 'warning'

/** Of which topics something changed; null: of any, since nobody listened for a while. */
export type Told = readonly Topic[] | null

const NAME = 'lianfang-live'
const AGAIN_MS = 1_000
/** Where the server has no line left the page asks by the clock. */
const WITHOUT_MS = 30_000
/** The server says every 15 s that it is there. */
const SILENT_MS = 40_000
/** Another window that puts on another hat gets a new key of the session: nothing is asked with the one before. */
const ENDED_MS = 500

const listeners = new Set<(told: Told) => void>()

/** Calls `listener` when something changed that one may read; what it returns ends that. */
export function onTold(listener: (told: Told) => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/**
 * Hears what changes, until the signal ends it. Of all tabs of a browser one holds the line and passes on what it hears;
 * when it is closed the next takes over.
 */
export function listen(signal: AbortSignal): void {
  const tabs = new BroadcastChannel(NAME)
  const tell = (told: Told) => {
    for (const listener of [...listeners]) listener(told)
  }
  tabs.onmessage = ({ data }: MessageEvent<Told>) => tell(data)
  signal.addEventListener('abort', () => tabs.close())
  const hold = () =>
    held(signal, (told) => {
      if (signal.aborted) return
      tabs.postMessage(told)
      tell(told)
    })
  navigator.locks.request(NAME, { signal }, hold).catch(() => undefined) // aborted while another tab held it
}

async function held(signal: AbortSignal, tell: (told: Told) => void): Promise<void> {
  while (!signal.aborted) {
    let wait = AGAIN_MS
    try {
      const answer = await fetch(`${ROOT}/live`, { headers: asShown(true), credentials: 'same-origin', signal })
      if (away(answer.status)) throw new TypeError('away')
      connection.heard()
      if (answer.ok && answer.body) {
        tell(null)
        await read(answer.body, signal, tell)
      } else if (answer.status === 429 || answer.status === 503) {
        tell(null)
        wait = WITHOUT_MS
      } else {
        check()
      }
    } catch {
      if (signal.aborted) return
      connection.lost()
    }
    await pause(wait, signal)
  }
}

/** Passes on what comes, until the line ends. Raises an error where it broke. */
async function read(body: ReadableStream<BufferSource>, signal: AbortSignal, tell: (told: Told) => void) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader()
  const cancel = () => reader.cancel().catch(() => undefined)
  let silent = setTimeout(cancel, SILENT_MS)
  addEventListener('offline', cancel)
  signal.addEventListener('abort', cancel)
  try {
    let rest = ''
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      clearTimeout(silent)
      silent = setTimeout(cancel, SILENT_MS)
      connection.heard()
      const events = (rest + value).split('\n\n')
      rest = events.pop() ?? ''
      for (const event of events) take(event, tell)
    }
  } finally {
    clearTimeout(silent)
    removeEventListener('offline', cancel)
    signal.removeEventListener('abort', cancel)
  }
}

function take(event: string, tell: (told: Told) => void) {
  if (event.startsWith('event: end')) setTimeout(check, ENDED_MS)
  const data = /^data: (.+)$/m.exec(event)?.[1]
  const topics: Topic[] = data ? (JSON.parse(data).topics ?? []) : []
  if (topics.length) tell(topics)
}

/** Waits, at most until the server is back. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      clearTimeout(timer)
      returns.removeEventListener('back', go)
      signal.removeEventListener('abort', go)
      resolve()
    }
    const timer = setTimeout(() => connection.now().lostAt === null && go(), ms)
    returns.addEventListener('back', go)
    signal.addEventListener('abort', go)
  })
}
