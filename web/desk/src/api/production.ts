import { ask, query } from './client'
import type { Schemas } from './types'

/** Producers and their hands, support, prices, emergency projects, and the sharing of what is scarce. */

export type Producers = Schemas['ProducersOut']
export type Producer = Schemas['ProducerOut']
export type Making = Schemas['MakingOut']
export type Labour = Schemas['LabourListOut']
export type LabourRequest = Schemas['LabourOut']
export type Prices = Schemas['PricesOut']
export type Price = Schemas['PriceOut']
export type Projects = Schemas['ProjectsOut']
export type Project = Schemas['ProjectOut']
export type Tickets = Schemas['SupportOut']
export type Ticket = Schemas['SupportTicketOut']
export type Allocations = Schemas['AllocationsOut']
export type Allocation = Schemas['AllocationOut']
export type Item = Schemas['ItemNameOut']

type Made = Schemas['ProductionIdOut']

export const production = {
  producers: (area: string, day: string, signal?: AbortSignal) =>
    ask<Producers>(`/producers${query({ area, day })}`, { signal }),
  list: (body: Schemas['ProducerIn']) => ask<Made>('/producers', { body }),
  work: (id: string, body: Schemas['ProducerWorkIn']) => ask<Made>(`/producers/${id}/work`, { body }),
  output: (id: string, body: Schemas['ProducerOutputIn']) => ask<Made>(`/producers/${id}/output`, { body }),
  demand: (id: string, body: Schemas['ProducerDemandIn']) => ask<Made>(`/producers/${id}/demand`, { body }),
  takeBack: (id: string, body: Schemas['ProductionRetractIn']) => ask<Made>(`/production/${id}/retract`, { body }),
  labour: (area: string, signal?: AbortSignal) => ask<Labour>(`/labour${query({ area })}`, { signal }),
  askLabour: (body: Schemas['LabourIn']) => ask<Made>('/labour', { body }),
  giveLabour: (id: string, body: Schemas['LabourGiveIn']) =>
    ask<Schemas['LabourGivenOut']>(`/labour/${id}/give`, { body }),
  prices: (area: string, day: string, signal?: AbortSignal) =>
    ask<Prices>(`/prices${query({ area, day })}`, { signal }),
  price: (body: Schemas['PriceIn']) => ask<Made>('/prices', { body }),
  projects: (area: string, signal?: AbortSignal) => ask<Projects>(`/projects${query({ area })}`, { signal }),
  open: (body: Schemas['ProjectIn']) => ask<Made>('/projects', { body }),
  progress: (id: string, body: Schemas['ProjectProgressIn']) => ask<Made>(`/projects/${id}/progress`, { body }),
  tickets: (area: string, state: string, signal?: AbortSignal) =>
    ask<Tickets>(`/support${query({ area, state })}`, { signal }),
  askSupport: (body: Schemas['SupportIn']) => ask<Made>('/support', { body }),
  take: (id: string, body: Schemas['TellIn']) => ask<Made>(`/support/${id}/take`, { body }),
  close: (id: string, body: Schemas['SupportCloseIn']) => ask<Made>(`/support/${id}/close`, { body }),
  takeSupportBack: (id: string, body: Schemas['ProductionRetractIn']) => ask<Made>(`/support/${id}/retract`, { body }),
  allocations: (area: string, signal?: AbortSignal) => ask<Allocations>(`/allocations${query({ area })}`, { signal }),
  allocation: (id: string, item: string, signal?: AbortSignal) =>
    ask<Allocation>(`/allocations/${id}${query({ item })}`, { signal }),
  propose: (body: Schemas['AllocationIn']) => ask<Made>('/allocations', { body }),
  change: (id: string, body: Schemas['AllocationChangeIn']) => ask<Made>(`/allocations/${id}/change`, { body }),
  confirm: (id: string, body: Schemas['AllocationConfirmIn']) =>
    ask<Schemas['AllocationConfirmedOut']>(`/allocations/${id}/confirm`, { body }),
  drop: (id: string, body: Schemas['TellIn']) => ask<Made>(`/allocations/${id}/drop`, { body }),
}
