import { Select } from 'antd'
import { type Mode, stations } from '../../api/isolation'
import { useResource } from '../../api/resource'
import { useSpoken } from './words'

interface Props {
  area: string
  mode: Mode
  id?: string
  value?: string
  onChange?: (id: string) => void
}

/** A station or hospital with its free places; a full one cannot be chosen. */
export function StationField({ area, mode, id, value, onChange }: Props) {
  const w = useSpoken()
  const found = useResource(`stations|${area}`, (signal) => stations.list({ area }, signal))
  const of = (found.data?.stations ?? []).filter((one) => one.mode === mode)
  return (
    <Select
      id={id}
      value={value}
      onChange={onChange}
      allowClear
      loading={found.loading}
      status={found.error ? 'error' : undefined}
      placeholder={w.t('act.station.pick')}
      notFoundContent={found.data ? w.t('new.station.none') : null}
      showSearch={{ optionFilterProp: 'label' }}
      options={of.map(({ id: station, name, occupancy: { free } }) => ({
        value: station,
        label: free > 0 ? w.t('place.free', { name, n: w.n(free) }) : w.t('place.full', { name }),
        disabled: free < 1,
      }))}
    />
  )
}
