import { vocabulary } from '../../i18n'
import { en } from './words.en'
import { zh } from './words.zh'

export const useSpoken = vocabulary({ zh, en })
export type Words = ReturnType<typeof useSpoken>

/** A length of time in the unit that suits it. */
export function lasting(seconds: number, w: Words): string {
  const [unit, length] = (
    [
      ['days', 86_400],
      ['hours', 3_600],
      ['minutes', 60],
    ] as const
  ).find(([, long]) => seconds >= 2 * long) ?? ['seconds', 1]
  return w.t(`time.${unit}`, { n: w.n(Math.round(seconds / length)) })
}
