import { Alert, Button, Progress } from 'antd'
import { useEffect, useState } from 'react'
import { type Fault, type List, type ListField, lists } from '../../api/lists'
import { useResource } from '../../api/resource'
import { useAct } from '../../forms/act'
import { Grid } from '../../forms/Grid'
import { save } from '../../forms/save'
import { Told } from '../../forms/Told'
import { Failure, Loading } from '../../parts/States'
import { Undo } from '../../parts/Undo'
import { useSpoken } from './words'

const POLL_MS = 1_000

/** A list that came in before. */
export function Result({ id }: { id: string }) {
  const found = useResource(`list|${id}`, (signal) => lists.state(id, signal))
  const [later, setLater] = useState<List | null>(null)
  const list = later ?? found.data
  if (found.error) return <Failure error={found.error} retry={found.retry} told />
  if (!list) return <Loading />
  return isBusy(list) ? (
    <Running list={list} follow={setLater} />
  ) : (
    <Outcome key={list.state} list={list} follow={setLater} />
  )
}

export const isBusy = ({ state }: List) => state === 'waiting' || state === 'running' || state === 'undoing'

/** How far a run is: asked for until it is done. */
export function Running({ list, follow }: { list: List; follow: (list: List) => void }) {
  const w = useSpoken()
  const [error, setError] = useState<unknown>(null)
  useEffect(() => {
    const timer = setTimeout(
      () =>
        lists.state(list.id).then((now) => {
          setError(null)
          follow({ ...now })
        }, setError),
      POLL_MS,
    )
    return () => clearTimeout(timer)
  }, [list, follow])
  const percent = list.rows ? Math.floor((list.done / list.rows) * 100) : 0
  return (
    <section className="card" role="status">
      <p>
        {w.t(list.state === 'undoing' ? 'run.undoing' : list.dry ? 'run.checking' : 'run.importing', {
          done: w.n(list.done),
          rows: w.n(list.rows),
        })}
      </p>
      <Progress percent={percent} status="active" aria-label={w.t('run.progress')} />
      <Told error={error} />
    </section>
  )
}

/** What came of a list, what was wrong with its rows, and the way back. */
export function Outcome({ list, fields, follow }: { list: List; fields?: ListField[]; follow: (list: List) => void }) {
  const w = useSpoken()
  const done = list.state === 'done' && !list.dry
  const title = w.t(`outcome.${list.state === 'checked' || list.dry ? 'checked' : list.state}` as 'outcome.done', {
    taken: w.n(list.taken),
    refused: w.n(list.refused),
    left_out: w.n(list.left_out),
    rows: w.n(list.rows),
    kept: w.n(list.kept),
  })
  const type = list.state === 'failed' ? 'error' : list.refused && list.state !== 'undone' ? 'warning' : 'success'
  return (
    <section className="card outcome" aria-label={w.t('outcome.label')}>
      <Alert type={type} showIcon role="status" title={title} description={list.why || undefined} />
      {done && (
        <p>
          {w.t('outcome.made', { facts: w.n(list.facts), people: w.n(list.people), links: w.n(list.links) })}{' '}
          {list.kind === 'cases' && list.taken > 0 && <a href={`#cases?batch=${list.id}`}>{w.t('outcome.open')}</a>}
        </p>
      )}
      <Faults list={list} fields={fields} />
      {done && (
        <div className="actions">
          <Undo
            label={w.t('undo.go')}
            sure={w.t('undo.text')}
            take={async () => follow(await lists.undo(list.id))}
            done={() => undefined}
          />
        </div>
      )}
    </section>
  )
}

function Faults({ list, fields }: { list: List; fields?: ListField[] }) {
  const w = useSpoken()
  const first = useResource(`faults|${list.id}|${list.state}|${list.dry}`, (signal) =>
    lists.faults(list.id, null, signal),
  )
  const { busy, error, run } = useAct()
  const [more, setMore] = useState<NonNullable<typeof first.data>[]>([])
  if (first.error) return <Failure error={first.error} retry={first.retry} told />
  if (!first.data) return <Loading />
  const pages = [first.data, ...more]
  const faults = pages.flatMap((p) => p.faults)
  const next = pages[pages.length - 1]?.next ?? null
  if (!faults.length) return <p className="muted">{w.t('faults.none')}</p>
  const load = () =>
    run(async () => {
      const page = await lists.faults(list.id, next)
      setMore((before) => [...before, page])
    })
  return (
    <>
      <div className="list-head">
        <h3>{w.t('faults.title')}</h3>
        <Button onClick={() => run(async () => save(w.t('faults.file'), await lists.faultsFile(list.id)))}>
          {w.t('faults.save')}
        </Button>
      </div>
      <FaultGrid faults={faults} fields={fields} />
      <Told error={error} />
      {next !== null && (
        <div className="actions">
          <Button onClick={load} loading={busy}>
            {w.t('faults.more')}
          </Button>
        </div>
      )}
    </>
  )
}

function FaultGrid({ faults, fields }: { faults: Fault[]; fields?: ListField[] }) {
  const w = useSpoken()
  const title = (name: string) => {
    const its = fields?.find((f) => f.field === name)
    return its ? w.name(its) : name
  }
  return (
    <Grid
      label={w.t('faults.title')}
      rows={faults}
      keyOf={(f) => `${f.row}|${f.field}|${f.reason}|${f.zh}`}
      columns={[
        { key: 'row', title: w.t('faults.row'), head: true, cell: (f) => w.n(f.row) },
        { key: 'field', title: w.t('faults.field'), cell: (f) => title(f.field) },
        {
          key: 'reason',
          title: w.t('faults.reason'),
          className: 'roomy',
          cell: (f) => (
            <>
              {w.name(f)} {f.note && <span className="tag">{w.t('faults.note')}</span>}
            </>
          ),
        },
      ]}
    />
  )
}
