/** The answers of the HTTP API by their names here. `schema.d.ts` is generated: `npm run types`. */

import type { Feature, FeatureCollection, Geometry } from 'geojson'
import type { components } from './schema'

export type Schemas = components['schemas']

export type Lang = 'zh' | 'en'
export type Unit = Schemas['Unit']
export type CheckState = Schemas['State']

/** Who is signed in, wearing which hat. */
export type Session = Schemas['SessionOut']
export type Appointment = Schemas['HatOut']
export type AreaEntry = Schemas['AreaSummaryOut']
export type Place = Schemas['PlaceOut']
export type AreaName = Schemas['AreaOut']
export type Cell = Schemas['CellOut']
export type Row = Schemas['RowOut']
export type Source = Schemas['Source']
export type MetricTitle = Schemas['TitleOut']
export type RecordArea = Schemas['AreaCount']
export type BulletinRecord = Schemas['BulletinRecord']
export type Check = Schemas['Check']
export type Term = Schemas['Term']
export type CurvePoint = Schemas['PointOut']
export type Situation = Schemas['SituationOut']
export type HistoryEntry = Schemas['StatementOut']
export type Bulletin = Schemas['BulletinOut']
export type Reading = Schemas['ReadOut']
/** The schema leaves coordinates open; they are GeoJSON's. */
export interface Boundaries extends Omit<Schemas['BoundariesOut'], 'features' | 'lines'> {
  features: Feature<Geometry, Schemas['FeatureOut']['properties']>[]
  lines: FeatureCollection
}

/** RFC 9457. */
export type Problem = Schemas['Problem']
