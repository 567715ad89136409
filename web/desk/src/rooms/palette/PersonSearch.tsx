import { Button, Form } from 'antd'
import { useEffect, useId, useRef, useState } from 'react'
import { type Found, people } from '../../api/people'
import { permissions } from '../../api/permissions'
import { useResource } from '../../api/resource'
import { useAct } from '../../forms/act'
import { AreaName } from '../../forms/AreaName'
import { Told } from '../../forms/Told'
import { pathOf } from '../../route'
import { useSession } from '../../session'
import { type By, SoughtFields, soughtOf, type Values } from '../people/Find'
import { nameOf } from '../people/show'
import { useSpoken as usePeople } from '../people/words'
import { useSpoken } from './words'

const WAYS: By[] = ['document', 'phone', 'name']

/** What somebody means to look by who has typed this. */
export function wayOf(text: string): By {
  if (/^(\+?86)?\s*1\d{2}[\s-]?\d{4}[\s-]?\d{4}$/.test(text)) return 'phone'
  return /\d{5}/.test(text) ? 'document' : 'name'
}

interface Props {
  /** What was typed before. */
  text: string
  back: () => void
  shut: () => void
}

/** One person, for a purpose: asked for once, when one says so, because it is a look on record. */
export default function PersonSearch({ text, back, shut }: Props) {
  const w = useSpoken()
  const id = useId()
  const its = usePeople()
  const step = useRef<HTMLDivElement>(null)
  const { session } = useSession()
  const [by, setBy] = useState<By>(wayOf(text))
  const [form] = Form.useForm<Values & { purpose: string }>()
  const [found, setFound] = useState<Found | null>(null)
  const { busy, error, run } = useAct()
  const titles = useResource('purposes', permissions)
  // What is still to be said, or the button where nothing is.
  useEffect(() => {
    const fields = step.current?.querySelectorAll<HTMLInputElement | HTMLSelectElement>('form :is(select, input)') ?? []
    const next = Array.from(fields).find((one) => !one.value)
    ;(next ?? step.current?.querySelector<HTMLElement>('form button'))?.focus()
  }, [])
  const purposes = session?.purposes ?? []
  const titleOf = (purpose: string) => {
    const title = titles.data?.purposes[purpose]
    return title ? w.name(title) : purpose
  }
  const seek = ({ purpose, ...values }: Values & { purpose: string }) =>
    run(async () => {
      setFound(null)
      setFound(await people.find({ ...soughtOf(by, values), purpose }))
    })
  return (
    <div className="palette-person" ref={step}>
      <h2>{w.t('act.find_person')}</h2>
      <p className="muted">{w.t('palette.person.note')}</p>
      <div className="way">
        <label htmlFor={`${id}-by`}>{its.t('find.by')}</label>
        {/* The system's own list: another would open beneath the dialog. */}
        <select id={`${id}-by`} value={by} onChange={(e) => setBy(e.target.value as By)}>
          {WAYS.map((way) => (
            <option key={way} value={way}>
              {its.t(`find.by.${way}`)}
            </option>
          ))}
        </select>
      </div>
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        autoComplete="off"
        onFinish={seek}
        initialValues={{ [by]: text, purpose: purposes.length === 1 ? purposes[0] : '' }}
      >
        <SoughtFields by={by} />
        <Form.Item
          name="purpose"
          label={its.t('purpose.label')}
          rules={[{ required: true, message: w.t('palette.person.purpose') }]}
        >
          <select>
            {purposes.length > 1 && <option value="">{its.t('purpose.pick')}</option>}
            {purposes.map((purpose) => (
              <option key={purpose} value={purpose}>
                {titleOf(purpose)}
              </option>
            ))}
          </select>
        </Form.Item>
        <Told error={error} />
        <div className="actions">
          <Button type="primary" htmlType="submit" loading={busy}>
            {w.t('palette.person.go')}
          </Button>
          <Button onClick={back}>{w.t('palette.person.back')}</Button>
        </div>
      </Form>
      {found && (
        <div role="status">
          <p>
            {found.people.length ? its.t('find.found', { n: w.n(found.people.length) }) : its.t('find.none')}{' '}
            <strong>{w.t('palette.person.recorded')}</strong>
          </p>
          <ul>
            {found.people.map((one) => (
              <li key={one.id}>
                <a href={pathOf({ room: 'person', id: one.id })} onClick={shut}>
                  {nameOf(one, its)}
                </a>{' '}
                {one.holdings[0] && (
                  <small className="muted">
                    <AreaName code={one.holdings[0].area} />
                  </small>
                )}
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  )
}
