import { Input, Select } from 'antd'
import { command } from '../../api/command'
import { useResource } from '../../api/resource'
import { type Run, steering } from '../../api/steering'
import { AreaName } from '../../forms/AreaName'
import { Grid } from '../../forms/Grid'
import { Empty, Failure, Loading } from '../../parts/States'
import { Undo } from '../../parts/Undo'
import { useSession } from '../../session'
import { Small } from '../mobilisation/parts'
import { useSpoken } from './words'

/** Communities that answer their first case, and how far each task of it has come. Nothing tells of the case. */
export function FirstCases({ area }: { area: string }) {
  const w = useSpoken()
  const { may } = useSession()
  const found = useResource(`first|${area}`, (signal) => steering.playbooks(area, signal), 'keep', [
    'command',
    'cases',
    'tasks',
  ])
  if (found.error && !found.data) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return <Loading />
  const { known, runs } = found.data
  return (
    <>
      {!runs.length && <Empty title={w.t('fc.none.title')} text={w.t('fc.none.text')} />}
      {runs.map((one) => (
        <One key={one.id} of={one} done={found.retry} />
      ))}
      {may('plans.manage') && (
        <section className="card" aria-label={w.t('fc.begin')}>
          <p className="muted small">{w.t('fc.by.hand')}</p>
          <Small
            name="playbook"
            title={w.t('fc.begin')}
            initial={{ playbook: known[0]?.code }}
            fields={[
              [
                'playbook',
                w.t('fc.playbook'),
                <Select key="playbook" options={known.map((one) => ({ value: one.code, label: w.name(one) }))} />,
              ],
              [
                'area',
                w.t('fc.community'),
                <Input key="area" inputMode="numeric" maxLength={12} placeholder={`${area.slice(0, 6)}001001`} />,
              ],
            ]}
            send={({ area: community, playbook }) => steering.begin(String(community), String(playbook))}
            done={found.retry}
          />
          {known.map((one) => (
            <p key={one.code} className="muted small">
              {w.name({ zh: one.source_zh, en: one.source })}
            </p>
          ))}
        </section>
      )}
    </>
  )
}

function One({ of, done }: { of: Run; done: () => void }) {
  const w = useSpoken()
  return (
    <section className="card" aria-labelledby={`run-${of.id}`}>
      <h2 id={`run-${of.id}`}>
        <AreaName code={of.area} />
      </h2>
      <p className="muted small">{w.t(of.by_case ? 'fc.by.case' : 'fc.by.officer', { at: w.stamp(of.begun) })}</p>
      {of.items.length > 0 && (
        <Grid
          label={w.t('fc.tasks')}
          rows={of.items}
          keyOf={(one) => one.rule}
          columns={[
            {
              key: 'task',
              title: w.t('fc.task'),
              head: true,
              cell: (one) => (
                <>
                  {w.name(one)}
                  {one.say_zh && (
                    <details>
                      <summary>{w.t('fc.say')}</summary>
                      <p className="pre">{w.lang === 'zh' ? one.say_zh : one.say_en}</p>
                    </details>
                  )}
                </>
              ),
            },
            { key: 'due', title: w.t('fc.due'), cell: (one) => w.stamp(one.due) },
            {
              key: 'done',
              title: w.t('fc.done'),
              cell: (one) => (
                <span className={`tag ${one.done === one.n ? 'active' : one.late ? 'fails' : 'warns'}`}>
                  {w.t('co.share', { n: w.n(one.done), of: w.n(one.n) })}
                  {one.late > 0 && ` · ${w.t('co.late', { n: w.n(one.late) })}`}
                </span>
              ),
            },
          ]}
        />
      )}
      <div className="row-acts">
        <a href="#tasks">{w.t('fc.to.tasks')}</a>
        {of.run && of.fact && <Undo take={() => command.takeBack(of.run as string, of.fact as string)} done={done} />}
      </div>
    </section>
  )
}
