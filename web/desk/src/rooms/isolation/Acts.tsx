import { Alert, Button, Checkbox, Form, Input, Radio, Select } from 'antd'
import { type ReactNode, useState } from 'react'
import { isolation, type OrderCard } from '../../api/isolation'
import { newId } from '../../api/people'
import { useResource } from '../../api/resource'
import { ActBar } from '../../forms/ActBar'
import { AreaField } from '../../forms/AreaField'
import { useAct } from '../../forms/act'
import { useNow } from '../../forms/now'
import { refusals } from '../../forms/refusals'
import { TimeField } from '../../forms/TimeField'
import { Told } from '../../forms/Told'
import { useSession } from '../../session'
import { MODES } from './Board'
import { StationField } from './StationField'
import { useSpoken } from './words'

type Act =
  | 'received'
  | 'executed'
  | 'correct'
  | 'verified'
  | 'change-mode'
  | 'downgrade'
  | 'extend'
  | 'lift'
  | 'retract'

/** What may be recorded in each state, and what opens it. */
const ACTS: [Act, string, (card: OrderCard) => boolean][] = [
  ['received', 'isolation.execute', (c) => c.stage === 'issued'],
  ['executed', 'isolation.execute', (c) => ['issued', 'received', 'deviates'].includes(c.stage)],
  ['correct', 'isolation.execute', (c) => c.stage !== 'lifted' && executionOf(c) !== null],
  ['verified', 'isolation.execute', (c) => ['executed', 'deviates', 'verified'].includes(c.stage)],
  ['change-mode', 'isolation.order', (c) => c.stage !== 'lifted'],
  ['downgrade', 'isolation.downgrade', (c) => c.stage !== 'lifted' && c.mode !== 'home'],
  ['extend', 'isolation.order', (c) => c.stage !== 'lifted'],
  ['lift', 'isolation.order', (c) => c.stage !== 'lifted'],
  ['retract', 'isolation.order', () => true],
]

/** The record of the latest stay's execution, which a correction replaces. */
function executionOf(card: OrderCard): string | null {
  if (!card.stays[card.stays.length - 1]?.executed) return null
  const replaced = new Set(card.told.map((one) => one.corrects))
  const found = card.told.filter((one) => one.kind === 'isolation.executed' && !replaced.has(one.fact))
  return found[found.length - 1]?.fact ?? null
}

export function Acts({ card, done }: { card: OrderCard; done: () => void }) {
  const w = useSpoken()
  const { may } = useSession()
  return (
    <ActBar
      title={w.t('acts.title')}
      acts={ACTS.filter(([, action, fits]) => may(action) && fits(card)).map(([name]) => name)}
      label={(act) => w.t(`act.${act}`)}
      said={(act) => w.t('act.done', { act: w.t(`act.${act}`) })}
      form={(act, finish, close) => (
        <ActForm
          key={act}
          act={act}
          card={card}
          close={close}
          done={() => {
            finish()
            done()
          }}
        />
      )}
    />
  )
}

interface Props {
  act: Act
  card: OrderCard
  done: () => void
  close: () => void
}

/** The id of the fact is made here, so that sending twice records once. */
function ActForm({ act, card, done, close }: Props) {
  const w = useSpoken()
  const { busy, error, run } = useAct()
  const [id] = useState(newId)
  const told = refusals(error)
  const submit = (values: Record<string, unknown>) =>
    run(async () => {
      const filled = Object.fromEntries(
        Object.entries(values).filter(([, v]) => v !== undefined && v !== '' && v !== null),
      )
      const sent = act === 'retract' ? { ...filled, id } : { ...filled, fact: id }
      if (act === 'correct') await isolation.act(card.order, 'executed', { ...sent, corrects: executionOf(card) })
      else await isolation.act(card.order, act, sent)
      done()
    })
  return (
    <Form
      name={`order_${act}`}
      layout="vertical"
      className="sub-form"
      requiredMark={false}
      onFinish={submit}
      scrollToFirstError={{ focus: true }}
      initialValues={act === 'correct' ? { ward: card.stays[card.stays.length - 1]?.ward } : undefined}
    >
      <h3>{w.t(`act.${act}`)}</h3>
      <div className="fields">
        <Fields act={act} card={card} told={told} />
        <Form.Item
          name="at"
          label={w.t('act.when')}
          extra={w.t(act === 'correct' ? 'act.when.kept' : 'act.when.now')}
          {...told('at')}
        >
          <TimeField />
        </Form.Item>
      </div>
      <Told error={error} />
      <div className="actions">
        <Button type="primary" htmlType="submit" loading={busy} danger={act === 'retract'}>
          {w.t('act.go')}
        </Button>
        <Button onClick={close}>{w.t('act.cancel')}</Button>
      </div>
    </Form>
  )
}

interface FieldsProps {
  act: Act
  card: OrderCard
  told: (field: string) => object
}

function Fields({ act, card, told }: FieldsProps): ReactNode {
  const w = useSpoken()
  switch (act) {
    case 'received':
      return <p className="muted wide">{w.t('act.received.text')}</p>
    case 'executed':
      return <Executed card={card} told={told} text={w.t('act.executed.text')} />
    case 'correct':
      return <Executed card={card} told={told} text={w.t('act.correct.text')} />
    case 'verified':
      return (
        <>
          <p className="muted wide">{w.t('act.verified.text')}</p>
          <Form.Item
            name="as_ordered"
            label={w.t('act.as_ordered')}
            rules={[{ required: true, message: w.t('new.required') }]}
            {...told('as_ordered')}
          >
            <Radio.Group
              options={[
                { value: true, label: w.t('act.yes') },
                { value: false, label: w.t('act.no') },
              ]}
            />
          </Form.Item>
        </>
      )
    case 'change-mode':
      return <ChangeMode card={card} told={told} />
    case 'downgrade':
      return <Home card={card} told={told} />
    case 'extend':
      return <Extend card={card} told={told} />
    case 'lift':
      return <Lift card={card} told={told} />
    case 'retract':
      return <Retract card={card} told={told} />
  }
}

type PartProps = Omit<FieldsProps, 'act'>

function Executed({ card, told, text }: PartProps & { text: string }) {
  const w = useSpoken()
  return (
    <>
      <p className="muted wide">{text}</p>
      {card.mode !== 'home' && (
        <>
          <Form.Item name="station" label={w.t('act.elsewhere')} {...told('station')}>
            <StationField area="" mode={card.mode} />
          </Form.Item>
          <Form.Item name="ward" label={w.t('act.ward')} {...told('ward')}>
            <Input maxLength={64} autoComplete="off" />
          </Form.Item>
        </>
      )}
    </>
  )
}

function ChangeMode({ card, told }: PartProps) {
  const w = useSpoken()
  const needed = [{ required: true, message: w.t('new.required') }]
  const modes = card.mode === 'home' ? MODES : MODES.filter((mode) => mode !== 'home')
  const [mode, setMode] = useState<(typeof MODES)[number]>(card.mode === 'home' ? 'central' : card.mode)
  return (
    <>
      {card.mode !== 'home' && <Alert className="wide told" type="info" showIcon title={w.t('act.home.only')} />}
      <Form.Item name="mode" label={w.t('act.mode')} rules={needed} initialValue={mode} {...told('mode')}>
        <Select onChange={setMode} options={modes.map((value) => ({ value, label: w.t(`mode.${value}`) }))} />
      </Form.Item>
      {mode !== 'home' && (
        <Form.Item name="station" label={w.t('act.station')} {...told('station')}>
          <StationField key={mode} area="" mode={mode} />
        </Form.Item>
      )}
      <ReasonField of="move" told={told} />
      <Form.Item name="clinician" label={w.t('act.clinician')} {...told('clinician')}>
        <Input className="mono" maxLength={64} spellCheck={false} autoComplete="off" />
      </Form.Item>
    </>
  )
}

function Home({ card, told }: PartProps) {
  const w = useSpoken()
  const { session } = useSession()
  return (
    <>
      <Alert className="wide told" type="info" showIcon title={w.t('act.home.text')} />
      <ReasonField of="home" told={told} />
      <Form.Item
        name="community"
        label={w.t('card.community')}
        rules={[{ required: true, message: w.t('new.required') }]}
        initialValue={card.community ?? undefined}
        className="wide"
        {...told('community')}
      >
        <AreaField top={session?.area ?? ''} label={w.t('card.community')} />
      </Form.Item>
      <Form.Item
        name="suitable"
        valuePropName="checked"
        initialValue={false}
        label={w.t('act.suitable')}
        {...told('suitable')}
      >
        <Checkbox>{w.t('act.yes')}</Checkbox>
      </Form.Item>
    </>
  )
}

function Extend({ card, told }: PartProps) {
  const w = useSpoken()
  return (
    <>
      <Form.Item
        name="end"
        label={w.t('act.end')}
        extra={w.t('act.end.later', { end: w.moment(card.end) })}
        rules={[{ required: true, message: w.t('new.required') }]}
        {...told('end')}
      >
        <TimeField />
      </Form.Item>
      <ReasonField of="extend" told={told} />
    </>
  )
}

/** The policy's reasons for going on otherwise. */
function ReasonField({ of, told }: { of: 'move' | 'home' | 'extend'; told: (field: string) => object }) {
  const w = useSpoken()
  const policy = useResource('isolation-policy', isolation.policy)
  const known = (policy.data?.change_reasons ?? []).filter((one) => one.acts.includes(of))
  return (
    <Form.Item
      name="reason"
      label={w.t('act.reason')}
      rules={[{ required: true, message: w.t('new.required') }]}
      {...told('reason')}
    >
      <Select loading={policy.loading} options={known.map((one) => ({ value: one.code, label: w.name(one) }))} />
    </Form.Item>
  )
}

function Lift({ card, told }: PartProps) {
  const w = useSpoken()
  const now = useNow()
  const policy = useResource('isolation-policy', isolation.policy)
  const early = now !== null && now < Date.parse(card.end)
  return (
    <Form.Item
      name="reason"
      label={w.t('act.reason.lift')}
      extra={early ? w.t('act.lift.early') : undefined}
      rules={[{ required: true, message: w.t('new.required') }]}
      {...told('reason')}
    >
      <Select
        loading={policy.loading}
        options={(policy.data?.lift_reasons ?? []).map((one) => ({
          value: one.code,
          label: w.name(one),
          disabled: early && one.code === 'completed',
        }))}
      />
    </Form.Item>
  )
}

function Retract({ card, told }: PartProps) {
  const w = useSpoken()
  const needed = [{ required: true, message: w.t('new.required') }]
  return (
    <>
      <Form.Item name="fact" label={w.t('act.fact')} rules={needed} {...told('fact')}>
        <Select
          options={card.told
            .filter((one) => !one.kind.startsWith('record.'))
            .map((one) => ({
              value: one.fact,
              label: `${w.t(`kind.${one.kind}` as 'kind.isolation.ordered')} · ${w.stamp(one.observed_at)}`,
            }))}
        />
      </Form.Item>
      <Form.Item name="why" label={w.t('act.why')} rules={needed} initialValue="mistaken" {...told('why')}>
        <Select
          options={(['mistaken', 'duplicate'] as const).map((value) => ({ value, label: w.t(`why.${value}`) }))}
        />
      </Form.Item>
    </>
  )
}
