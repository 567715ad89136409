import { ask, query } from './client'
import type { Schemas } from './types'

export type Mine = Schemas['MineOut']

export const mine = {
  open: (code: string) => ask<unknown>('/session/own', { body: { code } }),
  all: (before: number | null, signal?: AbortSignal) =>
    ask<Mine>(`/mine${query({ before: before === null ? null : String(before) })}`, { signal }),
  state: (text: string) => ask<unknown>('/mine/statement', { body: { text } }),
}
