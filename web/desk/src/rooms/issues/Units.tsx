import { Button } from 'antd'
import { useState } from 'react'
import { command } from '../../api/command'
import { type Issue, issues } from '../../api/issues'
import { newId } from '../../api/once'
import { useResource } from '../../api/resource'
import { useAct } from '../../forms/act'
import { AreaName } from '../../forms/AreaName'
import { Told } from '../../forms/Told'
import { calendarDay } from '../../moments'
import { Failure, Loading } from '../../parts/States'
import { useSession } from '../../session'
import { useSpoken } from './words'
import { en } from './words.en'
import { zh } from './words.zh'

const MOST = 20
/** As many units a notice is sent to at once. */
const MOST_CHASED = 100

/** The units that have not reported although the cut-off has passed; each leads to its report. */
export function Units({ of }: { of: Issue }) {
  const w = useSpoken()
  const found = useResource(`issue-late|${of.draft}`, (signal) => issues.late(of.draft, signal), 'keep', ['screening'])
  if (found.error) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return <Loading />
  const { day, n, units } = found.data
  return (
    <section className="card" aria-label={w.t('is.late')}>
      <h2>{w.t('is.late')}</h2>
      <p>{n ? w.t('is.late.some', { n: w.n(n), day: w.day(day) }) : w.t('is.late.none', { day: w.day(day) })}</p>
      {n > 0 && <Chase area={of.area} day={day} units={units.length ? units : [of.area]} />}
      <ul className="bare">
        {units.slice(0, MOST).map((code) => (
          <li key={code}>
            <AreaName code={code} />{' '}
            <a href={`#coverage?${new URLSearchParams({ show: 'daily', area: code, day })}`}>{w.t('is.late.report')}</a>
          </li>
        ))}
      </ul>
      {units.length > MOST && (
        <p>
          <a href={`#coverage?${new URLSearchParams({ show: 'daily', area: of.area, day })}`}>{w.t('is.late.all')}</a>
        </p>
      )}
    </section>
  )
}

/** Sends the late units a notice, which each has as a task and which climbs where nobody answers it; where the viewer is
    not told which they are, the area has it. */
function Chase({ area, day, units }: { area: string; day: string; units: readonly string[] }) {
  const w = useSpoken()
  const { may } = useSession()
  const { busy, error, run } = useAct()
  const [id] = useState(newId)
  const [sent, setSent] = useState(false)
  if (!may('plans.manage')) return null
  const chase = () =>
    run(async () => {
      const to = units.slice(0, MOST_CHASED).map((code) => ({ area: code }))
      await command.send({
        id,
        area,
        sort: 'order',
        zh: zh['is.chase.title'],
        en: en['is.chase.title'],
        zh_text: zh['is.chase.text'].replace('{day}', calendarDay(day, 'zh')),
        en_text: en['is.chase.text'].replace('{day}', calendarDay(day, 'en')),
        issuer: zh['is.chase.issuer'],
        doc_no: `${day.replaceAll('-', '')}-${units.length}`,
        to,
      })
      setSent(true)
    })
  return (
    <>
      <Told error={error} />
      <Button loading={busy} disabled={sent} onClick={chase}>
        {w.t('is.chase')}
      </Button>
      <p role="status">{sent && w.t('is.chase.sent')}</p>
    </>
  )
}
