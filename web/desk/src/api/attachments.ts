import { asShown, ask, query, reach, refusal, ROOT } from './client'

/** Photographs of places, sealed in the vault. */

const one = (id: string) => `${ROOT}/attachments/${encodeURIComponent(id)}`

async function asked(address: string, init: RequestInit): Promise<Response> {
  const headers = { Accept: 'application/json, image/*', ...asShown(), ...init.headers }
  const response = await reach(address, { ...init, headers })
  if (!response.ok) throw await refusal(response)
  return response
}

export const attachments = {
  /** Keeps one under an id of the sender's; sent again, nothing changes. */
  add: async (
    id: string,
    photo: Blob,
    of: { about: string; area: string; data_class: 'checkpoint' | 'screening' },
    signal?: AbortSignal,
  ) => {
    const init = { method: 'POST', body: photo, headers: { 'Content-Type': photo.type }, signal }
    await asked(one(id) + query(of), init)
  },
  list: (about: string, signal?: AbortSignal) =>
    ask<{ id: string; at: string; due: string }[]>(`/attachments${query({ about })}`, { signal }),
  /** The look is on record, for this purpose. */
  show: async (id: string, purpose: string) => (await asked(one(id) + query({ purpose }), {})).blob(),
}
