import { Button } from 'antd'
import { useId, useState } from 'react'
import { type Board, drill } from '../../api/drill'
import { AreaField } from '../../forms/AreaField'
import { AreaName } from '../../forms/AreaName'
import { useAct } from '../../forms/act'
import { DayField, isDay, plainDay } from '../../forms/DayField'
import { Grid } from '../../forms/Grid'
import { Told } from '../../forms/Told'
import { Num } from '../whatif/Num'
import { useSpoken } from './words'

interface Props {
  of: Board
  set: (board: Board) => void
}

/** Cases that the trainer adds, and those that were added. */
export function Injects({ of, set }: Props) {
  const w = useSpoken()
  return (
    <section className="card" aria-labelledby="drill-inject">
      <header>
        <h2 id="drill-inject">{w.t('drill.inject')}</h2>
        <p className="muted">{w.t('drill.inject.text')}</p>
      </header>
      <Adding of={of} set={set} />
      {of.injects.length === 0 && <p className="muted">{w.t('drill.inject.none')}</p>}
      {of.injects.length > 0 && (
        <Grid
          label={w.t('drill.inject')}
          rows={[...of.injects].reverse()}
          keyOf={(one) => `${one.at}|${one.area}|${one.onset}`}
          columns={[
            { key: 'at', title: w.t('drill.inject.at'), head: true, cell: (one) => w.stamp(one.at) },
            { key: 'area', title: w.t('drill.inject.area'), cell: (one) => <AreaName code={one.area} /> },
            { key: 'cases', title: w.t('drill.inject.cases'), cell: (one) => w.n(one.cases) },
            { key: 'onset', title: w.t('drill.inject.onset'), cell: (one) => w.day(one.onset) },
          ]}
        />
      )}
    </section>
  )
}

function Adding({ of, set }: Props) {
  const w = useSpoken()
  const id = useId()
  const { busy, error, run } = useAct()
  const [area, setArea] = useState(of.area)
  const [cases, setCases] = useState<number | null>(1)
  const [onset, setOnset] = useState('')
  const [done, setDone] = useState(0)
  const wrong = onset !== '' && !isDay(plainDay(onset))
  const add = () =>
    run(async () => {
      set(await drill.inject({ area, cases: cases ?? 0, onset: onset ? plainDay(onset) : null }))
      setDone(cases ?? 0)
    })
  return (
    <>
      <div className="drill-acts">
        <span className="num">
          <span aria-hidden>{w.t('drill.inject.area')}</span>
          <AreaField top={of.area} value={area} onChange={setArea} label={w.t('drill.inject.area')} />
        </span>
        <Num label={w.t('drill.inject.cases')} value={cases} onChange={setCases} least={1} most={200} whole needed />
        <span className="num">
          <label htmlFor={id}>{w.t('drill.inject.onset.label')}</label>
          <DayField
            id={id}
            value={onset}
            onChange={setOnset}
            placeholder="2020-02-14"
            status={wrong ? 'error' : undefined}
            aria-invalid={wrong}
            aria-describedby={wrong ? `${id}-wrong` : undefined}
          />
        </span>
        <Button type="primary" disabled={busy || cases === null || wrong} onClick={add}>
          {w.t('drill.inject.do')}
        </Button>
      </div>
      {wrong && (
        <p id={`${id}-wrong`} role="alert" className="small">
          {w.t('drill.inject.onset.wrong')}
        </p>
      )}
      {done > 0 && !error && (
        <p role="status" className="small">
          {w.t('drill.inject.done', { n: w.n(done) })}
        </p>
      )}
      <Told error={error} />
    </>
  )
}
