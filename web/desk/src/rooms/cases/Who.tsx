import { Alert, Button, Form, Radio } from 'antd'
import { useState } from 'react'
import { newId, type Person, people, type RowFault, type Terms } from '../../api/people'
import { useResource } from '../../api/resource'
import { useAct } from '../../forms/act'
import { Told } from '../../forms/Told'
import { Failure, Loading } from '../../parts/States'
import { useSession } from '../../session'
import { type Draft, personOf, WhoFields } from '../people/Enter'
import { type By, SoughtFields, soughtOf, type Values } from '../people/Find'
import { Purpose } from '../people/Purpose'
import { bornOf, nameOf, papersOf } from '../people/show'
import { useSpoken as usePeopleWords } from '../people/words'
import { useSpoken } from './words'

export interface Somebody {
  id: string
  name: string
}

interface Props {
  area: string
  /** The class under which the vault holds whom is entered: who may be ill, or who was exposed. */
  heldAs: 'suspected' | 'contact'
  choose: (who: Somebody) => void
}

/** Who is meant: somebody in the vault, or somebody who is entered now. */
export function Who({ area, heldAs, choose }: Props) {
  const w = useSpoken()
  const { may } = useSession()
  const terms = useResource('terms', people.terms)
  const ways = (['enter', 'find'] as const).filter((way) => may(`people.${way}`))
  const [way, setWay] = useState(ways[0])
  if (terms.error) return <Failure error={terms.error} retry={terms.retry} told />
  if (!terms.data) return <Loading />
  if (!ways.length) return <Alert type="warning" showIcon title={w.t('new.nobody')} />
  return (
    <>
      <Radio.Group
        value={way}
        onChange={(e) => setWay(e.target.value)}
        aria-label={w.t('new.who')}
        options={ways.map((value) => ({ value, label: w.t(`new.${value}`) }))}
      />
      {way === 'find' ? (
        <Find terms={terms.data} choose={choose} />
      ) : (
        <Enter terms={terms.data} area={area} heldAs={heldAs} choose={choose} />
      )}
    </>
  )
}

/** Enters somebody. The id is made here, so that sending twice enters once. */
function Enter({ terms, area, heldAs, choose }: Props & { terms: Terms }) {
  const w = useSpoken()
  const { busy, error, run } = useAct()
  const [id] = useState(newId)
  const [faults, setFaults] = useState<RowFault[]>([])
  const submit = (values: Draft) =>
    run(async () => {
      const answer = await people.enter([personOf(id, { ...values, area, data_class: heldAs })])
      setFaults(answer.errors)
      if (!answer.errors.length) choose({ id, name: values.name })
    })
  return (
    <Form
      name="who"
      layout="vertical"
      requiredMark={false}
      autoComplete="off"
      onFinish={submit}
      onValuesChange={() => setFaults([])}
      initialValues={{ sex: 'unknown', documents: [{ kind: 'resident_id' }] }}
      scrollToFirstError={{ focus: true }}
    >
      <WhoFields terms={terms} faults={faults} />
      <Told error={error} />
      <Button type="primary" htmlType="submit" loading={busy}>
        {w.t('new.enter.go')}
      </Button>
    </Form>
  )
}

function Find({ terms, choose }: { terms: Terms; choose: (who: Somebody) => void }) {
  const w = useSpoken()
  const p = usePeopleWords()
  const { session } = useSession()
  const { busy, error, run } = useAct()
  const [purpose, setPurpose] = useState<string | null>(null)
  const [by, setBy] = useState<By>('document')
  const [found, setFound] = useState<Person[] | null>(null)
  const submit = (values: Values) =>
    run(async () => {
      setFound(null)
      setFound((await people.find({ ...soughtOf(by, values), purpose: purpose ?? '' })).people)
    })
  return (
    <>
      <Purpose purposes={session?.purposes ?? []} titles={terms.purposes} value={purpose} choose={setPurpose} />
      {purpose && (
        <Form name="seek" layout="vertical" requiredMark={false} autoComplete="off" className="find" onFinish={submit}>
          <Form.Item label={p.t('find.by')}>
            <Radio.Group
              value={by}
              onChange={(e) => setBy(e.target.value as By)}
              options={(['document', 'phone', 'name'] as const).map((one) => ({
                value: one,
                label: p.t(`find.by.${one}`),
              }))}
            />
          </Form.Item>
          <SoughtFields by={by} />
          <Told error={error} />
          <Button htmlType="submit" loading={busy}>
            {p.t('find.go')}
          </Button>
        </Form>
      )}
      {found && (
        <div role="status" className="found">
          <p>{found.length ? p.t('find.found', { n: found.length }) : w.t('new.find.none')}</p>
          <ul className="entries">
            {found.map((one) => (
              <li key={one.id}>
                <strong>{nameOf(one, p)}</strong>{' '}
                <span className="muted">
                  {[bornOf(one, p), ...papersOf(one, terms, p)].filter(Boolean).join(' · ')}
                </span>{' '}
                <Button size="small" onClick={() => choose({ id: one.id, name: nameOf(one, p) })}>
                  {w.t('new.choose')}
                </Button>
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  )
}
