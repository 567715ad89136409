import { ask } from './client'
import type { Appointment, Schemas } from './types'

export type Account = Schemas['AccountOut']
export type Device = Schemas['DeviceOut']
export type Link = Schemas['LinkOut']
/** Shown once: what enrols a device. */
export type Code = Schemas['CodeOut']
export interface NewDevice {
  title: string
  role: string
  area: string
  post: string
  shift_from?: string
  shift_to?: string
  until?: string
}

const of = (id: string) => `/accounts/${id}`

export const accounts = {
  list: (signal?: AbortSignal) => ask<Account[]>('/accounts', { signal }),
  make: (made: { username: string; display_name: string; area: string }) => ask<Account>('/accounts', { body: made }),
  change: (id: string, change: { display_name?: string; active?: boolean }) =>
    ask<Account>(of(id), { method: 'PATCH', body: change }),
  link: (id: string, second_factor: boolean) => ask<Link>(`${of(id)}/link`, { body: { second_factor } }),
  appoint: (id: string, given: { role: string; area: string; until?: string }) =>
    ask<Appointment>(`${of(id)}/appointments`, { body: given }),
  end: (appointment: string) => ask<null>(`/appointments/${appointment}`, { method: 'DELETE' }),
}

export const devices = {
  list: (signal?: AbortSignal) => ask<Device[]>('/devices', { signal }),
  make: (made: NewDevice) => ask<Code>('/devices', { body: made }),
  revoke: (id: string) => ask<Device>(`/devices/${id}/revoke`, { method: 'POST' }),
}
