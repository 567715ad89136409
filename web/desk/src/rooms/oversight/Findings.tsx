import { Button, Select } from 'antd'
import { useId, useState } from 'react'
import { type FindingPage, type FindingRow, oversight } from '../../api/oversight'
import { useResource } from '../../api/resource'
import { useAct } from '../../forms/act'
import { Grid } from '../../forms/Grid'
import { Told } from '../../forms/Told'
import { Empty, Failure, Loading } from '../../parts/States'
import { figure } from './figure'
import { Place } from './Overdue'
import { TAGS } from './Steps'
import { useSpoken } from './words'

const STAGES = ['all', 'open', 'rectified', 'closed'] as const

interface Props {
  area: string
  rule: string
  stage: string
  narrow: (to: Record<string, string | null>) => void
}

/** The findings of an area, the last raised first. */
export function Findings({ area, rule, stage, narrow }: Props) {
  const w = useSpoken()
  const id = useId()
  const asked = { area, rule, stage }
  const key = `findings|${JSON.stringify(asked)}`
  const board = useResource(`oversight|${area}`, (signal) => oversight.board(area, signal), 'keep', ['oversight'])
  const first = useResource(key, (signal) => oversight.findings(asked, signal), 'drop', ['oversight'])
  return (
    <>
      <search className="card bounds">
        <div className="pick inline">
          <label htmlFor={`${id}-rule`}>{w.t('ov.rule')}</label>
          <Select
            id={`${id}-rule`}
            value={rule}
            onChange={(to) => narrow({ rule: to || null })}
            popupMatchSelectWidth={false}
            options={[
              { value: '', label: w.t('ov.rule.all') },
              ...(board.data?.rules ?? []).map((one) => ({ value: one.code, label: w.name(one) })),
            ]}
          />
        </div>
        <div className="pick inline">
          <label htmlFor={`${id}-stage`}>{w.t('ov.stage')}</label>
          <Select
            id={`${id}-stage`}
            value={stage || 'all'}
            onChange={(to) => narrow({ stage: to === 'all' ? null : to })}
            popupMatchSelectWidth={false}
            options={STAGES.map((one) => ({ value: one, label: w.t(`ov.stage.${one}`) }))}
          />
        </div>
      </search>
      {first.error && <Failure error={first.error} retry={first.retry} told />}
      {first.loading && !first.data && <Loading />}
      {first.data && !first.error && <Pages key={key} first={first.data} asked={asked} narrow={narrow} />}
    </>
  )
}

interface PagesProps {
  first: FindingPage
  asked: { area: string; rule: string; stage: string }
  narrow: Props['narrow']
}

function Pages({ first, asked, narrow }: PagesProps) {
  const w = useSpoken()
  const { busy, error, run } = useAct()
  const [more, setMore] = useState<FindingPage[]>([])
  const pages = [first, ...more]
  const next = pages[pages.length - 1]?.after ?? null
  if (!first.findings.length) return <Empty title={w.t('ov.none.title')} text={w.t('ov.none.text')} />
  return (
    <>
      <section className="card" aria-label={w.t('ov.tab.findings')}>
        <p className="muted">{w.t('ov.total', { n: w.n(first.total) })}</p>
        <Grid
          label={w.t('ov.tab.findings')}
          rows={pages.flatMap((page) => page.findings)}
          keyOf={(one) => one.id}
          columns={[
            { key: 'what', title: w.t('ov.what'), head: true, cell: (one) => <What of={one} /> },
            { key: 'where', title: w.t('ov.where'), cell: (one) => <Place of={one} /> },
            { key: 'when', title: w.t('ov.when'), cell: (one) => <When of={one} /> },
            { key: 'figures', title: w.t('ov.figures'), cell: (one) => <Figures of={one} /> },
            { key: 'due', title: w.t('ov.due'), cell: (one) => one.due && w.stamp(one.due) },
            {
              key: 'acts',
              title: '',
              className: 'acts',
              cell: (one) => (
                <Button size="small" onClick={() => narrow({ finding: one.id })}>
                  {w.t('ov.see')}
                  <span className="sr">{w.name(one)}</span>
                </Button>
              ),
            },
          ]}
        />
      </section>
      <Told error={error} />
      {next && (
        <div className="actions">
          <Button
            loading={busy}
            onClick={() =>
              run(async () => {
                const page = await oversight.findings({ ...asked, after: next })
                setMore((before) => [...before, page])
              })
            }
          >
            {w.t('ov.more')}
          </Button>
        </div>
      )}
    </>
  )
}

function What({ of }: { of: FindingRow }) {
  const w = useSpoken()
  return (
    <>
      {w.name(of)} <span className={`tag ${TAGS[of.stage]}`}>{w.t(`ov.stage.${of.stage}`)}</span>
    </>
  )
}

export function When({ of }: { of: FindingRow }) {
  const w = useSpoken()
  return (
    <>
      {w.day(of.day)}
      {of.days > 1 && <span className="muted block small">{w.t('ov.days', { n: w.n(of.days) })}</span>}
    </>
  )
}

export function Figures({ of }: { of: FindingRow }) {
  const w = useSpoken()
  return of.figures.map((one) => (
    <span key={one.code} className="block small">
      {w.name(one)} {figure(w, one)}
    </span>
  ))
}
