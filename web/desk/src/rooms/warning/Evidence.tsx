import type { Evidence as Its } from '../../api/warning'
import { AreaName } from '../../forms/AreaName'
import { useSpoken, type Words } from './words'
import type { zh } from './words.zh'

/** What a signal or a class rests on, point by point. What is not known is said, not left out. */
export function Evidence({ of }: { of: Its[] }) {
  const w = useSpoken()
  if (!of.length) return <>—</>
  return (
    <ul className="evidence">
      {of.map((one) => (
        <li key={one.code}>
          <span className="muted">{w.name(one)}</span> <b>{said(one.value, w)}</b>
        </li>
      ))}
    </ul>
  )
}

type Coded = Extract<keyof typeof zh, `word.${string}`>

function said(value: Its['value'], w: Words) {
  if (value === null) return w.t('wa.unknown')
  if (typeof value === 'number') return w.n(value)
  if (/^\d{4}-\d\d-\d\dT/.test(value)) return w.stamp(value)
  if (/^\d{4}-\d\d-\d\d$/.test(value)) return w.day(value)
  if (/^\d{6}(\d{3}){0,2}$/.test(value)) return <AreaName code={value} />
  return w.t(`word.${value}` as Coded) ?? value
}
