import type { CaseClass } from '../../../api/cases'

/** How a field of a fact is filled in, and how it is read on the timeline. */
export type Kind =
  | 'term'
  | 'terms'
  | 'items'
  | 'days'
  | 'day'
  | 'time'
  | 'area'
  | 'code'
  | 'hospital'
  | 'number'
  | 'flag'
  | 'sample'
  | 'edition'
  | 'class'

export interface Field {
  name: string
  kind: Kind
  /** The group of the dictionary, or the edition's list of items. */
  group?: string
  /** Given with the part of a fact that describes the case. */
  about?: boolean
  required?: boolean
}

const about = (name: string, kind: Kind, group?: string): Field => ({ name, kind, group, about: true })

/** What can be told of a case beside its reporting. */
export const ABOUT: Field[] = [
  about('onset', 'days'),
  about('no_symptoms', 'flag'),
  about('symptoms', 'terms', 'symptom'),
  about('history', 'items', 'history'),
  about('clinical', 'items', 'clinical'),
  about('infected', 'days'),
  about('first_visit', 'time'),
  about('found_by', 'term', 'found_by'),
  about('sex', 'term', 'sex'),
  about('age_years', 'number'),
  about('occupation', 'term', 'occupation'),
  about('health_worker', 'flag'),
  about('residence', 'area'),
  about('stay', 'area'),
  about('unit', 'hospital'),
]

export interface Act {
  name: string
  /** The kind of fact that it records. */
  kind: string
  action: string
  fields: Field[]
  /** Of these only; of all classes where none is given. */
  of?: CaseClass[]
}

const need = (name: string, kind: Kind, group?: string): Field => ({ name, kind, group, required: true })

/** What a report card says of a case. */
export const REPORTED: Field[] = [
  need('as_class', 'class', 'case_class'),
  { name: 'severity', kind: 'term', group: 'severity' },
  { name: 'number', kind: 'code' },
  ...ABOUT,
]

/** The correction of a report card. */
const CORRECT: Act = {
  name: 'correct',
  kind: 'case.reported',
  action: 'cases.report',
  fields: [...REPORTED, { name: 'edition', kind: 'edition' }],
}

/** The acts on a case, in the order in which they mostly come. */
export const ACTS: Act[] = [
  { name: 'describe', kind: 'case.described', action: 'cases.investigate', fields: ABOUT },
  {
    name: 'investigate',
    kind: 'case.investigated',
    action: 'cases.investigate',
    fields: [{ name: 'contacts', kind: 'number' }, ...ABOUT],
  },
  {
    name: 'classify',
    kind: 'case.classified',
    action: 'cases.classify',
    fields: [
      need('to', 'class', 'case_class'),
      need('basis', 'term', 'basis'),
      { name: 'sample', kind: 'sample' },
      { name: 'edition', kind: 'edition' },
    ],
  },
  {
    name: 'assess-severity',
    kind: 'case.severity_assessed',
    action: 'cases.care',
    fields: [need('severity', 'term', 'severity')],
  },
  {
    name: 'determine-source',
    kind: 'case.source_determined',
    action: 'cases.investigate',
    fields: [need('source', 'term', 'source'), { name: 'came_from', kind: 'area' }],
  },
  { name: 'isolate', kind: 'case.isolated', action: 'cases.care', fields: [need('where', 'term', 'isolated_where')] },
  {
    name: 'admit',
    kind: 'case.admitted',
    action: 'cases.care',
    fields: [need('hospital', 'hospital'), need('designated', 'flag')],
  },
  { name: 'treat', kind: 'case.treated', action: 'cases.care', fields: [] },
  { name: 'discharge', kind: 'case.discharged', action: 'cases.care', fields: [need('reason', 'term', 'leaving')] },
  { name: 'end', kind: 'case.ended', action: 'cases.care', fields: [need('outcome', 'term', 'outcome')] },
  {
    name: 'sample',
    kind: 'case.sampled',
    action: 'cases.sample',
    fields: [
      need('material', 'term', 'sample_material'),
      { name: 'number', kind: 'code' },
      { name: 'laboratory', kind: 'code' },
    ],
  },
  {
    name: 'receive-sample',
    kind: 'case.sample_received',
    action: 'cases.sample',
    fields: [need('sample', 'sample'), need('laboratory', 'code'), { name: 'fit', kind: 'flag' }],
  },
  {
    name: 'test',
    kind: 'case.tested',
    action: 'cases.sample',
    fields: [
      need('sample', 'sample'),
      need('test', 'term', 'test'),
      need('result', 'term', 'test_result'),
      { name: 'ct', kind: 'number' },
    ],
  },
  {
    name: 'sequence',
    kind: 'case.sequenced',
    action: 'cases.sample',
    fields: [
      need('sample', 'sample'),
      need('accession', 'code'),
      need('archive', 'code'),
      { name: 'lineage', kind: 'code' },
    ],
  },
  { name: 'hand-over', kind: 'case.handed_over', action: 'cases.investigate', fields: [need('to', 'area')] },
]

/** By what a fact of a kind is corrected, where a form can. */
export function correctionOf(kind: string): Act | undefined {
  return [CORRECT, ...ACTS].find((act) => act.kind === kind)
}

const FACT_FIELDS: Record<string, Field> = Object.fromEntries(
  [...ABOUT, ...ACTS.flatMap((act) => act.fields)].map((field) => [field.name, field]),
)
const OTHERS: Record<string, Field> = {
  as_class: need('as_class', 'class', 'case_class'),
  would_be: need('would_be', 'class', 'case_class'),
  disease: need('disease', 'term', 'disease'),
}

/** How a field of a kind of fact is read. */
export function fieldOf(kind: string, name: string): Field | undefined {
  const act = ACTS.find((a) => a.kind === kind)
  return act?.fields.find((f) => f.name === name) ?? OTHERS[name] ?? FACT_FIELDS[name]
}
