import { Alert } from 'antd'
import type { Answer } from '../../api/auth'
import { Told } from '../../forms/Told'
import { seconds } from '../../moments'
import { useSpoken } from './words'

export type WrongWhy =
  | { kind: 'password' | 'provider' | 'key' | 'over' }
  | { kind: 'code'; serverTime: Date | null; at: Date }
  | { kind: 'too_many'; seconds: number | null }
  | { kind: 'other'; detail: string }

/** Codes of what is wrong with what was typed; any other is told in the server's words. */
const MISTYPED = new Set(['username_password_mismatch', 'incorrect_code', 'invalid_login', 'required'])

export function wrongOf(answer: Answer, step: 'password' | 'code' | 'key'): WrongWhy {
  const first = answer.errors?.[0]
  if (answer.status === 429 || first?.code === 'too_many_login_attempts' || first?.code === 'rate_limited')
    return { kind: 'too_many', seconds: answer.retryAfter }
  if (first && !MISTYPED.has(first.code)) return { kind: 'other', detail: first.message }
  if (step === 'code') return { kind: 'code', serverTime: answer.serverTime, at: new Date() }
  return { kind: step }
}

export function Wrong({ why, error }: { why: WrongWhy | null; error?: unknown }) {
  const w = useSpoken()
  if (error) return <Told error={error} />
  if (!why) return null
  const [title, text] = said(why, w)
  return <Alert className="told" type="error" showIcon role="alert" title={title} description={text} />
}

function said(why: WrongWhy, w: ReturnType<typeof useSpoken>): [string, string | null] {
  switch (why.kind) {
    case 'password':
      return [w.t('sign_in.wrong'), null]
    case 'code':
      return [w.t('sign_in.wrong.code'), clocks(why.serverTime, why.at, w)]
    case 'too_many':
      return [w.t('sign_in.too_many', { wait: wait(why.seconds, w) }), null]
    case 'other':
      return [w.t('sign_in.failed', { detail: why.detail }), null]
    case 'provider':
      return [w.t('sign_in.provider.failed'), null]
    case 'key':
      return [w.t('sign_in.key.failed'), null]
    case 'over':
      return [w.t('sign_in.over'), null]
  }
}

const APART_S = 20 // the code before and the code after count too; beyond that a clock is to blame

/** A code that is right by a clock that is wrong is the usual reason. */
function clocks(server: Date | null, here: Date, w: ReturnType<typeof useSpoken>): string | null {
  if (!server) return null
  const apart = Math.round(Math.abs(server.getTime() - here.getTime()) / 1000)
  const said = w.t('sign_in.clock', { server: seconds(server), here: seconds(here) })
  const then = apart > APART_S ? w.t('sign_in.clock.off', { seconds: w.n(apart) }) : w.t('sign_in.clock.good')
  return w.lang === 'zh' ? said + then : `${said} ${then}`
}

function wait(seconds: number | null, w: ReturnType<typeof useSpoken>): string {
  if (!seconds) return w.t('sign_in.soon')
  return seconds < 90
    ? w.t('sign_in.seconds', { n: w.n(seconds) })
    : w.t('sign_in.minutes', { n: w.n(Math.ceil(seconds / 60)) })
}
