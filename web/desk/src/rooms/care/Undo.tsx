import { Undo as Back } from '../../parts/Undo'

/** What was recorded last here, and how it is taken back. */
export interface Last {
  what: string
  take: () => Promise<unknown>
}

/** Takes back what was just recorded. */
export function Undo({ last, done }: { last: Last; done: () => void }) {
  return <Back what={last.what} take={last.take} done={done} />
}
