import { Button, Form, Input, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { mobilisation, type Paged, type Team, type Teams as Found } from '../../api/mobilisation'
import { newId } from '../../api/people'
import { useResource } from '../../api/resource'
import { useAct } from '../../forms/act'
import { AreaName } from '../../forms/AreaName'
import { LongGrid } from '../../forms/LongGrid'
import { usePages } from '../../forms/pages'
import { refusals } from '../../forms/refusals'
import { Told } from '../../forms/Told'
import { Empty, Failure, Loading } from '../../parts/States'
import { useSession } from '../../session'
import { Members } from './Members'
import { Undo } from './parts'
import { choices, FUNCTIONS, LIVE, type OfArea, QUALIFIERS, wordOf } from './terms'
import { useSpoken } from './words'

/** Teams by what they are for, with what each has done; and how many there are, as authorities tell it. */
export function Teams({ area, terms }: OfArea) {
  const w = useSpoken()
  const { may } = useSession()
  const found = useResource(`teams|${area}`, (signal) => mobilisation.teams(area, 0, signal), 'keep', LIVE)
  if (found.error && !found.data) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return <Loading />
  return (
    <>
      <Sums of={found.data} />
      {!found.data.teams.length && <Empty title={w.t('team.none.title')} text={w.t('team.none.text')} />}
      {found.data.teams.length > 0 && <Listed first={found.data} area={area} terms={terms} done={found.retry} />}
      {may('teams.manage') && <FormTeam area={area} done={found.retry} />}
    </>
  )
}

function Sums({ of }: { of: Found }) {
  const w = useSpoken()
  if (!of.by_function.length && !of.told.length) return null
  return (
    <section className="card" aria-labelledby="team-sums">
      <h2 id="team-sums">{w.t('team.sums')}</h2>
      <ul>
        {of.by_function.map((one) => (
          <li key={one.function}>
            {w.t('team.of', { what: w.t(`function.${one.function}` as 'function.service'), n: w.n(one.teams) })}
          </li>
        ))}
      </ul>
      {of.told.map((one) => (
        <p key={`${one.area}|${one.function}`}>
          <AreaName code={one.area} />{' '}
          {w.t('team.told', {
            what: one.function ? w.t(`function.${one.function}` as 'function.service') : w.t('function.all'),
            n: w.t(`about.${one.qualifier}` as 'about.exact', { n: w.n(one.teams) }),
          })}{' '}
          <span className="muted small">{w.stamp(one.at)}</span>
        </p>
      ))}
    </section>
  )
}

function Listed({ first, area, terms, done }: OfArea & { first: Paged<Found>; done: () => void }) {
  const w = useSpoken()
  const { may } = useSession()
  const { pages, more, busy, error } = usePages(
    first,
    (page) => page.next,
    (after) => mobilisation.teams(area, Number(after)),
  )
  const what = (code: string) => w.t(`function.${code}` as 'function.service')
  return (
    <section className="card" aria-label={w.t('mob.tab.teams')}>
      <LongGrid
        label={w.t('mob.tab.teams')}
        rows={pages.flatMap((page) => page.teams)}
        keyOf={(one) => one.id}
        total={first.total}
        more={more}
        onward={false}
        busy={busy}
        columns={[
          {
            key: 'name',
            title: w.t('team.name'),
            head: true,
            cell: (one) => (
              <>
                {w.lang === 'en' && one.en ? one.en : one.zh}{' '}
                {one.dissolved && <span className="tag">{w.t('team.dissolved')}</span>}
              </>
            ),
          },
          {
            key: 'function',
            title: w.t('team.function'),
            cell: (one) => (
              <>
                {what(one.function)}
                {one.tasks.length > 1 && (
                  <details>
                    <summary className="muted small">{w.t('team.history')}</summary>
                    <ol className="small">
                      {one.tasks.map((task) => (
                        <li key={task.since}>
                          {w.stamp(task.since)} {what(task.function)}
                          {task.reason && ` · ${w.name(wordOf(terms.retasked, task.reason))}`}
                        </li>
                      ))}
                    </ol>
                  </details>
                )}
              </>
            ),
          },
          { key: 'area', title: w.t('mob.area'), cell: (one) => <AreaName code={one.town || one.area} /> },
          {
            key: 'heads',
            title: w.t('team.heads'),
            cell: (one) => (
              <>
                {one.heads !== null && w.t(`about.${one.qualifier}` as 'about.exact', { n: w.n(one.heads) })}
                {one.members.length > 0 && (
                  <span className="muted block small">{w.t('team.members', { n: w.n(one.members.length) })}</span>
                )}
              </>
            ),
          },
          {
            key: 'acts',
            title: '',
            className: 'acts',
            cell: (one) => (may('teams.manage') ? <Acts of={one} terms={terms} done={done} /> : null),
          },
        ]}
      />
      <Told error={error} />
    </section>
  )
}

/** Giving a team something else to do: what it did rests and stays on record. */
function Acts({ of, terms, done }: { of: Team; terms: OfArea['terms']; done: () => void }) {
  const w = useSpoken()
  const { busy, error, run } = useAct()
  const [open, setOpen] = useState(false)
  const [inside, setInside] = useState(false)
  const told = refusals(error)
  const needed = [{ required: true, message: w.t('required') }]
  const act = (body: Parameters<typeof mobilisation.actOfTeam>[1]) =>
    run(async () => {
      await mobilisation.actOfTeam(of.id, body)
      setOpen(false)
      done()
    })
  const others = FUNCTIONS.filter((one) => one !== of.function)
  return (
    <>
      <div className="row-acts">
        {!of.dissolved && (
          <>
            <Button size="small" aria-expanded={open} onClick={() => setOpen(!open)}>
              {w.t('team.task')}
            </Button>
            <Button size="small" aria-expanded={inside} onClick={() => setInside(!inside)}>
              {w.t('team.inside')}
            </Button>
            <Button size="small" loading={busy && !open} onClick={() => act({ act: 'dissolve' })}>
              {w.t('team.dissolve')}
            </Button>
          </>
        )}
        <Undo of={of} take={mobilisation.takeBackTeam} done={done} />
      </div>
      {inside && !of.dissolved && <Members of={of} terms={terms} done={done} />}
      {open && (
        <Form
          name={`task-${of.id}`}
          layout="vertical"
          size="small"
          requiredMark={false}
          aria-label={w.t('team.task')}
          onFinish={(values: { function: Team['function']; reason: string }) =>
            act({ act: 'task', function: values.function as 'service', reason: values.reason })
          }
        >
          <Form.Item name="function" label={w.t('team.function')} rules={needed} {...told('function')}>
            <Select options={others.map((value) => ({ value, label: w.t(`function.${value}`) }))} />
          </Form.Item>
          <Form.Item name="reason" label={w.t('team.reason')} rules={needed} {...told('reason')}>
            <Select options={choices(terms.retasked, w.name)} />
          </Form.Item>
          <Button type="primary" htmlType="submit" loading={busy}>
            {w.t('team.task.go')}
          </Button>
        </Form>
      )}
      <Told error={error} />
    </>
  )
}

interface Values {
  zh: string
  en?: string
  function: 'service'
  heads?: number | null
  qualifier: 'exact'
}

function FormTeam({ area, done }: { area: string; done: () => void }) {
  const w = useSpoken()
  const { busy, error, run } = useAct()
  const [id, setId] = useState(newId)
  const [said, setSaid] = useState(false)
  const [form] = Form.useForm<Values>()
  const told = refusals(error)
  const needed = [{ required: true, message: w.t('required') }]
  const submit = (values: Values) =>
    run(async () => {
      await mobilisation.form({ ...values, en: values.en ?? '', id, area })
      setId(newId())
      form.resetFields()
      setSaid(true)
      done()
    })
  return (
    <section className="card" aria-labelledby="team-new">
      <h2 id="team-new">{w.t('team.new')}</h2>
      <Form
        form={form}
        name="team"
        layout="vertical"
        requiredMark={false}
        onFinish={submit}
        onValuesChange={() => setSaid(false)}
        scrollToFirstError={{ focus: true }}
        initialValues={{ qualifier: 'exact' }}
      >
        <div className="fields">
          <Form.Item name="zh" label={w.t('team.zh')} rules={needed} {...told('zh')}>
            <Input maxLength={60} autoComplete="off" />
          </Form.Item>
          <Form.Item name="en" label={w.t('team.en')} {...told('en')}>
            <Input maxLength={60} autoComplete="off" />
          </Form.Item>
          <Form.Item name="function" label={w.t('team.function')} rules={needed} {...told('function')}>
            <Select options={FUNCTIONS.map((value) => ({ value, label: w.t(`function.${value}`) }))} />
          </Form.Item>
          <Form.Item name="heads" label={w.t('team.heads')} {...told('heads')}>
            <InputNumber min={1} max={100000} precision={0} />
          </Form.Item>
          <Form.Item name="qualifier" label={w.t('team.meant')} {...told('qualifier')}>
            <Select options={QUALIFIERS.map((value) => ({ value, label: w.t(`meant.${value}`) }))} />
          </Form.Item>
        </div>
        <Told error={error} />
        <div className="actions">
          <Button type="primary" htmlType="submit" loading={busy}>
            {w.t('team.go')}
          </Button>
        </div>
      </Form>
      <div role="status">{said && <p>{w.t('team.done')}</p>}</div>
    </section>
  )
}
