import { Alert, Button, Checkbox } from 'antd'
import { useState } from 'react'
import { contacts, type Proposed } from '../../api/contacts'
import { useResource } from '../../api/resource'
import { useAct } from '../../forms/act'
import { Grid } from '../../forms/Grid'
import { Told } from '../../forms/Told'
import { Failure, Loading } from '../../parts/States'
import { pathOf } from '../../route'
import { useSession } from '../../session'
import { useSpoken } from './words'

type Line = Proposed['contacts'][number]

/** What the rules propose and somebody decides: releases that are due, sources that were excluded, corrections. */
export function Proposals({ area }: { area: string }) {
  const w = useSpoken()
  const { may } = useSession()
  const { busy, error, run } = useAct()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [said, setSaid] = useState<{ ok: boolean; text: string } | null>(null)
  const found = useResource(`proposals|${area}`, (signal) => contacts.proposals(area, signal))
  if (found.error) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return <Loading />
  const lines = found.data.contacts
  const releasable = (l: Line) => l.proposals.find((p) => p.what === 'release' || p.what === 'source_excluded')
  const release = () =>
    run(async () => {
      let released = 0
      const wrong: string[] = []
      for (const [what, reason] of [
        ['release', 'completed'],
        ['source_excluded', 'source_excluded'],
      ] as const) {
        const ids = lines.filter((l) => chosen.has(l.contact.contact) && releasable(l)?.what === what)
        if (!ids.length) continue
        const answer = await contacts.release(
          ids.map((l) => l.contact.contact),
          reason,
        )
        released += answer.released.length
        wrong.push(...answer.wrong.map((one) => (w.lang === 'zh' ? one.zh : one.en)))
      }
      setSaid({ ok: !wrong.length, text: [w.t('proposals.released', { n: released }), ...wrong].join(' ') })
      setChosen(new Set())
      found.retry()
    })
  const choose = (id: string, on: boolean) =>
    setChosen((before) => new Set(on ? [...before, id] : [...before].filter((one) => one !== id)))
  return (
    <section className="card" aria-label={w.t('contacts.tab.proposals')}>
      <p className="muted">{w.t(lines.length ? 'proposals.text' : 'proposals.none')}</p>
      {said && (
        <Alert className="told" type={said.ok ? 'success' : 'warning'} showIcon role="status" title={said.text} />
      )}
      {lines.length > 0 && (
        <Grid
          label={w.t('contacts.tab.proposals')}
          rows={lines}
          keyOf={(l) => l.contact.contact}
          columns={[
            {
              key: 'choose',
              title: '',
              cell: (l) =>
                releasable(l) && may('contacts.release') ? (
                  <Checkbox
                    checked={chosen.has(l.contact.contact)}
                    onChange={(e) => choose(l.contact.contact, e.target.checked)}
                    aria-label={`${w.t('proposals.choose')} ${l.contact.contact.slice(-6)}`}
                  />
                ) : null,
            },
            {
              key: 'who',
              title: w.t('board.contact'),
              head: true,
              cell: (l) => (
                <a href={pathOf({ room: 'contact', id: l.contact.contact })}>
                  {l.contact.number ?? w.t('contacts.who', { id: l.contact.contact.slice(-6) })}
                </a>
              ),
            },
            { key: 'what', title: w.t('card.proposals'), cell: (l) => <Words of={l.proposals} /> },
            { key: 'due', title: w.t('list.due'), cell: (l) => (l.contact.due ? w.day(l.contact.due) : '—') },
          ]}
        />
      )}
      <Told error={error} />
      {chosen.size > 0 && (
        <div className="actions">
          <Button type="primary" loading={busy} onClick={release}>
            {w.t('proposals.release', { n: chosen.size })}
          </Button>
        </div>
      )}
    </section>
  )
}

export function Words({ of }: { of: Line['proposals'] }) {
  const w = useSpoken()
  return (
    <ul>
      {of.map((p) => (
        <li key={p.what}>{w.t(`propose.${p.what}`, { due: p.due ? w.day(p.due) : '' })}</li>
      ))}
    </ul>
  )
}
