import { Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import type { Sample } from '../../api/cases'
import { AreaName } from '../../forms/AreaName'
import { Grid } from '../../forms/Grid'
import { useNow } from '../../forms/now'
import { pathOf } from '../../route'
import { useSession } from '../../session'
import { ActForm } from '../cases/acts/ActForm'
import { type Act, ACTS } from '../cases/acts/fields'
import { useTerms } from '../cases/terms'
import { useSpoken } from './words'

const HOUR_MS = 3_600_000
type Name = 'receive-sample' | 'test' | 'sequence'

/** What a laboratory records, without the question of which sample: that one was chosen. */
const OF_SAMPLE = Object.fromEntries(
  ACTS.filter((act) => act.fields.some((field) => field.name === 'sample') && act.action === 'cases.sample').map(
    (act) => [act.name, { ...act, fields: act.fields.filter((field) => field.name !== 'sample') }],
  ),
) as Record<Name, Act>

interface Props {
  of: Sample[]
  done: (said: string) => void
}

interface Open {
  sample: Sample
  act: Name
}

/** The samples, and above them the form of the one that something is recorded of. */
export function Table({ of, done }: Props) {
  const w = useSpoken()
  const { may } = useSession()
  const { term } = useTerms()
  const now = useNow()
  const [open, setOpen] = useState<Open | null>(null)
  const waits = (since: string) =>
    now === null ? '' : w.t('sample.waits', { h: w.n(Math.max(0, Math.floor((now - Date.parse(since)) / HOUR_MS))) })
  return (
    <>
      {open && (
        <Form
          key={open.sample.id + open.act}
          {...open}
          done={(said) => {
            setOpen(null)
            done(said)
          }}
          close={() => setOpen(null)}
        />
      )}
      <Grid
        label={w.t('room.title')}
        rows={of}
        keyOf={(s) => s.id}
        columns={[
          {
            key: 'sample',
            title: w.t('sample.title'),
            head: true,
            cell: (s) => (
              <>
                {called(s, w)}
                {may('cases.read') && (
                  <a className="block small" href={pathOf({ room: 'case', id: s.case })}>
                    {w.t('sample.case')}
                  </a>
                )}
              </>
            ),
          },
          {
            key: 'what',
            title: w.t('sample.material'),
            cell: (s) => (
              <>
                {term('sample_material', s.material)}
                <span className="muted block small">{term('disease', s.disease)}</span>
              </>
            ),
          },
          {
            key: 'taken',
            title: w.t('sample.taken'),
            cell: (s) => (
              <>
                {w.stamp(s.sampled_at)}
                {!s.result && <span className="muted block small">{waits(s.sampled_at)}</span>}
              </>
            ),
          },
          { key: 'area', title: w.t('sample.area'), cell: (s) => <AreaName code={s.area} /> },
          { key: 'received', title: w.t('sample.received'), cell: (s) => <Received of={s} /> },
          {
            key: 'result',
            title: w.t('sample.result'),
            cell: (s) =>
              s.result && (
                <>
                  <strong>{term('test_result', s.result)}</strong> {term('test', s.test)}
                  {s.result_at && <span className="muted block small">{w.stamp(s.result_at)}</span>}
                </>
              ),
          },
          {
            key: 'acts',
            title: w.t('sample.acts'),
            cell: (s) => (
              <div className="row-acts">
                {actsOf(s).map((act) => (
                  <Button
                    key={act}
                    size="small"
                    type={act === 'test' && !s.result ? 'primary' : 'default'}
                    aria-label={w.t('act.of', { act: w.t(`act.${act}`), sample: called(s, w) })}
                    onClick={() => setOpen({ sample: s, act })}
                  >
                    {w.t(`act.${act}`)}
                  </Button>
                ))}
              </div>
            ),
          },
        ]}
      />
    </>
  )
}

function actsOf(sample: Sample): Name[] {
  return [
    ...(sample.received_at ? [] : (['receive-sample'] as const)),
    'test',
    ...(sample.result ? (['sequence'] as const) : []),
  ]
}

function called(sample: Sample, w: ReturnType<typeof useSpoken>): string {
  return sample.number ?? w.t('sample.unnumbered', { id: sample.id.slice(-6) })
}

function Received({ of }: { of: Sample }) {
  const w = useSpoken()
  if (!of.received_at) return <span className="null">{w.t('sample.not_received')}</span>
  return (
    <>
      {w.stamp(of.received_at)} {of.fit === false && <span className="tag warns">{w.t('sample.unfit')}</span>}
      {of.laboratory && <span className="muted block small">{of.laboratory}</span>}
    </>
  )
}

interface FormProps extends Open {
  done: (said: string) => void
  close: () => void
}

/** The form stands above the list, wherever in it one was: it comes into sight, with its first field ready. */
function Form({ sample, act, done, close }: FormProps) {
  const w = useSpoken()
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    box.current?.scrollIntoView({ block: 'nearest' })
    box.current?.querySelector('input')?.focus({ preventScroll: true })
  }, [])
  return (
    <div ref={box}>
      <ActForm
        act={OF_SAMPLE[act]}
        title={w.t('act.of', { act: w.t(`act.${act}`), sample: called(sample, w) })}
        card={{ case: sample.case, disease: sample.disease, samples: [] }}
        values={act === 'receive-sample' ? { laboratory: sample.laboratory ?? undefined } : {}}
        fixed={{ sample: sample.id }}
        done={done}
        close={close}
      />
    </div>
  )
}
