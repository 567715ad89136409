import type { Evidence as Its } from '../../api/warning'
import { useSpoken, type Words } from './words'

/** What a signal or a class rests on, point by point. What is not known is said, not left out. */
export function Evidence({ of }: { of: Its[] }) {
  const w = useSpoken()
  if (!of.length) return <>—</>
  return (
    <ul className="evidence">
      {of.map((one) => (
        <li key={one.code}>
          <span className="muted">{w.name(one)}</span> <b>{said(one, w)}</b>
        </li>
      ))}
    </ul>
  )
}

function said({ value, value_zh, value_en }: Its, w: Words): string {
  if (value === null) return w.t('wa.unknown')
  if (typeof value === 'number') return w.n(value)
  if (value_zh && value_en) return w.name({ zh: value_zh, en: value_en })
  if (/^\d{4}-\d\d-\d\dT/.test(value)) return w.stamp(value)
  return /^\d{4}-\d\d-\d\d$/.test(value) ? w.day(value) : value
}
