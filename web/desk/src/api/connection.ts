/** Whether the server answers: when it last did, and since when it does not. Every request tells, whoever makes it. */
export interface Standing {
  heardAt: number
  lostAt: number | null
}

let standing: Standing = { heardAt: Date.now(), lostAt: null }
/** `back` is told when the server answers again. */
export const returns = new EventTarget()
const changed = new EventTarget()

/** Waits between tries while nothing answers. */
const WAITS_MS = [1_000, 2_000, 5_000, 10_000]
let tries = 0
let trying: ReturnType<typeof setTimeout> | null = null

function put(next: Standing) {
  standing = next
  changed.dispatchEvent(new Event('changed'))
}

export const connection = {
  now: () => standing,
  subscribe: (told: () => void) => {
    changed.addEventListener('changed', told)
    return () => changed.removeEventListener('changed', told)
  },
  /** Something came from the server. */
  heard: () => {
    const back = standing.lostAt !== null
    standing = { heardAt: Date.now(), lostAt: null }
    if (!back) return
    tries = 0
    if (trying) clearTimeout(trying)
    put(standing)
    returns.dispatchEvent(new Event('back'))
  },
  /** The server could not be reached: it is asked again and again until it answers. */
  lost: () => {
    if (standing.lostAt !== null) return
    put({ ...standing, lostAt: Date.now() })
    later()
  },
  /** Asks now. */
  again: () => {
    if (trying) clearTimeout(trying)
    fetch('/api/v1/session', { headers: { 'X-Unattended': '1' }, credentials: 'same-origin', cache: 'no-store' }).then(
      (answer) => (away(answer.status) ? later() : connection.heard()),
      later,
    )
  },
}

/** What a proxy says of a server that does not answer it. */
export const away = (status: number): boolean => status === 502 || status === 504

function later() {
  if (standing.lostAt === null) return
  if (trying) clearTimeout(trying)
  trying = setTimeout(connection.again, WAITS_MS[Math.min(tries, WAITS_MS.length - 1)])
  tries += 1
}

/** Believes the browser where it knows better; what it returns ends that. */
export function watchNetwork(): () => void {
  const online = () => standing.lostAt !== null && connection.again()
  addEventListener('offline', connection.lost)
  addEventListener('online', online)
  return () => {
    removeEventListener('offline', connection.lost)
    removeEventListener('online', online)
  }
}
