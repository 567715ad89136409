import { Button, Select } from 'antd'
import { useId, useState } from 'react'
import type { Column } from '../../api/cases'
import { AreaField } from '../../forms/AreaField'
import { DayField, isDay } from '../../forms/DayField'
import { headOf } from './cells'
import { type Filter, narrowed, OFFERED } from './filter'
import { TextBox } from './TextBox'
import { useTerms } from './terms'
import { useSpoken } from './words'

interface Props {
  filter: Filter
  narrow: (part: Record<string, string | null>) => void
}

/** Asked for above the fields, or together with another. */
const ELSEWHERE = ['area', 'number', 'onset_latest']
/** Where people live or came from may be anywhere. */
const COUNTRY = '100000'

/** What the cases of the list must be, field by field; any column can be one. */
export function Filters({ filter, narrow }: Props) {
  const w = useSpoken()
  const { columns } = useTerms()
  const by = narrowed(filter, columns)
  const [added, setAdded] = useState<string[]>([])
  const id = useId()
  const fields = [...new Set([...OFFERED, ...by, ...added])]
  const left = Object.entries(columns).filter(
    ([name, c]) => !fields.includes(name) && !ELSEWHERE.includes(name) && (c.kind !== 'id' || name === 'batch'),
  )
  const clear = () => {
    setAdded([])
    narrow(Object.fromEntries([...by, 'area', 'only'].map((name) => [name, null])))
  }
  return (
    <details className="fold" open={by.length > 0 || undefined}>
      <summary>{w.t('filter.fields', { n: w.n(by.length) })}</summary>
      <div className="conditions">
        {fields.map((name) => (
          <ConditionField
            key={name}
            name={name}
            column={columns[name] as Column}
            value={filter[name] ?? ''}
            set={(value) => narrow({ [name]: value || null })}
          />
        ))}
        <div className="condition">
          <label htmlFor={`${id}-only`}>{w.t('filter.only')}</label>
          <Select
            id={`${id}-only`}
            value={filter.only ?? ''}
            onChange={(only) => narrow({ only: only || null })}
            options={(['', 'waiting', 'twice'] as const).map((value) => ({
              value,
              label: w.t(`filter.only.${value || 'all'}`),
            }))}
          />
        </div>
      </div>
      <div className="actions">
        <div className="pick inline">
          <label htmlFor={id}>{w.t('filter.add')}</label>
          <Select
            id={id}
            value={null}
            placeholder={w.t('filter.add.choose')}
            popupMatchSelectWidth={false}
            showSearch={{ optionFilterProp: 'label' }}
            onChange={(name: string | null) => name && setAdded((before) => [...before, name])}
            options={left.map(([value, c]) => ({ value, label: headOf(c, w) }))}
          />
        </div>
        <Button onClick={clear}>{w.t('filter.clear')}</Button>
      </div>
    </details>
  )
}

interface FieldProps {
  name: string
  column: Column
  value: string
  set: (value: string) => void
}

/** What one column must be. */
function ConditionField({ name, column, value, set }: FieldProps) {
  const w = useSpoken()
  const id = useId()
  const title = headOf(column, w)
  const codes = Object.entries(column.terms)
  const known = [
    { value: 'known', label: w.t('filter.known') },
    { value: 'unknown', label: w.t('filter.unknown') },
  ]
  if (codes.length || column.kind === 'yes_no') {
    const own = codes.length
      ? codes.map(([code, its]) => ({ value: code, label: w.name(its) }))
      : (['true', 'false'] as const).map((v) => ({ value: v, label: w.t(v === 'true' ? 'yes' : 'no') }))
    return (
      <div className="condition">
        <label htmlFor={id}>{title}</label>
        <Select
          id={id}
          mode="multiple"
          allowClear
          placeholder={w.t('filter.any')}
          value={value ? value.split(',') : []}
          onChange={(list: string[]) => set(joined(list))}
          options={[...own, ...known]}
          showSearch={{ optionFilterProp: 'label' }}
        />
      </div>
    )
  }
  if (column.kind === 'area') return <AreaCondition title={title} value={value} set={set} />
  if (column.kind === 'text' || column.kind === 'id')
    return (
      <div className="condition">
        <label htmlFor={id}>{title}</label>
        <TextBox id={id} value={value} commit={set} />
      </div>
    )
  return <RangeField name={name} title={title} day={column.kind !== 'number'} value={value} set={set} />
}

/** Known and unknown stand alone: beside a value they would mean nothing. */
function joined(list: string[]): string {
  const last = list[list.length - 1]
  if (last === 'known' || last === 'unknown') return last
  return list.filter((v) => v !== 'known' && v !== 'unknown').join(',')
}

function AreaCondition({ title, value, set }: Omit<FieldProps, 'name' | 'column'> & { title: string }) {
  return (
    <div className="condition">
      <span aria-hidden>{title}</span>
      <AreaField top={COUNTRY} value={value} onChange={(code) => set(code === COUNTRY ? '' : code)} label={title} />
    </div>
  )
}

interface RangeProps {
  name: string
  title: string
  day: boolean
  value: string
  set: (value: string) => void
}

/** From … to …, both included; one end may be left open. */
function RangeField({ name, title, day, value, set }: RangeProps) {
  const w = useSpoken()
  const [least = '', most = ''] = value.includes('~') ? value.split('~') : []
  const put = (from: string, to: string) => {
    const fits = (v: string) => !v || (day ? isDay(v) : Number.isFinite(Number(v)))
    if (fits(from) && fits(to)) set(from || to ? `${from}~${to}` : '')
  }
  const Box = day ? DayBox : TextBox
  return (
    <fieldset className="condition">
      <legend>{title}</legend>
      <span className="range">
        <Box
          aria-label={w.t('range.from', { title })}
          name={`${name}-from`}
          value={least}
          commit={(v) => put(v, most)}
        />
        <span aria-hidden>–</span>
        <Box aria-label={w.t('range.to', { title })} name={`${name}-to`} value={most} commit={(v) => put(least, v)} />
      </span>
    </fieldset>
  )
}

function DayBox({
  value,
  commit,
  ...rest
}: {
  value: string
  commit: (day: string) => void
  name: string
  'aria-label': string
}) {
  const [typed, setTyped] = useState<string | null>(null)
  const change = (day: string) => {
    const whole = !day || isDay(day)
    setTyped(whole ? null : day)
    if (whole) commit(day)
  }
  return (
    <DayField
      {...rest}
      placeholder="2020-01-20"
      status={typed ? 'warning' : undefined}
      value={typed ?? value}
      onChange={change}
    />
  )
}
