import { Button, Checkbox, Form, Input, InputNumber, Select } from 'antd'
import { useState } from 'react'
import type { CaseCard, Disease, Edition } from '../../../api/cases'
import { AreaField } from '../../../forms/AreaField'
import { DayField } from '../../../forms/DayField'
import { TimeField } from '../../../forms/TimeField'
import { shortStamp } from '../cells'
import { HospitalField } from '../Hospital'
import { optionsOf, useTerms } from '../terms'
import { useSpoken } from '../words'
import type { Field } from './fields'

const COUNTRY = '100000'
/** Stands for a test of no sample that is on record. */
export const NO_SAMPLE = 'none'
const CODE = /^[A-Za-z0-9_.-]{1,64}$/

/** By which rules a form is filled in. */
export interface Ground {
  disease: Disease | undefined
  edition: Edition | undefined
  samples: CaseCard['samples']
}

interface Props {
  field: Field
  ground: Ground
  /** What the server refused of it. */
  told: object
}

interface Option {
  value: string | boolean
  label: string
}

/** One field of a fact. */
export function ActField({ field, ground, told }: Props) {
  const w = useSpoken()
  const label = w.t(`field.${field.name}` as 'field.onset')
  const coded = field.kind === 'code' || field.kind === 'hospital'
  const rules = [
    ...(field.required ? [{ required: true, message: w.t('needed') }] : []),
    ...(coded ? [{ pattern: CODE, message: w.t('code.form') }] : []),
  ]
  const wide = field.kind === 'items' || field.kind === 'area' ? 'wide' : undefined
  if (field.kind === 'days') return <DaysItem field={field} label={label} told={told} />
  return (
    <Form.Item
      name={field.name}
      label={label}
      rules={rules}
      className={wide}
      extra={field.kind === 'hospital' ? w.t('hospital.form') : coded ? w.t('code.form') : undefined}
      {...told}
    >
      {inputOf(field, ground, label)}
    </Form.Item>
  )
}

function inputOf(field: Field, ground: Ground, label: string) {
  switch (field.kind) {
    case 'area':
      return <OptionalArea label={label} />
    case 'time':
      return <TimeField />
    case 'day':
      return <DayField placeholder="2020-01-20" />
    case 'code':
      return <Input maxLength={64} spellCheck={false} />
    case 'hospital':
      return <HospitalField />
    case 'number':
      return <InputNumber min={0} max={field.name === 'age_years' ? 130 : 100_000} />
    case 'items':
      return <Items group={field.group ?? ''} edition={ground.edition} />
    default:
      return <Choice field={field} ground={ground} />
  }
}

/** An area that need not be stated: nothing is chosen until somebody does. */
function OptionalArea({
  label,
  value,
  onChange,
}: {
  label: string
  value?: string
  onChange?: (code?: string) => void
}) {
  const w = useSpoken()
  const [open, setOpen] = useState(false)
  if (!value && !open) return <Button onClick={() => setOpen(true)}>{w.t('area.state')}</Button>
  const clear = () => {
    setOpen(false)
    onChange?.(undefined)
  }
  return (
    <span className="optional-area">
      <AreaField top={COUNTRY} value={value} onChange={onChange} label={label} />
      <Button type="text" onClick={clear}>
        {w.t('area.clear')}
      </Button>
    </span>
  )
}

/** The items of a definition that are met. */
function Items({ group, edition, ...rest }: { group: string; edition: Edition | undefined; id?: string }) {
  const w = useSpoken()
  const items = (group === 'history' ? edition?.history : edition?.clinical) ?? []
  if (!items.length) return <span className="muted">{w.t('items.none')}</span>
  return <Checkbox.Group {...rest} className="column-boxes" options={optionsOf(items, w)} />
}

/** One of several, or many of them. */
function Choice({ field, ground, ...rest }: { field: Field; ground: Ground; id?: string }) {
  const options = useOptions(field, ground)
  return (
    <Select
      {...rest}
      allowClear={!field.required}
      mode={field.kind === 'terms' ? 'multiple' : undefined}
      popupMatchSelectWidth={false}
      showSearch={{ optionFilterProp: 'label' }}
      options={options}
    />
  )
}

function useOptions({ kind, group = '', name }: Field, { disease, edition, samples }: Ground): Option[] {
  const w = useSpoken()
  const { terms, term } = useTerms()
  const of = (codes: readonly string[]) => codes.map((value) => ({ value, label: term(group, value) }))
  switch (kind) {
    case 'flag':
      return [
        { value: true, label: w.t('yes') },
        { value: false, label: w.t('no') },
      ]
    case 'class': {
      const classes = (terms.case_class ?? []).map((t) => t.code)
      const held = edition ? classes.filter((c) => edition.classes.includes(c) || c === 'excluded') : classes
      return of(name === 'as_class' ? ['reported', ...held.filter((c) => c !== 'excluded')] : held)
    }
    case 'edition':
      return (disease?.editions ?? []).map((e) => ({ value: e.code, label: w.name(e) }))
    case 'sample':
      return [
        ...samples.map((s) => ({
          value: s.id,
          label: [term('sample_material', s.material), s.number, shortStamp(s.at, w)].filter(Boolean).join(' · '),
        })),
        { value: NO_SAMPLE, label: w.t('sample.none') },
      ]
    default:
      if (group === 'severity' && disease) return optionsOf(disease.severities, w)
      if (group === 'symptom' && disease) return optionsOf(disease.symptoms, w)
      if (group === 'basis')
        return of((terms.basis ?? []).map((t) => t.code).filter((c) => c !== 'report' && c !== 'review'))
      return optionsOf(terms[group] ?? [], w)
  }
}

/** A day, or from when to when it may have been. */
function DaysItem({ field, label, told }: { field: Field; label: string; told: object }) {
  const w = useSpoken()
  return (
    <Form.Item label={label} extra={w.t('days.hint')} required={field.required} {...told}>
      <span className="range">
        <Form.Item name={[field.name, 'earliest']} noStyle>
          <DayField placeholder="2020-01-20" aria-label={w.t('range.from', { title: label })} />
        </Form.Item>
        <span aria-hidden>–</span>
        <Form.Item name={[field.name, 'latest']} noStyle>
          <DayField placeholder={w.t('days.same')} aria-label={w.t('range.to', { title: label })} />
        </Form.Item>
      </span>
    </Form.Item>
  )
}
