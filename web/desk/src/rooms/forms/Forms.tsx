import '../../styles/cases.css'
import '../../styles/forms.css'
import { Button, Input, Select } from 'antd'
import { useId, useState } from 'react'
import { cases } from '../../api/cases'
import { type Asked, type FieldForm, forms } from '../../api/forms'
import { permissions } from '../../api/permissions'
import { useResource } from '../../api/resource'
import { AreaField } from '../../forms/AreaField'
import { DayField, isDay } from '../../forms/DayField'
import { useNow } from '../../forms/now'
import { civilDay } from '../../moments'
import { Empty, Failure, Loading } from '../../parts/States'
import { useFilter } from '../../route'
import { useSession } from '../../session'
import { Purpose } from '../people/Purpose'
import { Filled } from './Filled'
import { useSpoken } from './words'

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The forms of the field, filled in from the record: on screen, on paper, as a workbook. */
export default function Forms() {
  const w = useSpoken()
  const all = useResource('forms', forms.all)
  const [filter, narrow] = useFilter()
  const [purpose, setPurpose] = useState<string | null>(null)
  if (all.error) return <Failure error={all.error} retry={all.retry} told />
  if (!all.data) return <Loading />
  if (!all.data.length) return <Empty title={w.t('forms.none')} text={w.t('forms.none.text')} />
  const form = all.data.find((f) => f.form === filter.form) ?? (all.data[0] as FieldForm)
  return (
    <>
      <div className="heading">
        <h1>{w.t('forms.title')}</h1>
        <nav className="tabs" aria-label={w.t('forms.title')}>
          {all.data.map((f) => (
            <a key={f.form} href={`#forms?form=${f.form}`} aria-current={f.form === form.form ? 'page' : undefined}>
              {w.name(f)}
            </a>
          ))}
        </nav>
      </div>
      <Asking key={form.form} form={form} filter={filter} narrow={narrow} purpose={purpose} setPurpose={setPurpose} />
    </>
  )
}

interface Props {
  form: FieldForm
  filter: Record<string, string>
  narrow: (part: Record<string, string | null>) => void
  purpose: string | null
  setPurpose: (purpose: string | null) => void
}

/** Of whom, or of where and when. */
function Asking({ form, filter, narrow, purpose, setPurpose }: Props) {
  const w = useSpoken()
  const { session } = useSession()
  const now = useNow()
  const id = useId()
  const top = session?.area ?? ''
  const today = now === null ? undefined : civilDay(now)
  const day = filter.day && isDay(filter.day) ? filter.day : today
  const named = form.named && purpose ? { purpose } : {}
  const asked: Asked | null =
    form.of === 'area'
      ? day
        ? { area: filter.area ?? top, day, ...named }
        : null
      : filter.of
        ? { subject: filter.of, ...named }
        : null
  return (
    <>
      <section className="card asking" aria-label={w.t('forms.of')}>
        {form.of === 'area' ? (
          <div className="case-search">
            <div className="pick inline">
              <span aria-hidden>{w.t('forms.area')}</span>
              <AreaField
                top={top}
                value={filter.area ?? top}
                onChange={(area) => narrow({ area: area === top ? null : area })}
                label={w.t('forms.area')}
              />
            </div>
            <div className="pick inline">
              <label htmlFor={id}>{w.t('forms.day')}</label>
              <DayField
                id={id}
                key={day}
                defaultValue={day}
                placeholder="2020-01-30"
                onChange={(typed) => isDay(typed) && narrow({ day: typed === today ? null : typed })}
              />
            </div>
          </div>
        ) : (
          <Subject of={form.of} value={filter.of ?? ''} choose={(of) => narrow({ of: of || null })} />
        )}
        {form.named && <Named purpose={purpose} setPurpose={setPurpose} />}
      </section>
      {asked && <Filled form={form} asked={asked} />}
      {!asked && form.of !== 'area' && <p className="card muted">{w.t(`forms.choose.${form.of}`)}</p>}
    </>
  )
}

/** A case by its number, or any by the id that its card's address ends with. */
function Subject({ of, value, choose }: { of: 'case' | 'contact'; value: string; choose: (id: string) => void }) {
  const w = useSpoken()
  const { may } = useSession()
  const id = useId()
  const [text, setText] = useState('')
  const [wrong, setWrong] = useState(false)
  const listed = useResource(of === 'case' && may('cases.read') ? `of|${text}` : null, (signal) =>
    cases.list({ text, columns: ['number'], limit: 50 }, signal),
  )
  const take = (typed: string) => {
    const found = /[0-9a-f-]{36}/.exec(typed.toLowerCase())?.[0] ?? ''
    setWrong(Boolean(typed) && !ID.test(found))
    if (ID.test(found)) choose(found)
  }
  return (
    <div className="case-search">
      {of === 'case' && (
        <div className="pick inline">
          <label htmlFor={`${id}-case`}>{w.t('forms.case')}</label>
          <Select
            id={`${id}-case`}
            value={value || undefined}
            placeholder={w.t('forms.case.choose')}
            popupMatchSelectWidth={false}
            showSearch={{ filterOption: false, onSearch: setText }}
            loading={listed.loading}
            onChange={choose}
            options={(listed.data?.cases ?? []).map((c) => ({
              value: c.subject as string,
              label: c.number ?? (c.subject as string).slice(0, 8),
            }))}
          />
        </div>
      )}
      <div className="pick inline">
        <label htmlFor={id}>{w.t('forms.id')}</label>
        <Input
          id={id}
          key={value}
          defaultValue={value}
          className="mono"
          spellCheck={false}
          status={wrong ? 'error' : undefined}
          aria-invalid={wrong}
          aria-describedby={wrong ? `${id}-wrong` : undefined}
          onBlur={(e) => take(e.target.value)}
          onPressEnter={(e) => take(e.currentTarget.value)}
        />
        {wrong && (
          <span id={`${id}-wrong`} role="alert" className="fault">
            {w.t('forms.id.wrong')}
          </span>
        )}
      </div>
    </div>
  )
}

/** With names only for a purpose, and the look goes on record. */
function Named({ purpose, setPurpose }: Pick<Props, 'purpose' | 'setPurpose'>) {
  const w = useSpoken()
  const { session, may } = useSession()
  const table = useResource('permissions', permissions)
  if (!may('people.see') || !session?.purposes.length || !table.data) return null
  return (
    <div className="names-open">
      <Purpose purposes={session.purposes} titles={table.data.purposes} value={purpose} choose={setPurpose} />
      {purpose && <Button onClick={() => setPurpose(null)}>{w.t('forms.without')}</Button>}
      {!purpose && <p className="muted small">{w.t('forms.named')}</p>}
    </div>
  )
}
