import { Select } from 'antd'
import { useId } from 'react'
import type { Indicator } from '../../api/situation'
import { AreaField } from '../../forms/AreaField'
import Dressed from '../../parts/Dressed'
import { useSession } from '../../session'
import { groupName } from './groups'
import type { Shared } from './Situation'
import { type Spoken, useSpoken } from './words'

/** Which area, and which measure. */
export default function Picks({
  view,
  look,
  measure,
  registry,
}: Pick<Shared, 'view' | 'look' | 'measure' | 'registry'>) {
  const w = useSpoken()
  const id = useId()
  const { session } = useSession()
  return (
    <Dressed>
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
    </Dressed>
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
