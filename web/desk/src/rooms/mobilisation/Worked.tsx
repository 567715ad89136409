import { Select } from 'antd'
import { mobilisation, type Shift } from '../../api/mobilisation'
import { TimeField } from '../../forms/TimeField'
import { Small } from './parts'
import { useSpoken } from './words'

/** How long somebody was on duty really; the last who is told closes the shift. */
export function Worked({ of, done }: { of: Shift; done: () => void }) {
  const w = useSpoken()
  const told = new Set(of.worked.map((one) => one.person))
  const left = of.people.filter((one) => !told.has(one))
  if (!of.people.length) return null
  return (
    <Small
      small
      name={`worked-${of.id}`}
      title={w.t('rota.worked')}
      initial={{ person: left[0] ?? of.people[0], starts: of.starts, ends: of.ends }}
      send={(values) =>
        mobilisation.actOfShift(of.id, {
          ...(values as { person: string; starts: string; ends: string }),
          act: 'worked',
        })
      }
      done={done}
      fields={[
        [
          'person',
          w.t('vol.who'),
          <Select
            key="p"
            popupMatchSelectWidth={false}
            options={of.people.map((one) => ({ value: one, label: w.t('mob.person', { id: one.slice(-6) }) }))}
          />,
        ],
        ['starts', w.t('plan.since'), <TimeField key="s" />],
        ['ends', w.t('plan.until'), <TimeField key="e" />],
      ]}
    />
  )
}
