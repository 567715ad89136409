import { Button, Form, Input, Select } from 'antd'
import { useState } from 'react'
import { gates, type Inspections as Answer, type Post } from '../../api/gates'
import { newId } from '../../api/people'
import { useResource } from '../../api/resource'
import { useAct } from '../../forms/act'
import { AreaName } from '../../forms/AreaName'
import { Grid } from '../../forms/Grid'
import { refusals } from '../../forms/refusals'
import { Told } from '../../forms/Told'
import { Empty, Failure, Loading } from '../../parts/States'
import { pathOf, useFilter } from '../../route'
import { useSession } from '../../session'
import { PlaceCode } from './InspectionCode'
import { InspectionForm, useSending } from './InspectionForm'
import { PhotoField, PhotoNote, Photograph } from './InspectionPhoto'
import { Statements } from './InspectionStatement'
import { useInspectionWords } from './InspectionWords'
import { useTerms } from './terms'

type Inspection = Answer['inspections'][number]
type Finding = Inspection['found'][number]

const STATES = ['open', 'recheck', 'done'] as const
type State = (typeof STATES)[number]

function stateOf(finding: Finding): State {
  if (finding.in_order) return 'done'
  return finding.rectified ? 'recheck' : 'open'
}

/** Inspections of posts and of the gates of communities: made, put right, looked at again. */
export function Inspections() {
  const w = useInspectionWords()
  const { session, may } = useSession()
  const [filter, narrow] = useFilter()
  const [making, setMaking] = useState(false)
  const [said, setSaid] = useState('')
  const area = filter.area ?? session?.area ?? ''
  const found = useResource(`inspections|${area}`, (signal) => gates.inspections({ area }, signal), 'keep', ['gates'])
  const posts = useResource(`posts|${area}|||`, (signal) => gates.list({ area }, signal), 'keep')
  const state = STATES.find((one) => one === filter.state) ?? null
  return (
    <>
      <section className="card" aria-label={w.t('ins.new')}>
        <div className="act-buttons">
          {may('inspections.make') && posts.data && (
            <Button type="primary" aria-expanded={making} onClick={() => setMaking(!making)}>
              {w.t('ins.new')}
            </Button>
          )}
          <Select
            aria-label={w.t('ins.state')}
            value={state ?? ''}
            onChange={(to) => narrow({ state: to || null })}
            popupMatchSelectWidth={false}
            options={[
              { value: '', label: w.t('ins.state.all') },
              ...STATES.map((value) => ({ value, label: w.t(`ins.state.${value}`) })),
            ]}
          />
        </div>
        <p role="status" className="said">
          {said}
        </p>
        {making && (
          <InspectionForm
            posts={posts.data?.posts ?? []}
            done={(n) => {
              setMaking(false)
              setSaid(w.t('ins.made', { n: w.n(n) }))
              found.retry()
            }}
            close={() => setMaking(false)}
          />
        )}
      </section>
      {may('gates.manage') && posts.data && <PlaceCode posts={posts.data.posts} />}
      {found.error && <Failure error={found.error} retry={found.retry} told />}
      {!found.data && found.loading && <Loading />}
      {found.data && !found.error && (
        <Listed of={found.data} state={state} posts={posts.data?.posts ?? []} done={found.retry} />
      )}
    </>
  )
}

interface ListProps {
  of: Answer
  state: State | null
  posts: Post[]
  done: () => void
}

function Listed({ of, state, posts, done }: ListProps) {
  const w = useInspectionWords()
  const all = of.on_site + of.by_phone
  if (!all) return <Empty title={w.t('ins.none.title')} text={w.t('ins.none.text')} />
  const rows = state ? of.inspections.filter((one) => one.found.some((its) => stateOf(its) === state)) : of.inspections
  const share = w.n(Math.round((of.on_site / all) * 1000) / 10)
  return (
    <section className="card" aria-label={w.t('gt.tab.inspections')}>
      <p className="muted">{w.t('ins.sums', { n: w.n(all), site: w.n(of.on_site), phone: w.n(of.by_phone), share })}</p>
      <PhotoNote />
      {!rows.length && <p role="status">{w.t('ins.none.state')}</p>}
      {rows.length > 0 && (
        <Grid
          label={w.t('gt.tab.inspections')}
          rows={rows}
          keyOf={(one) => one.id}
          columns={[
            { key: 'where', title: w.t('ins.where'), head: true, cell: (one) => <Where of={one} posts={posts} /> },
            { key: 'at', title: w.t('ins.at'), cell: (one) => w.stamp(one.at) },
            { key: 'mode', title: w.t('ins.mode'), cell: (one) => w.t(`ins.mode.${one.mode}`) },
            { key: 'found', title: w.t('ins.found'), cell: (one) => <Found of={one} state={state} done={done} /> },
          ]}
        />
      )}
    </section>
  )
}

function Where({ of, posts }: { of: Inspection; posts: Post[] }) {
  const w = useInspectionWords()
  if (!of.post)
    return (
      <>
        <AreaName code={of.area} />
        <span className="muted block small">{w.t('ins.of.area')}</span>
      </>
    )
  const its = posts.find((one) => one.id === of.post)
  return <a href={pathOf({ room: 'gate', id: of.post })}>{its?.name ?? of.post.slice(-6)}</a>
}

function Found({ of, state, done }: { of: Inspection; state: State | null; done: () => void }) {
  const w = useInspectionWords()
  if (!of.found.length) return <>{w.t('ins.found.none')}</>
  return (
    <>
      <ul className="inspected">
        {of.found
          .filter((one) => !state || stateOf(one) === state)
          .map((one) => (
            <OneFinding key={one.item} of={of} finding={one} done={done} />
          ))}
      </ul>
      <Statements of={of} done={done} />
    </>
  )
}

const TAGS: Record<State, string> = { open: 'fails', recheck: 'warns', done: 'active' }

function OneFinding({ of, finding, done }: { of: Inspection; finding: Finding; done: () => void }) {
  const w = useInspectionWords()
  const terms = useTerms()
  const state = stateOf(finding)
  const name = terms.name('findings', finding.item)
  return (
    <li>
      <strong>{name}</strong> <span className={`tag ${TAGS[state]}`}>{w.t(`ins.state.${state}`)}</span>
      {finding.said && <p>{finding.said}</p>}
      {finding.photo && (
        <Photograph id={finding.photo} show={w.t('photo.show')} of={name} alt={w.t('photo.found', { item: name })} />
      )}
      {state === 'open' && finding.rechecked && (
        <p className="late">{w.t('ins.again', { at: w.stamp(finding.rechecked) })}</p>
      )}
      {finding.rectified && <p className="muted">{w.t('ins.rectified', { at: w.stamp(finding.rectified) })}</p>}
      {finding.answer && <p>{w.t('ins.answered', { said: finding.answer })}</p>}
      {finding.evidence && (
        <Photograph
          id={finding.evidence}
          show={w.t('photo.show.evidence')}
          of={name}
          alt={w.t('photo.evidence', { item: name })}
        />
      )}
      {state === 'done' && finding.rechecked && (
        <p className="muted">{w.t('ins.rechecked', { at: w.stamp(finding.rechecked) })}</p>
      )}
      {state === 'open' && <Rectify of={of} finding={finding} name={name} done={done} />}
      {state === 'recheck' && <Recheck of={of} finding={finding} name={name} done={done} />}
    </li>
  )
}

interface FollowProps {
  of: Inspection
  finding: Finding
  name: string
  done: () => void
}

/** Those who answer for the place say that it was put right, and show it. */
function Rectify({ of, finding, name, done }: FollowProps) {
  const w = useInspectionWords()
  const { may } = useSession()
  const { busy, error, run } = useAct()
  const [open, setOpen] = useState(false)
  const [fact] = useState(newId)
  const { sent, send } = useSending()
  const told = refusals(error)
  if (!may('gates.run')) return null
  const submit = ({ said, photo }: { said?: string; photo?: Blob | null }) =>
    run(async () => {
      const [evidence] = await send([photo ?? null], of.id, of.area)
      await gates.follow(of.id, 'rectify', { item: finding.item, said: said?.trim() || null, photo: evidence, fact })
      done()
    })
  if (!open)
    return (
      <Button size="small" aria-expanded={false} onClick={() => setOpen(true)}>
        {w.t('ins.rectify')}
        <span className="sr">{name}</span>
      </Button>
    )
  return (
    <Form
      name={`rectify_${of.id}_${finding.item}`}
      layout="vertical"
      className="sub-form"
      requiredMark={false}
      onFinish={submit}
      aria-label={w.t('ins.rectify.title', { item: name })}
    >
      <Form.Item name="said" label={w.t('ins.answer')} {...told('said')}>
        <Input.TextArea rows={2} maxLength={500} autoFocus />
      </Form.Item>
      {may('attachments.add') && (
        <Form.Item name="photo" noStyle>
          <PhotoField label={w.t('photo.evidence', { item: name })} />
        </Form.Item>
      )}
      <p role="status" className="said">
        {sent && w.t('ins.sending', { n: w.n(sent.n), of: w.n(sent.of) })}
      </p>
      <Told error={error} />
      <div className="actions">
        <Button type="primary" htmlType="submit" loading={busy}>
          {w.t('act.go')}
        </Button>
        <Button onClick={() => setOpen(false)}>{w.t('act.cancel')}</Button>
      </div>
    </Form>
  )
}

/** An inspector has looked again. */
function Recheck({ of, finding, name, done }: FollowProps) {
  const w = useInspectionWords()
  const { may } = useSession()
  const { busy, error, run } = useAct()
  const [fact] = useState(newId)
  if (!may('inspections.make')) return null
  const told = (rectified: boolean) => () =>
    run(async () => {
      await gates.follow(of.id, 'recheck', { item: finding.item, rectified, fact })
      done()
    })
  return (
    <>
      <div className="act-buttons">
        <Button size="small" type="primary" loading={busy} onClick={told(true)}>
          {w.t('ins.recheck.yes')}
          <span className="sr">{name}</span>
        </Button>
        <Button size="small" loading={busy} onClick={told(false)}>
          {w.t('ins.recheck.no')}
          <span className="sr">{name}</span>
        </Button>
      </div>
      <Told error={error} />
    </>
  )
}
