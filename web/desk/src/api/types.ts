/** The answers of the HTTP API, as the page uses them. */

export type Lang = 'zh' | 'en'
export type Unit = 'case' | 'person' | 'person_time'
export type Basis = 'stated' | 'implied' | 'derived'
export type Qualifier = 'exact' | 'at_least' | 'at_most' | 'about'
export type CheckState = 'holds' | 'warns' | 'fails' | 'not_applicable'

export interface Session {
  mode: string
  version: string
  signed_in_as: string | null
  languages: Lang[]
  /** The titles of every metric. */
  metrics: Record<string, MetricTitle>
}

export interface AreaName {
  code: string
  zh: string
  zh_short?: string
  en: string
  level: string
}

export interface AreaEntry extends AreaName {
  pinyin: string
  latest_as_of: string | null
  n_notices: number
}

export interface Source {
  title: string | null
  url: string | null
  publisher: string | null
  published_at: string | null
  note: string | null
}

/** A half-open span of the stored text, in Unicode code points. */
export interface Span {
  start: number | null
  end: number | null
}

export interface Cell extends Span {
  n: number
  basis: Basis
  qualifier?: Qualifier
  unit: Unit
}

export interface Row extends AreaName {
  cells: Record<string, Cell | null>
  children?: Row[]
}

export interface RecordCount extends Span {
  metric: string
  n: number
  unit: Unit
  qualifier: Qualifier
  basis: Basis
}

export interface RecordArea extends RecordCount {
  code: string | null
  name: string
  children: RecordArea[]
}

export interface Window {
  start: string
  end: string
  hours: number
}

export interface Issue {
  code: string
  severity: 'E' | 'W' | 'I'
  zh: string
  en: string
  start: number | null
  end: number | null
}

export interface BulletinRecord {
  bulletin_id: string
  source: Source
  area_code: string
  disease: string
  as_of: string | null
  as_of_precision: 'hour' | 'day'
  window: Window | null
  figures: RecordCount[]
  by_area: RecordArea[]
  issues: Issue[]
}

export interface Notice {
  fact_id: string
  seq: number
  received_at: string
  bulletin_id: string
  source: Source
  text: string
  text_origin: 'source' | 'written'
  record: BulletinRecord
}

export interface Term extends Span {
  label_zh: string
  label_en: string
  value: number
  metric: string
  area_code: string | null
  bulletin_id: string | null
  /** 1 or -1 on the left of the identity; 0 for the number that it is compared with. */
  sign: number
}

export interface Check {
  id: string
  severity: 'E' | 'W' | 'I'
  state: CheckState
  metric: string | null
  area_code: string | null
  numbers: Term[]
  difference: number | null
  title_zh: string
  title_en: string
  expression: string
  zh: string
  en: string
}

export interface CurvePoint {
  as_of: string
  window_hours: number | null
  bulletin_id: string
  values: Record<string, number | null>
}

export interface MetricTitle {
  zh: string
  en: string
  unit: Unit
  kind: 'stock' | 'flow'
}

export interface Situation {
  area: AreaName
  as_of: string
  known_at: string
  seq: number
  chain: string
  notice: Notice
  metrics: string[]
  titles: Record<string, MetricTitle>
  rows: Row[]
  /** What the notice names that no division matches. */
  unplaced: Row[]
  totals: Record<string, Cell | null>
  checks: Check[]
  curve: { points: CurvePoint[] }
  moments: string[]
}

export interface HistoryEntry extends Span {
  as_of: string
  known_at: string
  seq: number
  fact_id: string
  n: number | null
  basis: Basis | null
  text_origin: 'source' | 'written'
  source: Source
  excerpt: string | null
}

export interface Bulletin {
  lang: Lang
  text: string
  record: BulletinRecord
  seq: number
  chain: string
}

export interface Unread {
  start: number
  end: number
  text: string
  reason: string
}

export interface Reading {
  bulletins: BulletinRecord[]
  checks: Check[]
  unread: Unread[]
}

export interface Boundaries extends GeoJSON.FeatureCollection {
  lines?: GeoJSON.FeatureCollection | GeoJSON.Feature | GeoJSON.Geometry | null
  approval?: string | null
  source?: string | null
  source_en?: string | null
}

export interface Problem {
  title: string
  status: number
  detail?: string
  errors?: { loc?: (string | number)[]; msg: string }[]
}
