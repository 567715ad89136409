import { Select } from 'antd'
import { useId } from 'react'
import type { Titles } from '../../api/people'
import { useSpoken } from './words'

interface Props {
  purposes: string[]
  titles: Titles
  value: string | null
  choose: (purpose: string) => void
}

/** Why one looks: asked once, sent and recorded with each look. */
export function Purpose({ purposes, titles, value, choose }: Props) {
  const w = useSpoken()
  const id = useId()
  return (
    <div className="card purpose">
      <div className="pick">
        <label htmlFor={id}>{w.t('purpose.label')}</label>
        <Select
          id={id}
          value={value ?? undefined}
          placeholder={w.t('purpose.pick')}
          onChange={choose}
          popupMatchSelectWidth={false}
          options={purposes.map((p) => ({ value: p, label: titles[p] ? w.name(titles[p]) : p }))}
        />
      </div>
      <p className="muted small">{w.t('purpose.note')}</p>
    </div>
  )
}
