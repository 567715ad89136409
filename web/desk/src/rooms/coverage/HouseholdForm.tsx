import { Form, Input, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { newId } from '../../api/people'
import { useResource } from '../../api/resource'
import { type HouseholdCard, screening, type ScreeningGrid, type Site } from '../../api/screening'
import { useAct } from '../../forms/act'
import { townOf } from '../../forms/AreaName'
import { refusals } from '../../forms/refusals'
import { Told } from '../../forms/Told'
import { Buttons } from './GridActs'
import { useSpoken } from './words'

interface Props {
  /** The household whose registration is corrected; none for one that is not on the register. */
  card?: HouseholdCard
  /** The grid in which it is registered. */
  grid?: ScreeningGrid
  done: (household: string) => void
  close: () => void
}

interface Entered {
  grid: string
  building?: string
  unit?: string
  door: string
  site?: Site
  expected?: number
}

/** A household: where its door is, in which grid, how many people are expected there. */
export function HouseholdForm({ card, grid, done, close }: Props) {
  const w = useSpoken()
  const { busy, error, run } = useAct()
  const [fact] = useState(newId)
  const town = townOf((card ?? grid)?.area ?? '')
  const found = useResource(`grids|${town}`, (signal) => screening.grids({ area: town }, signal))
  const told = refusals(error)
  const grids = found.data?.grids ?? []
  const submit = (values: Entered) =>
    run(async () => {
      const at = grids.find((one) => one.id === values.grid)
      const made = await screening.register({
        community: at?.area ?? (card ?? grid)?.area ?? '',
        grid: values.grid,
        building: values.building?.trim() || null,
        unit: values.unit?.trim() || null,
        door: values.door.trim(),
        site: values.site ?? null,
        expected: values.expected ?? null,
        household: card?.registered_at ? card.id : null,
        fact,
      })
      done(made.id)
    })
  return (
    <Form
      name="household"
      layout="vertical"
      className="sub-form"
      requiredMark={false}
      onFinish={submit}
      initialValues={initial(card, grid)}
    >
      <p className="muted">{w.t(card ? 'home.correct.text' : 'home.add.text')}</p>
      <div className="fields">
        <Form.Item
          name="grid"
          label={w.t('grids.name')}
          rules={[{ required: true, message: w.t('round.required') }]}
          {...told('grid')}
        >
          <Select
            loading={found.loading}
            popupMatchSelectWidth={false}
            showSearch={{ optionFilterProp: 'label' }}
            options={grids.map((one) => ({ value: one.id, label: `${one.name || one.id.slice(-6)} · ${one.area}` }))}
          />
        </Form.Item>
        {(['building', 'unit', 'door'] as const).map((name) => (
          <Form.Item
            key={name}
            name={name}
            label={w.t(`home.${name}`)}
            rules={name === 'door' ? [{ required: true, whitespace: true, message: w.t('round.required') }] : []}
            {...told(name)}
          >
            <Input maxLength={32} autoComplete="off" />
          </Form.Item>
        ))}
        <Form.Item name="site" label={w.t('grids.site')} {...told('site')}>
          <Select
            allowClear
            placeholder={w.t('home.site.as_grid')}
            options={(found.data?.sites ?? []).map((one) => ({ value: one.code, label: w.name(one) }))}
          />
        </Form.Item>
        <Form.Item name="expected" label={w.t('home.expected')} {...told('expected')}>
          <InputNumber min={0} max={100_000} precision={0} />
        </Form.Item>
      </div>
      <Told error={error} />
      <Buttons go={w.t(card?.registered_at ? 'home.correct' : 'home.add')} busy={busy} close={close} />
    </Form>
  )
}

function initial(card?: HouseholdCard, grid?: ScreeningGrid): Partial<Entered> {
  if (!card) return { grid: grid?.id }
  const { building, unit, door, site, expected } = card
  return {
    grid: card.grid ?? undefined,
    building,
    unit,
    door,
    site: (site as Site) || undefined,
    expected: expected ?? undefined,
  }
}
