import { Input } from 'antd'
import { command } from '../../api/command'
import { newId } from '../../api/people'
import { useResource } from '../../api/resource'
import { type EventReport, steering } from '../../api/steering'
import { AreaName } from '../../forms/AreaName'
import { Grid } from '../../forms/Grid'
import { TimeField } from '../../forms/TimeField'
import { Empty, Failure, Loading } from '../../parts/States'
import { Undo } from '../../parts/Undo'
import { useSession } from '../../session'
import { Act, Small } from '../mobilisation/parts'
import { useSpoken } from './words'

/** Events that go up the chain of governments, with the clock of each step. */
export function Reports({ area }: { area: string }) {
  const w = useSpoken()
  const { may } = useSession()
  const found = useResource(`events|${area}`, (signal) => steering.events(area, signal), 'keep', ['command'])
  if (found.error && !found.data) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return <Loading />
  const { events, now } = found.data
  return (
    <>
      {may('plans.manage') && <Find area={area} done={found.retry} />}
      {!events.length && <Empty title={w.t('ev.none.title')} text={w.t('ev.none.text')} />}
      {events.map((one) => (
        <One key={one.id} of={one} now={now} done={found.retry} />
      ))}
    </>
  )
}

function Find({ area, done }: { area: string; done: () => void }) {
  const w = useSpoken()
  return (
    <section className="card" aria-label={w.t('ev.new')}>
      <Small
        name="event"
        title={w.t('ev.new')}
        fields={[
          ['zh', w.t('ev.what'), <Input key="zh" maxLength={200} autoComplete="off" />],
          ['found', w.t('ev.found'), <TimeField key="found" />],
        ]}
        send={(values) => steering.found({ ...(values as { zh: string; found: string }), en: '', id: newId(), area })}
        done={done}
      />
    </section>
  )
}

function One({ of, now, done }: { of: EventReport; now: string; done: () => void }) {
  const w = useSpoken()
  const next = of.steps.find((one) => !one.done)
  return (
    <section className="card" aria-labelledby={`event-${of.id}`}>
      <h2 id={`event-${of.id}`}>{w.lang === 'zh' ? of.zh : of.en || of.zh}</h2>
      <p className="muted small">
        <AreaName code={of.area} /> · {w.t('ev.found.at', { at: w.stamp(of.found) })}
      </p>
      <Grid
        label={w.t('ev.steps')}
        rows={of.steps}
        keyOf={(one) => one.to}
        columns={[
          { key: 'to', title: w.t('ev.to'), head: true, cell: (one) => w.t(`ev.to.${one.to}`) },
          { key: 'due', title: w.t('ev.due'), cell: (one) => w.stamp(one.due) },
          {
            key: 'done',
            title: w.t('ev.done'),
            cell: (one) =>
              one.done ? (
                <span className={one.done > one.due ? 'late' : undefined}>
                  {w.stamp(one.done)} {one.done > one.due && w.t('ev.was.late')}
                </span>
              ) : (
                <span className={`tag ${now > one.due ? 'fails' : 'warns'}`}>
                  {w.t(now > one.due ? 'ev.late' : 'ev.open')}
                </span>
              ),
          },
        ]}
      />
      {of.manages && (
        <div className="row-acts">
          {next && (
            <Act
              title={w.t('ev.arrived', { to: w.t(`ev.to.${next.to}`) })}
              act={() => steering.arrived(of.id, next.to, newId())}
              done={done}
            />
          )}
          {of.last && <Undo what={of.zh} take={() => command.takeBack(of.id, of.last as string)} done={done} />}
        </div>
      )}
    </section>
  )
}
