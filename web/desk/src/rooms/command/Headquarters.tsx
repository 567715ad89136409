import { Button, Input } from 'antd'
import { useState } from 'react'
import { command } from '../../api/command'
import { newId } from '../../api/people'
import { useResource } from '../../api/resource'
import { type Headquarters as Its, steering } from '../../api/steering'
import { useAct } from '../../forms/act'
import { FilePick } from '../../forms/FilePick'
import { save } from '../../forms/save'
import { TimeField } from '../../forms/TimeField'
import { Told } from '../../forms/Told'
import { Failure, Loading } from '../../parts/States'
import { Undo } from '../../parts/Undo'
import { useSession } from '../../session'
import { Small } from '../mobilisation/parts'
import { CommandPosts } from '../plans/CommandPosts'
import { treeOf } from './tree'
import { useSpoken } from './words'

/** Who leads the headquarters of each event and which groups it has; and which divisions below have a command post. */
export function Headquarters({ area }: { area: string }) {
  const w = useSpoken()
  const { may } = useSession()
  const found = useResource(`headquarters|${area}`, (signal) => steering.headquarters(area, signal), 'keep', [
    'command',
  ])
  if (found.error && !found.data) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return <Loading />
  const { standing } = found.data
  return (
    <>
      {standing.map((one) => (
        <Tree key={one.id} of={one} done={found.retry} />
      ))}
      {(may('plans.manage') || !standing.length) && (
        <section className="card" aria-labelledby="organise-title">
          <h2 id="organise-title">{w.t('hq.organise')}</h2>
          {!standing.length && <p className="null">{w.t('hq.none')}</p>}
          {may('plans.manage') && <Organise area={area} done={found.retry} />}
          {may('plans.manage') && <FromFile area={area} done={found.retry} />}
        </section>
      )}
      <CommandPosts area={area} />
    </>
  )
}

function Tree({ of, done }: { of: Its; done: () => void }) {
  const w = useSpoken()
  const { may } = useSession()
  const its = of.headquarters
  const name = (one: { zh: string; en: string }) => w.name({ zh: one.zh, en: one.en || one.zh })
  return (
    <section className="card" aria-labelledby={`hq-${of.id}`}>
      <h2 id={`hq-${of.id}`}>{name({ zh: its.zh, en: its.en })}</h2>
      <p className="muted small">
        {w.name({ zh: of.event_zh, en: of.event_en })} · {its.doc_no} · {w.t('hq.since', { at: w.stamp(its.starts) })}
      </p>
      <ul className="tree">
        <li>
          <b>{w.t('hq.leads')}</b> {its.leads.map((one) => name(one)).join(w.t('list.comma'))}
        </li>
        {(its.groups ?? []).map((group) => (
          <li key={group.code}>
            <b>{name(group)}</b>
            <ul>
              {group.members.map((unit) => (
                <li key={unit.code}>
                  {name(unit)} {unit.code === group.lead && <span className="tag active">{w.t('hq.lead')}</span>}
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
      <div className="row-acts">
        <Button
          size="small"
          onClick={() => save(`headquarters-${its.event}.json`, JSON.stringify(its, null, 1), 'application/json')}
        >
          {w.t('hq.save')}
        </Button>
        {of.fact && may('plans.manage') && (
          <Undo what={of.headquarters.zh} take={() => command.takeBack(of.id, of.fact as string)} done={done} />
        )}
      </div>
    </section>
  )
}

function Organise({ area, done }: { area: string; done: () => void }) {
  const w = useSpoken()
  const line = (key: string) => <Input key={key} maxLength={200} autoComplete="off" />
  return (
    <Small
      name="headquarters"
      title={w.t('hq.new')}
      free={['groups']}
      initial={{ event: 'ncov-2020' }}
      fields={[
        ['event', w.t('hq.in.event'), line('event')],
        ['zh', w.t('hq.in.name'), line('zh')],
        ['doc_no', w.t('co.doc'), line('doc_no')],
        ['starts', w.t('co.starts'), <TimeField key="starts" />],
        ['leads', w.t('hq.in.leads'), <Input.TextArea key="leads" rows={2} maxLength={2000} />],
        ['groups', w.t('hq.in.groups'), <Input.TextArea key="groups" rows={5} maxLength={10000} />],
      ]}
      send={(values) => steering.organise({ area, headquarters: treeOf(values), fact: newId() })}
      done={done}
    />
  )
}

/** A headquarters that was saved as JSON, here or elsewhere. */
function FromFile({ area, done }: { area: string; done: () => void }) {
  const w = useSpoken()
  const { busy, error, run } = useAct()
  const [file, choose] = useState<File | null>(null)
  const [broken, setBroken] = useState(false)
  const send = (of: File) =>
    run(async () => {
      setBroken(false)
      const tree = await of
        .text()
        .then(JSON.parse)
        .catch(() => null)
      if (!tree) return setBroken(true)
      await steering.organise({ area, headquarters: tree, fact: newId() })
      choose(null)
      done()
    })
  return (
    <details>
      <summary>{w.t('hq.from.file')}</summary>
      <FilePick file={file} choose={choose} types={['.json']} />
      {broken && <p role="alert">{w.t('hq.broken')}</p>}
      <Told error={error} />
      <Button disabled={!file} loading={busy} onClick={() => file && send(file)}>
        {w.t('hq.record')}
      </Button>
    </details>
  )
}
