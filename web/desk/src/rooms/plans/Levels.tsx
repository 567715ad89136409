import { Button, Checkbox, Form, Input, Select } from 'antd'
import { useState } from 'react'
import { newId } from '../../api/people'
import { type Activated, type Declared, type Level, plans } from '../../api/plans'
import { useResource } from '../../api/resource'
import { useAct } from '../../forms/act'
import { AreaName } from '../../forms/AreaName'
import { Grid } from '../../forms/Grid'
import { refusals } from '../../forms/refusals'
import { TimeField } from '../../forms/TimeField'
import { Told } from '../../forms/Told'
import { Empty, Failure, Loading } from '../../parts/States'
import { Undo } from '../../parts/Undo'
import { useSession } from '../../session'
import { Said } from './Said'
import { useSpoken } from './words'

const LEVELS: Level[] = ['I', 'II', 'III', 'IV', 'ended']

/** What holds in an area and above it, how it came, and where a duty officer records the next. */
export function Levels({ area }: { area: string }) {
  const w = useSpoken()
  const { may } = useSession()
  const found = useResource(`response|${area}`, (signal) => plans.response(area, signal), 'keep', ['command'])
  if (found.error) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return <Loading />
  const { level, above, history } = found.data
  return (
    <>
      <section className="card" aria-label={w.t('level.now')}>
        <h2>{w.t('level.now')}</h2>
        {level ? <Held of={level} /> : <p className="null">{w.t('level.none')}</p>}
        {above.length > 0 && (
          <>
            <h3>{w.t('level.above')}</h3>
            {above.map((one) => (
              <Held key={one.fact} of={one} named />
            ))}
          </>
        )}
      </section>
      {history.length ? (
        <History rows={history} done={found.retry} />
      ) : (
        <Empty title={w.t('level.history.none.title')} text={w.t('level.history.none.text')} />
      )}
      {may('plans.manage') && <Declare area={area} done={found.retry} />}
    </>
  )
}

/** A level with what it rests on. */
function Held({ of, named }: { of: Declared; named?: boolean }) {
  const w = useSpoken()
  return (
    <p>
      {named && (
        <>
          <AreaName code={of.area} />{' '}
        </>
      )}
      <b className={`tag level level-${of.level}`}>{w.t(`level.${of.level}`)}</b>{' '}
      <span className="muted">
        {w.stamp(of.starts)} · {of.issuer} · {of.doc_no}
      </span>
    </p>
  )
}

function History({ rows, done }: { rows: Declared[]; done: () => void }) {
  const w = useSpoken()
  const { may } = useSession()
  const acts = may('plans.manage')
    ? [{ key: 'act', title: w.t('level.act'), cell: (one: Declared) => <TakeBack of={one} done={done} /> }]
    : []
  return (
    <section className="card" aria-label={w.t('level.history')}>
      <h2>{w.t('level.history')}</h2>
      <Grid
        label={w.t('level.history')}
        rows={[...rows].reverse()}
        keyOf={(one) => one.fact}
        columns={[
          { key: 'starts', title: w.t('level.starts'), head: true, cell: (one) => w.stamp(one.starts) },
          { key: 'level', title: w.t('level.level'), cell: (one) => w.t(`level.${one.level}`) },
          { key: 'issuer', title: w.t('level.issuer'), cell: (one) => one.issuer },
          { key: 'doc', title: w.t('level.doc'), cell: (one) => one.doc_no },
          { key: 'recorded', title: w.t('level.recorded'), cell: (one) => w.stamp(one.recorded_at) },
          ...acts,
        ]}
      />
    </section>
  )
}

/** Twice to be pressed: what rests on the level goes with it. */
function TakeBack({ of, done }: { of: Declared; done: () => void }) {
  const w = useSpoken()
  return (
    <div className="row-acts">
      <Undo sure={w.t('level.back.sure')} take={() => plans.takeBack(of)} done={done} />
    </div>
  )
}

interface Values {
  level: Level
  issuer: string
  doc_no: string
  starts: string
  activate?: boolean
}

function Declare({ area, done }: { area: string; done: () => void }) {
  const w = useSpoken()
  const { busy, error, run } = useAct()
  const [fact, setFact] = useState(newId)
  const [said, setSaid] = useState<Activated[] | null>(null)
  const [form] = Form.useForm<Values>()
  const told = refusals(error)
  const needed = [{ required: true, whitespace: true, message: w.t('required') }]
  const submit = (values: Values) =>
    run(async () => {
      const { activated } = await plans.declare({ ...values, area, activate: values.activate ?? false, fact })
      setFact(newId())
      setSaid(activated)
      form.resetFields()
      done()
    })
  return (
    <section className="card" aria-labelledby="declare-title">
      <h2 id="declare-title">{w.t('level.new')}</h2>
      <Form
        form={form}
        name="level"
        layout="vertical"
        requiredMark={false}
        onFinish={submit}
        scrollToFirstError={{ focus: true }}
      >
        <div className="fields">
          <Form.Item name="level" label={w.t('level.level')} rules={needed} {...told('level')}>
            <Select options={LEVELS.map((value) => ({ value, label: w.t(`level.${value}`) }))} />
          </Form.Item>
          <Form.Item name="issuer" label={w.t('level.issuer')} rules={needed} {...told('issuer')}>
            <Input maxLength={200} autoComplete="off" />
          </Form.Item>
          <Form.Item name="doc_no" label={w.t('level.doc')} rules={needed} {...told('doc_no')}>
            <Input maxLength={200} autoComplete="off" />
          </Form.Item>
          <Form.Item name="starts" label={w.t('level.starts')} rules={needed} {...told('starts')}>
            <TimeField />
          </Form.Item>
        </div>
        <Form.Item name="activate" valuePropName="checked">
          <Checkbox>{w.t('level.activate')}</Checkbox>
        </Form.Item>
        <Told error={error} />
        <div className="actions">
          <Button type="primary" htmlType="submit" loading={busy}>
            {w.t('level.go')}
          </Button>
        </div>
      </Form>
      <div role="status">
        {said && <p>{w.t('level.done')}</p>}
        {said?.map((one) => (
          <Said key={one.plan} of={one} link />
        ))}
      </div>
    </section>
  )
}
