import { Button, Form, Input, Radio } from 'antd'
import { useState } from 'react'
import { useAct } from '../../forms/act'
import { Told } from '../../forms/Told'
import { useSession } from '../../session'
import { AllocateForm } from './AllocateForm'
import { type Somebody, type Source, sought } from './many'
import { useSpoken } from './words'

/** Places many people at once: who, where, the proposal with its sums, and then the orders. */
export function Allocate() {
  const w = useSpoken()
  const { may } = useSession()
  const [people, setPeople] = useState<Somebody[] | null>(null)
  const [unknown, setUnknown] = useState(0)
  const [source, setSource] = useState<Source>('contacts')
  const { busy, error, run } = useAct()
  const sources = (['contacts', 'manifest', 'list'] as const).filter(
    (one) => (one !== 'contacts' || may('contacts.read')) && (one !== 'manifest' || may('arrivals.take')),
  )
  const find = (values: { number?: string; list?: string }) =>
    run(async () => {
      setPeople(null)
      const found = await sought(source, values)
      setUnknown(found.unknown)
      setPeople(found.people)
    })
  return (
    <>
      <section className="card">
        <p className="muted">{w.t('alloc.text')}</p>
        <h2>{w.t('alloc.who')}</h2>
        <Form name="whom" layout="vertical" requiredMark={false} className="find" onFinish={find}>
          <Form.Item>
            <Radio.Group
              aria-label={w.t('alloc.who')}
              value={source}
              onChange={(e) => {
                setSource(e.target.value)
                setPeople(null)
              }}
              options={sources.map((value) => ({ value, label: w.t(`alloc.by.${value}`) }))}
            />
          </Form.Item>
          {source === 'list' ? (
            <Form.Item name="list" label={w.t('alloc.list')} rules={[{ required: true, validator: idsRule(w) }]}>
              <Input.TextArea className="mono" rows={6} spellCheck={false} />
            </Form.Item>
          ) : (
            <Form.Item
              name="number"
              label={w.t('alloc.number')}
              rules={[{ required: true, message: w.t('new.required') }]}
            >
              <Input maxLength={64} autoComplete="off" />
            </Form.Item>
          )}
          <Told error={error} />
          <Button htmlType="submit" loading={busy}>
            {w.t('alloc.find')}
          </Button>
        </Form>
        {people && (
          <p role="status">{people.length ? w.t('alloc.found', { n: w.n(people.length) }) : w.t('alloc.found.none')}</p>
        )}
        {people && unknown > 0 && <p className="late">{w.t('alloc.unknown', { n: w.n(unknown) })}</p>}
      </section>
      {people && people.length > 0 && (
        <AllocateForm
          people={people}
          again={() => {
            setPeople(null)
            setUnknown(0)
          }}
        />
      )}
    </>
  )
}

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The ids of a text, one a line. */
export function idsOf(text = ''): string[] {
  return text
    .split('\n')
    .map((line) => line.trim().toLowerCase())
    .filter(Boolean)
}

function idsRule(w: ReturnType<typeof useSpoken>) {
  return (_: unknown, text?: string) => {
    const ids = idsOf(text)
    const bad = ids.findIndex((id) => !ID.test(id))
    if (!ids.length) return Promise.reject(new Error(w.t('new.required')))
    return bad < 0 ? Promise.resolve() : Promise.reject(new Error(w.t('alloc.list.bad', { row: bad + 1 })))
  }
}
