import { Button, Checkbox, Form, Input, Select } from 'antd'
import { useState } from 'react'
import { type Volunteers as Found, mobilisation, type Paged, type Volunteer } from '../../api/mobilisation'
import { newId } from '../../api/people'
import { permissions } from '../../api/permissions'
import { useResource } from '../../api/resource'
import { useAct } from '../../forms/act'
import { AreaName } from '../../forms/AreaName'
import { LongGrid } from '../../forms/LongGrid'
import { usePages } from '../../forms/pages'
import { refusals } from '../../forms/refusals'
import { Told } from '../../forms/Told'
import { Empty, Failure, Loading } from '../../parts/States'
import { useSession } from '../../session'
import { Purpose } from '../people/Purpose'
import { Available } from './Available'
import { choices, LIVE, type OfArea, wordOf } from './terms'
import { useSpoken } from './words'

/** Those who agreed to be called, who has been on duty too long first; names only for a purpose. */
export function Volunteers({ area, terms }: OfArea) {
  const w = useSpoken()
  const { session, may } = useSession()
  const titles = useResource('permissions', permissions)
  const [purpose, setPurpose] = useState('')
  const [signing, setSigning] = useState(false)
  const found = useResource(
    `volunteers|${area}|${purpose}`,
    () => mobilisation.volunteers(area, purpose),
    'keep',
    purpose ? undefined : LIVE,
  )
  if (found.error && !found.data) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return <Loading />
  const rows = found.data.volunteers
  const manages = may('teams.manage')
  return (
    <>
      {manages && titles.data && (
        <Purpose
          purposes={session?.purposes ?? []}
          titles={titles.data.purposes}
          value={purpose || null}
          choose={setPurpose}
        />
      )}
      {manages && (
        <p>
          <Button type="primary" aria-expanded={signing} onClick={() => setSigning(!signing)}>
            {w.t('vol.new')}
          </Button>
        </p>
      )}
      {signing && <SignUp area={area} terms={terms} done={found.retry} />}
      {!rows.length && <Empty title={w.t('vol.none.title')} text={w.t('vol.none.text')} />}
      {rows.length > 0 && (
        <Listed
          key={`${area}|${purpose}`}
          first={found.data}
          area={area}
          purpose={purpose}
          terms={terms}
          done={found.retry}
        />
      )}
    </>
  )
}

interface ListedProps extends OfArea {
  first: Paged<Found>
  purpose: string
  done: () => void
}

function Listed({ first, area, purpose, terms, done }: ListedProps) {
  const w = useSpoken()
  const { may } = useSession()
  const { pages, more, busy, error } = usePages(
    first,
    (page) => page.next,
    (after) => mobilisation.volunteers(area, purpose, Number(after)),
  )
  const rows = pages.flatMap((page) => page.volunteers)
  return (
    <section className="card" aria-labelledby="volunteers-title">
      <h2 id="volunteers-title">{w.t('vol.total', { n: w.n(first.total) })}</h2>
      <LongGrid
        label={w.t('mob.tab.volunteers')}
        rows={rows}
        keyOf={(one) => one.id}
        total={first.total}
        more={more}
        onward={false}
        busy={busy}
        columns={[
          {
            key: 'who',
            title: w.t('vol.who'),
            head: true,
            cell: (one) => (
              <>
                {(one.shown.name as string) ?? w.t('mob.person', { id: one.id.slice(-6) })}
                {((one.shown.phones as string[]) ?? []).map((phone) => (
                  <span key={phone} className="muted block small">
                    {phone}
                  </span>
                ))}
              </>
            ),
          },
          { key: 'area', title: w.t('mob.area'), cell: (one) => <AreaName code={one.area} /> },
          {
            key: 'skills',
            title: w.t('mob.skill'),
            cell: (one) =>
              one.skills.length
                ? one.skills.map((code) => w.name(wordOf(terms.skills, code))).join(w.lang === 'zh' ? '、' : ', ')
                : null,
          },
          { key: 'strain', title: w.t('vol.strain'), cell: (one) => <Strained of={one} /> },
          {
            key: 'acts',
            title: '',
            className: 'acts',
            cell: (one) => (may('teams.manage') ? <Acts of={one} done={done} /> : null),
          },
        ]}
      />
      <p className="muted small">{w.t('vol.limits', { days: w.n(terms.days_in_row), hours: w.n(terms.week_h) })}</p>
      <Told error={error} />
    </section>
  )
}

function Strained({ of }: { of: Volunteer }) {
  const w = useSpoken()
  return (
    <>
      {of.warned && <span className="tag fails">{w.t('vol.rest')}</span>}{' '}
      {w.t('vol.days', { days: w.n(of.days), hours: w.n(of.hours) })}
    </>
  )
}

function Acts({ of, done }: { of: Volunteer; done: () => void }) {
  const w = useSpoken()
  const { busy, error, run } = useAct()
  const [open, setOpen] = useState<'hours' | 'withdraw' | null>(null)
  return (
    <>
      <div className="row-acts">
        <Button
          size="small"
          aria-expanded={open === 'hours'}
          onClick={() => setOpen(open === 'hours' ? null : 'hours')}
        >
          {w.t('vol.hours')}
        </Button>
        <Button
          size="small"
          aria-expanded={open === 'withdraw'}
          onClick={() => setOpen(open === 'withdraw' ? null : 'withdraw')}
        >
          {w.t('vol.withdraw')}
        </Button>
      </div>
      {open === 'hours' && <Available of={of} done={done} />}
      {open === 'withdraw' && (
        <>
          <p className="small">{w.t('vol.withdraw.text')}</p>
          <Button size="small" danger loading={busy} onClick={() => run(() => mobilisation.withdraw(of.id).then(done))}>
            {w.t('vol.withdraw.sure')}
          </Button>
        </>
      )}
      <Told error={error} />
    </>
  )
}

interface Values {
  name: string
  phone: string
  skills?: string[]
  account?: string
  agreed: boolean
}

/** Signing somebody up, by the text that is shown: without agreement to it nobody is. */
function SignUp({ area, terms, done }: OfArea & { done: () => void }) {
  const w = useSpoken()
  const { busy, error, run } = useAct()
  const [id, setId] = useState(newId)
  const [said, setSaid] = useState(false)
  const [form] = Form.useForm<Values>()
  const told = refusals(error)
  const needed = [{ required: true, whitespace: true, message: w.t('required') }]
  const text = terms.consents[terms.consents.length - 1]
  const accounts = useResource(`volunteer-accounts|${area}`, (signal) => mobilisation.accounts(area, signal))
  const submit = ({ name, phone, skills, account }: Values) =>
    run(async () => {
      const who = { id, area, name, phone, skills: skills ?? [], account: account ?? null }
      await mobilisation.signUp({ ...who, consent: text?.code ?? '' })
      setId(newId())
      form.resetFields()
      setSaid(true)
      done()
    })
  const agreed = {
    validator: (_: unknown, on?: boolean) =>
      on ? Promise.resolve() : Promise.reject(new Error(w.t('vol.agree.needed'))),
  }
  return (
    <section className="card" aria-labelledby="sign-up">
      <h2 id="sign-up">{w.t('vol.new')}</h2>
      <Form
        form={form}
        name="volunteer"
        layout="vertical"
        requiredMark={false}
        onFinish={submit}
        onValuesChange={() => setSaid(false)}
        scrollToFirstError={{ focus: true }}
      >
        <div className="fields">
          <Form.Item name="name" label={w.t('vol.name')} rules={needed} {...told('name')}>
            <Input maxLength={64} autoComplete="off" />
          </Form.Item>
          <Form.Item name="phone" label={w.t('vol.phone')} rules={needed} {...told('phone')}>
            <Input maxLength={32} inputMode="tel" autoComplete="off" />
          </Form.Item>
          <Form.Item name="skills" label={w.t('mob.skill')} {...told('skills')}>
            <Select mode="multiple" options={choices(terms.skills, w.name)} />
          </Form.Item>
          <Form.Item name="account" label={w.t('vol.account')} extra={w.t('vol.account.help')} {...told('account')}>
            <Select
              allowClear
              loading={accounts.loading}
              showSearch={{ optionFilterProp: 'label' }}
              options={accounts.data?.map((one) => ({ value: one.account, label: one.name || one.account }))}
            />
          </Form.Item>
        </div>
        {text && <blockquote>{w.name(text)}</blockquote>}
        <Form.Item name="agreed" valuePropName="checked" rules={[agreed]}>
          <Checkbox>{w.t('vol.agree', { version: text?.code ?? '' })}</Checkbox>
        </Form.Item>
        <Told error={error} />
        <div className="actions">
          <Button type="primary" htmlType="submit" loading={busy}>
            {w.t('vol.go')}
          </Button>
        </div>
      </Form>
      <div role="status">{said && <p>{w.t('vol.done')}</p>}</div>
    </section>
  )
}
