import { Segmented, Select } from 'antd'
import { useId } from 'react'
import type { Indicator } from '../../api/situation'
import { AreaField } from '../../forms/AreaField'
import { useSession } from '../../session'
import { groupName } from './groups'
import type { Shared } from './Situation'
import type { Per } from './view'
import { type Spoken, useSpoken } from './words'

interface Props extends Shared {
  into: (code: string) => void
}

/** Which area, which measure, and whether it is counted or set against the population: for the whole page. */
export function Tools({ view, look, whole, shown, measure, registry, into }: Props) {
  const w = useSpoken()
  const id = useId()
  const { session } = useSession()
  return (
    <search className="situation-tools">
      <div className="pick inline">
        <span aria-hidden>{w.t('si.area')}</span>
        <AreaField
          top={session?.area ?? ''}
          value={view.area}
          onChange={(area) => look({ area, part: null }, 'push')}
          label={w.t('si.area')}
        />
      </div>
      <div className="pick inline">
        <label htmlFor={id}>{w.t('si.measure')}</label>
        <Select
          id={id}
          value={measure.key}
          onChange={(key) => look({ measure: key, by: null })}
          options={optionsOf(registry, w)}
          popupMatchSelectWidth={false}
          showSearch={{ optionFilterProp: 'label' }}
        />
      </div>
      <Segmented<Per>
        aria-label={w.t('si.per')}
        value={measure.per_population ? view.per : 'count'}
        disabled={!measure.per_population || !whole.parts.some((part) => part.population)}
        onChange={(per) => look({ per })}
        options={[
          { value: 'count', label: w.t('si.per.count') },
          { value: '100k', label: w.t('si.per.100k') },
        ]}
      />
      {shown !== whole && <Narrowed {...{ look, shown, into }} />}
    </search>
  )
}

/** The part that the page is narrowed to: undone, or entered. */
function Narrowed({ look, shown, into }: Pick<Props, 'look' | 'shown' | 'into'>) {
  const w = useSpoken()
  const part = w.name(shown.area)
  return (
    <span className="part-chip">
      {w.t('si.part', { part })}
      <button type="button" className="go" onClick={() => into(shown.area.code)}>
        {w.t('si.into', { part })}
      </button>
      <button
        type="button"
        className="shut"
        aria-label={w.t('si.part.clear', { part })}
        onClick={() => look({ part: null }, 'push')}
      >
        <span aria-hidden>×</span>
      </button>
    </span>
  )
}

function optionsOf(registry: Indicator[], w: Spoken) {
  const groups = [...new Set(registry.map((one) => one.group))]
  return groups.map((group) => ({
    label: groupName(group, w),
    title: group,
    options: registry.filter((one) => one.group === group).map((one) => ({ value: one.key, label: w.name(one) })),
  }))
}
