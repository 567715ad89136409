import { ask } from './client'
import type { Schemas } from './types'

/** What may be meant by what was typed, each kind by itself; no people. */
export type AllFound = Schemas['AllFoundOut']
export type ThingFound = Schemas['ThingFoundOut']

/** What is typed, which may be somebody's name, is sent in a body. */
export const find = (text: string, signal?: AbortSignal) => ask<AllFound>('/find', { signal, body: { text } })
