import { Button, Progress, Select } from 'antd'
import { useEffect, useId, useRef, useState } from 'react'
import { type Kind, KINDS, type List, lists, type Mapping, type Preview, preview } from '../../api/lists'
import { useAct } from '../../forms/act'
import { FilePick, isOf, SHEETS } from '../../forms/FilePick'
import { save } from '../../forms/save'
import { Told } from '../../forms/Told'
import { useSession } from '../../session'
import { MappingForm } from './MappingForm'
import { Outcome, Running } from './Result'
import { useSpoken } from './words'
import { WordsForm } from './WordsForm'

/** A list comes in step by step: the file, its columns, its words, a check of every row, and only then the record. */
export function Wizard({ changed }: { changed: () => void }) {
  const w = useSpoken()
  const [seen, setSeen] = useState<Preview | null>(null)
  return (
    <>
      <FileStep key={seen ? 'there' : 'none'} seen={seen} take={setSeen} />
      {seen && <Steps key={seen.list.id} seen={seen} again={() => setSeen(null)} changed={changed} />}
      <p className="muted small">
        {w.t('lists.command')} <code>lianfang lists import --help</code>
      </p>
    </>
  )
}

function FileStep({ seen, take }: { seen: Preview | null; take: (seen: Preview | null) => void }) {
  const w = useSpoken()
  const { busy, error, run, clear } = useAct()
  const [kind, setKind] = useState<Kind>('cases')
  const [file, setFile] = useState<File | null>(null)
  const [share, setShare] = useState(0)
  const id = useId()
  if (seen)
    return (
      <section className="card" aria-label={w.t('step.file')}>
        <h2>{w.t('step.file')}</h2>
        <p>
          {w.t('file.there', { kind: w.t(`kind.${seen.list.kind}`), n: w.n(seen.list.rows) })}{' '}
          <Button size="small" onClick={() => take(null)}>
            {w.t('file.other')}
          </Button>
        </p>
      </section>
    )
  const send = () =>
    run(async () => {
      setShare(0)
      if (file) take(await preview(file, kind, setShare))
    })
  const choose = (chosen: File | null) => {
    clear()
    setFile(chosen)
  }
  return (
    <section className="card" aria-label={w.t('step.file')}>
      <h2>{w.t('step.file')}</h2>
      <p className="muted">{w.t('file.text')}</p>
      <div className="case-search">
        <div className="pick inline">
          <label htmlFor={id}>{w.t('file.kind')}</label>
          <Select
            id={id}
            value={kind}
            onChange={setKind}
            popupMatchSelectWidth={false}
            options={KINDS.map((value) => ({ value, label: w.t(`kind.${value}`) }))}
          />
        </div>
        <Button onClick={() => run(async () => save(`${w.t(`kind.${kind}`)}.csv`, await lists.template(kind)))}>
          {w.t('file.template')}
        </Button>
      </div>
      <FilePick file={file} choose={choose} />
      <Told error={error} />
      <Button type="primary" onClick={send} loading={busy} disabled={!file || !isOf(file, SHEETS)}>
        {w.t('file.go')}
      </Button>
      {busy && file && (
        <div className="sending" role="status">
          <p>{share < 1 ? w.t('file.sending', { percent: Math.floor(share * 100) }) : w.t('file.reading')}</p>
          <Progress percent={Math.floor(share * 100)} showInfo={false} status="active" aria-hidden />
        </div>
      )}
    </section>
  )
}

/** What is behind the file: columns, words, the check, the import. A change makes what was checked before void. */
function Steps({ seen, again, changed }: { seen: Preview; again: () => void; changed: () => void }) {
  const w = useSpoken()
  const { busy, error, run } = useAct()
  const { session } = useSession()
  const [mapping, setMapping] = useState(() => beginning(seen, session?.area ?? ''))
  const [list, setList] = useState<List>(seen.list)
  const [checked, setChecked] = useState(false)
  const change = (next: Mapping) => {
    setMapping(next)
    setChecked(false)
  }
  const start = (dry: boolean) =>
    run(async () => {
      setChecked(false)
      setList(await lists.run(seen.list.id, mapping, dry))
      setChecked(true)
    })
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new state is one for the lists below
  useEffect(changed, [changed, list.state, list.dry])
  const running = list.state === 'waiting' || list.state === 'running'
  const recorded = checked && !list.dry && !running
  return (
    <>
      <fieldset disabled={recorded} className="steps">
        <MappingForm seen={seen} mapping={mapping} change={change} />
        <WordsForm id={seen.list.id} seen={seen} mapping={mapping} change={change} />
        <section className="card" aria-label={w.t('step.check')}>
          <h2>{w.t('step.check')}</h2>
          <p className="muted">{w.t('check.text')}</p>
          <Told error={error} />
          <div className="actions">
            <Button type={checked ? undefined : 'primary'} onClick={() => start(true)} loading={busy || running}>
              {w.t('check.go')}
            </Button>
            {checked && list.dry && !running && list.taken > 0 && (
              <Button type="primary" onClick={() => start(false)} loading={busy}>
                {w.t('import.go', { n: w.n(list.taken) })}
              </Button>
            )}
          </div>
        </section>
      </fieldset>
      <Landing when={checked && !running} />
      {running && <Running list={list} follow={setList} />}
      {checked && !running && (
        <Outcome key={`${list.state}|${list.dry}`} list={list} fields={seen.fields} follow={setList} />
      )}
      {recorded && (
        <div className="actions">
          <Button onClick={again}>{w.t('import.next')}</Button>
        </div>
      )}
    </>
  )
}

/** The guessed mapping; a list that tells no area is of one's own. */
function beginning(seen: Preview, area: string): Mapping {
  const mapping = seen.mapping as Mapping
  const its = seen.fields.find((f) => f.field === 'area' && f.needed)
  const told = Object.values(mapping.columns).includes('area') || mapping.constants.area
  return its && !told ? { ...mapping, constants: { ...mapping.constants, area } } : mapping
}

/** Brings what came out into view. */
function Landing({ when }: { when: boolean }) {
  const mark = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    if (when) mark.current?.scrollIntoView({ block: 'start' })
  }, [when])
  return <span ref={mark} />
}
