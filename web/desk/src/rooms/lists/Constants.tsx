import { Checkbox, Input, Select } from 'antd'
import { useId } from 'react'
import { cases } from '../../api/cases'
import type { ListField, Mapping, Preview } from '../../api/lists'
import { useResource } from '../../api/resource'
import { AreaField } from '../../forms/AreaField'
import { DayField, isDay } from '../../forms/DayField'
import { useSession } from '../../session'
import { useSpoken } from './words'

interface Props {
  seen: Preview
  mapping: Mapping
  change: (mapping: Mapping) => void
}

const COUNTRY = '100000'
/** What is another for every row. */
const OF_A_ROW = ['person', 'number', 'numbers', 'age', 'time', 'terms']

/** What holds for every row, and how its dates are read. */
export function Constants({ seen, mapping, change }: Props) {
  const w = useSpoken()
  const told = new Set(Object.values(mapping.columns))
  const left = seen.fields.filter((f) => !told.has(f.field) && !OF_A_ROW.includes(f.form))
  const put = (field: string, value: string | null) => {
    const { [field]: _, ...rest } = mapping.constants
    change({ ...mapping, constants: value ? { ...rest, [field]: value } : rest })
  }
  const one = (field: ListField) => (
    <Constant
      key={field.field}
      field={field}
      value={mapping.constants[field.field]}
      put={(value) => put(field.field, value)}
    />
  )
  return (
    <>
      <h3>{w.t('constants.title')}</h3>
      <p className="muted small">{w.t('constants.text')}</p>
      <div className="conditions">{left.filter((f) => f.needed).map(one)}</div>
      <Dates mapping={mapping} change={change} />
      <details className="fold">
        <summary>{w.t('constants.more')}</summary>
        <div className="conditions">{left.filter((f) => !f.needed).map(one)}</div>
      </details>
      {seen.list.kind === 'cases' && (
        <Checkbox
          checked={mapping.second_cases}
          onChange={(e) => change({ ...mapping, second_cases: e.target.checked })}
        >
          {w.t('constants.second')}
        </Checkbox>
      )}
    </>
  )
}

interface ConstantProps {
  field: ListField
  value: string | undefined
  put: (value: string | null) => void
}

function Constant({ field, value, put }: ConstantProps) {
  const w = useSpoken()
  const { session } = useSession()
  const id = useId()
  if (field.form === 'area')
    return (
      <div className="condition wide">
        <span aria-hidden>{w.name(field)}</span>
        <AreaField
          top={field.field === 'area' ? (session?.area ?? '') : COUNTRY}
          value={value}
          onChange={put}
          label={w.name(field)}
        />
      </div>
    )
  return (
    <div className="condition">
      <label htmlFor={id}>{w.name(field)}</label>
      <ConstantInput id={id} field={field} value={value} put={put} />
    </div>
  )
}

function ConstantInput({ id, field, value, put }: ConstantProps & { id: string }) {
  const w = useSpoken()
  const diseases = useResource(field.field === 'disease' ? 'diseases' : null, cases.diseases)
  const codes = field.field === 'disease' ? (diseases.data?.diseases ?? []) : field.terms
  if (field.form === 'day' || field.form === 'days')
    return (
      <DayField
        id={id}
        defaultValue={value}
        placeholder="2020-01-28"
        onChange={(typed) => (isDay(typed) || !typed) && put(typed || null)}
      />
    )
  if (!codes.length && field.form === 'code')
    return <Input id={id} defaultValue={value} maxLength={64} onBlur={(e) => put(e.target.value.trim() || null)} />
  return (
    <Select
      id={id}
      allowClear
      value={value ?? null}
      status={field.needed && !value ? 'warning' : undefined}
      popupMatchSelectWidth={false}
      placeholder={w.t('constants.choose')}
      onChange={(code: string | undefined) => put(code ?? null)}
      options={
        field.form === 'flag'
          ? (['yes', 'no'] as const).map((v) => ({ value: v, label: w.t(v) }))
          : codes.map((t) => ({ value: t.code, label: w.name(t) }))
      }
    />
  )
}

function Dates({ mapping, change }: Omit<Props, 'seen'>) {
  const w = useSpoken()
  const id = useId()
  const day = (name: 'until' | 'earliest') => (
    <div className="condition">
      <label htmlFor={`${id}-${name}`}>{w.t(`dates.${name}`)}</label>
      <DayField
        id={`${id}-${name}`}
        defaultValue={mapping[name] ?? ''}
        placeholder="2020-02-09"
        onChange={(typed) => (isDay(typed) || !typed) && change({ ...mapping, [name]: typed || null })}
      />
      <span className="muted small">{w.t(`dates.${name}.text`)}</span>
    </div>
  )
  return (
    <div className="conditions">
      {day('until')}
      {day('earliest')}
      <div className="condition">
        <label htmlFor={`${id}-order`}>{w.t('dates.order')}</label>
        <Select
          id={`${id}-order`}
          value={mapping.order ?? ''}
          onChange={(order) => change({ ...mapping, order: (order || null) as Mapping['order'] })}
          options={(['', 'dmy', 'mdy'] as const).map((value) => ({ value, label: w.t(`dates.${value || 'none'}`) }))}
        />
      </div>
    </div>
  )
}
