import { Segmented, Select } from 'antd'
import { useId } from 'react'
import type { Indicator } from '../../api/situation'
import { AreaField } from '../../forms/AreaField'
import { useSession } from '../../session'
import { groupName } from './groups'
import type { Shared } from './Situation'
import type { Per } from './view'
import { type Spoken, useSpoken } from './words'

/** Which area, which measure, and whether it is counted or set against the population: for the whole page. */
export function Tools({ view, look, whole, measure, registry }: Shared) {
  const w = useSpoken()
  const id = useId()
  const { session } = useSession()
  return (
    <search className="card situation-tools">
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
    </search>
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
