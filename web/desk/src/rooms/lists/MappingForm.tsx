import { Button, Input, Popconfirm, Select } from 'antd'
import { useId, useState } from 'react'
import { type Kept, lists, type Mapping, type Preview } from '../../api/lists'
import { useResource } from '../../api/resource'
import { useAct } from '../../forms/act'
import { Grid } from '../../forms/Grid'
import { Told } from '../../forms/Told'
import { Constants } from './Constants'
import { useSpoken } from './words'

interface Props {
  seen: Preview
  mapping: Mapping
  change: (mapping: Mapping) => void
}

/** Which column is which field: guessed, and to be looked over. */
export function MappingForm({ seen, mapping, change }: Props) {
  const w = useSpoken()
  const sure = new Map(seen.guesses.map((g) => [g.title, g.sureness]))
  const set = (title: string, field: string | null) => {
    const columns = Object.fromEntries(Object.entries(mapping.columns).filter(([t, f]) => t !== title && f !== field))
    change({ ...mapping, columns: field ? { ...columns, [title]: field } : columns })
  }
  const options = seen.fields.map((f) => ({ value: f.field, label: w.name(f) }))
  return (
    <section className="card" aria-label={w.t('step.columns')}>
      <h2>{w.t('step.columns')}</h2>
      <p className="muted">{w.t('columns.text')}</p>
      <Saved mapping={mapping} titles={seen.titles} change={change} />
      <Grid
        label={w.t('step.columns')}
        rows={seen.titles.map((title, at) => ({ title, at }))}
        keyOf={(r) => `${r.at}|${r.title}`}
        columns={[
          { key: 'title', title: w.t('columns.title'), head: true, cell: (r) => r.title || w.t('columns.untitled') },
          {
            key: 'sample',
            title: w.t('columns.sample'),
            className: 'roomy',
            cell: (r) => <span className="muted">{samplesOf(seen, r.at) || w.t('columns.empty')}</span>,
          },
          {
            key: 'field',
            title: w.t('columns.field'),
            className: 'roomy',
            cell: (r) => (
              <>
                <Select
                  className="field-choice"
                  aria-label={w.t('columns.field.of', { title: r.title })}
                  value={mapping.columns[r.title] || null}
                  allowClear
                  placeholder={w.t('columns.skip')}
                  popupMatchSelectWidth={false}
                  showSearch={{ optionFilterProp: 'label' }}
                  onChange={(field: string | undefined) => set(r.title, field ?? null)}
                  options={options}
                />
                {mapping.columns[r.title] && sure.get(r.title) === 2 && (
                  <span className="muted small block">{w.t('columns.guessed')}</span>
                )}
              </>
            ),
          },
        ]}
      />
      <Constants seen={seen} mapping={mapping} change={change} />
    </section>
  )
}

/** The first few values of a column that are there. */
function samplesOf(seen: Preview, at: number): string {
  const found = seen.sample.map((row) => row[at] ?? '').filter(Boolean)
  return [...new Set(found)].slice(0, 3).join(' | ')
}

/** Mappings that one keeps by name: the next sheet of that form needs no looking over. */
function Saved({ mapping, titles, change }: { mapping: Mapping; titles: string[]; change: Props['change'] }) {
  const w = useSpoken()
  const kept = useResource('mappings', lists.mappings, 'keep')
  const { busy, error, run } = useAct()
  const [name, setName] = useState('')
  const [chosen, setChosen] = useState<string | null>(null)
  const id = useId()
  const fitting = (kept.data ?? []).filter((k) => k.kind === mapping.kind)
  const apply = (of: string) => {
    const found = fitting.find((k) => k.name === of) as Kept
    const its = found.mapping as Mapping
    const columns = Object.fromEntries(Object.entries(its.columns).filter(([title]) => titles.includes(title)))
    setChosen(of)
    change({ ...its, columns })
  }
  const keep = () =>
    run(async () => {
      await lists.keep(name.trim(), mapping)
      setChosen(name.trim())
      setName('')
      kept.retry()
    })
  const drop = () =>
    run(async () => {
      if (chosen) await lists.drop(chosen)
      setChosen(null)
      kept.retry()
    })
  return (
    <div className="views">
      <div className="pick inline">
        <label htmlFor={`${id}-of`}>{w.t('saved.open')}</label>
        <Select
          id={`${id}-of`}
          value={chosen}
          placeholder={w.t(fitting.length ? 'saved.choose' : 'saved.none')}
          disabled={!fitting.length}
          popupMatchSelectWidth={false}
          onChange={(of: string | null) => of && apply(of)}
          options={fitting.map((k) => ({ value: k.name, label: k.name }))}
        />
        {chosen && (
          <Popconfirm
            title={w.t('saved.drop.sure')}
            okText={w.t('saved.drop')}
            cancelText={w.t('cancel')}
            onConfirm={drop}
          >
            <Button>{w.t('saved.drop')}</Button>
          </Popconfirm>
        )}
      </div>
      <div className="pick inline">
        <label htmlFor={id}>{w.t('saved.name')}</label>
        <Input id={id} value={name} maxLength={64} onChange={(e) => setName(e.target.value)} onPressEnter={keep} />
        <Button onClick={keep} loading={busy} disabled={!name.trim()}>
          {w.t('saved.keep')}
        </Button>
      </div>
      <Told error={error} />
    </div>
  )
}
